"""Which page an address is, by today's key and by an earlier one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from standins import START, article, capture, url

from monitor.model import Hop, NewPage, Reading
from monitor.storing.sqlite import StoreFile
from monitor.visiting.knowing import is_page, known_page, leads_elsewhere

FORMER = "a.example/x?utm_source=b"


def test_a_page_is_known_by_either_key(tmp_path: Path) -> None:
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        store.sync_sources(["a"], START)
        assert known_page(url("x"), None, store) is None
        store.add_pages("a", [NewPage(FORMER, url("x?utm_source=b"))], START)
        page = known_page(url("x?utm_source=b"), None, store)
        assert page is not None
        assert page.key == FORMER
        assert is_page(url("x?utm_source=b"), None, page)
        assert not is_page(url("x"), None, page)
        store.add_pages("a", [NewPage("a.example/x", url("x"))], START)
        both = known_page(url("x?utm_source=b"), None, store)
        assert both is not None
        assert both.key == "a.example/x", "today's key comes first"


def test_a_redirect_leads_elsewhere_when_what_answers_is_another_page(tmp_path: Path) -> None:
    reading = Reading(article("One"), "plain")
    there = replace(capture(START, url("x")), answered=url("y"), hops=(Hop(url("x"), 301, url("y")),))
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        store.sync_sources(["a"], START)
        assert not leads_elsewhere(replace(there, hops=()), reading, None, None, store), "nothing was redirected"
        assert not leads_elsewhere(replace(there, answered=url("x")), reading, None, None, store), "it led back"
        assert not leads_elsewhere(there, reading, None, None, store), "what answered is not known"
        assert not leads_elsewhere(there, reading, None, None, None), "nothing is known"
        store.add_pages("a", [NewPage("a.example/y", url("y"))], START)
        assert leads_elsewhere(there, reading, None, None, store)

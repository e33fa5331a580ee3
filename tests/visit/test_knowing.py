"""Which page an address is, by today's key and by an earlier one."""

from __future__ import annotations

from pathlib import Path

from standins import START, url

from monitor.model import NewPage
from monitor.storing.sqlite import StoreFile
from monitor.visiting.knowing import is_page, known_page

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

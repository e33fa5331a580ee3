"""A first look through files: front pages, ends, and what stands for several addresses (more in test_imports)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from jobs.scene import Scene
from standins import START, PlainReader, article, capture, said, source, url

from monitor.fingerprint import text_digest
from monitor.jobs.keeping.surveying import Survey, is_front, is_without_end
from monitor.settings import Finding

LISTED = source(find=Finding(listings=("https://a.example/list",), pages=("https://a.example/p1",)))


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://a.example/list", True),
        ("https://a.example/", True),
        ("https://www.a.example/index.html", True),
        ("https://b.example/", False),
        ("https://a.example/p1", False),
        ("https://a.example/p2", False),
    ],
)
def test_which_addresses_are_fronts(address: str, found: bool) -> None:
    assert is_front(address, LISTED) is found


def test_an_end_may_be_anywhere_and_in_any_case() -> None:
    assert is_without_end(capture(START, body=b"<p>words"), PlainReader())
    assert not is_without_end(capture(START, body=b"<p>words</BODY>"), PlainReader())


def test_a_front_page_that_is_known_is_no_articles_text(scene: Scene) -> None:
    survey = Survey(PlainReader(), scene.store)
    front = capture(START, "https://a.example/", body=said(article("Front")))
    survey.look_at_front(front, [LISTED])
    survey.conclude()
    text = article("Front")
    assert survey.doubt(replace(front, url=url("p2")), LISTED, text_digest(text)) == "the front page's text"
    assert survey.doubt(front, LISTED, text_digest(text)) == ""
    assert survey.doubt(replace(front, url=url("p2")), LISTED, text_digest(article("Other"))) == ""

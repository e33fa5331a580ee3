"""trafilatura: silent, offline, always the same, and never the end of a reading."""

from __future__ import annotations

import logging
import socket

import pytest
from parsing.anysite.made import PROSE, page, ps

from monitor.parsing.anysite import extractor
from monitor.parsing.anysite.page import count_of, tree_of
from monitor.parsing.anysite.walking import outline


@pytest.mark.parametrize("thorough", [False, True])
def test_it_says_which_paragraphs_are_the_article(thorough: bool) -> None:
    assert extractor.paragraphs(tree_of(page(f"<article>{ps()}</article>")), thorough=thorough) == PROSE


def test_it_logs_nothing_and_opens_no_connection(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("it asks the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    with caplog.at_level(logging.DEBUG):
        for text in (b"", b"<p>x", page("")):
            extractor.paragraphs(tree_of(text), thorough=True)
    assert not caplog.records


def test_what_it_read_before_does_not_count() -> None:
    tree = tree_of(page(f"<article>{ps()}</article>"))
    assert len({extractor.paragraphs(tree, thorough=True) for _ in range(5)}) == 1


def test_its_tree_is_left_as_it_was() -> None:
    tree = tree_of(page(f"<article>{ps()}</article>"))
    before = [block.text for block in outline(tree).blocks]
    extractor.paragraphs(tree, thorough=True)
    assert [block.text for block in outline(tree).blocks] == before


def test_a_fault_of_its_is_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.core.bare_extraction", broken)
    assert extractor.paragraphs(tree_of(page(ps())), thorough=False) == ()


def test_what_would_take_too_long_is_not_handed_over() -> None:
    deep = tree_of(b"<div>" * 500 + b"x")
    assert not extractor.is_fit(outline(deep), count_of(deep))
    assert extractor.is_fit(outline(tree_of(page(ps()))), 100)


def test_its_version_is_part_of_the_reader() -> None:
    assert "trafilatura 2" in extractor.versions()

"""Readings of any site keep the reader's protocol."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from parsing.anysite.made import PROSE, TITLE, URL, page, ps

from monitor.errors import ParseError
from monitor.fingerprint import fingerprint
from monitor.judging import quality
from monitor.model import Capture, Seen
from monitor.parsing.anysite import extractor
from monitor.parsing.reader import LayoutReader
from monitor.settings import Source

READER, SOURCE = LayoutReader(), Source("bugle")
WALL = "<p>It began on a Monday.</p><p>Subscribe to continue reading this article.</p>"


def capture(body: str, url: str = URL) -> Capture:
    text = page(body)
    return Capture(url, url, 200, (("content-type", "text/html"),), text, text, datetime(2024, 12, 1, tzinfo=UTC))


def test_a_source_without_layouts_is_read() -> None:
    reading = READER.read(capture(ps()), SOURCE)
    assert reading.article is not None
    assert (reading.article.title, reading.article.paragraphs, reading.article.publication) == (
        TITLE,
        PROSE,
        "Daily Bugle",
    )
    assert reading.layout.startswith("any site: ")
    assert 0 < reading.sure <= 1


def test_the_host_stands_in_for_a_name_that_nothing_gives() -> None:
    text = capture(ps())
    bare = text.body.replace(b"| Daily Bugle", b"").replace(b"Daily Bugle", b"")
    reading = READER.read(replace(text, body=bare), SOURCE)
    assert reading.article is not None
    assert reading.article.publication == "daily-bugle.example"


def test_another_picture_is_another_reading() -> None:
    one, same, other = (
        READER.read(capture(f"<article>{ps(*PROSE[:2])}<img src='{name}'>{ps(*PROSE[2:])}</article>"), SOURCE)
        for name in ("lantern.jpg?t=1", "lantern.jpg?t=2", "quayside.jpg")
    )
    assert one.article is not None
    assert [image.name for image in one.article.images] == ["lantern"]
    assert one.parts == same.parts != other.parts
    assert one.reader == other.reader


def test_what_is_known_is_not_given_again() -> None:
    first = READER.read(capture(ps()), SOURCE)
    again = READER.read(capture(ps()), SOURCE, first.parts)
    assert (again.article, again.parts) == (None, first.parts)


def test_a_full_reading_is_the_same() -> None:
    first, whole = READER.read(capture(ps()), SOURCE), READER.read_whole(capture(ps()), SOURCE)
    assert first.article is not None
    assert (whole.article, whole.layout, whole.reader) == (first.article, first.layout, first.reader)
    assert READER.read_whole(capture(ps()), SOURCE, fingerprint(first.article)).article is None


def test_another_version_of_the_library_is_another_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    before = READER.read(capture(ps()), SOURCE)
    monkeypatch.setattr("monitor.parsing.anysite.reader.versions", lambda: extractor.versions() + "x")
    after = READER.read(capture(ps()), SOURCE)
    assert before.reader != after.reader
    assert before.parts != after.parts
    assert before.article == after.article


def test_the_sources_publication_stands_in() -> None:
    reading = READER.read(capture(ps()), replace(SOURCE, publication="The Bugle"))
    assert reading.article is not None
    assert reading.article.publication == "The Bugle"


def test_a_listing_is_no_article_and_the_error_names_it() -> None:
    card = "<div class=x><h3><a href=/1>A headline of another article</a></h3><p>It says a little more.</p></div>"
    with pytest.raises(ParseError, match="it is a front page: its address"):
        READER.read(capture(card * 8, "https://bugle.example/"), SOURCE)


def test_a_paywall_stub_is_blocked() -> None:
    with pytest.raises(ParseError, match="it is a paywall stub") as caught:
        READER.read(capture(WALL), SOURCE)
    assert caught.value.is_walled
    seen, why = quality.unread(READER.facts(capture(WALL)), str(caught.value), is_walled=caught.value.is_walled)
    assert (seen, "paywall stub" in why) == (Seen.BLOCKED, True)


@pytest.mark.parametrize("body", ["", "<p>x</p>", "<div>" * 5000])
def test_what_holds_no_article_is_an_error_of_ours(body: str) -> None:
    with pytest.raises(ParseError):
        READER.read(capture(body), SOURCE)

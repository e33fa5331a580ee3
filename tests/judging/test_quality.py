"""Quality: what a page's status and marks prove before anybody reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from standins import START, capture

from monitor.judging import quality
from monitor.model import Capture, Hop, Page, Seen, VersionRef

HOPS = (Hop("https://a.example", 301, "/b"),)


def answer(status: int, body: bytes = b"body", reason: str = "") -> Capture:
    return capture(START, status=status, body=body, reason=reason)


@pytest.mark.parametrize(
    ("status", "seen"),
    [
        (200, None),
        (404, Seen.GONE),
        (410, Seen.GONE),
        (401, Seen.BLOCKED),
        (403, Seen.BLOCKED),
        (429, Seen.BLOCKED),
        (451, Seen.BLOCKED),
        *((status, Seen.BROKEN) for status in (201, 202, 203, 204, 206, 300, 301, 304, 307, 400, 405, 418, 500, 503, 520, 999)),
    ],
)
def test_what_a_status_proves(status: int, seen: Seen | None) -> None:
    found = quality.from_status(answer(status), is_conditional=False)
    assert (found[0] if found else None) is seen


def test_the_reason_is_told() -> None:
    found = quality.from_status(answer(503, reason="Back Soon"), is_conditional=False)
    assert found == (Seen.BROKEN, "the server answered 503 Back Soon")
    assert quality.from_status(answer(429), is_conditional=False) == (Seen.BLOCKED, "the server refused with 429")


def test_not_modified_only_where_that_was_asked() -> None:
    assert quality.from_status(answer(304, b""), is_conditional=True) == (Seen.NOT_MODIFIED, "")
    unasked = quality.from_status(answer(304, b""), is_conditional=False)
    redirected = quality.from_status(replace(answer(304, b""), hops=HOPS), is_conditional=True)
    assert [found and found[0] for found in (unasked, redirected)] == [Seen.BROKEN, Seen.BROKEN]


@pytest.mark.parametrize("body", [b"", b" \r\n\t "])
def test_an_empty_page_is_broken_and_not_gone(body: bytes) -> None:
    found = quality.from_status(answer(200, body), is_conditional=True)
    assert found is not None
    assert found[0] is Seen.BROKEN
    assert "empty" in found[1]


def test_a_page_no_layout_reads_is_a_block_page_where_it_bears_a_mark() -> None:
    assert quality.unread([], "no title") == (Seen.BROKEN, "no title")
    seen, why = quality.unread(["web page blocked", "other"], "no title")
    assert (seen, why) == (Seen.BLOCKED, "a block page: it holds 'web page blocked'")


def test_fields_that_were_read_before() -> None:
    page = Page(1, "a", "k", "u", current=VersionRef(1, b"f", frozenset(["published"])))
    assert quality.lost_fields(page, frozenset()) == ("published",)
    assert quality.lost_fields(page, frozenset(["published"])) == ()
    assert quality.lost_fields(replace(page, current=VersionRef(1, b"f")), frozenset()) == ()
    assert quality.lost_fields(replace(page, current=None), frozenset()) == ()
    assert quality.lost_sentence(["published"]) == "published: read on this page before, and missing now"

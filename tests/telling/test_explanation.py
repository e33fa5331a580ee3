"""An explanation as a person and as a program see it."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime

import pytest
from rich.console import Console
from standins import article

from monitor.model import Capture, Hop, Link, Reading, Seen
from monitor.telling.explanation import Attempt, Explanation, Times, as_object, rows, show

URL = "https://a.example/" + "long/" * 30
AT = datetime(2026, 1, 1, tzinfo=UTC)
HEADERS = (("Content-Type", "text/html"), ("ETag", '"a\x1b[31m"'), ("X-Other", "left out"), ("Content-Encoding", "gzip"))
CAPTURE = Capture(URL, URL, 200, HEADERS, b"x" * 1000, b"x" * 5000, AT, 1.5, "OK", (Hop("http://a.example/", 301, URL),))
LINKS = tuple(Link(f"https://a.example/{n}") for n in range(7))
READ = Explanation(
    URL,
    "a",
    "page 1 of a, active",
    "no rule for us is against it",
    Seen.PARSED,
    times=Times(0.012, 5.0, 0.25, 1.5),
    capture=CAPTURE,
    charset=("utf-8", "its bytes are valid UTF-8; nothing is declared"),
    reading=Reading("plain", b"", LINKS, article("A \x1b]0;owned\x07title", *["word " * 40] * 3, published=date(2026, 1, 1))),
    failed=(Attempt("new", "title", "nothing matched", ("h1", "h2")),),
    missing=(Attempt("plain", "masthead", "nothing matched", (".day",)),),
    known="version 1 of the page, the current one",
)
BLOCKED = Explanation(URL, "a", "not known", "it does not want this fetched", Seen.BLOCKED, "line 2: Disallow: /\x1b[2J")
RESTING = Explanation(URL, "a", "not known", "not asked", None, "a.example is left alone until tomorrow")


def test_every_step_has_its_row() -> None:
    said = list(rows(READ))
    assert ("hop", f"301 http://a.example/ → {URL}") in said
    assert ("answered", f"200 OK {URL}") in said
    assert ("times", "robots.txt 12 ms, waited 5.0 s, head after 250 ms, whole after 1.5 s") in said
    assert ("size", "1,000 bytes on the wire, 5,000 decoded (gzip)") in said
    assert ("charset", "utf-8: its bytes are valid UTF-8; nothing is declared") in said
    assert ("failed", "layout new: no title: nothing matched (tried: h1; h2)") in said
    assert ("masthead", "layout plain: no masthead: nothing matched (tried: .day)") in said
    assert ("paragraphs", "3, 120 words") in said
    assert ("", "and 2 more") in said
    assert [name for name, value in said if "left out" in value] == []
    assert said[-1] == ("known", "version 1 of the page, the current one")


def test_what_was_not_fetched_has_few_rows() -> None:
    assert [name for name, _ in rows(BLOCKED)] == ["address", "source", "watch", "robots.txt", "seen"]
    assert list(rows(RESTING))[-1] == ("seen", "nothing was asked for: a.example is left alone until tomorrow")


@pytest.mark.parametrize("what", [READ, BLOCKED, RESTING])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_terminal_gets_a_table_that_fits_and_obeys_nothing(what: Explanation, width: int) -> None:
    out = io.StringIO()
    show(Console(file=out, width=width, force_terminal=True, color_system=None, markup=False), what)
    lines = out.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines()
    assert max(map(len, lines)) <= width
    assert not set("\x1b\x07") & set("".join(lines))


def test_a_pipe_gets_a_line_for_each_row() -> None:
    out = io.StringIO()
    show(Console(file=out, width=40), READ)
    lines = out.getvalue().splitlines()
    assert len(lines) == len(list(rows(READ)))
    assert lines[0] == f"address       {URL}"


def test_a_program_gets_an_object() -> None:
    said = json.loads(json.dumps(as_object(READ)))
    assert said["answer"]["seconds"] == {"robots": 0.012, "waited": 5.0, "head": 0.25, "whole": 1.5}
    assert said["article"]["published"] == "2026-01-01"
    assert (said["layout"], len(said["links"]), said["seen"]) == ("plain", 7, "parsed")
    assert said["failed"] == [{"layout": "new", "field": "title", "why": "nothing matched", "tried": ["h1", "h2"]}]
    nothing = json.loads(json.dumps(as_object(RESTING)))
    assert (nothing["seen"], nothing["answer"], nothing["article"], nothing["charset"]) == (None, None, None, None)

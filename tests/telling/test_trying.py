"""A trial as a person and as a program see it: every way, and nothing from a page raw."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console
from standins import article

from monitor.model import Dropped, Reading, Trace, Traced
from monitor.telling.explanation import Attempt
from monitor.telling.trying import Trial, Way, as_object, show

EVIL = article("A \x1b]0;owned\x07title\u202e", "word " * 30, published=date(2026, 1, 2))
TRACE = Trace(
    "new",
    (
        Traced("title", "h1", "… main > h1\x1b[2J", "A title", 2, ("h1.none",)),
        Traced("published", "time @datetime", "… main > time", "2026-01-02T10:00Z", 1),
    ),
    (Dropped(".ad", 1, 3), Dropped(".gone", 0, 0)),
)
READ = Trial(
    "https://a.example/x",
    "a",
    ("utf-8", "its bytes are valid UTF-8"),
    1234,
    Way("a", "new", Reading("new", b"", (), EVIL)),
    TRACE,
    (
        Way("a", "old", failed=Attempt("old", "title", "nothing matched", ("h2",))),
        Way("b", "same", Reading("same", b"", (), EVIL)),
        Way("a", "any site", Reading("any site", b"", (), article("Other\x1b[31m"), sure=0.42)),
    ),
)
UNREAD = Trial("https://a.example/x", "none", ("utf-8", "x"), 5, None, None, READ.others[:1])


def printed(trial: Trial, width: int = 80, *, is_terminal: bool = False) -> str:
    out = Console(file=io.StringIO(), width=width, force_terminal=is_terminal, color_system=None, markup=False, highlight=False)
    show(out, trial)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_every_field_says_by_which_rule_it_was_found() -> None:
    said = printed(READ)
    assert "title         A \\x1b]0;owned\\x07title\\u202e\n  by          h1 at … main > h1\\x1b[2J, the first of 2\n" in said
    assert "  not         h1.none: found nothing\n" in said
    assert "  from        '2026-01-02T10:00Z'\n" in said
    assert "dropped       1 element, 3 words: .ad\ndropped       nothing: .gone\n" in said


def test_the_other_ways_are_told_in_short() -> None:
    said = printed(READ)
    assert "layout        old\n              layout old: no title: nothing matched (tried: h2)\n" in said
    assert "layout        same (b)\n              reads the same\n" in said
    assert "reads otherwise: 'Other\\x1b[31m', 2026-01-01, 1 paragraphs, 2 words, sure: 42%" in said


def test_what_nothing_reads_is_said() -> None:
    assert "seen          no article: none of the ways below reads it\n" in printed(UNREAD)


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("trial", [READ, UNREAD])
def test_nothing_is_wider_than_the_terminal_or_raw(trial: Trial, width: int) -> None:
    said = printed(trial, width, is_terminal=True)
    assert max(len(line.rstrip()) for line in said.splitlines()) <= width
    assert "\x07" not in said
    assert "\u202e" not in said
    assert "\x1b]0" not in said


def test_the_object_is_json_and_whole() -> None:
    said = json.loads(json.dumps(as_object(READ)))
    assert (said["best"]["layout"], said["best"]["sure"], said["text"].split("\n")[0][:1]) == ("new", 1.0, "(")
    assert [each["layout"] for each in said["others"]] == ["old", "same", "any site"]
    assert said["trace"]["dropped"][0] == {"selector": ".ad", "elements": 1, "words": 3}
    assert json.loads(json.dumps(as_object(UNREAD)))["best"] is None


def test_lines_that_were_left_out_without_a_layout_say_why() -> None:
    dropped = Dropped("a caption", 1, 2, "A\x1b[2J bridge")
    found = Trace("any site: h1 title", (Traced("published", "meta date", places=1),), (dropped,))
    said = printed(replace(READ, trace=found))
    assert "published     2026-01-02\n  by          meta date\n" in said
    assert "dropped       a caption: 'A\\x1b[2J bridge'\n" in said
    assert as_object(replace(READ, trace=found))["trace"] == {
        "layout": "any site: h1 title",
        "fields": [{"field": "published", "rule": "meta date", "place": None, "text": None, "places": 1, "vain": []}],
        "dropped": [{"selector": "a caption", "elements": 1, "words": 2, "text": "A\x1b[2J bridge"}],
    }

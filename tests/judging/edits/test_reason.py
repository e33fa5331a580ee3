"""Reasons: one line that says why, the weightiest first, harmless."""

from __future__ import annotations

import pytest
from judging.pairs import tuning

from monitor.article import Article
from monitor.judging.edits import judge
from monitor.judging.edits.sides import harmless, shown
from monitor.model import Kind
from monitor.settings import Weights

PAIRS = {pair.id: pair for pair in tuning()}


def reason(before: Article, after: Article, *watch: str) -> str:
    return judge(Kind.EDITED, before, after, Weights(), watch).reason


@pytest.mark.parametrize(
    ("pair", "line"),
    [
        ("name-01", "drops the name Pak Jong Gun"),
        ("number-04", "5,156 → 5 651"),
        ("number-01", "3.5% → 35%"),
        ("number-13", "$48,000 → €48,000"),
        ("negation-10", "adds a negation: will be → won't be"),
        ("negation-04", "drops a negation: done nothing wrong → done something wrong"),
        ("date-01", "April 7 → April 6"),
        ("title-of-person-02", "drops the title 내각총리"),
        ("attribution-04", "drops who said it: according to the weather service"),
        ("cut-01", "cuts “armed”"),
        ("rewritten-01", "rewritten with the same names, numbers and dates"),
        ("rewritten-08", "rewritten; what differs: 5,156 → 5,651"),
        ("emptied-05", "emptied: nothing is left of the text"),
        ("typography-01", "typography in 4 places"),
    ],
)
def test_reasons(pair: str, line: str) -> None:
    found = reason(PAIRS[pair].before, PAIRS[pair].after)
    assert found.startswith(line)


def article(*paragraphs: str) -> Article:
    return Article("K", "t", None, paragraphs)


def test_a_name_that_went_everywhere_is_told_once_with_its_count() -> None:
    before = [f"On day {at} Jang Song Thaek visited the works with others." for at in range(4)]
    after = [text.replace(" Jang Song Thaek visited the works with others", " others visited the works") for text in before]
    assert reason(article(*before), article(*after)).startswith("drops the name Jang Song Thaek (4 times)")


def test_an_edit_with_a_watch_word_comes_first() -> None:
    before = article("Kim Tok Hun came on April 7. The dam holds water.", "The army has armed guards at the gate.")
    after = article("Pak Pong Ju came on April 6. The dam holds water.", "The army has guards at the gate.")
    assert reason(before, after).startswith("Kim Tok Hun → Pak Pong Ju")
    assert reason(before, after, "armed").startswith("cuts “armed”")


def test_what_does_not_fit_is_counted() -> None:
    before = article(*(f"In part {word} there were {at} men and women." for at, word in enumerate("abcdefghijklmnop", 10)))
    after = article(*(text.replace(" men", "5 men") for text in before.paragraphs))
    assert reason(before, after).endswith(" more")
    assert len(reason(before, after)) <= 120


def test_a_reason_is_harmless() -> None:
    hostile = "Kim \x1b[31mJong\u202e Un"
    assert harmless(hostile).isprintable()
    assert reason(article("He met nobody there."), article(f"He met {hostile} there.")).isprintable()


def test_a_text_is_cut_at_a_word() -> None:
    assert shown("one two three four", 12) == "one two…"
    assert len(shown("x" * 50, 12)) == 12

"""A whole morning judged: what a careful editor wants on top is there, whatever else was edited in the night."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from monitor.article import Article
from monitor.judging.edits import judge
from monitor.model import Judgement, Kind
from monitor.settings import Weights

FOLDER = Path(__file__).with_name("morning")
DAY = date(2026, 3, 9)
MOST = 10  # entries among which all that matter stand


def sides(change: Mapping[str, Any]) -> tuple[Article | None, Article | None]:
    """The wordings before and after a change."""
    text = change["text"].strip()
    before = Article("P", change["headline"], DAY, tuple(text.split("\n")))
    if change.get("kind", "edited") != "edited":
        return (before, None) if change["kind"] == "removed" else (None, before)
    for old, new in change["changes"]:
        assert text.count(old.strip("\n")) == 1, f"{change['id']}: {old}"
        text = text.replace(old, new)
    paragraphs = tuple(text.strip().split("\n"))
    paragraphs = tuple(paragraphs[number - 1] for number in change.get("order", range(1, len(paragraphs) + 1)))
    published = date.fromisoformat(change["published"]) if "published" in change else DAY
    return before, Article("P", change.get("title", before.title), published, paragraphs)


@cache
def morning() -> list[tuple[Mapping[str, Any], Judgement]]:
    """The changes with their judgements, what matters most first, as the inbox has them."""
    changes = tomllib.loads((FOLDER / "changes.toml").read_text(encoding="utf-8"))["change"]
    judged = [(each, judge(Kind(each.get("kind", "edited")), *sides(each), Weights())) for each in changes]
    return sorted(judged, key=lambda pair: -pair[1].score)


def listed() -> str:
    """The list as a person reads it."""
    return "\n".join(
        f"{at:3} {'*' if 'why' in each else ' '} {judged.score:.2f} {each['id']}: {judged.reason}"
        for at, (each, judged) in enumerate(morning(), 1)
    )


def test_what_matters_is_among_the_first_ten() -> None:
    ranks = {each["id"]: at for at, (each, _) in enumerate(morning(), 1) if "why" in each}
    print(listed())
    assert len(ranks) == MOST
    assert {name: at for name, at in ranks.items() if at > MOST} == {}, listed()


def test_new_articles_stand_behind_every_edit_that_matters() -> None:
    new = [judged.score for each, judged in morning() if each.get("kind") == "new"]
    assert max(new) < min(judged.score for each, judged in morning() if "why" in each)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("delegation", "drops the name Ri Myong Chol"),
        ("toll", "46 → 31 (died)"),
        ("launch-day", "February 11 → February 14 (rocket)"),
        ("denied", "adds a negation"),
        ("source-of-claim", "→ an activist group in Seoul"),
        ("gone", "removed"),
    ],
)
def test_its_reason_tells_the_story(change: str, words: str) -> None:
    assert words in next(judged.reason for each, judged in morning() if each["id"] == change)

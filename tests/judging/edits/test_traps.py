"""One edited sentence each (``traps.txt``), and the classes that it bears, no more and no fewer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from monitor.article import Article
from monitor.judging.edits import edits

TRAPS = [line.split(" | ") for line in (Path(__file__).parent / "traps.txt").read_text(encoding="utf-8").splitlines()[1:]]


def article(sentence: str) -> Article:
    around = "The works began in the north long ago, and many people remember that well.", "Nothing else happened that day."
    return Article("The Times", "A title", date(2021, 4, 8), (around[0], sentence, around[1]))


@pytest.mark.parametrize(("before", "after", "classes"), TRAPS)
def test_a_sentence_bears_these_classes(before: str, after: str, classes: str) -> None:
    assert {edit.what.value for edit in edits(article(before), article(after))} == set(classes.split(", "))

"""What judging an edit is worth and what it costs: python -m tests.benchmarks.judging

Prints precision and recall of each class of edit on the labelled pairs, those for tuning and those held out (these are only
counted, never shown), then what it costs to judge one edit of an article of a thousand words, beside the bare word diff.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from judging.pairs import CLASSES, Pair, Tally, held, tally, tuning

from monitor.article import Article
from monitor.judging.edits import edits, judge
from monitor.judging.words import differences
from monitor.model import Kind
from monitor.settings import Weights

_WORDS = 1000
_ROUNDS = 200


def found(pair: Pair) -> set[str]:
    """The classes that are found in a pair."""
    return {edit.what.value for edit in edits(pair.before, pair.after, pair.other)}


def line(name: str, *tallies: Tally) -> str:
    """A row of the table."""
    cells = (f"{each.precision:9.3f} {each.recall:7.3f} {each.right:5} {each.wrong:5} {each.missed:6}" for each in tallies)
    return f"{name:16}" + "   ".join(cells)


def pooled(counted: dict[str, Tally]) -> Tally:
    """All classes together."""
    return Tally(*(sum(getattr(each, part) for each in counted.values()) for part in ("right", "wrong", "missed")))


def long_article() -> Article:
    """An article of about a thousand words."""
    texts = {pair.before.title: pair.before for pair in tuning() if pair.language == "en"}
    paragraphs: list[str] = []
    while sum(len(text.split()) for text in paragraphs) < _WORDS:
        paragraphs += [f"Part {len(paragraphs)}. {text}" for one in texts.values() for text in one.paragraphs]
    count = 0
    for at, text in enumerate(paragraphs):
        count += len(text.split())
        if count >= _WORDS:
            return replace(next(iter(texts.values())), paragraphs=tuple(paragraphs[: at + 1]))
    raise AssertionError


def cost() -> None:
    """Prints what judging one edit costs."""
    before = long_article()
    middle = len(before.paragraphs) // 2
    text = before.paragraphs[middle]
    edited = f"{text} He did not name 14 of them."
    after = replace(before, paragraphs=(*before.paragraphs[:middle], edited, *before.paragraphs[middle + 1 :]))
    took: dict[str, list[float]] = {"diff": [], "judge": []}
    for _ in range(_ROUNDS):
        for name in took:
            started = perf_counter()
            if name == "diff":
                differences(before, after)
            else:
                judge(Kind.EDITED, before, after, Weights(), ["Kim Jong Un"])
            took[name].append(1000 * (perf_counter() - started))
    diff, judged = median(took["diff"]), median(took["judge"])
    words = sum(len(text.split()) for text in before.paragraphs)
    print(f"\none edit of {words} words: judged in {judged:.2f} ms, {judged / diff:.1f} times the bare diff ({diff:.2f} ms)")


def main() -> None:
    """Print both."""
    tables = tally(tuning(), found), tally(held(), found)
    print(f"{'':16}{'tuning':>38}   {'held out':>38}")
    print(" " * 16 + "   ".join(["precision  recall right wrong missed"] * 2))
    for name in CLASSES:
        print(line(name, *(each[name] for each in tables)))
    print(line("all", *map(pooled, tables)))
    cost()


if __name__ == "__main__":
    main()

"""The labelled pairs of `pairs/`: two versions of an article and the classes of edit that a careful editor would name.

`pairs/README.md` says how they are written and labelled. `python tests/judging/pairs.py ID` prints a pair.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from monitor.article import Article, to_text

FOLDER = Path(__file__).parent / "pairs"
CLASSES = (
    "typography", "spelling", "wording", "number", "date", "name", "title-of-person", "quote", "negation", "attribution",
    "addition", "cut", "paragraph order", "headline", "published date", "source", "rewritten", "swapped", "emptied",
)  # fmt: skip
_FACTS = {"headline", "number", "date", "name", "published date", "source", "rewritten", "swapped", "emptied"}
# What is tolerable with a class without being written down at each pair: rules 15 to 17 of the labelling.
TOLERATED = {
    "rewritten": frozenset(CLASSES) - _FACTS,
    "swapped": frozenset({"headline"}),
    "emptied": frozenset({"cut"}),
}
_KEYS = {
    "id", "article", "first", "changes", "order", "title", "published", "publication", "text", "becomes", "other",
    "classes", "may", "why",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of an article. ``classes`` must be found and nothing else, but for ``may``, which counts neither way.

    ``other`` is a text that another page bears now. ``held`` says that the pair is only ever scored.
    """

    id: str
    language: str
    before: Article
    after: Article
    classes: tuple[str, ...]
    may: frozenset[str]
    why: str
    held: bool
    other: Article | None = None

    @property
    def number(self) -> int:
        """The pair's number within its main class."""
        return int(self.id.rpartition("-")[2])


def tuning() -> tuple[Pair, ...]:
    """The pairs that rules may be written with."""
    return tuple(_read(FOLDER / "tuning", held=False))


def held() -> tuple[Pair, ...]:
    """The held-out third: score it, print figures per class, never its pairs."""
    return tuple(_read(FOLDER / "held", held=True))


def all_pairs() -> tuple[Pair, ...]:
    """Every pair."""
    return tuning() + held()


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a class was rightly found, wrongly found, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Which share of what was found is right; 1 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Which share of what is there was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def tally(pairs: Iterable[Pair], judge: Callable[[Pair], Collection[str]]) -> dict[str, Tally]:
    """What ``judge`` finds in each pair, counted per class; what a pair tolerates counts neither way."""
    found = [(pair, set(judge(pair))) for pair in pairs]
    return {
        name: Tally(
            right=sum(name in pair.classes and name in seen for pair, seen in found),
            wrong=sum(name in seen and name not in pair.classes and name not in pair.may for pair, seen in found),
            missed=sum(name in pair.classes and name not in seen for pair, seen in found),
        )
        for name in CLASSES
    }


def _read(folder: Path, *, held: bool) -> Iterator[Pair]:
    """The pairs of a folder. Raises ValueError, naming the pair, where a replacement does not fit."""
    paths = sorted(folder.glob("*.toml"))
    texts = {row["name"]: row for path in paths for row in _table(path, "article")}
    for path in paths:
        for row in _table(path, "pair"):
            try:
                yield _pair(row, texts, held)
            except (KeyError, ValueError) as wrong:
                raise ValueError(f"{row.get('id', 'a pair')} in {path.name}: {wrong}") from wrong


def _table(path: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get(name, [])
    return rows


def _pair(row: dict[str, Any], texts: dict[str, dict[str, Any]], held: bool) -> Pair:
    unknown = set(row) - _KEYS
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(sorted(unknown))}")
    before = _changed(_article(texts[row["article"]]), row.get("first", ()))
    other = row.get("becomes") or row.get("other")
    classes = tuple(row["classes"])
    implied = (TOLERATED.get(one, frozenset()) for one in classes)
    return Pair(
        id=row["id"],
        language=texts[row["article"]]["language"],
        before=before,
        after=_after(row, before, texts),
        classes=classes,
        may=frozenset(row.get("may", ())).union(*implied) - set(classes),
        why=row["why"],
        held=held,
        other=_article(texts[other]) if other else None,
    )


def _article(row: dict[str, Any]) -> Article:
    return Article(row["publication"], row["title"], row["published"], _paragraphs(row["text"]))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


def _after(row: dict[str, Any], before: Article, texts: dict[str, dict[str, Any]]) -> Article:
    article = _article(texts[row["becomes"]]) if "becomes" in row else before
    if "text" in row:
        article = replace(article, paragraphs=_paragraphs(row["text"]))
    if "order" in row:
        if sorted(row["order"]) != list(range(1, len(article.paragraphs) + 1)):
            raise ValueError("`order` names every paragraph once, by its number")
        article = replace(article, paragraphs=tuple(article.paragraphs[at - 1] for at in row["order"]))
    published: date | str | None = row.get("published", article.published)
    return replace(
        _changed(article, row.get("changes", ())),
        title=row.get("title", article.title),
        publication=row.get("publication", article.publication),
        published=published if isinstance(published, date) else None,
    )


def _changed(article: Article, changes: Iterable[Sequence[str]]) -> Article:
    """The article with its text changed; every old text must stand in it exactly once."""
    text = "\n\n".join(article.paragraphs)
    for old, new in changes:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times in the text, not once")
        text = text.replace(old, new)
    return replace(article, paragraphs=_paragraphs(text))


def main(wanted: Sequence[str]) -> None:
    """Print the pairs of these ids, both versions in full; held-out ones are not shown."""
    for pair in tuning():
        if pair.id in wanted:
            print(f"{pair.id} ({pair.language}): {', '.join(pair.classes)}. {pair.why}\n\n{to_text(pair.before)}")
            print(f"\n{'-' * 40}\n\n{to_text(pair.after)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])

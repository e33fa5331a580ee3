"""Word lists as data: the text files in ``lists/``, each read once, when its language is first met.

A line in brackets begins a list, ``#`` begins a comment, a word stands between white space, ``_`` is a space in a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_HEAD = re.compile(r"\[([a-z-]+)\]")
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ier", "y"), ("iest", "y"), ("ily", "y"), ("iness", "y"), ("ers", ""), ("ers", "e"), ("est", ""),
    ("est", "e"), ("ing", ""), ("ing", "e"), ("es", ""), ("es", "e"), ("ed", ""), ("ed", "e"), ("er", ""), ("er", "e"),
    ("ly", ""), ("ly", "le"), ("s", ""), ("ness", ""), ("able", ""), ("able", "e"),
)  # fmt: skip
# Endings of who does something, and of things that are done.
_NOUN = re.compile(
    r"[a-z]{3,}(?:ists?|ologists|makers?|keepers?|holders?|fighters?|iers|eers|wares?|isms?|ness|folk|medics?|ants)"
)
_DOUBLED = frozenset({"ed", "ing", "er", "est", "ers"})


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of one language, by name: all their words, and their lines where a line says what belongs together."""

    words: Mapping[str, frozenset[str]]
    lines: Mapping[str, Sequence[tuple[str, ...]]]


@cache
def english() -> Lists:
    """The lists of English."""
    return _read("english.txt")


@cache
def korean() -> Lists:
    """The lists of Korean."""
    return _read("korean.txt")


@cache
def chinese() -> Lists:
    """The lists of Chinese."""
    return _read("chinese.txt")


@cache
def first_of_line(language: str, name: str) -> Mapping[str, str]:
    """Each word of a list with the first word of its line, which stands for all of them."""
    lists = {"english": english, "korean": korean, "chinese": chinese}[language]()
    return {word: line[0] for line in lists.lines[name] for word in line}


@cache
def values(language: str, name: str) -> Mapping[str, float]:
    """Each word of a list whose lines are a word and a value."""
    lists = {"english": english, "korean": korean, "chinese": chinese}[language]()
    return {word: float(value) for word, value in lists.lines[name]}


def is_known(word: str) -> bool:
    """Whether a word in small letters is common English, also with a regular ending."""
    common = _common()
    return word in common or any(base in common or not common.isdisjoint(bases(base)) for base in bases(word))


@lru_cache(maxsize=4096)
def is_noun(word: str) -> bool:
    """Whether a word in small letters has the shape of a common noun: ``seismologists``, ``carmaker``, ``floodwaters``."""
    return is_known(word) or _NOUN.fullmatch(word) is not None


def bases(word: str) -> list[str]:
    """What an English word may be a regular form of."""
    found = []
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 1:
            stem = word[: -len(ending)]
            found.append(stem + instead)
            if ending in _DOUBLED and len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return [base for base in found if len(base) > 2]


@cache
def _common() -> frozenset[str]:
    function = english().words
    text = _text("english-words.txt")
    return (
        frozenset(" ".join(line for line in text.splitlines() if not line.startswith("#")).split())
        | function["function"]
        | function["news"]
    )


def _read(name: str) -> Lists:
    lines: dict[str, list[tuple[str, ...]]] = {}
    here: list[tuple[str, ...]] = []
    for line in _text(name).splitlines():
        text = line.partition("  # ")[0].strip()
        head = _HEAD.fullmatch(text)
        if head:
            here = lines.setdefault(head[1], [])
        elif text and not text.startswith("#"):
            here.append(tuple(word.replace("_", " ") for word in text.split()))
    return Lists({name: frozenset(word for line in found for word in line) for name, found in lines.items()}, lines)


def _text(name: str) -> str:
    return files(__package__).joinpath("lists").joinpath(name).read_text(encoding="utf-8")

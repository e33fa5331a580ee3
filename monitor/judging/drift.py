"""Layout drift: are these edits, or was the site redesigned, so that its layout reads all pages otherwise? Pure functions.

A redesign shows on pages that have nothing in common but their site: they lose a field, or text of their own, or gain the same
line. An edit of many pages at once, however many, shows on pages that have something in common: the name, the term, the
paragraph that is cut. So these rules tell them apart:

- What pages lose in common is no sign. A paragraph that is cut everywhere, and a name, are news. Only text of its own that a
  page loses, by a third and without gaining any, is one (or gains, without losing any).
- A sign must be borne by several visits, by most since the first that bore it, and by most of some pages that were not among
  them, picked from all over the source and asked for the purpose. A page that never bore the name does not bear the sign.

A sign is a field, what became of it, and maybe a line: ``published lost``, ``paragraphs gained Subscribe now``. In a line ``#``
stands for a number: ``Updated at 12:30`` is the same line on a page that says 14:05.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from monitor.article import Article
from monitor.settings import Layout, Source

LEAST = 5  # pages that bear a sign before it is one
_MOST = 0.6  # share of pages that is "most"
_MUCH = 0.3  # share of its own text that a page loses, or gains
_LITTLE = 0.1  # ... while it gains, or loses, no more than that
_CELLS = 100_000  # lines that are gone by lines that came, up to which each is compared with each
_RARE = 8  # a word that stands in more lines than this leads to none of them, where they are more
_NEAR = 30  # ... and so many lines, those that share most such words, are compared with one that came
_LONGEST = 200  # characters of a line in a sign
_SAID = {
    "lost": "is missing",
    "unread": "cannot be read",
    "otherwise": "is another",
    "shrunk": "lost a third of the text or more",
    "grown": "gained a third of the text or more",
    "reflowed": "is divided otherwise",
    "gone": "are gone, all of them",
    "renamed": "have other addresses, all of them",
}
_NUMBER = re.compile(r"\d+")
_FIELDS = ("publication", "title", "published")


@dataclass(frozen=True, slots=True)
class Sight:
    """What a visit showed of a page that was read before: both articles where they differ, and signs that are plain."""

    before: Article | None = None
    after: Article | None = None
    plain: frozenset[str] = frozenset()


def lost_in_common(sights: Iterable[Sight]) -> frozenset[str]:
    """The paragraphs that more than one page lost."""
    lost = Counter(each for sight in sights if sight.before and sight.after
                   for each in set(sight.before.paragraphs) - set(sight.after.paragraphs))  # fmt: skip
    return frozenset(each for each, count in lost.items() if count > 1)


def signs(sight: Sight, common: Set[str] = frozenset()) -> frozenset[str]:
    """The signs that a page bears. ``common`` is what it lost together with others."""
    if sight.before is None or sight.after is None:
        return sight.plain
    return sight.plain | _of_fields(sight.before, sight.after) | _of_text(sight.before.paragraphs, sight.after.paragraphs, common)


def _of_fields(before: Article, after: Article) -> set[str]:
    pairs = [(name, getattr(after, name)) for name in _FIELDS if getattr(after, name) != getattr(before, name)]
    return {f"{name} otherwise" for name, _ in pairs} | {_gained(name, str(value)) for name, value in pairs if value}


def _of_text(before: Sequence[str], after: Sequence[str], common: Set[str]) -> set[str]:
    """How long the words are that are gone or new says how much text is."""
    had, has = Counter("\n".join(before).split()), Counter("\n".join(after).split())
    if before != after and had == has and "".join(before).replace(" ", "") == "".join(after).replace(" ", ""):
        return {"paragraphs reflowed"}
    own = Counter("\n".join(each for each in before if each not in common).split())
    size, lost, new = _length(own), _length(own - has), _length(has - had)
    found = {_gained("paragraphs", each) for each in _new_lines(set(before) - set(after), set(after) - set(before))}
    if size and lost >= _MUCH * size and new <= _LITTLE * size:
        found.add("paragraphs shrunk")
    if size and new >= _MUCH * size and lost <= _LITTLE * size:
        found.add("paragraphs grown")
    return found


def _new_lines(gone: Set[str], come: Set[str]) -> Iterator[str]:
    """The lines that came and are none of those that are gone, edited.

    Of very many, those are compared that have a rare word in common: a hundred thousand, each with each, would take minutes.
    """
    words = [set(each.split()) for each in sorted(gone)]  # in an order that is the same in every run, as are the lines picked
    if len(gone) * len(come) <= _CELLS:
        yield from (line for line in come if not _is_edited(line, words))
        return
    bearers: defaultdict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(words):
        for word in each:
            bearers[word].append(at)
    rare = {word: found for word, found in bearers.items() if len(found) <= _RARE}
    for line in come:
        near = Counter(at for word in sorted(set(line.split())) for at in rare.get(word, ()))
        if not _is_edited(line, [words[at] for at, _ in near.most_common(_NEAR)]):
            yield line


def _is_edited(line: str, gone: Iterable[Set[str]]) -> bool:
    """Whether a line is what one of those that are gone has become, by more than its numbers: it was edited, not gained."""
    words = set(line.split())
    return any(_MOST * len(words | each) <= len(words & each) and _worded(words) != _worded(each) for each in gone)


def _worded(words: Set[str]) -> set[str]:
    return {_NUMBER.sub("#", word) for word in words}


def _gained(field: str, line: str) -> str:
    return f"{field} gained {_NUMBER.sub('#', line[:_LONGEST])}"


def _length(words: Mapping[str, int]) -> int:
    return sum(len(word) * count for word, count in words.items())


def suspected(sights: Sequence[Sight]) -> dict[str, int]:
    """The signs that most of the ``sights``, in their order, bear since the first that does, and how many do."""
    common = lost_in_common(sights)
    borne = [signs(sight, common) for sight in sights]
    counts = Counter(sign for each in borne for sign in each)
    first = {sign: at for at, each in reversed(list(enumerate(borne))) for sign in each}
    return {sign: n for sign, n in counts.items() if n >= LEAST and is_most(n, len(borne) - first[sign])}


def is_most(some: int, of: int) -> bool:
    """Whether ``some`` are most ``of`` them."""
    return some >= _MOST * of > 0


def lasting(known: Set[str], borne: Mapping[str, int], read: int) -> frozenset[str]:
    """Which of the ``known`` signs still hold, when of the pages that were ``read`` so many bore them.

    Too few pages to tell leave it as it was, as long as one of them bears the sign, or none was read.
    """
    if not read:
        return frozenset(known)
    return frozenset(sign for sign in known if borne.get(sign, 0) and (read < LEAST or is_most(borne[sign], read)))


def sentence(found: Set[str], source: Source) -> str:
    """What is said of a source whose pages bear these signs: the fields, and the selectors that no longer fit."""
    said = "; ".join(f"{_said(sign)} ({_selectors(sign, source)})" for sign in sorted(found))
    return (
        f"many pages read otherwise all at once, as after a redesign: {said}. Their visits are kept out of the log until a layout"
        f" reads them as before. If that is what the articles say now: monitor sources accept {source.name}"
    )


def held(found: Set[str]) -> str:
    """What is said of a visit that is kept out of the log for bearing these signs."""
    return f"held back, as many pages read otherwise all at once: {'; '.join(_said(sign) for sign in sorted(found))}"


def _said(sign: str) -> str:
    field, _, what = sign.partition(" ")
    verb, _, line = what.partition(" ")
    return f"{field} gained {line!r}" if verb == "gained" else f"{field} {_SAID.get(verb, verb)}"


def _selectors(sign: str, source: Source) -> str:
    return "; ".join(f"{each.name}: {_rules(each, sign.partition(' ')[0])}" for each in source.layouts)


def _rules(layout: Layout, field: str) -> str:
    return ", ".join(str(rule) for rule in getattr(layout, field, ())) or "no rule"

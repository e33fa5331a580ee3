"""Campaigns: the same replacement over many pages in a short time, told from what edits have in common anyway.

Every change leaves clues: the phrase that was put in another's place, the phrase or the name that was cut, the path under which a
page was removed. A clue that many pages share within a window of time is a campaign. Changes and clues come as they are logged;
what is found hangs on the clues alone, not on when somebody looked.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import islice
from urllib.parse import urlsplit

from monitor.judging.segments import keys, units
from monitor.model import Clue, Cluster, Op, Part, Sighting, StoryKind

Replacement = tuple[str, str]  # the words before, and those after; one of them may be empty

FULL, HALF, SLIGHT = 4, 2, 1  # how much a page with a clue counts: one that is about it alone, down to one that also has it
_MOST = 48  # clues of one change
_REPLACED = 1_000  # phrases of one change that are looked at
_NAMED = 2_000  # ... and names in them
_AFTER = 100_000  # characters of new phrases in which they are looked for
_FOCUSED = 8  # words of a phrase that is about the name in it
_LONGEST_NAME = 4  # words
_LONGEST = 4_000  # characters of a phrase in which names are looked for
_SHOWN = 80  # characters of a phrase in a sentence
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_HANGUL = re.compile("[가-힣]{2,}")
_DATE_WORDS = (
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept "
    "oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun am pm utc gmt kst 년 월 일"
)
_DATES = frozenset(_DATE_WORDS.split())
# Words that begin a sentence in capitals without being names.
_SMALL_WORDS = (
    "a an the this that these those it its he she they we i you his her their our in on at by to of for from with as and but or "
    "if when while after before there then thus also not no all some many such new"
)
_NO_NAMES = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Rule:
    """What makes a campaign: so many pages in so long a time, and so many times as many as were to be expected."""

    window: timedelta = timedelta(days=7)
    pages: int = 5
    burst: float = 3.0


USUAL = Rule()


# What a change leaves


def replacements(parts: Iterable[Part]) -> tuple[Replacement, ...]:
    """The phrases that were replaced, cut or added, without those that differ in typography alone."""
    plain = ((_plain(before), _plain(after)) for before, after in _pieces(part for part in parts if part.name != "published"))
    return tuple(dict.fromkeys(each for each in plain if each[0] != each[1]))


def edited(parts: Sequence[Part]) -> tuple[Replacement, ...]:
    """All that an edit did, to know it again on a copy: phrases and the published day; where that is nothing, typography."""
    days = tuple(dict.fromkeys(_pieces(part for part in parts if part.name == "published")))
    return (*replacements(parts), *days) or tuple(dict.fromkeys(_pieces(parts)))


def _pieces(parts: Iterable[Part]) -> Iterator[Replacement]:
    """What was cut and what was added between two pieces that were kept."""
    found: list[Replacement] = []
    for part in parts:
        before, after = "", ""
        for piece in part.pieces:
            if piece.op is Op.KEPT:
                found.append((before, after))
                before, after = "", ""
            elif piece.op is Op.CUT:
                before += piece.text
            else:
                after += piece.text
        found.append((before, after))
    return (each for each in found if any(each))


def of_edit(found: Sequence[Replacement]) -> tuple[Clue, ...]:
    """The clues of an edit, by its ``found`` :func:`replacements`, but for numbers and dates, which tell nothing of other pages.

    The most telling come first, each once.
    """
    found = [each for each in found[:_REPLACED] if not _is_trivial(*each)]
    after = "\n".join(new for _, new in found)[:_AFTER]
    clues = [clue for each in found for clue in _of_replacement(*each)]
    names = islice((each for old, _ in found for each in _weighed_names(old)), _NAMED)
    clues += [_clue(StoryKind.CAMPAIGN, f"cut: {name}", weight, name) for name, weight in names if name not in after]
    best: dict[bytes, Clue] = {}
    for clue in clues:
        if clue.key not in best or best[clue.key].weight < clue.weight:
            best[clue.key] = clue
    return tuple(best.values())[:_MOST]


def of_removal(source: str, url: str, title: str) -> tuple[Clue, ...]:
    """The clues of a removal: the paths above the page, the names and the longer words of its title."""
    parts = urlsplit(url)  # an address that was visited: it can be taken apart
    steps = [step for step in parts.path.split("/") if step][:-1]
    clues = []
    for depth in range(min(len(steps), 6), 0, -1):
        path = f"{parts.netloc.lower()}/{'/'.join(steps[:depth])}/"
        weight = SLIGHT if depth == 1 else FULL  # under the first step stands, on many sites, everything
        clues.append(_clue(StoryKind.CAMPAIGN, f"removed under {path}", weight, source))
    names = [*_names(title)]
    clues += [_clue(StoryKind.CAMPAIGN, f"removed: {name}", FULL, source) for name in names]
    words = dict.fromkeys(word for word in keys(units(title[:_LONGEST])) if len(word) > 4 or _HANGUL.fullmatch(word))
    clues += [_clue(StoryKind.CAMPAIGN, f"removed: {word}", HALF, source) for word in words if word not in names]
    return tuple(clues[:_MOST])


def same_edit(family: int, found: Sequence[Replacement] | None) -> Clue:
    """The clue of the same edit on copies of one text, which is known by the number of its family; None: a removal."""
    what = "removed" if found is None else "\x1e".join("\x1f".join(each) for each in sorted(found))
    shown = "copies removed" if found is None else "the same edit on copies"
    return Clue(_digest(f"copies\x1d{family}\x1d{what}"), StoryKind.COPIES, shown, FULL)


def move(old: int, new: int) -> Clue:
    """The clue of a text that left one page and appeared at another, by the numbers of the pages."""
    return Clue(_digest(f"moved\x1d{old}\x1d{new}"), StoryKind.MOVED, "moved", FULL)


def _of_replacement(old: str, new: str) -> Iterator[Clue]:
    if old and new:
        if _tells(old) or _tells(new):
            yield _clue(StoryKind.CAMPAIGN, f"{_shown(old)} → {_shown(new)}", FULL, f"{old}\x1f{new}")
    elif old and (_tells(old) and (" " in old or _is_name(old))):
        yield _clue(StoryKind.CAMPAIGN, f"cut: {_shown(old)}", FULL, old)
    elif new and _tells(new) and new.count(" ") > 1:
        yield _clue(StoryKind.CAMPAIGN, f"added: {_shown(new)}", FULL, new)


def _weighed_names(old: str) -> Iterator[tuple[str, int]]:
    """The names in a phrase that was replaced, each with how much it tells where it stands in no new phrase."""
    weight = FULL if len(_WORD.findall(old)) <= _FOCUSED else SLIGHT
    return ((name, weight) for name in _names(old))


def _names(text: str) -> Iterator[str]:
    """Runs of two to four words in capitals, longest first, and Korean words without their particles."""
    text = text[:_LONGEST]
    found: dict[str, None] = {}
    for run in _capitalised(text):
        for size in range(min(len(run), _LONGEST_NAME), 1, -1):
            found.update(dict.fromkeys(" ".join(run[at : at + size]) for at in range(len(run) - size + 1)))
    if _HANGUL.search(text):
        found.update(dict.fromkeys(word for word in keys(units(text)) if _HANGUL.fullmatch(word)))
    return iter(sorted(found, key=lambda name: (-name.count(" "), name)))


def _capitalised(text: str) -> Iterator[list[str]]:
    run: list[str] = []
    end = 0
    for word in _WORD.finditer(text):
        is_name = word[0][0].isupper() and word[0].lower() not in _NO_NAMES
        if run and (not is_name or text[end : word.start()] != " "):
            yield run
            run = []
        if is_name:
            run.append(word[0])
        end = word.end()
    if run:
        yield run


def _is_name(word: str) -> bool:
    return (word[0].isupper() or not word.isascii()) and word.lower() not in _NO_NAMES


def _plain(text: str) -> str:
    """A phrase on one line, without the signs around it."""
    folded = " ".join(unicodedata.normalize("NFKC", text).split())
    found = [*_WORD.finditer(folded)]
    return folded[found[0].start() : found[-1].end()] if found else ""


def _is_trivial(old: str, new: str) -> bool:
    """Whether two phrases differ in signs, case, numbers and dates only."""
    return _telling(old) == _telling(new)


def _telling(text: str) -> str:
    words = (word.casefold() for word in _WORD.findall(text) if not word[0].isdigit())
    return "".join(character for word in words if word not in _DATES for character in word if character.isalpha())


def _tells(text: str) -> bool:
    """Whether a phrase has a word long enough to be about something."""
    return any(len(word) > 3 or not word.isascii() for word in _WORD.findall(text))


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + " …"


def _clue(kind: StoryKind, what: str, weight: int, *parts: str) -> Clue:
    return Clue(_digest("\x1d".join((kind, what.partition(":")[0], what, *parts))), kind, what, weight)


def _digest(key: str) -> bytes:
    return blake2b(key.encode("utf-8", "replace"), digest_size=8, person=b"clue").digest()


# What many changes have in common


def runs(kind: StoryKind, found: Sequence[Sighting], begun: datetime, rule: Rule) -> list[Cluster]:
    """The times in which a clue was seen on enough pages at once: every sighting that some window with so many pages holds.

    ``begun`` is when the first clue of all was seen: what came of this one between then and a run is what was to be expected
    anyway. Copies and moves need but two pages, and are never to be expected.
    """
    ordered = sorted(found, key=lambda each: (each.at, each.change))
    if kind is not StoryKind.CAMPAIGN:
        return [*_dense(ordered, rule.window, FULL * 2)]
    return [run for run in _dense(ordered, rule.window, FULL * rule.pages) if _is_burst(run, ordered, begun, rule)]


def _dense(ordered: Sequence[Sighting], window: timedelta, least: int) -> Iterator[Cluster]:
    """Windows that hold enough, those that overlap as one. Sightings leave a window as it moves on, so it is small."""
    inside: deque[Sighting] = deque()
    counts: dict[int, list[int]] = {}  # the weights of each page's sightings in the window
    total, run = 0, list[Sighting]()
    for each in ordered:
        while inside and each.at - inside[0].at > window:
            gone = inside.popleft()
            weights = counts[gone.page]
            total -= max(weights)
            weights.remove(gone.weight)
            total += max(weights, default=0)
            if not weights:
                del counts[gone.page]
        inside.append(each)
        weights = counts.setdefault(each.page, [])
        total -= max(weights, default=0)
        weights.append(each.weight)
        total += max(weights)
        if total < least:
            continue
        if run and inside[0].at > run[-1].at:
            yield Cluster(tuple(run))
            run = []
        known = run[-1] if run else None
        run += [held for held in inside if known is None or (held.at, held.change) > (known.at, known.change)]
    if run:
        yield Cluster(tuple(run))


def _is_burst(run: Cluster, ordered: Sequence[Sighting], begun: datetime, rule: Rule) -> bool:
    """Whether a run has many times the pages that the time before it lets expect."""
    earlier = sum(1 for each in ordered if each.at < run.first)
    if not earlier:
        return True
    lasted = max(run.last - run.first, rule.window)
    before = max(run.first - begun, rule.window)
    return run.pages >= rule.burst * earlier * (lasted / before)

"""Triage: acts on one change or on all like it, and what somebody else did with them meanwhile.

What is like a change is looked for among the open ones only, and only so many: nobody's decision is overruled, and what will be
done can be shown before it is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

from monitor.errors import InputError, NoSuchChange, StoreDamaged, UnknownName
from monitor.judging.words import differences
from monitor.model import Act, Change, LogQuery, Op, Part, Review, ReviewState, Story
from monitor.protocols import Store

MOST = 1000  # changes that one act takes in
_COMPARED = 200  # changes held against the one chosen by their words
_LONGEST = 400  # characters of changed words that are looked for
_WORDS = 30  # of them
_WORD = re.compile(r"\w+")
_LONGEST_NOTE = 10_000  # characters
_OPEN = frozenset({ReviewState.OPEN})


class Scope(StrEnum):
    """Which changes an act takes in beside the one chosen."""

    THIS = "this"
    STORY = "story"
    CLASS = "class"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Like:
    """What is like a change: in which respect, in words, and the open changes, itself the first; ``is_more``: not all."""

    scope: Scope
    what: str
    changes: tuple[int, ...]
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What an act amounted to: its lines in the review log, and those that others added since they were last seen."""

    lines: tuple[Review, ...]
    meanwhile: tuple[Review, ...] = ()


def act(
    store: Store, seen: Mapping[int, int], what: Act, who: str, now: datetime, text: str = "", also: Iterable[int] = ()
) -> Done:
    """Do ``what`` with the changes of ``seen`` and with ``also``, as one batch.

    ``seen`` names by change the last line of its reviews that ``who`` has seen. What others did since then is told, and not
    undone: both stand in the log. Raises NoSuchChange where there is none of a number in ``seen``, and does nothing; StoreError.
    """
    with store.atomic():
        meanwhile = [line for change, last in seen.items() for line in _since(store, change, last, who)]
        lines = store.review([*seen, *also], what, who, now, text)
        found = {line.change for line in lines}
        missing = [number for number in seen if number not in found]
        if missing:
            raise NoSuchChange(missing)
        return Done(tuple(lines), tuple(meanwhile))


def _since(store: Store, change: int, last: int, who: str) -> list[Review]:
    known = store.reviewed([change]).get(change)
    if known is None or known.last <= last:
        return []
    return [line for line in store.reviews(change) if line.id > last and line.who != who]


def text_for(store: Store, what: Act, who: str, text: str) -> str:
    """The text that goes with what ``who`` does: a note, or the person to whom it is assigned. Raises InputError, StoreError."""
    text = text.replace("\r\n", "\n").strip()
    if what is Act.NOTE and not text:
        raise InputError("the note is empty; write something")
    if len(text) > _LONGEST_NOTE:
        raise InputError(f"the note has {len(text)} characters; {_LONGEST_NOTE} is the most, so shorten it")
    if what is Act.ASSIGN and text and text not in {user.name for user in store.users()} | {who}:
        raise UnknownName("text", f"there is no user {text[:64]!r}, so nothing can be assigned to them")
    return text


def likes(store: Store, change: Change) -> list[Like]:
    """Every respect in which there is more than ``change`` itself, with what would be taken in. Raises StoreError."""
    found = [*_of_story(store, change), _of_class(store, change), _of_words(store, change)]
    return [each for each in found if each is not None and len(each.changes) > 1]


def like(store: Store, change: Change, scope: Scope) -> Like:
    """What is like ``change`` in this respect; the change alone where nothing is. Raises StoreError."""
    if scope is Scope.THIS:
        return Like(scope, "This change", (change.id,))
    found = _of_story(store, change) if scope is Scope.STORY else []
    if scope is Scope.CLASS:
        found = [_of_class(store, change)]
    if scope is Scope.WORDS:
        found = [each for each in [_of_words(store, change)] if each]
    return found[0] if found else Like(scope, "This change", (change.id,))


def _of_story(store: Store, change: Change) -> list[Like]:
    """The widest story of a change, if there is one."""
    stories = store.stories(change.id)[:1]
    return [_like(Scope.STORY, _said(story), change, _open(store, store.story_changes(story.id))) for story in stories]


def _said(story: Story) -> str:
    return f"The same story: {story.what}"


def _open(store: Store, changes: Sequence[int]) -> Iterator[int]:
    states = store.reviewed(changes)
    return (each for each in changes if each not in states or states[each].state is ReviewState.OPEN)


def _of_class(store: Store, change: Change) -> Like:
    """The changes of the same source and kind whose edits are of exactly the same classes."""
    classes = frozenset(change.judged.classes) if change.judged else frozenset()
    kinds = f" and class ({', '.join(sorted(classes))})" if classes else ""
    query = LogQuery(
        sources=frozenset({change.source}), kinds=frozenset({change.kind}), classes=classes, is_exact=True,
        states=_OPEN, baseline=change.baseline, limit=MOST + 1,
    )  # fmt: skip
    return _like(Scope.CLASS, f"The same kind ({change.kind}){kinds}, in {change.source}", change, store.numbers(query))


def _of_words(store: Store, change: Change) -> Like | None:
    """The changes in which the same words were cut and added, and no others; of those that have all of them the newest."""
    wanted = _words(store, change)
    if not wanted:
        return None
    query = LogQuery(states=_OPEN, kinds=frozenset({change.kind}), limit=_COMPARED, changed=_changed(wanted))
    near = store.changes_of(list(store.numbers(query)))
    found = (each.id for each in near if _words(store, each) == wanted)
    cut, added = next(iter(sorted(wanted)))
    told = f"“{_short(cut)}” → “{_short(added)}”" if cut and added else f"“{_short(cut or added)}” {'cut' if cut else 'added'}"
    more = f" and {len(wanted) - 1} more" if len(wanted) > 1 else ""
    return _like(Scope.WORDS, f"The same words: {told}{more}", change, found, is_more=len(near) == _COMPARED)


def _changed(wanted: Iterable[tuple[str, str]]) -> str:
    """What finds the changes that have all of these words, or the first of them, each in quotes so that none is an OR."""
    texts = sorted((text for pair in wanted for text in pair), key=len, reverse=True)
    words = list(dict.fromkeys(word for text in texts for word in _WORD.findall(text)))[:_WORDS]
    found = ""
    for word in words or texts[:1]:
        found += f'"{word}" ' if len(found) + len(word) < _LONGEST else ""
    return found or f'"{words[0][:_LONGEST]}"*'


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:60] + " …"


def _words(store: Store, change: Change) -> frozenset[tuple[str, str]]:
    """What was replaced by what between the wordings of a change; nothing where there are no two."""
    if not change.before or not change.after or change.before == change.after:
        return frozenset()
    try:
        before, after = store.version(change.page, change.before), store.version(change.page, change.after)
    except StoreDamaged:  # it is like no other
        return frozenset()
    if before is None or after is None:
        return frozenset()
    return frozenset(pair for part in differences(before.article, after.article) for pair in _pairs(part))


def _pairs(part: Part) -> Iterator[tuple[str, str]]:
    cut = added = ""
    for piece in part.pieces:
        if piece.op is Op.CUT:
            cut += piece.text
        elif piece.op is Op.ADDED:
            added += piece.text
        else:
            if cut.strip() or added.strip():
                yield cut.strip(), added.strip()
            cut = added = ""
    if cut.strip() or added.strip():
        yield cut.strip(), added.strip()


def _like(scope: Scope, what: str, change: Change, found: Iterable[int], *, is_more: bool = False) -> Like:
    others = [*islice((each for each in found if each != change.id), MOST)]
    return Like(scope, what, (change.id, *others[: MOST - 1]), is_more=is_more or len(others) == MOST)

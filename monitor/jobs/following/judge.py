"""Judging what was logged: each change gets its score, its reason and its classes, kept beside it; to and fro is folded.

Changes are judged when their round ends. Where the recipe changes (a newer program, other weights, watch words or standing
rules), those judged by the older one are judged again, the newest first, some at the end of every round.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from monitor.article import Article
from monitor.jobs.following.alone import Alone
from monitor.jobs.watching import kept, together
from monitor.judging import edits
from monitor.judging.edits import pictures
from monitor.judging.edits.tokens import squashed
from monitor.judging.flapping import folded
from monitor.judging.mutes import is_muted
from monitor.model import Change, Judged, Judgement, Kind, StoryKind, Term
from monitor.protocols import Store
from monitor.settings import Program, Source, WatchWord

RECIPE = 4  # raise it when judging gives any change another score, reason or class
_BATCH = 100
_AT_ONCE = 2_000  # judged again at the end of one round
_DIGEST = 8  # bytes of the recipe's digest that are kept
_UNKNOWN = 0.5  # the score of a change that could not be judged: somebody should look at it
_MOST_COPIES = 50  # of a text, that are read
_TURN, _LEAST = 0.85, 0.4  # share of its score that is left with each turn to and fro; no number of turns hides what went
_CHANGED = (Kind.EDITED, Kind.REMOVED)


class Judge:
    """Judges changes by the settings."""

    def __init__(self, program: Program, sources: Sequence[Source]) -> None:
        self._program = program
        self._watch = {source.name: (*program.watch, *source.watch) for source in sources}
        self._settings = repr((RECIPE, program.weights, program.mute, sorted(self._watch.items())))
        self.recipe = _digest(self._settings)

    def recipe_of(self, store: Store) -> bytes:
        """The recipe with the watch words that are kept in the database: other words, another recipe. Raises StoreError."""
        more = kept(store)
        return _digest(self._settings + repr(more)) if more else self.recipe

    def judge(self, store: Store, most: int = _AT_ONCE) -> int:
        """Judge up to ``most`` changes that this recipe has not judged yet; how many there were. Raises StoreError."""
        done, recipe = 0, self.recipe_of(store)
        while done < most and (changes := store.unjudged(recipe, min(_BATCH, most - done))):
            found = [(change, self._judged(change, store)) for change in (*changes, *_alike(changes, store))]
            with store.atomic(waiting=False):  # lost to a power cut, they are judged again
                for change, judged in found:
                    store.keep_judgement(change.id, recipe, judged)
                for head in _fold(store, changes):
                    store.keep_judgement(head.id, recipe, self._judged(head, store))
            done += len(changes)
        return done

    def judgement(self, change: Change, store: Store) -> Judgement:
        """The whole judgement of a change, with its edits and the sum behind its score. Raises StoreError."""
        before, after = _article(store, change, change.before), _article(store, change, change.after)
        watch = together(self._watch.get(change.source, self._program.watch), kept(store))
        other = after if _is_of_another(store, change) else None
        sides = store.pictured(change.id) if change.pictures else None
        further = pictures.edits(*sides) if sides else ()
        weights, is_first = self._program.weights, change.baseline
        found = edits.judge(change.kind, before, after, weights, watch, other=other, baseline=is_first, further=further)
        is_of_text = change.kind in _CHANGED and change.before != change.after
        if is_of_text and not is_first:
            found = self._among_copies(found, _copies(store, change, before, after))
        return _to_and_fro(found, change.judged.folded if change.judged else 0)

    def between(self, source: str, before: Article, after: Article, more: Sequence[WatchWord] = ()) -> Judgement:
        """What an edit of a page of ``source`` from one wording to another would be judged to be; ``more``: kept watch words."""
        watch = together(self._watch.get(source, self._program.watch), more)
        return edits.judge(Kind.EDITED, before, after, self._program.weights, watch)

    def _among_copies(self, found: Judgement, copies: int) -> Judgement:
        """The judgement of an edit that left all other copies of the text as they were: that is worth more, and says so."""
        more = round(self._program.weights.alone * found.score * (1 - found.score), 4)
        if not copies or not more:
            return found
        what = f"alone among {copies + 1} copies"
        terms = (*found.terms, Term(what, more))
        return replace(found, score=round(found.score + more, 4), reason=f"{found.reason}; {what}", terms=terms)

    def _judged(self, change: Change, store: Store) -> Judged:
        with Alone("judging failed", change=change.id, url=change.url) as tried:
            found = self.judgement(change, store)
            muted = is_muted(change.source, found.edits, self._program.mute)
            return Judged(round(found.score, 4), found.reason, found.classes, muted)
        return Judged(_UNKNOWN, f"could not be judged{tried.why}")


def _fold(store: Store, changes: Sequence[Change]) -> list[Change]:
    """Folds what goes to and fro on the pages of ``changes``; the changes into which some of these were folded, or which are."""
    judged, heads = {change.id for change in changes}, set()
    for page in dict.fromkeys(change.page for change in changes):
        for number, into in folded(store.history(page)).items():
            store.fold(number, into)
            if not judged.isdisjoint((number, into)):
                heads.add(into)
    found = (store.change(number) for number in sorted(heads))
    return [change for change in found if change is not None]


def _to_and_fro(found: Judgement, turns: int) -> Judgement:
    """The judgement of a change that went to and fro so often since: with each turn it is more likely a server's doing."""
    less = round(found.score * (1 - max(_LEAST, _TURN**turns)), 4)
    if not turns or not less:
        return found
    term = Term(f"{turns} times more to and fro", -less)
    return replace(found, score=round(found.score - less, 4), terms=(*found.terms, term))


def _digest(settings: str) -> bytes:
    return hashlib.sha256(settings.encode()).digest()[:_DIGEST]


def _alike(changes: Sequence[Change], store: Store) -> list[Change]:
    """The earlier changes that are the same edit on another copy: they are no longer alone."""
    stories = {story.id for change in changes for story in store.stories(change.id) if story.kind is StoryKind.COPIES}
    numbers = {number for story in stories for number in store.story_changes(story)} - {change.id for change in changes}
    found = (store.change(number) for number in sorted(numbers))
    return [change for change in found if change is not None]


def _copies(store: Store, change: Change, before: Article | None, after: Article | None) -> int:
    """How many other pages bear what one alone no longer bears; none where another was changed alike, or no word of it was.

    Reports after one pattern are like one another, too, but what was edited in one of them stands in no other.
    """
    copies = store.copies(change.id)
    if not copies.is_alone or before is None:
        return 0
    edited = _without(before, after)
    if after is not None and not edited and before.paragraphs == after.paragraphs and before.title == after.title:
        return 0
    wanted = edited or frozenset(map(squashed, before.paragraphs))
    found = (store.version(page, at=change.at) for page in sorted(copies.others)[:_MOST_COPIES])
    return sum(wanted <= frozenset(map(squashed, (copy.article.title, *copy.article.paragraphs))) for copy in found if copy)


def _without(before: Article, after: Article | None) -> frozenset[str]:
    """What of an article's title and paragraphs does not stand there any more."""
    there = frozenset((after.title, *after.paragraphs)) if after else frozenset()
    return frozenset(squashed(text) for text in (before.title, *before.paragraphs) if text not in there)


def _is_of_another(store: Store, change: Change) -> bool:
    """Whether the page bears now what another page bears or bore: that is no edit of the text, but a swap."""
    return change.kind is Kind.EDITED and change.after is not None and bool(store.bearers(change.page, change.after))


def _article(store: Store, change: Change, number: int | None) -> Article | None:
    version = store.version(change.page, number) if number is not None else None
    return version.article if version else None

"""Texts that stand elsewhere, the same or nearly so: found by their signatures, and held against each other word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from monitor.judging import signatures
from monitor.model import Elsewhere, Wording
from monitor.protocols import Store

NEARLY = 0.7  # from this likeness on two texts are nearly the same: about one word in seventeen differs
_LOOKED_AT = 6  # candidates whose words are compared
_AT_ONCE = 50  # texts that are signed in one transaction


@dataclass(slots=True)
class _Looked:
    """A text that was looked for: its band keys, and the texts that are nearly the same."""

    text: str
    keys: tuple[int, ...]
    near: list[tuple[int, float]]


@dataclass(slots=True)
class Alike:
    """Looks for texts in the ``store``, and signs those that it does not know."""

    store: Store
    _last: _Looked | None = None  # what is looked for is most often signed next

    def elsewhere(self, wording: Wording, page: int, source: str) -> list[Elsewhere]:
        """The other pages that bear or bore a wording, those with the same text first, then by likeness.

        Nearly the same text is looked for only where no page of the same ``source`` has exactly this one.
        """
        same = self.store.text_number(wording.text_digest)
        found = self.store.bearing(same, page) if same is not None else []
        if any(each.source == source for each in found):
            return found
        known = {each.page for each in found}
        for text, likeness in self.near(text_of(wording)):
            found += [replace(each, likeness=likeness) for each in self.store.bearing(text, page) if each.page not in known]
            known.update(each.page for each in found)
        return found

    def near(self, text: str) -> list[tuple[int, float]]:
        """The texts that are nearly the same as ``text``, by number, with their likeness, the most alike first."""
        return self._looked(text).near

    def sign(self, wording: Wording) -> None:
        """Sign the text of a wording that was just stored."""
        number = self.store.text_number(wording.text_digest)
        if number is not None and self.store.family(number) is None:
            self._sign(number, text_of(wording))

    def sign_missing(self, limit: int = _AT_ONCE) -> int:
        """Sign texts that nobody signed yet, up to so many. How many there were."""
        missing = self.store.unsigned(signatures.RECIPE, limit)
        if missing:
            with self.store.atomic():
                for number, text in missing:
                    self._sign(number, text)
        return len(missing)

    def _sign(self, number: int, text: str) -> None:
        looked = self._looked(text)
        family = self.store.family(looked.near[0][0]) if looked.near else None
        self.store.sign(number, looked.keys, family or number)

    def _looked(self, text: str) -> _Looked:
        if self._last is None or self._last.text != text:
            found = signatures.shingles(text)
            keys = signatures.signature(found)
            near = sorted(self._compared(found, keys), key=lambda each: (-each[1], each[0]))
            self._last = _Looked(text, keys, near)
        return self._last

    def _compared(self, found: set[str], keys: tuple[int, ...]) -> Iterator[tuple[int, float]]:
        """The candidates that are nearly the same. After one of them, those that share far less are not looked at."""
        least = 0
        for number, bands in self.store.candidates(keys, _LOOKED_AT):
            if bands < least:
                return
            likeness = signatures.likeness(found, signatures.shingles(self.store.words_of(number)))
            if likeness >= NEARLY:
                least = max(least, bands // 2)
                yield number, likeness


def text_of(wording: Wording) -> str:
    """Title and paragraphs, a line each."""
    return "\n".join((wording.article.title, *wording.article.paragraphs))

"""Two texts side by side in little room, cut so that what tells them apart is always seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SHOWN = 44  # characters of a text in a reason
ARROW = " → "
_LEAST = 8  # characters of a side, below which two sides say nothing
_UNSEEN = " (what differs is not seen)"


def harmless(text: str) -> str:
    """``text`` on one line, without what a terminal obeys or what reorders text."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def shown(text: str, longest: int = SHOWN) -> str:
    """A text cut to a length, at a word where there is one."""
    return _cut(harmless(text), longest)


def apart(old: str, new: str, longest: int = SHOWN) -> tuple[str, str]:
    """Both texts, each cut to a length of 8 characters or more around the first place where they differ.

    The two are equal only where the texts differ in nothing that is seen.
    """
    old, new = harmless(old), harmless(new)
    if old == new or max(len(old), len(new)) <= longest:
        return _cut(old, longest), _cut(new, longest)
    at = first_difference(old, new)
    start = _start(old, at, longest)
    sides = [_from(text, start, longest, _cut) for text in (old, new)]
    if sides[0] == sides[1]:  # all that differs there is a sign at which a text is never cut
        sides = [_from(text, max(0, at - longest // 2), longest, _hard) for text in (old, new)]
    return sides[0], sides[1]


def first_difference(old: str, new: str) -> int:
    """The first place at which two texts differ; the length of the shorter one where the other only goes on."""
    low, high = 0, min(len(old), len(new))
    while low < high:  # by halves: texts may be megabytes long
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _start(text: str, at: int, longest: int) -> int:
    """Where to begin, at a word if there is one, so that what stands at ``at`` is in the first half of what is shown."""
    if at < longest // 2 - 1:
        return 0
    least = at - longest // 2 + 3
    word = text.find(" ", least, at)
    return word + 1 if word >= 0 else least


def _from(text: str, start: int, longest: int, cut: Callable[[str, int], str]) -> str:
    return cut(text, longest) if start == 0 else "…" + cut(text[start:], longest - 1)


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    part = text[: longest - 1]
    return (part[: part.rfind(" ")] if part.rfind(" ") > longest // 2 else part).rstrip(" ,;:→") + "…"


def _hard(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


@dataclass(frozen=True, slots=True)
class Became:
    """A phrase that says what became of a text: ``head old → new tail``. What differs is seen in any room."""

    old: str
    new: str
    head: str = ""
    tail: str = ""

    def within(self, longest: int | None = None) -> str:
        """The phrase in so many characters; in as many as it wants to have by itself."""
        size = SHOWN
        if longest is not None:
            size = min(SHOWN, (longest - len(self.head) - len(self.tail) - len(ARROW)) // 2)
        return f"{self.head}{became(self.old, self.new, max(_LEAST, size))}{self.tail}"


def became(old: str, new: str, longest: int = SHOWN) -> str:
    """``old → new``; where one of them is empty, or nothing that is seen, only the other one, and that it is there or not."""
    sides = apart(old, new, longest)
    if all(sides):
        return ARROW.join(sides) if sides[0] != sides[1] else f"“{sides[0]}”{_UNSEEN}"
    return f"without “{sides[0]}”" if sides[0] else f"with “{sides[1]}”"

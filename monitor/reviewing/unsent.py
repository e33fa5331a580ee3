"""What a form would have done that was sent after its session had ended, in words."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.model import Act
from monitor.telling.harmless import harmless

_VERBS = {Act.REOPEN: "open again", Act.NOTE: "leave a note on"}
_TOLD = 5  # changes that are named
_DIGITS = 18


def unsent(written: Iterable[tuple[str, str]], action: str) -> str:
    """``flag change 6``: what the fields of a form to ``action`` would do; empty where that is no act on changes.

    The fields come from the browser, so nothing in them is believed but acts there are, and numbers.
    """
    fields = list(written)
    if action == "/undo":
        return "take back what you did last"
    if action != "/review":
        return ""
    named = dict(fields)
    act, scope, marks = named.get("act", ""), named.get("scope", ""), [value for name, value in fields if name == "changes"]
    if named.get("one"):
        act, one, scope = [*named["one"].split(" "), "", ""][:3]
        marks = [one]
    numbers = list(dict.fromkeys(each.partition(":")[0] for each in marks))
    if act not in {*Act} or not numbers or not all(_is_number(each) for each in numbers):
        return ""
    whom = f" to {harmless(named['text'][:64])}" if act == Act.ASSIGN and named.get("text") else ""
    also = " and what is like it" if scope not in ("", "this") else ""
    return f"{_VERBS.get(Act(act), act)} {_changes(numbers)}{also}{whom}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < _DIGITS


def _changes(numbers: list[str]) -> str:
    if len(numbers) == 1:
        return f"change {numbers[0]}"
    more = f" and {len(numbers) - _TOLD} more" if len(numbers) > _TOLD else ""
    return f"changes {', '.join(numbers[:_TOLD])}{more}"

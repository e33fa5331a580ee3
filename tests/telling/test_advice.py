"""What to do about incidents: a sentence for every kind that the program opens."""

from __future__ import annotations

import re
from pathlib import Path

import monitor
from monitor.telling.advice import Sight, advice

_ROOM = Path(monitor.__file__).parent


def _kinds() -> set[str]:
    """The kinds of incidents that the program names where it opens them."""
    sources = "\n".join(path.read_text() for path in _ROOM.rglob("*.py"))
    named = re.findall(r'(?:_incident\([\w., ]*|open_incident\([^,]*, |note\([^,]*, )"(\w+)"', sources)
    return {*named, *re.findall(r'^INCIDENT = "(\w+)"', sources, re.MULTILINE)}


def test_every_kind_that_is_opened_has_its_own_advice() -> None:
    kinds = _kinds()
    unknown = advice("nobody knows this one")
    assert {"blind", "layout", "listing", "reader", "resting", "shortcut", "validators", "clock", "seal"} <= kinds
    assert [kind for kind in kinds if advice(kind) == unknown] == []


def test_what_hides_pages_is_never_told_as_seen_whole() -> None:
    assert {kind: advice(kind).sight for kind in ("blind", "layout", "listing", "resting", "shortcut")} == {
        "blind": Sight.NOTHING,
        "layout": Sight.HELD,
        "listing": Sight.PART,
        "resting": Sight.PART,
        "shortcut": Sight.WHOLE,
    }


def test_an_unknown_kind_is_taken_for_something_that_hides_a_part() -> None:
    assert advice("<script>").sight is Sight.PART
    assert advice("<script>").do

"""Records: what exports add to the objects of ``monitor log --json``."""

from __future__ import annotations

from telling.told import told

from monitor.model import Op
from monitor.telling.records import as_object, whole_object, words


def test_an_export_has_all_that_the_log_prints_and_more() -> None:
    found = whole_object(told())
    assert as_object(told().change, reviewed=told().reviewed).items() <= found.items()
    assert found.keys() - as_object(told().change).keys() == {"notes", "changed"}


def test_words_are_those_of_one_fate() -> None:
    assert list(words(told().parts, Op.CUT)) == ["Pak Un Hyok"]
    assert list(words(told().parts, Op.ADDED)) == ["nobody"]

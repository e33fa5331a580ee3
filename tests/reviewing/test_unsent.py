"""What a form would have done, in words."""

from __future__ import annotations

import pytest

from monitor.reviewing.unsent import unsent


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ([("act", "flag"), ("changes", "6:12")], "flag change 6"),
        ([("one", "dismiss 7:0 story")], "dismiss change 7 and what is like it"),
        ([("one", "dismiss 7:0 this")], "dismiss change 7"),
        ([("act", "reopen"), *(("changes", str(each)) for each in range(1, 8))], "open again changes 1, 2, 3, 4, 5 and 2 more"),
        ([("act", "assign"), ("changes", "6"), ("text", "kim")], "assign change 6 to kim"),
        ([("act", "note"), ("changes", "6"), ("text", "to whom?")], "leave a note on change 6"),
        ([("act", "explode"), ("changes", "6")], ""),
        ([("act", "flag"), ("changes", "six")], ""),
        ([("act", "flag")], ""),
    ],
)
def test_an_act_is_named_with_its_changes(fields: list[tuple[str, str]], named: str) -> None:
    assert unsent(fields, "/review") == named


def test_an_undo_is_named_and_any_other_form_is_not() -> None:
    assert unsent([("back", "/")], "/undo") == "take back what you did last"
    assert unsent([("act", "flag"), ("changes", "6")], "/seen") == ""

"""Standing rules: a change is out of sight only when every edit of it is noise."""

from __future__ import annotations

import pytest

from monitor.judging.mutes import is_muted
from monitor.model import Edit, EditClass
from monitor.settings import Mute

DASH = Edit(EditClass.TYPOGRAPHY, "-", "–", "paragraph 2")
TIME = Edit(EditClass.NUMBER, "Updated at 7", "Updated at 8", "paragraph 1")
NAME = Edit(EditClass.NAME, "Kim", "", "title")
TYPOGRAPHY = Mute(classes=("typography",))


@pytest.mark.parametrize(
    ("edits", "rules", "muted"),
    [
        ([DASH], [], False),
        ([DASH], [TYPOGRAPHY], True),
        ([DASH, NAME], [TYPOGRAPHY], False),
        ([DASH, TIME], [TYPOGRAPHY, Mute(words=("updated AT",))], True),
        ([], [TYPOGRAPHY], False),
        ([DASH], [Mute(classes=("typography",), sources=("a", "b"))], True),
        ([DASH], [Mute(classes=("typography",), sources=("b",))], False),
        ([TIME], [Mute(words=("Updated at",), place="paragraph 1")], True),
        ([TIME], [Mute(words=("Updated at",), place="Paragraph")], True),
        ([TIME], [Mute(words=("Updated at",), place="title")], False),
        ([TIME], [Mute(words=("Updated at",), classes=("date",))], False),
        ([NAME], [Mute(place="title")], True),
    ],
)
def test_a_rule_mutes_what_it_names(edits: list[Edit], rules: list[Mute], muted: bool) -> None:
    assert is_muted("a", edits, rules) is muted

"""What is left when the facts of a changed run are explained: cut, addition, wording, or nothing of its own."""

from __future__ import annotations

import pytest

from monitor.judging.edits.regions import Known, Region, judged


def classes(old: str, new: str) -> list[str]:
    return [edit.what.value for edit in judged(Region(old, new), Known(old.casefold(), new.casefold()))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The clerk and his lawyer were there.", "The clerk was there.", ["cut"]),
        ("The clerk was there.", "The clerk and his lawyer were there.", ["addition"]),
        ("Three people were hurt.", "One person was hurt.", ["number"]),
        ("It makes fine shoes.", "It produces good boots.", ["wording"]),
        ("법원은 징역 3년을 선고했다.", "법원은 징역 30개월을 선고했다.", ["number"]),
        ("공원이 생겨 아이들이 기뻐했다.", "공원이 생겼다.", ["cut"]),
    ],
)
def test_what_is_left_is_cut_added_reworded_or_only_follows(old: str, new: str, expected: list[str]) -> None:
    assert classes(old, new) == expected


def test_an_address_that_goes_is_no_cut() -> None:
    assert classes("See the site https://one.example/a for it.", "See the site for it.") == ["wording"]

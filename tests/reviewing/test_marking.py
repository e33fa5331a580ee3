"""Watch words set off where they stand, in what is harmless all the same."""

from __future__ import annotations

import pytest
from reviewing.desk import Desk
from standins import START

from monitor.model import LogQuery, Watched
from monitor.reviewing.marking import pattern_of
from monitor.settings import WatchWord


@pytest.mark.parametrize(
    ("forms", "text", "found"),
    [
        (("Pak Un Hyok",), "Pak Un-hyok and PAK UN HYOK", ["Pak Un-hyok", "PAK UN HYOK"]),
        (("Un",), "Uncle Un, Unhyok", ["Un"]),
        (("박은혁",), "박은혁동지를", ["박은혁"]),
        (("BBC",), "BBC방송", ["BBC"]),
        (("Jang", "Jang Song Thaek"), "Jang Song Thaek or Jang", ["Jang Song Thaek", "Jang"]),
        (("a.b",), "axb a.b", ["a.b"]),
    ],
)
def test_words_are_found_as_judging_finds_them(forms: tuple[str, ...], text: str, found: list[str]) -> None:
    pattern = pattern_of((WatchWord(forms[0], forms[1:]),))
    assert pattern is not None
    assert pattern.findall(text) == found


def test_where_nothing_is_watched_for_nothing_is_looked_for() -> None:
    assert pattern_of(()) is None


def test_they_are_marked_in_inbox_and_change_and_nothing_becomes_markup(desk: Desk) -> None:
    assert "<mark>" not in desk.get("/?order=new&hidden=yes")
    for name in ("no one", "everyone", "nothing", "<b>", "img"):
        desk.store.keep_watched(Watched(name, (), "ann", START))
    page = desk.get("/?order=new&hidden=yes")
    assert "<mark>everyone</mark>" in page
    assert "<img src=x" not in page
    hostile = [change.id for change in desk.store.changes(LogQuery(limit=None)) if change.url.endswith("phostile")]
    shown = desk.get(f"/changes/{hostile[0]}?words=whole")
    assert "<mark>&lt;b&gt;</mark>" in shown or "<mark>nothing</mark>" in shown
    assert "<b>" not in shown
    assert "\u202e" not in shown

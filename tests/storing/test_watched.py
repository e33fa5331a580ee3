"""Watch words kept in the database, beside those of the settings."""

from __future__ import annotations

from standins import START

from monitor.model import Watched
from monitor.storing.sqlite import SqliteStore


def test_a_word_is_kept_replaced_and_deleted_in_any_case_of_letters(store: SqliteStore) -> None:
    assert store.watched() == []
    word = Watched("Pak Un Hyok", ("박은혁", "朴恩赫"), "ann", START)
    store.keep_watched(Watched("Zinc", (), "kim", START))
    store.keep_watched(word)
    assert [each.name for each in store.watched()] == ["Pak Un Hyok", "Zinc"]
    assert store.watched()[0] == word
    store.keep_watched(Watched("PAK un hyok", (), "kim", START))
    assert [(each.name, each.spellings) for each in store.watched()] == [("PAK un hyok", ()), ("Zinc", ())]
    assert store.drop_watched("pak UN hyok")
    assert not store.drop_watched("pak un hyok")
    assert [each.name for each in store.watched()] == ["Zinc"]

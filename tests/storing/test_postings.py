"""Which rows hold words, remembered: always what the index itself says, however it grew, and whatever of it was undone."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import StoreBusy
from monitor.storing import postings
from monitor.storing.postings import Postings
from monitor.storing.sqlite import SqliteStore, StoreFile

WORDS = ("north", "south", "east")
_TEXTS = st.lists(st.sets(st.sampled_from(WORDS)), max_size=4)
_STEPS = st.lists(st.tuples(_TEXTS, st.booleans(), st.sampled_from([*WORDS, "north OR east"])), max_size=10)


class _Power(Exception):
    """Something stops a transaction."""


def _add(store: SqliteStore, texts: list[set[str]], first: int) -> None:
    for at, words in enumerate(texts, first):
        row = (at, "", " ".join(sorted(words)))
        store.handle.write("INSERT INTO text_words (rowid, title, body) VALUES (?, ?, ?)", row)


def _try(store: SqliteStore, known: Postings, texts: list[set[str]], count: int, asked: str) -> None:
    """Add texts and ask for them, in a transaction that is undone."""
    try:
        with store.atomic():
            _add(store, texts, count + 1)
            known.marks("text_words", asked, count + len(texts))
            raise _Power
    except _Power:
        pass


@settings(max_examples=60, deadline=None)
@given(steps=_STEPS)
def test_what_is_remembered_is_what_the_index_says(steps: list[tuple[list[set[str]], bool, str]]) -> None:
    with TemporaryDirectory() as folder, StoreFile(Path(folder) / "a.db", lasting=False).open() as store:
        known, count = Postings(store.handle), 0
        for texts, is_undone, asked in steps:
            if is_undone:
                _try(store, known, texts, count, asked)
            else:
                _add(store, texts, count + 1)
                count += len(texts)
            marks = known.marks("text_words", asked, count)
            rows = store.handle.rows("SELECT rowid FROM text_words WHERE text_words MATCH ?", (asked,))
            assert [at for at, mark in enumerate(marks) if mark] == [at for (at,) in rows]
            assert len(marks) == count + 1
            assert known.are_known("text_words", asked)


def test_few_are_remembered(sqlite: SqliteStore) -> None:
    known = Postings(sqlite.handle)
    for at in range(postings._KEPT + 1):
        known.marks("text_words", f"w{at}", 3)
    assert not known.are_known("text_words", "w0")
    assert known.are_known("text_words", "w1")


def test_what_could_not_be_listed_is_not_taken_for_known(sqlite: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    _add(sqlite, [{"north"}], 1)
    known = Postings(sqlite.handle)

    def busy(*_: object) -> None:
        raise StoreBusy("locked")

    with monkeypatch.context() as patched:
        patched.setattr(sqlite.handle, "rows", busy)
        with pytest.raises(StoreBusy):
            known.marks("text_words", "north", 1)
    assert known.marks("text_words", "north", 1)[1] == 1

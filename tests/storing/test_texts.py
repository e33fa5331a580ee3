"""Texts are kept once, later wordings as small deltas; whatever the order of wordings, each reads back exactly."""

from __future__ import annotations

import hashlib
import random
import tempfile
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins import START, article
from storing.steps import Steps
from strategies import articles, cards

from monitor.errors import StoreDamaged
from monitor.model import Kind
from monitor.storing.database import Handle, open_handle
from monitor.storing.sqlite import SqliteStore, StoreFile
from monitor.storing.texts import CHAIN, WINDOW, Texts, cards_content, cards_parts, deflate, inflate, text_content, text_parts

NO_UTF8 = deflate(b"\xff").hex()
WORDS = [f"word{number}" for number in range(3000)]


def prose(size: int, seed: int = 1) -> bytes:
    """Words, ``size`` bytes of them, that compress as prose does, some three to one."""
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(size // 4)).encode()[:size]


def edited(text: bytes, at: int) -> bytes:
    """The text with one word more."""
    return text[:at] + b" indeed" + text[at:]


def digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def keep(handle: Handle, content: bytes, base: int | None = None) -> int:
    return Texts(handle, "text").keep(digest(content), content, base)


def row(handle: Handle, number: int) -> tuple[int | None, int, int]:
    """Base, depth and size of a text as it is kept."""
    found = handle.row("SELECT base_id, depth, length(data) FROM text WHERE id = ?", (number,))
    assert found is not None
    return found  # type: ignore[return-value]


@pytest.fixture
def handle(sqlite: SqliteStore) -> Handle:
    return sqlite.handle


# How a text is kept


def test_a_first_wording_is_a_copy(handle: Handle) -> None:
    text = prose(7000)
    base, depth, size = row(handle, keep(handle, text))
    assert (base, depth) == (None, 0)
    assert size == len(deflate(text)) < len(text) / 2


def test_a_further_wording_is_a_small_delta(handle: Handle) -> None:
    text = prose(7000)
    first = keep(handle, text)
    base, depth, size = row(handle, keep(handle, edited(text, 3000), first))
    assert (base, depth) == (first, 1)
    assert size < 110


def test_a_text_is_kept_once(handle: Handle) -> None:
    text = prose(7000)
    first = keep(handle, text)
    assert keep(handle, text) == first
    assert keep(handle, text, keep(handle, edited(text, 10), first)) == first
    assert handle.value("SELECT count(*) FROM text") == 2


def test_a_text_beyond_the_window_is_a_copy(handle: Handle) -> None:
    small, large = prose(WINDOW - 1000), prose(WINDOW)  # a little less than the window is of use as a dictionary
    first = keep(handle, small)
    assert row(handle, keep(handle, edited(small, 5), first))[0] == first
    second = keep(handle, large)
    assert row(handle, keep(handle, edited(large, 5), second))[:2] == (None, 0)


def test_a_wording_that_shares_little_is_a_copy(handle: Handle) -> None:
    first = keep(handle, prose(7000, seed=1))
    assert row(handle, keep(handle, prose(7000, seed=2), first))[:2] == (None, 0)


def test_every_sixteenth_wording_is_a_copy(handle: Handle) -> None:
    text, number, depths = prose(7000), None, []
    for at in range(2 * CHAIN + 1):
        text = edited(text, 100 * at)
        number = keep(handle, text, number)
        depths.append(row(handle, number)[1])
    assert depths == [*range(CHAIN), *range(CHAIN), 0]


def test_a_damaged_base_does_not_keep_a_new_wording_out(handle: Handle) -> None:
    text = prose(7000)
    first = keep(handle, text)
    handle.write("UPDATE text SET data = x'00' WHERE id = ?", (first,))
    second = keep(handle, edited(text, 50), first)
    assert row(handle, second)[0] is None
    assert Texts(handle, "text").content(second) == edited(text, 50)


# How it reads back


def test_it_reads_back_after_reopening(path: Path) -> None:
    wordings = [prose(7000)]
    for at in range(40):
        wordings.append(edited(wordings[-1], 50 * at))
    with StoreFile(path).open() as store:
        numbers: list[int] = []
        for text in wordings:
            numbers.append(keep(store.handle, text, numbers[-1] if numbers else None))
    with StoreFile(path).open() as store:
        texts = Texts(store.handle, "text")
        backwards = [texts.content(number) for number in reversed(numbers)]
        assert backwards[::-1] == wordings


_RUN = st.builds(lambda word, count: (word + " ") * count, st.text(max_size=12), st.integers(1, 40))
_STEP = st.tuples(st.sampled_from(["edit", "cut", "anew", "back", "grow"]), st.integers(0, 10_000), _RUN)


def _next(known: list[bytes], step: tuple[str, int, str]) -> bytes:
    """The wording that a step leads to from the last one."""
    kind, number, run = step
    words = run.encode("utf-8", "replace")
    last = known[-1].decode()
    at = number % (len(last) + 1)
    match kind:
        case "edit":
            return (last[:at] + run + last[at:]).encode("utf-8", "replace")
        case "cut":
            return (last[:at] + last[at + len(run) :]).encode()
        case "back":
            return known[number % len(known)]
        case "grow":
            return known[-1] + words * (1 + number // 5)
        case _:
            return words


@pytest.fixture(scope="module")
def shared() -> object:
    """One database for all examples of a property: each has digests of its own."""
    with tempfile.TemporaryDirectory() as folder:
        handle = open_handle(Path(folder) / "shared.db", threading.RLock(), lasting=False)
        yield handle
        handle.close()


@given(steps=st.lists(_STEP, max_size=40))
def test_any_sequence_of_wordings_reads_back(shared: Handle, steps: list[tuple[str, int, str]]) -> None:
    salt = (shared.value("SELECT max(id) FROM text") or 0).to_bytes(8, "big")
    writing, known, numbers = Texts(shared, "text"), [b"the first wording"], []
    for step in [None, *steps]:
        if step is not None:
            known.append(_next(known, step))
        numbers.append(writing.keep(salt + digest(known[-1]), known[-1], numbers[-1] if numbers else None))
    fresh = Texts(shared, "text")
    assert [fresh.content(number) for number in reversed(numbers)] == known[::-1]
    assert [writing.content(number) for number in numbers] == known
    assert len(set(numbers)) == len(set(known))


@given(content=st.binary(max_size=500), dictionary=st.binary(max_size=500))
def test_deflate_and_inflate(content: bytes, dictionary: bytes) -> None:
    assert inflate(deflate(content, dictionary), dictionary) == content


@given(what=articles())
def test_title_and_paragraphs_of_any_article(what: object) -> None:
    assert text_parts(text_content(what)) == (what.title, what.paragraphs)  # type: ignore[arg-type,attr-defined]


@given(what=st.lists(cards(), max_size=4).map(tuple))
def test_cards_of_any_article(what: object) -> None:
    assert cards_parts(cards_content(what)) == what  # type: ignore[arg-type]


# Through the store


def test_a_text_is_kept_once_over_pages_and_sources(sqlite: SqliteStore) -> None:
    steps = Steps(sqlite)
    for source, name in (("a", "one"), ("b", "two"), ("b", "three")):
        steps.add(name, source=source)
        steps.read(name, steps.round(source), article("Same", "words", publication=source), Kind.NEW)
    assert sqlite.status().texts == 1
    assert sqlite.status().versions == 3


def test_cards_that_many_pages_show_are_kept_once_and_others_as_deltas(sqlite: SqliteStore) -> None:
    from dataclasses import replace

    from monitor.article import Card

    day = date(2026, 1, 1)
    shown = [Card(f"Title {n} of a card", f"It begins with sentence {n} and goes on for a while.", day) for n in range(9)]
    steps = Steps(sqlite)
    for number in range(4):
        steps.add(f"p{number}")
        here = replace(article(f"T{number}"), cards=tuple(shown[number // 2 : number // 2 + 8]))
        steps.read(f"p{number}", steps.round(), here, Kind.NEW)
    rows = sqlite.handle.rows("SELECT base_id, length(data) FROM cards ORDER BY id")
    assert [base for base, _ in rows] == [None, 1]
    assert rows[1][1] < rows[0][1] / 3
    version = sqlite.version(steps.page("p3").id)
    assert version is not None
    assert version.article.cards == tuple(shown[1:9])


def test_what_a_transaction_undid_is_not_remembered(sqlite: SqliteStore) -> None:
    texts, names = sqlite.texts, sqlite.names
    kept: list[int | None] = []

    def keep_and_undo() -> None:
        with sqlite.atomic():
            kept[:] = [texts.keep(b"1", b"a text that is undone", None), names.number("a name that is undone")]
            assert texts.content(kept[0] or 0) == b"a text that is undone"
            raise KeyError

    with pytest.raises(KeyError):
        keep_and_undo()
    lost, number = kept
    assert lost
    assert texts.keep(b"2", b"another", None) == lost
    assert texts.content(lost) == b"another"
    assert names.number("another name") == number
    assert names.text(number) == "another name"


# Damage


@pytest.fixture
def damaged(sqlite: SqliteStore) -> Steps:
    """A page with three wordings, of which the test damages one."""
    steps = Steps(sqlite)
    steps.add("one")
    round_ = steps.round()
    text = prose(3000).decode()
    steps.read("one", round_, article("T", text), Kind.NEW)
    steps.read("one", round_, article("T", text + " more"), Kind.EDITED)
    steps.read("one", round_, article("T", text + " still more"), Kind.EDITED)
    return steps


def afresh(steps: Steps) -> SqliteStore:
    """The same database through a handle that has read nothing yet."""
    assert isinstance(steps.store, SqliteStore)
    return SqliteStore(steps.store.handle)


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("UPDATE text SET data = x'ff00ff' WHERE id = 2", "text 2 cannot be unpacked"),
        ("UPDATE text SET data = substr(data, 1, length(data) - 3) WHERE id = 2", "text 2 cannot be unpacked"),
        (f"UPDATE text SET data = x'{NO_UTF8}' WHERE id = 2", "text 2 cannot be unpacked"),  # noqa: S608
        ("UPDATE text SET base_id = 99 WHERE id = 2", "text 3 hangs on 99"),
        ("UPDATE text SET base_id = 3 WHERE id = 2", "text 3 hangs on"),
        ("DELETE FROM text WHERE id = 1", "text 3 hangs on 1"),
    ],
)
def test_damage_is_named(damaged: Steps, damage: str, named: str) -> None:
    store = afresh(damaged)
    store.handle.db.execute("PRAGMA foreign_keys = OFF")
    store.handle.db.execute(damage)
    with pytest.raises(StoreDamaged, match=rf"monitor\.db: {named}"):
        store.version(damaged.page("one").id, 3)


def test_what_is_not_damaged_is_still_readable(damaged: Steps) -> None:
    store = afresh(damaged)
    store.handle.db.execute("UPDATE text SET data = x'ff00ff' WHERE id = 2")
    version = store.version(damaged.page("one").id, 1)
    assert version is not None
    assert version.first_seen == START


def test_damaged_cards_are_named(damaged: Steps) -> None:
    store = afresh(damaged)
    store.handle.db.execute("INSERT INTO cards (id, digest, depth, data) VALUES (7, x'00', 0, ?)", [deflate(b"a\nb\nno day")])
    store.handle.db.execute("UPDATE version SET cards_id = 7 WHERE number = 1")
    with pytest.raises(StoreDamaged, match=r"monitor\.db: cards 7 cannot be read"):
        store.version(damaged.page("one").id, 1)

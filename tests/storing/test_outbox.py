"""The outbox: what is in it survives, is due when it should be, and is sent once; a database has a name of its own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from standins import START

from monitor.model import Followed, Letter
from monitor.storing.sqlite import StoreFile

LETTER = Letter("t", "text", "<p>html</p>")
MINUTE = timedelta(minutes=1)


def test_a_database_has_a_name_that_stays_and_no_other_has(tmp_path: Path) -> None:
    with StoreFile(tmp_path / "a.db").open() as store, StoreFile(tmp_path / "b.db").open() as other:
        name = store.database_id()
        assert len(name) == 32
        assert name != other.database_id()
    with StoreFile(tmp_path / "a.db").open() as store:
        assert store.database_id() == name


def test_a_message_survives_and_is_sent_once(tmp_path: Path) -> None:
    with StoreFile(tmp_path / "a.db").open() as store:
        store.keep_message("r", "env:A", LETTER, "s", START)
    with StoreFile(tmp_path / "a.db").open() as store:
        (message,) = store.pending(START)
        assert (message.rule, message.to, message.letter, message.source, message.tries) == ("r", "env:A", LETTER, "s", 0)
        store.sent(message.id, START)
        assert store.pending() == []


def test_one_that_failed_is_due_later_and_holds_its_rule_for_that_address(tmp_path: Path) -> None:
    with StoreFile(tmp_path / "a.db").open() as store:
        store.keep_message("r", "env:A", LETTER, "s", START)
        assert not store.is_held("r", "env:A")
        store.failed(1, START + MINUTE, "refused")
        assert store.pending(START) == []
        assert [each.problem for each in store.pending(START + MINUTE)] == ["refused"]
        assert store.is_held("r", "env:A")
        assert not store.is_held("r", "env:B")
        store.sent(1, START + MINUTE)
        assert not store.is_held("r", "env:A")


def test_one_that_somebody_took_holds_its_rule_no_more(tmp_path: Path) -> None:
    with StoreFile(tmp_path / "a.db").open() as store:
        store.keep_message("r", "env:A", LETTER, "s", START)
        store.failed(1, START + MINUTE, "one refused", frozenset({"ab", "cd"}))
        assert not store.is_held("r", "env:A")
        assert store.pending()[0].taken == {"ab", "cd"}


def test_what_is_of_other_rules_is_forgotten(tmp_path: Path) -> None:
    with StoreFile(tmp_path / "a.db").open() as store:
        for rule, to in (("r", "env:A"), ("r", "env:B"), ("s", "env:A")):
            store.keep_message(rule, to, LETTER, "s", START)
            store.note_notified(rule, to, Followed(3, START))
        dropped = store.keep_rules([("r", "env:A"), ("new", "env:C")])
        assert [(each.rule, each.to) for each in dropped] == [("r", "env:B"), ("s", "env:A")]
        assert [(each.rule, each.to) for each in store.pending()] == [("r", "env:A")]
        assert store.notified("r", "env:A") is not None
        assert store.notified("s", "env:A") is None
        assert store.keep_rules([("r", "env:A")]) == []


def test_what_was_sent_is_forgotten_after_a_month(tmp_path: Path) -> None:
    with StoreFile(tmp_path / "a.db").open() as store:
        for _ in range(2):
            store.keep_message("r", "env:A", LETTER, "s", START)
        store.sent(1, START)
        assert store.handle.value("SELECT count(*) FROM message") == 2
        store.sent(2, START + timedelta(days=31))
        assert store.handle.value("SELECT count(*) FROM message") == 1


def test_how_far_a_rule_was_followed_is_remembered(tmp_path: Path) -> None:
    with StoreFile(tmp_path / "a.db").open() as store:
        assert store.notified("r", "env:A") is None
        store.note_notified("r", "env:A", Followed(3, START))
        store.note_notified("r", "env:A", Followed(5, START + MINUTE))
        assert store.notified("r", "env:A") == Followed(5, START + MINUTE)
        assert store.notified("r", "env:B") is None

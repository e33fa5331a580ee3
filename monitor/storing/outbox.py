"""The outbox, how far rules were followed, and the name of the database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from monitor.model import Followed, Letter, Message
from monitor.storing.database import Row
from monitor.storing.search import SearchTable
from monitor.storing.values import from_instant, instant, maybe_instant
from monitor.storing.words import first_unindexed

_KEPT = timedelta(days=30)  # after which a message that was sent is forgotten
_ALL = 2**53
_RULES = "SELECT rule, address FROM followed UNION SELECT rule, address FROM message WHERE sent_at IS NULL"
_STORY = "SELECT key, first_id FROM story WHERE id = ?"  # numbers of stories are given anew when all are made anew


class OutboxTable(SearchTable):
    """Implements the protocol ``Outbox`` on a handle."""

    def database_id(self) -> str:
        return str(self.handle.value("SELECT value FROM about WHERE name = 'id'"))

    def settled(self) -> int:
        first = self.handle.value("SELECT change_id FROM facet WHERE score IS NULL ORDER BY change_id LIMIT 1")
        judged = self.newest() if first is None else int(first) - 1
        unindexed = first_unindexed(self.handle)  # what came or went as a whole is found by its texts
        return min(judged, self._changes_indexed(), *([] if unindexed is None else [unindexed - 1]))

    def notified(self, rule: str, to: str) -> Followed | None:
        row = self.handle.row("SELECT change_id, at FROM followed WHERE rule = ? AND address = ?", (rule, to))
        return Followed(row[0], instant(row[1])) if row else None

    def note_notified(self, rule: str, to: str, followed: Followed) -> None:
        self.handle.write(
            "INSERT INTO followed (rule, address, change_id, at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (rule, address) DO UPDATE SET change_id = excluded.change_id, at = excluded.at",
            (rule, to, followed.change, from_instant(followed.at)),
        )

    def was_told(self, rule: str, to: str, story: int) -> bool:
        sql = f"SELECT 1 FROM told_story WHERE rule = ? AND address = ? AND (key, first_id) = ({_STORY})"
        return self.handle.row(sql, (rule, to, story)) is not None

    def note_told(self, rule: str, to: str, story: int) -> None:
        sql = "INSERT OR IGNORE INTO told_story (rule, address, key, first_id) SELECT ?, ?, key, first_id FROM story WHERE id = ?"
        self.handle.write(sql, (rule, to, story))

    def keep_message(self, rule: str, to: str, letter: Letter, source: str, now: datetime) -> None:
        at = from_instant(now)
        self.handle.insert(
            "INSERT INTO message (rule, address, title, text, html, source, made_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (rule, to, letter.title, letter.text, letter.html, source, at, at),
        )

    def is_held(self, rule: str, to: str) -> bool:
        sql = "SELECT 1 FROM message WHERE sent_at IS NULL AND rule = ? AND address = ? AND tries > 0 AND taken = '' LIMIT 1"
        return self.handle.row(sql, (rule, to)) is not None

    def pending(self, due: datetime | None = None, limit: int = 1000) -> list[Message]:
        sql = "SELECT * FROM message WHERE sent_at IS NULL AND due_at <= ? ORDER BY id LIMIT ?"
        return [_message(row) for row in self.handle.rows(sql, (from_instant(due) if due else 2**62, limit))]

    def sent(self, message: int, now: datetime) -> None:
        with self.atomic():
            self.handle.write("UPDATE message SET sent_at = ? WHERE id = ?", (from_instant(now), message))
            self.handle.write("DELETE FROM message WHERE sent_at < ?", (from_instant(now - _KEPT),))

    def sending(self, message: Message, due: datetime, mark: str) -> bool:
        sql = "UPDATE message SET due_at = ?, problem = ? WHERE id = ? AND sent_at IS NULL AND due_at = ? AND tries = ?"
        return self.handle.write(sql, (from_instant(due), mark, message.id, from_instant(message.due), message.tries)) > 0

    def failed(self, message: int, due: datetime, problem: str, taken: frozenset[str] = frozenset()) -> None:
        sql = "UPDATE message SET tries = tries + 1, due_at = ?, problem = ?, taken = ? WHERE id = ? AND sent_at IS NULL"
        self.handle.write(sql, (from_instant(due), problem, " ".join(sorted(taken)), message))

    def keep_rules(self, rules: Collection[tuple[str, str]]) -> list[Message]:
        wanted = frozenset(rules)
        with self.atomic():
            found = [(str(row[0]), str(row[1])) for row in self.handle.rows(_RULES)]
            dropped = [each for each in self.pending(limit=_ALL) if (each.rule, each.to) not in wanted] if found else []
            for gone in (each for each in found if each not in wanted):
                for table in ("followed", "told_story"):
                    self.handle.write(f"DELETE FROM {table} WHERE rule = ? AND address = ?", gone)
                self.handle.write("DELETE FROM message WHERE sent_at IS NULL AND rule = ? AND address = ?", gone)
        return dropped

    def review_mark(self) -> int:
        return int(self.handle.value("SELECT coalesce(max(id), 0) FROM review"))

    def key_label(self, digest: bytes) -> str | None:
        found = self.handle.value("SELECT what FROM login WHERE digest = ?", (digest,))
        return None if found is None else str(found)


def _message(row: Row) -> Message:
    made, due, sent = instant(row[7]), instant(row[8]), maybe_instant(row[11])
    taken = frozenset(row[12].split())
    return Message(row[0], row[1], row[2], Letter(*row[3:6]), row[6], made, due, row[9], row[10], sent, taken)

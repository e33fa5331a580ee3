"""The review log, and what it adds up to; users, their sessions and tokens; saved views.

The log is the truth and is only ever appended to. ``reviewed`` is made from it, so that filters need not add it up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from monitor.model import Act, Review, Reviewed, ReviewState, Role, User, View
from monitor.storing.database import Row
from monitor.storing.values import from_instant, instant, maybe_instant
from monitor.storing.watched import WatchedTable

SESSION = "session"
_REVIEW = """r.id, r.batch, r.change_id, r.act, r.who, r.at, r.text,
    EXISTS (SELECT 1 FROM review u WHERE u.undoes = r.id) FROM review r"""
_MANY = 500


class ReviewsTable(WatchedTable):
    """Implements the protocol ``Reviews`` on a handle."""

    def review(self, changes: Sequence[int], act: Act, who: str, now: datetime, text: str = "") -> list[Review]:
        with self.atomic():
            batch, found = None, []
            for change in dict.fromkeys(changes):
                if self.handle.value("SELECT 1 FROM change WHERE id = ?", (change,)) is None:
                    continue
                found.append(self._append(change, act, who, now, text, batch))
                batch = found[0].batch
            return found

    def _append(
        self, change: int, act: Act, who: str, now: datetime, text: str, batch: int | None, undoes: int | None = None
    ) -> Review:
        number = int(self.handle.value("SELECT coalesce(max(id), 0) + 1 FROM review"))
        self.handle.write(
            "INSERT INTO review (id, batch, change_id, act, who, at, text, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, batch or number, change, act, who, from_instant(now), text, undoes),
        )
        self._add_up(change)
        return Review(number, batch or number, change, act, who, now, text)

    def undo(self, who: str, now: datetime, batch: int | None = None) -> list[Review]:
        with self.atomic():
            last = self.handle.value(
                "SELECT batch FROM review r WHERE who = ? AND act <> ? AND (? IS NULL OR batch = ?)"
                " AND NOT EXISTS (SELECT 1 FROM review u WHERE u.undoes = r.id) ORDER BY id DESC LIMIT 1",
                (who, Act.UNDO, batch, batch),
            )
            if last is None:
                return []
            lines = self.handle.rows(
                "SELECT id, change_id FROM review r WHERE batch = ? AND act <> ?"
                " AND NOT EXISTS (SELECT 1 FROM review u WHERE u.undoes = r.id) ORDER BY id",
                (last, Act.UNDO),
            )
            found: list[Review] = []
            for number, change in lines:
                found.append(self._append(change, Act.UNDO, who, now, "", found[0].batch if found else None, number))
            return found

    def reviews(self, change: int) -> list[Review]:
        return [_review(row) for row in self.handle.rows(f"SELECT {_REVIEW} WHERE r.change_id = ? ORDER BY r.id", (change,))]

    def review_log(self, after: int = 0, limit: int = 1000) -> list[Review]:
        rows = self.handle.rows(f"SELECT {_REVIEW} WHERE r.id > ? ORDER BY r.id LIMIT ?", (after, limit))
        return [_review(row) for row in rows]

    def _add_up(self, change: int) -> None:
        found = Reviewed()
        for line in self.reviews(change):
            found = _after(found, line)
        at = from_instant(found.at) if found.at else None
        self.handle.write(
            "INSERT INTO reviewed (change_id, state, assigned, notes, who, at, last_id) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (change_id) DO UPDATE SET state = excluded.state, assigned = excluded.assigned,"
            " notes = excluded.notes, who = excluded.who, at = excluded.at, last_id = excluded.last_id",
            (change, found.state, found.assigned, found.notes, found.who, at, found.last),
        )

    def reviewed(self, changes: Sequence[int]) -> dict[int, Reviewed]:
        found: dict[int, Reviewed] = {}
        for start in range(0, len(changes), _MANY):
            some = changes[start : start + _MANY]
            rows = self.handle.rows(
                "SELECT change_id, state, assigned, notes, who, at, last_id FROM reviewed"
                f" WHERE change_id IN ({', '.join('?' * len(some))})",
                tuple(some),
            )
            for row in rows:
                found[row[0]] = Reviewed(ReviewState(row[1]), row[2], row[3], row[4], maybe_instant(row[5]), row[6])
        return found

    # Users

    def users(self) -> list[User]:
        return [User(name, Role(role), looked) for name, role, looked in self.handle.rows(f"{_USER} ORDER BY name")]

    def user(self, name: str) -> User | None:
        row = self.handle.row(f"{_USER} WHERE name = ?", (name,))
        return User(row[0], Role(row[1]), row[2]) if row else None

    def secret(self, name: str) -> str | None:
        found = self.handle.value("SELECT password_digest FROM account WHERE name = ?", (name,))
        return None if found is None else str(found)

    def keep_user(self, name: str, role: Role, secret: str) -> None:
        with self.atomic():
            self.handle.write(
                "INSERT INTO account (name, role, password_digest) VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET role = excluded.role, password_digest = excluded.password_digest",
                (name, role, secret),
            )
            self.drop_keys(name, SESSION)

    def drop_user(self, name: str) -> bool:
        with self.atomic():
            self.handle.write("DELETE FROM login WHERE account = ?", (name,))
            return bool(self.handle.write("DELETE FROM account WHERE name = ?", (name,)))

    def looked(self, name: str, change: int) -> None:
        self.handle.write("UPDATE account SET looked = ? WHERE name = ?", (change, name))

    def keep_key(self, digest: bytes, name: str, what: str, until: datetime | None) -> None:
        self.handle.write(
            "INSERT INTO login (digest, account, what, until) VALUES (?, ?, ?, ?)",
            (digest, name, what, from_instant(until) if until else None),
        )

    def keyholder(self, digest: bytes, now: datetime) -> User | None:
        row = self.handle.row(
            "SELECT account.name, account.role, account.looked FROM login JOIN account ON account.name = login.account"
            " WHERE login.digest = ? AND (login.until IS NULL OR login.until > ?)",
            (digest, from_instant(now)),
        )
        return User(row[0], Role(row[1]), row[2]) if row else None

    def keys(self, name: str) -> list[tuple[str, datetime | None]]:
        rows = self.handle.rows("SELECT what, until FROM login WHERE account = ? AND what <> ? ORDER BY what", (name, SESSION))
        return [(what, maybe_instant(until)) for what, until in rows]

    def drop_keys(self, name: str, what: str) -> int:
        return self.handle.write("DELETE FROM login WHERE account = ? AND what = ?", (name, what))

    def drop_key(self, digest: bytes) -> None:
        self.handle.write("DELETE FROM login WHERE digest = ?", (digest,))

    # Saved views

    def views(self) -> list[View]:
        return [View(*row) for row in self.handle.rows("SELECT name, query, who FROM saved_view ORDER BY name")]

    def keep_view(self, view: View) -> None:
        self.handle.write(
            "INSERT INTO saved_view (name, query, who) VALUES (?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET query = excluded.query, who = excluded.who",
            (view.name, view.query, view.who),
        )

    def drop_view(self, name: str) -> bool:
        return bool(self.handle.write("DELETE FROM saved_view WHERE name = ?", (name,)))


_USER = "SELECT name, role, looked FROM account"


def _review(row: Row) -> Review:
    return Review(row[0], row[1], row[2], Act(row[3]), row[4], instant(row[5]), row[6], bool(row[7]))


def _after(so_far: Reviewed, line: Review) -> Reviewed:
    """What a line of the review log adds; one that was undone, and the one that undid it, add only that somebody looked."""
    now = replace(so_far, last=line.id)
    if line.is_undone or line.act is Act.UNDO:
        return now
    if line.act is Act.ASSIGN:
        return replace(now, assigned=line.text)
    if line.act is Act.NOTE:
        return replace(now, notes=so_far.notes + 1)
    return replace(now, state=line.act.leads_to or so_far.state, who=line.who, at=line.at)

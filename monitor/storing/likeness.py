"""Nearly the same text found again: signatures in bands, the families of texts, and where addresses lead that redirect.

Texts that are nearly the same are one family, which bears the number of its first text. So all wordings of one story are one, on
all its pages, as far as each is nearly the same as one that was there before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from monitor.errors import StoreDamaged
from monitor.model import Claim, Elsewhere, Outcome
from monitor.storing.database import Row
from monitor.storing.readers import ReadersTable
from monitor.storing.values import from_instant

_CROWD = 50  # texts that one band is looked up for, the latest first: what more of them share is no sign of likeness
_MOST = 50  # pages that bear one text
_SIGNED = "signed"  # up to which text all are signed, in the table `progress`
_ELSEWHERE = """page.id, source.name, page.url, page.gone, redirect.key FROM page JOIN source ON source.id = page.source_id
    LEFT JOIN redirect ON redirect.page_id = page.id AND redirect.at = page.last_visit_at"""


class LikenessTable(ReadersTable):
    """Implements of the protocol ``Store`` what finds a text, or nearly the same one, on other pages, on a handle."""

    # Signatures

    def unsigned(self, recipe: int, limit: int) -> list[tuple[int, str]]:
        name = f"{_SIGNED} {recipe}"
        until = self._progress(name)
        if until is None:
            self._begin(name)
        rows = self.handle.rows(
            "SELECT text.id FROM text LEFT JOIN signature ON text_id = text.id WHERE text.id > ? AND text_id IS NULL"
            " ORDER BY text.id LIMIT ?",
            (until or 0, limit),
        )
        last = rows[-1][0] if rows else self.handle.value("SELECT max(id) FROM text")
        if last is not None and not rows and last != until:
            self.keep_progress(name, last)
        return [(number, self.words_of(number)) for (number,) in rows]

    def _begin(self, name: str) -> None:
        """From now on texts are signed by this recipe; what another one signed is dropped."""
        with self.atomic():
            if self.handle.write("DELETE FROM progress WHERE substr(name, 1, 7) = ?", (f"{_SIGNED} ",)):
                self.handle.write("DELETE FROM band")
                self.handle.write("DELETE FROM signature")
            self.keep_progress(name, 0)

    def text_number(self, text_digest: bytes) -> int | None:
        return self.texts.find(text_digest)

    def sign(self, text: int, keys: Sequence[int], family: int) -> bool:
        with self.atomic():
            if not self.handle.write("INSERT OR IGNORE INTO signature (text_id, family) VALUES (?, ?)", (text, family)):
                return False
            for key in set(keys):
                self.handle.write("INSERT OR IGNORE INTO band (key, text_id) VALUES (?, ?)", (key, text))
        return True

    def family(self, text: int) -> int | None:
        found = self.handle.value("SELECT family FROM signature WHERE text_id = ?", (text,))
        return None if found is None else int(found)

    def candidates(self, keys: Sequence[int], limit: int) -> list[tuple[int, int]]:
        counts: Counter[int] = Counter()
        for key in set(keys):
            sql = f"SELECT text_id FROM band WHERE key = ? ORDER BY text_id DESC LIMIT {_CROWD}"
            counts.update(number for (number,) in self.handle.rows(sql, (key,)))
        best = sorted(counts, key=lambda number: (-counts[number], number))[:limit]
        return [(number, counts[number]) for number in best]

    def words_of(self, text: int) -> str:
        """A text as it is; none where it is damaged, which is for `verify` to say."""
        try:
            return self.texts.content(text).decode("utf-8")
        except StoreDamaged:
            return ""

    def _progress(self, name: str) -> int | None:
        value: int | None = self.handle.value("SELECT value FROM progress WHERE name = ?", (name,))
        return value

    def keep_progress(self, name: str, value: int) -> None:
        """Note how far something has come that is done bit by bit."""
        self.handle.write("INSERT OR REPLACE INTO progress (name, value) VALUES (?, ?)", (name, value))

    # Who bears a text

    def bearing(self, text: int, page: int) -> list[Elsewhere]:
        rows = self.handle.rows(
            f"SELECT {_ELSEWHERE} WHERE page.id <> ? AND page.id IN (SELECT page_id FROM version WHERE text_id = ?)"
            f" ORDER BY page.id LIMIT {_MOST}",
            (page, text),
        )
        return [_elsewhere(row) for row in rows]

    def finish(self, claim: Claim, outcome: Outcome) -> bool:
        with self.atomic():
            is_done = super().finish(claim, outcome)
            if is_done and outcome.leads_to is not None:
                self.handle.write(
                    "INSERT OR REPLACE INTO redirect (page_id, key, at) VALUES (?, ?, ?)",
                    (claim.page.id, outcome.leads_to, from_instant(outcome.observation.at)),
                )
        return is_done


def _elsewhere(row: Row) -> Elsewhere:
    number, source, url, gone, key = row
    return Elsewhere(number, source, url, leads_to=key, is_gone=bool(gone))

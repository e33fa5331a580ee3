"""A made-up database of any size: articles in English and Korean, their wordings, changes, judgements, stories and reviews.

Written with plain SQL, not by rounds, so that a million changes take minutes; facets, words and tallies by the program's own SQL.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.jobs.following.judge import Judge
from monitor.settings import Program
from monitor.storing import indexes, tallies
from monitor.storing.classes import class_bits
from monitor.storing.sqlite import StoreFile
from monitor.storing.texts import deflate
from monitor.storing.tokens import indexed
from monitor.storing.values import from_instant
from tests.benchmarks.articles import HOW, KO_PEOPLE, KO_PLACES, PEOPLE, PLACES, THINGS, article

START = datetime(2024, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=800)
SOURCES = 12
KOREAN = (3, 7, 11)  # the sources that are in Korean
_CLASSES = ("name", "number", "date", "quote", "wording", "cut", "addition", "typography", "headline", "attribution", "negation")
_BATCH = 5_000


@dataclass(slots=True)
class _Page:
    """What is known of an article while its log is written."""

    source: int
    words: list[str]
    versions: list[tuple[int, int]] = field(default_factory=list)  # version and text
    current: int = 0
    is_gone: bool = False


def make(path: Path, articles: int, changes: int, *, say: bool = False) -> None:
    """Make the database at ``path``; half of the articles are baseline."""
    StoreFile(path, lasting=False).open().close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.create_function("class_bits", 1, class_bits, deterministic=True)
    for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000", "wal_autocheckpoint = 20000"):
        connection.execute(f"PRAGMA {pragma}")
    kept = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    for sql in kept:
        connection.execute(f"DROP TRIGGER {sql.split()[2]}")
    for index in ("facet_score", "facet_source"):
        connection.execute(f"DROP INDEX {index}")
    _Maker(connection, articles, changes).write(say=say)
    connection.execute("BEGIN")
    connection.execute(indexes.FILL_FACETS)
    connection.execute(indexes.FILL_SIDES)
    for sql in indexes.WIDE_INDEXES[1:]:
        connection.execute(sql)
    connection.execute(tallies.FILL_TALLY)
    for sql in kept:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


class _Maker:
    """Writes the log, a batch of rows at a time."""

    def __init__(self, connection: sqlite3.Connection, articles: int, changes: int) -> None:
        self._connection = connection
        self._articles, self._changes = articles, max(changes, articles)
        self._rng = random.Random(6)
        self._pages: list[_Page] = []
        self._rows: dict[str, list[tuple[object, ...]]] = {}
        self._texts = self._versions = 0
        self._recipe = Judge(Program(), ()).recipe

    def write(self, *, say: bool) -> None:
        """Everything, in one go."""
        self._connection.execute("BEGIN")
        self._names()
        for number in range(1, self._changes + 1):
            self._change(number)
            if number % _BATCH == 0:
                self._flush()
            if say and number % 100_000 == 0:
                print(f"  {number} changes, {self._texts} texts", flush=True)
        self._page_rows()
        self._stories()
        self._reviews()
        self._rounds()
        self._put("progress", ("indexed texts", self._texts), ("indexed changes", self._changes), ("stories", self._changes))
        self._flush()
        self._connection.execute("COMMIT")

    def _put(self, table: str, *rows: tuple[object, ...]) -> None:
        self._rows.setdefault(table, []).extend(rows)

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            given, same = _COLUMNS[table]
            values = ", ".join(["?"] * len(given.split(",")) + list(same.values()))
            sql = f"INSERT INTO {table} ({', '.join([given, *same])}) VALUES ({values})"  # noqa: S608
            self._connection.executemany(sql, rows)
        self._rows.clear()

    def _names(self) -> None:
        self._put("name", (1, "The Times"), (2, "plain"))
        at = from_instant(START)
        self._put("source", *((number, f"source-{number:02}", at, at) for number in range(1, SOURCES + 1)))

    def _at(self, number: int) -> int:
        return from_instant(START) + int(number / self._changes * SPAN.total_seconds() * 1000)

    # Changes

    def _change(self, number: int) -> None:
        """One change: the baseline first, then whatever comes."""
        is_baseline = number <= self._articles // 2
        left = self._changes - number
        missing = self._articles - len(self._pages)
        if is_baseline or missing > left or self._rng.random() < missing / (left + 1):
            self._first(number, is_baseline=is_baseline)
            return
        page = self._rng.randrange(len(self._pages))
        if (known := self._pages[page]).is_gone:
            known.is_gone = False
            self._log(number, "restored", page, None, known.versions[known.current], "", "")
        elif self._rng.random() < 0.13:
            known.is_gone = True
            self._log(number, "removed", page, known.versions[known.current], None, "", "")
        elif len(known.versions) > 1 and self._rng.random() < 0.45:
            self._revert(number, page)
        else:
            self._edit(number, page)

    def _first(self, number: int, *, is_baseline: bool) -> None:
        source = self._rng.randrange(1, SOURCES + 1)
        page = len(self._pages)
        self._pages.append(_Page(source, list(article(page, is_korean=source in KOREAN))))
        version = self._version(page, number)
        self._log(number, "new", page, None, version, "", "", is_baseline=is_baseline)

    def _edit(self, number: int, page: int) -> None:
        known = self._pages[page]
        before = known.versions[known.current]
        at = self._rng.randrange(1, len(known.words))
        words = known.words[at].split(" ")
        where = self._rng.randrange(len(words))
        pool = (*KO_PEOPLE, *KO_PLACES) if known.source in KOREAN else (*PEOPLE, *THINGS, *HOW)
        cut, added = words[where], f"{self._rng.choice(pool)} {self._rng.randrange(1000)}"
        beside = " ".join(words[max(0, where - 6) : where] + words[where + 1 : where + 7])
        known.words[at] = " ".join([*words[:where], added, *words[where + 1 :]])
        version = self._version(page, number)
        self._words(number, cut, added, beside)
        self._log(number, "edited", page, before, version, cut, added)

    def _revert(self, number: int, page: int) -> None:
        known = self._pages[page]
        before, other = known.versions[known.current], (known.current - 1) % len(known.versions)
        known.current = other
        cut, added = self._rng.choice(PEOPLE), self._rng.choice(THINGS)
        self._words(number, cut, added, self._rng.choice(PLACES))
        self._log(number, "reverted", page, before, known.versions[other], cut, added)

    def _words(self, number: int, cut: str, added: str, beside: str) -> None:
        self._put("change_words", (number, indexed(cut), indexed(added), indexed(beside)))

    def _version(self, page: int, number: int) -> tuple[int, int]:
        known = self._pages[page]
        self._texts += 1
        self._versions += 1
        text = "\n".join(known.words)
        content = text.encode()
        digest = hashlib.sha256(content).digest()
        self._put("text", (self._texts, digest[:17], zlib.compress(content, 1)[2:-4]))
        self._put("text_words", (self._texts, indexed(known.words[0]), indexed("\n".join(known.words[1:]))))
        at, count = self._at(number), len(known.versions) + 1
        self._put("capture", (self._versions, page + 1, at, digest, len(content), deflate(b"[]")))
        self._put("version", (self._versions, page + 1, count, digest[:17], self._texts, at, at, self._versions))
        known.versions.append((self._versions, self._texts))
        known.current = count - 1
        return known.versions[-1]

    def _log(
        self, number: int, kind: str, page: int, before: tuple[int, int] | None, after: tuple[int, int] | None,
        cut: str, added: str, *, is_baseline: bool = False,
    ) -> None:  # fmt: skip
        sides = [side[0] if side else None for side in (before, after)]
        at = self._at(number)
        self._put("change", (number, at, kind, page + 1, *sides, sides[1] or sides[0], int(is_baseline)))
        self._put("seal", (number, number.to_bytes(32, "big")))
        classes = ",".join(sorted({*self._rng.choices(_CLASSES, k=self._rng.choice((1, 1, 2, 3)))})) if cut else ""
        score = 0.01 if is_baseline else round(min(0.99, self._rng.betavariate(1.5, 4)), 4)
        reason = f"replaces {cut} by {added}" if cut else kind
        self._put("judgement", (number, self._recipe, score, reason, classes, int(self._rng.random() < 0.02)))

    # What stands beside

    def _page_rows(self) -> None:
        end = from_instant(START + SPAN)
        for number, page in enumerate(self._pages, 1):
            url = f"https://source-{page.source:02}.example/news/{number}.html"
            version = page.versions[page.current][0]
            is_baseline = number <= self._articles // 2
            self._put("page", (number, page.source, url, url, is_baseline, page.is_gone, version, end, end, end))
            if number % _BATCH == 0:
                self._flush()

    def _stories(self) -> None:
        """Campaigns of five to thousands of changes, the largest among the newest changes, and many pairs of copies."""
        news = range(self._articles // 2 + 1, self._changes + 1)
        last = news[-max(1, len(news) // 40) :]
        sizes = [max(5, len(last) // 5), *(self._rng.randrange(5, 200) for _ in range(max(2, self._changes // 5_000)))]
        for number, size in enumerate(sizes, 1):
            among = last if number == 1 else news
            self._story(number, "campaign", sorted(self._rng.sample(among, min(size, len(among)))))
        for number in range(self._changes // 100):
            self._story(len(sizes) + 1 + number, "copies", sorted(self._rng.sample(news, min(2, len(news)))))

    def _story(self, number: int, kind: str, changes: list[int]) -> None:
        key, first = f"{kind} {number}".encode(), self._at(changes[0])
        what = f"{self._rng.choice(PEOPLE)} cut" if kind == "campaign" else "the same edit"
        self._put("story", (number, key, kind, what, len(changes), len(changes), changes[0], first, self._at(changes[-1])))
        self._put("story_change", *((change, number) for change in changes))

    def _reviews(self) -> None:
        """One change in thirty was reviewed: mostly acknowledged, few flagged, fewer assigned."""
        at = from_instant(START + SPAN)
        for number in range(1, self._changes // 30 + 1):
            change = number * 30
            state = self._rng.choices(("acknowledged", "dismissed", "flagged"), (80, 18, 2))[0]
            assigned = "alice" if self._rng.random() < 0.01 else ""
            act = {"acknowledged": "acknowledge", "dismissed": "dismiss", "flagged": "flag"}[state]
            self._put("review", (number, number, change, act, "bob", at, ""))
            self._put("reviewed", (change, state, assigned, 0, "bob", at, number))


    def _rounds(self) -> None:
        """Each source is visited four times a day; now and then one is blind for some days, and three have an incident now."""
        begun, last = from_instant(START), from_instant(START + SPAN)
        hour, kinds = 3_600_000, ("blind", "listing", "resting")
        for source in range(1, SOURCES + 1):
            self._put("round", *((None, source, at, at + hour) for at in range(begun, last, 6 * hour)))
            for at in range(begun + source * 24 * hour, last - 100 * hour, 31 * 24 * hour):
                end = at + self._rng.randrange(1, 90) * hour
                self._put("incident", (source, self._rng.choice(kinds), "as it goes", at, end))
        self._put("incident", *((source, "blind", "no page could be read", last - hour, None) for source in range(1, 4)))
        self._put("saved_view", ("names", "class=name&order=top", "bob"), ("cuts", "class=cut&least=0.5", "bob"))


# the columns that are given, and those that are the same in every row, with their values
_COLUMNS = {
    "source": ("id, name, added_at, baseline_at", {}),
    "text": ("id, digest, data", {"depth": "0"}),
    "capture": ("id, page_id, at, wire_digest, wire_size, headers", {"status": "200", "body_size": "0", "took_ms": "9"}),
    "version": (
        "id, page_id, number, fingerprint, text_id, first_seen_at, last_seen_at, capture_id",
        {"publication_id": "1", "layout_id": "2", "has_original": "0", "published": "20240101"},
    ),
    "change": ("id, at, kind, page_id, before_id, after_id, capture_id, baseline", {}),
    "judgement": ("change_id, recipe, score, reason, classes, muted", {}),
    "text_words": ("rowid, title, body", {}), "change_words": ("rowid, cut, added, beside", {}),
    "page": (
        "id, source_id, key, url, baseline, gone, version_id, last_visit_at, last_read_at, next_visit_at",
        {"visits": "9", "found_at": "0", "seen": "'parsed'"},
    ),
    "story": ("id, key, kind, what, pages, changes, first_id, first_at, last_at", {}),
    "story_change": ("change_id, story_id", {}), "review": ("id, batch, change_id, act, who, at, text", {}),
    "reviewed": ("change_id, state, assigned, notes, who, at, last_id", {}),
    "round": ("id, source_id, started_at, ended_at", {"kind": "'round'"}),
    "incident": ("source_id, kind, detail, started_at, ended_at", {}), "saved_view": ("name, query, who", {}),
    "name": ("id, text", {}), "seal": ("change_id, digest", {}), "progress": ("name, value", {}),
}  # fmt: skip

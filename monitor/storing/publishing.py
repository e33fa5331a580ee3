"""The log as a database of its own, for others to browse and query, with Datasette (https://datasette.io) or any other tool.

A new file with plain tables, instants as text, foreign keys, a full-text index and views; what each table and column is stands
in a file beside it, in Datasette's format (https://docs.datasette.io/en/stable/metadata.html).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from monitor.model import Head
from monitor.storing.database import explained
from monitor.storing.fresh import fresh

Record = dict[str, Any]
_BATCH = 500
_STORY = ("id", "kind", "what", "pages", "changes", "first", "last")
_TABLES = """
CREATE TABLE source (name TEXT PRIMARY KEY);
CREATE TABLE story (id INTEGER PRIMARY KEY, kind TEXT, what TEXT, pages INTEGER, changes INTEGER, first TEXT, last TEXT);
CREATE TABLE change (id INTEGER PRIMARY KEY, at TEXT, day TEXT, kind TEXT, source TEXT REFERENCES source(name), url TEXT,
    title TEXT, baseline INTEGER, before INTEGER, after INTEGER, score REAL, reason TEXT, classes TEXT, muted INTEGER,
    folded INTEGER, story INTEGER REFERENCES story(id), state TEXT, assigned TEXT, notes INTEGER);
CREATE TABLE word (id INTEGER PRIMARY KEY, change INTEGER REFERENCES change(id), place TEXT, op TEXT, text TEXT);
"""
_AFTER = """
CREATE INDEX change_day ON change (day);
CREATE INDEX change_source ON change (source, at);
CREATE INDEX change_score ON change (score);
CREATE INDEX change_story ON change (story);
CREATE INDEX word_change ON word (change);
CREATE VIEW news AS SELECT id, at, source, kind, round(score, 2) AS score, reason, title, url, state FROM change
    WHERE NOT baseline AND NOT muted ORDER BY change.score DESC, id DESC;
CREATE VIEW cut_and_added AS SELECT change.id, change.at, change.source, change.title,
    group_concat(CASE word.op WHEN 'cut' THEN word.text END, ' | ') AS cut,
    group_concat(CASE word.op WHEN 'added' THEN word.text END, ' | ') AS added
    FROM change JOIN word ON word.change = change.id GROUP BY change.id;
CREATE VIEW changes_by_day AS SELECT day, source, kind, count(*) AS changes, max(score) AS highest_score FROM change
    WHERE NOT baseline GROUP BY day, source, kind;
CREATE VIEW changes_by_class AS SELECT json_each.value AS class, source, count(*) AS changes
    FROM change, json_each(change.classes) WHERE NOT baseline GROUP BY class, source;
"""
_COLUMNS = {
    "change": {
        "id": "number of the change, as in `monitor log`",
        "at": "when it was seen (UTC)",
        "day": "the day of that",
        "kind": "new, copied, syndicated, moved, edited, reverted, removed, restored or imported",
        "source": "the site or section under watch",
        "url": "address of the page",
        "title": "the article's title after the change",
        "baseline": "1: taken in by a source's first round, and no news",
        "before": "number of the page's version before, counted from 1",
        "after": "number of the version after",
        "score": "how much it matters, from 0 to 1",
        "reason": "why, in a line",
        "classes": "classes of its edits, a JSON list",
        "muted": "1: a standing rule keeps it out of sight",
        "folded": "how many later changes go to and fro like this one",
        "story": "the widest story that it belongs to",
        "state": "where it stands with its reviewers: open, acknowledged, flagged or dismissed",
        "assigned": "to whom it is assigned",
        "notes": "how many notes its reviewers wrote",
    },
    "word": {
        "change": "the change that it belongs to",
        "place": "where in the article: title, published, paragraph 3",
        "op": "cut, added or moved",
        "text": "the words",
    },
    "story": {
        "kind": "copies (the same edit on copies of a text), moved or campaign",
        "what": "what its changes have in common",
        "first": "when the first of its changes was seen",
        "last": "when the last of them was",
    },
    "source": {"name": "its name, that of its settings"},
}
_TOLD = {
    "change": "Every change that was exported, with its score, its reason and where it stands with its reviewers",
    "word": "The runs of words that a change cut, added or moved",
    "story": "Changes that belong together: campaigns, the same edit on copies, moves",
    "source": "The sites and sections under watch",
    "news": "What is news, what matters most first: without baseline and what standing rules mute",
    "cut_and_added": "The words of each change in one row",
    "changes_by_day": "How many changes of each kind a source had on each day",
    "changes_by_class": "How many changes have edits of each class",
}


def publish(path: Path, records: Iterable[tuple[Record, Record | None]], head: Head | None, step: Callable[[int], None]) -> Path:
    """Write a database of ``records`` (a change as an object, and its story) to a new file. The file of descriptions beside it.

    Raises InputError where one of the two files is there already, StoreError.
    """
    beside = path.with_name(f"{path.stem}.metadata.json")
    with ExitStack() as undo:  # the other file goes where the database cannot get its name: somebody made one meanwhile
        with fresh(path) as part:
            try:
                _write(part, records, step)
            except sqlite3.Error as wrong:
                raise explained(wrong, path) from wrong
            with fresh(beside) as description, description.open("x", encoding="utf-8") as out:
                json.dump(described(path.stem, head), out, ensure_ascii=False, indent=2)
            undo.callback(beside.unlink)
        undo.pop_all()
    return beside


def _write(path: Path, records: Iterable[tuple[Record, Record | None]], step: Callable[[int], None]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # a file that is not finished is thrown away
        connection.executescript(_TABLES)
        db = Database(connection, execute_plugins=False)
        left = iter(records)
        while some := list(islice(left, _BATCH)):
            with connection:
                _insert(connection, some)
            step(len(some))
        connection.executescript(_AFTER)
        db.table("word").enable_fts(["text"], tokenize="unicode61 remove_diacritics 2")
        db.table("change").enable_fts(["title"], tokenize="unicode61 remove_diacritics 2")
        connection.execute("ANALYZE")
        connection.commit()


def _insert(connection: sqlite3.Connection, some: Iterable[tuple[Record, Record | None]]) -> None:
    for change, story in some:
        connection.execute("INSERT OR IGNORE INTO source VALUES (?)", (change["source"],))
        if story is not None:
            connection.execute("INSERT OR IGNORE INTO story VALUES (?, ?, ?, ?, ?, ?, ?)", tuple(story[name] for name in _STORY))
        row = change | {"day": change["at"][:10], "classes": json.dumps(change["classes"])}
        names = tuple(_COLUMNS["change"])
        values = tuple(_plain(row[name]) for name in names)
        # in the order of scores a change comes twice that is judged again, and lower, while the log is read
        if not connection.execute(f"INSERT OR IGNORE INTO change VALUES ({', '.join('?' * len(values))})", values).rowcount:
            continue
        connection.executemany(
            "INSERT INTO word (change, place, op, text) VALUES (?, ?, ?, ?)",
            [(change["id"], each["place"], each["op"], _plain(each["text"])) for each in change["changed"]],
        )


def _plain(value: Any) -> Any:
    """Half of a surrogate pair has no UTF-8."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def described(name: str, head: Head | None) -> Record:
    """What Datasette says of the database ``name``, its tables, views and columns."""
    tables: Record = {table: {"description": what, "columns": _COLUMNS.get(table, {})} for table, what in _TOLD.items()}
    tables["change"] |= {"sort_desc": "id", "facets": ["source", "kind", "state"], "label_column": "title"}
    tables["word"] |= {"facets": ["op"]}
    tables["story"] |= {"label_column": "what"}
    about = f"; evidence chain up to change {head.change}: {head.digest[1:].hex()}" if head else ""
    return {
        "title": "A change log of news articles",
        "description": f"Articles that were rewritten or removed, exported by article-monitor{about}",
        "databases": {name: {"description": f"Begin with the view news{about}", "tables": tables}},
    }

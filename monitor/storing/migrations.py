"""The schema, as migrations that are only ever appended. The order here is the order in which they are applied.

Instants are whole milliseconds since 1970 in UTC, days are numbers like 20251119, digests are blobs with a recipe byte in
front (see ``monitor/fingerprint.py``). What repeats (publications, layouts, sites) stands once in ``name``.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from monitor.storing import indexes, tables, tables_later, tallies
from monitor.storing.classes import class_bits

SCHEMA = Migrations("monitor")


@SCHEMA(name="0001_write_ahead_log", transactional=False)
def _write_ahead_log(db: Database) -> None:
    """Readers never wait for the writer (https://www.sqlite.org/wal.html). It cannot run inside a transaction."""
    db.execute("PRAGMA journal_mode = WAL")


@SCHEMA(name="0002_first_tables")
def _first_tables(db: Database) -> None:
    for statement in tables.FIRST_TABLES.split(";"):
        db.execute(statement)


@SCHEMA(name="0003_seals")
def _seals(db: Database) -> None:
    """The hash chain over the change log (``monitor/storing/chain.py``); what was logged before is sealed at the next round."""
    db.execute(tables.SEALS)


@SCHEMA(name="0004_archive")
def _archive(db: Database) -> None:
    """Where a capture lies in the archive, the files of that, captures made elsewhere, copies kept elsewhere, and sources whose
    validators lie.
    """
    for statement in tables.ARCHIVE.split(";"):
        db.execute(statement)


@SCHEMA(name="0005_outside")
def _outside(db: Database) -> None:
    """Since when a source's changes are handed to an archive outside."""
    db.execute("ALTER TABLE source ADD COLUMN saved_since INTEGER")


@SCHEMA(name="0006_judgements")
def _judgements(db: Database) -> None:
    """What a change was judged to be, by which recipe; a standing rule that mutes it; the change that it was folded into."""
    for statement in tables.JUDGEMENTS.split(";"):
        db.execute(statement)


@SCHEMA(name="0007_readers")
def _readers(db: Database) -> None:
    """Which reader read a page last (the layout and all else that makes a reading, as a digest; NULL where that was not noted),
    and the signs of a redesign that a source's pages show, or that somebody takes for edits.
    """
    db.execute("ALTER TABLE page ADD COLUMN reader BLOB")
    db.execute("ALTER TABLE source ADD COLUMN drift TEXT")
    db.execute("ALTER TABLE source ADD COLUMN no_drift TEXT")


@SCHEMA(name="0008_signatures")
def _signatures(db: Database) -> None:
    """By what nearly the same text is found again, where addresses lead, and which changes are one story: beside the log.

    Clues and stories name changes by number alone: all of them can be made anew, so it is for the log to say what is missing.
    """
    for statement in tables.SIGNATURES.split(";"):
        db.execute(statement)


@SCHEMA(name="0009_pictures")
def _pictures(db: Database) -> None:
    """Sets of pictures, kept once; which a page is known to show (NULL: nobody looked yet); between which a change lies."""
    db.execute(
        "CREATE TABLE pictures (id INTEGER PRIMARY KEY, digest BLOB NOT NULL, base_id INTEGER REFERENCES pictures,"
        " depth INTEGER NOT NULL, data BLOB NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX pictures_digest ON pictures (substr(digest, 1, 8))")
    db.execute("ALTER TABLE page ADD COLUMN pictures_id INTEGER REFERENCES pictures")
    db.execute(
        "CREATE TABLE picture_change (change_id INTEGER PRIMARY KEY REFERENCES change,"
        " before_id INTEGER NOT NULL REFERENCES pictures, after_id INTEGER NOT NULL REFERENCES pictures) STRICT"
    )


@SCHEMA(name="0010_finding")
def _finding(db: Database) -> None:
    """How far listings were read, when all of a source's were read to their end, and how far a walk through old ones came."""
    for statement in tables_later.FINDING.split(";"):
        db.execute(statement)


@SCHEMA(name="0011_reviews")
def _reviews(db: Database) -> None:
    """The review log, only ever appended to, and what it adds up to; users with their sessions and tokens; saved views."""
    for statement in tables_later.REVIEWS.split(";"):
        db.execute(statement)


@SCHEMA(name="0012_hearsay")
def _hearsay(db: Database) -> None:
    """What cards and listings say of other pages: the title that was heard last, as a digest, and the pages that were listed."""
    for statement in tables_later.HEARSAY.split(";"):
        db.execute(statement)


@SCHEMA(name="0013_search")
def _search(db: Database) -> None:
    """What the filters of the log ask of a change, in one short row; the words of texts, and of what changes cut and added."""
    for statement in indexes.FACETS:
        db.execute(statement)
    db.register_function(class_bits, deterministic=True)
    for statement in (indexes.FILL_FACETS, *indexes.FACET_INDEXES, *indexes.WORDS):
        db.execute(statement)


@SCHEMA(name="0014_outbox")
def _outbox(db: Database) -> None:
    """A name of its own for the database, by which feeds know it; rules that are followed; messages on their way out."""
    for statement in tables_later.OUTBOX.split(";"):
        db.execute(statement)


@SCHEMA(name="0016_watch")
def _watch(db: Database) -> None:
    """Watch words that are kept on the review page, beside those of the settings."""
    db.execute(indexes.WATCH)


@SCHEMA(name="0017_tallies")
def _tallies(db: Database) -> None:
    """How many changes are news, counted as they are written; an index of how pages stand."""
    for statement in (*tallies.TALLIES, tallies.FILL_TALLY, tallies.PAGE_STAND):
        db.execute(statement)


@SCHEMA(name="0018_taken")
def _taken(db: Database) -> None:
    """Who of an address took a message that others there did not take."""
    db.execute("ALTER TABLE message ADD COLUMN taken TEXT NOT NULL DEFAULT ''")


@SCHEMA(name="0019_sides")
def _sides(db: Database) -> None:
    """The texts between which a change lies, in its facets: words are asked of these, and the log is left alone."""
    for statement in (*indexes.SIDES, indexes.FILL_SIDES, *indexes.WIDE_INDEXES):
        db.execute(statement)

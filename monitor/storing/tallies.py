"""How many changes are news, by day and source, for each kind, band of scores and state: counted as they are written.

A million rows are too many to count for a page. Triggers keep the tally with the facets, in the same transaction; made anew from
the facets it is the same, but for rows that count nothing.
"""

from __future__ import annotations

KIND, BAND, STATE = "kind", "band", "state"
_BAND = """CASE WHEN {row}score >= 0.6 THEN 'high' WHEN {row}score >= 0.3 THEN 'middling' WHEN {row}score IS NULL
    THEN 'not judged' ELSE 'low' END"""
_VALUES = ((KIND, "{row}kind"), (BAND, _BAND), (STATE, "{row}state"))


def _add(row: str, count: int) -> str:
    """Count a row of ``facet``, NEW or OLD, once more or once less."""
    rows = " UNION ALL ".join(
        f"SELECT '{what}', {row}.at / 86400000, {row}.source_id, {value.format(row=f'{row}.')}, {count}"
        f" WHERE NOT {row}.baseline AND NOT {row}.hidden"
        for what, value in _VALUES
    )
    conflict = "ON CONFLICT (what, day, source_id, value) DO UPDATE SET changes = changes + excluded.changes"
    return f"INSERT INTO tally (what, day, source_id, value, changes) {rows} {conflict};"


# `what` is counted: in rows of 'kind' the value is a kind, and so on. What is baseline or hidden is no news.
TALLIES = (
    """CREATE TABLE tally (
        what TEXT NOT NULL,
        day INTEGER NOT NULL,
        source_id INTEGER NOT NULL,
        value TEXT NOT NULL,
        changes INTEGER NOT NULL,
        PRIMARY KEY (what, day, source_id, value)
    ) STRICT, WITHOUT ROWID""",
    f"CREATE TRIGGER tally_of_new AFTER INSERT ON facet BEGIN {_add('NEW', 1)} END",
    f"CREATE TRIGGER tally_of_old AFTER DELETE ON facet BEGIN {_add('OLD', -1)} END",
    f"""CREATE TRIGGER tally_of_altered AFTER UPDATE ON facet
        WHEN (OLD.at, OLD.source_id, OLD.kind, OLD.score, OLD.state, OLD.baseline, OLD.hidden)
        IS NOT (NEW.at, NEW.source_id, NEW.kind, NEW.score, NEW.state, NEW.baseline, NEW.hidden)
        BEGIN {_add("OLD", -1)} {_add("NEW", 1)} END""",
    # a row is altered, and not replaced, since no trigger hears of what is replaced (https://www.sqlite.org/lang_conflict.html)
    "DROP TRIGGER facet_of_change",
    """CREATE TRIGGER facet_of_change AFTER INSERT ON change BEGIN
        INSERT INTO facet (change_id, source_id, kind, at, baseline)
        SELECT NEW.id, source_id, NEW.kind, NEW.at, NEW.baseline FROM page WHERE id = NEW.page_id
        ON CONFLICT (change_id) DO UPDATE SET source_id = excluded.source_id, kind = excluded.kind, at = excluded.at,
        baseline = excluded.baseline, classes = 0, hidden = 0, state = 'open', score = NULL;
    END""",
)
FILL_TALLY = "INSERT INTO tally (what, day, source_id, value, changes) " + " UNION ALL ".join(
    f"SELECT '{what}', at / 86400000 AS day, source_id, {value.format(row='')} AS value, count(*) FROM facet"
    " WHERE NOT baseline AND NOT hidden GROUP BY day, source_id, value"
    for what, value in _VALUES
)
# How pages stand, for the counts of the sources. It is for queries that leave out what is forgotten, and for no others: what is
# due is better found by `page_due`.
PAGE_STAND = """CREATE INDEX page_stand ON page (source_id, gone, seen, state, next_visit_at, last_visit_at)
    WHERE state <> 'forgotten'"""

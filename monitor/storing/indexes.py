"""The tables by which changes and texts are found: facets for the filters of the log, full-text indexes for words (FTS5).

All of that stands beside the log and can be made anew from it; the watch words that people keep cannot.
"""

from __future__ import annotations

# What the filters ask of a change, in one short row: a million of them are looked through in a tenth of a second. `hidden`: muted
# or folded. `classes`: a bit each. Names no change as a foreign key, like stories: it is for the log to say what is missing.
FACETS = (
    """CREATE TABLE facet (
        change_id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        classes INTEGER NOT NULL DEFAULT 0,
        at INTEGER NOT NULL,
        hidden INTEGER NOT NULL DEFAULT 0,
        baseline INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'open',
        score REAL
    ) STRICT""",
    """CREATE TRIGGER facet_of_change AFTER INSERT ON change BEGIN
        INSERT OR REPLACE INTO facet (change_id, source_id, kind, at, baseline)
        SELECT NEW.id, source_id, NEW.kind, NEW.at, NEW.baseline FROM page WHERE id = NEW.page_id;
    END""",
    """CREATE TRIGGER facet_of_reviewed AFTER INSERT ON reviewed BEGIN
        UPDATE facet SET state = NEW.state WHERE change_id = NEW.change_id;
    END""",
    """CREATE TRIGGER facet_of_review AFTER UPDATE OF state ON reviewed BEGIN
        UPDATE facet SET state = NEW.state WHERE change_id = NEW.change_id;
    END""",
)
FILL_FACETS = """INSERT INTO facet (change_id, source_id, kind, at, baseline, score, hidden, classes, state)
    SELECT change.id, page.source_id, change.kind, change.at, change.baseline, score,
    coalesce(muted OR folded_id IS NOT NULL, 0), class_bits(coalesce(judgement.classes, '')), coalesce(reviewed.state, 'open')
    FROM change JOIN page ON page.id = change.page_id LEFT JOIN judgement ON judgement.change_id = change.id
    LEFT JOIN reviewed ON reviewed.change_id = change.id ORDER BY change.id"""
FACET_INDEXES = (
    "CREATE INDEX facet_score ON facet (score, change_id, source_id, kind, classes, at, hidden, baseline, state)",
    "CREATE INDEX facet_state ON facet (state, change_id) WHERE state <> 'open'",
    "CREATE INDEX change_before ON change (before_id) WHERE before_id IS NOT NULL",
    "CREATE INDEX change_after ON change (after_id) WHERE after_id IS NOT NULL",
    "CREATE INDEX reviewed_assigned ON reviewed (assigned, change_id) WHERE assigned <> ''",
)
# The texts between which a change lies, 0 for none: what words are asked of. Neither a change nor a version ever gets another.
_TEXT = "coalesce((SELECT text_id FROM version WHERE id = {change}.{side}_id), 0)"
_BEFORE, _AFTER = (_TEXT.format(change="NEW", side=side) for side in ("before", "after"))
SIDES = (
    "ALTER TABLE facet ADD COLUMN before_text INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE facet ADD COLUMN after_text INTEGER NOT NULL DEFAULT 0",
    "DROP TRIGGER facet_of_change",
    f"""CREATE TRIGGER facet_of_change AFTER INSERT ON change BEGIN
        INSERT INTO facet (change_id, source_id, kind, at, baseline, before_text, after_text)
        SELECT NEW.id, source_id, NEW.kind, NEW.at, NEW.baseline, {_BEFORE}, {_AFTER} FROM page WHERE id = NEW.page_id
        ON CONFLICT (change_id) DO UPDATE SET source_id = excluded.source_id, kind = excluded.kind, at = excluded.at,
        baseline = excluded.baseline, before_text = excluded.before_text, after_text = excluded.after_text,
        classes = 0, hidden = 0, state = 'open', score = NULL;
    END""",
)
# With all that filters ask, so that nothing else is read: in the order of scores, and what is of one source in that of time.
WIDE_INDEXES = (
    "DROP INDEX facet_score",
    """CREATE INDEX facet_source ON facet (source_id, change_id, kind, classes, at, hidden, baseline, state, score,
        before_text, after_text)""",
    """CREATE INDEX facet_score ON facet (score, change_id, source_id, kind, classes, at, hidden, baseline, state,
        before_text, after_text)""",
)
FILL_SIDES = f"""UPDATE facet SET before_text = {_TEXT.format(change="change", side="before")},
    after_text = {_TEXT.format(change="change", side="after")} FROM change WHERE change.id = facet.change_id"""
# The words come as monitor/storing/tokens.py makes them, so that nothing is left to do but to part them at spaces.
WORDS = (
    "CREATE VIRTUAL TABLE text_words USING fts5(title, body, content = '', tokenize = 'ascii')",
    "CREATE VIRTUAL TABLE change_words USING fts5(cut, added, beside, content = '', tokenize = 'ascii')",
)
# Watch words that people keep on the review page; `spellings` is a list in JSON. A name is one word in any case of letters.
WATCH = """CREATE TABLE watch_word (
    folded TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    spellings TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT"""

"""The tables of the first migrations, as SQL: statements with a semicolon between. What stands here once is never altered."""

from __future__ import annotations

FIRST_TABLES = """
CREATE TABLE name (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'retired')),
    added_at INTEGER NOT NULL,
    baseline_at INTEGER,
    shortcut_off INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE round (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source,
    kind TEXT NOT NULL CHECK (kind IN ('round', 'check')),
    started_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX round_open ON round (source_id) WHERE ended_at IS NULL;
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL,
    base_id INTEGER REFERENCES text,
    depth INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE INDEX text_digest ON text (substr(digest, 1, 8));
CREATE TABLE cards (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL,
    base_id INTEGER REFERENCES cards,
    depth INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE INDEX cards_digest ON cards (substr(digest, 1, 8));
CREATE TABLE page (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source,
    key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'forgotten')),
    baseline INTEGER NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    version_id INTEGER REFERENCES version,
    visits INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    found_at INTEGER NOT NULL,
    last_visit_at INTEGER,
    last_read_at INTEGER,
    next_visit_at INTEGER NOT NULL,
    round_id INTEGER REFERENCES round,
    seen TEXT,
    detail TEXT,
    etag TEXT,
    last_modified TEXT,
    parts BLOB,
    layout_id INTEGER REFERENCES name,
    original_url TEXT,
    worker TEXT,
    lease_until INTEGER
) STRICT;
CREATE INDEX page_due ON page (source_id, next_visit_at);
CREATE TABLE capture (
    id INTEGER PRIMARY KEY,
    page_id INTEGER NOT NULL REFERENCES page,
    at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    answered TEXT,
    wire_digest BLOB NOT NULL,
    wire_size INTEGER NOT NULL,
    body_size INTEGER NOT NULL,
    took_ms INTEGER NOT NULL,
    headers BLOB NOT NULL,
    hops BLOB
) STRICT;
CREATE TABLE version (
    id INTEGER PRIMARY KEY,
    page_id INTEGER NOT NULL REFERENCES page,
    number INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,
    text_id INTEGER NOT NULL REFERENCES text,
    publication_id INTEGER NOT NULL REFERENCES name,
    published INTEGER,
    site_id INTEGER REFERENCES name,
    masthead INTEGER,
    has_original INTEGER NOT NULL,
    cards_id INTEGER REFERENCES cards,
    layout_id INTEGER NOT NULL REFERENCES name,
    first_seen_at INTEGER NOT NULL,
    last_seen_at INTEGER,
    capture_id INTEGER NOT NULL REFERENCES capture,
    UNIQUE (page_id, number)
) STRICT;
CREATE INDEX version_text ON version (text_id);
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    page_id INTEGER NOT NULL REFERENCES page,
    before_id INTEGER REFERENCES version,
    after_id INTEGER REFERENCES version,
    capture_id INTEGER REFERENCES capture,
    baseline INTEGER NOT NULL
) STRICT;
CREATE INDEX change_page ON change (page_id);
CREATE TABLE absence (
    page_id INTEGER NOT NULL REFERENCES page,
    round_id INTEGER NOT NULL REFERENCES round,
    host TEXT NOT NULL,
    at INTEGER NOT NULL,
    capture_id INTEGER REFERENCES capture,
    is_proven INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (page_id, round_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX incident_open ON incident (source_id, kind) WHERE ended_at IS NULL;
CREATE TABLE listing (
    name TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT
) STRICT, WITHOUT ROWID
"""
SEALS = """
CREATE TABLE seal (
    change_id INTEGER PRIMARY KEY REFERENCES change,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID
"""
ARCHIVE = """
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    dropped_at INTEGER,
    dropped_by TEXT,
    size INTEGER,
    digest BLOB
) STRICT;
ALTER TABLE capture ADD COLUMN file_id INTEGER REFERENCES file;
ALTER TABLE capture ADD COLUMN offset INTEGER;
ALTER TABLE capture ADD COLUMN length INTEGER;
ALTER TABLE capture ADD COLUMN twin_id INTEGER REFERENCES capture;
ALTER TABLE capture ADD COLUMN origin_id INTEGER REFERENCES name;
CREATE INDEX capture_wire ON capture (substr(wire_digest, 1, 8)) WHERE file_id IS NOT NULL AND twin_id IS NULL;
CREATE INDEX capture_page ON capture (page_id);
CREATE INDEX capture_file ON capture (file_id) WHERE file_id IS NOT NULL;
ALTER TABLE source ADD COLUMN validators_off INTEGER NOT NULL DEFAULT 0;
CREATE TABLE outside_copy (
    change_id INTEGER PRIMARY KEY REFERENCES change,
    tries INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    link TEXT,
    problem TEXT
) STRICT
"""
JUDGEMENTS = """
CREATE TABLE judgement (
    change_id INTEGER PRIMARY KEY REFERENCES change,
    recipe BLOB NOT NULL,
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    classes TEXT NOT NULL,
    muted INTEGER NOT NULL,
    folded_id INTEGER REFERENCES change
) STRICT;
CREATE INDEX judgement_score ON judgement (score, change_id);
CREATE INDEX judgement_recipe ON judgement (recipe);
CREATE INDEX judgement_folded ON judgement (folded_id) WHERE folded_id IS NOT NULL
"""
SIGNATURES = """
CREATE TABLE progress (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE signature (
    text_id INTEGER PRIMARY KEY REFERENCES text,
    family INTEGER NOT NULL
) STRICT;
CREATE INDEX signature_family ON signature (family) WHERE family <> text_id;
CREATE TABLE band (
    key INTEGER NOT NULL,
    text_id INTEGER NOT NULL,
    PRIMARY KEY (key, text_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE redirect (
    page_id INTEGER PRIMARY KEY REFERENCES page,
    key TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE clue (
    key BLOB NOT NULL,
    change_id INTEGER NOT NULL,
    page_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    PRIMARY KEY (key, change_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    pages INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    first_id INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    is_shadow INTEGER NOT NULL DEFAULT 0,
    UNIQUE (key, first_id)
) STRICT;
CREATE TABLE story_change (
    change_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES story,
    PRIMARY KEY (change_id, story_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_change_story ON story_change (story_id)
"""

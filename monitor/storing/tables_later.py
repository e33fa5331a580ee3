"""The tables of the migrations from 0010 on, as SQL, like those of ``tables``. What stands here once is never altered."""

from __future__ import annotations

REVIEWS = """
CREATE TABLE review (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change,
    act TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    undoes INTEGER REFERENCES review
) STRICT;
CREATE INDEX review_change ON review (change_id);
CREATE INDEX review_who ON review (who, id);
CREATE INDEX review_batch ON review (batch);
CREATE UNIQUE INDEX review_undoes ON review (undoes) WHERE undoes IS NOT NULL;
CREATE TABLE reviewed (
    change_id INTEGER PRIMARY KEY REFERENCES change,
    state TEXT NOT NULL,
    assigned TEXT NOT NULL,
    notes INTEGER NOT NULL,
    who TEXT NOT NULL,
    at INTEGER,
    last_id INTEGER NOT NULL
) STRICT;
CREATE INDEX reviewed_state ON reviewed (state, change_id);
CREATE TABLE account (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    password_digest TEXT NOT NULL,
    looked INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE login (
    digest BLOB PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account,
    what TEXT NOT NULL,
    until INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX login_account ON login (account);
CREATE TABLE saved_view (
    name TEXT PRIMARY KEY,
    query TEXT NOT NULL,
    who TEXT NOT NULL
) STRICT, WITHOUT ROWID
"""
FINDING = """
ALTER TABLE listing ADD COLUMN is_through INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listing ADD COLUMN is_whole INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listing ADD COLUMN altered_at INTEGER;
ALTER TABLE listing ADD COLUMN read_at INTEGER;
ALTER TABLE source ADD COLUMN listings_whole_at INTEGER;
CREATE TABLE backfill (
    source_id INTEGER NOT NULL REFERENCES source,
    listing TEXT NOT NULL,
    task TEXT NOT NULL,
    next TEXT NOT NULL,
    taken INTEGER NOT NULL,
    PRIMARY KEY (source_id, listing)
) STRICT, WITHOUT ROWID;
CREATE INDEX page_unvisited ON page (source_id, id) WHERE visits = 0
"""
HEARSAY = """
CREATE TABLE hearsay (
    page_id INTEGER PRIMARY KEY REFERENCES page,
    title BLOB NOT NULL
) STRICT;
CREATE TABLE shown (
    listing TEXT PRIMARY KEY,
    keys TEXT NOT NULL
) STRICT, WITHOUT ROWID
"""
OUTBOX = """
CREATE TABLE about (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO about VALUES ('id', lower(hex(randomblob(16))));
CREATE TABLE followed (
    rule TEXT NOT NULL,
    address TEXT NOT NULL,
    change_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (rule, address)
) STRICT, WITHOUT ROWID;
CREATE TABLE told_story (
    rule TEXT NOT NULL,
    address TEXT NOT NULL,
    key BLOB NOT NULL,
    first_id INTEGER NOT NULL,
    PRIMARY KEY (rule, address, key, first_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    address TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    source TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    problem TEXT NOT NULL DEFAULT '',
    sent_at INTEGER
) STRICT;
CREATE INDEX message_due ON message (due_at) WHERE sent_at IS NULL
"""

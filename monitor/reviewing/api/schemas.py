"""The shapes of what the API answers and takes, as JSON Schema (2020-12), which OpenAPI 3.1 uses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from monitor.jobs.steering import Steer
from monitor.jobs.triage import Scope
from monitor.model import Act, EditClass, Kind, Op, ReviewState, Role, Seen, StoryKind
from monitor.telling.advice import Sight

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
REAL: Schema = {"type": "number"}
TRUTH: Schema = {"type": "boolean"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def shape(**properties: Schema) -> Schema:
    """An object that has all of these properties and no others."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema) -> Schema:
    """A list of them."""
    return {"type": "array", "items": schema}


def ref(name: str) -> Schema:
    """One of :data:`SCHEMAS`."""
    return {"$ref": f"#/components/schemas/{name}"}


def one_of(names: Iterable[str]) -> Schema:
    """One of some words."""
    return {"type": "string", "enum": [str(name) for name in names]}


def page_of(name: str, schema: str) -> Schema:
    """Some of a list, and the address of what follows; null at its end."""
    return shape(**{name: many(ref(schema))}, next=maybe(TEXT))


_LINE: dict[str, Schema] = {
    "id": NUMBER,
    "at": INSTANT,
    "kind": one_of(Kind),
    "source": TEXT,
    "url": TEXT,
    "title": TEXT,
    "baseline": TRUTH,
    "before": maybe(NUMBER),
    "after": maybe(NUMBER),
    "score": maybe(SHARE),
    "reason": maybe(TEXT),
    "classes": many(one_of(EditClass)),
    "muted": TRUTH,
    "folded": NUMBER,
    "story": maybe(NUMBER),
    "page": NUMBER,
    "state": one_of(ReviewState),
    "assigned": TEXT,
    "notes": NUMBER,
}
_EDIT = shape(**{"class": one_of(EditClass), "before": TEXT, "after": TEXT, "place": TEXT})
_PICTURE = shape(url=TEXT, alt=TEXT, caption=TEXT, place=NUMBER, sha256=maybe(DIGEST))
_STOOD = many(shape(**{"from": INSTANT, "to": INSTANT}))
_VERSION: dict[str, Schema] = {
    "number": NUMBER, "page": NUMBER, "title": TEXT, "fingerprint": TEXT, "text_digest": TEXT, "layout": TEXT,
    "first_seen": INSTANT, "last_seen": INSTANT, "stood": _STOOD, "origin": maybe(TEXT),
}  # fmt: skip
_WORD: dict[str, Schema] = {"name": TEXT, "spellings": many(TEXT)}
_SPAN = shape(text=TEXT, match=TRUTH)

SCHEMAS: dict[str, Schema] = {
    "Problem": {
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "properties": {
            "type": TEXT, "title": TEXT, "status": NUMBER, "detail": TEXT,
            "parameter": TEXT | {"description": "which parameter of the address is wrong"},
            "missing": many(NUMBER) | {"description": "the changes that were named and that there are not"},
        },
        "required": ["type", "title", "status", "detail"],
    },
    "ChangeLine": shape(**_LINE),
    "Changes": page_of("changes", "ChangeLine"),
    "Entry": shape(**_LINE, whole_story=maybe(ref("Story"))),
    "Entries": page_of("entries", "Entry"),
    "Likes": shape(likes=many(shape(scope=one_of(Scope), what=TEXT, changes=many(NUMBER), more=TRUTH))),
    "Part": shape(
        place=TEXT, at=maybe(NUMBER), was=maybe(NUMBER), moved=TRUTH, pieces=many(shape(op=one_of(Op), text=TEXT))
    ),
    "Judgement": shape(score=SHARE, reason=TEXT, edits=many(_EDIT), terms=many(shape(what=TEXT, value=REAL))),
    "Change": shape(
        **_LINE,
        parts=many(ref("Part")),
        judgement=maybe(ref("Judgement")),
        reviews=many(ref("Review")),
        captures=shape(before=maybe(ref("Capture")), after=maybe(ref("Capture"))),
        stories=many(ref("Story")),
        pictures=maybe(shape(before=many(_PICTURE), after=many(_PICTURE))),
        seal=maybe(TEXT),
        outside=maybe(shape(tries=NUMBER, asked=maybe(INSTANT), link=maybe(TEXT), problem=TEXT)),
        bearers=many(shape(page=NUMBER, source=TEXT, url=TEXT)),
    ),
    "Capture": shape(
        id=NUMBER, url=TEXT, answered=TEXT, at=INSTANT, status=NUMBER, sha256=DIGEST, file=maybe(TEXT), offset=maybe(NUMBER),
        dropped=TEXT, origin=maybe(TEXT),
    ),
    "Page": shape(
        id=NUMBER, source=TEXT, url=TEXT, state=one_of(("active", "paused", "forgotten")), gone=TRUTH, seen=maybe(one_of(Seen)),
        detail=TEXT, failures=NUMBER, versions=NUMBER, last_visit=maybe(INSTANT), last_read=maybe(INSTANT),
        next_visit=maybe(INSTANT),
    ),
    "Pages": page_of("pages", "Page"),
    "WholePage": shape(page=ref("Page"), versions=many(ref("VersionLine")), changes=many(NUMBER), captures=many(ref("Capture"))),
    "VersionLine": shape(**_VERSION),
    "Versions": shape(versions=many(ref("VersionLine"))),
    "Article": shape(
        publication=TEXT, title=TEXT, published=maybe({"type": "string", "format": "date"}), paragraphs=many(TEXT),
        site=maybe(TEXT), original_url=maybe(TEXT),
    ),
    "Version": shape(**_VERSION, article=ref("Article")),
    "Comparison": shape(
        before=ref("VersionLine"), after=ref("VersionLine"), parts=many(ref("Part")), judgement=ref("Judgement")
    ),
    "Hit": shape(
        page=NUMBER, url=TEXT, source=TEXT, title=TEXT, version=NUMBER, first_seen=INSTANT, last_seen=INSTANT, stood=_STOOD,
        current=TRUTH, snippet=many(_SPAN),
    ),
    "Hits": shape(hits=many(ref("Hit")), hint=TEXT, unindexed=NUMBER, next=maybe(TEXT)),
    "Story": shape(
        id=NUMBER, kind=one_of(StoryKind), what=TEXT, pages=NUMBER, changes=NUMBER, first=INSTANT, last=INSTANT
    ),
    "Stories": shape(stories=many(ref("Story"))),
    "WholeStory": shape(story=ref("Story"), changes=many(NUMBER)),
    "Incident": shape(
        source=TEXT, kind=TEXT, detail=TEXT, started=INSTANT, ended=maybe(INSTANT), means=TEXT, do=TEXT, sight=one_of(Sight)
    ),
    "Incidents": shape(incidents=many(ref("Incident"))),
    "Source": shape(
        name=TEXT, title=TEXT, interval=maybe(REAL), state=maybe(one_of(("active", "paused", "retired"))), pages=NUMBER,
        seen={"type": "object", "additionalProperties": NUMBER}, last_visit=maybe(INSTANT), next_visit=maybe(INSTANT), late=TRUTH,
        baseline_done=TRUTH, incidents=many(ref("Incident")), can=many(one_of(Steer)),
        backfill=maybe(shape(listings=NUMBER, taken=NUMBER, unvisited=NUMBER)),
    ),
    "Sources": shape(sources=many(ref("Source"))),
    "Said": shape(said=TEXT),
    "Numbers": shape(
        name=TEXT, title=TEXT, description=TEXT, note=TEXT, columns=many(TEXT),
        rows=many(many({"type": ["string", "number", "null"]})),
    ),
    "Review": shape(
        id=NUMBER, batch=NUMBER, change=NUMBER, act=one_of(Act), who=TEXT, at=INSTANT, text=TEXT, undone=TRUTH
    ),
    "Reviews": page_of("reviews", "Review"),
    "Done": shape(batch=maybe(NUMBER), reviews=many(ref("Review"))),
    "View": shape(name=TEXT, query=TEXT, who=TEXT),
    "SavedView": shape(name=TEXT, query=TEXT, who=TEXT, replaced=maybe(ref("View"))),
    "Views": shape(views=many(ref("View"))),
    "Watch": shape(
        words=many(shape(**_WORD)), kept=many(shape(**_WORD, who=TEXT, at=INSTANT)), settled=many(shape(**_WORD, file=TEXT))
    ),
    "Count": shape(changes=NUMBER, more=TRUTH),
    "Users": shape(users=many(shape(name=TEXT, role=one_of(Role), tokens=many(TEXT)))),
    "Status": shape(
        user=TEXT, role=TEXT, version=TEXT, newest=NUMBER, changes=NUMBER, pages=NUMBER, last_visit=maybe(INSTANT),
        head=maybe(shape(change=NUMBER, digest=TEXT)), incidents=NUMBER,
        states=shape(**{state.value: NUMBER for state in ReviewState}), looked=NUMBER, assignees=many(TEXT),
    ),
}  # fmt: skip

# What is sent

_ID: Schema = {"type": "integer", "minimum": 1, "maximum": 10**17 - 1}
ACTS = tuple(act for act in Act if act is not Act.UNDO)
REVIEW: Schema = {
    "type": "object",
    "properties": {
        "changes": {"type": "array", "items": _ID, "minItems": 1, "maxItems": 1000},
        "act": one_of(ACTS),
        "text": {"type": "string", "maxLength": 10_000, "description": "the note, or to whom it is assigned"},
        "scope": one_of(Scope) | {"description": "what else is taken in, where one change is named"},
    },
    "required": ["changes", "act"],
    "additionalProperties": False,
    "allOf": [
        {
            "if": {"properties": {"act": {"const": Act.NOTE.value}}, "required": ["act"]},
            "then": {"properties": {"text": {"pattern": r"\S"}}, "required": ["text"]},
        },
        {
            "if": {"properties": {"scope": one_of(each for each in Scope if each is not Scope.THIS)}, "required": ["scope"]},
            "then": {"properties": {"changes": {"maxItems": 1}}},
        },
    ],
}
UNDO: Schema = {
    "type": "object",
    "properties": {"batch": _ID},
    "additionalProperties": False,
}
VIEW: Schema = {
    "type": "object",
    "properties": {"query": {"type": "string", "maxLength": 5000, "description": "filters, as GET /changes has them"}},
    "required": ["query"],
    "additionalProperties": False,
}
STEER: Schema = {
    "type": "object",
    "properties": {"act": one_of(("pause", "resume", "accept", "trust"))},
    "required": ["act"],
    "additionalProperties": False,
}

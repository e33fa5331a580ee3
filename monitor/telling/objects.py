"""What the program knows as plain objects for JSON: the answers of the API. Instants are ISO 8601 in UTC, digests hexadecimal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from monitor.article import Article
from monitor.fingerprint import printed
from monitor.model import (
    Change,
    Incident,
    Judgement,
    Kept,
    OutsideCopy,
    PageStatus,
    Part,
    Picture,
    Review,
    Reviewed,
    SourceStatus,
    Stay,
    Story,
    Version,
    View,
)
from monitor.telling.advice import advice
from monitor.telling.diff import place_of
from monitor.telling.figures import Figure
from monitor.telling.records import as_object, iso
from monitor.telling.stays import stay_objects

Object = dict[str, object]


def maybe_iso(at: datetime | None) -> str | None:
    """An instant that there may not be."""
    return iso(at) if at is not None else None


def change_object(change: Change, story: Story | None, reviewed: Reviewed) -> Object:
    """A change as a line of the log: as ``monitor log --json`` has it, its page, and where it stands with its reviewers."""
    return as_object(change, story, reviewed) | {"page": change.page, "notes": reviewed.notes}


def part_objects(parts: Iterable[Part]) -> list[Object]:
    """What differs, part by part."""
    return [
        {
            "place": place_of(part),
            "at": part.at,
            "was": part.was,
            "moved": part.is_moved,
            "pieces": [{"op": piece.op.value, "text": piece.text} for piece in part.pieces],
        }
        for part in parts
    ]


def judgement_object(judgement: Judgement) -> Object:
    """A judgement with its edits and its sum."""
    return {
        "score": judgement.score,
        "reason": judgement.reason,
        "edits": [
            {"class": each.what.value, "before": each.before, "after": each.after, "place": each.place}
            for each in judgement.edits
        ],
        "terms": [{"what": term.what, "value": term.value} for term in judgement.terms],
    }


def review_object(review: Review) -> Object:
    """A line of the review log."""
    return {
        "id": review.id,
        "batch": review.batch,
        "change": review.change,
        "act": review.act.value,
        "who": review.who,
        "at": iso(review.at),
        "text": review.text,
        "undone": review.is_undone,
    }


def story_object(story: Story) -> Object:
    """A story."""
    return {
        "id": story.id,
        "kind": story.kind.value,
        "what": story.what,
        "pages": story.pages,
        "changes": story.changes,
        "first": iso(story.first),
        "last": iso(story.last),
    }


def kept_object(kept: Kept) -> Object:
    """A capture that is kept."""
    return {
        "id": kept.id,
        "url": kept.url,
        "answered": kept.answered,
        "at": iso(kept.at),
        "status": kept.status,
        "sha256": kept.digest.hex(),
        "file": kept.place.file if kept.place else None,
        "offset": kept.place.offset if kept.place else None,
        "dropped": kept.dropped,
        "origin": kept.origin,
    }


def picture_objects(pictures: Sequence[Picture]) -> list[Object]:
    """Pictures of an article."""
    return [
        {
            "url": each.url,
            "alt": each.alt,
            "caption": each.caption,
            "place": each.place,
            "sha256": each.digest.hex() if each.digest else None,
        }
        for each in pictures
    ]


def outside_object(copy: OutsideCopy) -> Object:
    """A copy in an archive outside."""
    return {"tries": copy.tries, "asked": maybe_iso(copy.asked), "link": copy.link, "problem": copy.problem}


def page_object(page: PageStatus) -> Object:
    """A page with its state and health."""
    return {
        "id": page.id,
        "source": page.source,
        "url": page.url,
        "state": page.state,
        "gone": page.gone,
        "seen": page.seen.value if page.seen else None,
        "detail": page.detail,
        "failures": page.failures,
        "versions": page.versions,
        "last_visit": maybe_iso(page.last_visit),
        "last_read": maybe_iso(page.last_read),
        "next_visit": maybe_iso(page.next_visit),
    }


def version_object(version: Version, stays: Sequence[Stay], origin: str | None = None) -> Object:
    """A version without its text, with each time it stood."""
    return {
        "number": version.number,
        "page": version.page,
        "title": version.article.title,
        "fingerprint": printed(version.fingerprint),
        "text_digest": printed(version.text_digest),
        "layout": version.layout,
        "first_seen": iso(version.first_seen),
        "last_seen": iso(version.last_seen),
        "stood": stay_objects(stays),
        "origin": origin,
    }


def article_object(article: Article) -> Object:
    """What a version says."""
    return {
        "publication": article.publication,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "paragraphs": list(article.paragraphs),
        "site": article.site,
        "original_url": article.original_url,
    }


def incident_object(incident: Incident) -> Object:
    """An incident, what it means and what to do about it."""
    told = advice(incident.kind)
    return {
        "source": incident.source,
        "kind": incident.kind,
        "detail": incident.detail,
        "started": iso(incident.started),
        "ended": maybe_iso(incident.ended),
        "means": told.means,
        "do": told.do,
        "sight": told.sight.value,
    }


def source_object(status: SourceStatus | None, name: str, title: str, interval: float | None, *, is_late: bool) -> Object:
    """A source: what it should be doing (``interval`` in seconds; None: it has no file), and what it does."""
    return {
        "name": name,
        "title": title,
        "interval": interval,
        "state": status.state if status else None,
        "pages": status.pages if status else 0,
        "seen": {(seen.value if seen else "not yet visited"): count for seen, count in (status.by_seen if status else ())},
        "last_visit": maybe_iso(status.last_visit if status else None),
        "next_visit": maybe_iso(status.next_visit if status else None),
        "late": is_late,
        "baseline_done": bool(status and status.baseline_done),
        "incidents": [incident_object(each) for each in (status.incidents if status else ())],
    }


def view_object(view: View) -> Object:
    """A saved view."""
    return {"name": view.name, "query": view.query, "who": view.who}


def figure_object(figure: Figure) -> Object:
    """The numbers of a chart."""
    return {
        "name": figure.chart.name,
        "title": figure.chart.title,
        "description": figure.chart.desc,
        "note": figure.note,
        "columns": list(figure.table.head),
        "rows": [list(row) for row in figure.table.rows],
    }

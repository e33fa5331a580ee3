"""Changes as plain records: the objects of ``monitor log --json``, and what exports add to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from monitor.model import Change, Op, Part, Reviewed, Story, Told
from monitor.telling.diff import changed, place_of

_UNREVIEWED = Reviewed()


def as_object(change: Change, story: Story | None = None, reviewed: Reviewed = _UNREVIEWED) -> dict[str, object]:
    """A change as the object that ``--json`` prints. Instants are ISO 8601 in UTC."""
    return {
        "id": change.id,
        "at": iso(change.at),
        "kind": change.kind.value,
        "source": change.source,
        "url": change.url,
        "title": change.title,
        "baseline": change.baseline,
        "before": change.before,
        "after": change.after,
        "score": change.judged.score if change.judged else None,
        "reason": change.judged.reason if change.judged else None,
        "classes": [each.value for each in change.judged.classes] if change.judged else [],
        "muted": bool(change.judged and change.judged.muted),
        "folded": change.judged.folded if change.judged else 0,
        "story": story.id if story else None,
        "state": reviewed.state.value,
        "assigned": reviewed.assigned,
    }


def whole_object(told: Told) -> dict[str, object]:
    """A change as the object of an export: that of ``--json``, the count of its notes, and the words that changed."""
    reviewed = told.reviewed
    return as_object(told.change, told.story, reviewed) | {
        "notes": reviewed.notes,
        "changed": [
            {"place": place_of(part), "op": "moved" if piece.op is Op.KEPT else piece.op.value, "text": piece.text}
            for part in told.parts
            for piece in changed((part,))
        ],
    }


def words(parts: Sequence[Part], op: Op) -> Iterator[str]:
    """The runs of words that were cut, or added."""
    return (piece.text.strip() for piece in changed(parts) if piece.op is op)


def iso(at: datetime) -> str:
    """An instant as ISO 8601 and RFC 3339 have it, to the millisecond, in UTC."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

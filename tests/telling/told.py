"""Changes as they are passed on, for the tests of exports, feeds and messages: one with words, one that is hostile."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.model import Change, EditClass, Head, Judged, Kind, Op, Part, Piece, Reviewed, ReviewState, Story, StoryKind, Told

AT = datetime(2026, 1, 3, 7, 30, tzinfo=UTC)
HEAD = Head(7, b"\x01" + b"\xab" * 32)
EVIL = "</title><script>alert(1)</script>\u202e\x1b[31m\x00\ufffe"


def told(title: str = "A title", *, cut: str = "Pak Un Hyok", added: str = "nobody", number: int = 7, **rest: object) -> Told:
    """An edit of paragraph 2."""
    given: dict[str, object] = {"url": "https://a.example/p", "reason": "drops the name Pak Un Hyok", **rest}
    judged = Judged(0.72, str(given["reason"]), (EditClass.NAME,))
    change = Change(number, AT, Kind.EDITED, "kcna", 1, str(given["url"]), title, before=1, after=2, judged=judged)
    pieces = (Piece(Op.KEPT, "With "), Piece(Op.CUT, cut), Piece(Op.ADDED, added), Piece(Op.KEPT, " there."))
    story = given.get("story")
    return Told(
        change, story if isinstance(story, Story) else None, Reviewed(ReviewState.FLAGGED, "ann", 1, "ann", AT, 3),
        (Part("paragraphs", pieces, 2, 2),),
    )  # fmt: skip


def hostile() -> Told:
    """A change all of whose words come from somebody who would like them to be obeyed."""
    return told(f"=1+1{EVIL}", cut=EVIL, added='"><img src=x onerror=alert(2)>', url="javascript:alert(3)", reason=EVIL)


CAMPAIGN = Story(4, StoryKind.CAMPAIGN, "Jang Song Thaek is cut", 12, 14, AT, AT)

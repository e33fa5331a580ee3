"""Is a capture an article at all? What a page's status and marks say before anybody reads it."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model import Capture, Page, Seen

# A real article page may quote a mark or load a challenge script; only a page without an article is called blocked.
# Texts that stand only on block and challenge pages: Cloudflare's challenge in its two wordings, the Korea
# Communications Standards Commission's block page, and its older form.
BLOCK_MARKS = (
    "checking your browser",
    "enable javascript and cookies",
    '<meta name="kcsc" content="blocking"',
    "web page blocked",
    "/cdn-cgi/challenge-platform/",
)
_GONE = (404, 410)
_REFUSALS = (401, 403, 429, 451)


def from_status(capture: Capture, *, is_conditional: bool) -> tuple[Seen, str] | None:
    """What the status alone proves, with the reason in a sentence; None for a page that is to be read."""
    status = capture.status
    named = f"{status} {capture.reason}".strip()
    if status == 304 and is_conditional and not capture.hops:
        return Seen.NOT_MODIFIED, ""
    if status in _GONE:
        return Seen.GONE, f"the server answered {named}"
    if status in _REFUSALS:
        return Seen.BLOCKED, f"the server refused with {named}"
    if status != 200:
        return Seen.BROKEN, f"the server answered {named}"
    if not capture.body.strip():
        return Seen.BROKEN, "the page is empty (0 bytes of text)"
    return None


def unread(marks: Sequence[str], why: str) -> tuple[Seen, str]:
    """What a page is that no layout could read: a block page where it bears one of the marks, else broken."""
    if marks:
        return Seen.BLOCKED, f"a block page: it holds {marks[0]!r}"
    return Seen.BROKEN, why


def lost_fields(page: Page, fields: frozenset[str]) -> tuple[str, ...]:
    """Which fields were read on this page before and are missing now."""
    return tuple(sorted(page.current.fields - fields)) if page.current else ()


def lost_sentence(fields: Sequence[str]) -> str:
    """What is said of lost fields."""
    return f"{', '.join(fields)}: read on this page before, and missing now"

"""Is a capture an article at all? What its status, its marks, the address that answered and its words say of that.

Whatever is said here is an observation, with a name for what the page is. It never becomes a change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from monitor.article import Article
from monitor.errors import Disallowed, FetchError, Unreachable
from monitor.judging import likeness
from monitor.judging.marks import MARKS, found
from monitor.model import Capture, Page, PageFacts, Seen
from monitor.settings import Mark

_GONE = (404, 410)
_REFUSALS = (401, 403, 429, 451)
_HALF = 0.5
_ENDED = re.compile(r"""[.!?…。！？]["'”’»)\]》」』）]*$""")  # the end of a sentence
_FRONTS = {(path, "") for path in ("", "/index.html", "/index.htm", "/index.php")}


def from_status(capture: Capture, *, is_conditional: bool) -> tuple[Seen, str] | None:
    """What the status alone proves, with the reason in a sentence; None for a page that is to be read."""
    if capture.damage:
        return Seen.BROKEN, capture.damage
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


def at_sight(capture: Capture, listings: Sequence[str], *, is_conditional: bool) -> tuple[Seen, str] | None:
    """What is proven before a page is read: by its status, or by a front page or listing that answered; else None."""
    found = from_status(capture, is_conditional=is_conditional)
    front = front_page(capture, listings) if found is None else None
    return found if front is None else (Seen.BROKEN, front)


def failed(wrong: FetchError) -> Seen:
    """What a visit proves that brought no usable answer."""
    if isinstance(wrong, Unreachable):
        return Seen.UNREACHABLE
    return Seen.BLOCKED if isinstance(wrong, Disallowed) else Seen.BROKEN


def unread(facts: PageFacts, why: str, marks: Sequence[Mark] = (), *, is_walled: bool = False) -> tuple[Seen, str]:
    """What an unread page is: a paywall stub, what it bears a mark of (the source's ``marks`` first), or broken."""
    if is_walled:
        return Seen.BLOCKED, why
    borne = found(facts, (*marks, *MARKS), len(facts.text.split()))
    if borne is not None:
        return _named(*borne)
    return Seen.BROKEN, "an empty page: its <main> holds no text" if facts.is_main_empty else why


def is_short(article: Article, marks: Sequence[Mark] = ()) -> bool:
    """Whether an article that was read is short enough to be looked at by :func:`misread`; most are not."""
    longest = max(mark.longest for mark in (*marks, *MARKS) if mark.in_articles)
    return len(likeness.words(article)) <= longest


def misread(facts: PageFacts, article: Article, known: Article | None, marks: Sequence[Mark] = ()) -> tuple[Seen, str] | None:
    """What a page is that a layout read as ``article``, and that is none; None for an article.

    Its text must be short and bear a mark. Where the page is ``known``, the known text must not bear it too, and either most
    of the known text is gone, or most of the new text is new: an edit that brings in the words leaves the rest as it was.
    """
    counting = tuple(mark for mark in (*marks, *MARKS) if mark.in_articles)
    borne = found(_of_article(article, facts), counting, len(likeness.words(article)))
    if borne is None:
        return None
    if known is not None and borne[0].where != "source":  # a sign in the page's source is no quotation
        return None if _was_there(borne[0], known) or _is_edited(known, article) else _named(*borne)
    return _named(*borne)


def breaks_off(article: Article, known: Article) -> bool:
    """Whether ``article`` is ``known`` up to the middle of a sentence. An edit hardly ever is, half a page nearly always.

    What ends with a sentence is left to :func:`is_cut`: an edit may well take the last ones off a paragraph.
    """
    *whole, last = article.paragraphs or ("",)
    if _ENDED.search(last):
        return False
    there = known.paragraphs[: len(whole)]
    rest = known.paragraphs[len(whole) : len(whole) + 1]
    return article.title == known.title and tuple(whole) == there and any(each.startswith(last) and each != last for each in rest)


def is_cut(article: Article, known: Article) -> bool:
    """Whether ``article`` ends where ``known`` goes on. An edit may do that, and so may a page without its end.

    What stands before may be edited besides: half a page can be the first that is seen of an edited article.
    """
    whole, count = known.paragraphs, len(article.paragraphs)
    if article.title != known.title or not count:
        return False
    if count < len(whole) and article.paragraphs == whole[:count]:
        return True
    last = article.paragraphs[-1]
    ends = [number for number, each in enumerate(whole) if each.startswith(last)] or [count - 1]
    goes_on = any(_goes_on(known, end, article) for end in ends)
    return goes_on and likeness.shared(likeness.words(article), likeness.words(known)) > _HALF


def _goes_on(known: Article, end: int, article: Article) -> bool:
    """Whether ``known`` has more than ``article``, of whose last paragraph the one at ``end`` is the whole."""
    last, rest = article.paragraphs[-1], known.paragraphs[end + 1 :]
    if set(rest) & set(article.paragraphs):
        return False
    return bool(rest) or any(each != last and each.startswith(last) for each in known.paragraphs[end : end + 1])


def has_end(facts: PageFacts) -> bool:
    """Whether a page's source says that it ends. HTML may leave that out, so it counts only where something else is odd."""
    source = facts.source.lower()
    return "</html" in source or "</body" in source


def _was_there(mark: Mark, known: Article) -> bool:
    return found(_of_article(known), [mark], 0) is not None


def _is_edited(known: Article, article: Article) -> bool:
    """Whether at least half of the known text is there by length, and half of the words are the same."""
    before, after = likeness.words(known), likeness.words(article)
    return 2 * len(after) >= len(before) and likeness.shared(before, after) > _HALF


def _of_article(article: Article, facts: PageFacts | None = None) -> PageFacts:
    """An article as facts, so that neither menus nor banners count; source and page title are the page's."""
    source, titles = (facts.source, facts.titles) if facts else ("", ())
    return PageFacts(source, (article.title, *titles), " ".join([article.title, *article.paragraphs]))


def _named(mark: Mark, words: str) -> tuple[Seen, str]:
    return Seen(mark.proves), f"{mark.name}: it holds {words!r}"


def front_page(capture: Capture, listings: Sequence[str]) -> str | None:
    """The sentence about an address that was sent to the front page of a site or to a listing; None where it was not."""
    asked = _place(capture.url)
    if not capture.hops or _place(capture.answered) == asked or asked[1:] in _FRONTS:
        return None
    if _place(capture.answered)[1:] in _FRONTS:
        return f"another page: it was sent to the front page, {capture.answered}"
    if _place(capture.answered) in {_place(listing) for listing in listings}:
        return f"another page: it was sent to a listing, {capture.answered}"
    return None


def is_front(url: str) -> bool:
    """Whether an address is that of a site's front page."""
    return _place(url)[1:] in _FRONTS


def _place(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query


def lost_fields(page: Page, fields: frozenset[str]) -> tuple[str, ...]:
    """Which fields were read on this page before and are missing now."""
    return tuple(sorted(page.current.fields - fields)) if page.current else ()


def lost_sentence(fields: Sequence[str]) -> str:
    """What is said of lost fields."""
    return f"{', '.join(fields)}: read on this page before, and missing now"

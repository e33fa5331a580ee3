"""The log as a feed: Atom (RFC 4287) and JSON Feed (https://www.jsonfeed.org/version/1.1/), page by page (RFC 5005, section 3).

An entry's id is a tag: URI (RFC 4151) of the database's own name and the change's number: it stays whatever the address of the
review page becomes, and is no other database's. The words of a site are escaped twice, as HTML and as XML or JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from monitor.model import Change, StoryKind, Told
from monitor.telling.marked import clean, link, marked, plain
from monitor.telling.records import iso

ATOM, JSON_FEED = "application/atom+xml", "application/feed+json"
_SINCE = "2026"  # when tags were first made so; RFC 4151 wants a day on which the name was ours
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # of a feed in which nothing is yet
_TITLE = 200  # characters


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself. ``filters`` as an address has them; ``base`` is where the review page is, with a slash.

    ``address`` is the feed's own, ``following`` that of its next page, empty on the last one.
    """

    database: str
    title: str
    filters: str
    base: str
    address: str
    following: str = ""
    first: str = ""


def atom(feed: Feed, rows: Sequence[Told]) -> str:
    """A page of the log as an Atom feed."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>{escape(feed_id(feed))}</id>",
        f"  <title>{clean(feed.title)}</title>",
        f"  <updated>{iso(_updated(rows))}</updated>",
        "  <generator>article-monitor</generator>",
        "  <author><name>article-monitor</name></author>",
        f'  <link rel="self" type="{ATOM}" href="{escape(feed.address)}"/>',
        f'  <link rel="alternate" type="text/html" href="{escape(_page(feed))}"/>',
    ]
    if feed.first:
        lines.append(f'  <link rel="first" type="{ATOM}" href="{escape(feed.first)}"/>')
    if feed.following:
        lines.append(f'  <link rel="next" type="{ATOM}" href="{escape(feed.following)}"/>')
    return "\n".join([*lines, *(_entry(feed, told) for told in rows), "</feed>", ""])


def _entry(feed: Feed, told: Told) -> str:
    change = told.change
    address = link(change.url)
    lines = [
        "  <entry>",
        f"    <id>{escape(entry_id(feed.database, change))}</id>",
        f"    <title>{clean(title_of(told))}</title>",
        f"    <updated>{iso(change.at)}</updated>",
        f"    <published>{iso(change.at)}</published>",
        f"    <author><name>{clean(change.source)}</name></author>",
        f'    <link rel="alternate" type="text/html" href="{escape(_change(feed, change))}"/>',
        *([f'    <link rel="related" type="text/html" href="{address}"/>'] if address else []),
        *(f'    <category term="{clean(term)}"/>' for term in _terms(change)),
        f"    <summary>{clean(summary_of(told))}</summary>",
        f'    <content type="html">{escape(content_of(told))}</content>',
        "  </entry>",
    ]
    return "\n".join(lines)


def json_feed(feed: Feed, rows: Sequence[Told]) -> str:
    """A page of the log as a JSON Feed."""
    found: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain(feed.title),
        "home_page_url": _page(feed),
        "feed_url": feed.address,
        "authors": [{"name": "article-monitor"}],
        "items": [
            {
                "id": entry_id(feed.database, told.change),
                "url": _change(feed, told.change),
                "title": title_of(told),
                "summary": summary_of(told),
                "content_html": content_of(told),
                "date_published": iso(told.change.at),
                "authors": [{"name": told.change.source}],
                "tags": [*_terms(told.change)],
                **({"external_url": told.change.url} if link(told.change.url) else {}),
            }
            for told in rows
        ],
    }
    if feed.following:
        found["next_url"] = feed.following
    return json.dumps(found, ensure_ascii=True) + "\n"


def feed_id(feed: Feed) -> str:
    """The id of the feed with these filters."""
    return f"{_tag(feed.database)}log" + (f"?{feed.filters}" if feed.filters else "")


def entry_id(database: str, change: Change) -> str:
    """The id of a change, in every feed the same."""
    return f"{_tag(database)}change/{change.id}"


def title_of(told: Told) -> str:
    """``edited 0.72: Title`` as one harmless line; of a story also on how many pages it is, and what a campaign is about."""
    change, story = told.change, told.story
    score = f" {change.judged.score:.2f}" if change.judged else ""
    if story is None:
        return plain(f"{change.kind}{score}: {change.title[:_TITLE]}")
    many = f"{story.changes} changes on {story.pages} pages"
    if story.kind is StoryKind.CAMPAIGN:
        return plain(f"campaign{score}: {story.what[:_TITLE]} ({many}; one of them: {change.kind}, {change.title[:_TITLE]})")
    return plain(f"{change.kind}{score}: {change.title[:_TITLE]} (one of {many})")


def summary_of(told: Told) -> str:
    """Why it matters, in a line."""
    judged = told.change.judged
    return plain(judged.reason if judged else f"{told.change.kind}; not judged yet")


def content_of(told: Told) -> str:
    """A change as HTML of which nothing is a site's own."""
    change = told.change
    address = link(change.url)
    where = f'<a href="{address}" rel="noreferrer noopener nofollow">{address}</a>' if address else clean(change.url)
    return "\n".join([f"<p>{clean(summary_of(told))}</p>", *marked(told.parts), f"<p>{where}</p>"])


def _terms(change: Change) -> Iterator[str]:
    yield change.kind.value
    yield from (each.value for each in change.judged.classes) if change.judged else ()


def _tag(database: str) -> str:
    return f"tag:{database}.article-monitor.invalid,{_SINCE}:"


def _page(feed: Feed) -> str:
    return f"{feed.base}?{feed.filters or 'order=new'}"


def _change(feed: Feed, change: Change) -> str:
    return f"{feed.base}changes/{change.id}"


def _updated(rows: Sequence[Told]) -> datetime:
    return max((told.change.at for told in rows), default=_BEGINNING)

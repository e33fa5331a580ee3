"""Answers of listings for the tests of parsing: a capture, and a source that takes every address of one host for an article's."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.model import Capture, Listed
from monitor.parsing.reader import LayoutReader
from monitor.settings import CardLayout, Finding, Layout, Rule, Source

AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOST = "https://a.example"
CARDS = CardLayout(item="div.card", link="h4 > a[href]", title="h4 > a", excerpt="p.about", date="span.day")
LAYOUT = Layout("l", (Rule(css="h1"),), (Rule(css="p"),), dates=("%B %d, %Y",), cards=CARDS)


def source(**find: object) -> Source:
    """A source of ``find``; its articles are all addresses of the host with a number in them."""
    given: dict[str, object] = {"articles": (r"^https?://a\.example/.*\d",)}
    return Source("a", (LAYOUT,), find=Finding(**{**given, **find}))  # type: ignore[arg-type]


def answer(body: bytes | str, url: str = f"{HOST}/list", kind: str | None = None) -> Capture:
    """What the address answered, with a content type where one is given."""
    raw = body.encode() if isinstance(body, str) else body
    return Capture(url, url, 200, (("Content-Type", kind),) if kind else (), raw, raw, AT)


def listed(body: bytes | str, url: str = f"{HOST}/list", kind: str | None = None, **find: object) -> Listed:
    """What the reader makes of it."""
    return LayoutReader().listed(answer(body, url, kind), source(**find))


def names(found: Listed) -> list[str]:
    """The links, without their host."""
    return [link.url.removeprefix(f"{HOST}/") for link in found.links]

"""The sources as a list of feeds that any feed reader takes (OPML 2.0, http://opml.org/spec2.opml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import urlsplit

from monitor.article import fold
from monitor.settings import Source

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no characters of XML 1.0


def opml(sources: Sequence[Source], now: datetime) -> str:
    """A file with every feed of ``sources``. A source without one is named with the first page that lists its articles."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>article-monitor</title><dateCreated>{format_datetime(now, usegmt=True)}</dateCreated></head>",
        "  <body>",
        *(f"    <outline {line}/>" for source in sources for line in _outlines(source)),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


def _outlines(source: Source) -> Iterator[str]:
    title = fold(source.title) or source.name
    listing = next(iter(source.find.listings), None)
    for feed in source.find.feeds:
        yield _attributes(type="rss", text=title, title=title, xmlUrl=feed, htmlUrl=listing or _home(feed))
    if not source.find.feeds and listing is not None:
        yield _attributes(type="link", text=title, title=title, url=listing)


def _attributes(**given: str) -> str:
    return " ".join(f'{name}="{escape(_UNFIT.sub("", value))}"' for name, value in given.items())


def _home(url: str) -> str:
    split = urlsplit(url)
    return f"{split.scheme}://{split.netloc}/"

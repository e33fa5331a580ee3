"""Lists of feeds as feed readers exchange them (OPML 2.0, http://opml.org/spec2.opml), read.

A document type goes before anything else, and with it all entities; nothing is ever fetched for a file.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from monitor.article import fold
from monitor.parsing import xmlhead
from monitor.parsing.address import absolute
from monitor.parsing.charset import utf8

MOST_BYTES = 10_000_000
MOST_FEEDS = 2000
_LONGEST = 200  # characters of a title


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed of a list: what it is called, its address, and that of its site, where the list says it."""

    title: str
    feed: str
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The feeds of a list, each once, in their order; how many entries were left out, by why; and what is wrong with the file."""

    feeds: tuple[Subscription, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    problem: str = ""


def subscriptions(body: bytes) -> Subscriptions:
    """The feeds that an OPML file lists, whatever folders they lie in. Never fails: what is wrong with it is its ``problem``."""
    if len(body) > MOST_BYTES:
        return Subscriptions(problem=f"it is larger than {MOST_BYTES:,} bytes")
    text = xmlhead.bare(utf8(body, None))
    if xmlhead.root(text) != "opml":
        return Subscriptions(problem="it is no OPML file: its first element is not <opml>")
    parser = etree.XMLParser(encoding="utf-8", recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as wrong:
        return Subscriptions(problem=f"it cannot be read: {wrong.msg}")
    return _of_tree(root) if root is not None else Subscriptions(problem="it cannot be read: nothing in it is XML")


def _of_tree(root: etree._Element) -> Subscriptions:
    found: dict[str, Subscription] = {}
    skipped: dict[str, int] = {}
    for node in root.iter("{*}outline"):
        said = {str(name).lower(): str(value) for name, value in node.attrib.items()}
        if "xmlurl" not in said:
            continue  # a folder
        feed = absolute(said["xmlurl"].strip(), "")
        why = "no address" if feed is None else "listed twice" if feed in found else ""
        if len(found) >= MOST_FEEDS:
            why = f"beyond the first {MOST_FEEDS:,}"
        if why or feed is None:
            skipped[why] = skipped.get(why, 0) + 1
            continue
        title = fold(said.get("title") or said.get("text") or "")[:_LONGEST]
        found[feed] = Subscription(title, feed, absolute(said.get("htmlurl", "").strip(), ""))
    return Subscriptions(tuple(found.values()), tuple(skipped.items()))

"""What the types cannot say of a source: selectors, regular expressions, addresses, date formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network

from monitor.article import fold
from monitor.config.basics import (
    CheckSelector,
    is_address,
    pattern_problems,
    rule_problems,
    selector_problems,
    strings_of,
    table_of,
)
from monitor.config.connecting import connection_problems
from monitor.config.files import Table
from monitor.config.finding import finding_problems
from monitor.config.sentences import Problem, shown
from monitor.config.watching import is_zone, notify_problems, watch_problems
from monitor.model import EditClass
from monitor.settings import Duration
from monitor.settings.formats import format_problem
from monitor.toml_lines import Path as KeyPath

RULED = ("title", "paragraphs", "publication", "published", "site", "masthead", "original", "images")
_SHORTEST_MARK = 3
_SHORTEST_INTERVAL = timedelta(seconds=1)
_NAMES_EDITS = ("classes", "words", "place")
_CLASSES = tuple(each.value for each in EditClass)
_CARD_SELECTORS = ("item", "link", "title", "excerpt", "date")


def source_problems(table: Table, check_selector: CheckSelector, *, is_whole: bool = True) -> Iterator[Problem]:
    """What is wrong with the table of a source; where it is not whole, keys may be missing."""
    yield from finding_problems(table_of(table.get("find")), check_selector, is_whole=is_whole)
    yield from _interval(table.get("interval"))
    yield from _identity(table_of(table.get("identity")))
    yield from _reach(("reach",), table.get("reach"))
    yield from _outside(table_of(table.get("outside")))
    yield from connection_problems(table_of(table.get("connection")))
    yield from _marks(table.get("marks"))
    yield from watch_problems(table)
    layouts = table.get("layouts")
    for i, layout in enumerate(layouts if isinstance(layouts, list) else []):
        yield from layout_problems(("layouts", i), table_of(layout), check_selector)


def _interval(interval: object) -> Iterator[Problem]:
    try:
        is_short = Duration.parse(interval) < _SHORTEST_INTERVAL
    except ValueError:  # its type says what is wrong
        return
    if is_short:
        yield ("interval",), f"should be 1s or more, or the site is asked without a pause; it is {shown(interval)}"


def _reach(at: KeyPath, networks: object) -> Iterator[Problem]:
    for i, network in enumerate(strings_of(networks)):
        if not _is_network(network):
            yield (*at, i), f"{shown(network)} is no network; write it as 10.1.2.0/24, fd12::/48 or a single address"


def _outside(outside: Table) -> Iterator[Problem]:
    """The archive is the one that the config names: a page's address decides neither its host nor how it is asked."""
    yield from _reach(("outside", "reach"), outside.get("reach"))
    save = outside.get("save")
    if not isinstance(save, str):
        return
    before, place, _ = save.replace("{quoted}", "{url}").partition("{url}")
    if not place:
        yield ("outside", "save"), "names no page; write {url} where its address belongs, or {quoted} for it percent-encoded"
    elif not re.fullmatch(r"https?://[^/?#@]+[/?].*", before) or not is_address(before):
        yield ("outside", "save"), f"{shown(save)} is no address of an archive; write it as https://host/path/{{url}}"


def program_problems(table: Table) -> Iterator[Problem]:
    """What is wrong with the table of the program."""
    yield from watch_problems(table)
    yield from notify_problems(table)
    contact, rules = table.get("contact"), table.get("mute")
    if isinstance(contact, str) and not (_is_mail(contact) or is_address(contact)):
        wanted = "write it as you@example.org, mailto:you@example.org or https://example.org/about"
        yield ("contact",), f"{shown(contact)} is neither a mail address nor a web page; {wanted}"
    for i, rule in enumerate(rules if isinstance(rules, list) else []):
        if isinstance(rule, dict) and not any(rule.get(key) for key in _NAMES_EDITS):
            yield ("mute", i), f"would mute every edit; say which, with {', '.join(_NAMES_EDITS)}"
        for j, name in enumerate(strings_of(table_of(rule).get("classes"))):
            if name not in _CLASSES:
                yield ("mute", i, "classes", j), f"{shown(name)} is no class of edit; the classes: {', '.join(_CLASSES)}"


def _is_mail(text: str) -> bool:
    """Whether it is a mail address, also as ``mailto:`` (RFC 6068). Only its outer form counts: RFC 5322 allows nearly all."""
    return re.fullmatch(r"(mailto:)?[^@\s:/<>]+@[^@\s:/<>]+", text, re.IGNORECASE) is not None


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _marks(marks: object) -> Iterator[Problem]:
    for i, mark in enumerate(marks if isinstance(marks, list) else []):
        yield from _mark(("marks", i), table_of(mark))


def _mark(at: KeyPath, mark: Table) -> Iterator[Problem]:
    """A word of a few letters stands on every page, and an example without the words is none."""
    words = strings_of(mark.get("words"))
    for i, each in enumerate(words):
        if len(each.strip()) < _SHORTEST_MARK:
            yield (*at, "words", i), f"{shown(each)} is too short to be a sign; use {_SHORTEST_MARK} characters or more"
    example = mark.get("example")
    if isinstance(example, str) and words and not any(fold(each).lower() in fold(example).lower() for each in words):
        yield (*at, "example"), "holds none of the words; copy it from a page of this kind"


def _identity(identity: Table) -> Iterator[Problem]:
    pattern, key = identity.get("pattern"), identity.get("key")
    if not isinstance(pattern, str) or not isinstance(key, str):
        return
    wrong = list(pattern_problems(("identity", "pattern"), pattern))
    yield from wrong
    if wrong:
        return
    groups = re.compile(pattern).groups
    highest = max((int(n) for n in re.findall(r"\{(\d)\}", key)), default=0)
    if not groups:
        yield ("identity", "pattern"), "has no group; put what names the article in parentheses"
    elif not highest:
        yield ("identity", "key"), "names no group; write {1} where the pattern's first group belongs"
    elif highest > groups:
        yield ("identity", "key"), f"names group {{{highest}}}, but the pattern has only {groups}"


def layout_problems(at: KeyPath, layout: Table, check_selector: CheckSelector) -> Iterator[Problem]:
    """What is wrong with the table of a layout that stands at ``at``."""
    for field in RULED:
        rules = layout.get(field)
        for i, rule in enumerate(rules if isinstance(rules, list) else []):
            if isinstance(rule, dict):
                yield from rule_problems((*at, field, i), rule, check_selector)
    cards = table_of(layout.get("cards"))
    for key in _CARD_SELECTORS:
        if isinstance(cards.get(key), str):
            yield from selector_problems((*at, "cards", key), cards[key], check_selector)
    for key in ("drop", "paragraph", "apart"):
        for i, css in enumerate(strings_of(layout.get(key))):
            yield from selector_problems((*at, key, i), css, check_selector)
    for i, pattern in enumerate(strings_of(layout.get("drop_text"))):
        yield from pattern_problems((*at, "drop_text", i), pattern)
    yield from _dates(at, layout)


def _dates(at: KeyPath, layout: Table) -> Iterator[Problem]:
    """What is wrong with how a layout reads days."""
    for i, pattern in enumerate(strings_of(layout.get("dates"))):
        wrong = format_problem(pattern)
        if wrong:
            yield (*at, "dates", i), f"{shown(pattern)} {wrong}"
    zone = layout.get("time_zone")
    if isinstance(zone, str) and not is_zone(zone):
        yield (*at, "time_zone"), f"{shown(zone)} is no time zone; write an IANA name, like Asia/Seoul or UTC"

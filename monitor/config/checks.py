"""What the types cannot say of a source: selectors, regular expressions, addresses, date formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from ipaddress import ip_network
from urllib.parse import urlsplit

from monitor.article import fold
from monitor.config.files import Table
from monitor.config.sentences import Problem, shown
from monitor.toml_lines import Path as KeyPath

CheckSelector = Callable[[str], str | None]
RULED = ("title", "paragraphs", "publication", "published", "site", "masthead", "original")
_SHORTEST_MARK = 3
_PLACES = ("css", "text", "link")
_CARD_SELECTORS = ("item", "link", "title", "excerpt", "date")


def source_problems(table: Table, check_selector: CheckSelector, *, is_whole: bool = True) -> Iterator[Problem]:
    """What is wrong with the table of a source; where it is not whole, keys may be missing."""
    find = _table(table.get("find"))
    for key in ("listings", "pages"):
        for i, address in enumerate(_strings(find.get(key))):
            if not _is_address(address):
                yield ("find", key, i), f"{shown(address)} is no address; write it as https://host/path"
    for i, css in enumerate(_strings(find.get("links"))):
        yield from _selector(("find", "links", i), css, check_selector)
    for i, pattern in enumerate(_strings(find.get("articles"))):
        yield from _pattern(("find", "articles", i), pattern)
    if is_whole and find.get("listings") and not find.get("articles"):
        yield ("find", "articles"), "missing; it says which links of the listings lead to articles"
    yield from _identity(_table(table.get("identity")))
    for i, network in enumerate(_strings(table.get("reach"))):
        if not _is_network(network):
            yield ("reach", i), f"{shown(network)} is no network; write it as 10.1.2.0/24, fd12::/48 or a single address"
    yield from _marks(table.get("marks"))
    layouts = table.get("layouts")
    for i, layout in enumerate(layouts if isinstance(layouts, list) else []):
        yield from layout_problems(("layouts", i), _table(layout), check_selector)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", text)
    except ValueError:
        return False


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _marks(marks: object) -> Iterator[Problem]:
    for i, mark in enumerate(marks if isinstance(marks, list) else []):
        yield from _mark(("marks", i), _table(mark))


def _mark(at: KeyPath, mark: Table) -> Iterator[Problem]:
    """A word of a few letters stands on every page, and an example without the words is none."""
    words = _strings(mark.get("words"))
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
    wrong = list(_pattern(("identity", "pattern"), pattern))
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
                yield from _rule((*at, field, i), rule, check_selector)
    cards = _table(layout.get("cards"))
    for key in _CARD_SELECTORS:
        if isinstance(cards.get(key), str):
            yield from _selector((*at, "cards", key), cards[key], check_selector)
    for i, css in enumerate(_strings(layout.get("drop"))):
        yield from _selector((*at, "drop", i), css, check_selector)
    for i, pattern in enumerate(_strings(layout.get("dates"))):
        yield from _date_format((*at, "dates", i), pattern)


def _rule(at: KeyPath, rule: Table, check_selector: CheckSelector) -> Iterator[Problem]:
    places = [key for key in _PLACES if key in rule]
    if len(places) != 1:
        yield at, f"a rule needs exactly one of css, text and link; this one has {' and '.join(places) or 'none'}"
    for key in places:
        if isinstance(rule[key], str) and not rule[key].strip():
            yield (*at, key), "should not be empty"
        elif key == "css" and isinstance(rule[key], str):
            yield from _selector((*at, key), rule[key], check_selector)
    if isinstance(rule.get("match"), str):
        yield from _pattern((*at, "match"), re.sub(r"\{(publication|title)\}", "x", rule["match"]))


def _selector(at: KeyPath, css: str, check_selector: CheckSelector) -> Iterator[Problem]:
    wrong = check_selector(css)
    if wrong:
        yield at, f"{shown(css)} is no CSS selector: {wrong}"


def _pattern(at: KeyPath, pattern: str) -> Iterator[Problem]:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as wrong:
        yield at, f"{shown(pattern)} is no regular expression: {wrong}"


def _date_format(at: KeyPath, pattern: str) -> Iterator[Problem]:
    sample = datetime(2001, 2, 3)  # noqa: DTZ001  a day, not an instant
    try:
        if datetime.strptime(sample.strftime(pattern), pattern) == sample:  # noqa: DTZ007
            return
    except ValueError:
        pass
    yield at, f"{shown(pattern)} does not write a whole day; use strptime's codes, like %d/%m/%Y"


def _table(value: object) -> Table:
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []

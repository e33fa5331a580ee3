"""What the types cannot say of a source: selectors, regular expressions, addresses, date formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from ipaddress import ip_network
from urllib.parse import urlsplit

from monitor.article import fold
from monitor.config.connecting import connection_problems
from monitor.config.files import Table
from monitor.config.sentences import Problem, shown
from monitor.model import EditClass
from monitor.settings import Duration, Session
from monitor.toml_lines import Path as KeyPath

CheckSelector = Callable[[str], str | None]
RULED = ("title", "paragraphs", "publication", "published", "site", "masthead", "original")
_NO_ADDRESS = "is no address; write it as https://host/path"
_SHORTEST_MARK = 3
_SHORTEST_INTERVAL = timedelta(seconds=1)
_NAMES_EDITS = ("classes", "words", "place")
_CLASSES = tuple(each.value for each in EditClass)
_PLACES = ("css", "text", "link")
_CARD_SELECTORS = ("item", "link", "title", "excerpt", "date")


def source_problems(table: Table, check_selector: CheckSelector, *, is_whole: bool = True) -> Iterator[Problem]:
    """What is wrong with the table of a source; where it is not whole, keys may be missing."""
    find = _table(table.get("find"))
    for key in ("listings", "pages"):
        for i, address in enumerate(_strings(find.get(key))):
            if not _is_address(address):
                yield ("find", key, i), f"{shown(address)} {_NO_ADDRESS}"
    for i, css in enumerate(_strings(find.get("links"))):
        yield from _selector(("find", "links", i), css, check_selector)
    for i, pattern in enumerate(_strings(find.get("articles"))):
        yield from _pattern(("find", "articles", i), pattern)
    if is_whole and (find.get("listings") or find.get("forms")) and not find.get("articles"):
        yield ("find", "articles"), "missing; it says which links of the listings lead to articles"
    yield from listing_problems(find, check_selector, is_whole=is_whole)
    yield from _interval(table.get("interval"))
    yield from _identity(_table(table.get("identity")))
    yield from _reach(("reach",), table.get("reach"))
    yield from _outside(_table(table.get("outside")))
    yield from connection_problems(_table(table.get("connection")))
    yield from _marks(table.get("marks"))
    layouts = table.get("layouts")
    for i, layout in enumerate(layouts if isinstance(layouts, list) else []):
        yield from layout_problems(("layouts", i), _table(layout), check_selector)


def _interval(interval: object) -> Iterator[Problem]:
    try:
        is_short = Duration.parse(interval) < _SHORTEST_INTERVAL
    except ValueError:  # its type says what is wrong
        return
    if is_short:
        yield ("interval",), f"should be 1s or more, or the site is asked without a pause; it is {shown(interval)}"


def _reach(at: KeyPath, networks: object) -> Iterator[Problem]:
    for i, network in enumerate(_strings(networks)):
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
    elif not re.fullmatch(r"https?://[^/?#@]+[/?].*", before) or not _is_address(before):
        yield ("outside", "save"), f"{shown(save)} is no address of an archive; write it as https://host/path/{{url}}"


def listing_problems(find: Table, check_selector: CheckSelector, *, is_whole: bool) -> Iterator[Problem]:
    """What is wrong with the session and the forms of a source."""
    session = _table(find.get("session"))
    opening, token = session.get("open"), session.get("token")
    if isinstance(opening, str) and not _is_address(opening):
        yield ("find", "session", "open"), f"{shown(opening)} {_NO_ADDRESS}"
    for i, rule in enumerate(token if isinstance(token, list) else []):
        if isinstance(rule, dict):
            yield from _rule(("find", "session", "token", i), rule, check_selector)
    forms = find.get("forms")
    for i, form in enumerate(forms if isinstance(forms, list) else []):
        for key, what in _form(_table(form), opening if is_whole else None):
            yield ("find", "forms", i, *key), what
        if is_whole and _names(_table(form), "{token}") and not token:
            yield ("find", "forms", i, "fields"), "{token} stands for nothing; say in find.session where the token stands"


def _form(form: Table, opening: object) -> Iterator[Problem]:
    """What is wrong with one form. The token goes to no other site than the one that gave it."""
    address, first, last = form.get("address"), form.get("first", 1), form.get("last", 1)
    if isinstance(address, str):
        if not _is_address(address):
            yield ("address",), f"{shown(address)} {_NO_ADDRESS}"
        elif _names(form, "{token}") and _is_elsewhere(address, opening):
            yield ("address",), f"{shown(address)} is on another site than find.session.open; the token is not sent there"
    if isinstance(first, int) and isinstance(last, int):
        if last < first:
            yield ("last",), f"should be {first} or more, the number of the first page; it is {last}"
        elif last > first and isinstance(form.get("fields"), dict) and not _names(form, "{page}"):
            yield ("fields",), "no field holds {page}; all pages would be the same"


def _is_elsewhere(address: str, opening: object) -> bool:
    return isinstance(opening, str) and _is_address(opening) and not Session(opening).covers(address)


def _names(form: Table, placeholder: str) -> bool:
    """Whether a field of the form holds it."""
    return any(isinstance(text, str) and placeholder in text for text in _table(form.get("fields")).values())


def program_problems(table: Table) -> Iterator[Problem]:
    """What is wrong with the table of the program."""
    contact, rules = table.get("contact"), table.get("mute")
    if isinstance(contact, str) and not (_is_mail(contact) or _is_address(contact)):
        wanted = "write it as you@example.org, mailto:you@example.org or https://example.org/about"
        yield ("contact",), f"{shown(contact)} is neither a mail address nor a web page; {wanted}"
    for i, rule in enumerate(rules if isinstance(rules, list) else []):
        if isinstance(rule, dict) and not any(rule.get(key) for key in _NAMES_EDITS):
            yield ("mute", i), f"would mute every edit; say which, with {', '.join(_NAMES_EDITS)}"
        for j, name in enumerate(_strings(_table(rule).get("classes"))):
            if name not in _CLASSES:
                yield ("mute", i, "classes", j), f"{shown(name)} is no class of edit; the classes: {', '.join(_CLASSES)}"


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", text)
    except ValueError:
        return False


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

"""What the types cannot say of the tables ``find``: addresses, selectors, patterns, numbers of pages, the token."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.config.basics import (
    NO_ADDRESS,
    CheckSelector,
    is_address,
    pattern_problems,
    rule_problems,
    selector_problems,
    strings_of,
    table_of,
)
from monitor.config.files import Table
from monitor.config.sentences import Problem, shown
from monitor.settings import Session

_ADDRESSES = ("listings", "pages", "feeds", "sitemaps")
_LISTING = ("listings", "forms", "series", "feeds", "sitemaps")
_PAGE = "{page}"


def finding_problems(find: Table, check_selector: CheckSelector, *, is_whole: bool) -> Iterator[Problem]:
    """What is wrong with the table ``find`` of a source; where that is not whole, keys may be missing."""
    for key in _ADDRESSES:
        for i, address in enumerate(strings_of(find.get(key))):
            if not is_address(address):
                yield ("find", key, i), f"{shown(address)} {NO_ADDRESS}"
    for key in ("links", "next"):
        for i, css in enumerate(strings_of(find.get(key))):
            yield from selector_problems(("find", key, i), css, check_selector)
    for key in ("articles", "ignore"):
        for i, pattern in enumerate(strings_of(find.get(key))):
            yield from pattern_problems(("find", key, i), pattern)
    if is_whole and any(find.get(key) for key in _LISTING) and not find.get("articles"):
        yield ("find", "articles"), "missing; it says which links of the listings lead to articles"
    if find.get("next") and find.get("depth", 2) == 1:
        yield ("find", "depth"), "should be 2 or more, or no page after a listing's first is asked for"
    yield from _series_problems(find)
    yield from _session_problems(find, check_selector, is_whole=is_whole)


def _series_problems(find: Table) -> Iterator[Problem]:
    series = find.get("series")
    for i, each in enumerate(series if isinstance(series, list) else []):
        at, one = ("find", "series", i), table_of(each)
        address = one.get("address")
        if not isinstance(address, str):
            continue
        before, place, _ = address.partition(_PAGE)
        if not is_address(address.replace(_PAGE, "1")):
            yield (*at, "address"), f"{shown(address)} {NO_ADDRESS}"
        elif not place:
            yield (*at, "address"), f"{shown(address)} holds no {{page}}; all pages would be the same"
        elif before.count("/") < len("///"):
            yield (*at, "address"), f"{shown(address)} has {{page}} in its host; it belongs into the path or behind the ?"
        first, last = one.get("first", 1), one.get("last", 1)
        if isinstance(first, int) and isinstance(last, int) and last < first:
            yield (*at, "last"), f"should be {first} or more, the number of the first page; it is {last}"


def _session_problems(find: Table, check_selector: CheckSelector, *, is_whole: bool) -> Iterator[Problem]:
    """What is wrong with the session and the forms of a source."""
    session = table_of(find.get("session"))
    opening, token = session.get("open"), session.get("token")
    if isinstance(opening, str) and not is_address(opening):
        yield ("find", "session", "open"), f"{shown(opening)} {NO_ADDRESS}"
    for i, rule in enumerate(token if isinstance(token, list) else []):
        if isinstance(rule, dict):
            yield from rule_problems(("find", "session", "token", i), rule, check_selector)
    forms = find.get("forms")
    for i, form in enumerate(forms if isinstance(forms, list) else []):
        for key, what in _form(table_of(form), opening if is_whole else None):
            yield ("find", "forms", i, *key), what
        if is_whole and _names(table_of(form), "{token}") and not token:
            yield ("find", "forms", i, "fields"), "{token} stands for nothing; say in find.session where the token stands"


def _form(form: Table, opening: object) -> Iterator[Problem]:
    """What is wrong with one form. The token goes to no other site than the one that gave it."""
    address, first, last = form.get("address"), form.get("first", 1), form.get("last", 1)
    if isinstance(address, str):
        if not is_address(address):
            yield ("address",), f"{shown(address)} {NO_ADDRESS}"
        elif _names(form, "{token}") and _is_elsewhere(address, opening):
            yield ("address",), f"{shown(address)} is on another site than find.session.open; the token is not sent there"
    if isinstance(first, int) and isinstance(last, int):
        if last < first:
            yield ("last",), f"should be {first} or more, the number of the first page; it is {last}"
        elif last > first and isinstance(form.get("fields"), dict) and not _names(form, "{page}"):
            yield ("fields",), "no field holds {page}; all pages would be the same"


def _is_elsewhere(address: str, opening: object) -> bool:
    return isinstance(opening, str) and is_address(opening) and not Session(opening).covers(address)


def _names(form: Table, placeholder: str) -> bool:
    """Whether a field of the form holds it."""
    return any(isinstance(text, str) and placeholder in text for text in table_of(form.get("fields")).values())

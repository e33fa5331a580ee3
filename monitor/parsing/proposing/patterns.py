"""From the addresses of articles to the patterns that know them: digits become ``\\d+``, days their form, words ``[^/]+``.

A pattern is anchored at the site's host. Its looser form is taken where that fits no address that is known to be none of an
article; where it does, the words in it must be several, and what still fits is to be ignored by name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.parsing.address import key
from monitor.parsing.proposing.addresses import Kind, Parts, article_of, is_other, kind, parts
from monitor.settings import Identity

_WORDS = "[^/?#]+"
_SEVERAL = "[^/?#]+-[^/?#]+"
_MOST = 500  # addresses of a group that are looked at
_MANY = 5  # addresses after which a number that never changes is part of the site
_SHORTEST_ID = 2  # digits of a number that may name an article


@dataclass(frozen=True, slots=True)
class Pattern:
    """What knows articles: a regular expression for their addresses, and those that are to be ignored though it fits."""

    articles: str
    ignore: tuple[str, ...] = ()


def pattern_of(group: Sequence[str], others: Sequence[str] = ()) -> Pattern:
    """The pattern of addresses of one shape. ``others`` are known to be no articles'."""
    taken = [parts(address) for address in group[:_MOST]]
    loose, strict = _expression(taken, _WORDS), _expression(taken, _SEVERAL)
    if not _hits(loose, others):
        return Pattern(loose)
    if all(re.search(strict, address) for address in group) and not _hits(strict, others):
        return Pattern(strict)
    return Pattern(loose, _ignored(loose, others, group))


def _hits(pattern: str, others: Sequence[str]) -> list[str]:
    return [address for address in others if re.search(pattern, address)]


def _ignored(pattern: str, others: Sequence[str], group: Sequence[str]) -> tuple[str, ...]:
    """Patterns of what is no article's, each of the first word that no article's address has in that place."""
    ours = {parts(address).parts[0] for address in group if parts(address).parts}
    found: dict[str, None] = {}
    for address in _hits(pattern, others):
        pieces = parts(address).parts
        word = next((piece for piece in pieces if is_other(f"//x/{piece}")), pieces[0] if pieces else "")
        if word and word not in ours:
            found[f"/{_escaped(word)}(?:[/.?]|$)"] = None
    return tuple(sorted(found))


def _expression(taken: Sequence[Parts], words: str) -> str:
    first = taken[0]
    is_dated = Kind.YEAR in first.kinds
    path = "".join("/" + _part([each.parts[i] for each in taken], words, is_dated) for i in range(len(first.parts)))
    folder = {each.is_folder for each in taken}
    ending = _escaped(first.extension) + ("" if first.extension else "/" if folder == {True} and not first.parts else "")
    query = _query(taken)
    slash = "/?" if not first.extension else ""
    return f"^https?://(?:www\\.)?{_escaped(first.host)}{path}{ending}{slash}{query or r'(?:[?#]|$)'}"


def _part(values: Sequence[str], words: str, is_dated: bool) -> str:
    """The pattern of one part of the path; ``is_dated`` says that there is a year in it, so that short numbers may be a day's."""
    what, same = kind(values[0]), len(set(values)) == 1
    if what in (Kind.SHORT, Kind.NUMBER) and not is_dated and not (same and what is Kind.NUMBER):
        return r"\d+"
    if what is Kind.YEAR:
        return r"\d{4}"
    if what is Kind.DAY:
        separator = next((sign for sign in "-_." if sign in values[0]), "")
        return rf"\d{{4}}{_escaped(separator)}\d{{2}}{_escaped(separator)}\d{{2}}" if separator else r"\d{8}"
    if what is Kind.SHORT:  # a month, a day: not that of the articles at hand alone
        return r"\d{2}" if {len(value) for value in values} == {2} else r"\d{1,2}"
    if same and (what is Kind.WORD or len(values) >= _MANY):
        return _escaped(values[0])
    if what is Kind.NUMBER:
        return r"\d+"
    return _mixed(values) or words if what is Kind.MIXED else words if what is Kind.SLUG else _WORDS


def _mixed(values: Sequence[str]) -> str | None:
    """The pattern of words and numbers together."""
    bare = {re.sub(r"\d+", "0", value) for value in values}
    if len(bare) == 1:
        return r"\d+".join(map(_escaped, re.split(r"\d+", values[0])))
    for pattern, written in ((r".+[-_.]\d{3,}", r"[^/?#]+[-_.]\d+"), (r"\d{3,}[-_.].+", r"\d+[-_.][^/?#]+")):
        if all(re.fullmatch(pattern, value) for value in values):
            return written
    return None


def _query(taken: Sequence[Parts]) -> str:
    """The pattern of the query: each of its keys that all addresses have, in their order."""
    written = ""
    for name, value in taken[0].query:
        values = [dict(each.query).get(name, "") for each in taken]
        said = _escaped(value) if len(set(values)) == 1 and len(values) > 1 else r"\d+" if kind(value) in _DIGITS else "[^&#]+"
        written += rf"{'&' if written else ''}(?:[^#]*&)?{_escaped(name)}={said}"
    return rf"\?{written}(?:[&#]|$)" if written else ""


_DIGITS = (Kind.YEAR, Kind.SHORT, Kind.DAY, Kind.NUMBER)


def identity_of(group: Sequence[str]) -> Identity | None:
    """What names a page where its address says more than that: the numbers that differ, beside words that may change.

    None where the address itself is the name: it has no number that differs, or nothing but such. All numbers that differ are
    taken, a day with them, so that two articles are never one. One article under several addresses counts once.
    """
    group = list({article_of(address): address for address in group[:_MOST]}.values())
    taken = [parts(address) for address in group]
    if len(set(group)) < 2:
        return None
    found = _by_query(taken) or _by_path(taken)
    keys = {key(address, found) for address in group}
    return found if len(keys) == len(set(group)) else None


def _by_query(taken: Sequence[Parts]) -> Identity | None:
    names = [name for name, _ in taken[0].query]
    values = {name: [dict(each.query).get(name, "") for each in taken] for name in names}
    numbers = [name for name in names if all(value.isdecimal() for value in values[name]) and len(set(values[name])) > 1]
    words = [name for name in names if name not in numbers and len(set(values[name])) > 1]
    if not numbers or words or not _tells_apart([values[name] for name in numbers]):
        return None
    found = "&".join(rf"(?:[^#]*&)?{_escaped(name)}=(\d+)" for name in numbers)
    path = "/".join((taken[0].host, *(part for part in taken[0].parts)))
    return Identity(rf"\?{found}(?:[&#]|$)", f"{path}?" + "&".join(f"{name}={{{i}}}" for i, name in enumerate(numbers, 1)))


def _by_path(taken: Sequence[Parts]) -> Identity | None:
    """By the numbers in the path, where words stand beside them."""
    if taken[0].query or not taken[0].parts:
        return None
    columns = [[each.parts[i] for each in taken] for i in range(len(taken[0].parts))]
    written, groups, has_words = "", 0, False
    values: list[list[str]] = []
    for column in columns:
        number = _number(column)
        if number is None:
            if any(re.search(r"\d", part) for part in column) and len(set(column)) > 1 and kind(column[0]) is not Kind.SLUG:
                return None  # a number that cannot be told from what is beside it may be what names the page
            has_words = has_words or (kind(column[0]) is Kind.SLUG and len(set(column)) > 1)
            written += f"/{_escaped(column[0]) if len(set(column)) == 1 else _WORDS}"
            continue
        expression, found = number
        written, groups, values = f"{written}/{expression}", groups + 1, [*values, found]
        has_words = has_words or not all(map(str.isdecimal, column))
    is_named = any(len(min(column, key=len)) >= _SHORTEST_ID and len(set(column)) == len(taken) for column in values)
    if not (has_words and is_named and _tells_apart(values) and groups <= 9):
        return None
    return Identity(written, f"{taken[0].host} " + "-".join(f"{{{i}}}" for i in range(1, groups + 1)))


def _number(column: Sequence[str]) -> tuple[str, list[str]] | None:
    """Where in the parts of a column its number stands, and those numbers; None where there is none that differs."""
    if len(set(column)) == 1 and kind(column[0]) not in (Kind.YEAR, Kind.SHORT, Kind.DAY):
        return None
    for expression in (r"(\d+)", r"(\d{4}[-_.]\d{2}[-_.]\d{2})", r"[^/?#]*[-_.](\d{3,})", r"(\d{3,})[-_.][^/?#]*"):
        found = [match for part in column if (match := re.fullmatch(expression, part))]
        if len(found) == len(column) and all(_is_beside_words(match) for match in found):
            return expression, [match[1] for match in found]
    return None


def _is_beside_words(found: re.Match[str]) -> bool:
    """Whether a number is all there is, or stands beside words and is no day, of which many articles are."""
    rest = found[0].replace(found[1], "", 1)
    return not rest or (re.search(r"[^\W\d_]{3}", rest) is not None and kind(found[1]) is not Kind.DAY)


def _escaped(text: str) -> str:
    """A text as a regular expression; a hyphen means itself outside brackets."""
    return re.escape(text).replace(r"\-", "-")


def _tells_apart(values: Sequence[Sequence[str]]) -> bool:
    """Whether the numbers together are another for each address."""
    rows = list(zip(*values, strict=True))
    return len(set(rows)) == len(rows)

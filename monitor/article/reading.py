"""Reading the text format; whatever is not in it is named with its line. ``to_text(from_text(text)) == text``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from monitor.article.dates import day_of, parse_long_date, short_date
from monitor.article.lines import MORE_ARTICLES, MORE_FROM, line_problem
from monitor.article.values import Article, Card
from monitor.errors import FormatError

_MASTHEAD = re.compile(r"([A-Z][a-z]+ \d\d, \d{4})([A-Z][a-z]{2} \d\d, \d{4})", re.ASCII)
_META = re.compile(
    r"(?:Date: (?P<date>[^|]*?) \| )?Source: (?P<publication>.+?)(?P<original> \| Read original version at source)?"
)
_META_DATE = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)
_CARD_LINES = 5
_ENDING = (
    "it ends with a line break, which many editors add by themselves; the format has none after its last line."
    r" This takes it away: perl -0777 -pi -e 's/\n+\z//' FILE"
)
_CR_LF = r"it holds the character U+000D: lines of the format end with LF, not CR LF. So they do: perl -pi -e 's/\r$//' FILE"


def from_bytes(data: bytes, where: str = "text") -> Article:
    """:func:`from_text` of a file's bytes; ``where`` names the file in the error."""
    if data.startswith(b"\xef\xbb\xbf"):
        raise FormatError("it starts with a byte order mark; save it as UTF-8 without one", line=1, where=where)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise FormatError(f"byte {wrong.start} is not UTF-8 text", line=line, where=where) from wrong
    try:
        return from_text(text)
    except FormatError as wrong:
        raise wrong.at(where) from wrong


def from_text(text: str) -> Article:
    """The article that ``text`` holds. Raises FormatError, naming the line."""
    lines = _checked_lines(text)
    blocks = text.split("\n\n")
    starts = _starts(blocks)
    has_head = len(blocks) > 2 and _head(blocks[0], _publication(blocks[2])) is not None
    at = 1 if has_head else 0
    if len(blocks) < at + 2:
        raise FormatError("it ends before the line `Date: … | Source: …`", line=len(lines))
    meta = _META.fullmatch(blocks[at + 1])
    if meta is None:
        wanted = "`Date: DD/MM/YYYY | Source: …` after a head of at most two lines and a one-line title"
        raise FormatError(f"expected {wanted}", line=starts[at + 1])
    _check_single(blocks[at:], starts[at:])
    publication = meta["publication"]
    if " | " in publication:
        raise FormatError("the source's name holds ` | `", line=starts[at + 1])
    masthead, site = (_head(blocks[0], publication) or (None, None)) if has_head else (None, None)
    body = blocks[at + 2 :]
    cards_at = _cards_start(body, publication)
    return Article(
        publication=publication,
        title=blocks[at],
        published=_meta_date(meta["date"], starts[at + 1]),
        paragraphs=tuple(body[:cards_at]),
        site=site,
        masthead=masthead,
        has_original=meta["original"] is not None,
        cards=_cards(body[cards_at + 1 : -1]),
    )


def _checked_lines(text: str) -> list[str]:
    """The lines of ``text``, each fit to stand in the format, blank ones only as separators."""
    if not text:
        raise FormatError("it is empty", line=1)
    lines = text.split("\n")
    last = 1 + text.rstrip("\n").count("\n")
    for number, line in enumerate(lines, 1):
        if not line:
            if number > last:
                raise FormatError(_ENDING, line=len(lines))
            if number == 1 or not lines[number - 2]:
                raise FormatError("a blank line too many", line=number)
            continue
        problem = _CR_LF if line.endswith("\r") else line_problem(line)
        if problem:
            raise FormatError(problem, line=number)
    return lines


def _check_single(blocks: Sequence[str], starts: Sequence[int]) -> None:
    """Raises FormatError for a block of several lines, as none below the head may be."""
    for block, start in zip(blocks, starts, strict=True):
        if "\n" in block:
            raise FormatError("a blank line is missing before this line", line=start + 1)


def _starts(blocks: Sequence[str]) -> list[int]:
    """The number of each block's first line."""
    starts, line = [], 1
    for block in blocks:
        starts.append(line)
        line += block.count("\n") + 2
    return starts


def _publication(block: str) -> str | None:
    meta = _META.fullmatch(block)
    return meta["publication"] if meta else None


def _head(block: str, publication: str | None) -> tuple[date | None, str | None] | None:
    """Masthead date and site of a head block; None when ``block`` is none."""
    if publication is None:
        return None
    lines = block.split("\n")
    masthead = _masthead(lines[0])
    if masthead is not None:
        lines = lines[1:]
    if not lines:
        return masthead, None
    ending = " " + publication
    if len(lines) == 1 and lines[0].endswith(ending) and len(lines[0]) > len(ending):
        return masthead, lines[0][: -len(ending)]
    return None


def _masthead(line: str) -> date | None:
    found = _MASTHEAD.fullmatch(line)
    day = parse_long_date(found[1]) if found else None
    return day if found and day and short_date(day) == found[2] else None


def _meta_date(text: str | None, line: int) -> date | None:
    if text is None:
        return None
    found = _META_DATE.fullmatch(text)
    day = day_of(int(found[3]), int(found[2]), int(found[1])) if found else None
    if day is None:
        raise FormatError(f"{text!r} is not a day written DD/MM/YYYY", line=line)
    return day


def _cards_start(body: Sequence[str], publication: str) -> int:
    """Where in ``body`` the cards' heading stands: the earliest after which all up to the end is whole cards."""
    if not body or body[-1] != MORE_ARTICLES:
        return len(body)
    heading, start, first = MORE_FROM + publication, len(body), len(body) - 1 - _CARD_LINES
    while first >= 1 and _is_card(body, first):
        if body[first - 1] == heading:
            start = first - 1
        first -= _CARD_LINES
    return start


def _is_card(body: Sequence[str], at: int) -> bool:
    return body[at] == body[at + 1] and body[at + 2] == body[at + 4] and parse_long_date(body[at + 3]) is not None


def _cards(lines: Sequence[str]) -> tuple[Card, ...]:
    cards = []
    for at in range(0, len(lines), _CARD_LINES):
        published = parse_long_date(lines[at + 3])
        if published is not None:
            cards.append(Card(title=lines[at], excerpt=lines[at + 2], published=published))
    return tuple(cards)

"""The article and its text format: what a capture says, as a value and as the text of ``seeds/``.

The format is UTF-8, ``\\n`` line ends, blocks separated by one blank line, nothing after the last block. Writing
(:func:`to_text`) reads its own text back and refuses an article whose text would read otherwise; reading
(:func:`from_text`) names the line that is not in the format. For everything in between,
``from_text(to_text(article)) == article`` and ``to_text(from_text(text)) == text``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor.errors import FormatError, NotWritable

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LONG_DATE = re.compile(r"([A-Z][a-z]+) (\d\d), (\d{4})", re.ASCII)
_MASTHEAD = re.compile(r"([A-Z][a-z]+ \d\d, \d{4})([A-Z][a-z]{2} \d\d, \d{4})", re.ASCII)
_META = re.compile(
    r"(?:Date: (?P<date>[^|]*?) \| )?Source: (?P<publication>.+?)(?P<original> \| Read original version at source)?"
)
_META_DATE = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)
_ORIGINAL = " | Read original version at source"
_MORE_FROM = "More From "
_MORE_ARTICLES = "More Articles"
_CARD_LINES = 5
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b\ufeff\ud800-\udfff]")
# Control characters (Cc) that are no white space, lone surrogates, and the three invisible ones that `fold` names.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Card:
    """Another article as a "More From" block shows it. ``url`` is not part of the text, nor of equality."""

    title: str
    excerpt: str
    published: date
    url: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Article:
    """What a capture says, parsed. Every string is one line with single spaces (:func:`fold`).

    ``publication`` is the paper or agency the text was taken from (the format's "source"), ``site`` the watching
    site's short name, ``masthead`` the day on which the page was fetched as the site prints it, ``published`` the day
    the article was published. ``has_original`` says whether the page links to the origin; the link's address,
    ``original_url``, is outside the text and outside equality, as are the addresses of cards.
    """

    publication: str
    title: str
    published: date | None = None
    paragraphs: tuple[str, ...] = ()
    site: str | None = None
    masthead: date | None = None
    has_original: bool = False
    cards: tuple[Card, ...] = ()
    original_url: str | None = field(default=None, compare=False)


def fold(text: str) -> str:
    """``text`` as one line: white space folded to single spaces, control characters and lone surrogates dropped.

    Soft hyphens, zero-width spaces and stray byte order marks say nothing a reader sees, so they go too.
    """
    if text.isprintable() and "  " not in text and text.strip(" ") == text:
        return text
    line = " ".join(text.replace("\xad", "").replace("\u200b", "").replace("\ufeff", "").split())
    # Whatever else is to be dropped is not printable, and to ask costs a tenth of looking for it.
    return line if line.isprintable() else " ".join(_DROPPED.sub("", line).split())


def long_date(day: date) -> str:
    """``November 19, 2025``, whatever the locale."""
    return f"{_MONTHS[day.month - 1]} {day.day:02}, {day.year:04}"


def _short_date(day: date) -> str:
    return f"{_MONTHS[day.month - 1][:3]} {day.day:02}, {day.year:04}"


def parse_long_date(text: str) -> date | None:
    """The day that ``November 19, 2025`` (English month, two-digit day) names; None for any other text."""
    found = _LONG_DATE.fullmatch(text)
    if found is None or found[1] not in _MONTHS:
        return None
    return _day(int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# Writing


def to_text(article: Article) -> str:
    """The article in the text format.

    Raises NotWritable, naming the part, when the text would not read back as an equal article.
    """
    for part, text in _parts(article):
        problem = _line_problem(text)
        if problem:
            raise NotWritable(part, problem)
    if " | " in article.publication:
        raise NotWritable("publication", "it holds ` | `")
    text = "\n\n".join(_blocks(article))
    try:
        again = from_text(text)
    except FormatError as wrong:  # only where the title was taken for a head
        raise NotWritable("title", f"it would not read back ({wrong.problem})") from wrong
    if again != article:
        raise NotWritable(_first_difference(article, again), "it would read back as something else")
    return text


def _parts(article: Article) -> list[tuple[str, str]]:
    """Every line of text in the article with the name a person would give it."""
    parts = [("publication", article.publication), ("title", article.title)]
    if article.site is not None:
        parts.append(("site", article.site))
    parts += [(f"paragraph {i}", p) for i, p in enumerate(article.paragraphs, 1)]
    for i, card in enumerate(article.cards, 1):
        parts += [(f"title of card {i}", card.title), (f"excerpt of card {i}", card.excerpt)]
    return parts


def _blocks(article: Article) -> list[str]:
    head = []
    if article.masthead is not None:
        head.append(long_date(article.masthead) + _short_date(article.masthead))
    if article.site is not None:
        head.append(f"{article.site} {article.publication}")
    meta = f"Source: {article.publication}"
    if article.published is not None:
        day = article.published
        meta = f"Date: {day.day:02}/{day.month:02}/{day.year:04} | {meta}"
    if article.has_original:
        meta += _ORIGINAL
    blocks = ["\n".join(head)] if head else []
    blocks += [article.title, meta, *article.paragraphs]
    if article.cards:
        blocks.append(_MORE_FROM + article.publication)
        for card in article.cards:
            blocks += [card.title, card.title, card.excerpt, long_date(card.published), card.excerpt]
        blocks.append(_MORE_ARTICLES)
    return blocks


def _first_difference(ours: Article, theirs: Article) -> str:
    """The part to blame; the title comes first because one that reads as a head displaces all the rest."""
    names = ("title", "site", "publication", "masthead", "published", "has_original", "paragraphs", "cards")
    return next(name for name in names if getattr(ours, name) != getattr(theirs, name))


def _line_problem(line: str) -> str | None:
    """Why ``line`` cannot be one line of the format, or None."""
    if not line:
        return "it is empty"
    bad = _UNFIT.search(line)
    if bad is not None:
        return f"it holds the character U+{ord(bad[0]):04X}"
    return None if " ".join(line.split()) == line else "its white space is not folded to single spaces"


# Reading


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
        raise FormatError(
            "expected `Date: DD/MM/YYYY | Source: …` after a head of at most two lines and a one-line title",
            line=starts[at + 1],
        )
    for block, start in zip(blocks[at:], starts[at:], strict=True):
        if "\n" in block:
            raise FormatError("a blank line is missing before this line", line=start + 1)
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
    for number, line in enumerate(lines, 1):
        if not line:
            if number == len(lines):
                raise FormatError("it ends with a line break; the format has none after its last line", line=number)
            if number == 1 or not lines[number - 2]:
                raise FormatError("a blank line too many", line=number)
            continue
        problem = _line_problem(line)
        if problem:
            raise FormatError(problem, line=number)
    return lines


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
    return day if found and day and _short_date(day) == found[2] else None


def _meta_date(text: str | None, line: int) -> date | None:
    if text is None:
        return None
    found = _META_DATE.fullmatch(text)
    day = _day(int(found[3]), int(found[2]), int(found[1])) if found else None
    if day is None:
        raise FormatError(f"{text!r} is not a day written DD/MM/YYYY", line=line)
    return day


def _cards_start(body: Sequence[str], publication: str) -> int:
    """Where in ``body`` the cards' heading stands: the earliest after which all up to the end is whole cards."""
    if not body or body[-1] != _MORE_ARTICLES:
        return len(body)
    heading, start, first = _MORE_FROM + publication, len(body), len(body) - 1 - _CARD_LINES
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

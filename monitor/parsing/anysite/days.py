"""The day on which an article was published, from what says so and from nothing else: no day is better than a wrong one.

In this order: JSON-LD ``datePublished``, meta tags, microdata and ``<time pubdate>``, a ``<time>`` or a line beside the headline,
an address with year, month and day. What is said of a modification, in a footer, in comments or of other articles never counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from monitor.parsing.anysite.blocks import Block
from monitor.parsing.anysite.names import Role, words_of
from monitor.parsing.anysite.written import Written, days_in, first_day, order_among, order_of

_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2]|[a-z]{3})[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)", re.IGNORECASE)
_SHORT_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ALTERED = re.compile(
    r"(?i)\b(?:updat|modif|edited|correct|revis|aktualisiert|geändert|mis à jour|modifié|actualiz|atualiz|aggiorn|zuletzt"
    r"|last|accessed|retrieved|обновлен|изменен)|수정|更新|갱신|改訂"
)
_OTHER = re.compile(r"(?i)\b(?:©|copyright|since|born|event|deadline|expires?|valid|until|today|heute)\b|©")
_PUBLISHED = re.compile(
    r"(?i)\b(?:publi|posted|first|created|veröffentlicht|erschienen|опубликован|pubblicat|入稿|released)|입력|등록|게재|发布|公開|掲載"
)
_UTC = re.compile(r"\d(?:Z|[+-]00:?00)$")
_NEAR = 12  # blocks before and after the headline that are looked at
_OTHERS = Role.COMMENT | Role.RELATED | Role.REPEATED | Role.HIDDEN | Role.CAPTION | Role.TEASER
_LONGEST = 160  # characters of a line that names a day


@dataclass(frozen=True, slots=True)
class Day:
    """The day, and what said so; None and empty where nothing did. ``is_utc``: it is that of an instant written in UTC."""

    day: date | None = None
    source: str = ""
    is_utc: bool = False


def claimed(texts: Iterable[tuple[str, str]], language: str) -> Day:
    """The first day among texts that claim to be the day of publication, each with the name of what claims it."""
    for source, text in texts:
        day = first_day(text, day_first=order_of(language))
        if day is not None:
            return Day(day, source, _UTC.search(text) is not None)
    return Day()


def near(claimed: Day, shown: Day) -> Day:
    """Of a day that is claimed and one that readers are shown the one that counts.

    The claimed one, unless it is that of an instant in UTC and the shown one lies beside it: then it is the same instant where
    the paper is, which a content system that writes all instants in UTC does not tell.
    """
    if claimed.day is None:
        return shown
    if claimed.is_utc and shown.day is not None and abs((claimed.day - shown.day).days) == 1:
        return shown
    return claimed


def behind(blocks: Sequence[Block], language: str) -> Day:
    """The day in the first line right behind the body, where that names one alone."""
    for block in blocks[:2]:
        day = _of_line(block.text, order_of(language))
        if day is not None and day.day is not None:
            return Day(day.day, "a line behind the text")
    return Day()


def written(blocks: Sequence[Block], headline: int, start: int, language: str, times: dict[int, str], above: int = 0) -> Day:
    """The day that a line beside the headline names.

    ``start`` is where the body begins; ``times`` holds days for machines by their block; ``above`` is how many blocks before the
    headline belong to it: what stands further up is a masthead, which names today.
    """
    order = order_among(block.text for block in blocks if len(block.text) <= _LONGEST)
    if order is None:
        order = order_of(language)
    for place in _beside(len(blocks), headline, start, above):
        block = blocks[place]
        if len(block.text) > _LONGEST or block.role & _OTHERS:
            continue
        said = _of_line(block.text, order)
        if said is not None and said.day is None and place not in times:
            return Day(
                None, "a line that can be read in two ways"
            )  # the day stands there, and can be read in two ways; the next one is another's
        if (said is None or said.day is None) and place in times and not _ALTERED.search(block.text):
            said = _of_line(times[place], order)
        if said is not None and said.day is not None:
            return Day(said.day, "a line beside the headline")
    return Day()


def _beside(count: int, headline: int, start: int, above: int) -> list[int]:
    """The places near the headline: first below it, up to a little into the body, then above it."""
    last = min(max(start + 2, headline + 4), headline + _NEAR, count - 1)
    headline = min(headline, count - 1)
    return [*range(headline + 1, last + 1), *range(headline, max(headline - above, 0) - 1, -1)]


def _of_line(text: str, order: bool | None) -> Written | None:
    """The day of publication in a short line: the first that no word before it calls that of something else; None for no day."""
    begin = 0
    found = []
    for each in days_in(text, day_first=order):
        label = text[begin : each.start]
        begin = each.end
        if _ALTERED.search(label) and not _PUBLISHED.search(label):
            continue
        if _OTHER.search(label):
            continue
        found.append(each)
    if not found or len(without_days(text)) > 110:
        return None
    return found[0]


def without_days(text: str) -> str:
    """What a line says besides the days that it names."""
    pieces, begin = [], 0
    for each in days_in(text):
        pieces.append(text[begin : each.start])
        begin = each.end
    return "".join([*pieces, text[begin:]])


def of_address(url: str) -> Day:
    """The day in an address like ``/2024/11/12/`` or ``/2024/nov/12/``."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return Day()
    found = _IN_ADDRESS.search(path)
    if found is None:
        return Day()
    month = found[2].lower()
    number = _SHORT_MONTHS.index(month) + 1 if month in _SHORT_MONTHS else int(month) if month.isdigit() else 0
    try:
        return Day(date(int(found[1]), number, int(found[3])), "the address")
    except ValueError:
        return Day()


def is_altered_name(names: str) -> bool:
    """Whether the class of a ``<time>`` says that it is the instant of an alteration."""
    return not {"updated", "modified", "lastmod", "update", "modification"}.isdisjoint(
        words_of(names)
    ) and "published" not in words_of(names)

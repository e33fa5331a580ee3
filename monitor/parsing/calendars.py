"""The named ways in which dates are written: ISO 8601, RFC 2822, Korean, Juche, Chinese and Japanese. Each gives a text's parts.

Parts are the numbers that a text holds, by the letters of strptime: Y m d H M S, p for a half of the day, z for an offset.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from monitor.parsing.months import full, short

Parts = dict[str, str]
_JUCHE_EPOCH = 1911  # Juche 1 is 1912, the year of Kim Il Sung's birth; there is no Juche 0
_CLOCK = r"(?P<H>\d{1,2})(?::|시 ?|時 ?|时 ?)(?P<M>[0-5]\d)(?:(?::|분 ?|分 ?)(?P<S>[0-5]\d)초?秒?|분|分)?"
_HALF = r"(?:(?P<p>오전|오후|上午|下午|午前|午後) ?)?"
_WEEKDAY = r"(?: ?[(（]?(?:[월화수목금토일](?:요일)?|[月火水木金土日](?:曜日?)?|(?:星期|周|週)[一二三四五六日天])[)）]?)?"
_REST = rf"(?:{_WEEKDAY}(?:,? ?{_HALF}{_CLOCK})?)"
_AFTERNOON = ("오후", "下午", "午後")
_WIDE = {0xFF10 + n: str(n) for n in range(10)} | {0xFF1A: ":", 0x3000: " ", 0xFF0E: ".", 0xFF0F: "/", 0xFF3B: "[", 0xFF3D: "]"}

# ISO 8601-1:2019, calendar dates, in the extended and the basic form; RFC 3339 lets a blank stand for the T.
_ISO = re.compile(
    r"(?P<Y>\d{4})(?:-(?P<m>\d\d)-(?P<d>\d\d)|(?P<m2>\d\d)(?P<d2>\d\d))"
    r"(?:(?:[Tt]| )(?P<H>[01]\d|2[0-3]):?(?P<M>[0-5]\d)(?::?(?P<S>[0-5]\d|60)(?:[.,]\d{1,12})?)?"
    r"(?: ?(?P<z>[Zz]|[+-]\d\d(?::?[0-5]\d)?))?)?",
    re.ASCII,
)
# RFC 2822, section 3.3, with what is obsolete (4.3): years of two and three digits, zones by name. Comments are left out before.
_RFC_2822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ?, ?)?(?P<d>\d{1,2}) (?P<b>[A-Z]{3}) (?P<Y>\d{2,4})"
    r" (?P<H>\d\d) ?: ?(?P<M>[0-5]\d)(?: ?: ?(?P<S>[0-5]\d|60))?(?: (?P<z>[+-]\d{2}[0-5]\d|[A-Z]{1,5}))?",
    re.ASCII | re.IGNORECASE,
)
_COMMENT = re.compile(r"\([^()]*\)")
_NAMED_ZONES = {
    "UT": "+0000", "GMT": "+0000", "UTC": "+0000", "Z": "+0000", "EST": "-0500", "EDT": "-0400", "CST": "-0600",
    "CDT": "-0500", "MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
}  # fmt: skip
_SEPARATED = r" ?[.] ?(?P<m>\d{1,2}) ?[.] ?(?P<d>\d{1,2}) ?[.]?"
_KOREAN = [
    re.compile(rf"(?P<Y>\d{{4}})년 ?(?P<m>\d{{1,2}})월 ?(?P<d>\d{{1,2}})일{_REST}"),
    re.compile(rf"(?P<Y>\d{{4}}){_SEPARATED}{_REST}"),
    re.compile(rf"(?P<Y>\d{{4}})[-/](?P<m>\d\d)[-/](?P<d>\d\d){_REST}"),
]
_HAN = [re.compile(rf"(?P<Y>\d{{4}}) ?年 ?(?P<m>\d{{1,2}}) ?月 ?(?P<d>\d{{1,2}}) ?[日号號]{_REST}")]
_ERA = r"(?:Juche|주체) ?(?P<j>\d{1,3}) ?(?:년 ?)?(?:[(] ?(?P<Y>\d{4}) ?년? ?[)])?"
_JUCHE = [
    re.compile(rf"{_ERA}{_SEPARATED}", re.IGNORECASE),
    re.compile(rf"{_ERA} ?년? ?(?P<m>\d{{1,2}})월 ?(?P<d>\d{{1,2}})일{_WEEKDAY}"),
    re.compile(rf"{_ERA}[-/](?P<m>\d{{1,2}})[-/](?P<d>\d{{1,2}})", re.IGNORECASE),
    re.compile(rf"(?P<b>[A-Z]+)[.]? (?P<d>\d{{1,2}}),? {_ERA}", re.IGNORECASE),
    re.compile(rf"(?P<d>\d{{1,2}}) (?P<b>[A-Z]+)[.]?,? {_ERA}", re.IGNORECASE),
    re.compile(rf"(?P<Y>\d{{4}}) ?[(] ?(?:Juche|주체) ?(?P<j>\d{{1,3}}) ?[)]{_SEPARATED}", re.IGNORECASE),
]


def _iso(text: str) -> Parts | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    parts = _given(found)
    for name in "md":
        if f"{name}2" in parts:
            parts[name] = parts.pop(f"{name}2")
    return parts


def _rfc2822(text: str) -> Parts | None:
    found = _RFC_2822.fullmatch(" ".join(_COMMENT.sub(" ", text).split()))
    month = short("en").get(found["b"].lower()) if found else None
    if found is None or month is None:
        return None
    parts = _given(found) | {"m": str(month), "Y": str(_year(found["Y"]))}
    zone = parts.pop("z", "")
    if zone[:1] not in ("+", "-"):
        zone = _NAMED_ZONES.get(zone.upper(), "")  # any other name says nothing of the offset (RFC 2822, 4.3)
    return parts | ({"z": zone} if zone and zone != "-0000" else {})


def _year(digits: str) -> int:
    """RFC 2822, section 4.3: of two digits, 00 to 49 are of this century; three digits count from 1900."""
    year = int(digits)
    return year + (0 if len(digits) == 4 else 2000 if len(digits) == 2 and year < 50 else 1900)


def _eastern(expressions: list[re.Pattern[str]]) -> Callable[[str], Parts | None]:
    """What reads one of these, in brackets or without."""

    def read(text: str) -> Parts | None:
        plain = _unbracketed(text.translate(_WIDE))
        found = next((found for each in expressions if (found := each.fullmatch(plain))), None)
        if found is None:
            return None
        parts = _given(found)
        if "p" in parts:
            parts["p"] = "p" if parts["p"] in _AFTERNOON else "a"
        return parts

    return read


def _juche(text: str) -> Parts | None:
    """A year of the Juche era; the Gregorian year beside it must be the same."""
    parts = _eastern(_JUCHE)(text)
    if parts is None:
        return None
    era = int(parts.pop("j"))
    year = era + _JUCHE_EPOCH
    if not era or int(parts.get("Y", year)) != year:
        return None
    if "b" in parts:
        month = (short("en") | full("en")).get(parts.pop("b").lower())
        if month is None:
            return None
        parts["m"] = str(month)
    return parts | {"Y": str(year)}


def _given(found: re.Match[str]) -> Parts:
    return {name: value for name, value in found.groupdict().items() if value is not None}


def _unbracketed(text: str) -> str:
    inside = text[1:-1].strip() if (text[:1], text[-1:]) in (("[", "]"), ("(", ")"), ("【", "】")) else text
    return inside.strip()


NAMED_READERS: Mapping[str, Callable[[str], Parts | None]] = {
    "iso": _iso,
    "rfc2822": _rfc2822,
    "juche": _juche,
    "korean": _eastern(_KOREAN),
    "chinese": _eastern(_HAN),
    "japanese": _eastern(_HAN),
}

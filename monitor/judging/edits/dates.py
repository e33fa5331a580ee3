"""Days and hours as their parts, and whether two of them say the same.

A date is a tuple of parts: ``("y", 2021), ("m", 4), ("d", 8)``, ``("w", "thursday")``, ``("h", 14)``, ``("min", 30)``, or
``("rel", "yesterday")``. One written with slashes has two readings; the second is under ``("d2", …), ("m2", …)``.
"""

from __future__ import annotations

import re
from datetime import date

from monitor.judging.edits.tokens import narrow

Day = tuple[tuple[str, int | str], ...]
# A year of the Juche calendar began with 1912 (DPRK decree of 8 July 1997).
_JUCHE = 1911
NUMERIC = (
    r"(?<!\w)Juche\s?\d{2,3}(?:\.\d{1,2}\.\d{1,2}\b\.?)?|"
    r"(?<![\d.,/-])(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{1,2}/\d{1,2}/\d{2})(?![\d/-])"
    r"|(?<![\d:.,])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])"
)
KOREAN = (
    r"(?:(?:(?:주체 ?\d{1,3}(?: ?\(\d{4}\))?|\d{4})년\s?)?\d{1,2}월(?:\s?\d{1,2}일)?|(?<!\d)\d{4}년(?!간| ?동안)"
    r"|(?<![\d.,])\d{1,2}일(?!간|째|동안| 동안| 만에| ?이내| 안에| ?가량| 정도| ?전투)"
    r"|(?:(?:오전|오후|새벽|밤|저녁|낮|아침)\s)?(?<![\d.,])\d{1,2}시(?!간|즌)(?:\s?\d{1,2}분)?)"
)
CHINESE = r"(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号號])?|\d{4}年|(?<!\d)\d{1,2}[日号號])"
_PARTS = (("y", re.compile(r"(\d{4})\)?[年년]")), ("m", re.compile(r"(\d+)[월月]")), ("d", re.compile(r"(\d+)[일日号號]")))
_EAST_CLOCK = re.compile(r"(\d+)시(?:\s?(\d+)분)?")
_JUCHE_YEAR = re.compile(r"주체 ?(\d+)년")


def numeric(text: str) -> Day:
    """The parts of a date or hour in figures alone: ``2021-04-08``, ``08/04/2021``, ``07:00``; empty where it is none."""
    numbers = [int(each) for each in re.findall(r"\d+", narrow(text))]
    if text.startswith("Juche"):
        year = _JUCHE + numbers[0]
        return _checked(year, numbers[1], numbers[2]) if len(numbers) > 2 else (("y", year),)
    if ":" in text:
        return (("h", numbers[0]), ("min", numbers[1])) if numbers[0] < 25 and numbers[1] < 60 else ()
    if len(re.match(r"\d+", narrow(text))[0]) == 4:  # type: ignore[index]  # it begins with a figure
        return _checked(numbers[0], numbers[1], numbers[2])
    year = numbers[2] if numbers[2] > 99 else 2000 + numbers[2]
    day_first, month_first = _checked(year, numbers[1], numbers[0]), _checked(year, numbers[0], numbers[1])
    if day_first and month_first and day_first != month_first:
        return (*day_first, ("m2", numbers[0]), ("d2", numbers[1]))
    return day_first or month_first


def _checked(year: int, month: int, day: int) -> Day:
    try:
        date(year, month, day)
    except ValueError:
        return ()
    return (("y", year), ("m", month), ("d", day))


def eastern(text: str) -> Day:
    """The parts of a Korean or Chinese date."""
    text = narrow(text)
    found: list[tuple[str, int | str]] = []
    juche = _JUCHE_YEAR.search(text)
    if juche:
        found.append(("y", _JUCHE + int(juche[1])))
    for part, pattern in _PARTS:
        hit = pattern.search(text)
        if hit and not (part == "y" and juche):
            found.append((part, int(hit[1])))
    clock = _EAST_CLOCK.search(text)
    if clock:
        late = text.startswith(("오후", "저녁", "밤")) and 0 < int(clock[1]) < 12
        found += [("h", int(clock[1]) + 12 * late), ("min", int(clock[2] or 0))]
    return tuple(found)


def key(day: Day) -> str:
    """A date as a key: the same for the same parts."""
    return "date:" + " ".join(f"{name}{value}" for name, value in day)


def is_same(one: Day, other: Day, years: frozenset[int]) -> bool:
    """Whether two writings say the same: part by part, a year may be missing where it is among the article's ``years``."""
    return any(_agree(dict(a), dict(b), years) for a in _readings(one) for b in _readings(other))


def _readings(day: Day) -> list[Day]:
    parts = dict(day)
    if "d2" not in parts:
        return [day]
    year = ("y", parts["y"])
    return [(year, ("m", parts["m"]), ("d", parts["d"])), (year, ("m", parts["m2"]), ("d", parts["d2"]))]


def _agree(one: dict[str, int | str], other: dict[str, int | str], years: frozenset[int]) -> bool:
    for part in one.keys() | other.keys():
        mine, theirs = one.get(part), other.get(part)
        if mine == theirs or (part == "min" and not (mine or theirs)):
            continue
        if (
            part == "y"
            and (mine is None or theirs is None)
            and (mine or theirs) in years
            and {"m", "y"} & one.keys() & other.keys()
        ):
            continue
        return False
    return bool(one and other)

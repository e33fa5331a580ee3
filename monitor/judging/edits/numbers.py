"""Numbers as values: figures with their separators, Korean and Chinese orders of magnitude, number words, currencies."""

from __future__ import annotations

import re

from monitor.judging.edits.lexicon import first_of_line, values
from monitor.judging.edits.tokens import narrow

_GROUPED = r"\d{1,3}(?:[,.'’ \u00a0\u2009\u202f]\d{3})+(?![\d])(?:[.,]\d+)?"
_MINUS = r"(?:(?<=[\s(])[-−](?=\d))?"
FIGURE = rf"(?<![\d]){_MINUS}(?:{_GROUPED}|\d+(?:[.,]\d+)*)"
_EAST = r"(?:[십백천]{1,2}[만억조]?|[만억조]|[万亿萬億])"
EASTERN = rf"(?:\d[\d,]*(?:\.\d+)?{_EAST} ?(?=\d))*\d[\d,]*(?:\.\d+)?{_EAST}(?:\d{{1,4}}(?!\d))?"
_STEP = re.compile(r"(\d[\d,]*(?:\.\d+)?)([십백천]*)([만억조万亿萬億]?)")
_TENS = {"십": 10, "백": 100, "천": 1000}
_MYRIADS = {"만": 10**4, "万": 10**4, "萬": 10**4, "억": 10**8, "亿": 10**8, "億": 10**8, "조": 10**12}
_HAN = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_DIGITS = 15  # a longer figure is a code, and more than a float tells apart
_SEPARATORS = re.compile(r"[,'’\s]")


def figure(text: str) -> float | None:
    """The value of a figure such as ``5,156``, ``5 156``, ``3.5`` or ``1.234.567``; None for a number of a chapter or version."""
    text = narrow(text).replace("−", "-")
    bare = _SEPARATORS.sub("", text)
    if "," in text and re.search(r",\d{1,2}$", text) and text.count(",") == 1:
        bare = text.replace(".", "").replace(",", ".")  # a decimal comma: two digits or one at the end
    elif bare.count(".") > 1:
        if not re.fullmatch(r"\d{1,3}(?:\.\d{3})+", bare):
            return None
        bare = bare.replace(".", "")
    try:
        return float(bare) if len(bare) <= _DIGITS else None
    except ValueError:
        return None


def eastern(text: str) -> float | None:
    """The value of a figure with Korean or Chinese orders: ``2조 4천억``, ``1만4천200``."""
    total, below = 0.0, 0.0
    for number, tens, myriad in _STEP.findall(narrow(text)):
        part = figure(number)
        if part is None:
            return None
        for each in tens:
            part *= _TENS[each]
        below += part
        if myriad:
            total, below = total + below * _MYRIADS[myriad], 0.0
    return round(total + below, 6)


def han(text: str) -> float | None:
    """The value of a number in Chinese characters: ``二十``, ``三百五十``."""
    total, section, digit = 0, 0, 0
    for each in text[:_DIGITS]:
        if each in _HAN:
            digit = _HAN[each]
        elif _HAN_UNITS[each] >= 10**4:
            total, section, digit = (total + (section + digit or 1)) * _HAN_UNITS[each], 0, 0
        else:
            section, digit = section + (digit or 1) * _HAN_UNITS[each], 0
    return float(total + section + digit)


def key(value: float) -> str:
    """A number as a key."""
    return f"number:{value:g}" if abs(value) < 1e5 else f"number:{value:.6f}"


def unit(word: str) -> str:
    """The unit that a word or sign names, the same for all its writings."""
    return first_of_line("english", "same-units").get(word.casefold(), word.casefold())


def is_converted(value: float, one: str, other: float, another: str) -> bool:
    """Whether two amounts in two units are the same one, within two in a hundred."""
    for first, second, times in _conversions():
        for a, u, b, v in ((value, one, other, another), (other, another, value, one)):
            if u == first and v == second and b and abs(a * times / b - 1) < 0.02:
                return True
    return False


def _conversions() -> list[tuple[str, str, float]]:
    from monitor.judging.edits.lexicon import english

    return [(unit(a), unit(b), float(times)) for a, b, times in english().lines["conversions"]]


def word(text: str) -> float | None:
    """The value of an English number word."""
    return values("english", "numbers").get(text)

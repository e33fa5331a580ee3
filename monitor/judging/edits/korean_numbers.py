"""Korean numbers as words: native ones before or on what they count, rough ones, and what is written onto a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from monitor.judging.edits import numbers
from monitor.judging.edits.lexicon import korean, values
from monitor.judging.edits.tokens import Sort, Token

_WRITTEN_ON = re.compile(
    r"([가-힣]{1,2}?)(개|명|사람|차례|가지|곳|마리|대|채|시간|달|살|번째|째|번(?!호)|건|척|그루|돌)(?![가-힣]{3})"
)
_NO_NUMBER = re.compile(r"^(?:세대|열대|열차|열시|두시|네시|한개|한달|한대|한명|한번|한가지)")
_ROUGH = re.compile(r"(수[십백천]?[만억]|수[십백천])(?=$|명|채|건|개|가구|마리|곳|대|척|톤|원|년|여|발|차례)")
_DAYS = {"이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10, "보름": 15}
_UNITS = {
    "원": "원", "달러": "달러", "딸라": "달러", "엔": "엔", "위안": "위안", "유로": "유로", "퍼센트": "percent",
    "프로": "percent", "%": "percent", "킬로미터": "km", "킬로메터": "km", "킬로그램": "kg", "킬로그람": "kg",
}  # fmt: skip


def counted(token: Token) -> tuple[Token, Token | None] | None:
    """What is written onto a figure: a unit, and what follows it; None where it is no unit."""
    for written, name in _UNITS.items():
        if token.text.startswith(written):
            unit = part(token, Sort.UNIT, 0, len(written), f"unit:{numbers.unit(name)}")
            rest = part(token, Sort.FUNCTION, len(written), len(token.text)) if len(token.text) > len(written) else None
            return unit, rest
    return None


def native(token: Token, raw: Sequence[Token], at: int, ends: Sequence[int]) -> tuple[Token, Token | None] | None:
    """A number in words, and what is written onto it: ``일곱 차례``, ``여섯개의``, ``수백 명``. ``ends``: of the next eojeol."""
    value = values("korean", "native-numbers").get(token.text)
    if value is not None:
        following = raw[at + 1] if at + 1 < len(raw) else None
        is_counted = following is not None and any(following.text[:end] in korean().words["counters"] for end in ends)
        if following is None or following.lead != " " or not (is_counted or value >= 5):
            return None
        return part(token, Sort.NUMBER, 0, len(token.text), numbers.key(value), value), None
    days = _DAYS.get(token.text)
    if days is not None:
        return part(token, Sort.NUMBER, 0, len(token.text), f"number:{days}days", float(days)), None
    return _written_onto(token) or _rough(token)


def _written_onto(token: Token) -> tuple[Token, Token | None] | None:
    found = _WRITTEN_ON.match(token.text)
    value = values("korean", "native-numbers").get(found[1]) if found and not _NO_NUMBER.match(token.text) else None
    if found is None or value is None:
        return None
    return part(token, Sort.NUMBER, 0, found.end(1), numbers.key(value), value), part(
        token, Sort.WORD, found.end(1), len(token.text)
    )


def _rough(token: Token) -> tuple[Token, Token | None] | None:
    found = _ROUGH.match(token.text)
    if found is None:
        return None
    rest = part(token, Sort.WORD, found.end(), len(token.text)) if found.end() < len(token.text) else None
    return part(token, Sort.NUMBER, 0, found.end(), f"number:{found[1]}"), rest


def part(token: Token, sort: Sort, start: int, end: int, key: str = "", value: float | None = None) -> Token:
    """A part of an eojeol as a token of its own."""
    text = token.text[start:end]
    return Token(sort, text, key or text, token.lead if not start else "", token.at + start, value)


@cache
def _periods() -> re.Pattern[str]:
    return re.compile(r"(주|달|해|분기|학기|봄|여름|가을|겨울|상반기|하반기|초|말)")


def periods(raw: Sequence[Token]) -> Iterator[Token]:
    """The tokens with ``다음 주``, ``이번 달`` as one date."""
    at = 0
    while at < len(raw):
        here, following = raw[at], raw[at + 1] if at + 1 < len(raw) else None
        found = (
            _periods().match(following.text) if following is not None and here.text in _WHICH and following.lead == " " else None
        )
        if following is None or found is None or following.text[found.end() :] not in _PERIOD_ENDS:
            yield here
            at += 1
            continue
        text = f"{here.text} {found[0]}"
        yield Token(Sort.DATE, text, f"date:rel{text}", here.lead, here.at, day=(("rel", text),))
        if found.end() < len(following.text):
            yield part(following, Sort.FUNCTION, found.end(), len(following.text))
        at += 2


_WHICH = frozenset({"이번", "다음", "지난", "오는", "내년", "올해", "작년", "지난해", "이달", "지난달", "다음달"})
_PERIOD_ENDS = korean().words["ending-particles"] | {""}

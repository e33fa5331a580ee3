"""Korean names and offices: which nouns are persons, places, bodies or offices, by their shape and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from monitor.judging.edits.lexicon import korean
from monitor.judging.edits.tokens import Sort, Token

_NO_GIVEN_NAME = frozenset("국부실원회당단처청대는이가을를에의도와과로서고며다")  # with what bodies and inflected words end
_GIVEN_NAME = frozenset("훈호수영희철민준우진현석미숙순옥은연경정혁빈윤재욱규태환선주란웅섭찬범균운헌율린혜")
_LISTED = re.compile(r"[,，、·ㆍ]")
_LONGEST = 24  # letters of an eojeol
_NOUN_END = frozenset("회단당청처실부족들권률팀차사모품력급직집탑극업물점법금액값량층군읍면소가체파판계망책편터트드스크프자")
_OLD_NAMES = frozenset(
    ["영자", "순자", "미자", "춘자", "명자", "정자", "옥자", "경자", "숙자", "희자"]
)  # though nouns end with 자
_AND = ("과", "와")


@cache
def _person() -> re.Pattern[str]:
    surnames = "|".join(sorted(korean().words["surnames"], key=len, reverse=True))
    return re.compile(rf"(?:{surnames})[가-힣]{{1,2}}")


@cache
def _office_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(korean().words['office-endings'], key=len, reverse=True))})$")


@cache
def _body_end() -> re.Pattern[str]:
    lists = korean().words
    places, works, bodies = (
        "|".join(sorted(lists[name], key=len, reverse=True)) for name in ("places", "work-endings", "body-endings")
    )
    return re.compile(
        rf"^[가-힣0-9]{{1,8}}(?:{bodies})$|^[김리최박정강조][가-힣]{{2}}광장$|^(?:{places})[가-힣]{{0,8}}(?:{works})$|^[가-힣]{{2,3}}(?<![하보가오주으이되계시])[시군구읍](?<!일군)$"
    )


def ends(text: str) -> list[int]:
    """Where the noun may end: at the end, or before each particle that the eojeol ends with, the longest first."""
    if len(text) > _LONGEST:
        return [len(text)]
    found = {len(text) - size for size in range(1, min(5, len(text))) if text[-size:] in korean().words["ending-particles"]}
    return [*sorted(end for end in found if end > 0), len(text)]


def named(stem: str, token: Token, raw: Sequence[Token], at: int) -> tuple[Sort, int] | None:
    """Whether a noun is a name or an office, and how many letters of it the name takes."""
    lists = korean().words
    if stem in lists["places"]:
        return Sort.NAME, len(stem)
    if (
        stem in lists["surnames"]
        and stem not in "전현양주구신총부고"
        and len(stem) == 1
        and len(token.text) == 1
        and _is_office_next(raw, at)
    ):
        return Sort.NAME, 1
    if stem in lists["common"] or (len(stem) < 2 and stem not in ("씨", "님")):
        return None
    found = _person().match(stem)
    for size in (3, 4, 2):
        if size == 2 and stem[size:] not in ("동지", "씨", "님"):
            continue
        if (
            found
            and len(stem) > size
            and _person().fullmatch(stem[:size])
            and stem[size:] in lists["titles"]
            and stem[size:] != "상"
        ):
            return Sort.NAME, size
    if is_office(stem) and not (found and len(stem) == 3 and _is_office_next(raw, at) and stem not in lists["titles"]):
        return Sort.TITLE, len(stem)
    is_person = found is not None and found.end() == len(stem) and _is_person(stem, token, raw, at)
    return (Sort.NAME, len(stem)) if is_person or _body_end().fullmatch(stem) else None


def is_like_person(word: str) -> bool:
    """Whether a word has the shape of a person's name, and ends as given names do and common nouns hardly."""
    return (
        len(word) == 3
        and word[-1] in _GIVEN_NAME
        and _person().fullmatch(word) is not None
        and word not in korean().words["common"]
    )


def _is_person(stem: str, token: Token, raw: Sequence[Token], at: int) -> bool:
    """Whether a noun of a name's shape stands where persons are named: before or behind an office, in a list."""
    if len(stem) == 3 and stem[-1] in _NOUN_END and stem[1:] not in _OLD_NAMES:
        return False
    if len(stem) in (3, 4) and (_is_office_next(raw, at) or _is_listed(token, raw, at)):
        return True
    if is_like_person(stem) and (_is_trade_before(token, raw, at) or _is_beside_person(token.text, raw, at)):
        return True
    return len(stem) == 3 and stem[-1] not in _NO_GIVEN_NAME and _is_office_before(token, raw, at)


def _is_trade_before(token: Token, raw: Sequence[Token], at: int) -> bool:
    return at > 0 and token.lead == " " and raw[at - 1].text in korean().words["trades"]


def _is_beside_person(text: str, raw: Sequence[Token], at: int) -> bool:
    """Whether another word of a name's shape is joined with this one: 김서연과 박도현."""
    following = raw[at + 1].text if text.endswith(_AND) and at + 1 < len(raw) else ""
    before = raw[at - 1].text if at and raw[at - 1].text.endswith(_AND) else ""
    return is_like_person(following[:3]) or is_like_person(before[:-1])


def is_office(stem: str) -> bool:
    return (stem in korean().words["titles"] and len(stem) > 1) or stem in ("씨", "님") or _office_end().search(stem) is not None


def _is_office_next(raw: Sequence[Token], at: int) -> bool:
    """Whether an office stands after this eojeol, or after one word more (``권영세 통일부 장관``)."""
    token = raw[at]
    for step, following in enumerate(raw[at + 1 : at + 3]):
        if following.lead != " " or not _is_hangul(following.text):
            return False
        for end in ends(following.text):
            if is_office(following.text[:end]):
                return not (step and ends(raw[at + 1].text)[0] < len(raw[at + 1].text)) and token.text == raw[at].text
    return False


def _is_office_before(token: Token, raw: Sequence[Token], at: int) -> bool:
    """Whether nothing but an office stands right before: 지배인 김철수는."""
    return at > 0 and token.lead == " " and raw[at - 1].text in korean().words["titles"] and len(raw[at - 1].text) > 1


def _is_hangul(text: str) -> bool:
    return "가" <= text[0] <= "힣"


def _is_listed(token: Token, raw: Sequence[Token], at: int) -> bool:
    """Whether an eojeol of a name's shape stands in a list with another of that shape."""
    if len(token.text) > 5:
        return False
    if at + 1 < len(raw) and _LISTED.search(raw[at + 1].lead):
        return _person().match(raw[at + 1].text) is not None and len(token.text) == 3
    return (
        bool(_LISTED.search(token.lead))
        and at > 0
        and _person().match(raw[at - 1].text) is not None
        and len(raw[at - 1].text) == 3
    )

"""Korean: an eojeol taken apart into noun and particle, name and office, number and counter, denial, verb of saying."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from monitor.judging.edits import numbers
from monitor.judging.edits.lexicon import first_of_line, korean, values
from monitor.judging.edits.tokens import Sort, Token

_NO_DENIAL = re.compile(r"끊임없|변함없|틀림없|어김없|다름없|못지않|아랑곳없|아니라$")
_DENIES = re.compile(r"않|없|못하|못한|못할|못해|못했|^못$|^안$|^아니|말아|말라|말것|^불가능|^불가|^미정|지못|지않")
_LISTED = re.compile(r"[,，、·ㆍ]")
_LONGEST = 24  # letters of an eojeol


@cache
def _particle() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(korean().words['ending-particles'], key=len, reverse=True))})$")


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
        rf"^[가-힣0-9]{{1,8}}(?:{bodies})$|^(?:{places})[가-힣]{{0,8}}(?:{works})$|^[가-힣]{{2,3}}(?<![하보가오주으이되계시])[시군구읍](?<!일군)$"
    )


def read(raw: Sequence[Token]) -> list[Token]:
    """The tokens with every eojeol of Hangul taken apart."""
    done: list[Token] = []
    for at, token in enumerate(raw):
        if token.sort is Sort.WORD and "가" <= token.text[0] <= "힣":
            done += _eojeol(token, raw, at)
        else:
            done.append(token)
    return done


def _eojeol(token: Token, raw: Sequence[Token], at: int) -> Iterator[Token]:
    text = token.text
    behind_number = at > 0 and raw[at - 1].sort is Sort.NUMBER and token.lead in ("", " ")
    if behind_number and not (token.lead and _is_office(text)):
        yield from _counter(token)
        return
    sort = _whole(text)
    if sort is not None:
        yield _token(sort[0], token, 0, len(text), sort[1])
        return
    number = _native(token, raw, at)
    if number is not None:
        yield from number
        return
    yield from _noun(token, raw, at)


def _token(sort: Sort, token: Token, start: int, end: int, key: str = "", value: float | None = None) -> Token:
    text = token.text[start:end]
    return Token(sort, text, key or text, token.lead if not start else "", token.at + start, value)


def _whole(text: str) -> tuple[Sort, str] | None:
    """What the eojeol is as a whole: a denial, a verb of saying, a word of time, a pronoun."""
    words = korean().words
    if text in ("따르면", "의하면"):
        return Sort.SAYING, "따르면"
    if _DENIES.search(text) and not _NO_DENIAL.search(text):
        return Sort.DENIAL, text
    for stem, verb in _said().items():
        if text.startswith(stem):
            return Sort.SAYING, verb
    if text in words["pronouns"] or text in words["function"]:
        return Sort.FUNCTION, text
    return None


@cache
def _said() -> dict[str, str]:
    return dict(sorted(first_of_line("korean", "sayings").items(), key=lambda each: -len(each[0])))


def _counter(token: Token) -> Iterator[Token]:
    """What is written onto a figure: the currency as a unit, else the counter and its particle."""
    for unit in ("원", "달러", "딸라", "엔", "위안", "유로", "퍼센트", "프로", "%"):
        if token.text.startswith(unit):
            name = {"딸라": "달러", "퍼센트": "percent", "프로": "percent"}.get(unit, unit)
            yield _token(Sort.UNIT, token, 0, len(unit), f"unit:{numbers.unit(name)}")
            if len(token.text) > len(unit):
                yield _token(Sort.FUNCTION, token, len(unit), len(token.text))
            return
    yield from _with_particle(token, Sort.WORD, len(token.text))


def _native(token: Token, raw: Sequence[Token], at: int) -> Iterator[Token] | None:
    """``일곱 차례``: a native number word before what it counts."""
    value = values("korean", "native-numbers").get(token.text)
    if value is None or at + 1 >= len(raw):
        return None
    following = raw[at + 1]
    if following.lead != " " or (
        not any(following.text[:end] in korean().words["counters"] for end in _ends(following.text)) and value < 5
    ):
        return None
    return iter([_token(Sort.NUMBER, token, 0, len(token.text), numbers.key(value), value)])


def _noun(token: Token, raw: Sequence[Token], at: int) -> Iterator[Token]:
    """A noun with its particle; a name and the office written onto it are tokens of their own."""
    text = token.text
    for end in _ends(text):
        stem = text[:end]
        cut = _named(stem, token, raw, at)
        if cut is not None:
            sort, size = cut
            yield _token(sort, token, 0, size, f"name:{stem[:size]}" if sort is Sort.NAME else "")
            if size < end:
                yield _token(Sort.TITLE, token, size, end)
            if end < len(text):
                yield _token(Sort.FUNCTION, token, end, len(text))
            return
    if text in korean().words["days"] or text.rstrip("에은는의도") in korean().words["days"]:
        end = len(text) if text in korean().words["days"] else len(text.rstrip("에은는의도"))
        day = (("rel", text[:end]),)
        yield Token(Sort.DATE, text[:end], "date:rel" + text[:end], token.lead, token.at, day=day)
        if end < len(text):
            yield _token(Sort.FUNCTION, token, end, len(text))
        return
    yield from _with_particle(token, Sort.WORD, len(text))


def _ends(text: str) -> list[int]:
    """Where the noun may end: at the end, or before each particle that the eojeol ends with, the longest first."""
    if len(text) > _LONGEST:
        return [len(text)]
    found = {len(text) - size for size in range(1, min(5, len(text))) if text[-size:] in korean().words["ending-particles"]}
    return [*sorted(end for end in found if end > 0), len(text)]


def _named(stem: str, token: Token, raw: Sequence[Token], at: int) -> tuple[Sort, int] | None:
    """Whether a noun is a name or an office, and how many letters of it the name takes."""
    lists = korean().words
    if stem in lists["places"]:
        return Sort.NAME, len(stem)
    if (
        stem in lists["surnames"]
        and stem not in "전현양주구신총부"
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
    if _is_office(stem) and not (found and len(stem) == 3 and _is_office_next(raw, at) and stem not in lists["titles"]):
        return Sort.TITLE, len(stem)
    if found and found.end() == len(stem) and len(stem) in (3, 4) and (_is_office_next(raw, at) or _is_listed(token, raw, at)):
        return Sort.NAME, len(stem)
    if _body_end().fullmatch(stem):
        return Sort.NAME, len(stem)
    return None


def _is_office(stem: str) -> bool:
    return (stem in korean().words["titles"] and len(stem) > 1) or stem in ("씨", "님") or _office_end().search(stem) is not None


def _is_office_next(raw: Sequence[Token], at: int) -> bool:
    """Whether an office stands after this eojeol, or after one word more (``권영세 통일부 장관``)."""
    token = raw[at]
    for step, following in enumerate(raw[at + 1 : at + 3]):
        if following.lead != " " or not _is_hangul(following.text):
            return False
        for end in _ends(following.text):
            if _is_office(following.text[:end]):
                return not (step and _ends(raw[at + 1].text)[0] < len(raw[at + 1].text)) and token.text == raw[at].text
    return False


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


def _with_particle(token: Token, sort: Sort, end: int) -> Iterator[Token]:
    """A noun or verb and its particle, where it ends with one."""
    text = token.text
    found = _particle().search(text)
    cut = found.start() if found and found.start() >= 2 else end
    if cut == end and found and 0 < found.start() < 2 and len(found[0]) > 1:
        cut = found.start()
    yield _token(sort, token, 0, cut)
    if cut < len(text):
        yield _token(Sort.FUNCTION, token, cut, len(text))

"""Korean: an eojeol taken apart into noun and particle, name and office, number and counter, denial, verb of saying."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from monitor.judging.edits import dates, korean_numbers
from monitor.judging.edits.korean_numbers import part
from monitor.judging.edits.lexicon import first_of_line, korean
from monitor.judging.edits.tokens import Sort, Token

_NO_DENIAL = re.compile(r"끊임없|변함없|틀림없|어김없|다름없|못지않|아랑곳없|아니라$")
_DENIES = re.compile(r"않|없|못하|못한|못할|못해|못했|^못$|^안$|^아니|말아|말라|말것|^불가능|^불가|^미정|지못|지않")
_QUOTED = re.compile(r"(?:다|라|냐|자)(?:고|며|면서)$")
_VERB = re.compile(
    r"^([가-힣]*?)(?:하시였|하였|했|한|합니|하|았|었|였)?(?:다|며|면서|지만|으나)$"
)  # behind what was said: -다고 한다
_THINKS = re.compile(r"^(?:불리|불려|부르|불렀|부른|생각|보았|봤|본다|여기|여겨|느끼|느꼈|믿)")
_IS_GOING_ON = re.compile(r"^(?:있|계시|계신)")  # -고 있다
_LISTED = re.compile(r"[,，、·ㆍ]")
_HOURS: dict[str, dates.Day] = {"정오": (("h", 12), ("min", 0)), "자정": (("h", 0), ("min", 0))}
_NO_GIVEN_NAME = frozenset("국부실원회당단처청대는이가을를에의도와과로서고며다")  # with what bodies and inflected words end
_PREDICATE = frozenset("하되시리기치키히지")  # stems of verbs end so
_HANDS_OVER = frozenset({"전하", "밝히"})  # verbs of saying that mean something else with an object
_OBJECT = re.compile(r"(?<!사실)(?<!입장)(?<!뜻)(?<!내용)(?<!소식)(?<!의견)(?<!계획)(?<!방침)(?<!의사)[을를]$")
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
        rf"^[가-힣0-9]{{1,8}}(?:{bodies})$|^[김리최박정강조][가-힣]{{2}}광장$|^(?:{places})[가-힣]{{0,8}}(?:{works})$|^[가-힣]{{2,3}}(?<![하보가오주으이되계시])[시군구읍](?<!일군)$"
    )


def read(raw: Sequence[Token]) -> list[Token]:
    """The tokens with every eojeol of Hangul taken apart."""
    done: list[Token] = []
    raw = list(korean_numbers.periods(raw))
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
    sort = _whole(text) or _said_so(text, raw, at)
    if sort is not None and sort[1] in _HANDS_OVER and at and _OBJECT.search(raw[at - 1].text):
        sort = None  # 선물을 전하였다
    if sort is not None:
        end = len(text) - (1 if sort[0] in (Sort.SAYING, Sort.DENIAL) and text.endswith(("다고", "라고")) else 0)
        yield part(token, sort[0], 0, end, text[:end] if sort[0] is Sort.DENIAL else sort[1])
        if end < len(text):
            yield part(token, Sort.FUNCTION, end, len(text))
        return
    number = korean_numbers.native(token, raw, at, _ends(raw[at + 1].text) if at + 1 < len(raw) else ())
    if number is not None:
        yield number[0]
        yield from _with_particle(number[1], Sort.WORD, len(number[1].text)) if number[1] else ()
        return
    yield from _noun(token, raw, at)


def _whole(text: str) -> tuple[Sort, str] | None:
    """What the eojeol is as a whole: a denial, a verb of saying, a word of time, a pronoun."""
    words = korean().words
    if text in ("따르면", "의하면"):
        return Sort.SAYING, "따르면"
    if _DENIES.search(text) and not _NO_DENIAL.search(text):
        return Sort.DENIAL, text
    said = _saying().match(text)
    if said is not None:
        return Sort.SAYING, _said()[said[0]]
    if text in words["pronouns"] or text in words["function"]:
        return Sort.FUNCTION, text
    return None


@cache
def _saying() -> re.Pattern[str]:
    return re.compile("|".join(_said()))


@cache
def _said() -> dict[str, str]:
    return dict(sorted(first_of_line("korean", "sayings").items(), key=lambda each: -len(each[0])))


def _counter(token: Token) -> Iterator[Token]:
    """What is written onto a figure: the currency as a unit, else the counter and its particle."""
    found = korean_numbers.counted(token)
    if found is None:
        yield from _with_particle(token, Sort.WORD, len(token.text))
    else:
        yield from (each for each in found if each is not None)


def _said_so(text: str, raw: Sequence[Token], at: int) -> tuple[Sort, str] | None:
    """Whatever verb stands behind what was said (``-다고 한다``, ``"…"라며 일축했다``); the auxiliary of ``-고 있다``."""
    if not at:
        return None
    before = raw[at - 1]
    if _IS_GOING_ON.match(text) and before.text.endswith("고") and not before.lead.strip():
        return Sort.FUNCTION, text
    is_quoted = _QUOTED.search(before.text) is not None or (before.text in ("고", "며") and before.lead != " ")
    verb = _VERB.match(text)
    if not is_quoted or verb is None or _THINKS.match(text):
        return None
    return Sort.SAYING, _said_stem(verb[1])


def _said_stem(stem: str) -> str:
    """The verb of saying that a stem is of, by the list; else the stem itself, ``하`` for the plainest of them."""
    return next((verb for form, verb in _said().items() if stem.startswith(form)), stem) if stem else "하"


def _noun(token: Token, raw: Sequence[Token], at: int) -> Iterator[Token]:
    """A noun with its particle; a name and the office written onto it are tokens of their own."""
    text = token.text
    for end in _ends(text):
        stem = text[:end]
        if text[end : end + 1] == "였":
            continue  # 흔드시였다 is a verb
        cut = _named(stem, token, raw, at)
        if cut is not None:
            sort, size = cut
            yield part(token, sort, 0, size, f"name:{stem[:size]}" if sort is Sort.NAME else "")
            if size < end:
                yield part(token, Sort.TITLE, size, end)
            if end < len(text):
                yield part(token, Sort.FUNCTION, end, len(text))
            return
    if any(text[:end] in korean().words["function"] for end in _ends(text)):
        yield part(token, Sort.FUNCTION, 0, len(text))
        return
    end = next((end for end in reversed(_ends(text)) if text[:end] in korean().words["days"]), 0)
    if end:
        day = _HOURS.get(text[:end], (("rel", text[:end]),))
        yield Token(Sort.DATE, text[:end], dates.key(day), token.lead, token.at, day=day)
        if end < len(text):
            yield part(token, Sort.FUNCTION, end, len(text))
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
    is_person = found is not None and found.end() == len(stem) and _is_person(stem, token, raw, at)
    return (Sort.NAME, len(stem)) if is_person or _body_end().fullmatch(stem) else None


def _is_person(stem: str, token: Token, raw: Sequence[Token], at: int) -> bool:
    """Whether a noun of a name's shape stands where persons are named: before or behind an office, in a list."""
    if len(stem) in (3, 4) and (_is_office_next(raw, at) or _is_listed(token, raw, at)):
        return True
    return len(stem) == 3 and stem[-1] not in _NO_GIVEN_NAME and _is_office_before(token, raw, at)


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


def _with_particle(token: Token, sort: Sort, end: int) -> Iterator[Token]:
    """A noun or verb and its particle, where it ends with one."""
    text = token.text
    found = _particle().search(text)
    if text.endswith("다고") and len(text) > 3 and end == len(text):  # 되였다고 is 되였다 with a particle
        yield part(token, sort, 0, end - 2)
        yield part(token, Sort.FUNCTION, end - 2, end - 1)
        yield part(token, Sort.FUNCTION, end - 1, end)
        return
    cut = found.start() if found and found.start() >= 2 else end
    if found and found[0] == "였다" and text[cut - 1] in _PREDICATE:
        cut = len(text) - 1  # 하였다, 되였다: no noun with 였다
    if cut == end and found and 0 < found.start() < 2 and len(found[0]) > 1:
        cut = found.start()
    yield part(token, sort, 0, cut)
    if cut < len(text):
        yield part(token, Sort.FUNCTION, cut, len(text))

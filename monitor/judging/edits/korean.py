"""Korean: an eojeol taken apart into noun and particle, name and office, number and counter, denial, verb of saying."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from monitor.judging.edits import dates, korean_numbers
from monitor.judging.edits.korean_names import ends, is_office, named
from monitor.judging.edits.korean_numbers import part
from monitor.judging.edits.lexicon import first_of_line, korean
from monitor.judging.edits.tokens import Sort, Token

_NO_DENIAL = re.compile(r"끊임없|변함없|틀림없|어김없|다름없|못지않|아랑곳없|아니라$")
_DENIES = re.compile(r"않|없|못하|못한|못할|못해|못했|^못$|^안$|^아[니닌닐님닙]|말아|말라|말것|^불가능|^불가|^미정|지못|지않")
_QUOTED = re.compile(r"(?:다|라|냐|자)(?:고|며|면서)$")
_VERB = re.compile(
    r"^([가-힣]*?)(?:하시였|하였|했|한|합니|하|았|었|였)?(?:다|며|면서|지만|으나)$"
)  # behind what was said: -다고 한다
_THINKS = re.compile(r"^(?:불리|불려|부르|불렀|부른|생각|보았|봤|본다|여기|여겨|느끼|느꼈|믿)")
_IS_GOING_ON = re.compile(r"^(?:있|계시|계신)")  # -고 있다
_HOURS: dict[str, dates.Day] = {"정오": (("h", 12), ("min", 0)), "자정": (("h", 0), ("min", 0))}
_PREDICATE = frozenset("하되시리기치키히지")  # stems of verbs end so
_HANDS_OVER = frozenset({"전하", "밝히"})  # verbs of saying that mean something else with an object
_OBJECT = re.compile(r"(?<!사실)(?<!입장)(?<!뜻)(?<!내용)(?<!소식)(?<!의견)(?<!계획)(?<!방침)(?<!의사)[을를]$")


@cache
def _particle() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(korean().words['ending-particles'], key=len, reverse=True))})$")


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
    if at and not token.lead and raw[at - 1].sort is Sort.UNIT and text in korean().words["ending-particles"]:
        yield part(token, Sort.FUNCTION, 0, len(text))  # 3.2%나
        return
    behind_number = at > 0 and raw[at - 1].sort is Sort.NUMBER and token.lead in ("", " ")
    if behind_number and not (token.lead and is_office(text)):
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
    number = korean_numbers.native(token, raw, at, ends(raw[at + 1].text) if at + 1 < len(raw) else ())
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
    for end in ends(text):
        stem = text[:end]
        if text[end : end + 1] == "였":
            continue  # 흔드시였다 is a verb
        cut = named(stem, token, raw, at)
        if cut is not None:
            sort, size = cut
            yield part(token, sort, 0, size, f"name:{stem[:size]}" if sort is Sort.NAME else "")
            if size < end:
                yield part(token, Sort.TITLE, size, end)
            if end < len(text):
                yield part(token, Sort.FUNCTION, end, len(text))
            return
    if any(text[:end] in korean().words["function"] for end in ends(text)):
        yield part(token, Sort.FUNCTION, 0, len(text))
        return
    end = next((end for end in reversed(ends(text)) if text[:end] in korean().words["days"]), 0)
    if end:
        day = _HOURS.get(text[:end], (("rel", text[:end]),))
        yield Token(Sort.DATE, text[:end], dates.key(day), token.lead, token.at, day=day)
        if end < len(text):
            yield part(token, Sort.FUNCTION, end, len(text))
        return
    yield from _with_particle(token, Sort.WORD, len(text))


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

"""Chinese, and Han characters in general: names after surnames, offices, denials and verbs of saying, the rest one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from monitor.judging.edits import numbers
from monitor.judging.edits.lexicon import chinese
from monitor.judging.edits.tokens import Sort, Token

_HAN = re.compile("[\u3400-\u9fff]+")


@cache
def _pieces() -> re.Pattern[str]:
    lists = chinese().words

    def any_of(name: str) -> str:
        return "|".join(sorted(lists[name], key=len, reverse=True))

    person = f"(?:{any_of('surnames')})(?:(?![和与及等])[\u3400-\u9fff]){{1,2}}"
    titles = any_of("titles")
    return re.compile(
        f"(?P<name>{any_of('places')})|(?P<day>{any_of('days')})|(?P<title>{titles})"
        f"|(?P<number>[零一二三四五六七八九十百千万亿两]{{2,}}|[二三四五六七八九十两](?=[年个名人次位万亿]))"
        f"|(?P<person>{person})(?=$|[和与及]|{titles}|{any_of('sayings')})"
        f"|(?P<saying>{any_of('sayings')})|(?P<denial>{any_of('denials')})|(?P<function>{any_of('particles')})|(?P<word>.)"
    )


def read(raw: Sequence[Token]) -> list[Token]:
    """The tokens with every run of Han characters taken apart."""
    done: list[Token] = []
    for token in raw:
        if token.sort is Sort.WORD and _HAN.match(token.text):
            done += _run(token)
        else:
            done.append(token)
    return done


def _run(token: Token) -> Iterator[Token]:
    sorts = {"name": Sort.NAME, "person": Sort.NAME, "title": Sort.TITLE, "saying": Sort.SAYING, "denial": Sort.DENIAL}
    after_title = False
    at = 0
    text = token.text
    while at < len(text):
        found = _pieces().match(text, at)
        if found is None:
            return
        group, piece = found.lastgroup or "word", found[0]
        if after_title and group == "word" and piece in chinese().words["surnames"]:
            piece, group = text[at : at + 3], "person"
        lead = token.lead if not at else ""
        if group == "number":
            value = numbers.han(piece)
            yield Token(Sort.NUMBER, piece, numbers.key(value or 0.0), lead, token.at + at, value)
        elif group == "day":
            yield Token(Sort.DATE, piece, "date:rel" + piece, lead, token.at + at, day=(("rel", piece),))
        else:
            sort = sorts.get(group, Sort.FUNCTION if group == "function" else Sort.WORD)
            key = {Sort.NAME: f"name:{piece}", Sort.DENIAL: "不"}.get(sort, piece)
            yield Token(sort, piece, key, lead, token.at + at)
        after_title = group == "title"
        at += len(piece)

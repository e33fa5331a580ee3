"""A sentence read: its raw words first, by script, then what they amount to, by language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.judging.edits import chinese, dates, english, korean, lexicon, numbers
from monitor.judging.edits.tokens import Sort, Token, narrow

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_LETTER = rf"[^\W\d_{_HAN}가-힣\u3040-\u30ff\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46]"
# What stands in a mark-up without words for a reader, as pages have it that were taken for text.
_BARE = r"""(?:[^<>{}\n"']|"[^"\s]{0,200}"|'[^'\s]{0,200}'){0,400}?"""
_RAW = re.compile(
    rf"(?P<markup><[/a-z]{_BARE}>|\{{[%{{]{_BARE}[%}}]\}})"
    r"|(?P<url>https?://[^\s<>\"')\]]+|(?<![\w/.-])/?[A-Za-z][\w.-]{0,60}(?:/[\w.%-]{1,80}){2,20}/?|(?<![\w/])/[\w.-]{1,80}(?:/[\w.%-]{0,80}){1,20}"
    r"|(?<![\w-])[\w-]{1,60}\.(?:html?|php|aspx|png|jpe?g|gif|svg|pdf|md|com|org|net|gov)\b(?:/[^\s<>\"')\]]*)?)"
    rf"|(?P<eastern>{dates.KOREAN}|{dates.CHINESE})"
    rf"|(?P<numeric>{dates.NUMERIC})"
    rf"|(?P<orders>{numbers.EASTERN})"
    r"|(?P<score>(?<![\d:.,/–-])\d{1,3}(?:[-–]\d{1,3}|:\d)(?![\d:/%–-]|[.,]\d))"
    r"|(?P<code>\b\d+[A-Z][A-Za-z\d]*\b)"
    rf"|(?P<figure>{numbers.FIGURE})"
    r"|(?P<sign>\b(?:US|HK|NT|AU?|CA?)\$|[$€£¥₩％‰℃㎥㎡㎞㎏㎜㎝]|(?<!\{)%(?!\}))"
    r"|(?P<number>\b[Nn]os?\.(?=\s?\d))"
    r"|(?P<dotted>\b(?:[A-Za-z]\.){2,})"
    rf"|(?P<korean>[가-힣]+)"
    rf"|(?P<han>[{_HAN}]+)"
    r"|(?P<denied>(?<![少危])な(?:い|かった|く(?!な))|ません(?:でした)?)"  # Japanese
    r"|(?P<kana>[\u30a1-\u30fa\u30fc]+|[\u3041-\u309f])"
    rf"|(?P<thai>[\u0e40-\u0e44]?[\u0e01-\u0e30\u0e32\u0e33\u0e45\u0e46][{_MARKS}]*)"
    rf"|(?P<word>{_LETTER}(?:{_LETTER}|[{_MARKS}\d_])*(?:['’]{_LETTER}+)*)"
)
_CONTRACTED = re.compile(r"(?i)(?<=[a-z])(?:n['’]t|['’](?:s|ll|re|ve|d|m))$")
_WHOLE = {"won't": ("wo", "will"), "can't": ("ca", "can"), "shan't": ("sha", "shall"), "cannot": ("can", "can")}
_GLUED = re.compile(r"([A-Z][a-z]{3,}|[a-z]{2,})(?=[A-Z][a-z])")  # ComradeKim, byKim
_LONGEST = 20_000  # characters of a sentence that are read; nobody writes longer ones


def read(text: str, known: frozenset[str] = frozenset(), *, is_headline: bool = False) -> list[Token]:
    """The tokens of a sentence. ``known`` are words of names that stand elsewhere in the article; a headline needs them."""
    raw = list(_raw(text[:_LONGEST]))
    if not raw:
        return []
    if text.isascii():
        return english.read(raw, text, known, is_headline)
    if any(token.sort is Sort.WORD and "가" <= token.text[0] <= "힣" for token in raw):
        raw = korean.read(raw)
    raw = chinese.read(raw)
    return english.read(raw, text, known, is_headline)


def _raw(text: str) -> Iterator[Token]:
    end = 0
    for found in _RAW.finditer(text):
        lead = text[end : found.start()]
        end = found.end()
        yield from _one(found.lastgroup or "", found[0], lead, found.start())


def _one(group: str, text: str, lead: str, at: int) -> Iterator[Token]:
    if group == "word":
        yield from _word(text, lead, at)
    elif group in ("eastern", "numeric"):
        day = dates.eastern(text) if group == "eastern" else dates.numeric(text)
        yield Token(Sort.DATE if day else Sort.NUMBER, text, dates.key(day) if day else f"number:{text}", lead, at, day=day)
    elif group == "score":
        yield Token(Sort.NUMBER, text, "number:" + re.sub(r"[-–:]", "-", text), lead, at)
    elif group in ("figure", "orders"):
        value = numbers.figure(text) if group == "figure" else numbers.eastern(text)
        yield Token(Sort.NUMBER, text, f"number:{text}" if value is None else numbers.key(value), lead, at, value)
    elif group == "sign":
        yield Token(Sort.UNIT, text, f"unit:{numbers.unit(narrow(text))}", lead, at)
    elif group == "number":
        yield Token(Sort.FUNCTION, text, "number", lead, at)
    elif group == "denied":
        yield Token(Sort.DENIAL, text, "ない", lead, at)
    elif group == "kana" and "\u3041" <= text[0] <= "\u309f":
        yield Token(Sort.FUNCTION, text, text, lead, at)  # endings and particles, most of them
    elif group == "dotted":
        yield Token(Sort.WORD, text, text.replace(".", "").casefold(), lead, at)
    else:
        yield Token(Sort.WORD, text, text if group in ("url", "markup") else text.casefold(), lead, at)


def _word(text: str, lead: str, at: int) -> Iterator[Token]:
    """A word, a contraction as the two that it is."""
    glued = _GLUED.match(text)
    if glued is not None and (
        glued[1].casefold() in lexicon.english().words["titles"] or glued[1] in lexicon.english().words["function"]
    ):
        yield from _word(glued[1], lead, at)
        yield from _word(text[glued.end(1) :], "", at + glued.end(1))
        return
    small = text.casefold().replace("’", "'")
    if small in _WHOLE:
        first, key = _WHOLE[small]
        yield Token(Sort.WORD, text[: len(first)], key, lead, at)
        yield Token(Sort.DENIAL, text[len(first) :], "not", "", at + len(first))
        return
    found = _CONTRACTED.search(text)
    if found is None:
        yield Token(Sort.WORD, text, small, lead, at)
        return
    end = found.start()
    key = "not" if small.endswith("n't") else small[end:]
    yield Token(Sort.WORD, text[:end], small[:end], lead, at)
    yield Token(Sort.DENIAL if key == "not" else Sort.FUNCTION, text[end:], key, "", at + end)

"""Where in a text words stand within quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right

_PAIRS = {"“": "”", "„": "“”", "«": "»", "《": "》", "〈": "〉", "「": "」", "『": "』", "‘": "’", "»": "«"}
_MARK = re.compile("[\"“”„«»《》〈〉「」『』‘’']|\n")
_MARKUP = re.compile(r"<[/a-z][^<>\n]{0,400}>|\{[%{][^{}\n]{0,400}[%}]\}")
_LONGEST = 4000  # characters: a mark that is not closed for so long opened nothing
_CLOSED = 600  # characters within which an apostrophe that opens a quotation is closed
_MOST = 100_000  # characters of a text that is looked through
Span = tuple[int, int]

_BEHIND = 1 << 60  # an end behind that of any text


def quoted(text: str) -> list[Span]:
    """The spans within quotation marks, without the marks, in order; of nested ones the outermost."""
    if len(text) > _MOST:
        return []
    found: list[Span] = []
    closing, start = "", 0
    markup = [hit.span() for hit in _MARKUP.finditer(text)] if "<" in text or "{" in text else []
    for hit in _MARK.finditer(text):
        mark, at = hit[0], hit.start()
        while markup and markup[0][1] <= at:
            markup.pop(0)
        if markup and markup[0][0] <= at and mark != "\n":
            continue  # the value of an attribute is nobody's words
        if not closing:
            closing, start = _opens(mark, text, at), at + 1
        elif mark == "\n":
            if mark == "\n" and closing not in ("'", "’"):
                found.append((start, at))  # a quotation over several paragraphs is closed in the last
            closing = ""
        elif mark in closing and _closes(mark, text, at):
            found.append((start, at))
            closing = ""
    if closing and closing not in ("'", "’") and len(text) - start < _LONGEST:
        found.append((start, len(text)))
    return [(a, b) for a, b in found if b > a]


def _opens(mark: str, text: str, at: int) -> str:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark == '"':
        return '"'
    if mark == "'":
        return "'" if not before.isalnum() and (after.isalnum() or after == '"') and _is_closed(text, at) else ""
    return _PAIRS.get(mark, "") if mark != "»" or not before.isalnum() else ""


def _is_closed(text: str, at: int) -> bool:
    """Whether an apostrophe that may open a quotation is closed in its paragraph, and no ``'90s`` or ``'tis``."""
    end = text.find("\n", at)
    rest = text[at + 1 : end if end >= 0 else at + _LONGEST]
    return re.search(r"[\w.,!?;]'(?![^\W가-힣])", rest[:_CLOSED]) is not None and not rest[:1].isdigit()


def _closes(mark: str, text: str, at: int) -> bool:
    if mark not in ("'", "’"):
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if after.isalnum() and not "가" <= after <= "힣":  # a Korean particle is written onto the mark
        return False
    # The genitive of a plural (workers' party) closes nothing while another mark may still do so.
    is_genitive = before == "s" and after == " " and text[at + 2 : at + 3].isalpha()
    return not (is_genitive and re.search(rf"[\w.,!?]{mark}(?!\w)", text[at + 1 : at + _CLOSED]))


def is_within(at: int, spans: list[Span]) -> bool:
    """Whether a place lies in one of the spans, which are in order."""
    found = bisect_right(spans, (at, _BEHIND)) - 1
    return found >= 0 and at < spans[found][1]

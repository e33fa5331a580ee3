"""Two versions of a story newly worded: which facts stand in one of them only."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.article import Article
from monitor.judging.edits import dates, sentences, spelling, whole
from monitor.judging.edits.english import is_weak
from monitor.judging.edits.reading import read
from monitor.judging.edits.regions import Known, stands
from monitor.judging.edits.tokens import Sort, Token
from monitor.model import Edit, EditClass

_MANY = 60  # names, and days, on the other side that are looked at for another writing of one
_CLASSES = {Sort.NAME: EditClass.NAME, Sort.NUMBER: EditClass.NUMBER, Sort.DATE: EditClass.DATE}


def facts(before: Article, after: Article, known: Known) -> Iterator[Edit]:
    """The names, numbers and dates that stand in one version only; those that may have become one another as one edit."""
    old, new = _facts(before), _facts(after)
    for sort, what in _CLASSES.items():
        keys = [{token.key for token in side[sort]} for side in (old, new)]
        gone = [t for t in old[sort] if t.key not in keys[1] and not _is_among(t, new[sort], known.new, known)]
        come = [t for t in new[sort] if t.key not in keys[0] and not _is_among(t, old[sort], known.old, known)]
        if sort is Sort.NUMBER and not (gone and come):
            gone, come = ([token for token in side if not is_weak(token) and token.value != 1] for side in (gone, come))
        if len(gone) == len(come) == 1:
            yield Edit(what, gone[0].text, come[0].text, "text")
        else:
            yield from (Edit(what, token.text, "", "text") for token in gone)
            yield from (Edit(what, "", token.text, "text") for token in come)


def _facts(article: Article) -> dict[Sort, list[Token]]:
    found: dict[Sort, dict[str, Token]] = {sort: {} for sort in _CLASSES}
    for sentence in sentences.split(whole.body(article)):
        for token in read(sentence.text):
            if token.sort in found and not _is_vague(token):
                found[token.sort].setdefault(token.key, token)
    return {sort: list(tokens.values()) for sort, tokens in found.items()}


def _is_vague(token: Token) -> bool:
    """Whether a date only says when from where the writer stands: ``this week``."""
    return bool(token.day) and all(part == "rel" for part, _ in token.day)


def _is_among(token: Token, others: list[Token], text: str, known: Known) -> bool:
    """Whether a fact stands among others, in another writing. Where they are many, only a name is looked for, as it is."""
    if token.sort is Sort.DATE:
        others = others if len(others) <= _MANY else []
        return any(dates.is_same(token.day, other.day, known.years) or _is_within(token, other) for other in others)
    if token.sort is Sort.NUMBER:
        return False
    name = token.key.removeprefix("name:")
    if stands(token, text) or len(others) > _MANY:
        return stands(token, text)
    names = [other.key.removeprefix("name:") for other in others]
    return any(spelling.is_same_name(name, other) or _words(name) == _words(other) for other in names)


def _words(name: str) -> set[str]:
    """The words of a name in any order: the DPRK Foreign Ministry, the Foreign Ministry of the DPRK."""
    return set(name.split()) - {"of", "the"}


def _is_within(one: Token, other: Token) -> bool:
    """Whether one date is part of the other: the month of a day."""
    return bool(one.day) and (set(one.day) <= set(other.day) or set(other.day) <= set(one.day))

"""Words that are names because the other side of an edit, or the rest of the article, knows them as names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from monitor.judging.edits.korean_names import is_like_person
from monitor.judging.edits.lexicon import is_known, korean
from monitor.judging.edits.reading import read
from monitor.judging.edits.tokens import Sort, Token, as_sort

_ALIKE = 2  # syllables of three
_FEW = 3  # words of which one may be a name
_PARTS = 5  # words of a name with an office


def unglued(tokens: list[Token], people: Sequence[str]) -> list[Token]:
    """Names to which a word is stuck (``Kim Jong Unsaid``), as pages have it where a mark-up ended between them."""
    if not people:
        return tokens
    done: list[Token] = []
    begun = tuple(people)
    for token in tokens:
        if token.sort is not Sort.NAME or not token.text.startswith(begun):
            done.append(token)
            continue
        name = next((each for each in people if len(each) < len(token.text) and token.text.startswith(each)), None)
        rest = token.text[len(name) :] if name else ""
        if name and rest.isalpha() and rest.islower() and is_known(rest):
            done.append(Token(Sort.NAME, name, f"name:{name.casefold()}", token.lead, token.at))
            done += [replace(each, at=each.at + token.at + len(name)) for each in read(rest)]
        else:
            done.append(token)
    return done


def named(tokens: list[Token], others: Sequence[Token]) -> list[Token]:
    """A word is a name where the other side knows it as one, by an office written to it."""
    names = {token.text for token in others if token.sort is Sort.NAME}
    beginnings = {name[:2] for name in names}
    titled = tuple(f" {name.text}" for title, name in pairwise(others) if (title.sort, name.sort) == (Sort.TITLE, Sort.NAME))
    done: list[Token] = []
    for at, token in enumerate(tokens):
        if token.sort is Sort.NAME and titled and token.text.endswith(titled) and token.text.count(" ") < _PARTS:
            done += _without_office(token, titled)
            continue
        if (
            titled
            and token.sort is Sort.WORD
            and token.text[0].isupper()
            and at + 1 < len(tokens)
            and f" {tokens[at + 1].text}" in titled
        ):
            done.append(as_sort(token, Sort.TITLE))
            continue
        if token.sort is not Sort.WORD or token.text[:2] not in beginnings:
            done.append(token)
            continue
        particle = tokens[at + 1] if at + 1 < len(tokens) and not tokens[at + 1].lead else None
        done += _split_name(token, particle, names)
    return done


def people(old: list[Token], new: list[Token]) -> tuple[list[Token], list[Token]]:
    """Two Korean words alike are names where both have the shape of a person's name: 최지훈, 최지운."""
    words = [[token for token in side if token.sort is Sort.WORD] for side in (old, new)]
    if max(map(len, words)) > _FEW:
        return old, new
    alike = [(one, other) for one in words[0] for other in words[1] if _are_people(one.text, other.text)]
    if len(alike) != 1:
        return old, new
    one, other = (
        [as_sort(t, Sort.NAME, f"name:{t.key}") if t is alike[0][side] else t for t in (old, new)[side]] for side in (0, 1)
    )
    return one, other


def _are_people(one: str, other: str) -> bool:
    if not (is_like_person(one) and is_like_person(other)) or one[:2] in korean().words["places"]:
        return False
    return sum(a == b for a, b in zip(one, other, strict=True)) >= _ALIKE


def _without_office(token: Token, titled: tuple[str, ...]) -> list[Token]:
    """A word with a capital where the other side has an office is an office, too: ``Skipper Jorge Ruiz``."""
    name = next(name for name in titled if token.text.endswith(name))
    size = len(token.text) - len(name)
    if " " in token.text[:size]:
        return [token]
    office = Token(Sort.TITLE, token.text[:size], token.text[:size].casefold(), token.lead, token.at)
    return [office, Token(Sort.NAME, name[1:], f"name:{name[1:].casefold()}", " ", token.at + size + 1)]


def _split_name(token: Token, particle: Token | None, names: set[str]) -> list[Token]:
    """A word that is a name, or one that lost a syllable of it to a particle: 박미라는."""
    if token.text in names:
        return [as_sort(token, Sort.NAME, f"name:{token.key}")]
    for name in names:
        if (
            particle is not None
            and "가" <= name[0] <= "힣"
            and name.startswith(token.text)
            and (token.text + particle.text).startswith(name)
        ):
            return [Token(Sort.NAME, name, f"name:{name}", token.lead, token.at)]
    return [token]

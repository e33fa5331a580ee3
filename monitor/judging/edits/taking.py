"""A changed run, explained bit by bit: an edit takes the tokens that it explains."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.judging.edits.lexicon import chinese, korean
from monitor.judging.edits.pairing import Run
from monitor.judging.edits.tokens import Sort, Token
from monitor.model import Edit, EditClass

ONE_BY_ONE = 40  # facts of a kind in one run that are told one by one


def take(run: Run, what: EditClass, old: Sequence[Token], new: Sequence[Token]) -> None:
    """Explains tokens by one edit."""
    run.found.append(Edit(what, text(old), text(new)))
    drop(run, old, new)


def drop(run: Run, old: Sequence[Token], new: Sequence[Token]) -> None:
    """Takes tokens from a run without an edit."""
    gone = {id(token) for token in (*old, *new)}
    run.old = [token for token in run.old if id(token) not in gone]
    run.new = [token for token in run.new if id(token) not in gone]


def of(tokens: Sequence[Token], *sorts: Sort) -> list[Token]:
    """The tokens of these sorts."""
    return [token for token in tokens if token.sort in sorts]


def left(tokens: Sequence[Token]) -> list[Token]:
    """The words that say something."""
    return [token for token in tokens if token.sort is not Sort.FUNCTION]


def is_address(token: Token) -> bool:
    """Whether a token is an address or a mark-up: no word for a reader."""
    return token.text[0] in "<{/" or "://" in token.text


def text(tokens: Sequence[Token]) -> str:
    """The tokens as they are read."""
    return "".join((" " if at and token.lead else "") + token.text for at, token in enumerate(tokens))


def is_particle(token: Token) -> bool:
    """Whether a token is a Korean particle or ending, or a Chinese one: it follows what stands before it."""
    return token.sort is Sort.FUNCTION and (
        ("가" <= token.text[0] <= "힣" and not token.lead and token.text not in korean().words["pronouns"])
        or token.text in chinese().words["particles"]
    )

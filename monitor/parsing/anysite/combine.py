"""The readers combined: a paragraph that most of them take is in, and how far they agree says how sure the result is.

Our own reading, trafilatura's and the ``articleBody`` of JSON-LD each vote on the blocks of our walk. The text is always that of
the walk; the others only say which blocks belong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.article import fold
from monitor.parsing.anysite.blocks import HEADINGS, Block, Outline, plain
from monitor.parsing.anysite.density import Own, is_bio
from monitor.parsing.anysite.lines import is_credit
from monitor.parsing.anysite.names import Role
from monitor.parsing.references import unescaped

_LINES = re.compile(r"\s*(?:\n|</p>|<br\s*/?>)\s*", re.IGNORECASE)
_LEAST_ALONE = 500  # characters of an articleBody that is the article where the page does not show it
_SHOWN = 0.5  # of an articleBody: where more stands on the page, the page is read
_TAG = re.compile(r"<[^<>]{0,400}>")
_LEAST_BODY = 200  # letters of an articleBody that is believed
_WHOLE = 0.85  # of an articleBody that must stand on the page, and of our reading that it must cover
_AGREE = 0.55
_LONGEST_INSET = 280  # the weight of what a page sets into an article that its articleBody does not hold
_REPEATED = 30  # letters of a text that is hardly ever there twice by chance
_HARD = Role.COMMENT | Role.RELATED | Role.REPEATED | Role.HIDDEN | Role.CAPTION | Role.FORM | Role.CHROME
_NO_BODY = frozenset({
    "the title", "a line that is no body", "a teaser", "an ending", "after an ending", "a day", "an author",
    "above the headline", "a link",
})  # fmt: skip  # why our own reading leaves out what the library alone cannot bring in
_WIDER = 0.8  # of our reading: what takes as much of it and other prose besides has found the other parts of a body in parts
_MOST_SEARCHED = 40_000_000  # characters gone through in looking for blocks in a text


@dataclass(frozen=True, slots=True)
class Votes:
    """Which blocks each reader takes. ``body`` is None where JSON-LD gives none that can be believed.

    ``is_wider``: the library takes nearly all that we take, and as much again.
    """

    own: frozenset[int]
    extracted: frozenset[int]
    body: frozenset[int] | None = None
    is_wider: bool = False


@dataclass(frozen=True, slots=True)
class Combined:
    """The blocks that are the article, how far the readers agree (0 to 1), and which of them were heard.

    ``whole`` is the article where it stands in JSON-LD alone.
    """

    taken: tuple[int, ...] = ()
    agreement: float = 0.0
    heard: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


def matched(page: Outline, lines: Sequence[str]) -> frozenset[int]:
    """The blocks whose text stands among the lines of another reader, or in one of them."""
    texts = [plain(line) for line in lines]
    exact, whole = set(texts), "\n".join(texts)
    return _found(page.blocks, exact, whole)


def in_body(page: Outline, body: str, own: Own) -> frozenset[int] | None:
    """The blocks that an ``articleBody`` holds; None unless it is whole and agrees with the page."""
    text = plain(unescaped(_TAG.sub(" ", body))) if len(body) <= 2_000_000 else ""
    if len(text) < _LEAST_BODY:
        return None
    found = _found(page.blocks, set(), text)
    lengths = {number: len(page.blocks[number].plain) for number in found | own.taken}
    shown = sum(lengths[number] for number in found if not page.blocks[number].role & Role.HIDDEN)
    covered = sum(lengths[number] for number in found & own.taken)
    ours = sum(lengths[number] for number in own.taken)
    if shown < _WHOLE * len(text) or shown > 1.3 * len(text) + 400 or covered < _WHOLE * ours:
        return None
    return found


def only_in_body(page: Outline, body: str, own: Own) -> tuple[str, ...]:
    """The paragraphs of an ``articleBody`` that the page shows the beginning of at the most; nothing where it shows more."""
    if not _LEAST_ALONE <= len(body) <= 500_000:
        return ()
    lines = [fold(unescaped(_TAG.sub(" ", line))) for line in _LINES.split(body)]
    text = plain(" ".join(lines))
    shown = sum(len(block.plain) for block in page.blocks if len(block.plain) >= 20 and block.plain in text)
    if shown > _SHOWN * len(text) or len(text) < _LEAST_BODY:
        return ()
    ours = sum(len(page.blocks[number].plain) for number in own.taken)
    beginning = any(len(page.blocks[number].plain) >= 40 and page.blocks[number].plain[:40] in text for number in own.inside)
    return tuple(line for line in lines if line) if beginning or ours < _SHOWN * len(text) else ()


def _found(blocks: Iterable[Block], exact: set[str], whole: str) -> frozenset[int]:
    found, left = set(), _MOST_SEARCHED
    for block in blocks:
        text = block.plain
        if text in exact:
            found.add(block.number)
        elif len(text) >= 12 and left > 0:
            left -= len(whole)
            if text in whole:
                found.add(block.number)
    return frozenset(found)


def combined(page: Outline, own: Own, votes: Votes) -> Combined:
    """What the readers say together."""
    heard = [
        name for name, vote in (("our own", votes.own), ("trafilatura", votes.extracted), ("json-ld body", votes.body)) if vote
    ]
    if not votes.own and not votes.extracted:
        return Combined()
    agreement = alike(page, votes.own, votes.extracted)
    if not votes.own:
        taken = {number for number in votes.extracted if page.blocks[number].is_prose and not page.blocks[number].role & _HARD}
    else:
        taken = {block.number for block in page.blocks if _is_in(page, block, own, votes, agreement)}
    taken = _without_repeats(page, taken)
    sure = [alike(page, taken, vote) for vote in (votes.own, votes.extracted, votes.body) if vote is not None]
    return Combined(tuple(sorted(taken)), sum(sure) / len(sure), tuple(heard))


def alike(page: Outline, one: Iterable[int], other: Iterable[int]) -> float:
    """How far two choices of blocks agree, by the weight of their text: F1."""
    one, other = set(one), set(other)
    weights = {number: page.blocks[number].weight for number in one | other}
    whole = sum(weights[n] for n in one) + sum(weights[n] for n in other)
    return 2 * sum(weights[n] for n in one & other) / whole if whole else 0.0


def is_wider(page: Outline, own: Iterable[int], library: Iterable[int]) -> bool:
    """Whether one choice of blocks holds nearly all of another, and as much again."""
    own, library = set(own), set(library)
    ours = sum(page.blocks[n].weight for n in own)
    both = sum(page.blocks[n].weight for n in own & library)
    theirs = sum(page.blocks[n].weight for n in library)
    return ours >= _LEAST_BODY and both >= _WIDER * ours and theirs >= 2 * ours


def _is_in(page: Outline, block: Block, own: Own, votes: Votes, agreement: float) -> bool:
    number = block.number
    is_own, is_library = number in votes.own, number in votes.extracted
    if votes.body is not None:
        is_body = (
            number in votes.body and not (block.role & _HARD and block.weight < 60) and own.why_not.get(number) != "the title"
        )
        if is_body:
            return is_own or is_library or (block.is_prose and not block.role & Role.CAPTION)
        is_early = number < min(votes.body, default=0)
        return is_own and is_library and (is_early or block.weight > _LONGEST_INSET or _may_be_left_out(page, block))
    if is_own:
        return is_library or _stands_alone(page, block, agreement)
    why = own.why_not.get(number, "")
    if not is_library or why in _NO_BODY:
        return False
    if why == "role":
        return not block.role & _HARD and block.is_prose and block.weight >= 120 and agreement >= _AGREE
    if number not in own.inside:  # elsewhere on the page: a first or last paragraph beside the body, or more of a body in parts
        is_part = (agreement >= _AGREE and _is_beside(block, own)) or votes.is_wider
        return is_part and not block.role & _HARD and block.is_prose and not is_bio(block, own.people)
    return block.is_prose


def _may_be_left_out(page: Outline, block: Block) -> bool:
    """Whether a block is what content systems leave out of an ``articleBody``: headings, lists, quotes, tables, credits."""
    tag = page.elements[block.element].tag
    if is_credit(block.text):
        return True
    return tag in HEADINGS or tag in ("li", "dd", "dt", "td", "th", "blockquote", "pre") or bool(block.role & Role.QUOTED)


def _stands_alone(page: Outline, block: Block, agreement: float) -> bool:
    """Whether our own vote is enough: for prose, for what is listed or quoted, and where trafilatura read another thing."""
    if agreement < _AGREE or block.is_prose or block.role & Role.STANDFIRST:
        return True
    tag = page.elements[block.element].tag
    return tag in ("li", "dd", "dt", "td", "th", "p", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre")


def _is_beside(block: Block, own: Own) -> bool:
    first, last = min(own.taken, default=0), max(own.taken, default=0)
    return first - 8 <= block.number <= last + 4


def _without_repeats(page: Outline, taken: set[int]) -> set[int]:
    """Each longer text once: pulled quotes and second copies for small screens repeat what stands elsewhere."""
    texts = {number: page.blocks[number].plain for number in sorted(taken)}
    whole = "\n".join(texts.values())
    seen: set[str] = set()
    kept, left = set(), _MOST_SEARCHED
    for number, text in texts.items():
        if len(text) >= _REPEATED:
            left -= len(whole)
            if text in seen or (left > 0 and whole.count(text) > 1 and len(text) < 400 and _is_part(text, texts)):
                continue
            seen.add(text)
        kept.add(number)
    return kept


def _is_part(text: str, texts: dict[int, str]) -> bool:
    """Whether a text stands in another, longer one."""
    return any(text in each and len(each) > len(text) for each in texts.values())

"""Two sentences token by token: what is the same, what only looks otherwise, and the runs that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from monitor.judging.aligning import blocks, encoded
from monitor.judging.edits import dates, spelling
from monitor.judging.edits.tokens import Sort, Token, narrow, squashed
from monitor.model import Edit, EditClass

_FEW = 2  # words of grammar between two changes that are told as one where each has words for the other's gap
_AHEAD = 4  # tokens before and after a change that are looked at
_MOST = 40  # tokens of a kind in a sentence that are compared each with each
_HYPHEN = re.compile(r"[-‐‑­]")
_SMALL_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Run:
    """A run of changed tokens: what is left of both sides to be explained, and the tokens around it that are the same."""

    old: list[Token]
    new: list[Token]
    before: tuple[Token | None, Token | None]
    after: tuple[Token | None, Token | None]
    place: tuple[int, int] = (0, 0)
    size: tuple[int, int] = (0, 0)
    ahead: Sequence[Token] = ()  # the tokens after the change, as they stand now
    behind: Sequence[Token] = ()  # the tokens before the change
    says: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())  # where its tokens begin that name who says it
    original: tuple[Sequence[Token], Sequence[Token]] = ((), ())  # both sides before anything was explained
    found: list[Edit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paired:
    """What became of two token sequences: pairs of the same tokens, and the runs between them."""

    same: Sequence[tuple[Token, Token]]
    runs: Sequence[Run]


def paired(old: Sequence[Token], new: Sequence[Token]) -> Paired:
    """The tokens aligned by their keys."""
    one, other = encoded([token.key for token in old], [token.key for token in new])
    same: list[tuple[Token, Token]] = []
    spans: list[tuple[int, int, int, int]] = []
    i = j = 0
    for i_next, j_next, size in [*_worthy(blocks(one, other), old, new), (len(old), len(new), 0)]:
        if i < i_next or j < j_next:
            spans.append((i, i_next, j, j_next))
        same += zip(old[i_next : i_next + size], new[j_next : j_next + size], strict=True)
        i, j = i_next + size, j_next + size
    runs = [
        Run(
            list(old[a:b]),
            list(new[c:d]),
            _at(old, new, a - 1, c - 1),
            _at(old, new, b, d),
            (a, c),
            (b - a, d - c),
            new[d : d + _AHEAD],
            new[max(0, c - _AHEAD) : c],
        )
        for a, b, c, d in spans
    ]
    return Paired(same, runs)


def _at(old: Sequence[Token], new: Sequence[Token], i: int, j: int) -> tuple[Token | None, Token | None]:
    return (old[i] if 0 <= i < len(old) else None), (new[j] if 0 <= j < len(new) else None)


def _worthy(found: Sequence[tuple[int, int, int]], old: Sequence[Token], new: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
    """The runs that are the same, but for a few words of grammar between changes on different sides."""
    kept: list[tuple[int, int, int]] = []
    ends = [*found, (len(old), len(new), 0)]
    i = j = 0
    for at, (i_here, j_here, size) in enumerate(found):
        left = _content(old[i:i_here]), _content(new[j:j_here])
        following = ends[at + 1]
        right = _content(old[i_here + size : following[0]]), _content(new[j_here + size : following[1]])
        is_grammar = 0 < size <= _FEW and all(token.sort is Sort.FUNCTION for token in old[i_here : i_here + size])
        crossed = (left[0] and right[1] and not (left[1] and right[0])) or (left[1] and right[0] and not (left[0] and right[1]))
        if is_grammar and (crossed or (all(left) and all(right))):
            continue
        kept.append((i_here, j_here, size))
        i, j = i_here + size, j_here + size
    yield from kept


def _content(tokens: Sequence[Token]) -> bool:
    return any(token.sort is Sort.WORD for token in tokens)


# What only looks otherwise


def looks(same: Sequence[tuple[Token, Token]], old_text: str, new_text: str, tails: bool = True) -> Iterator[Edit]:
    """Typography and spelling of the tokens that are the same, and of what stands between them."""
    last: tuple[Token, Token] | None = None
    for old, new in same:
        if old.text != new.text and not _is_only_first(old, new, last):
            yield from _surface(old, new)
        follows = last is None or (last[0].end + len(old.lead) == old.at and last[1].end + len(new.lead) == new.at)
        if new.sort is Sort.DENIAL and ("n't" in (old.text, new.text) or "n’t" in (old.text, new.text)):
            pass  # a contraction
        elif follows and old.lead != new.lead and (last is not None or (old.at == len(old.lead) and new.at == len(new.lead))):
            yield from _gap(old.lead, new.lead, old, new, last)
        elif not follows:
            yield from _marks(old, new)
        last = old, new
    if tails and last is not None:
        rest = old_text[last[0].end :], new_text[last[1].end :]
        if rest[0] != rest[1] and not any(any(c.isalnum() for c in each) for each in rest):
            yield Edit(EditClass.TYPOGRAPHY, last[0].text + rest[0], last[1].text + rest[1])


def _is_only_first(old: Token, new: Token, last: tuple[Token, Token] | None) -> bool:
    """Whether a capital came or went because a sentence begins elsewhere now."""
    if old.text[1:] != new.text[1:] or old.text[0].casefold() != new.text[0].casefold():
        return False
    return last is None or last[0].end + len(old.lead) != old.at or last[1].end + len(new.lead) != new.at


def _marks(old: Token, new: Token) -> Iterator[Edit]:
    """Beside a change only another quotation mark counts."""
    one, other = (re.sub(r"[^\"“”„«»《》‘]", "", token.lead) for token in (old, new))
    if one != other and len(one) == len(other):
        yield Edit(EditClass.TYPOGRAPHY, (old.lead + old.text).strip(), (new.lead + new.text).strip())


def _surface(old: Token, new: Token) -> Iterator[Edit]:
    """Two writings of a token with the same key."""
    if {old.text, new.text} in ({"wo", "will"}, {"ca", "can"}, {"sha", "shall"}, {"Wo", "Will"}, {"Ca", "Can"}):
        return
    if old.sort is Sort.UNIT and len(old.text) > 3 and spelling.is_same_word(old.text.casefold(), new.text.casefold()):
        yield Edit(EditClass.SPELLING, old.text, new.text)  # metres, meters
    elif old.sort in (Sort.NUMBER, Sort.DATE, Sort.UNIT):
        yield Edit(EditClass.TYPOGRAPHY, old.text, new.text)
    elif _without_hyphen(old.text) == _without_hyphen(new.text) and old.text.casefold() != new.text.casefold():
        yield Edit(EditClass.SPELLING, old.text, new.text)
    elif squashed(old.text) == squashed(new.text):
        yield Edit(EditClass.TYPOGRAPHY, old.text, new.text)
    elif (spelling.is_same_word(old.key, new.key) and old.sort is not Sort.SAYING) or spelling.is_same_word(old.text, new.text):
        yield Edit(EditClass.SPELLING, old.text, new.text)
    else:
        yield Edit(EditClass.WORDING, old.text, new.text)


def _without_hyphen(text: str) -> str:
    return _SMALL_SPACE.sub("", _HYPHEN.sub("", narrow(text))).casefold()


def _gap(one: str, other: str, old: Token, new: Token, last: tuple[Token, Token] | None) -> Iterator[Edit]:
    """What stands between two words: a hyphen within a word is spelling, so is a space; the rest is typography."""
    before = last or (None, None)
    evidence = _evidence(before[0], one, old), _evidence(before[1], other, new)
    inner = all(_HYPHEN.fullmatch(lead) or lead in (" ", "") for lead in (one, other))
    is_hangul = "가" <= old.text[0] <= "힣"
    if last is not None and inner and not is_hangul and old.sort is not Sort.UNIT and (one.strip() or other.strip()):
        yield Edit(EditClass.SPELLING, *evidence)
    else:
        yield Edit(EditClass.TYPOGRAPHY, *evidence)


def _evidence(before: Token | None, lead: str, token: Token) -> str:
    return ((before.text if before else "") + lead + token.text).strip()


# What amounts to the same though its key differs


def settled(runs: Sequence[Run], years: frozenset[int]) -> Iterator[Edit]:
    """Takes from the runs what stands in another writing, or at another place, on the other side; yields how it differs."""
    for sort, others in _COMPARED:
        old = [(run, token) for run in runs for token in run.old if token.sort is sort][:_MOST]
        new = [(run, token) for run in runs for token in run.new if token.sort is others][:_MOST]
        for run, token in old:
            for hit in new:
                if sort in (Sort.TITLE, Sort.DENIAL) and hit[0] is not run and abs(hit[0].place[0] - run.place[0]) > 12:
                    continue
                what = _same_fact(token, hit[1], years)
                if what is not None:
                    run.old.remove(token)
                    hit[0].new.remove(hit[1])
                    new.remove(hit)
                    if what:
                        yield Edit(what[0], token.text, hit[1].text)
                    break


_COMPARED = (
    *((sort, sort) for sort in (Sort.DATE, Sort.NUMBER, Sort.NAME, Sort.UNIT, Sort.TITLE, Sort.DENIAL, Sort.SAYING)),
    (Sort.NAME, Sort.WORD),
    (Sort.WORD, Sort.NAME),
)  # fmt: skip


def _same_fact(old: Token, new: Token, years: frozenset[int]) -> tuple[EditClass, ...] | None:
    """How two facts of one sort differ: not at all (empty), in their writing or spelling; None: they are different facts."""
    if old.key == new.key:
        return ()
    if old.sort is Sort.DATE and dates.is_same(old.day, new.day, years):
        return (EditClass.TYPOGRAPHY,)
    if Sort.NAME in (old.sort, new.sort):
        one, other = old.key.removeprefix("name:"), new.key.removeprefix("name:")
        if squashed(one) == squashed(other):
            is_apart = one.isascii() and one.count(" ") != other.count(" ")  # Xi Jinping, Xi Jin Ping
            return (EditClass.SPELLING,) if is_apart or _HYPHEN.search(old.text + new.text) else (EditClass.TYPOGRAPHY,)
        if spelling.is_same_name(one, other):
            return (EditClass.SPELLING,)
        if old.sort is new.sort and spelling.is_same_place(one, other):
            return (EditClass.WORDING,)
    return None

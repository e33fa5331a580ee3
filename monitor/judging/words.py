"""The words that changed: two articles become parts, each a run of pieces that are kept, cut or added.

Joining the kept and cut pieces of a part gives its paragraphs before, one a line, joining the kept and added ones those after;
paragraphs that stand in no part are the same in both articles, in the same order. So the parts, put at their places among
those paragraphs (``Part.was`` before the edit, ``Part.at`` after it), give both articles whole. What two texts keep does not
hang on which of them came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from monitor.article import Article
from monitor.judging.aligning import Block, blocks, encoded, shared_start
from monitor.judging.paragraphs import steps
from monitor.judging.segments import keys, rough_units, units, weight
from monitor.model import Op, Part, Piece

Pair = tuple[str, str]  # what stood in a place, and what stands there now: the same text twice where it was kept
_READABLE = 2  # so many words must be kept between two changes to be read there; fewer are told as changed with them
_PHRASE = 4.5  # so many words are drowned between changes that are both longer than they are
_LONGEST_PHRASE = 80  # characters
_MOST = 300_000  # bytes of both texts that are compared word by word
_MANY = 5_000  # paragraphs that changed or moved, beyond which they are told without a look at their words
_WORD = 100  # characters a long word has at most
_SLIDE = 50  # units by which a cut or an addition is moved at most, to begin where a person would say that it begins


def differences(before: Article, after: Article) -> tuple[Part, ...]:
    """What differs between two wordings, in the order of the page; empty when only what is in no digest does."""
    fields = (
        ("publication", before.publication, after.publication),
        ("title", before.title, after.title),
        ("published", _day(before), _day(after)),
    )
    found = [Part(name, words(old, new)) for name, old, new in fields if old != new]
    return (*found, *_paragraphs(before.paragraphs, after.paragraphs))


def _day(article: Article) -> str:
    return article.published.isoformat() if article.published else ""


def _paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[Part]:
    told = steps(before, after)
    texts = [("\n".join(before[s.old.start : s.old.stop]), "\n".join(after[s.new.start : s.new.stop])) for s in told]
    is_long = sum(_size(old) + _size(new) for old, new in texts) > 2 * _MOST
    most = 2 * _MOST // len(told) if is_long else _MOST
    for step, (old, new) in zip(told, texts, strict=True):
        pieces = words(old, new, most) if len(told) <= _MANY else tuple(_pieces(old, new))
        yield Part("paragraphs", pieces, step.new.start + 1, step.old.start + 1, step.is_moved)


def words(before: str, after: str, most: int = _MOST) -> tuple[Piece, ...]:
    """The pieces that turn one text into the other. Turned about, the same text is kept.

    Of texts longer than ``most`` bytes together, only so much is compared word by word, and the rest by sentences.
    """
    runs = _changes(before, after, most) if before <= after else [(old, new) for new, old in _changes(after, before, most)]
    return tuple(piece for run in runs for piece in _pieces(*run))


def _changes(before: str, after: str, most: int) -> list[Pair]:
    if before == after:
        return [(before, after)]
    return _runs(_without_shared_space(_phrases(_runs(_long_pairs(before, after, most)))))


def _long_pairs(before: str, after: str, most: int) -> Iterator[Pair]:
    """:func:`_pairs`; of texts too long for that by sentences first, then by words where they differ, as far as that goes."""
    if _size(before) + _size(after) <= most:
        yield from _pairs(units(before), units(after))
        return
    start = shared_start(before, after)
    start = before.rfind(" ", max(0, start - _WORD), start) + 1 or start
    end = shared_start(before[start:][::-1], after[start:][::-1])
    end -= max(0, before.find(" ", len(before) - end, len(before) - end + _WORD) - (len(before) - end))
    yield before[:start], before[:start]
    left = most
    for old, new in _pairs(rough_units(before[start : len(before) - end]), rough_units(after[start : len(after) - end])):
        size = _size(old) + _size(new)
        if old and new and old != new and size <= left:
            left -= size
            yield from _pairs(units(old), units(new))
        else:
            yield old, new
    yield before[len(before) - end :], before[len(before) - end :]


def _size(text: str) -> int:
    """Bytes in UTF-8: a script of many letters, where every letter is a unit, takes more of them."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def _pairs(old: list[str], new: list[str]) -> Iterator[Pair]:
    """What is the same and what is not, in turn. A word is the same before a space and before a comma."""
    old_keys, new_keys = keys(old), keys(new)
    i = j = 0
    for i_next, j_next, size in _slid(blocks(*encoded(old_keys, new_keys)), old_keys, new_keys):
        yield "".join(old[i:i_next]), "".join(new[j:j_next])
        i, j = i_next + size, j_next + size
        if old[i_next:i] == new[j_next:j]:
            same = "".join(old[i_next:i])
            yield same, same
        else:
            for at in range(size):
                yield from _same(old[i_next + at], new[j_next + at], old_keys[i_next + at])
    yield "".join(old[i:]), "".join(new[j:])


def _same(old: str, new: str, key: str) -> Iterator[Pair]:
    """One word on both sides: what it has in common, and the particle and the space in which it may differ."""
    if old == new:
        yield old, new
        return
    old_bare, new_bare = old.rstrip(" ") or old, new.rstrip(" ") or new
    if old_bare == new_bare:
        key = old_bare
    yield key, key
    yield old_bare[len(key) :], new_bare[len(key) :]
    yield old[len(old_bare) :], new[len(new_bare) :]


def _slid(found: Sequence[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Cuts and additions moved to the best of the places where they could as well stand: whole sentences before phrases."""
    slid = [[*block] for block in found]
    for here, following in pairwise(slid):
        i, j = here[0] + here[2], here[1] + here[2]
        if i == following[0]:
            by = _slide(new, j, following[1], here[2], following[2])
        elif j == following[1]:
            by = _slide(old, i, following[0], here[2], following[2])
        else:
            continue
        here[2] += by
        following[0], following[1], following[2] = following[0] + by, following[1] + by, following[2] - by
    return [(i, j, size) for i, j, size in slid if size]


def _slide(text: Sequence[str], start: int, end: int, left: int, right: int) -> int:
    """By how many units ``text[start:end]`` is best moved; it leaves one unit of the kept text around it."""
    back, ahead = 0, 0
    while back < min(left - 1, _SLIDE) and text[start - back - 1] == text[end - back - 1]:
        back += 1
    while ahead < min(right - 1, _SLIDE) and text[start + ahead] == text[end + ahead]:
        ahead += 1
    if not back and not ahead:
        return 0
    return max(range(-back, ahead + 1), key=lambda by: (_break(text, start + by) + _break(text, end + by), -abs(by)))


def _break(text: Sequence[str], at: int) -> int:
    """How much of a break there is between two units: of paragraphs, sentences, clauses, words."""
    before, following = text[at - 1], text[at]
    if before == "\n" or following == "\n":
        return 4
    if before[-1] in ".!?…。！？" and not before[0].isalnum():
        return 3
    if before[-1] in ",;:、，；：—–)" or following[0] in "(—–":
        return 2
    return 1 if following[0].isalnum() else 0


def _runs(pairs: Iterable[Pair]) -> list[Pair]:
    """Neighbours with the same fate as one pair."""
    groups = ([*group] for _, group in groupby((pair for pair in pairs if pair[0] or pair[1]), key=_is_kept))
    return [group[0] if len(group) == 1 else _together(group) for group in groups]


def _together(pairs: Sequence[Pair]) -> Pair:
    return "".join([old for old, _ in pairs]), "".join([new for _, new in pairs])


def _is_kept(pair: Pair) -> bool:
    return pair[0] == pair[1]


def _phrases(runs: Sequence[Pair]) -> Iterator[Pair]:
    """A kept run too short to read between two changes becomes part of them."""
    done: list[list[Pair]] = []  # kept runs, and changes with all that they swallowed, in turn
    sizes: list[int] = []
    for run in runs:
        here, size = [run], max(len(run[0]), len(run[1]))
        while not _is_kept(run) and len(done) > 1 and _is_drowned(done[-1][0][0], min(sizes[-2], size)):
            kept, swallowing = done.pop(), done.pop()
            size += sizes.pop() + sizes.pop()
            swallowing += kept
            swallowing += here
            here = swallowing
        done.append(here)
        sizes.append(size)
    return (each[0] if len(each) == 1 else _together(each) for each in done)


def _is_drowned(kept: str, least: int) -> bool:
    """Whether a kept run is better told as part of the changes around it, of at least ``least`` characters each.

    The rule of diff-match-patch's semantic cleanup (Neil Fraser, "Writing: Diff Strategies"), held to short phrases.
    """
    if "\n" in kept or len(kept) > _LONGEST_PHRASE:
        return False
    count = weight(kept)
    return count < _READABLE or (count < _PHRASE and len(kept) <= least)


def _without_shared_space(runs: Iterable[Pair]) -> Iterator[Pair]:
    """White space with which both sides of a change end is kept."""
    for old, new in runs:
        if old != new and old[-1:] == new[-1:] == " ":
            end = min(len(old) - len(old.rstrip(" ")), len(new) - len(new.rstrip(" ")))
            yield old[:-end], new[:-end]
            yield end * " ", end * " "
        else:
            yield old, new


def _pieces(old: str, new: str) -> Iterator[Piece]:
    fates = ((Op.KEPT, old),) if old == new else ((Op.CUT, old), (Op.ADDED, new))
    return (Piece(op, text) for op, text in fates if text)

"""Pictures held against each other: swapped, retouched, cut or added ones, other captions and alternative texts.

What is told from what: the same name in the address, or the same file, is the same picture. Another file is one encoded anew, and
no edit, where it looks the same; retouched or cropped, where it looks nearly the same; and else another picture. Without
both files the name decides alone. A picture that only stands elsewhere in the text is no edit of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from monitor.judging.edits.sides import Became, apart, shown
from monitor.judging.looks import Alike, alike, distance
from monitor.model import Edit, EditClass, Picture, Pictures

_CAPTION, _ALT, _RETOUCHED = "caption of ", "alternative text of ", "retouched "
_WORTH = {_CAPTION: 0.6, _ALT: 0.3}  # of the class's weight; a picture that came has the first of these
_LOOKED_AT = 60  # pictures of unknown names whose looks are compared with those of as many others
Pair = tuple[Picture | None, Picture | None]


def edits(before: Sequence[Picture], after: Sequence[Picture]) -> tuple[Edit, ...]:
    """What was edited of a page's pictures, in the order in which they stand now; empty where nothing was."""
    return tuple(edit for old, new in paired(before, after) for edit in _of_pair(old, new))


def carried(known: Sequence[Picture], seen: Sequence[Picture]) -> Pictures:
    """The pictures that were ``seen``, with the files that are known of those that bear the same names."""
    files = {each.name: each for each in known if each.url}
    return tuple(_with_file(each, files.get(each.name)) for each in seen)


def _with_file(seen: Picture, known: Picture | None) -> Picture:
    if known is None or seen.digest is not None:
        return seen
    file = {name: getattr(known, name) for name in ("digest", "look", "etag", "last_modified")}
    return replace(seen, **file)


def is_shifting(first: Sequence[Picture], second: Sequence[Picture]) -> bool:
    """Whether two looks at a page, a moment apart, show other pictures: then its addresses tell nothing."""
    return sorted(each.name for each in first) != sorted(each.name for each in second)


def without_shifting(known: Sequence[Picture], seen: Sequence[Picture]) -> Pictures:
    """The pictures that were ``seen``; where addresses are known to be others at every look, new ones lose theirs."""
    return unaddressed(known, seen) if any(not each.url for each in known) else tuple(seen)


def unaddressed(first: Sequence[Picture], second: Sequence[Picture]) -> Pictures:
    """The pictures of the second of two looks; those that the first did not show there lose their addresses."""
    names = {each.name for each in first}
    return tuple(each if each.name in names else replace(each, url="", name="") for each in second)


# Which picture was which


def paired(before: Sequence[Picture], after: Sequence[Picture]) -> list[Pair]:
    """Each picture of both sides once, with what it was or became; in the order in which they stand now, cut ones last."""
    became = _by_name(before, after)
    for is_same in (_same_file, _near, _same_words, _any_unaddressed):
        _pair(before, after, became, is_same)
    _pair_gaps(before, after, became)
    was = {new: old for old, new in became.items()}
    found: list[Pair] = [(before[was[at]] if at in was else None, each) for at, each in enumerate(after)]
    return [*found, *((each, None) for at, each in enumerate(before) if at not in became)]


def _by_name(before: Sequence[Picture], after: Sequence[Picture]) -> dict[int, int]:
    places: dict[str, list[int]] = {}
    for at, each in enumerate(after):
        if each.url:
            places.setdefault(each.name, []).append(at)
    known = [(at, each.name) for at, each in enumerate(before) if each.url]
    return {at: places[name].pop(0) for at, name in known if places.get(name)}


def _pair(
    before: Sequence[Picture], after: Sequence[Picture], became: dict[int, int], is_same: Callable[[Picture, Picture], bool]
) -> None:
    """Pair those that are left over and fulfil ``is_same``, the first with the first."""
    taken = set(became.values())
    left = [at for at in range(len(after)) if at not in taken][:_LOOKED_AT]
    for at in [at for at in range(len(before)) if at not in became][:_LOOKED_AT]:
        found = next((to for to in left if is_same(before[at], after[to])), None)
        if found is not None:
            became[at] = found
            left.remove(found)


def _same_name(old: Picture, new: Picture) -> bool:
    return bool(old.url and new.url) and old.name == new.name


def _same_file(old: Picture, new: Picture) -> bool:
    return old.digest is not None and old.digest == new.digest


def _near(old: Picture, new: Picture) -> bool:
    return bool(old.look and new.look) and alike(old.look or b"", new.look or b"") is not Alike.OTHER


def _same_words(old: Picture, new: Picture) -> bool:
    return bool(old.caption or old.alt) and (old.caption, old.alt) == (new.caption, new.alt)


def _any_unaddressed(old: Picture, new: Picture) -> bool:
    return not (old.url and new.url)


def _pair_gaps(before: Sequence[Picture], after: Sequence[Picture], became: dict[int, int]) -> None:
    """Pair what is left over where it stands between the same neighbours: one picture came in another's place.

    Where the others changed places too, there are no such neighbours, and the first is paired with the first.
    """
    order = [became[old] for old in sorted(became)]
    if order != sorted(order):
        _pair(before, after, became, lambda _old, _new: True)
    taken = set(became.values())
    fixed = [(-1, -1), *sorted(became.items()), (len(before), len(after))]
    for (old, new), (next_old, next_new) in pairwise(fixed):
        gone = range(old + 1, next_old)
        come = [at for at in range(new + 1, next_new) if at not in taken]
        pairs = dict(zip(gone, come, strict=False))
        became.update(pairs)
        taken.update(pairs.values())


# What happened to it


def _of_pair(old: Picture | None, new: Picture | None) -> Iterator[Edit]:
    if old is None or new is None:
        one = old or new
        assert one is not None
        sides = (_shown(one), "") if new is None else ("", _shown(one))
        yield Edit(EditClass.PICTURE, *sides, f"picture {_where(one)}")
        return
    fate = _fate(old, new)
    if fate is Alike.OTHER:
        yield Edit(EditClass.PICTURE, _shown(old), _shown(new), f"picture {_where(new)}")
        return  # another picture has a caption of its own
    if fate is Alike.NEAR:
        now = f"{_file_said(new)}, {_bits(old, new)}"
        yield Edit(EditClass.PICTURE, _file_said(old), now, f"{_RETOUCHED}picture {_where(new)}")
    for place, was, now in ((_CAPTION, old.caption, new.caption), (_ALT, old.alt, new.alt)):
        if was != now:
            yield Edit(EditClass.PICTURE, was, now, f"{place}{label(new)}")


def _fate(old: Picture, new: Picture) -> Alike:
    """Whether a picture is the same one still. Where only one of the files is known, its name tells."""
    if old.digest is None or new.digest is None:
        is_same = _same_name(old, new) or _any_unaddressed(old, new)
        return Alike.SAME if is_same else Alike.OTHER
    if old.digest == new.digest:
        return Alike.SAME
    if old.look and new.look:
        return alike(old.look, new.look)
    return Alike.SAME if _same_name(old, new) else Alike.OTHER  # other bytes, and nobody could look at them


def label(picture: Picture) -> str:
    """What a picture is called: the name of its file, or else its own."""
    last = unquote(urlsplit(picture.url).path).rstrip("/").rpartition("/")[2] if picture.url else ""
    return last or picture.name or "without an address"


def _shown(picture: Picture) -> str:
    words = picture.caption or picture.alt
    return f"{label(picture)}: {words}" if words else label(picture)


def _file_said(picture: Picture) -> str:
    return f"{label(picture)} (SHA-256 {(picture.digest or b'').hex()[:12]}…)"


def _bits(old: Picture, new: Picture) -> str:
    return f"{distance(old.look, new.look)} of 64 bits of its look differ" if old.look and new.look else "another file"


def _where(picture: Picture) -> str:
    return f"at paragraph {picture.place}" if picture.place else "beside the text"


# What is said of it, and what it is worth


def phrases(found: Sequence[Edit]) -> Iterator[str | Became]:
    """What a reason says of edits of pictures."""
    told = {(edit.before, edit.after) for edit in found if edit.place.startswith(_CAPTION)}
    rest = (edit for edit in found if not (edit.place.startswith(_ALT) and (edit.before, edit.after) in told))
    yield from dict.fromkeys(_phrase(edit) for edit in rest)


def _phrase(edit: Edit) -> str | Became:
    if edit.place.startswith((_CAPTION, _ALT)):
        return Became(edit.before or "nothing", edit.after or "nothing", f"{edit.place}: ")
    place = edit.place.partition("picture ")[2]
    if edit.place.startswith(_RETOUCHED):
        return f"retouches the photograph {shown(edit.before.partition(' (')[0])} {place}"
    old, new = (text.partition(": ") for text in (edit.before, edit.after))
    if edit.before and edit.after:
        was, now = apart(old[0], new[0])
        return f"swaps the photograph {was} {place} for {now if now != was else 'another of that name'}"
    verb, (name, _, words) = ("cuts", old) if edit.before else ("adds", new)
    return f"{verb} the picture with the caption “{shown(words)}”" if words else f"{verb} the picture {shown(name)} {place}"


def worth(found: Sequence[Edit]) -> float:
    """Which share of the class's weight the edits of pictures among ``found`` have, from 0 to 1."""
    return max((_worth(edit) for edit in found if edit.what is EditClass.PICTURE), default=0.0)


def _worth(edit: Edit) -> float:
    if not edit.before:
        return _WORTH[_CAPTION] if not edit.place.startswith(_ALT) else _WORTH[_ALT]
    return next((value for place, value in _WORTH.items() if edit.place.startswith(place)), 1.0)

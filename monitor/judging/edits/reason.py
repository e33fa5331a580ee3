"""Why a change matters, in one line that a person reads at a glance: the weightiest first, at most 120 characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from monitor.article import Article
from monitor.judging.edits import pictures, watching
from monitor.judging.edits.reading import read
from monitor.judging.edits.tokens import Sort
from monitor.judging.edits.watching import Watch
from monitor.model import Edit, EditClass, Kind
from monitor.settings import Weights

LONGEST = 120  # characters
_SHOWN = 44  # characters of a text in it
_LEAST_ROOM = 24  # characters into which a phrase is cut where it is the first
_NAMES = 3  # names that are told one by one
_WHOLE = (EditClass.REWRITTEN, EditClass.SWAPPED, EditClass.EMPTIED)
_KINDS = {
    Kind.NEW: "new article",
    Kind.COPIED: "a text that another page bears, too",
    Kind.REMOVED: "removed",
    Kind.RESTORED: "back after it was removed",
    Kind.REVERTED: "back to an earlier wording",
    Kind.IMPORTED: "imported",
    Kind.SYNDICATED: "nearly a text that another page bears, too",
    Kind.MOVED: "at another address now",
}


def reason(
    kind: Kind,
    found: Sequence[Edit],
    before: Article | None,
    after: Article | None,
    weights: Weights,
    watch: Sequence[Watch] = (),
) -> str:
    """The line: what kind of change it is, if it is no plain edit, then its edits, as many as there is room for."""
    phrases = [_KINDS[kind]] if kind in _KINDS else []
    phrases += _phrases(found, before, after, weights, watch)
    if kind not in _KINDS and not phrases:
        phrases = ["nothing a reader sees"]
    phrases += _watched(kind, before, after, watch)
    return _fitted([harmless(phrase) for phrase in phrases])


def harmless(text: str) -> str:
    """``text`` on one line, without what a terminal obeys or what reorders text."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _fitted(phrases: Sequence[str]) -> str:
    """The phrases that fit, and how many do not."""
    line, left = "", len(phrases)
    for at, phrase in enumerate(phrases):
        joined = f"{line}{_separator(line)}{phrase}" if line else phrase
        more = len(phrases) - at - 1
        room = LONGEST - (len(f"; {more} more") if more else 0)
        if len(joined) > room:
            space = room - len(joined) + len(phrase)
            if space > _LEAST_ROOM and (not line or line.endswith(":")):
                line, left = f"{line}{_separator(line)}{shown(phrase, space)}" if line else shown(phrase, space), more
            break
        line, left = joined, more
    if not line:
        return shown(phrases[0], LONGEST) if phrases else ""
    return f"{line}; {left} more" if left else line


def _separator(line: str) -> str:
    return " " if line.endswith(":") else ", "


def shown(text: str, longest: int = _SHOWN) -> str:
    """A text cut to a length, at a word where there is one."""
    text = harmless(text)
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return (cut[: cut.rfind(" ")] if cut.rfind(" ") > longest // 2 else cut).rstrip(" ,;:→") + "…"


def _watched(kind: Kind, before: Article | None, after: Article | None, watch: Sequence[Watch]) -> Iterator[str]:
    if kind in (Kind.EDITED, Kind.REVERTED):
        return
    text = watching.whole(after or before)
    yield from (f"it names {shown(watching.name_of(word))}" for word in watch if watching.counted(word, text))


# The edits


def _phrases(
    found: Sequence[Edit], before: Article | None, after: Article | None, weights: Weights, watch: Sequence[Watch]
) -> list[str]:
    """A phrase for each class, the heaviest first; edits with a watch word before all."""
    if not found:
        return []
    wholes = [edit for edit in found if edit.what in _WHOLE]
    rest = [edit for edit in found if edit.what not in _WHOLE and not _is_covered(edit, found)]
    if wholes:
        return list(_whole(wholes[0], rest, before, after))
    order = {what: at for at, what in enumerate(dict.fromkeys(edit.what for edit in rest))}
    weighed = sorted(order, key=lambda what: (-float(getattr(weights, _field(what))), order[what]))
    phrases: list[tuple[bool, str]] = []
    for what in weighed:
        same = [edit for edit in rest if edit.what is what]
        hit = bool(watch) and any(watching.near(watch, [edit]) for edit in same)
        phrases += [(hit, phrase) for phrase in _told(what, same, before, after)]
    return [phrase for _, phrase in sorted(phrases, key=lambda each: not each[0])]


def _field(what: EditClass) -> str:
    return what.value.replace(" ", "_").replace("-", "_")


def _is_covered(edit: Edit, found: Sequence[Edit]) -> bool:
    """Whether a headline only repeats what other edits of the title say, or these what the headline says."""
    if edit.what is EditClass.WORDING:
        return edit.place == "title" and any(other.what is EditClass.HEADLINE for other in found)
    return edit.what is EditClass.HEADLINE and any(
        other.place == "title" and other.what not in (EditClass.HEADLINE, EditClass.WORDING) for other in found
    )


def _whole(edit: Edit, rest: Sequence[Edit], before: Article | None, after: Article | None) -> Iterator[str]:
    if edit.what is EditClass.SWAPPED:
        yield f"now bears the text of another page: {shown(edit.after)}"
    elif edit.what is EditClass.EMPTIED:
        yield f"emptied: {shown(edit.after)}" if edit.after else "emptied: nothing is left of the text"
    elif any(other.what in _FACTS for other in rest):
        yield "rewritten; what differs:"
        for what in _FACTS:
            yield from _told(what, [other for other in rest if other.what is what], before, after)
    else:
        yield "rewritten with the same names, numbers and dates"
    for other in rest:
        if other.what not in _FACTS:
            yield from _told(other.what, [other], before, after)


_FACTS = (EditClass.NAME, EditClass.NUMBER, EditClass.DATE)
Found = Sequence[Edit]
Texts = Article | None


def _told(what: EditClass, found: Found, before: Texts, after: Texts) -> Iterator[str]:
    """What is said of the edits of one class."""
    return _names(found, before, after) if what is EditClass.NAME else _PHRASES[what](found)


def _arrow(edit: Edit) -> str:
    return became(edit.before, edit.after)


def became(old: str, new: str) -> str:
    """``old → new``; where one of them is empty, or nothing that is seen, only the other one, and that it is there or not."""
    sides = shown(old), shown(new)
    if all(sides):
        return " → ".join(sides)
    return f"without “{sides[0]}”" if sides[0] else f"with “{sides[1]}”"


def _names(found: Found, before: Texts, after: Texts) -> Iterator[str]:
    counts = Counter((edit.before, edit.after) for edit in found if edit.before and edit.after)
    for edit in dict.fromkeys(replace(edit, place="") for edit in found if edit.before and edit.after):
        times = f" ({counts[edit.before, edit.after]} times)" if counts[edit.before, edit.after] > 1 else ""
        yield f"reorders the names {_arrow(edit)}" if _is_order(edit) else _arrow(edit) + times
    for verb, side in (("drops", 0), ("adds", 1)):
        one_sided = [edit.after if side else edit.before for edit in found if not (edit.after if side == 0 else edit.before)]
        names = list(dict.fromkeys(one_sided))
        if len(names) > _NAMES:
            yield f"{verb} {len(names)} names: {', '.join(shown(name) for name in names[:_NAMES])} …"
        elif names:
            told = [shown(name) + _times(name, one_sided.count(name), before, after) for name in names]
            yield f"{verb} the name{'s' if len(names) > 1 else ''} {', '.join(told)}"


def _is_order(edit: Edit) -> bool:
    return ", " in edit.before and bool(set(edit.before.split(", ")) & set(edit.after.split(", ")))


def _times(name: str, least: int, before: Texts, after: Texts) -> str:
    times = max(least, abs(watching.counted(name, watching.whole(before)) - watching.counted(name, watching.whole(after))))
    return f" ({times} times)" if times > 1 else ""


def _facts(noun: str) -> Callable[[Found], Iterator[str]]:
    def phrases(found: Found) -> Iterator[str]:
        for edit in dict.fromkeys((edit.before, edit.after) for edit in found):
            if all(edit):
                yield became(*edit)
            else:
                yield f"{'drops' if edit[0] else 'adds'} the {noun} {shown(edit[0] or edit[1])}"

    return phrases


def _negation(found: Found) -> Iterator[str]:
    for edit in found:
        yield f"{'drops' if _is_dropped(edit) else 'adds'} a negation: {_arrow(edit)}"


def _is_dropped(edit: Edit) -> bool:
    """Whether the side before is the one that denies more."""
    denials = [sum(token.sort is Sort.DENIAL for token in read(text)) for text in (edit.before, edit.after)]
    return denials[0] > denials[1] if denials[0] != denials[1] else len(edit.before) > len(edit.after)


def _sized(verb: str, side: int) -> Callable[[Found], Iterator[str]]:
    def phrases(found: Found) -> Iterator[str]:
        texts = [edit.after if side else edit.before for edit in found]
        many = f"{len(texts)} passages, " if len(texts) > 1 else ""
        words = sum(len(text.split()) for text in texts)
        size = f" ({many}{words} words)" if words > 4 else ""
        yield f"{verb}{size} “{shown(max(texts, key=len))}”"

    return phrases


def _plain(label: str) -> Callable[[Found], Iterator[str]]:
    def phrases(found: Found) -> Iterator[str]:
        times = f" in {len(found)} places" if len(found) > 1 else ""
        yield f"{label}{times}: {_arrow(found[0])}"

    return phrases


def _attribution(found: Found) -> Iterator[str]:
    for edit in dict.fromkeys((edit.before, edit.after) for edit in found):
        if all(edit):
            yield f"who said it: {became(*edit)}"
        else:
            yield f"{'drops' if edit[0] else 'adds'} who said it: {shown(edit[0] or edit[1])}"


def _moved(found: Found) -> Iterator[str]:
    yield f"moves {len(found)} passages" if len(found) > 1 else f"moves “{shown(found[0].before)}”"


_PHRASES: dict[EditClass, Callable[[Found], Iterator[str]]] = {
    EditClass.NEGATION: _negation,
    EditClass.NUMBER: _facts("number"),
    EditClass.DATE: _facts("date"),
    EditClass.TITLE_OF_PERSON: _facts("title"),
    EditClass.ATTRIBUTION: _attribution,
    EditClass.QUOTE: _plain("changes a quotation"),
    EditClass.CUT: _sized("cuts", 0),
    EditClass.ADDITION: _sized("adds", 1),
    EditClass.WORDING: _plain("rewords"),
    EditClass.HEADLINE: _plain("new headline"),
    EditClass.PUBLISHED_DATE: _plain("published"),
    EditClass.SOURCE: _plain("source"),
    EditClass.PARAGRAPH_ORDER: _moved,
    EditClass.SPELLING: _plain("spelling"),
    EditClass.TYPOGRAPHY: _plain("typography"),
    EditClass.REWRITTEN: _plain("rewritten"),
    EditClass.SWAPPED: _plain("swapped"),
    EditClass.EMPTIED: _plain("emptied"),
    EditClass.PICTURE: lambda found: pictures.phrases(found, shown),
}

"""Why a change matters, in one line that a person reads at a glance: the weightiest first, at most 120 characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from monitor.article import Article
from monitor.judging.edits import bearing, pictures, watching
from monitor.judging.edits.reading import read
from monitor.judging.edits.sides import Became, apart, harmless, shown
from monitor.judging.edits.tokens import Sort
from monitor.judging.edits.watching import Watch
from monitor.model import Edit, EditClass, Kind
from monitor.settings import Weights

LONGEST = 120  # characters
Phrase = str | Became
_LEAST_ROOM = 24  # characters into which a phrase is cut where it is the first
_FIRST = 3  # paragraphs of which the first words are shown
_BESIDE = 2  # grave words that are told beside figures and days
_NAMES = 3  # names that are told one by one
_FACTS = (EditClass.NAME, EditClass.NUMBER, EditClass.DATE)
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
    kind: Kind, found: Sequence[Edit], before: Article | None, after: Article | None, weights: Weights,
    watch: Sequence[Watch] = (),
) -> str:  # fmt: skip
    """The line: what kind of change it is, if it is no plain edit, then its edits, as many as there is room for."""
    phrases: list[Phrase] = [_KINDS[kind]] if kind in _KINDS else []
    phrases += _phrases(found, before, after, weights, watch)
    if not phrases:
        phrases = ["nothing a reader sees"]
    phrases += _watched(kind, before, after, watch)
    line = _fitted(phrases)
    return _with_what_was_lost(line, before) if kind is Kind.REMOVED and before is not None else line


def _with_what_was_lost(line: str, before: Article) -> str:
    """The line with the first words of an article that is gone; its headline stands beside the line."""
    lost = harmless(" ".join(before.paragraphs[:_FIRST])[: 2 * LONGEST])
    room = LONGEST - len(line) - len(": “”")
    return f"{line}: “{shown(lost, room)}”" if lost and room >= _LEAST_ROOM else line


def _fitted(phrases: Sequence[Phrase]) -> str:
    """The phrases that fit, and how many do not."""
    line, left = "", len(phrases)
    for at, phrase in enumerate(phrases):
        more = len(phrases) - at - 1
        start = f"{line}{_separator(line)}" if line else ""
        room = LONGEST - len(start) - (len(f"; {more} more") if more else 0)
        text = _within(phrase)
        if len(text) > room:
            if room > _LEAST_ROOM and (not line or line.endswith(":")):
                line, left = start + _within(phrase, room), more
            break
        line, left = start + text, more
    return f"{line}; {left} more" if left else line


def _within(phrase: Phrase, longest: int | None = None) -> str:
    """A phrase as a text; with ``longest`` cut to so many characters."""
    text = harmless(phrase.within(longest) if isinstance(phrase, Became) else phrase)
    return text if longest is None else shown(text, longest)


def _separator(line: str) -> str:
    return " " if line.endswith(":") else ", "


def _watched(kind: Kind, before: Article | None, after: Article | None, watch: Sequence[Watch]) -> Iterator[str]:
    if kind in (Kind.EDITED, Kind.REVERTED):
        return
    text = watching.whole(after or before)
    yield from (f"it names {shown(watching.name_of(word))}" for word in watch if watching.counted(word, text))


# The edits


def _phrases(
    found: Sequence[Edit], before: Article | None, after: Article | None, weights: Weights, watch: Sequence[Watch]
) -> list[Phrase]:
    """A phrase for each class, the heaviest first; edits with a watch word before all."""
    if not found:
        return []
    wholes = [edit for edit in found if edit.what in _WHOLE]
    shown_at = _Shown(found)
    rest = [edit for edit in found if edit.what not in _WHOLE and not _is_covered(edit, found, shown_at)]
    if wholes:
        return list(_whole(wholes[0], rest, before, after))
    order = {what: at for at, what in enumerate(dict.fromkeys(edit.what for edit in rest))}
    heavy = {what: float(getattr(weights, _field(what))) for what in order}
    if _is_speaker_first(rest):
        heavy[EditClass.ATTRIBUTION] = max(heavy.values(), default=0.0) + 1
    weighed = sorted(order, key=lambda what: (-heavy[what], order[what]))
    phrases: list[tuple[bool, Phrase]] = []
    for what in weighed:
        same = [edit for edit in rest if edit.what is what]
        hit = bool(watch) and bool(watching.near(watch, same))
        phrases += [(hit, phrase) for phrase in _told(what, same, before, after)]
    return [phrase for _, phrase in sorted(phrases, key=lambda each: not each[0])]


def _is_speaker_first(found: Sequence[Edit]) -> bool:
    """Whether names and figures only come and go with another speaker: they are told after that."""
    places = {edit.place for edit in found if edit.what is EditClass.ATTRIBUTION and edit.before and edit.after}
    facts = [edit for edit in found if edit.what in (EditClass.NAME, EditClass.NUMBER)]
    return bool(places) and all(edit.place in places and not (edit.before and edit.after) for edit in facts)


def _field(what: EditClass) -> str:
    return what.value.replace(" ", "_").replace("-", "_")


def _is_covered(edit: Edit, found: Sequence[Edit], shown_at: _Shown) -> bool:
    """Whether a headline only repeats what other edits of the title say, or these what the headline or a caption says."""
    if edit.what is EditClass.NAME and edit.place.startswith("caption of "):
        return True
    if edit.what in _FACTS and bool(edit.before) != bool(edit.after) and not (edit.what is EditClass.NAME and edit.before):
        return shown_at.shows(edit)
    if edit.what is EditClass.WORDING:
        return edit.place == "title" and any(other.what is EditClass.HEADLINE for other in found)
    return edit.what is EditClass.HEADLINE and any(
        other.place == "title" and other.what not in (EditClass.HEADLINE, EditClass.WORDING) for other in found
    )


class _Shown:
    """What is told of the rewordings of each place: both sides of all of them, as they are shown."""

    def __init__(self, found: Sequence[Edit]) -> None:
        self._at: dict[str, tuple[list[str], list[str]]] = {}
        for edit in found:
            is_told = edit.what in (EditClass.WORDING, EditClass.QUOTE) and edit.place != "title"
            if is_told and edit.before and edit.after:
                sides = self._at.setdefault(edit.place, ([], []))
                for side, text in zip(sides, apart(edit.before, edit.after), strict=True):
                    side.append(text)

    def shows(self, fact: Edit) -> bool:
        """Whether a fact that came or went is seen in a rewording of its place."""
        sides = self._at.get(fact.place)
        wanted = f" {fact.before or fact.after} "
        return sides is not None and any(wanted in f" {text} " for text in sides[0 if fact.before else 1])


def _whole(edit: Edit, rest: Sequence[Edit], before: Article | None, after: Article | None) -> Iterator[Phrase]:
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


Found = Sequence[Edit]
Texts = Article | None


def _told(what: EditClass, found: Found, before: Texts, after: Texts) -> Iterator[Phrase]:
    """What is said of the edits of one class."""
    if what is EditClass.NAME:
        return _names(found, before, after)
    told = _PHRASES[what](found)
    return _beside(list(told), found, before, after) if what in (EditClass.NUMBER, EditClass.DATE) else told


def _beside(told: Sequence[Phrase], found: Found, before: Texts, after: Texts) -> Iterator[Phrase]:
    """Phrases of figures and days, the last with the grave words that stand beside them: ``12 → three (killed)``."""
    setting = bearing.between(before, after) if before and after else None
    words = sorted({word for edit in found for word in setting.beside(edit)})[:_BESIDE] if setting else []
    tail = f" ({', '.join(words)})" if words else ""
    for at, phrase in enumerate(told, 1):
        if at < len(told) or not tail:
            yield phrase
        else:
            yield replace(phrase, tail=phrase.tail + tail) if isinstance(phrase, Became) else phrase + tail


def _names(found: Found, before: Texts, after: Texts) -> Iterator[Phrase]:
    counts = Counter((edit.before, edit.after) for edit in found if edit.before and edit.after)
    for edit in dict.fromkeys(replace(edit, place="") for edit in found if edit.before and edit.after):
        times = f" ({counts[edit.before, edit.after]} times)" if counts[edit.before, edit.after] > 1 else ""
        is_order = ", " in edit.before and bool(set(edit.before.split(", ")) & set(edit.after.split(", ")))
        yield Became(edit.before, edit.after, "reorders the names " if is_order else "", "" if is_order else times)
    for verb, side in (("drops", 0), ("adds", 1)):
        one_sided = [edit.after if side else edit.before for edit in found if not (edit.after if side == 0 else edit.before)]
        other = watching.whole(before if side else after).casefold()
        names = list(dict.fromkeys(one_sided))
        names = [name for name in names if name.casefold() not in other] or names  # those that stand nowhere else say most
        if len(names) > _NAMES:
            yield f"{verb} {len(names)} names: {', '.join(shown(name) for name in names[:_NAMES])} …"
        elif names:
            told = [shown(name) + _times(name, one_sided.count(name), before, after) for name in names]
            yield f"{verb} the name{'s' if len(names) > 1 else ''} {', '.join(told)}"


def _times(name: str, least: int, before: Texts, after: Texts) -> str:
    times = max(least, abs(watching.counted(name, watching.whole(before)) - watching.counted(name, watching.whole(after))))
    return f" ({times} times)" if times > 1 else ""


def _facts(noun: str) -> Callable[[Found], Iterator[Phrase]]:
    def phrases(found: Found) -> Iterator[Phrase]:
        for edit in dict.fromkeys((edit.before, edit.after) for edit in found):
            if all(edit):
                yield Became(*edit)
            else:
                yield f"{'drops' if edit[0] else 'adds'} the {noun} {shown(edit[0] or edit[1])}"

    return phrases


def _negation(found: Found) -> Iterator[Phrase]:
    for edit in found:
        yield Became(edit.before, edit.after, f"{'drops' if _is_dropped(edit) else 'adds'} a negation: ")


def _is_dropped(edit: Edit) -> bool:
    """Whether the side before is the one that denies more."""
    denials = [sum(token.sort is Sort.DENIAL for token in read(text)) for text in (edit.before, edit.after)]
    return denials[0] > denials[1] if denials[0] != denials[1] else len(edit.before) > len(edit.after)


def _sized(verb: str, side: int) -> Callable[[Found], Iterator[Phrase]]:
    def phrases(found: Found) -> Iterator[Phrase]:
        texts = [edit.after if side else edit.before for edit in found]
        many = f"{len(texts)} passages, " if len(texts) > 1 else ""
        words = sum(len(text.split()) for text in texts)
        size = f" ({many}{words} words)" if words > 4 else ""
        yield f"{verb}{size} “{shown(max(texts, key=len))}”"

    return phrases


def _plain(label: str) -> Callable[[Found], Iterator[Phrase]]:
    def phrases(found: Found) -> Iterator[Phrase]:
        times = f" in {len(found)} places" if len(found) > 1 else ""
        yield Became(found[0].before, found[0].after, f"{label}{times}: ")

    return phrases


def _attribution(found: Found) -> Iterator[Phrase]:
    for edit in dict.fromkeys((edit.before, edit.after) for edit in found):
        if all(edit):
            yield Became(*edit, "who said it: ")
        else:
            yield f"{'drops' if edit[0] else 'adds'} who said it: {shown(edit[0] or edit[1])}"


def _moved(found: Found) -> Iterator[Phrase]:
    yield f"moves {len(found)} passages" if len(found) > 1 else f"moves “{shown(found[0].before)}”"


_PHRASES: dict[EditClass, Callable[[Found], Iterator[Phrase]]] = {
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
    EditClass.PICTURE: pictures.phrases,
}

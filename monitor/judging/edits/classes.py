"""The classes of edit between two wordings of an article, each with its evidence: facts first, then words, then looks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from monitor.article import Article
from monitor.judging.edits import clip, regions, rewritten, spelling, whole
from monitor.judging.edits.lexicon import english
from monitor.judging.edits.names import CAPITAL_NOUNS, COMMON
from monitor.judging.edits.reading import read
from monitor.judging.edits.regions import Known, Region
from monitor.judging.edits.tokens import squashed
from monitor.judging.words import differences
from monitor.model import Edit, EditClass, Op, Part

ORDER = (
    EditClass.EMPTIED, EditClass.SWAPPED, EditClass.REWRITTEN, EditClass.NAME, EditClass.NEGATION, EditClass.NUMBER,
    EditClass.DATE, EditClass.TITLE_OF_PERSON, EditClass.ATTRIBUTION, EditClass.QUOTE, EditClass.HEADLINE, EditClass.CUT,
    EditClass.ADDITION, EditClass.PICTURE, EditClass.PUBLISHED_DATE, EditClass.SOURCE, EditClass.PARAGRAPH_ORDER,
    EditClass.WORDING, EditClass.SPELLING, EditClass.TYPOGRAPHY,
)  # fmt: skip
_RANK = {what: at for at, what in enumerate(ORDER)}
_MIRRORED = {EditClass.CUT: EditClass.ADDITION, EditClass.ADDITION: EditClass.CUT}
_FACTS = (EditClass.NAME, EditClass.NUMBER, EditClass.DATE)
_CAPITALS = re.compile(r"[A-Z](?<=[a-z,] [A-Z])\w+")  # what may begin it comes first: a look back at every letter is slow
_WORD = re.compile(r"[A-Za-z]{3,}")
_SMALL = re.compile(r"\b[a-z]{3,}\b")
_CAPITALIZED = re.compile(r"[A-Z](?<![.!?] [A-Z])(?<!^[A-Z])[a-z]+(?: [A-Z][a-z]+){1,4}")
_NAMES = 100  # names that came or went, or stand there most often, of which it is asked whether others are parts of them
_SAMPLE = 2000  # characters by which the language is told
_GERMAN = 0.12  # share of German words of grammar: a quarter in German, 0.05 at most in English ("die", "hat", "des")
_LONGEST = 300  # characters of a text that are shown as evidence for the whole of it


def edits(before: Article, after: Article, other: Article | None = None) -> tuple[Edit, ...]:
    """What was edited, the weightiest class first; empty where nothing was.

    ``other`` is an article that another page bears, where the caller knows one that ``after`` may have been swapped for. Turned
    about, the same classes are found, with cut for addition; but for swapped and emptied, which look at what stands there now.
    """
    fields = list(_fields(before, after))
    before, after, beyond = clip.clipped(before, after)
    fields += beyond
    if before.paragraphs == after.paragraphs:
        return _sorted([*fields, *_title(before, after)])
    if whole.is_emptied(before, after):
        return _sorted([*fields, _whole(EditClass.EMPTIED, before, after)])
    if whole.is_swapped(before, after, other):
        return _sorted([*fields, _whole(EditClass.SWAPPED, before, after)])
    if whole.is_rewritten(before, after):
        return _sorted(
            [*fields, _whole(EditClass.REWRITTEN, before, after), *rewritten.facts(before, after, _known(before, after))]
        )
    is_turned = before.paragraphs > after.paragraphs  # judged one way round, so that turned about the same is found
    found = [_mirrored(edit) for edit in _text(after, before)] if is_turned else _text(before, after)
    return _sorted([*fields, *_title(before, after), *found])


def _whole(what: EditClass, before: Article, after: Article) -> Edit:
    return Edit(what, whole.body(before)[:_LONGEST], whole.body(after)[:_LONGEST], "text")


def _mirrored(edit: Edit) -> Edit:
    return replace(edit, what=_MIRRORED.get(edit.what, edit.what), before=edit.after, after=edit.before)


def _sorted(found: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda edit: _RANK[edit.what]))


def _fields(before: Article, after: Article) -> Iterator[Edit]:
    if before.title != after.title:
        yield Edit(EditClass.HEADLINE, before.title, after.title, "title")
    if before.published != after.published:
        old, new = (article.published.isoformat() if article.published else "" for article in (before, after))
        yield Edit(EditClass.PUBLISHED_DATE, old, new, "published")
    if before.publication != after.publication:
        yield Edit(EditClass.SOURCE, before.publication, after.publication, "publication")


def _title(before: Article, after: Article) -> list[Edit]:
    if before.title == after.title:
        return []
    known = _known(before, after)
    plain = _plain_words(f"{before.title} {after.title}", "\n".join(dict.fromkeys((*before.paragraphs, *after.paragraphs))))
    known = replace(known, names=known.names | plain)
    if before.title > after.title:
        return [_mirrored(edit) for edit in regions.judged(Region(after.title, before.title, is_headline=True), _turned(known))]
    return regions.judged(Region(before.title, after.title, is_headline=True), known)


def _plain_words(title: str, text: str) -> frozenset[str]:
    """The words of a title that the text has in small letters: a capital makes no names of them."""
    words = {word.casefold() for word in _WORD.findall(title)}
    return frozenset(f"{COMMON}{word}" for word in words.intersection(_SMALL.findall(text)))


def _turned(known: Known) -> Known:
    return replace(known, old=known.new, new=known.old)


@lru_cache(maxsize=2)
def _known(before: Article, after: Article) -> Known:
    texts = [whole.body(article) for article in (before, after)]
    stays = frozenset(before.paragraphs)
    every = f"{texts[0]}\n" + "\n".join(text for text in after.paragraphs if text not in stays)  # each paragraph once
    names = frozenset(found.casefold() for found in _CAPITALS.findall(every))
    if any(_has_capital_nouns(text) for text in texts):
        names |= {CAPITAL_NOUNS}
    full = Counter(_full_names(every))
    most = [name for name, count in full.most_common(_NAMES) if count > 1]
    people = tuple(sorted(most, key=len, reverse=True))
    years = frozenset(article.published.year for article in (before, after) if article.published)
    folded = [f"{article.title}\n{text}".casefold() for article, text in zip((before, after), texts, strict=True)]
    return Known(folded[0], folded[1], names, people, years)


def _full_names(text: str) -> Iterator[str]:
    """Two or three words with capitals within a sentence, without the offices before them."""
    lists = english().words
    for found in _CAPITALIZED.findall(text):
        name = found.split()
        while name and (name[0].casefold() in lists["titles"] or name[0].casefold() in lists["ranks"]):
            del name[0]
        if len(name) > 1:
            yield " ".join(name[:3])


def _has_capital_nouns(text: str) -> bool:
    """Whether a text is German, by its words of grammar."""
    words = text[:_SAMPLE].split()
    german = english().words["german"]
    return len([word for word in words if word in german]) > _GERMAN * len(words)


# The text


def _text(before: Article, after: Article) -> list[Edit]:
    known = _known(before, after)
    found: list[Edit] = []
    for part in differences(before, after):
        if part.name != "paragraphs":
            continue
        region = Region(_side(part, Op.CUT), _side(part, Op.ADDED), part.at or 1)
        if part.is_moved:
            found.append(Edit(EditClass.PARAGRAPH_ORDER, region.old[:_LONGEST], region.new[:_LONGEST], f"paragraph {part.at}"))
        found += regions.judged(region, known)
    return _balanced(_moved(found), known)


def _side(part: Part, op: Op) -> str:
    return "".join(piece.text for piece in part.pieces if piece.op in (Op.KEPT, op))


def _moved(found: Sequence[Edit]) -> list[Edit]:
    """Sentences cut here and added there have moved: that is their order, and no name came or went with them."""
    added: dict[str, list[int]] = {}
    for at, edit in enumerate(found):
        if edit.what is EditClass.ADDITION and not edit.before:
            added.setdefault(squashed(edit.after), []).append(at)
    moved: dict[int, Edit] = {}
    gone: set[int] = set()
    for at, edit in enumerate(found):
        places = added.get(squashed(edit.before)) if edit.what is EditClass.CUT and not edit.after and added else None
        if places:
            to = places.pop(0)
            is_whole = _is_whole(edit.before) and _is_whole(found[to].after)  # a phrase elsewhere in its sentence is wording
            what = EditClass.PARAGRAPH_ORDER if is_whole else EditClass.WORDING
            moved[at] = Edit(what, edit.before, found[to].after, found[to].place)
            gone.add(to)
    texts = "\n".join(text for edit in moved.values() for text in (edit.before, edit.after))
    return [moved.get(at, edit) for at, edit in enumerate(found) if at not in gone and not (texts and _is_quote_of(edit, texts))]


def _is_whole(text: str) -> bool:
    """Whether a text is a sentence, with the sign that ends it."""
    return text.rstrip("\"'”’»）)」』》")[-1:] in (".", "!", "?", "…", "。", "！", "？") or len(text) >= _LONGEST


def _is_quote_of(edit: Edit, texts: str) -> bool:
    return edit.what is EditClass.QUOTE and not (edit.before and edit.after) and (edit.before or edit.after) in texts


def _balanced(found: Sequence[Edit], known: Known) -> list[Edit]:
    """A name, number or date that went here and came there has moved; one slip in a name that stands elsewhere is spelling."""
    come: dict[tuple[EditClass, str], list[int]] = {}
    for at, edit in enumerate(found):
        if edit.what in _FACTS and not edit.before:
            come.setdefault((edit.what, _key(edit.after)), []).append(at)
    gone: set[int] = set()
    for at, edit in enumerate(found):
        places = come.get((edit.what, _key(edit.before))) if come and edit.what in _FACTS and not edit.after else None
        if places:
            gone |= {at, places.pop(0)}
    left = [_slip(edit, known) for at, edit in enumerate(found) if at not in gone]
    return _joined(_joined(left, old=True), old=False)


def _slip(edit: Edit, known: Known) -> Edit:
    one, other = edit.before.casefold(), edit.after.casefold()
    if (
        edit.what is EditClass.NAME
        and one
        and other
        and spelling.is_slip(one, other)
        and (one in known.new or other in known.old)
    ):
        return replace(edit, what=EditClass.SPELLING)
    return edit


def _key(text: str) -> str:
    return " ".join(token.key for token in read(text))


def _joined(found: list[Edit], *, old: bool) -> list[Edit]:
    """A name that went where its parts came (or, not ``old``, came where they went) in the same paragraph."""
    one_sided = dict.fromkeys(edit for edit in found if edit.what is EditClass.NAME and not (edit.before and edit.after))
    names, there = list(one_sided)[:_NAMES], set(one_sided)
    for whole_one in [edit for edit in names if bool(edit.before) is old]:
        parts = [edit for edit in names if bool(edit.before) is not old and edit.place == whole_one.place and edit in there]
        texts = [edit.before or edit.after for edit in parts]
        name = whole_one.before or whole_one.after
        if len(parts) in (2, 3) and spelling.is_made_of(name.casefold(), [text.casefold() for text in texts]):
            there -= {whole_one, *parts}
            found = [edit for edit in found if edit not in (whole_one, *parts)]
            sides = (name, ", ".join(texts)) if old else (", ".join(texts), name)
            found.append(Edit(EditClass.SPELLING, *sides, whole_one.place))
    return found

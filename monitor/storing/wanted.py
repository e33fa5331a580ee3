"""What somebody looks for: words, phrases and beginnings of words, as they were typed. Nothing that is typed is an error: what
can be no expression is looked for as words, and where there is none nothing is found. A hint says so.

``jang song``        both words, anywhere
``"jang song thaek"``  the words in this order, next to one another
``reunif*``          words that begin so (two letters at the least); a run of Korean, Chinese, Japanese or Thai is found inside of
                       others anyway
``north OR south``   one of the two
``-army``            without that word; where there is nothing else, that word itself
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.storing.tokens import PAIRED, is_paired, normal, pairs, parts

LONGEST = 500  # characters
_MOST = 50  # words and phrases
_NO_WORD = "Type a word to look for: letters or digits. Signs alone are not looked for."
_ONLY_WITHOUT = "Only words that are not to be there were typed, so these were looked for. Type before them what is to be there."
_TOO_MANY = f"Only the first {_MOST} words were looked for."
_TOO_LONG = f"Only the first {LONGEST} characters were looked for."
_TOO_SHORT = "The beginning of a word needs two letters or more, so a single letter with a * was looked for as a word."
_MOST_OPEN = 3
_TOO_OPEN = f"Only the first {_MOST_OPEN} beginnings of words were looked for: each takes as long as all the words that begin so."
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_ITEM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)(?:"\*?|$)|(?P<word>[^\s"]+))')
_OR = ("OR", "|")
_Groups = list[tuple["Phrase", ...]]
_LETTER = f"[^ {PAIRED}]"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words, and runs of scripts kept in pairs, that stand next to one another. ``is_open``: the last word may go on."""

    parts: tuple[str, ...]
    is_open: bool = False

    @property
    def expression(self) -> str:
        """The phrase in the language of FTS5 (https://www.sqlite.org/fts5.html, section 3)."""
        *first, last = self.parts
        found = [token for part in first for token in ([*pairs(part), part[-1]] if is_paired(part) else [part])]
        found += pairs(last) or [last] if is_paired(last) else [last]
        return f'"{" ".join(found)}"' + (" *" if self.goes_on else "")

    @property
    def goes_on(self) -> bool:
        """Whether the index is asked for all words that begin as its last one does: so it finds a single sign of a run, too."""
        return len(self.parts[-1]) == 1 if is_paired(self.parts[-1]) else self.is_open

    @property
    def pattern(self) -> str:
        """A regular expression that finds it in a text that is ``normal`` or ``aligned``."""
        written = ""
        for at, part in enumerate(self.parts):
            if at:
                written += " +" if is_paired(part) == is_paired(self.parts[at - 1]) else " *"
            written += re.escape(part)
        start = "" if is_paired(self.parts[0]) else f"(?<!{_LETTER})"
        if is_paired(self.parts[-1]):
            return start + written
        return start + written + (f"{_LETTER}*+" if self.is_open else f"(?!{_LETTER})")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One phrase of each of the ``groups``, and none of ``without``. Without groups nothing is asked for, and nothing found.

    ``hint``: a sentence where the query was not taken as it was typed.
    """

    groups: tuple[tuple[Phrase, ...], ...]
    without: tuple[Phrase, ...] = ()
    hint: str = ""

    @property
    def expression(self) -> str:
        """All of it in the language of FTS5, in which an empty phrase is nowhere."""
        if not self.groups:
            return '""'
        found = " AND ".join(f"({_any(group)})" for group in self.groups)
        return f"({found}) NOT ({_any(self.without)})" if self.without else found

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds each of the phrases that are wanted."""
        return re.compile("|".join(dict.fromkeys(phrase.pattern for group in self.groups for phrase in group)))

    def fits(self, text: str) -> bool:
        """Whether a text is what somebody looks for: what the index would say, for a text that is not in it yet."""
        found = normal(text)
        if any(re.search(phrase.pattern, found) for phrase in self.without):
            return False
        return bool(self.groups) and all(any(re.search(phrase.pattern, found) for phrase in group) for group in self.groups)


def _any(phrases: Iterable[Phrase]) -> str:
    return " OR ".join(phrase.expression for phrase in phrases)


def wanted(query: str) -> Wanted:
    """What a query asks for. There is no query that is none; where something is wrong with it, ``hint`` says what was done."""
    items = list(_ITEM.finditer(query[:LONGEST].translate(_QUOTES)))
    read, unwanted = _read(items[:_MOST])
    groups, without = _bounded(read, unwanted)
    is_cut = groups != read or without != unwanted
    short = _TOO_OPEN if is_cut else _TOO_SHORT if any(map(_is_short, items[:_MOST])) else ""
    hint = _TOO_MANY if len(items) > _MOST else _TOO_LONG if len(query) > LONGEST else short
    if groups:
        return Wanted(tuple(groups), tuple(without), hint)
    if without:
        return Wanted(tuple((phrase,) for phrase in without), hint=_ONLY_WITHOUT)
    return Wanted((), hint=_NO_WORD)


def _read(items: Sequence[re.Match[str]]) -> tuple[list[tuple[Phrase, ...]], list[Phrase]]:
    """The phrases that are to be there, one of each group, and those that are not."""
    groups: list[tuple[Phrase, ...]] = []
    without: list[Phrase] = []
    is_or = False
    for at, item in enumerate(items):
        if item["word"] in _OR and groups and not item["minus"] and 0 < at < len(items) - 1:
            is_or = True
            continue
        phrase = _phrase(item)
        if phrase is None:
            continue
        if item["minus"]:
            without.append(phrase)
        elif is_or:
            groups[-1] = (*groups[-1], phrase)
        else:
            groups.append((phrase,))
        is_or = False
    return groups, without


def _bounded(groups: _Groups, without: list[Phrase]) -> tuple[_Groups, list[Phrase]]:
    """The same without what goes on after the first few that do: the index puts together all words that begin so, each time."""
    left = _MOST_OPEN

    def fits(phrase: Phrase) -> bool:
        nonlocal left
        left -= phrase.goes_on
        return left >= 0 or not phrase.goes_on

    kept = [tuple(filter(fits, group)) for group in groups]
    return [group for group in kept if group], [*filter(fits, without)]


def any_of(phrases: Iterable[str]) -> Wanted | None:
    """What asks for one of these phrases, each as it is; None where none of them holds a word."""
    found = tuple(Phrase(tuple(parts(normal(phrase)))) for phrase in phrases)
    group = tuple(phrase for phrase in dict.fromkeys(found) if phrase.parts)
    return Wanted((group,)) if group else None


def _phrase(item: re.Match[str]) -> Phrase | None:
    text = item["word"] if item["phrase"] is None else item["phrase"]
    found = parts(normal(text))
    return Phrase(tuple(found), item[0].endswith("*") and len(found[-1]) > 1) if found else None


def _is_short(item: re.Match[str]) -> bool:
    """Whether it asks for the words that begin with one letter: they are nearly all there are."""
    found = parts(normal(item[0]))
    return item[0].endswith("*") and bool(found) and len(found[-1]) == 1 and not is_paired(found[-1])

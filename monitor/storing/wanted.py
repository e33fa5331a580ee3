"""What somebody looks for: words, phrases and beginnings of words, as they were typed. Nothing that is typed is an error: what
can be no expression is looked for as words, and where there is none nothing is found. A hint says so.

``jang song``        both words, anywhere
``"jang song thaek"``  the words in this order, next to one another
``reunif*``          words that begin so; a run of Korean, Chinese, Japanese or Thai is found inside of others anyway
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
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_ITEM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)(?:"\*?|$)|(?P<word>[^\s"]+))')
_OR = ("OR", "|")
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
        is_run = is_paired(last)
        found += pairs(last) or [last] if is_run else [last]
        is_open = len(last) == 1 if is_run else self.is_open
        return f'"{" ".join(found)}"' + (" *" if is_open else "")

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
    groups, without = _read(items[:_MOST])
    hint = _TOO_MANY if len(items) > _MOST else _TOO_LONG if len(query) > LONGEST else ""
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


def any_of(phrases: Iterable[str]) -> Wanted | None:
    """What asks for one of these phrases, each as it is; None where none of them holds a word."""
    found = tuple(Phrase(tuple(parts(normal(phrase)))) for phrase in phrases)
    group = tuple(phrase for phrase in dict.fromkeys(found) if phrase.parts)
    return Wanted((group,)) if group else None


def _phrase(item: re.Match[str]) -> Phrase | None:
    text = item["word"] if item["phrase"] is None else item["phrase"]
    found = parts(normal(text))
    return Phrase(tuple(found), item[0].endswith("*")) if found else None

"""What somebody looks for: words, phrases and beginnings of words, as they were typed. Nothing that is typed is a syntax error.

``jang song``        both words, anywhere
``"jang song thaek"``  the words in this order, next to one another
``reunif*``          words that begin so; a run of Korean, Chinese, Japanese or Thai is found inside of others anyway
``north OR south``   one of the two
``-army``            without that word
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.errors import InputError
from monitor.storing.tokens import PAIRED, is_paired, normal, pairs, parts

LONGEST = 500  # characters
_MOST = 50  # words and phrases
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
    """One phrase of each of the ``groups``, and none of ``without``."""

    groups: tuple[tuple[Phrase, ...], ...]
    without: tuple[Phrase, ...] = ()

    @property
    def expression(self) -> str:
        """All of it in the language of FTS5."""
        found = " AND ".join(f"({_any(group)})" for group in self.groups)
        return f"({found}) NOT ({_any(self.without)})" if self.without else found

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds each of the phrases that are wanted."""
        return re.compile("|".join(dict.fromkeys(phrase.pattern for group in self.groups for phrase in group)))

    def fits(self, text: str) -> bool:
        """Whether a text is what somebody looks for: what the index would say, for a text that is not in it yet."""
        found = normal(text)
        return all(any(re.search(phrase.pattern, found) for phrase in group) for group in self.groups) and not any(
            re.search(phrase.pattern, found) for phrase in self.without
        )


def _any(phrases: Iterable[Phrase]) -> str:
    return " OR ".join(phrase.expression for phrase in phrases)


def wanted(query: str) -> Wanted:
    """What a query asks for. Raises InputError for one that holds no word, or only what is not to be there, or too many."""
    if len(query) > LONGEST:
        raise InputError(f"what is looked for is longer than {LONGEST} characters")
    groups: list[tuple[Phrase, ...]] = []
    without: list[Phrase] = []
    items = list(_ITEM.finditer(query.translate(_QUOTES)))
    if len(items) > _MOST:
        raise InputError(f"more than {_MOST} words are looked for")
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
    if not groups:
        why = "only what is not to be there; say also what is" if without else "no word"
        raise InputError(f"what is looked for holds {why}: {query.strip()[:80]!r}")
    return Wanted(tuple(groups), tuple(without))


def any_of(phrases: Iterable[str]) -> Wanted | None:
    """What asks for one of these phrases, each as it is; None where none of them holds a word."""
    found = tuple(Phrase(tuple(parts(normal(phrase)))) for phrase in phrases)
    group = tuple(phrase for phrase in dict.fromkeys(found) if phrase.parts)
    return Wanted((group,)) if group else None


def _phrase(item: re.Match[str]) -> Phrase | None:
    text = item["word"] if item["phrase"] is None else item["phrase"]
    found = parts(normal(text))
    return Phrase(tuple(found), item[0].endswith("*")) if found else None

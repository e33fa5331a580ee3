"""Names by their capitals: persons, places, bodies and works, without the offices before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.judging.edits.english_dates import is_capital_next
from monitor.judging.edits.lexicon import english, is_known, is_noun
from monitor.judging.edits.tokens import Sort, Token, joined

_ALSO_NAMES = frozenset({"may", "will"})
_BODY_NOUNS = frozenset(
    ["staff", "assembly", "office", "secretariat", "bureau", "court", "committee", "council", "department", "court", "counsel"]
)
CAPITAL_NOUNS = "\0"  # among the known words: the article is in a language where nouns have capitals
COMMON = "\0\0"  # before a word among the known ones: the text has it in small letters
_OPENED = frozenset("\"“‘'«")
_LINKS = frozenset(["", " ", "-", "‐", "‑"])
_SENTENCE_START = re.compile(r"[.!?:…\n\"“”‘'«»《》—–(\[]|--")
Here = Sequence[Token]


def named(tokens: list[Token], text: str, known: frozenset[str], is_headline: bool) -> list[Token]:
    """The tokens with names joined. ``known`` are words of names elsewhere in the article."""
    title_case = is_headline and _is_title_case(tokens)
    german = english().words["german"]
    has_nouns = CAPITAL_NOUNS in known or len({token.key for token in tokens} & german) > 1
    least = 2 if has_nouns else 1
    done: list[Token] = []
    at = 0
    while at < len(tokens):
        size = 0 if has_nouns and tokens[at].key in german else _name_size(tokens, at, known, title_case)
        if size >= least or (size and tokens[at].text.isupper() and len(tokens[at].text) > 1):
            parts = tokens[at : at + size]
            if parts[-1].text in ("'s", "’s"):
                parts, tail = parts[:-1], parts[-1:]
            else:
                tail = []
            done.append(
                joined(parts, text, Sort.NAME, "name:" + " ".join(part.key for part in parts if part.text[0] not in "'’"))
            )
            done += tail
            at += size
        else:
            done.append(tokens[at])
            at += 1
    return done


def _is_title_case(tokens: Here) -> bool:
    words = [token for token in tokens if token.sort in (Sort.WORD, Sort.TITLE) and token.key not in english().words["function"]]
    return len(words) > 1 and sum(token.text[0].isupper() for token in words) > 0.6 * len(words)


def _is_capital(tokens: Here, at: int) -> bool:
    """Whether a name may begin or go on here: a capital, and no word of grammar."""
    token = tokens[at]
    if token.sort not in (Sort.WORD, Sort.TITLE) or not token.text[0].isupper():
        return False
    if token.key in english().words["function"] and not (token.text.isupper() and len(token.text) > 1):
        return token.key in _ALSO_NAMES and is_capital_next(tokens, at)
    return not (token.sort is Sort.TITLE and not _is_body(tokens, at)) and not _is_rank(tokens, at)


def _is_rank(tokens: Here, at: int) -> bool:
    """Whether a capital belongs to an office behind it: ``Former Defence Minister``."""
    ranks = english().words["ranks"]
    here = at
    while here < len(tokens) and tokens[here].key in ranks and tokens[here].sort is Sort.WORD and here < at + 4:
        here += 1
    if here > at and _is_of_office(tokens, here):
        here += 1
    return at < here < len(tokens) and tokens[here].sort is Sort.TITLE


def _is_of_office(tokens: Here, at: int) -> bool:
    """Whether a common word with a capital belongs to the office behind it: ``Police Chief``."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    is_common = at < len(tokens) and tokens[at].sort is Sort.WORD and is_known(tokens[at].key)
    return is_common and following is not None and following.sort is Sort.TITLE and following.lead == " "


def _is_body(tokens: Here, at: int) -> bool:
    """Whether an office is part of a body's name: ``General Staff``."""
    return at + 1 < len(tokens) and tokens[at + 1].key in _BODY_NOUNS and tokens[at + 1].text[0].isupper()


def _name_size(tokens: Here, at: int, known: frozenset[str], title_case: bool) -> int:
    if not _is_capital(tokens, at) or not _begins(tokens, at, known, title_case):
        return 0
    size = 1
    while at + size < len(tokens):
        here = tokens[at + size]
        if here.text in ("'s", "’s", "'", "’") and _goes_on(tokens, at + size + 1, known, title_case):
            size += 2
        elif (here.lead in ("-", "‐", "‑") and here.sort is Sort.WORD and _is_syllable(here)) or _goes_on(
            tokens, at + size, known, title_case
        ):
            size += 1
        else:
            step = _over_link(tokens, at + size, known, title_case)
            if not step:
                break
            size += step
    return size


def _is_syllable(token: Token) -> bool:
    """Whether what stands behind a hyphen is part of a name (``Chang-yong``) and no word (``Juche-based``)."""
    return token.text[0].isupper() or not is_known(token.key) or token.key in english().words["romanized"]


def _goes_on(tokens: Here, at: int, known: frozenset[str], title_case: bool) -> bool:
    if at >= len(tokens) or tokens[at].lead not in (*_LINKS, "' ", "’ ", ". ") or not _is_capital(tokens, at):
        return False
    if tokens[at].lead == ". " and len(tokens[at - 1].text) > 2:
        return False
    return not title_case or _is_own(tokens[at], known)


def _over_link(tokens: Here, at: int, known: frozenset[str], title_case: bool) -> int:
    """``Ministry of Foreign Affairs``: how many tokens lead to where the name goes on."""
    links = english().words["bodies"] - {"and", "for", "on"}
    size = 0
    while at + size < len(tokens) and size < 3 and tokens[at + size].key in links and tokens[at + size].lead == " ":
        size += 1
    if (
        size
        and tokens[at].key != "the"
        and _goes_on(tokens, at + size, known, title_case)
        and tokens[at + size].lead in (" ", "-")
    ):
        return size + 1
    return 0


def _begins(tokens: Here, at: int, known: frozenset[str], title_case: bool) -> bool:
    token = tokens[at]
    if title_case:
        return _is_own(token, known)
    if token.lead == "-" and at and tokens[at - 1].text[0].isupper():
        return False  # First-Party
    if at and tokens[at - 1].sort is Sort.TITLE and token.lead in (" ", ". "):
        return True  # Mr. Bean
    if (
        at
        and tokens[at - 1].key in english().words["genres"]
        and any(c in _OPENED for c in token.lead)
        and token.text[0].isupper()
    ):
        return True  # the film "Salt"
    if _is_of_office(tokens, at) and not _is_body(tokens, at + 1):
        return False
    is_first = at == 0 or _SENTENCE_START.search(token.lead) is not None
    if not is_first or not (is_known(token.key) or (is_noun(token.key) and token.key not in known)):
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is not None and following.lead in _LINKS and _is_capital(tokens, at + 1)


def _is_own(token: Token, known: frozenset[str]) -> bool:
    """Whether a word of a headline is part of a name: no common word, or one that names in the text hold."""
    is_common = is_noun(token.key) or COMMON + token.key in known
    return token.key in known or not is_common or (token.text.isupper() and 1 < len(token.text) < 6)

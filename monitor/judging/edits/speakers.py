"""Who is said to have said it: the words of a sentence that name the subject of a verb of saying, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.judging.edits import quotes
from monitor.judging.edits.lexicon import english, first_of_line
from monitor.judging.edits.taking import is_particle
from monitor.judging.edits.tokens import Sort, Token

SUBJECT = frozenset({"들은", "들이", "가", "이", "은", "는", "께서", "께서는", "도", "측은", "측이"})
_TOPIC = frozenset({"들은", "은", "는", "께서", "께서는", "측은"})
_WITHIN = frozenset({"의", "와", "과", "및", "등", "들", "전", "현"})  # Korean words of grammar within a noun phrase
_QUOTING = frozenset({"고", "라고", "며", "면서", "이라고"})  # behind what was said
_PASSIVE = frozenset({"알려지", "전해지", "따르면"})
_AUXILIARIES = frozenset(["have", "has", "had", "also", "later", "then", "a", "ha", "hat", "haben"])
_CLAUSE = frozenset(
    ["that", "and", "but", "as", "while", "because", "when", "if", "after", "before", "since", "who", "which", "where", "whether"]
)
_WHO = frozenset(["a", "an", "who", "which", "whose", "that", "where", "der", "die", "qui", "dont"])
_IN_A_CLAUSE = frozenset(["would", "will", "could", "might", "should", "can", "may", "must", "was", "were", "is", "are", "be"])
_BREAKS = frozenset(',;:—–()"“”«»「」『』《》，。、：')
_QUOTED = frozenset(["quoted", "cited", "told", "reported", "announced", "confirmed"])
_IN_WORDS = frozenset(["words", "view", "opinion", "account"])
_CLOSED = frozenset('"”»’')
_SPEAKER = 9  # words for who says it, at most
_REACH = 60  # tokens before a verb within which its subject stands
_FIRST = 3  # tokens from the beginning within which a subject in -이, -가 stands without an office
_JAPANESE = frozenset("話述語訴答明")  # verbs of saying: と話した, と述べた
Here = Sequence[Token]


def speakers(tokens: Here, text: str) -> frozenset[int]:
    """The places of the tokens that name who says it. ``text`` is the sentence."""
    found: set[int] = set()
    spans = quotes.quoted(text) if any(token.sort is Sort.SAYING or "と" in token.text for token in tokens) else []
    for at, token in enumerate(tokens):
        if token.sort is Sort.SAYING:
            found.update(_of_verb(tokens, at, spans))
        elif _is_view_of(tokens, at):
            found.update(_behind(tokens, at + 2))
        elif token.text == "と" and at + 1 < len(tokens) and tokens[at + 1].text[0] in _JAPANESE:
            found.update(_of_japanese(tokens, at, spans))
    return frozenset(found)


def _of_verb(tokens: Here, at: int, spans: list[quotes.Span]) -> Iterator[int]:
    token = tokens[at]
    if "가" <= token.text[0] <= "힣":
        yield from _of_korean(tokens, at, spans)
    elif "\u3400" <= token.text[0] <= "\u9fff":
        yield from _of_chinese(tokens, at)
    elif token.key == "according" or _is_quoted_by(tokens, at):
        yield from _behind(tokens, at + 2)
    elif token.key in english().words["sure-sayings"] or not token.text.isascii():
        verb = at - 1 if at and tokens[at - 1].key in _AUXILIARIES else at
        yield from _behind(tokens, at + 1) if _is_inverted(tokens, verb, at) else _before(tokens, verb)


def _is_quoted_by(tokens: Here, at: int) -> bool:
    return tokens[at].key in _QUOTED and at + 1 < len(tokens) and tokens[at + 1].key == "by"


def _is_view_of(tokens: Here, at: int) -> bool:
    """``In the words of a fisherman``."""
    is_view = tokens[at].key in _IN_WORDS and 1 < at < len(tokens) - 2
    return is_view and (tokens[at - 2].key, tokens[at + 1].key) == ("in", "of")


# English, and whatever has its subject before the verb or right behind it


def _is_inverted(tokens: Here, verb: int, at: int) -> bool:
    """Whether who says it stands behind the verb: ``"…," said the mayor``; ``…, said its chairman, Kim Yong Su``."""
    lead, behind = tokens[verb].lead, tokens[at + 1 : at + 1 + _SPEAKER]
    if not behind or behind[0].key in ("that", "to") or behind[0].lead.strip() or not any(c in lead for c in ',"”»'):
        return False
    if any(c in _CLOSED for c in lead):
        return True
    rest = tokens[at + 1 : at + 1 + _REACH]
    is_short = len(rest) < _REACH and not any(token.key in _IN_A_CLAUSE for token in rest)
    return is_short and any(token.sort in (Sort.NAME, Sort.TITLE) for token in behind)


def _behind(tokens: Here, start: int) -> Iterator[int]:
    """The noun phrase from a place on, with the name in apposition to it."""
    for at in range(start, min(len(tokens), start + _SPEAKER)):
        token = tokens[at]
        breaks = [c for c in token.lead if c in _BREAKS]
        is_apposition = breaks == [","] and token.sort in (Sort.NAME, Sort.TITLE)
        if at > start and ((breaks and not is_apposition) or token.key in _CLAUSE or token.key in _IN_A_CLAUSE):
            return
        if token.sort in (Sort.SAYING, Sort.DATE):
            return
        yield at


def _before(tokens: Here, verb: int) -> Iterator[int]:
    """The noun phrase before a verb; one that words between commas stand behind, with the name among them."""
    at = verb - 1
    while at >= 0 and (tokens[at].key.endswith("ly") or tokens[at].sort is Sort.DATE or tokens[at].key in (*_AUXILIARIES, "on")):
        at -= 1
    if at < 0:
        return
    if "," in tokens[at + 1].lead:
        end = at
        while at > 0 and "," not in tokens[at].lead:
            at -= 1
        if tokens[at].key not in _WHO:
            yield from (each for each in range(at, end + 1) if tokens[each].sort in (Sort.NAME, Sort.TITLE))
        at -= 1
    elif any(c in _BREAKS for c in tokens[at + 1].lead):
        return
    for each in range(at, max(-1, at - _SPEAKER), -1):
        if tokens[each].sort is Sort.SAYING or tokens[each].key in _CLAUSE:
            return
        yield each
        if any(c in _BREAKS for c in tokens[each].lead):
            return


# Korean, Japanese, Chinese


def _of_korean(tokens: Here, at: int, spans: list[quotes.Span]) -> Iterator[int]:
    if first_of_line("korean", "sayings").get(tokens[at].key, tokens[at].key) == "따르면" or tokens[at].key == "따르면":
        yield from _phrase(tokens, at - 2)
        return
    if tokens[at].key in _PASSIVE or "되" in tokens[at].text or "됐" in tokens[at].text:
        return
    if at and _is_subject(tokens[at - 1], SUBJECT) and not quotes.is_within(tokens[at - 1].at, spans):
        yield from _phrase(tokens, at - 2)
        return
    for particles in (_TOPIC, SUBJECT):
        for here in range(max(1, at - _REACH), at):
            if _is_subject(tokens[here], particles) and not quotes.is_within(tokens[here].at, spans):
                phrase = list(_phrase(tokens, here - 1))
                is_known = any(tokens[each].sort in (Sort.NAME, Sort.TITLE) for each in phrase)
                if is_known or here <= _FIRST or particles is _TOPIC:
                    yield from phrase
                    return
                break


def _is_subject(token: Token, particles: frozenset[str]) -> bool:
    return token.sort is Sort.FUNCTION and token.text in particles and not token.lead


def _phrase(tokens: Here, end: int) -> Iterator[int]:
    """The noun phrase that ends at a place: nouns side by side, back to the particle of another."""
    for at in range(end, max(-1, end - _SPEAKER), -1):
        token = tokens[at]
        if (
            token.sort in (Sort.SAYING, Sort.DATE, Sort.DENIAL)
            or token.text in _QUOTING
            or (is_particle(token) and token.text not in _WITHIN)
        ):
            return
        yield at
        if any(c in _BREAKS for c in token.lead):
            return


def _of_japanese(tokens: Here, verb: int, spans: list[quotes.Span]) -> Iterator[int]:
    for at in range(max(1, verb - _REACH), verb):
        if tokens[at].text in ("は", "が") and not quotes.is_within(tokens[at].at, spans):
            yield from range(max(0, at - _SPEAKER), at)
            return


def _of_chinese(tokens: Here, verb: int) -> Iterator[int]:
    """Who stands between the beginning of the clause and the verb, where an office or name tells that somebody does."""
    first = max(0, verb - _SPEAKER)
    start = next((at for at in range(verb, first, -1) if any(c in _BREAKS for c in tokens[at].lead)), first)
    phrase = range(start, verb)
    if any(tokens[at].sort in (Sort.NAME, Sort.TITLE) for at in phrase):
        yield from phrase

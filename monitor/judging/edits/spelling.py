"""Whether two words are the same one, spelled otherwise: US and UK, romanizations, north and south, typos, abbreviations."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

from monitor.judging.edits.lexicon import bases, english, first_of_line, is_known, korean

_US = (
    (re.compile(r"ou(?=r(?:s|ed|ing|er|ers|ful|less|able|ite|ites|hood|ly|ism|ist|al)?$)"), "o"),
    (re.compile(r"(?<=[a-z]{2})[iy]s(?=(?:e|es|ed|er|ers|ing|able|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})yz(?=(?:e|es|ed|er|ers|ing)$)"), "iz"),
    (re.compile(r"ll(?=(?:ed|ing|er|ers|or|ors|ery|ist|ment|ments|ful|fully|ous)$)"), "l"),
    (re.compile(r"l(?:l)?(?=(?:s|ment|ments|ful|fully)?$)"), "l"),
    (re.compile(r"(?<=[bct])re(?=s?$)"), "er"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"enc(?=es?$)"), "ens"),
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"euvr"), "euver"),
    (re.compile(r"x(?=ions?$)"), "ct"),
)
_DIPHTHONGS = (
    ("eo", "o"), ("eu", "u"), ("ae", "a"), ("oo", "u"), ("ph", "f"), ("ch", "j"), ("ck", "k"), ("ou", "u"), ("kh", "k"),
    ("th", "t"), ("yy", "y"), ("iy", "y"), ("ts", "j"), ("zh", "j"),
)  # fmt: skip
_FOLDED = str.maketrans("gdbrcw", "ktplkv")
_FIRST_SOUND = {"ᄅ": "ᄂ"}  # 로동, 노동: northern Korean keeps the first sound
_TENSE = {"ᄁ": "ᄀ", "ᄄ": "ᄃ", "ᄈ": "ᄇ", "ᄊ": "ᄉ", "ᄍ": "ᄌ", "ᄏ": "ᄀ"}
_INITIAL = "ᄋ"
_FINALS = str.maketrans("ᆨᆩᆫᆮᆯᆷᆸᆺᆻᆽᆾᆿᇀᇁᇂ", "ᄀᄁᄂᄃᄅᄆᄇᄉᄊᄌᄎᄏᄐᄑᄒ")
_BODIES = frozenset("원청부처회당국단서행사실구")  # with what the name of a body ends
_LOAN = re.compile("[ᄏᄐᄑ]")
_IMPERFECT = re.compile(r"되[였여]|하[였여]")
_CONTRACTED = (("하시였", "하셨"), ("하였", "했"), ("되였", "됐"), ("되었", "됐"), ("되여", "돼"), ("되어", "돼"), ("하여", "해"))
_TYPOS = str.maketrans("됬됄뵜", "됐될뵀")  # syllables that no Korean word has
_UNFINISHED = {
    "햇": "했",
    "엇": "었",
    "앗": "았",
    "됫": "됐",
    "렷": "렸",
    "켯": "켰",
}  # past stems with half of their last letter
_ALIKE = str.maketrans("ᅢᅤᅫ", "ᅦᅨᅰ")  # vowels that sound alike


@lru_cache(maxsize=4096)
def is_same_word(one: str, other: str) -> bool:
    """Whether two words in small letters differ in their spelling only."""
    if one == other:
        return True
    if _is_hangul(one) and _is_hangul(other):
        return _is_same_korean(one, other)
    if _bare(one) == _bare(other):
        return True
    us = first_of_line("english", "uk-us")
    if us.get(one, one) == us.get(other, other) or us.get(american(one)) == us.get(american(other), ""):
        return True
    return american(one) == american(other) or _is_typo(one, other)


def american(word: str) -> str:
    """A word with the differences between British and American spelling folded away; itself where it is short."""
    if len(word) < 4:
        return word
    for pattern, instead in _US:
        word = pattern.sub(instead, word)
    return word


def _bare(word: str) -> str:
    """Without diacritics, apostrophes and hyphens."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalnum())


def _is_typo(one: str, other: str) -> bool:
    """Whether one of the two is no word, and one slip away from the other (two in a long word)."""
    least = min(len(one), len(other))
    if least < 4 or not (one.isalpha() and other.isalpha()) or _is_form(one, other):
        return False
    slips = OSA.distance(one, other, score_cutoff=2)
    if slips > (1 if least < 8 else 2):
        return False
    return is_known(one) != is_known(other) or (slips == 1 and least > 6 and not is_known(one))


def _is_form(one: str, other: str) -> bool:
    """Whether one is a regular form of the other, or of the same word."""
    irregular = first_of_line("english", "irregular")
    if irregular.get(one, one) == irregular.get(other, other):
        return True
    return bool({one, *bases(one)} & {other, *bases(other)})


def is_form(one: str, other: str) -> bool:
    """Whether two words are forms of one word: ``expect`` and ``expected``, ``매입하지`` and ``매입할``."""
    if _is_hangul(one) and _is_hangul(other):
        return _shared(jamo(one), jamo(other)) >= min(4, max(3, len(jamo(one)) // 2))
    return _is_form(one, other)


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


# Korean


def _is_hangul(word: str) -> bool:
    return bool(word) and "가" <= word[0] <= "힣"


def jamo(word: str) -> str:
    """A Korean word letter by letter."""
    return unicodedata.normalize("NFD", word)


@lru_cache(maxsize=4096)
def southern(word: str) -> str:
    """The letters of a Korean word with the differences between north and south, and those one does not hear, folded away."""
    word = word.translate(_TYPOS)
    if len(word) > 2 and word[-1] in _UNFINISHED:
        word = word[:-1] + _UNFINISHED[word[-1]]
    for long, short in _CONTRACTED:
        word = word.replace(long, short)
    word = _IMPERFECT.sub(lambda found: found[0][0] + ("었" if found[0][1] == "였" else "어"), word)
    found = []
    for at, each in enumerate(word):
        letters = jamo(each)
        first = _TENSE.get(letters[0], letters[0])
        if len(letters) > 1 and not at:
            first = _FIRST_SOUND.get(first, first)
            if first == "ᄂ" and letters[1] in "ᅣᅧᅭᅲᅵᅨ":
                first = ""
        found.append(("" if first == _INITIAL else first) + letters[1:].translate(_FINALS))
    return "".join(found)


def _is_same_korean(one: str, other: str) -> bool:
    loans = first_of_line("korean", "loans")
    if loans.get(one, one) == loans.get(other, other):
        return True
    if min(len(one), len(other)) < 2:
        return False
    a, b = southern(one), southern(other)
    if (
        a == b
        or _is_compound(one, other)
        or _is_clipped(*sorted((one, other), key=len))
        or _is_slip_of_ear(a, b, min(len(one), len(other)))
    ):
        return True
    is_loan = _LOAN.search(jamo(one)) is not None and _LOAN.search(jamo(other)) is not None and len(a) > 5
    is_predicate = one[-1] in "다고며지는" or one in korean().words["common"]
    return is_loan and not is_predicate and OSA.distance(a, b) == 1


def _is_slip_of_ear(one: str, other: str, syllables: int) -> bool:
    """Whether two longer words differ in one vowel that sounds like the other: 한솔반도체, 한솔반도채."""
    return syllables > 3 and one.translate(_ALIKE) == other.translate(_ALIKE) and OSA.distance(one, other) == 1


def _is_clipped(short: str, long: str) -> bool:
    """Whether the name of a body is cut to some of its syllables, the last among them: 국정원, 국가정보원."""
    if not 2 < len(short) < len(long) or len(long) < 5:
        return False
    if (short[0], short[-1]) != (long[0], long[-1]) or long[-1] not in _BODIES:
        return False
    letters = iter(long)
    return all(each in letters for each in short)


def _is_compound(one: str, other: str) -> bool:
    """Whether one has the northern first sound within it: 조선로동당, 조선노동당."""
    if len(one) != len(other):
        return False
    return all(southern(a) == southern(b) for a, b in zip(one, other, strict=True))


# Names


def is_same_name(one: str, other: str) -> bool:
    """Whether two names in small letters are one name in two writings: other romanizations, an abbreviation."""
    if _is_hangul(one) or _is_hangul(other):
        return _is_same_korean(one, other) or is_short_for(one, other) or is_short_for(other, one)
    if _bare(one) == _bare(other) or is_initials(one, other) or is_initials(other, one):
        return True
    first, second = re.split(r"[\s\-]+", one), re.split(r"[\s\-]+", other)
    if len(first) > 1 and len(second) > 1 and _is_shortened(first, second):
        return True
    if len(first) == len(second):
        return all(_is_same_part(a, b) for a, b in zip(first, second, strict=True))
    return "".join(map(romanized, first)) == "".join(map(romanized, second))


def _is_shortened(one: list[str], other: list[str]) -> bool:
    """Whether two names are the same but for an abbreviation at their end or beginning: defence of the DPRK."""
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    end = next((at for at, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[: len(one) - end], other[: len(other) - end]
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and is_initials(_bare(short[0]), " ".join(long))


def is_same_place(one: str, other: str) -> bool:
    """Whether two names in small letters are forms of one: with a generic noun (``sinuiju city``) or an ending (``korean``)."""
    short, long = sorted((one, other), key=len)
    if long.removeprefix(short).strip() in english().words["generic"] and long.startswith(short + " "):
        return True
    is_ending = long.endswith(("n", "ns", "ese", "ish")) and len(long) - len(short) < 4
    return is_ending and len(short) > 3 and long.startswith(short[:-1])


def is_made_of(long: str, parts: list[str]) -> bool:
    """Whether a name is what shorter ones say together: ``central committee of the wpk``, ``c.c.`` and ``wpk``."""
    words = [word for word in re.split(r"[\s\-]+", long) if word not in ("of", "the")]
    for part in parts:
        own, bare = part.split(), _bare(part)
        for at in range(len(words)):
            if words[at : at + len(own)] == own:
                del words[at : at + len(own)]
                break
            if len(bare) > 1 and is_initials(bare, " ".join(words[at : at + len(bare)])):
                del words[at : at + len(bare)]
                break
        else:
            return False
    return not words


def _is_same_part(one: str, other: str) -> bool:
    if one == other or _bare(one) == _bare(other):
        return True
    standard = first_of_line("english", "romanized")
    if one in standard and other in standard:
        return standard[one] == standard[other]
    if is_known(one) and is_known(other):
        return american(one) == american(other)
    if len(one) < 4 or len(other) < 4:
        return False
    if romanized(one) == romanized(other) or _is_long_typo(one, other):
        return True
    return is_known(one) != is_known(other) and _is_typo(one, other)


def _is_long_typo(one: str, other: str) -> bool:
    """One slip in a long name: a letter doubled, dropped or exchanged with its neighbour."""
    if min(len(one), len(other)) < 6 or OSA.distance(one, other) != 1:
        return False
    return len(one) != len(other) or sorted(one) == sorted(other)


@lru_cache(maxsize=4096)
def romanized(word: str) -> str:
    """A part of a name with the differences between romanizations folded away."""
    word = _bare(word)
    for many, few in _DIPHTHONGS:
        word = word.replace(many, few)
    word = word.translate(_FOLDED)
    return re.sub(r"(.)\1", r"\1", word)


def is_slip(one: str, other: str) -> bool:
    """Whether two names in small letters are one slip apart: a letter more or less, or two that changed places."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 3:
        return False
    if sorted(one) == sorted(other):
        return OSA.distance(one, other, score_cutoff=1) == 1
    return min(len(one), len(other)) > 5 and len(one) != len(other) and OSA.distance(one, other, score_cutoff=1) == 1


def is_initials(short: str, long: str) -> bool:
    """Whether an abbreviation is made of the first letters of a name: ``wpk``, ``workers' party of korea``."""
    parts = [part for part in re.split(r"[\s\-]+", long) if part]
    if not 1 < len(short) < 8 or len(parts) < 2 or not short.isalpha():
        return False
    small = [part for part in parts if part not in ("of", "the", "for", "and", "de", "la", "du")]
    return short in ("".join(part[0] for part in parts), "".join(part[0] for part in small))


def is_short_for(short: str, long: str) -> bool:
    """Whether a Korean abbreviation is made of syllables of a name, in order: ``한은``, ``한국은행``."""
    if not 2 <= len(short) <= 3 or len(long) < 4 or short[0] != long[0]:
        return False
    letters = iter(long)
    return all(each in letters for each in short)

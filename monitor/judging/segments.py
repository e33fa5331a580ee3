"""The units of a text that a person would mark as one: words, numbers, signs, characters of scripts without spaces.

Every unit bears the white space after it, so that joining the units gives the text back. A line break is a unit of its own.
"""

from __future__ import annotations

import re
from itertools import pairwise

# Blocks whose words are written without spaces (Unicode 15, chapters 16 and 18). Han and kana stand for themselves, a word in
# katakana is one unit, and Thai, Lao, Khmer and Burmese go by cluster: a consonant with its vowels and tone marks.
_HAN = "\u3005-\u3007\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_CLUSTERED = "\u0e01-\u0e4e\u0e80-\u0ece\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
_LEADING = "\u0e40-\u0e44\u0ec0-\u0ec4"
_TRAILING = "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059\u17b4-\u17d3"
# Combining marks belong to the letter before them; `re` does not count them among the letters (category M, by block).
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711-\u074a\u0900-\u0903"
    "\u093a-\u094f\u0955-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a51\u0abc-\u0acd\u0b01-\u0b03"
    "\u0b3c-\u0b57\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56\u0cbc-\u0cd6\u0d3b-\u0d4d\u0dca-\u0df3\u0f18-\u0f3f\u0f71-\u0fbc"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
)
_LETTER = rf"[^\W_{_HAN}{_KATAKANA}{_CLUSTERED}]"
_RUN = rf"{_LETTER}+(?:[{_MARKS}]+{_LETTER}*)*+"
# A word with what holds it together (won't, KCNA.kp, new-type), a number with its sign (5,156, 3.5%, $20, 2024-08-04).
_WORD = rf"[$€£¥₩]?{_RUN}(?:(?:[.'’\-]|(?<=\d)[,:/](?=\d)){_RUN})*+(?:(?<=\d)%)?"
_SPACE = r"[^\S\n]*"
_UNIT = re.compile(
    r"\n"
    rf"|https?://[^\s<>\"'()\[\]]+{_SPACE}"
    rf"|{_WORD}{_SPACE}"
    rf"|[{_HAN}][{_MARKS}]*{_SPACE}"
    rf"|[{_KATAKANA}]+{_SPACE}"
    rf"|[{_LEADING}]?[{_CLUSTERED}][{_TRAILING}]*{_SPACE}"
    r"|[^\S\n]+"
    rf"|(?:\.+|-+|=+|\*+|#+|_+|.[{_MARKS}]*){_SPACE}"  # a sign, these as often as they are repeated: "...", "--"
)
_ROUGH = re.compile(r"\n|[^.!?。！？\n]*+[.!?。！？]++[\"'”’」』)\]]*\s*|[^.!?。！？\n]+")
_BEGINNING = 10_000  # characters of a paragraph by which it is known again
_WORDS = re.compile(rf"{_WORD}|[{_HAN}]|[{_KATAKANA}]+|[{_CLUSTERED}][{_TRAILING}]*")
_CLUSTER = re.compile(rf"[{_CLUSTERED}]")
_UNSPACED = re.compile(rf"[{_HAN}{_KATAKANA}{_CLUSTERED}]")
_SENTENCE_END = re.compile(r"[.!?…。！？]+[\"'”’)\]」』）]*(?:(?<=[。！？」』])|(?=\s))\s*")
# Particles as they are written onto nouns (National Institute of Korean Language, 한국어 어문 규범, part 3). After these letters
# -의 is mostly part of the noun: 주의, 회의, 결의.
_PARTICLES = (
    "은 는 이 가 을 를 의 에 에서 에게 에게서 에로 께 께서 께서는 께서도 께서와 으로 로 으로서 로서 으로써 로써 "
    "으로부터 로부터 와 과 도 만 까지 부터 에는 에도 에서는 에서도 에서의 에로의 에게는 에게도 으로는 로는 으로도 로도 "
    "으로의 로의 과의 와의 과는 와는 까지의 부터의 처럼 보다 마다 조차 마저 이나 이라는 라는 이며 이고"
)
_HANGUL = re.compile("[가-힣]")
_EOJEOL = re.compile(rf"([가-힣]{{2,}}?)(?:{'|'.join(sorted(_PARTICLES.split(), key=len, reverse=True))})(?<![주회결합협동논]의)")


def units(text: str) -> list[str]:
    """The units of ``text``."""
    return _UNIT.findall(text)


def rough_units(text: str) -> list[str]:
    """``text`` in sentences, roughly: a thousand times fewer than its units."""
    return _ROUGH.findall(text)


def features(text: str) -> set[str | tuple[str, str]]:
    """The words of a text and its pairs of neighbouring words, by which it is known again; of a long text its beginning's."""
    start = text[:_BEGINNING].lower()
    is_spaced = start.isascii() or _UNSPACED.search(start) is None
    found = start.split() if is_spaced else [key for key in keys(units(start)) if key[0].isalnum()]
    return {*found, *pairwise(found)}


def keys(found: list[str]) -> list[str]:
    """What makes units the same word: themselves without the space after them, and in Korean the noun without its particle."""
    bare = [unit.rstrip(" ") or unit for unit in found]
    if _HANGUL.search("".join(bare)) is None:
        return bare
    stems = {unit: _stem(unit) for unit in set(bare)}
    return [stems[unit] for unit in bare]


def _stem(eojeol: str) -> str:
    found = _EOJEOL.fullmatch(eojeol)
    return found[1] if found else eojeol


def weight(text: str) -> float:
    """How many words a text amounts to: a Han character or a syllable of kana counts as one, a Thai cluster as half of one."""
    found = _WORDS.findall(text)
    return len(found) if text.isascii() else len(found) - sum(_CLUSTER.match(each) is not None for each in found) / 2


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, by the signs that end them; an abbreviation may end one too early."""
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    found = (text[start:end].strip() for start, end in pairwise(ends))
    return [sentence for sentence in found if sentence]

"""Words are the same whatever their case, accents and forms; scripts without spaces are kept in pairs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import lines

from monitor.storing.tokens import aligned, indexed, normal


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kim Jong-un’s speech", "kim jong un s speech"),
        ("CAFÉ Ångström ÉTÉ", "cafe angstrom ete"),
        ("Straße STRASSE ΣΊΣΥΦΟΣ", "strasse strasse σισυφοσ"),
        ("ＫＣＮＡ ﬁre Ⅻ", "kcna fire xii"),
        ("co\u00adop\u200b \u202eleft", "coop left"),
        ("snake_case a.b,c", "snake case a b c"),
        ("북한", "북한 한"),
        ("북한의 KCNA가", "북한 한의 의 kcna 가"),
        ("조선 로동당", "조선 선 로동 동당 당"),
        ("日本語テスト", "日本 本語 語テ テス スト ト"),
        ("ｶﾞｽ", "ガス ス"),
        ("กำ", "กํ ํา า"),
        ("", ""),
        ("«» — !", ""),
    ],
)
def test_words(text: str, words: str) -> None:
    assert indexed(text).split() == words.split()


@given(lines())
def test_composed_or_not_is_the_same(text: str) -> None:
    assert normal(unicodedata.normalize("NFC", text)).split() == normal(unicodedata.normalize("NFD", text)).split()


@given(st.text())
def test_what_is_normal_stays_as_it_is(text: str) -> None:
    once = normal(text)
    assert normal(once).split() == once.split()


@given(st.text())
def test_what_is_aligned_is_as_long_as_the_text(text: str) -> None:
    assert len(aligned(text)) == len(text)


def test_a_text_of_every_character_there_is_is_indexed() -> None:
    text = "".join(map(chr, range(0x110000)))
    found = indexed(text)
    assert found
    assert '"' not in found
    assert len(aligned(text)) == len(text)

"""Text from outside made harmless: whatever it holds, a terminal has nothing to obey and nothing is reordered."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.telling.harmless import harmless

REORDERING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\nb\r\tc\x00\x7f", r"a\x0ab\x0d\x09c\x00\x7f"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\u2066x\u2069\u200f\u2028\ufeff", r"\u2066x\u2069\u200f\u2028\ufeff"),
        ("\udc80", r"\udc80"),
        ("a\u200bb\u061c\u2060\U000e0041", r"a\u200bb\u061c\u2060\U000e0041"),
        ("👩\u200d👧 می\u200cخواهم", "👩\u200d👧 می\u200cخواهم"),
        ("[bold]김정은 “é” 😀[/bold]", "[bold]김정은 “é” 😀[/bold]"),
        ("", ""),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(text=st.text())
def test_nothing_that_is_obeyed_or_reorders_is_left(text: str) -> None:
    shown = harmless(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert not [c for c in shown if unicodedata.bidirectional(c) in REORDERING]
    assert not set(shown) & set("\u061c\u200b\u200e\u200f\u2060\ufeff")
    assert len(shown.splitlines()) <= 1
    assert harmless(shown) == shown
    shown.encode("utf-8")


@given(text=st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "M"])))
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text

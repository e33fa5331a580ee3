"""Character references in a text, undone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.references import unescaped


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("A &amp; B", "A & B"),
        ("&amp;lt;", "&lt;"),
        ("&#8211;&#x2013;", "––"),
        ("&#99999999;", "\ufffd"),
        ("a&#" + "9" * 5000 + ";b", "a\ufffdb"),
        ("&#" + "9" * 5000, "\ufffd"),
        ("&#x" + "f" * 5000 + ";", "\ufffd"),
        ("&unknown; &", "&unknown; &"),
        ("", ""),
    ],
)
def test_references_are_undone_once_and_none_is_too_large(text: str, plain: str) -> None:
    assert unescaped(text) == plain


@given(st.text() | st.lists(st.sampled_from(["&", "#", "x", "9" * 700, ";", "amp", "a"])).map("".join))
def test_no_text_is_an_error(text: str) -> None:
    assert "&" in text or unescaped(text) == text
    assert len(unescaped(text)) <= len(text) * 2

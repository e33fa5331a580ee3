"""Sentences: a capital and one full stop, whatever an error says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.telling.sentences import counted, sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("there is no change 5", "There is no change 5."),
        ("sign in first.", "Sign in first."),
        ("a note. Send it again", "A note. Send it again."),
        ("'x' is no change", "'x' is no change."),
        ("`monitor verify` says more", "`monitor verify` says more."),
        ("https://a.example/ has no version 3", "https://a.example/ has no version 3."),
        ("monitor.db is a folder", "monitor.db is a folder."),
        ("limit: is no number", "Limit: is no number."),
        ("gone", "Gone."),
        ("what now?", "What now?"),
        ("  ", ""),
    ],
)
def test_a_text_becomes_a_sentence(text: str, said: str) -> None:
    assert sentence(text) == said


@given(st.text(max_size=60))
def test_a_sentence_stays_as_it_is(text: str) -> None:
    assert sentence(sentence(text)) == sentence(text)


def test_one_is_told_from_many() -> None:
    assert [counted(number, "second") for number in (0, 1, 2, 1000)] == ["0 seconds", "1 second", "2 seconds", "1,000 seconds"]

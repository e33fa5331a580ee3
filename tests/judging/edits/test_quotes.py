"""Quotation marks: what stands within them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging.edits.quotes import quoted


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ('"We will," he said.', ["We will,"]),
        ("“We will,” he said, “go.”", ["We will,", "go."]),
        ("《우리는 이겼다.》라고", ["우리는 이겼다."]),
        ("'My client saw \"nothing\" there,' he said.", ['My client saw "nothing" there,']),
        ("The Workers' Party of the '90s won't say.", []),
        ('<p class="authors"> by {% author "andre" %} "said" so', ["said"]),
        ('"It goes on.\n"And on," he said.', ["It goes on.", "And on,"]),
    ],
)
def test_what_is_quoted(text: str, within: list[str]) -> None:
    assert [text[start:end] for start, end in quoted(text)] == within


@given(st.text(alphabet="\"'“”‘’«»《》 a\n.", max_size=60))
def test_any_marks_give_spans_in_order(text: str) -> None:
    spans = quoted(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)

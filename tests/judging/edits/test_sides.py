"""Two texts side by side: whatever they are, and however little room there is, what differs is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.article import Article
from monitor.judging.edits import judge
from monitor.judging.edits.sides import Became, apart, became, first_difference, harmless
from monitor.model import Kind
from monitor.settings import Weights

LEADER = "the great leader Comrade Kim Il Sung said to the officials of the province on the spot"
TEXTS = st.text(st.sampled_from("ab ,;:→…x가中\u202e"), max_size=30)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("short", "other", "short → other"),
        (LEADER + " in spring", LEADER + " in autumn", "…on the spot in spring → …on the spot in autumn"),
        (LEADER, LEADER + " and left", "…on the spot → …on the spot and left"),
        ("", "x", "with “x”"),
        ("a\u200db", "a b", "“a b” (what differs is not seen)"),
    ],
)
def test_what_became_of_a_text(old: str, new: str, line: str) -> None:
    assert became(old, new) == line


@given(st.text(max_size=200), TEXTS, TEXTS, st.text(max_size=200), st.integers(8, 60))
def test_two_texts_that_look_different_look_different_when_cut(same: str, old: str, new: str, end: str, longest: int) -> None:
    whole = [harmless(same + text + end) for text in (old, new)]
    sides = apart(*whole, longest)
    assert all(len(side) <= longest for side in sides)
    assert (sides[0] == sides[1]) is (whole[0] == whole[1])


@given(st.text("ab ", max_size=120), TEXTS, TEXTS, st.integers(90, 120))
def test_a_phrase_keeps_both_sides_in_any_room(same: str, old: str, new: str, room: int) -> None:
    text = Became(f"z{same}{old}z", f"z{same}{new}z", "changes a quotation in 12 places: ").within(room)
    assert len(text) <= room
    sides = text.removeprefix("changes a quotation in 12 places: ").split(" → ")
    assert len(set(sides)) > 1 or "not seen" in text or "→" in old + new


@given(st.text("ab", max_size=50), st.text("ab", max_size=50))
def test_the_first_difference_is_the_first(old: str, new: str) -> None:
    at = first_difference(old, new)
    assert old[:at] == new[:at]
    assert old[at : at + 1] != new[at : at + 1] or old == new


@given(st.lists(st.sampled_from(LEADER.split()), min_size=12, max_size=60), st.integers(0, 59), st.booleans())
def test_no_reason_has_two_sides_that_look_alike(words: list[str], at: int, is_title: bool) -> None:
    other = list(words)
    other[at % len(words)] = "nobody"
    old, new = " ".join(words), " ".join(other)
    pairs = [(text, "a") if is_title else ("t", f"He said: “{text}”") for text in (old, new)]
    articles = [Article("K", title, None, (paragraph,)) for title, paragraph in pairs]
    line = judge(Kind.EDITED, *articles, Weights()).reason
    for phrase in line.rpartition(": ")[2].split(", "):
        sides = phrase.split(" → ")
        assert len(sides) == len(set(sides)), line


def test_a_long_title_is_told_around_what_differs() -> None:
    titles = ["word " * 600 + end for end in ("spring", "autumn")]
    articles = [Article("K", title, None, ("text",)) for title in titles]
    line = judge(Kind.EDITED, *articles, Weights()).reason
    assert "spring" in line
    assert "autumn" in line


def test_what_lies_beyond_is_told_around_what_differs() -> None:
    texts = ["word " * 40_000 + end for end in ("spring came", "autumn came")]
    articles = [Article("K", "t", None, (text,)) for text in texts]
    line = judge(Kind.EDITED, *articles, Weights()).reason
    assert "spring" in line
    assert "autumn" in line
    assert len(line) <= 120

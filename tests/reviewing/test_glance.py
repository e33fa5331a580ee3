"""The first changed words of a change, in their place, in one line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from standins import article

from monitor.judging.words import differences
from monitor.model import Op
from monitor.reviewing.glance import Glance, glance


def told(before: tuple[str, ...], after: tuple[str, ...], title: str = "T", later: str = "T") -> tuple[str, int]:
    return _told(glance(differences(article(title, *before), article(later, *after))))


def _told(found: Glance) -> tuple[str, int]:
    marks = {Op.KEPT: "{}", Op.CUT: "[-{}-]", Op.ADDED: "{{+{}+}}"}
    return "".join(marks[token.op].format(token.text) for token in found.tokens), found.more


def test_an_edit_stands_between_the_words_around_it() -> None:
    assert told(("He said no one came.",), ("He said everyone came.",)) == ("He said [-no one-]{+everyone+} came.", 0)


def test_words_far_away_are_left_out() -> None:
    far = "It was a day like any other, and people went about their work as they had always done it."
    text, more = told((f"{far} He said no. {far}",), (f"{far} He said yes. {far}",))
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert "[-no-]{+yes+}" in text
    assert len(text) < 160
    assert more == 0


def test_what_stands_between_two_edits_stands_there_once() -> None:
    text, _ = told(("The red mine in the old north.",), ("The blue mine in the new north.",))
    assert text == "The [-red-]{+blue+} mine in the [-old-]{+new+} north."


def test_what_follows_the_last_edit_of_a_paragraph_stands_before_the_next() -> None:
    text, more = told(
        ("He was found not guilty on Monday.",), ("He was found guilty on Monday.",), "Hale not guilty", "Hale guilty"
    )
    assert text == "Hale [-not -]guilty · He was found [-not -]guilty on Monday."
    assert more == 0


def test_edits_that_do_not_fit_are_counted() -> None:
    before = tuple(f"Paragraph {number} tells of a matter called m{number} and goes on for a while." for number in range(20))
    after = tuple(each.replace("called", "named") for each in before)
    text, more = told(before, after)
    assert text.count("[-called-]") + more == 20
    assert more > 10


def test_a_paragraph_that_moved_says_so() -> None:
    texts = tuple(f"Paragraph about the {what} has several words of its own." for what in ("mine", "river", "school", "bridge"))
    text, more = told(texts, (texts[3], *texts[:3]))
    assert text.startswith("paragraph 1, moved from 4: Paragraph about the bridge")
    assert more == 0


def test_long_words_are_cut_and_nothing_is_nothing() -> None:
    assert len(told(("x" * 10_000,), ("y" * 10_000,))[0]) < 300
    assert _told(glance(())) == ("", 0)


@given(st.lists(st.text("ab .\n", max_size=30), max_size=4), st.lists(st.text("ab .\n", max_size=30), max_size=4))
def test_it_is_one_short_line_whatever_differs(before: list[str], after: list[str]) -> None:
    paragraphs = [tuple(" ".join(each.split()) for each in side if each.strip()) or ("x",) for side in (before, after)]
    text, more = told(*paragraphs)
    assert "\n" not in text
    assert len(text) < 1200
    assert more >= 0

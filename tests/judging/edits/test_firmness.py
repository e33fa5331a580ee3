"""How firmly a text speaks: what was softened or hardened, and what a threat is, in English and Korean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.article import Article
from monitor.judging.edits import firmness, judge
from monitor.model import Edit, EditClass, Judgement, Kind
from monitor.settings import Weights

REST = ("The farms finished their work early this year.", "Officials visited the place on Sunday and spoke to the workers.")


def edited(text: str, old: str, new: str) -> Judgement:
    assert text.count(old) == 1
    before, after = (Article("P", "A title", None, (each, *REST)) for each in (text, text.replace(old, new)))
    return judge(Kind.EDITED, before, after, Weights())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("will", "may", [("will", "may")]),
        ("may strike", "must strike", [("may", "must")]),
        ("will be met", "was met", []),
        ("will meet", "will perhaps meet", []),
        ("will or may", "may or will", []),
        ("반드시 징벌할것이다", "징벌할수 있다", [("것이다", "수 있다")]),
        ("was red", "was blue", []),
    ],
)
def test_what_became_softer_or_firmer(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert firmness.turns([Edit(EditClass.WORDING, before, after)]) == expected


_WORDS = st.lists(st.sampled_from(["will", "may", "must", "perhaps", "것이다", "수 있다", "dam"]), max_size=5).map(" ".join)


@given(_WORDS, _WORDS)
def test_turned_about_the_same_words_are_told_the_other_way_round(before: str, after: str) -> None:
    there = firmness.turns([Edit(EditClass.WORDING, before, after)])
    back = firmness.turns([Edit(EditClass.WORDING, after, before)])
    assert [(now, was) for was, now in back] == there


def test_looks_soften_nothing() -> None:
    assert firmness.turns([Edit(EditClass.SPELLING, "will", "may")]) == []


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("The enemy will pay dearly for the drill.", True),
        ("They will play the match on Sunday.", False),
        ("The enemy left the hill.", False),
        ("적들은 반드시 대가를 치르게 된다.", True),
        ("농장은 반드시 계획을 수행한다.", False),
    ],
)
def test_what_a_threat_is(sentence: str, is_one: bool) -> None:
    assert firmness.is_threat(sentence) == is_one


def test_a_threat_softened_in_words_on_no_list_outranks_another_wording() -> None:
    softened = edited("The army will turn the city to ash, the statement warned.", "turn the city to ash", "see to the matter")
    plain = edited("The army will turn the city to ash, the leaflet noted.", "turn the city to ash", "see to the matter")
    assert softened.score > 0.3 > plain.score
    assert softened.terms[0].what == "within a threat"


def test_will_that_became_may_says_so() -> None:
    found = edited("The enemy will pay dearly for the drill.", "will", "may")
    assert found.terms[0].what == "“will” is now “may”"
    assert found.score > 0.4
    assert edited("The enemy will pay dearly for the drill.", "drill", "exercise").score < found.score

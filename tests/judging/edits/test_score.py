"""Scores: sums that add up, classes that outrank others, watch words, kinds of change."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging.pairs import tuning
from strategies import articles

from monitor.article import Article
from monitor.judging.edits import judge
from monitor.model import EditClass, Judgement, Kind
from monitor.settings import Weights

WEIGHTS = Weights()
PAIRS = {pair.id: pair for pair in tuning()}


def edited(before: Article, after: Article, *watch: str) -> Judgement:
    return judge(Kind.EDITED, before, after, WEIGHTS, watch)


def of(pair: str, *watch: str) -> Judgement:
    return judge(Kind.EDITED, PAIRS[pair].before, PAIRS[pair].after, WEIGHTS, watch, other=PAIRS[pair].other)


def test_every_class_and_kind_has_its_weight() -> None:
    names = {each.value.replace(" ", "_").replace("-", "_") for each in EditClass} | {each.value for each in Kind} - {"edited"}
    others = {"alone", "extent", "grave", "routine", "watch", "watch_near", "baseline"}
    assert names | others == {field.name for field in fields(Weights)}


@settings(deadline=None)
@given(
    st.sampled_from(Kind),
    st.none() | articles(),
    st.none() | articles(),
    st.lists(st.text(max_size=5), max_size=3),
    st.booleans(),
)
def test_the_terms_add_up_to_the_score(
    kind: Kind, before: Article | None, after: Article | None, watch: list[str], baseline: bool
) -> None:
    found = judge(kind, before, after, WEIGHTS, watch, baseline=baseline)
    assert found.score == sum(term.value for term in found.terms)
    assert 0 <= found.score <= 1
    assert found.reason
    assert len(found.reason) <= 120
    assert found.reason.isprintable()


@pytest.mark.parametrize("pair", PAIRS)
def test_the_terms_of_a_pair_add_up_and_the_heaviest_comes_first(pair: str) -> None:
    found = of(pair)
    assert found.score == sum(term.value for term in found.terms)
    assert found.terms[0].value == max(term.value for term in found.terms)


def test_typography_alone_is_next_to_nothing() -> None:
    assert of("typography-01").score < 0.03
    assert of("spelling-01").score < 0.1


def test_a_fact_outranks_a_word() -> None:
    assert of("name-01").score > of("number-01").score > of("cut-01").score > of("wording-01").score > of("spelling-01").score


def test_a_removal_outranks_an_edit() -> None:
    before = PAIRS["name-01"].before
    removed = judge(Kind.REMOVED, before, None, WEIGHTS)
    assert removed.score > of("name-01").score
    assert removed.reason == "removed"
    assert judge(Kind.NEW, None, before, WEIGHTS).score < 0.2
    assert judge(Kind.NEW, None, before, WEIGHTS, baseline=True).score < 0.05


def test_a_watch_word_that_goes_lifts_an_edit_and_one_beside_it_less() -> None:
    plain, goes = of("name-01"), of("name-01", "Pak Jong-gun")
    assert goes.score > plain.score
    assert goes.terms[0].what == "watch word Pak Jong-gun goes"
    beside = of("cut-01", "armed guards", "GUARDS")
    assert beside.score > of("cut-01").score
    assert of("cut-01", "balloons").score == of("cut-01").score


def test_a_watch_word_in_a_new_article_lifts_it() -> None:
    article = PAIRS["name-01"].after
    lifted = judge(Kind.NEW, None, article, WEIGHTS, ["Kim Tok Hun"])
    assert lifted.score > judge(Kind.NEW, None, article, WEIGHTS).score
    assert "Kim Tok Hun" in lifted.reason


def test_the_weights_decide() -> None:
    pair = PAIRS["name-01"]
    assert judge(Kind.EDITED, pair.before, pair.after, replace(WEIGHTS, name=0.0, extent=0.0)).score == 0


def test_a_cut_of_half_the_article_outranks_a_cut_of_a_word() -> None:
    before = PAIRS["cut-01"].before
    assert edited(before, replace(before, paragraphs=before.paragraphs[:2])).score > 2 * of("cut-01").score


def test_a_title_in_capitals_hardly_counts() -> None:
    assert of("typography-14").score < 0.1

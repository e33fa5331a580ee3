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
    assert removed.reason.startswith("removed: “Pyongyang, April 8 (KCNA) -- Power Station No. 3")
    assert judge(Kind.NEW, None, before, WEIGHTS).score < 0.2
    assert judge(Kind.NEW, None, before, WEIGHTS, baseline=True).score < 0.05


def article(*paragraphs: str, title: str = "A title") -> Article:
    return Article("P", title, None, paragraphs)


def removed(*paragraphs: str, watch: tuple[str, ...] = (), title: str = "A title") -> Judgement:
    return judge(Kind.REMOVED, article(*paragraphs, title=title), None, WEIGHTS, watch)


def test_a_removal_follows_what_the_article_said() -> None:
    forecast = removed("Wonsan: rain, 5 to 9 degrees, wind 7 metres a second, chance of rain 80 percent.")
    plain, deaths = removed("A new hall was opened in Wonsan."), removed("Twelve people were killed when a bridge fell.")
    named = removed("Kim Tok Hun opened a new hall in Wonsan.", watch=("Kim Tok Hun",))
    assert forecast.score < plain.score < deaths.score < named.score
    assert forecast.terms[0].what == "removed in figures"
    assert deaths.terms[1].what == "of “killed”"
    assert named.reason == "removed, it names Kim Tok Hun: “Kim Tok Hun opened a new hall in Wonsan.”"


def test_a_removal_shows_the_first_words_however_long_they_are() -> None:
    found = removed("word " * 200_000, "\u202e\x1b[31m")
    assert len(found.reason) <= 120
    assert found.reason.startswith("removed: “word word")
    assert removed().reason == "removed"


@pytest.mark.parametrize(
    ("old", "new", "is_price"),
    [
        ("£3", "£4", True),
        ("85p", "95p", True),
        ("$2.50", "$3.10", True),
        ("£3", "£30", False),
        ("£3 million", "£4 million", False),
        ("12 men", "13 men", False),
        ("$900,000", "$950,000", False),
    ],
)
def test_another_price_of_the_same_is_a_matter_of_routine(old: str, new: str, is_price: bool) -> None:
    found = [article(f"A cup of tea costs {each} at the new hall, the owner told our reporter.") for each in (old, new)]
    assert next(term.what for term in edited(*found).terms) == ("number of prices" if is_price else "number")


def test_a_price_beside_grave_words_is_none() -> None:
    found = edited(article("They were killed for $3 each."), article("They were killed for $4 each."))
    assert found.terms[0].what == "number"


def test_an_abbreviation_that_came_alone_counts_less_than_a_name() -> None:
    before = article("The plan has a surgery and a nursery.")
    less, more = (edited(before, article(f"The plan has a {each} surgery and a nursery.")) for each in ("GP", "Kim Jong Un"))
    assert less.score < more.score


def test_a_day_that_went_from_a_headline_counts_less_than_one_in_the_text() -> None:
    text = "Rain is to fall on the coast on March 9."
    headline = edited(article(text, title="Forecast for March 9"), article(text, title="Forecast"))
    assert headline.score < edited(article(text), article("Rain is to fall on the coast.")).score
    assert headline.score < 0.3 < edited(article(text, title="Storm kills 9"), article(text, title="Storm")).score


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

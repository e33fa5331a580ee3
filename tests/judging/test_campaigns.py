"""Campaigns: what edits have in common, what of that says something, and when it is many pages in a short time."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins import DAY, HOUR, START, article

from monitor.judging.campaigns import FULL, SLIGHT, Rule, move, of_edit, of_removal, replacements, runs, same_edit
from monitor.judging.words import differences
from monitor.model import Clue, Cluster, Sighting, StoryKind

RULE = Rule()


def clues(before: str, after: str) -> dict[str, int]:
    """What an edit of one paragraph leaves, with its weight."""
    found = replacements(differences(article("T", before), article("T", after)))
    return {clue.what: clue.weight for clue in of_edit(found)}


# What an edit leaves


def test_very_many_replaced_names_are_not_all_looked_for() -> None:
    found = tuple((f"Kim {chr(65 + n % 26)}un Ri{n} Hall", f"The hall {n} of {n}") for n in range(50_000))
    started = time.process_time()
    assert len(of_edit(found)) == 48
    assert time.process_time() - started < 5  # a tenth of a second


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He said “no”.", 'He said "no".'),
        ("The plan - the first - was met.", "The plan – the first – was met."),
        ("It made 5,156 tons.", "It made 5 651 tons."),
        ("Printed on Monday, January 31", "Printed on Tuesday, February 1"),
        ("The Plan was met.", "The plan was met."),
        ("Some words.", "Some words."),
    ],
)
def test_typography_numbers_and_dates_leave_no_clue(before: str, after: str) -> None:
    assert clues(before, after) == {}


def test_the_published_date_leaves_no_clue() -> None:
    from datetime import date

    one, other = (article("T", "Words.", published=date(2026, 1, day)) for day in (1, 2))
    assert replacements(differences(one, other)) == ()


def test_a_term_replaced_is_the_pair_of_phrases() -> None:
    found = clues("They walked over the footbridge at noon.", "They walked over the viaduct at noon.")
    assert found == {"footbridge → viaduct": FULL}


def test_a_name_cut_is_known_whatever_stood_around_it() -> None:
    ways = [
        ("He met Jang Song Thaek and others.", "He met others."),
        ("Present were Pak Pong Ju, Jang Song Thaek, Kim Ki Nam.", "Present were Pak Pong Ju, Kim Ki Nam."),
        ("Comrade Jang Song Thaek spoke first.", "A delegate spoke first."),
    ]
    assert all(clues(*way).get("cut: Jang Song Thaek") == FULL for way in ways)


def test_a_name_in_a_long_passage_that_was_cut_counts_less() -> None:
    passage = " In the evening the guests were shown the new houses where Jang Song Thaek had a talk with the builders."
    assert clues("The day began well." + passage, "The day began well.")["cut: Jang Song Thaek"] == SLIGHT


def test_a_name_that_only_went_elsewhere_is_not_cut() -> None:
    found = clues("Jang Song Thaek said this. It rained all day.", "This was said. It rained all day, said Jang Song Thaek.")
    assert "cut: Jang Song Thaek" not in found


def test_a_korean_name_is_known_with_every_particle() -> None:
    one = clues("리설주는 평양에서 장성택을 만났다.", "리설주는 평양에서 사람들을 만났다.")
    other = clues("어제 장성택이 연설하였다.", "어제 대표가 연설하였다.")
    assert {what for what in one if what in other} == {"cut: 장성택"}


def test_a_single_small_word_that_was_put_in_leaves_no_clue() -> None:
    assert clues("The farm met its plan.", "The farm reportedly met its plan.") == {}


def test_a_removal_leaves_its_paths_and_the_names_of_its_title() -> None:
    found = {clue.what: clue.weight for clue in of_removal("a", "https://a.example/news/culture/2.html", "Ri Sol Ju Visits Farm")}
    assert found["removed under a.example/news/culture/"] == FULL
    assert found["removed under a.example/news/"] == SLIGHT
    assert found["removed: Ri Sol Ju"] == FULL
    other = of_removal("b", "https://a.example/news/culture/2.html", "")
    assert not {clue.key for clue in other} & {clue.key for clue in of_removal("a", "https://a.example/news/culture/2.html", "")}


def test_hostile_edits_leave_a_bounded_number_of_clues() -> None:
    words = " ".join(f"Name{number} Of{number} A{number}" for number in range(5_000))
    assert len(of_edit(((words, ""),))) <= 48
    assert len(of_removal("a", "https://a.example/" + "x/" * 5_000, words)) <= 48


def test_the_same_edit_is_one_clue_in_whatever_order_its_replacements_come() -> None:
    assert same_edit(7, (("a", "b"), ("c", "d"))).key == same_edit(7, (("c", "d"), ("a", "b"))).key
    assert len({same_edit(7, (("a", "b"),)).key, same_edit(8, (("a", "b"),)).key, same_edit(7, None).key}) == 3
    assert move(1, 2).key != move(2, 1).key


# When it is a story


def seen(*days: float, weight: int = FULL, first: int = 1) -> list[Sighting]:
    """Sightings on so many pages, at days since the start."""
    return [Sighting(first + at, first + at, START + timedelta(days=day), weight) for at, day in enumerate(days)]


def told(found: list[Sighting], kind: StoryKind = StoryKind.CAMPAIGN, rule: Rule = RULE) -> list[tuple[int, ...]]:
    return [tuple(each.change for each in cluster.sightings) for cluster in runs(kind, found, START, rule)]


def test_five_pages_in_a_week_are_a_campaign_and_four_are_not() -> None:
    assert told(seen(0, 1, 2, 3)) == []
    assert told(seen(0, 1, 2, 3, 7)) == [(1, 2, 3, 4, 5)]
    assert told(seen(0, 1, 2, 3, 7.1)) == []


def test_it_goes_on_as_long_as_there_are_enough_in_any_week() -> None:
    assert told(seen(*(at for at in range(60)))) == [tuple(range(1, 61))]
    (cluster,) = runs(StoryKind.CAMPAIGN, seen(0, 0, 0, 0, 0, 5, 8, 30), START, RULE)
    assert (cluster.first, cluster.last, cluster.pages) == (START, START + 5 * DAY, 6)


def test_two_waves_are_two() -> None:
    waves = seen(*[100] * 5, *[300] * 50)
    assert [len(each) for each in told(waves)] == [5, 50]


def test_one_page_edited_again_and_again_is_none() -> None:
    assert told([Sighting(change, 1, START + change * HOUR, FULL) for change in range(50)]) == []


def test_what_counts_less_needs_more_pages() -> None:
    assert told(seen(*[0] * 19, weight=SLIGHT)) == []
    assert len(told(seen(*[0] * 20, weight=SLIGHT))) == 1


def test_what_comes_all_the_time_is_no_campaign_but_far_more_of_it_is() -> None:
    usual = seen(*(2 * day for day in range(100)))  # 3.5 a week
    assert told([*usual, *seen(*[200] * 6, first=500)]) == []
    assert len(told([*usual, *seen(*[200] * 40, first=500)])) == 1


def test_copies_need_two_pages() -> None:
    assert told(seen(0, 1), StoryKind.COPIES) == [(1, 2)]
    assert told(seen(0, 8), StoryKind.COPIES) == []


def test_window_and_pages_are_set_by_the_rule() -> None:
    assert told(seen(0, 1), rule=Rule(2 * DAY, 2)) == [(1, 2)]


_SIGHTINGS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 40), st.sampled_from([SLIGHT, FULL])).map(
        lambda each: (each[0], START + each[1] * DAY, each[2])
    ),
    max_size=40,
)


def _plainly(found: list[Sighting]) -> set[int]:
    """The sightings that some window with enough pages holds, looked for one window after the other."""
    dense: set[int] = set()
    for end in found:
        inside = [each for each in found if end.at - RULE.window <= each.at <= end.at]
        best = {each.page: max(other.weight for other in inside if other.page == each.page) for each in inside}
        if sum(best.values()) >= 2 * FULL:
            dense.update(each.change for each in inside)
    return dense


@given(_SIGHTINGS)
def test_a_story_is_every_sighting_that_a_full_window_holds(drawn: list[tuple[int, object, int]]) -> None:
    found = [Sighting(change, page, at, weight) for change, (page, at, weight) in enumerate(drawn)]  # type: ignore[arg-type]
    clusters: list[Cluster] = runs(StoryKind.COPIES, found, START, RULE)
    held = [each.change for cluster in clusters for each in cluster.sightings]
    assert len(held) == len(set(held))
    assert set(held) == _plainly(found)
    assert clusters == runs(StoryKind.COPIES, found[::-1], START, RULE), "the order in which they come is nothing"


def test_a_clue_knows_its_kind() -> None:
    assert isinstance(same_edit(1, None), Clue)
    assert (same_edit(1, None).kind, move(1, 2).kind) == (StoryKind.COPIES, StoryKind.MOVED)

"""The labelled pairs themselves: that there are enough of each class and language, that they are whole, which are held out."""

from __future__ import annotations

from collections import Counter

import pytest
from judging.pairs import CLASSES, Pair, Tally, all_pairs, held, tally, tuning

from monitor.article import Article, fold

PAIRS = all_pairs()
ROUND = 100  # numbers from 101 on are a later round, which is for tuning as a whole
HELD_ROUND = 5  # ... but for those from 501 on, which are held out as a whole


def slug(pair: Pair) -> str:
    return pair.classes[0].replace(" ", "-")


def fields(article: Article) -> list[str]:
    return [article.publication, article.title, *article.paragraphs]


def test_there_are_enough_pairs() -> None:
    assert len(PAIRS) >= 120


def test_every_class_stands_at_least_eight_times() -> None:
    counts = Counter(one for pair in PAIRS for one in pair.classes)
    assert set(counts) == set(CLASSES)
    assert {name: count for name, count in counts.items() if count < 8} == {}


def test_a_third_is_korean_and_every_class_has_korean_pairs_on_both_sides() -> None:
    korean = [pair for pair in PAIRS if pair.language == "ko"]
    assert len(korean) * 3 >= len(PAIRS)
    for side in (False, True):
        assert {one for pair in korean if pair.held is side for one in pair.classes} == set(CLASSES), side


def test_ids_are_unique_and_count_up_within_their_main_class() -> None:
    assert len({pair.id for pair in PAIRS}) == len(PAIRS)
    for name in CLASSES:
        same = [pair for pair in PAIRS if pair.classes[0] == name]
        for first in {pair.number // ROUND * ROUND for pair in same}:
            numbers = sorted(pair.number for pair in same if first <= pair.number < first + ROUND)
            assert numbers == list(range(first + 1, first + len(numbers) + 1)), name
        assert all(pair.id == f"{slug(pair)}-{pair.number:02}" for pair in same)


def test_every_third_pair_of_a_main_class_is_held_out_and_a_later_round_as_a_whole() -> None:
    def is_held(pair: Pair) -> bool:
        return pair.number // ROUND == HELD_ROUND or (pair.number < ROUND and pair.number % 3 == 0)

    assert [pair.id for pair in PAIRS if pair.held != is_held(pair)] == []


def test_every_class_is_held_out_at_least_three_times() -> None:
    counts = Counter(one for pair in held() for one in pair.classes)
    assert {name: counts[name] for name in CLASSES if counts[name] < 3} == {}


def test_the_held_out_pairs_share_no_paragraph_with_those_for_tuning() -> None:
    seen, kept = ({text for pair in side for text in pair.before.paragraphs} for side in (tuning(), held()))
    assert seen & kept == set()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.id)
def test_a_pair_is_whole(pair: Pair) -> None:
    assert pair.before != pair.after
    assert len(set(pair.classes)) == len(pair.classes) > 0
    assert set(pair.classes) | pair.may <= set(CLASSES)
    assert not pair.may & set(pair.classes)
    assert pair.why
    assert "\n" not in pair.why
    assert all(text == fold(text) != "" for article in (pair.before, pair.after) for text in fields(article))
    assert 1 <= len(pair.before.paragraphs) <= 6


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.id)
def test_the_labels_of_fields_agree_with_the_fields(pair: Pair) -> None:
    named = {*pair.classes, *pair.may}
    assert ("published date" in pair.classes) == (pair.before.published != pair.after.published)
    assert ("source" in pair.classes) == (pair.before.publication != pair.after.publication)
    if "headline" not in pair.may:
        assert ("headline" in pair.classes) == (pair.before.title != pair.after.title)
    if pair.before.paragraphs == pair.after.paragraphs and pair.before.title == pair.after.title:
        assert named <= {"published date", "source"}


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if "swapped" in pair.classes], ids=lambda pair: pair.id)
def test_a_swapped_pair_gives_the_other_text(pair: Pair) -> None:
    assert pair.other is not None
    assert len(set(pair.other.paragraphs) & set(pair.after.paragraphs)) * 2 > len(pair.after.paragraphs)
    assert not set(pair.before.paragraphs) & set(pair.after.paragraphs)


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if "rewritten" in pair.classes], ids=lambda pair: pair.id)
def test_a_rewritten_pair_keeps_no_paragraph(pair: Pair) -> None:
    assert not set(pair.before.paragraphs) & set(pair.after.paragraphs)


def test_what_a_pair_tolerates_counts_neither_way() -> None:
    pair = next(pair for pair in tuning() if pair.id == "number-14")
    assert pair.may == {"name"}
    counts = tally([pair, pair], lambda _: ["name", "date"])
    assert counts["number"] == Tally(missed=2)
    assert counts["name"] == Tally()
    assert counts["date"] == Tally(wrong=2)
    assert counts["date"].precision == 0
    assert counts["number"].recall == 0
    assert tally([pair], lambda one: one.classes)["number"] == Tally(right=1)

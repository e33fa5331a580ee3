"""Signatures: the same everywhere and for ever, alike for alike texts, and cheap."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging.signatures import BANDS, RECIPE, likeness, shingles, signature

WORDS = [f"word{number}" for number in range(4000)]


def text(size: int, seed: int = 1) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=size))


def replaced(words: str, share: float, seed: int = 2) -> str:
    """The text with so many of its words replaced."""
    found, rng = words.split(" "), random.Random(seed)
    for at in rng.sample(range(len(found)), round(share * len(found))):
        found[at] = f"other{rng.getrandbits(30)}"
    return " ".join(found)


def test_a_signature_is_the_same_on_every_machine_and_in_every_version() -> None:
    """What stands in databases must be found again: another way to sign is another recipe."""
    assert RECIPE == 1
    assert signature(shingles("The farm has overfulfilled its plan for the year by a tenth.")) == SIGNED_ENGLISH
    assert signature(shingles("조선중앙통신 10월 10일 평양에서 열병식이 진행되였다.")) == SIGNED_KOREAN


SIGNED_ENGLISH = (
    218183342,
    -2063293261,
    -1925363680,
    -1445930311,
    -1259454902,
    125758887,
    -445039720,
    -818939636,
    -1333127016,
    1645848488,
)
SIGNED_KOREAN = (
    395676227,
    -1807659632,
    -1151622028,
    -1840005201,
    5490011,
    -1852536892,
    1554705647,
    -1130680765,
    -1532508690,
    1904867406,
)


@given(st.text())
def test_any_text_has_a_signature_or_no_words(words: str) -> None:
    found = shingles(words)
    keys = signature(found)
    assert len(keys) == (BANDS if found else 0)
    assert all(-(2**31) <= key < 2**31 for key in keys)
    assert likeness(found, found) == 1.0


@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    first, second = shingles(one), shingles(other)
    assert 0.0 <= likeness(first, second) == likeness(second, first) <= 1.0


def test_case_width_punctuation_and_spaces_do_not_count() -> None:
    assert shingles("“Our Party,”  he said – ＡＢＣ") == shingles("our party he SAID\nABC")


@pytest.mark.parametrize(("share", "least"), [(0.01, 1.0), (0.035, 0.98), (0.06, 0.9), (0.11, 0.6)])
def test_alike_texts_share_a_band(share: float, least: float) -> None:
    """One word in a hundred replaced leaves 94 of 100 runs, one in nine about half of them."""
    hits = 0
    for seed in range(200):
        one = text(300, seed)
        hits += bool({*signature(shingles(one))} & {*signature(shingles(replaced(one, share, seed)))})
    assert hits / 200 >= least - 0.05


def test_texts_that_have_nothing_in_common_share_no_band() -> None:
    keys = [signature(shingles(text(200, seed))) for seed in range(300)]
    assert len({key for each in keys for key in each}) == 300 * BANDS


def test_a_text_shorter_than_a_run_is_one_run() -> None:
    assert shingles("Two words") == {"two words"}
    assert shingles("…") == set()


def test_scripts_without_spaces_go_by_characters() -> None:
    one = "朝鲜中央通讯社平壤十月十日电金正恩总书记观看了盛大的阅兵式并发表了重要讲话全体军民热烈欢呼"
    other = one.replace("十日", "九日")
    assert 0.5 < likeness(shingles(one), shingles(other)) < 1.0
    assert likeness(shingles(one), shingles(one[::-1])) < 0.1


def test_reports_that_differ_in_all_their_numbers_are_not_alike() -> None:
    """The same sentences every day, with the day's figures in them, are no copies."""
    frame = "The weather service says that the highest temperature was {} and the lowest {} with {} mm of rain, {} hours of sun "
    words = "over the whole of the western coast and in the valleys of the north where the farmers are at work in the fields " * 3
    one, other = (shingles(frame.format(*numbers) + words) for numbers in ((21, 12, 3, 5), (24, 15, 7, 9)))
    assert len(one & other) / len(one | other) > 0.5
    assert likeness(one, other) == 0.0


def test_one_number_edited_among_many_leaves_a_text_alike() -> None:
    words = " ".join(f"{number} farms and some more of them" for number in range(100, 140))
    assert likeness(shingles(words), shingles(words.replace("120 farms", "520 farms"))) > 0.8


def test_a_megabyte_is_signed_within_a_second() -> None:
    words = text(160_000)
    began = time.perf_counter()
    signature(shingles(words))
    assert time.perf_counter() - began < 3

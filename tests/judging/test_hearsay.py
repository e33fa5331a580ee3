"""Second-hand sight: which titles say something else, and what is missing from a listing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging.hearsay import says_otherwise, unlisted

KNOWN = "Kim Jong Un Inspects Power Station under Construction"


@pytest.mark.parametrize(
    "heard",
    [
        KNOWN,
        KNOWN.upper(),
        "Kim Jong Un inspects power station under construction",
        "Kim Jong Un Inspects Power Station …",
        "Kim Jong Un Inspects Power Sta...",
        "Kim Jong Un Inspects Power Station [...]",
        "“Kim Jong Un” Inspects Power Station under Construction",
        "",
        " ",
        "***",
    ],
)
def test_the_same_title_as_a_card_has_it(heard: str) -> None:
    assert not says_otherwise(heard, KNOWN)


@pytest.mark.parametrize(
    "heard",
    [
        "Pak Pong Ju Inspects Power Station under Construction",
        "Kim Jong Un Inspects Power Station",  # not marked as cut off
        "Kim Jong Un Inspects Dam …",
        "Kim …",  # too short to tell
        "김정은동지께서 발전소건설장을 현지지도하시였다",
    ],
)
def test_another_title(heard: str) -> None:
    assert says_otherwise(heard, KNOWN)


def test_of_a_page_without_a_title_nothing_is_said() -> None:
    assert not says_otherwise("A title", "")


NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(NAMES, NAMES)
def test_missing_is_what_was_there_and_is_not(before: list[str], now: list[str]) -> None:
    missing = unlisted(before, now)
    assert set(missing) <= set(before) - set(now)
    assert list(missing) == [name for name in before if name in missing]


@given(NAMES, st.integers(0, 8), NAMES)
def test_what_fell_off_the_end_is_not_missing(before: list[str], kept: int, new: list[str]) -> None:
    fresh = [name for name in new if name not in before]
    assert unlisted(before, [*fresh, *before[:kept]]) == ()


def test_what_stood_before_something_that_is_still_there_is_missing() -> None:
    assert unlisted("abcde", "xabde") == ("c",)
    assert unlisted("abc", "xyz") == ()
    assert unlisted("", "a") == ()

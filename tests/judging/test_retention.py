"""Which files of the archive go: the old ones, and the oldest while there is too much."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins import DAY, START

from monitor.judging.retention import to_drop
from monitor.model import ArchiveFile

NOW = START + 10 * DAY


def file(days: int, used: int = 100) -> ArchiveFile:
    """A file whose last capture is so many days old."""
    return ArchiveFile(f"{days}.warc.gz", 3, NOW - (days + 1) * DAY, NOW - days * DAY, used)


def names(files: list[ArchiveFile]) -> list[str]:
    return [each.name for each in files]


OLD, MIDDLE, YOUNG = file(9), file(5), file(0)


@pytest.mark.parametrize(
    ("oldest", "most", "dropped"),
    [
        (None, None, []),
        (10 * DAY, None, []),
        (9 * DAY, None, []),
        (8 * DAY, None, [OLD]),
        (timedelta(0), None, [OLD, MIDDLE]),
        (None, 300, []),
        (None, 299, [OLD]),
        (None, 100, [OLD, MIDDLE]),
        (None, 0, [OLD, MIDDLE, YOUNG]),
        (4 * DAY, 100, [OLD, MIDDLE]),
        (8 * DAY, 100, [OLD, MIDDLE]),
    ],
)
def test_the_old_ones_go_and_the_oldest_while_there_is_too_much(
    oldest: timedelta | None, most: int | None, dropped: list[ArchiveFile]
) -> None:
    assert to_drop([MIDDLE, YOUNG, OLD], NOW, oldest, most) == dropped


def test_what_was_dropped_before_neither_goes_again_nor_counts() -> None:
    gone = replace(file(20), dropped=START, by="somebody")
    assert to_drop([gone, OLD, YOUNG], NOW, DAY, 200) == [OLD]


@given(st.lists(st.builds(file, st.integers(0, 30), st.integers(0, 1000))), st.integers(0, 5000))
def test_what_stays_is_small_enough_and_one_file_more_would_be_too_much(files: list[ArchiveFile], most: int) -> None:
    dropped = to_drop(files, NOW, None, most)
    left = sum(each.used for each in files) - sum(each.used for each in dropped)
    assert left <= most
    assert not dropped or left + dropped[-1].used > most

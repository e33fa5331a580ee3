"""The border around the work on one of many: what it holds back, and what it lets through."""

from __future__ import annotations

import pytest

from monitor.errors import StoreBusy, StoreDamaged
from monitor.jobs.following.alone import Alone


@pytest.mark.parametrize(
    ("wrong", "why", "level"),
    [
        (StoreDamaged("text 3 is cut off"), ": text 3 is cut off", "WARNING"),
        (IndexError("no such word"), " (IndexError: no such word)", "ERROR"),
    ],
)
def test_what_goes_wrong_with_one_is_logged_and_stays_with_it(
    wrong: Exception, why: str, level: str, caplog: pytest.LogCaptureFixture
) -> None:
    with Alone("a change without words", change=3) as tried:
        raise wrong
    assert tried.why == why
    [line] = caplog.records
    assert (line.message, line.levelname, line.fields["change"]) == ("a change without words", level, 3)  # type: ignore[attr-defined]


def test_where_nothing_goes_wrong_nothing_is_said(caplog: pytest.LogCaptureFixture) -> None:
    with Alone("a change without words") as tried:
        pass
    assert (tried.why, caplog.records) == ("", [])


@pytest.mark.parametrize("wrong", [StoreBusy("somebody writes"), KeyboardInterrupt()])
def test_what_concerns_all_of_them_goes_through(wrong: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(type(wrong)), Alone("a change without words"):
        raise wrong
    assert caplog.records == []

"""What addresses ask for: searches, spans of days, lists of pages; what is wrong is named."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import InputError
from monitor.reviewing import asking

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)


def test_an_address_that_asks_for_nothing_asks_for_the_usual() -> None:
    query = asking.search_of({}, NOW, 30)
    assert (query.words, query.past, query.is_ranked, query.limit) == ("", True, False, 30)
    days = asking.days_of({}, NOW)
    assert (days.first, days.end) == (date(2025, 11, 3), date(2026, 2, 2))


def test_a_span_ends_today_whatever_is_asked_for_and_never_before_it_begins() -> None:
    assert asking.days_of({"until": ["2030-01-01"]}, NOW).end == date(2026, 2, 2)
    assert asking.days_of({"until": ["2000-01-31"]}, NOW).first == date(1999, 11, 2)  # the usual 90 days, before that day
    assert len(asking.days_of({"until": ["0001-01-03"]}, NOW)) == 3
    assert asking.days_of({"since": ["0001-01-01"]}, NOW).first == date(2006, 1, 18)
    assert len(asking.days_of({"since": ["2026-01-31"], "until": ["2026-01-31"]}, NOW)) == 1
    with pytest.raises(InputError, match="later than until"):
        asking.days_of({"since": ["2026-02-01"], "until": ["2026-01-01"]}, NOW)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"stands": "sometimes"}, "stands"),
        ({"order": "bogus"}, "order"),
        ({"since": "soon"}, "since"),
        ({"limit": "0"}, "limit"),
        ({"limit": "٣"}, "limit"),
        ({"after": "1"}, "after"),
        ({"after": "1,2,3"}, "after"),
        ({"after": ",1"}, "after"),
        ({"after": "9" * 18 + ",1"}, "after"),
    ],
)
def test_what_is_wrong_is_named(asked: dict[str, str], named: str) -> None:
    with pytest.raises(InputError, match=named):
        asking.search_of({name: [value] for name, value in asked.items()}, NOW, 30)


def test_unknown_names_and_values_without_end_are_refused() -> None:
    with pytest.raises(InputError, match="there is no parameter 'x'"):
        asking.given([("x", "1")], asking.SEARCH)
    with pytest.raises(InputError, match="longer"):
        asking.given([("q", "x" * 501)], asking.SEARCH)


@given(st.lists(st.tuples(st.sampled_from(asking.SEARCH), st.text(max_size=40))))
def test_any_address_is_read_or_refused(pairs: list[tuple[str, str]]) -> None:
    span = [pair for pair in pairs if pair[0] in asking.SPAN]
    for read in (
        lambda: asking.search_of(asking.given(pairs, asking.SEARCH), NOW, 30),
        lambda: asking.days_of(asking.given(span, asking.SPAN), NOW),
    ):
        said = ""
        try:
            read()
        except InputError as wrong:
            said = str(wrong)
        assert said.isprintable()


def test_an_address_is_altered_in_the_named_parts_alone() -> None:
    asked = {"q": ["a b"], "source": ["x", "y"], "after": ["1,2"]}
    assert asking.address(asked, after="3,4") == "q=a+b&source=x&source=y&after=3%2C4"
    assert asking.address(asked, after="", q="") == "source=x&source=y"

"""Texts that stand for several addresses, and copies that do not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from standins import START, article

from monitor.article import Article
from monitor.judging.sharing import NEAR, TextSeen, gist, shared

LONG = "The committee met on Monday and heard reports about the harvest in all nine provinces of the country"
ONE = article("One", LONG)
ONE_EDITED = article("One", LONG.replace("Monday", "Tuesday"))
ONE_CUT = article("One", LONG.replace("all nine provinces", "three counties"))
OTHER = article("Other", "Builders finished the power station ahead of schedule while students marched along its river")
BUSY = article("Please wait", "We are very busy, come back later")
Pages = dict[str, list[Article]]


def found(pages: Pages, known: Pages | None = None, apart: timedelta = timedelta(0)) -> list[str]:
    """The titles of the shared texts. A page shows its articles an hour apart; pages are ``apart``."""
    seen = [
        TextSeen(gist(each), page, START + number * apart + hour * timedelta(hours=1))
        for number, (page, articles) in enumerate(pages.items())
        for hour, each in enumerate(articles)
    ]
    digests = shared(seen, lambda page: {gist(each) for each in (known or {}).get(page, [])})
    everything = [each for articles in pages.values() for each in articles]
    return sorted({each.title for each in everything if gist(each).digest in digests})


@pytest.mark.parametrize(
    ("pages", "known", "said"),
    [
        ({"a": [ONE, BUSY], "b": [OTHER, BUSY]}, {}, ["Please wait"]),
        ({"a": [BUSY, ONE], "b": [OTHER, BUSY]}, {}, ["Please wait"]),
        ({"a": [BUSY], "b": [BUSY]}, {"a": [ONE], "b": [OTHER]}, ["Please wait"]),
        ({"a": [BUSY], "b": [BUSY]}, {}, []),
        ({"a": [ONE, BUSY], "b": [BUSY]}, {}, []),
        ({"a": [ONE, BUSY]}, {}, []),
        ({"a": [ONE], "b": [ONE]}, {"a": [ONE_EDITED], "b": [ONE_CUT]}, []),
        ({"a": [ONE, ONE_EDITED], "b": [ONE, ONE_EDITED]}, {}, []),
        ({"a": [ONE, OTHER], "b": [ONE, OTHER]}, {}, []),
    ],
)
def test_a_text_that_stands_where_others_stood(pages: Pages, known: Pages, said: list[str]) -> None:
    assert found(pages, known) == said


def test_captures_far_apart_tell_nothing() -> None:
    pages = {"a": [ONE, BUSY], "b": [OTHER, BUSY]}
    assert found(pages, apart=NEAR) == ["Please wait"]
    assert found(pages, apart=NEAR + timedelta(seconds=1)) == []

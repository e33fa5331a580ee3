"""What a listing says of known pages: it brings visits forward, and never makes a change; what is left out is counted."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from jobs.lists import Lists, logged
from standins import HOST, Answer, url

from monitor.model import NewPage


@pytest.fixture
def failing(lists: Lists) -> Lists:
    """A page that a feed lists, and that failed so often that it is not due for a while."""
    lists.find(feeds=(f"{HOST}/feed",))
    lists.feed("feed", 1, 2)
    lists.round()
    lists.site.pages[url("p1")] = Answer(b"no", 503)
    for _ in range(6):
        lists.round()
    assert url("p1") not in visited(lists)
    lists.write(1)
    return lists


def visited(lists: Lists) -> list[str]:
    return [each.url for each in lists.site.asked if not each.is_listing]


def test_a_page_that_is_said_to_be_altered_since_its_last_visit_is_visited_now(failing: Lists) -> None:
    failing.feed("feed", 1, 2, updated=(failing.clock.now() + timedelta(hours=5)).isoformat())
    failing.round()
    assert url("p1") in visited(failing)


@pytest.mark.parametrize("days", [-30, 30])
def test_what_is_said_to_be_older_or_yet_to_come_brings_nothing_forward(failing: Lists, days: int) -> None:
    failing.feed("feed", 1, 2, updated=(failing.clock.now() + timedelta(days=days)).isoformat())
    failing.round()
    assert url("p1") not in visited(failing)


def test_what_is_said_is_no_change(lists: Lists) -> None:
    lists.find(sitemaps=(f"{HOST}/s",))
    lists.sitemap("s", 1)
    lists.round()
    for day in (2, 3, 4):
        lists.sitemap("s", 1, lastmod=f"2026-01-0{day}")
        lists.round()
    assert [page.versions for page in lists.store.pages()] == [1]
    assert (lists.store.status().changes, lists.store.status().baseline) == (0, 1)


def test_a_round_says_how_many_links_were_left_out_and_why(lists: Lists, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    lists.find(listings=(f"{HOST}/l",))
    lists.write(1)
    lists.put("l", '<a href="/p1">a</a><a href="/about">b</a><a href="/help">c</a><a href="data:x">d</a>')
    lists.round()
    (said,) = logged(caplog)
    assert said["new_pages"] == 1
    assert said["links_skipped"] == "2 no article's address; 1 no http(s) address"
    assert "brought_forward" not in said


def test_a_page_taken_up_by_the_earlier_recipe_is_no_new_page(lists: Lists) -> None:
    lists.find(listings=(f"{HOST}/l",), articles=(r"/p\d+",))
    lists.store.sync_sources(["a"], lists.clock.now())
    lists.store.add_pages("a", [NewPage("a.example/p1?utm_source=x", url("p1?utm_source=x"))], lists.clock.now())
    lists.put("l", '<a href="/p1?utm_source=x">a</a>')
    lists.site.pages[url("p1?utm_source=x")] = Answer(b"<h1>T</h1><p>Words.</p></body>")
    lists.round()
    lists.round()
    assert [page.url for page in lists.store.pages()] == [url("p1?utm_source=x")]


def test_one_article_under_two_campaigns_is_one_page(lists: Lists) -> None:
    lists.find(listings=(f"{HOST}/l",), articles=(r"/p\d+",))
    lists.put("l", '<a href="/p1?utm_source=x">a</a><a href="/p1?utm_source=y">a</a><a href="/p1">a</a><a href="/p1?id=2">b</a>')
    lists.round()
    assert [page.url for page in lists.store.pages()] == [url("p1?utm_source=x"), url("p1?id=2")]


def told(lists: Lists) -> tuple[int, int]:
    """How many changes are news, and how many were there before."""
    status = lists.store.status()
    return status.changes, status.baseline


def test_what_a_new_listing_shows_when_it_is_read_for_the_first_time_is_no_news(lists: Lists) -> None:
    lists.find(listings=(f"{HOST}/l",), next=(".next",))
    lists.list("l", 9, more="/l2")
    lists.list("l2", 8)
    lists.round()
    assert told(lists) == (0, 1)
    lists.list("old", 1, 2)
    lists.list("l", 10, 9, more="/l2")
    lists.find(listings=(f"{HOST}/l", f"{HOST}/old"))
    lists.round()
    assert told(lists) == (1, 3), "10 is on a listing that is known"
    lists.list("old", 3, 1, 2)
    lists.round()
    assert told(lists) == (2, 3)


def test_what_lies_deeper_than_was_read_before_is_no_news(lists: Lists) -> None:
    lists.find(listings=(f"{HOST}/l",), next=(".next",))
    lists.list("l", 9, more="/l2")
    lists.list("l2", 8, 7)
    lists.round()
    lists.list("l", 10, 9, more="/l2")
    lists.find(depth=2)
    lists.round()
    assert told(lists) == (1, 3)


def test_a_sitemap_that_is_new_in_a_known_index_brings_news(lists: Lists) -> None:
    lists.find(sitemaps=(f"{HOST}/i",))
    lists.index("i", "s1")
    lists.sitemap("s1", 1)
    lists.round()
    lists.index("i", "s1", "s2")
    lists.sitemap("s2", 2)
    lists.round()
    assert told(lists) == (1, 1)


def test_what_a_new_index_leads_to_is_no_news(lists: Lists) -> None:
    lists.find(listings=(f"{HOST}/l",))
    lists.list("l", 9)
    lists.round()
    lists.find(sitemaps=(f"{HOST}/i",), feeds=(f"{HOST}/f",))
    lists.index("i", "s1")
    lists.sitemap("s1", 1, 2)
    lists.feed("f", 3)
    lists.round()
    assert told(lists) == (0, 4)

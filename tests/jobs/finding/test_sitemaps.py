"""Feeds and sitemaps in a round: which of them are asked for, in which order, and what is wrong with them."""

from __future__ import annotations

import pytest
from jobs.lists import Lists
from standins import HOST, Answer, url

from monitor.errors import Unreachable
from monitor.jobs.finding.sitemaps import DEEPEST, MOST_SITEMAPS


@pytest.fixture
def fed(lists: Lists) -> Lists:
    lists.find(feeds=(f"{HOST}/feed",))
    lists.feed("feed", 1, 2)
    return lists


@pytest.fixture
def mapped(lists: Lists) -> Lists:
    """An index of three sitemaps, altered on three days."""
    lists.find(sitemaps=(f"{HOST}/index",))
    for number in (1, 2, 3):
        lists.sitemap(f"s{number}", number)
    lists.index("index", ("s1", "2025-01-01"), ("s2", "2025-03-01"), ("s3", "2025-02-01"))
    return lists


def test_what_a_feed_lists_is_visited_in_the_same_round(fed: Lists) -> None:
    fed.round()
    assert fed.asked() == ["feed"]
    assert [each.url for each in fed.site.asked[1:]] == [url("p1"), url("p2")]
    assert fed.is_whole()


def test_feeds_that_a_page_names_are_read(lists: Lists) -> None:
    lists.find(feeds=(f"{HOST}/",))
    lists.put(
        "", '<link rel=alternate type="application/rss+xml" href=/f1><link rel=alternate type="application/atom+xml" href=/f2>'
    )
    lists.feed("f1", 1)
    lists.feed("f2", 2)
    lists.round()
    assert lists.asked() == ["", "f1", "f2"]
    assert lists.known() == [1, 2]
    assert lists.problem() == ""


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<html><body><a href=/p9>no feed</a>", "it is an HTML page, and names no feed"),
        ("<html><head><link rel=alternate type=application/rss+xml href=/old></head>", "an HTML page instead of the feed that"),
        ("<rss><channel></channel></rss>", "it holds no entry"),
        ("<rss><channel><item><link>https://a.example/about</link></item></channel></rss>", "no article in it"),
        ("", "the page is empty"),
    ],
)
def test_what_is_wrong_with_a_feed_is_an_incident_until_it_is_right(fed: Lists, body: str, why: str) -> None:
    fed.put("old", "<html>moved")
    fed.put("feed", body)
    fed.round()
    assert why in fed.problem()
    assert fed.problem().startswith("the feed https://a.example/")
    assert fed.known() == []
    assert not fed.is_whole()
    fed.feed("feed", 1)
    fed.round()
    assert (fed.problem(), fed.known()) == ("", [1])


def test_sitemaps_are_asked_for_those_altered_last_first(mapped: Lists) -> None:
    mapped.round()
    assert mapped.asked() == ["index", "s2", "s3", "s1"]
    assert mapped.known() == [1, 2, 3]
    assert (mapped.is_whole(), mapped.problem()) == (True, "")


def test_sitemaps_that_were_not_altered_are_not_asked_for_again(mapped: Lists) -> None:
    mapped.round()
    mapped.sitemap("s3", 3, 4)
    mapped.index("index", ("s1", "2025-01-01"), ("s2", "2025-03-01"), ("s3", "2025-04-01"))
    mapped.round()
    assert mapped.asked() == ["index", "s3"]
    assert mapped.known() == [1, 2, 3, 4]
    assert (mapped.is_whole(), mapped.problem()) == (True, "")


def test_a_sitemap_that_failed_is_asked_for_again(mapped: Lists) -> None:
    mapped.site.pages[f"{HOST}/s2"] = Answer(error=Unreachable("down"))
    mapped.round()
    assert mapped.problem() == f"the sitemap {HOST}/s2: down"
    assert not mapped.is_whole()
    mapped.sitemap("s2", 2)
    mapped.round()
    assert mapped.asked() == ["index", "s2"]
    assert (mapped.known(), mapped.problem()) == ([1, 2, 3], "")


def test_an_index_is_asked_for_conditionally_only_when_it_says_what_was_altered(mapped: Lists) -> None:
    mapped.index("index", ("s1", "2025-01-01"), etag='"1"')
    mapped.round()
    mapped.round()
    assert (mapped.requests()["index"].etag, mapped.asked()) == ('"1"', ["index"])
    assert mapped.is_whole()
    mapped.index("index", "s1", etag='"2"')
    mapped.sitemap("s1", 1, etag='"3"')
    mapped.round()
    mapped.round()
    assert mapped.requests()["index"].etag is None
    assert mapped.requests()["s1"].etag == '"3"'


def test_sitemaps_that_name_themselves_or_one_another_end(lists: Lists) -> None:
    lists.find(sitemaps=(f"{HOST}/i1",))
    lists.index("i1", "i1", "i2", "s1")
    lists.index("i2", "i1", "i2")
    lists.sitemap("s1", 1)
    lists.round()
    assert lists.asked() == ["i1", "i2", "s1"]
    assert (lists.known(), lists.problem(), lists.is_whole()) == ([1], "", True)


def test_indexes_are_followed_as_deep_as_is_sensible(lists: Lists) -> None:
    lists.find(sitemaps=(f"{HOST}/i0",))
    for number in range(20):
        lists.index(f"i{number}", f"i{number + 1}")
    lists.round()
    assert lists.asked() == [f"i{number}" for number in range(DEEPEST)]
    assert not lists.is_whole()


@pytest.mark.parametrize("day", ["", "2025-01-01"])
def test_of_many_sitemaps_some_are_asked_for_in_each_round_until_all_were(lists: Lists, day: str) -> None:
    count = MOST_SITEMAPS * 2
    lists.find(sitemaps=(f"{HOST}/index",))
    for number in range(count):
        lists.sitemap(f"s{number}", number)
    lists.index("index", *((f"s{number}", day) for number in range(count)))
    asked = []
    for _ in range(3):
        lists.round()
        assert len(lists.asked()) <= MOST_SITEMAPS
        asked += lists.asked()[1:]
    assert len(set(asked)) == count
    assert lists.known() == list(range(count))


def test_a_robots_file_is_read_for_its_sitemaps(lists: Lists) -> None:
    lists.find(sitemaps=(f"{HOST}/robots.txt",))
    lists.put("robots.txt", f"User-agent: *\nSitemap: {HOST}/s1\n")
    lists.sitemap("s1", 1)
    lists.round()
    assert lists.asked() == ["robots.txt", "s1"]
    assert lists.known() == [1]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<html><a href=/p1>x</a>", "it is an HTML page instead of a sitemap"),
        ("<urlset></urlset>", "it holds no address"),
        ("<urlset><url><loc>https://a.example/about</loc></url></urlset>", "no article's address in it"),
        ("\x1f\x8b", "the page"),
    ],
)
def test_what_is_wrong_with_a_sitemap_is_an_incident(lists: Lists, body: str, why: str) -> None:
    lists.find(sitemaps=(f"{HOST}/s1",))
    lists.put("s1", body)
    lists.round()
    assert lists.problem().startswith(f"the sitemap {HOST}/s1: ")
    assert why in lists.problem() or body.startswith("\x1f")
    assert not lists.is_whole()


def test_a_sitemap_of_sections_beside_those_of_articles_is_no_problem(mapped: Lists) -> None:
    mapped.put("s1", "<urlset><url><loc>https://a.example/about</loc></url></urlset>")
    mapped.round()
    assert (mapped.problem(), mapped.known()) == ("", [2, 3])


def test_a_plain_list_of_addresses_is_a_sitemap(lists: Lists) -> None:
    lists.find(sitemaps=(f"{HOST}/list.txt",))
    lists.write(1, 2)
    lists.put("list.txt", f"{url('p1')}\n{url('p2')}\n")
    lists.round()
    assert lists.known() == [1, 2]


def test_of_many_problems_the_first_are_told_and_the_others_counted(lists: Lists) -> None:
    lists.find(sitemaps=(f"{HOST}/index",))
    lists.index("index", *(f"s{number}" for number in range(20)))
    lists.round()
    assert lists.problem().count("the server answered 404") == 5
    assert lists.problem().endswith("; and 15 more")

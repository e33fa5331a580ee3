"""Listings of many pages: how deep a round reads them, where they end, and whether they were read whole."""

from __future__ import annotations

import pytest
from jobs.lists import Lists
from standins import HOST, Answer, url

from monitor.errors import Resting, Stopped, Unreachable
from monitor.model import Request
from monitor.settings import Series

AJAX = Series(f"{HOST}/ajax?from={{page}}&to=10", first=0, last=40, step=10)


@pytest.fixture
def linked(lists: Lists) -> Lists:
    """Four pages, each of which links to the next one; a round reads three."""
    lists.find(listings=(f"{HOST}/l1",), next=("a.next",), depth=3)
    for number in range(1, 5):
        lists.list(f"l{number}", number * 2 - 1, number * 2, more=f"/l{number + 1}" if number < 4 else "")
    return lists


@pytest.fixture
def numbered(lists: Lists) -> Lists:
    """Three fragments of a listing, then an empty one."""
    lists.find(series=(AJAX,))
    for number in range(3):
        lists.list(f"ajax?from={number * 10}&to=10", number * 2 + 1, number * 2 + 2)
    lists.put("ajax?from=30&to=10", "0")
    return lists


def test_next_pages_are_followed_as_deep_as_is_set(linked: Lists) -> None:
    linked.round()
    assert linked.asked() == ["l1", "l2", "l3"]
    assert linked.known() == [1, 2, 3, 4, 5, 6]
    assert not linked.is_whole(), "the depth cut it"


def test_a_listing_without_a_depth_is_one_page_and_whole(linked: Lists) -> None:
    linked.find(next=(), depth=1)
    linked.round()
    assert linked.asked() == ["l1"]
    assert linked.is_whole()


def test_once_read_through_a_listing_is_read_until_all_is_known(linked: Lists) -> None:
    linked.find(depth=9)
    linked.round()
    assert linked.asked() == ["l1", "l2", "l3", "l4"]
    assert linked.is_whole()
    linked.round()
    assert linked.asked() == ["l1"]
    assert not linked.is_whole(), "nobody looked at the rest"
    linked.list("l1", 9, 1, more="/l2")
    linked.round()
    assert linked.asked() == ["l1", "l2"]
    assert 9 in linked.known()


def test_what_the_front_page_shows_first_is_new_to_a_listing_too(lists: Lists) -> None:
    lists.find(listings=(f"{HOST}/", f"{HOST}/l1"), next=("a.next",), depth=3)
    for path, numbers, more in (("", (3, 4), ""), ("l1", (3, 4), "/l2"), ("l2", (1, 2), "")):
        lists.list(path, *numbers, more=more)
    lists.round()
    for path, numbers, more in (("", (7, 8), ""), ("l1", (7, 8), "/l2"), ("l2", (5, 6), "/l3"), ("l3", (3, 4), "")):
        lists.list(path, *numbers, more=more)
    lists.round()
    assert lists.asked() == ["", "l1", "l2", "l3"]
    assert lists.known() == [1, 2, 3, 4, 5, 6, 7, 8], "more came than one page holds"
    lists.round()
    assert lists.asked() == ["", "l1"], "all is known from before"


def test_what_a_round_took_up_that_was_cut_short_is_new_to_the_other_listings(lists: Lists) -> None:
    lists.find(listings=(f"{HOST}/", f"{HOST}/k", f"{HOST}/l1"), next=("a.next",), depth=3)
    for path, numbers in (("", (3, 4)), ("k", (3,)), ("l1", (3, 4))):
        lists.list(path, *numbers)
    lists.round()
    for path, numbers, more in (("", (7, 8), ""), ("l1", (7, 8), "/l2"), ("l2", (5, 6), "/l3"), ("l3", (3, 4), "")):
        lists.list(path, *numbers, more=more)
    good = lists.site.pages[f"{HOST}/k"]
    lists.site.pages[f"{HOST}/k"] = Answer(error=Stopped("the program ends"))
    with pytest.raises(Stopped):
        lists.round()
    lists.site.pages[f"{HOST}/k"] = good
    lists.round()
    assert lists.asked() == ["", "k", "l1", "l2", "l3"]
    assert lists.known() == [3, 4, 5, 6, 7, 8]


def test_a_page_that_failed_has_all_of_it_read_again(linked: Lists) -> None:
    good = linked.site.pages[f"{HOST}/l3"]
    linked.site.pages[f"{HOST}/l3"] = Answer(error=Unreachable("down"))
    linked.round()
    assert linked.problem() == f"the listing {HOST}/l3: down"
    assert linked.known() == [1, 2, 3, 4]
    assert not linked.is_whole()
    linked.site.pages[f"{HOST}/l3"] = good
    linked.round()
    assert linked.asked() == ["l1", "l2", "l3"]
    assert linked.problem() == ""


@pytest.mark.parametrize("more", ["/l1", "l1", "#top", "/l1#x", "https://a.example/l1"])
def test_a_listing_that_links_to_itself_ends(lists: Lists, more: str) -> None:
    lists.find(listings=(f"{HOST}/l1",), next=("a.next",), depth=50)
    lists.list("l1", 1, more=more)
    lists.round()
    assert lists.asked() == ["l1"]
    assert lists.is_whole()


def test_listings_that_link_to_one_another_end(lists: Lists) -> None:
    lists.find(listings=(f"{HOST}/l1",), next=("a.next",), depth=50)
    lists.list("l1", 1, more="/l2")
    lists.list("l2", 2, more="/l1")
    lists.round()
    assert lists.asked() == ["l1", "l2"]


def test_ever_new_pages_without_new_articles_end(lists: Lists) -> None:
    lists.find(listings=(f"{HOST}/l0",), next=("a.next",), depth=50)
    for number in range(50):
        lists.list(f"l{number}", 1, more=f"/l{number + 1}")
    lists.round()
    assert lists.asked() == ["l0", "l1"]


@pytest.mark.parametrize("more", ["https://elsewhere.example/l2", "javascript:next()", "/l2 "])
def test_no_next_page_on_another_host_is_asked_for(lists: Lists, more: str) -> None:
    lists.find(listings=(f"{HOST}/l1",), next=("a.next",), depth=50)
    lists.list("l1", 1, more=more)
    lists.list("l2", 2)
    lists.round()
    assert lists.asked() == (["l1", "l2"] if more == "/l2 " else ["l1"])


def test_a_numbered_listing_is_asked_for_in_steps_to_its_end(numbered: Lists) -> None:
    numbered.round()
    assert numbered.asked() == [f"ajax?from={number}&to=10" for number in (0, 10, 20, 30)]
    assert numbered.known() == [1, 2, 3, 4, 5, 6]
    assert (numbered.is_whole(), numbered.problem()) == (True, "")
    numbered.round()
    assert numbered.asked() == ["ajax?from=0&to=10"]


def test_no_number_behind_the_last_is_asked_for(numbered: Lists) -> None:
    numbered.find(series=(Series(AJAX.address, 0, 10, 10),))
    numbered.round()
    assert numbered.asked() == ["ajax?from=0&to=10", "ajax?from=10&to=10"]
    assert not numbered.is_whole()


@pytest.mark.parametrize(("status", "problem"), [(404, ""), (410, ""), (503, "the server answered 503")])
def test_a_number_that_is_not_there_is_the_end_and_an_error_is_none(numbered: Lists, status: int, problem: str) -> None:
    numbered.site.pages[f"{HOST}/ajax?from=20&to=10"] = Answer(b"no", status)
    numbered.round()
    assert problem in numbered.problem()
    assert bool(problem) == bool(numbered.problem())
    assert numbered.is_whole() == (not problem)


def test_a_first_number_without_articles_is_a_problem(numbered: Lists) -> None:
    numbered.put("ajax?from=0&to=10", "0")
    numbered.round()
    assert numbered.problem() == f"the listing {HOST}/ajax?from=0&to=10: {no_link()}"


def no_link() -> str:
    return r"no link to an article in it (tried: a[href]; articles: /p\d+$)"


def test_a_listing_that_is_as_it_was_is_whole_as_it_was(lists: Lists) -> None:
    lists.find(listings=(f"{HOST}/l1",))
    lists.list("l1", 1, etag='"1"')
    lists.round()
    lists.round()
    assert lists.requests()["l1"].etag == '"1"'
    assert lists.is_whole()


def test_one_listing_that_is_not_read_makes_all_of_them_not_whole(lists: Lists) -> None:
    lists.find(listings=(f"{HOST}/l1", f"{HOST}/l2"))
    lists.list("l1", 1)
    lists.list("l2", 2)
    lists.round()
    assert lists.is_whole()

    def before(request: Request) -> None:
        if request.url == f"{HOST}/l2":
            raise Resting(host="a.example", until=lists.clock.now(), why="it wants rest")

    lists.site.before = before
    lists.round()
    assert lists.store.listings_whole("a") is None


def test_a_source_without_listings_is_never_whole(lists: Lists) -> None:
    lists.find(pages=(url("p1"),))
    lists.write(1)
    lists.round()
    assert lists.known() == [1]
    assert lists.store.listings_whole("a") is None

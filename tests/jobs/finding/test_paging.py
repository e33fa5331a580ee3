"""How the pages of a listing follow one another."""

from __future__ import annotations

from standins import HOST

from monitor.jobs.finding.paging import Linked, Numbered, Posted
from monitor.model import Listed, Request
from monitor.settings import Fields, Form, Series


def test_a_linked_page_is_followed_by_the_first_of_its_links_that_was_not_asked_for() -> None:
    paging = Linked("l", f"{HOST}/1", 9)
    assert paging.request(paging.first) == Request(f"{HOST}/1")
    further = (f"{HOST}/1", "https://elsewhere.example/2", f"{HOST}/2", f"{HOST}/3")
    assert paging.following(f"{HOST}/1", Listed(further=further)) == f"{HOST}/2"
    assert paging.following(f"{HOST}/2", Listed(further=further)) == f"{HOST}/3"
    assert paging.following(f"{HOST}/3", Listed(further=further)) is None
    assert not paging.is_open


def test_what_an_index_or_a_robots_file_names_are_no_next_pages() -> None:
    assert Linked("l", f"{HOST}/1", 9).following(f"{HOST}/1", Listed(further=(f"{HOST}/2",), kind="index")) is None


def test_numbers_follow_one_another_in_steps_without_end() -> None:
    paging = Numbered("l", Series(f"{HOST}/{{page}}", 0, 45, 10))
    assert (paging.first, paging.most, paging.is_open) == ("0", 5, True)
    assert paging.following("40", Listed()) == "50"
    assert paging.request("50") == Request(f"{HOST}/50")
    assert paging.where("50") == f"{HOST}/50"


def test_a_form_is_posted_with_its_number_and_named_with_it() -> None:
    paging = Posted("l", Form(f"{HOST}/f", Fields([("q", "all"), ("page", "{page}")]), 2, 4))
    assert (paging.first, paging.most) == ("2", 3)
    assert paging.request("3") == Request(f"{HOST}/f", form=(("q", "all"), ("page", "3")))
    assert paging.where("3") == f"{HOST}/f, page 3"
    assert paging.following("3", Listed()) == "4"


def test_a_form_without_a_number_has_one_page() -> None:
    paging = Posted("l", Form(f"{HOST}/f", Fields([("q", "all")])))
    assert (paging.following("1", Listed()), paging.where("1"), paging.most) == (None, f"{HOST}/f", 1)

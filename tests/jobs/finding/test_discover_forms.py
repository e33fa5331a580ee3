"""Listings that are asked for by POST, page by page: how far they are read, and what counts as their end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jobs.demanding import DAMAGED, HOST, PAGES, Watch, source
from standins import HOUR

from monitor.errors import FetchError, Resting, Stopped, Unreachable
from monitor.model import Request
from monitor.settings import Fields, Form
from monitor.storing.sqlite import StoreFile

LISTING = f"{HOST}/en/list"


def posted(watch: Watch) -> list[str]:
    """The pages asked for by POST so far, each once; forgets them."""
    return list(dict.fromkeys(each.rpartition(" ")[2] for each in watch.site.asked_for() if each.startswith("POST")))


def fail_at(watch: Watch, page: int, error: FetchError | None) -> None:
    def before(request: Request) -> FetchError | None:
        return error if ("page", str(page)) in (request.form or ()) else None

    watch.fetcher.before = before


def test_pages_are_posted_in_their_order_until_one_brings_nothing(watch: Watch) -> None:
    watch.round()
    assert posted(watch) == ["2", "3", "4"]
    assert watch.known() == list("abcde")


def test_no_page_behind_the_last_is_asked_for(watch: Watch) -> None:
    watch.source = source(last=2)
    watch.round()
    assert posted(watch) == ["2"]
    assert watch.known() == list("abcd")


def test_once_read_to_its_end_a_form_is_read_until_all_is_known(watch: Watch) -> None:
    watch.round()
    posted(watch)
    watch.round()
    assert posted(watch) == ["2"]
    watch.site.pages = (("v", "w"), ("x", "y"), ("z", "a"), ("b", "c"), ("d", "e"))
    watch.round()
    assert posted(watch) == ["2", "3", "4"]
    assert watch.known() == list("abcdevwxyz")


def test_a_site_that_gives_its_last_page_for_ever_has_an_end(watch: Watch) -> None:
    watch.site.past_the_end = watch.site.listing(3)
    watch.round()
    assert posted(watch) == ["2", "3", "4"]


@pytest.mark.parametrize("answer", [(404, "no such page"), (410, "gone"), (200, ""), (200, "<main></main>")])
def test_a_page_that_is_not_there_is_the_end_and_no_problem(watch: Watch, answer: tuple[int, str]) -> None:
    watch.site.past_the_end = answer
    watch.round()
    assert watch.problem() == ""
    posted(watch)
    watch.round()
    assert posted(watch) == ["2"], "it was read to its end"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((404, "no"), "the server answered 404"),
        ((200, ""), "the page is empty (0 bytes of text)"),
        ((200, "<p>no</p>"), "no link to an article in it (tried: div.article a[href]; articles: /en/detail/)"),
    ],
)
def test_a_form_without_a_first_page_is_a_problem(watch: Watch, answer: tuple[int, str], why: str) -> None:
    watch.site.pages, watch.site.past_the_end = PAGES[:1], answer
    watch.round()
    assert watch.problem() == f"the listing {LISTING}, page 2: {why}"
    watch.site.pages = PAGES
    watch.round()
    assert watch.problem() == ""
    assert watch.known() == list("abcde")


@pytest.mark.parametrize("wrong", ["503", "no answer"])
def test_a_form_that_was_cut_short_keeps_what_it_gave_and_is_read_whole_the_next_time(watch: Watch, wrong: str) -> None:
    if wrong == "503":
        watch.site.refused.add("page 3")
    else:
        fail_at(watch, 3, Unreachable(f"{LISTING}: no answer"))
    watch.round()
    assert wrong in watch.problem()
    assert watch.problem().startswith(f"the listing {LISTING}, page 3: ")
    assert watch.known() == list("abcd")
    watch.site.refused.clear()
    fail_at(watch, 3, None)
    posted(watch)
    watch.round()
    assert posted(watch) == ["2", "3", "4"]
    assert watch.known() == list("abcde")
    assert watch.problem() == ""


def test_an_answer_that_cannot_be_decoded_is_neither_an_end_nor_a_reason_for_another_session(watch: Watch) -> None:
    watch.site.past_the_end = (200, DAMAGED)
    watch.round()
    assert watch.problem() == f"the listing {LISTING}, page 4: the body is cut short"
    assert watch.site.sessions == 1


def test_two_forms_at_one_address_are_two_listings(watch: Watch) -> None:
    (form,) = watch.source.find.forms
    forms = (replace(form, last=2), replace(form, first=3))
    watch.source = replace(watch.source, find=replace(watch.source.find, forms=forms))
    watch.site.pages = (*PAGES, ("f", "g"))
    watch.site.refused.add("page 4")
    watch.round()
    watch.site.refused.clear()
    watch.round()
    assert watch.known() == list("abcdefg")


def test_a_failure_after_it_was_read_to_its_end_makes_it_be_read_whole_again(watch: Watch) -> None:
    watch.round()
    watch.site.pages = (("u", "v"), ("w", "x"), ("y", "z"), ("a", "b"), ("c", "d", "e"))
    watch.site.refused.add("page 3")
    watch.round()
    watch.site.refused.clear()
    watch.round()
    assert watch.known() == list("abcdeuvwxyz")


@pytest.mark.parametrize("wrong", ["503", "rest"])
def test_a_failure_of_its_first_page_makes_it_be_read_whole_too(watch: Watch, wrong: str) -> None:
    """What stood there then stands deeper the next time, behind articles that the other listing showed in between."""
    watch.round()
    watch.site.pages = (("v", "w"), ("x", "a"), ("b", "c"), ("d", "e"))
    if wrong == "503":
        watch.site.refused.add("page 2")
    else:
        fail_at(watch, 2, Resting(host="kcna.example", until=watch.clock.now() + HOUR, why="it answered 503"))
    watch.round()
    watch.site.refused.clear()
    fail_at(watch, 2, None)
    watch.site.pages = (("t", "u"), ("v", "w"), ("x", "a"), ("b", "c"), ("d", "e"))
    watch.round()
    assert watch.known() == list("abcdetuvwx")


def test_with_other_rules_it_is_read_whole_again(watch: Watch) -> None:
    watch.source = source(last=2)
    watch.round()
    watch.source = source(last=3)
    watch.round()
    assert watch.known() == list("abcde")


def test_a_rest_or_a_stop_in_between_loses_nothing(watch: Watch) -> None:
    fail_at(watch, 3, Resting(host="kcna.example", until=watch.clock.now() + HOUR, why="it answered 503"))
    assert watch.round().resting
    assert watch.problem() == ""
    fail_at(watch, 3, Stopped("told to stop"))  # type: ignore[arg-type]
    with pytest.raises(Stopped):
        watch.round()
    fail_at(watch, 3, None)
    watch.round()
    assert watch.known() == list("abcde")


def test_a_form_needs_neither_session_nor_numbers(watch: Watch) -> None:
    form = Form(LISTING, Fields((("q", "all"),)))
    watch.source = replace(watch.source, find=replace(watch.source.find, forms=(form,), session=None, listings=()))
    watch.round()
    (request,) = watch.fetcher.requests
    assert (request.form, request.jar) == ((("q", "all"),), None)
    assert watch.problem() == f"the listing {LISTING}: the server refused with 403"


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 5)), max_size=4))
def test_whatever_failed_before_a_round_in_which_nothing_fails_knows_all_that_is_listed(rounds: list[tuple[int, int]]) -> None:
    """Each round some articles are new, and one page of the listing fails (0 and 1: none does, that is not posted)."""
    with TemporaryDirectory() as folder, StoreFile(Path(folder) / "monitor.db", lasting=False).open() as store:
        watch, names = Watch(store), list("abcdefgh")
        for number, (new, failing) in enumerate([*rounds, (3, 0)]):
            names = [f"n{number}x{each}" for each in range(new)] + names
            watch.site.pages = [names[start : start + 4] for start in range(0, len(names), 4)]
            watch.site.refused = {f"page {failing}"} if failing > 1 else set()
            watch.round()
        assert watch.known() == sorted(names)

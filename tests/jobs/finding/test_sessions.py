"""Sources that need a session: opened once a round, carried, renewed, and told of when there is none to be had."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from jobs.demanding import EMPTY, HOST, DemandingFetcher, Watch, source
from standins import HOUR

from monitor.errors import NoSession, Resting, Unreachable
from monitor.jobs.finding.sessions import SessionFetcher, with_session
from monitor.jobs.round import check_page
from monitor.model import Capture, Request, Seen
from monitor.parsing.reader import LayoutReader
from monitor.settings import Series, Session, Source

OPENING, LISTING = f"{HOST}/en", f"{HOST}/en/list"


# The road


def test_one_session_is_opened_for_listing_forms_and_visits(watch: Watch) -> None:
    run = watch.round()
    assert watch.site.asked_for() == [
        "GET /en", "GET /en/list", "POST /en/list 2", "POST /en/list 3", "POST /en/list 4",
        "GET /en", "POST /en/list 4",  # it has no links: that may be the end, or the session's
        *(f"GET /en/detail/{name}" for name in "abcde"),
    ]  # fmt: skip
    assert run.seen == ((Seen.PARSED, 5),)
    assert watch.problem() == ""


def test_every_round_opens_a_session_of_its_own(watch: Watch) -> None:
    watch.round()
    watch.site.asked_for()
    watch.site.end_sessions()
    watch.round()
    assert watch.site.asked_for()[:3] == ["GET /en", "GET /en/list", "POST /en/list 2"]


def test_a_page_out_of_turn_is_visited_in_a_session_too(watch: Watch) -> None:
    watch.round()
    page = watch.store.page_at(f"{HOST}/en/detail/a")
    assert page is not None
    watch.site.end_sessions()
    outcome = check_page(page.id, watch.source, watch.tools)
    assert outcome is not None
    assert outcome.observation.seen is Seen.PARSED


def test_a_source_without_a_session_is_fetched_as_ever(watch: Watch) -> None:
    plain = replace(watch.source, find=replace(watch.source.find, session=None))
    assert with_session(plain, watch.fetcher, LayoutReader()) is watch.fetcher


# Who gets cookies and token


def test_visits_carry_no_cookies_unless_the_config_says_so(watch: Watch) -> None:
    watch.source = source(in_visits=False)
    watch.round()
    with_jar = {request.url for request in watch.fetcher.requests if request.jar is not None}
    assert with_jar == {OPENING, LISTING}
    assert watch.store.status().versions == 0, "this site shows nothing without"


def test_every_listing_carries_them(watch: Watch) -> None:
    find = replace(
        source(in_visits=False).find,
        series=(Series(f"{HOST}/en/list?page={{page}}"),),
        feeds=(f"{HOST}/feed",),
        sitemaps=(f"{HOST}/sitemap.xml",),
    )
    watch.source = source(find=find)
    watch.round()
    carried = {request.url for request in watch.fetcher.requests if request.jar}
    assert carried >= {f"{HOST}/en/list", f"{HOST}/en/list?page=1", f"{HOST}/feed", f"{HOST}/sitemap.xml"}
    assert not any("detail" in each for each in carried)


def test_no_other_site_gets_them(watch: Watch) -> None:
    listed = ("http://other.example", "https://kcna.example", "http://kcna.example:8080", "http://sub.kcna.example")
    watch.source = source(find=replace(watch.source.find, pages=tuple(f"{host}/en/detail/x" for host in listed)))
    watch.round()
    asked = [request for request in watch.fetcher.requests if request.url.endswith("/x")]
    assert len(asked) == len(listed)
    assert all(request.jar is None for request in asked)


def test_a_form_is_never_conditional(watch: Watch) -> None:
    for _ in range(2):
        watch.round()
    posted = [request for request in watch.fetcher.requests if request.form is not None]
    assert posted
    assert all((request.etag, request.last_modified) == (None, None) for request in posted)


def test_cookies_and_token_stay_in_memory(watch: Watch, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    watch.round()
    watch.site.refused.add("/en/list")
    watch.round()
    assert watch.problem()
    said = caplog.text + watch.problem() + "".join(str(vars(record)) for record in caplog.records)
    for name in ("monitor.db", "monitor.db-wal"):
        said += (tmp_path / name).read_bytes().decode("latin-1") if (tmp_path / name).exists() else ""
    assert "kcna.example" in said
    assert "secret" not in said


# Renewed


def test_a_session_that_is_over_is_renewed_and_the_page_asked_for_again(watch: Watch) -> None:
    watch.fetcher.before = lambda request: watch.site.end_sessions() if request.form and watch.site.sessions == 1 else None
    watch.round()
    assert watch.known() == list("abcde")
    assert watch.site.asked[:5] == ["GET /en", "GET /en/list", "POST /en/list 2", "GET /en", "POST /en/list 2"]
    assert watch.problem() == ""


def test_it_is_renewed_when_a_visit_finds_an_empty_page(watch: Watch) -> None:
    watch.round()
    watch.site.asked_for()
    is_first = iter([True])
    watch.fetcher.before = lambda request: watch.site.end_sessions() if "/b" in request.url and next(is_first, False) else None
    run = watch.round()
    assert run.seen == ((Seen.PARSED, 5),)
    assert watch.site.asked_for().count("GET /en") == 2


def test_a_refusal_that_a_new_session_does_not_end_is_a_problem(watch: Watch) -> None:
    watch.site.refused.add("/en/list")
    watch.round()
    assert watch.site.asked_for() == ["GET /en", "GET /en/list", "GET /en", "GET /en/list", "POST /en/list 2"]
    refused = "the server refused with 403"
    assert watch.problem() == f"the listing {LISTING}: {refused}; the listing {LISTING}, page 2: {refused}"


def test_pages_that_are_refused_for_ever_cost_few_renewals(watch: Watch) -> None:
    names = [f"{letter}{number:02}" for number in range(20) for letter in "xy"]
    watch.site.pages = (names,)
    watch.site.refused |= {f"/en/detail/{name}" for name in names if name.startswith("x")}
    run = watch.round()
    assert dict(run.seen) == {Seen.PARSED: 20, Seen.BLOCKED: 20}
    assert watch.site.sessions == 1 + 5


# None to be had


@pytest.mark.parametrize(
    ("opening", "why"),
    [
        ("<main>Welcome</main>", f"no token on {OPENING} (tried: meta[name='_csrf'] @content)"),
        ('<meta name="_csrf" content="">', f"no token on {OPENING} (tried: meta[name='_csrf'] @content)"),
        (f'<meta name="_csrf" content="{"x" * 5000}">', f"the token on {OPENING} has 5,000 characters, more than 4,096"),
        (" ", f"{OPENING}: the page is empty (0 bytes of text)"),
    ],
)
def test_a_page_that_gives_no_session_is_a_problem_and_is_not_asked_for_again(watch: Watch, opening: str, why: str) -> None:
    watch.round()
    watch.site.asked_for()
    watch.site.opening = opening
    run = watch.round()
    assert watch.problem() == "; ".join(f"the listing {at}: the session of kcna: {why}" for at in (LISTING, f"{LISTING}, page 2"))
    assert watch.site.asked_for() == ["GET /en"]
    assert run.seen == ((Seen.BROKEN, 5),)
    assert run.changes == 0
    status = watch.store.page_status(1)
    assert status is not None
    assert status.detail == f"the session of kcna: {why}"


def test_a_session_without_a_token_needs_a_cookie(watch: Watch) -> None:
    class Cookieless(DemandingFetcher):
        def fetch(self, request: Request, source: Source) -> Capture:
            return super().fetch(replace(request, jar=None), source)

    fetcher = SessionFetcher(Session(OPENING), Cookieless(watch.site, watch.clock), LayoutReader())
    with pytest.raises(NoSession, match=f"^the session of kcna: {OPENING} gave no cookie$"):
        fetcher.fetch(Request(LISTING), watch.source)
    fetcher = SessionFetcher(Session(OPENING), watch.fetcher, LayoutReader())
    assert b"/en/detail/a" in fetcher.fetch(Request(LISTING), watch.source).body


def test_a_page_that_cannot_be_reached_says_so_and_is_asked_for_again(watch: Watch) -> None:
    watch.fetcher.before = lambda request: Unreachable(f"{OPENING}: no answer")
    tries = SessionFetcher(Session(OPENING), watch.fetcher, LayoutReader())
    with pytest.raises(Unreachable, match=f"^the session of kcna: {OPENING}: no answer$"):
        tries.fetch(Request(LISTING), watch.source)
    watch.fetcher.before = lambda request: None
    assert tries.fetch(Request(LISTING), watch.source).status == 200


def test_a_host_that_rests_is_no_problem_of_the_session(watch: Watch) -> None:
    resting = Resting(host="kcna.example", until=watch.clock.now() + HOUR, why="it answered 503")
    watch.fetcher.before = lambda request: resting
    run = watch.round()
    assert run.resting == str(resting)
    assert watch.problem() == ""


def test_an_empty_page_without_a_session_is_no_change(watch: Watch) -> None:
    """What the site answers where the config forgot ``in_visits``."""
    watch.round()
    watch.source = source(in_visits=False)
    run = watch.round()
    assert run.seen == ((Seen.BROKEN, 5),)
    assert run.changes == 0
    status = watch.store.page_status(1)
    assert status is not None
    assert status.detail == "an empty page: its <main> holds no text"
    assert watch.site.answer("GET", "/en/detail/a", {}, {})[1] == EMPTY

"""The sources: what each should be doing and what it does, what to do about incidents, and what admins do with it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from reviewing.desk import Desk, link, words
from standins import DAY, START

from monitor.model import Role
from monitor.reviewing.pages.sources import ACTS
from monitor.telling.advice import advice

HOSTILE = "like this one: </p><script>alert(1)</script>\u202e\x1b[31m"


def test_each_source_says_what_it_should_do_and_does(story: Desk) -> None:
    page = words(story.get("/sources"))
    assert "KCNA.kp (En) on KCNA Watch kcna-kp-en active" in page
    assert "Visited every 6h Last visit 2026-01-13 00:00 Next visit in 0 min" in page or "Next visit" in page
    assert "Pages 4: 4 parsed" in page
    assert "Baseline done" in page


def test_an_incident_says_what_it_means_and_what_to_do_and_stands_first(desk: Desk) -> None:
    desk.store.sync_sources(["aaa"], desk.clock.now())
    desk.store.open_incident("kcna", "blind", desk.clock.now(), HOSTILE)
    page = desk.get("/sources")
    assert page.index('id="source-kcna"') < page.index('id="source-aaa"')
    said = words(page)
    assert advice("blind").means in said
    assert advice("blind").do in said
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_a_source_that_should_have_been_visited_long_ago_is_told(desk: Desk) -> None:
    desk.clock.at = START
    assert "overdue" not in words(desk.get("/sources"))
    desk.clock.move(60 * DAY)
    assert "overdue" in words(desk.get("/sources"))


def test_its_pages_are_listed_by_how_they_stand(desk: Desk) -> None:
    page = desk.get("/sources/kcna")
    assert page.count('<th scope="row"><a href="/pages/') == 16
    gone = desk.get(unescape(link(page, "Gone")))
    assert gone.count('<th scope="row"><a href="/pages/') == 1
    assert "No page stands so" in words(desk.get("/sources/kcna?stand=paused"))
    assert "The list ends here" in words(desk.get("/sources/kcna?after=999999"))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/sources/nobody", 404), ("/sources/%3Cscript%3E", 404), ("/sources?x=1", 400), ("/sources/kcna?stand=x", 400),
        ("/sources/kcna?after=x", 400), ("/sources/kcna?after=-1", 400), ("/sources/kcna?foo=1", 400),
    ],
)  # fmt: skip
def test_addresses_nobody_foresaw(desk: Desk, address: str, status: int) -> None:
    assert "<script>" not in desk.get(address, status)


def test_an_admin_pauses_and_resumes_and_is_told(desk: Desk) -> None:
    assert desk.post("/sources/kcna/pause", {"back": "/sources/kcna"}).headers["Location"] == "/sources/kcna"
    assert desk.store.source_state("kcna") == "paused"
    page = desk.get("/sources/kcna")
    assert "kcna: paused." in words(page)
    assert "Resume" in page
    desk.post("/sources/kcna/resume", {})
    assert desk.store.source_state("kcna") == "active"


def test_a_redesign_is_accepted_and_a_shortcut_trusted_where_there_is_one(desk: Desk) -> None:
    assert desk.post("/sources/kcna/accept", {}).status_code == 409
    desk.store.keep_drift("kcna", frozenset(["a"]), frozenset())
    desk.store.turn_off_shortcut("kcna", desk.clock.now(), "why")
    page = desk.get("/sources/kcna")
    assert {*re.findall(r'action="/sources/kcna/(\w+)"', page)} == {"pause", "accept", "trust"}
    assert desk.post("/sources/kcna/accept", {}).status_code == 303
    assert desk.post("/sources/kcna/trust", {}).status_code == 303
    assert not desk.store.drift("kcna")
    assert desk.store.incidents() == []


def test_only_admins_do_so_and_only_with_the_form_of_their_session(desk: Desk) -> None:
    ann = desk.sign_in("ann", Role.REVIEWER)
    assert "/sources/kcna/pause" not in ann.get("/sources")
    assert ann.post("/sources/kcna/pause", {}).status_code == 403
    eve = desk.sign_in("eve", Role.ADMIN)
    assert eve.client.post("/sources/kcna/pause", base_url="http://localhost").status_code == 400
    assert desk.store.source_state("kcna") == "active"
    assert eve.post("/sources/kcna/pause", {}).status_code == 303


def test_what_cannot_be_done_is_refused(desk: Desk) -> None:
    assert desk.post("/sources/nobody/pause", {}).status_code == 404
    assert desk.post("/sources/kcna/retire", {}).status_code == 404
    assert desk.post("/sources/kcna/pause", {"back": "https://elsewhere.example/"}).headers["Location"] == "/sources"
    assert desk.post("/sources/kcna/pause", {}).status_code == 409
    assert len(ACTS) == 4

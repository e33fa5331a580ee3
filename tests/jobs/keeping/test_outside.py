"""Copies outside, asked for at a real local server: links, refusals, hangs; off unless a source names an archive."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from fetching.servers import Answer, RawServer, page, path
from jobs.scene import Scene
from standins import DAY, HOUR, url

from monitor.errors import Stopped
from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
from monitor.jobs.keeping.outside import FIRST_WAIT, MOST_AT_ONCE, MOST_TRIES, OLDEST, as_archive, save, switch
from monitor.model import LogQuery, OutsideCopy
from monitor.settings import Duration, Outside, Politeness

COPY = "/web/20260101000000/https://a.example/p1"


class Office:
    """A scene whose source hands its changes to an archive on a local server."""

    def __init__(self, scene: Scene, server: RawServer) -> None:
        self.scene = scene
        self.server = server
        self.stop = threading.Event()
        self.fetcher = HttpFetcher(scene.clock, Pace(self.stop), contact=None, stop=self.stop)

    def switch(self, **settings: object) -> None:
        """Have the source name the archive from now on."""
        given = {"gap": Duration(0), "timeout": Duration(seconds=5), "reach": ("127.0.0.0/8",), **settings}
        outside = Outside(f"{self.server.url}/save/{{url}}", **given)  # type: ignore[arg-type]
        self.scene.source = replace(self.scene.source, outside=outside)
        switch([self.scene.source], self.scene.store, self.scene.clock.now())

    def edit(self, *names: str, word: str = "edited") -> None:
        self.scene.put(*names, word=word)
        self.scene.round()

    def save(self) -> int:
        return save(self.scene.source, self.scene.store, self.fetcher, self.scene.clock)

    def copy(self) -> OutsideCopy:
        """What became of the newest change."""
        newest = next(iter(self.scene.store.changes(LogQuery(limit=1))))
        found = self.scene.store.outside_copy(newest.id)
        assert found is not None
        return found

    def asked(self) -> list[str]:
        return [path(head) for head in self.server.heads]


Serve = Callable[[Answer], Office]


@pytest.fixture
def serve(known: Scene) -> Iterator[Serve]:
    """An office whose archive answers so."""
    with ExitStack() as open_ones:

        def start(answer: Answer) -> Office:
            office = Office(known, open_ones.enter_context(RawServer(answer)))
            open_ones.callback(office.fetcher.close)
            return office

        yield start


def saved(head: bytes) -> bytes:
    return page(b"saved", f"Content-Location: {COPY}")


def test_nothing_is_handed_over_unless_the_source_says_so(serve: Serve) -> None:
    office = serve(saved)
    office.edit("p1")
    assert office.save() == 0
    assert office.asked() == []


def test_an_edit_is_handed_over_and_the_link_kept(serve: Serve) -> None:
    office = serve(saved)
    office.switch()
    office.edit("p1")
    assert office.save() == 1
    assert office.asked() == [f"/save/{url('p1')}"], "its robots.txt is not asked for"
    assert (office.copy().link, office.copy().problem) == (office.server.url + COPY, "")
    assert office.save() == 0
    assert len(office.asked()) == 1


def test_the_address_that_answers_after_a_redirect_is_the_link(serve: Serve) -> None:
    moved = f"HTTP/1.1 302 Found\r\nLocation: {COPY}\r\nContent-Length: 0\r\n\r\n".encode()
    office = serve(lambda head: moved if path(head).startswith("/save/") else page(b"the copy"))
    office.switch()
    office.edit("p1")
    assert office.save() == 1
    assert office.copy().link == office.server.url + COPY


@pytest.mark.parametrize("given", ["javascript:alert(1)", "https://user:secret@x.example/", "//", "http://x.example/\x1b[31m"])
def test_a_link_that_is_no_plain_address_is_none(serve: Serve, given: str) -> None:
    office = serve(page(b"saved", f"Content-Location: {given}"))
    office.switch()
    office.edit("p1")
    assert office.save() == ("\x1b" in given)
    link = office.copy().link or ""
    assert link.isprintable()
    assert "secret" not in link
    assert not link.startswith("javascript")


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (page(b"", status="503 Busy"), "the archive answered 503 Busy"),
        (page(b"ok"), "the archive answered without saying where the copy is"),
        (b"garbage\r\n\r\n", ""),
    ],
)
def test_what_goes_wrong_is_noted_and_tried_again_later(serve: Serve, answer: bytes, problem: str) -> None:
    office = serve(answer)
    office.switch()
    office.edit("p1")
    office.save()
    assert (office.copy().link, office.copy().tries) == (None, 1)
    assert problem in office.copy().problem
    assert office.copy().problem
    office.save()
    assert office.copy().tries == 1, "not at once"
    office.scene.clock.move(FIRST_WAIT)
    office.server.answer = saved
    assert office.save() == 1


def test_a_refusal_with_a_wait_is_kept(serve: Serve) -> None:
    office = serve(page(b"", "Retry-After: 3600", status="429 Too Many Requests"))
    office.switch()
    office.edit("p1", "p2")
    office.save()
    assert len(office.asked()) == 1, "the second page is left for later"
    _, first = office.scene.store.changes(LogQuery())
    found = office.scene.store.outside_copy(first.id)
    assert found is not None
    assert found.problem == "the archive answered 429 Too Many Requests"


def test_tries_grow_rare_and_end(serve: Serve) -> None:
    office = serve(page(b"", status="404 Not Found"))
    office.switch()
    office.edit("p1")
    waits = []
    began = office.scene.clock.now()
    while office.scene.clock.now() - began < OLDEST:
        before = len(office.asked())
        office.save()
        if len(office.asked()) > before:
            waits.append(office.scene.clock.now() - began)
        office.scene.clock.move(timedelta(minutes=10))
    assert len(waits) == MOST_TRIES
    gaps = [later - earlier for earlier, later in pairwise(waits)]
    assert gaps == sorted(gaps)
    assert gaps[-1] > 10 * gaps[0]


def test_what_was_logged_before_it_was_switched_on_or_too_long_ago_is_not_handed_over(serve: Serve) -> None:
    office = serve(saved)
    office.edit("p1")
    office.scene.clock.move(HOUR)
    office.switch()
    assert office.save() == 0
    office.edit("p2")
    office.scene.clock.move(OLDEST + DAY)
    assert office.save() == 0
    assert office.asked() == []


def test_a_page_with_several_changes_is_handed_over_once_for_all_of_them(serve: Serve) -> None:
    office = serve(saved)
    office.switch()
    office.edit("p1", word="one")
    office.edit("p1", word="two")
    assert office.save() == 1
    links = [office.scene.store.outside_copy(change.id) for change in office.scene.store.changes(LogQuery())]
    assert len(office.asked()) == 1
    assert all(links)


def test_a_run_is_bounded(serve: Serve) -> None:
    office = serve(saved)
    names = [f"p{number}" for number in range(10, 15 + MOST_AT_ONCE)]
    office.scene.put(*names)
    office.scene.list(*names)
    office.switch()
    office.scene.round()
    assert office.save() == MOST_AT_ONCE
    assert office.save() == len(names) - MOST_AT_ONCE


def test_an_archive_that_hangs_is_given_up_in_time(serve: Serve) -> None:
    office = serve([30.0])
    office.switch(timeout=Duration(seconds=0.3))
    office.edit("p1")
    started = time.monotonic()
    assert office.save() == 0
    assert time.monotonic() - started < 5
    assert "0.3 s" in office.copy().problem


def test_a_stop_ends_it_and_leaves_the_change_for_later(serve: Serve) -> None:
    office = serve([30.0])
    office.switch(timeout=Duration(seconds=30))
    office.edit("p1")
    threading.Timer(0.2, office.stop.set).start()
    with pytest.raises(Stopped):
        office.save()
    assert len(office.scene.store.copies_wanted("a", office.scene.clock.now() - DAY, 1)) == 1


def test_the_archive_may_not_lead_inwards_where_only_the_site_may(serve: Serve) -> None:
    office = serve(saved)
    office.scene.source = replace(office.scene.source, reach=("127.0.0.0/8",))
    office.switch(reach=())
    office.edit("p1")
    assert office.save() == 0
    assert "127.0.0.1" in office.copy().problem
    assert office.asked() == []


def test_the_archive_is_asked_by_its_own_rules(known: Scene) -> None:
    source = replace(known.source, polite=Politeness(gap=Duration(1)), outside=Outside("https://x.example/{url}"))
    archive = as_archive(source)
    assert (archive.polite.gap, archive.polite.total, archive.polite.robots) == (Duration(seconds=15), Duration(minutes=2), False)

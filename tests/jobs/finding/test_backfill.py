"""Backfill: how far old listings are walked, that it goes on where it was stopped, and that nothing of it is news."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from jobs.scene import Scene
from standins import HOST, Answer, source, url

from monitor.errors import Resting, Stopped, Unreachable
from monitor.jobs.finding.backfill import Backfill
from monitor.model import Capture, Link, Listed, Request
from monitor.settings import Duration, Finding, Form, Politeness, Series
from monitor.settings.finding import Fields

SERIES = Series(f"{HOST}/old?page={{page}}", first=1, last=2)


class DatedReader:
    """A reader of listings in lines: an address and the day it is from; ``+`` stands before what goes on."""

    def __init__(self, inner: object) -> None:
        self.inner = inner

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    def listed(self, capture: Capture, source: object) -> Listed:
        links, further = [], []
        kind = "index" if capture.body.startswith(b"index") else "page"
        kind = "sitemap" if capture.body.startswith(b"sitemap") else kind
        for line in capture.body.decode().splitlines():
            address, _, day = line.removeprefix("+").partition(" ")
            if line.startswith("+"):
                further.append((address, datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None))
            elif address.startswith("http"):
                links.append(Link(address, published=date.fromisoformat(day) if day else None))
        at = tuple(altered for _, altered in further)
        return Listed(tuple(links), tuple(each for each, _ in further), kind=kind, altered=at)  # type: ignore[arg-type]


@pytest.fixture
def old(scene: Scene) -> Scene:
    """Five pages of old articles, two a page, the newest first; the listing of a round shows none of them."""
    scene.source = source(find=Finding(series=(SERIES,), articles=("/p",)), polite=Politeness(gap=Duration(seconds=5)))
    scene.tools = replace(scene.tools, reader=DatedReader(scene.tools.reader))  # type: ignore[arg-type]
    for number in range(1, 6):
        names = [f"p{number}a", f"p{number}b"]
        scene.put(*names)
        lines = [f"{url(name)} 2025-{13 - number:02}-10" for name in names]
        scene.site.pages[SERIES.page(number)] = Answer("\n".join(lines).encode())
    scene.site.pages[SERIES.page(6)] = Answer(b"nothing more")
    return scene


def fill(scene: Scene, since: date | None = None, most: int | None = None) -> Backfill:
    work = Backfill(scene.source, scene.tools, since, most)
    is_whole = work.find()
    work.visit(lambda page, outcome: None)
    if is_whole:
        work.end()
    return work


def test_a_listing_is_walked_beyond_what_a_round_asks_for(old: Scene) -> None:
    work = fill(old)
    assert len(old.pages()) == 10
    assert (work.filled.read, work.filled.taken, work.filled.problems) == (6, 10, [])
    assert old.log() == [], "it is no news"
    assert len(old.log(baseline=True)) == 10


def test_the_walk_ends_with_the_first_page_that_is_older_than_the_day(old: Scene) -> None:
    fill(old, since=date(2025, 11, 1))
    assert old.pages() == ["p1a", "p1b", "p2a", "p2b"]
    assert [each.url for each in old.site.asked if "page=" in each.url] == [SERIES.page(number) for number in (1, 2, 3)]


def test_the_walk_ends_with_the_count(old: Scene) -> None:
    work = fill(old, most=3)
    assert old.pages() == ["p1a", "p1b", "p2a"]
    assert work.filled.taken == 3


def test_a_larger_count_takes_up_the_rest_of_the_page_that_was_cut(old: Scene) -> None:
    Backfill(old.source, old.tools, None, 3).find()
    fill(old, most=4)
    assert old.pages() == ["p1a", "p1b", "p2a", "p2b"]


def test_it_goes_on_where_it_was_stopped_and_asks_for_nothing_twice(old: Scene) -> None:
    old.site.before = lambda request: stop(request, SERIES.page(3))
    with pytest.raises(Stopped):
        fill(old)
    old.site.before = lambda request: stop(request, url("p2a"))
    old.site.asked.clear()
    with pytest.raises(Stopped):
        fill(old)
    assert [each.url for each in old.site.asked if "page=" in each.url] == [SERIES.page(number) for number in (3, 4, 5, 6)]
    old.site.before = lambda request: None
    old.site.asked.clear()
    work = fill(old)
    assert [each.url for each in old.site.asked] == [url(f"p{n}{x}") for n in range(2, 6) for x in "ab"]
    assert work.filled.taken == 10
    assert len(old.log(baseline=True)) == 10
    assert old.store.backfill("a", work._task) == {}, "it is done, and forgotten"


def stop(request: Request, address: str) -> None:
    if request.url == address:
        raise Stopped("told to stop")


def test_another_day_begins_anew(old: Scene) -> None:
    Backfill(old.source, old.tools, date(2025, 12, 1)).find()
    fill(old)
    assert len(old.pages()) == 10


def test_a_page_that_fails_is_tried_again_by_the_same_command(old: Scene) -> None:
    good = old.site.pages[SERIES.page(3)]
    old.site.pages[SERIES.page(3)] = Answer(error=Unreachable("down"))
    work = fill(old)
    assert work.filled.problems == [f"{SERIES.page(3)}: down"]
    assert len(old.pages()) == 4
    old.site.pages[SERIES.page(3)] = good
    assert fill(old).filled.problems == []
    assert len(old.pages()) == 10


def test_a_host_that_rests_ends_it_and_what_is_taken_up_stays(old: Scene) -> None:
    rest = Resting(host="a.example", until=old.clock.now() + timedelta(hours=1), why="it wants rest")

    def before(request: Request) -> None:
        if request.url == url("p3a"):
            raise rest

    old.site.before = before
    with pytest.raises(Resting):
        fill(old)
    old.site.before = lambda request: None
    work = Backfill(old.source, old.tools)
    assert (work.left(), work.time_left(work.left())) == (6, timedelta(seconds=30))
    fill(old)
    assert Backfill(old.source, old.tools).left() == 0


def test_what_is_known_is_neither_taken_up_nor_visited_again(old: Scene) -> None:
    old.source = replace(old.source, find=replace(old.source.find, series=(), pages=(url("p1a"),)))
    old.round()
    old.source = replace(old.source, find=replace(old.source.find, series=(SERIES,)))
    old.site.asked.clear()
    work = fill(old)
    assert work.filled.taken == 9
    assert url("p1a") not in [each.url for each in old.site.asked]
    assert old.log() == []


def test_later_rounds_go_on_with_what_was_taken_in(old: Scene) -> None:
    fill(old)
    old.put("p4a", word="another word")
    old.round()
    assert old.log() == [("edited", "p4a")]


def test_next_links_are_followed_as_deep_as_they_go(old: Scene) -> None:
    old.source = replace(old.source, find=Finding(listings=(f"{HOST}/l1",), articles=("/p",), next=("a",), depth=2))
    for number in range(1, 5):
        old.site.pages[f"{HOST}/l{number}"] = Answer(f"{url(f'p{number}a')}\n+{HOST}/l{number % 4 + 1}".encode())
    fill(old)
    assert old.pages() == ["p1a", "p2a", "p3a", "p4a"], "and a listing that leads back to its beginning ends"


def test_forms_are_walked_too(old: Scene) -> None:
    old.source = replace(old.source, find=Finding(forms=(Form(f"{HOST}/post", Fields([("page", "{page}")])),), articles=("/p",)))
    old.site.pages[f"{HOST}/post"] = Answer(url("p1a").encode())
    fill(old)
    assert old.pages() == ["p1a"]
    assert [each.form for each in old.site.asked if each.form] == [(("page", "1"),), (("page", "2"),)]


def test_of_sitemaps_only_those_are_asked_for_that_were_altered_since(old: Scene) -> None:
    old.source = replace(old.source, find=Finding(sitemaps=(f"{HOST}/index",), articles=("/p",)))
    lines = ["index", f"+{HOST}/s1 2025-12-01", f"+{HOST}/s2 2024-01-01", f"+{HOST}/s3", f"+{HOST}/index"]
    old.site.pages[f"{HOST}/index"] = Answer("\n".join(lines).encode())
    old.site.pages[f"{HOST}/s1"] = Answer(f"sitemap\n{url('p1a')} 2025-11-30\n{url('p2a')} 2025-01-01".encode())
    old.site.pages[f"{HOST}/s3"] = Answer(f"sitemap\n{url('p3a')}".encode())
    work = fill(old, since=date(2025, 6, 1))
    assert old.pages() == ["p1a", "p3a"]
    assert f"{HOST}/s2" not in [each.url for each in old.site.asked]
    assert work.filled.problems == []


def test_sitemaps_that_were_read_are_not_asked_for_again_after_a_stop(old: Scene) -> None:
    old.source = replace(old.source, find=Finding(sitemaps=(f"{HOST}/index",), articles=("/p",)))
    old.site.pages[f"{HOST}/index"] = Answer(f"index\n+{HOST}/s1\n+{HOST}/s2".encode())
    old.site.pages[f"{HOST}/s1"] = Answer(f"sitemap\n{url('p1a')}".encode())
    old.site.pages[f"{HOST}/s2"] = Answer(f"sitemap\n{url('p2a')}".encode())
    old.site.before = lambda request: stop(request, f"{HOST}/s2")
    with pytest.raises(Stopped):
        fill(old)
    old.site.before = lambda request: None
    old.site.asked.clear()
    fill(old)
    assert f"{HOST}/s1" not in [each.url for each in old.site.asked]
    assert old.pages() == ["p1a", "p2a"]

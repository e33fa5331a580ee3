"""Reading again what is kept: what would read otherwise is told, or adopted without a change; nothing that was known goes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from jobs.newspaper import OLD, Newspaper, old_page, written
from standins import url
from storing.steps import EVERYTHING

from monitor.article import Article
from monitor.errors import Stopped
from monitor.jobs.keeping.reparse import Reparser, Tally, differing, size
from monitor.model import Version
from monitor.settings import Rule
from monitor.storing.sqlite import StoreFile

AD = "Read more in our application."
MENDED = replace(OLD, drop=("p.ad",))


def with_ad(article: Article) -> str:
    return old_page(article).replace("<div class=story>", f"<div class=story><p class=ad>{AD}</p>")


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    """Twelve pages whose layout reads an advertisement as part of the text; the rules are mended since."""
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        paper = Newspaper(store, 12, design=with_ad)
        paper.read_by(MENDED)
        yield paper


def reparse(paper: Newspaper, stop: threading.Event | None = None, **how: bool) -> Tally:
    tally = Tally("paper")
    parts = paper.store, paper.tools.reader, paper.clock, paper.archive, "me"
    Reparser(*parts, **{"is_dry": False, **how}).run(paper.source, stop or threading.Event(), lambda: None, tally)
    return tally


def versions(paper: Newspaper, name: str = "a1") -> list[Version]:
    page = paper.store.page_at(url(name))
    assert page is not None
    return paper.store.versions(page.id)


def has_ad(version: Version) -> bool:
    return AD in version.article.paragraphs


def dump(paper: Newspaper) -> list[str]:
    return list(paper.store.handle.db.iterdump())


def test_a_dry_run_writes_nothing_and_tells_all(paper: Newspaper) -> None:
    before = dump(paper)
    tally = reparse(paper, is_dry=True)
    assert dump(paper) == before
    assert (tally.read, tally.otherwise, tally.adopted, dict(tally.fields)) == (12, 12, 0, {"paragraphs": 12})
    assert [each.url for each in tally.examples] == [url("a0"), url("a1"), url("a2")]
    assert tally.examples[0].before.paragraphs == (AD, *tally.examples[0].after.paragraphs)
    assert size([paper.source], paper.store) == 12


def test_it_adopts_without_a_change_and_keeps_what_was_known(paper: Newspaper) -> None:
    changes = list(paper.store.changes(EVERYTHING))
    paper.clock.move(paper.source.interval)
    tally = reparse(paper)
    assert tally.adopted == 12
    assert [has_ad(version) for version in versions(paper)] == [True, False]
    assert list(paper.store.changes(EVERYTHING)) == changes
    assert list(paper.store.audit(lambda _: None)) == []
    (note,) = paper.store.incidents(open_only=False)
    assert (note.kind, note.started, note.ended) == ("reparsed", paper.clock.now(), paper.clock.now())
    assert note.detail.startswith("me had 12 captures read again by today's layouts and parser: 12 wordings adopted")
    last = versions(paper)[-1]
    assert last.first_seen <= last.last_seen


def test_the_next_visits_find_nothing_and_edits_are_held_against_what_was_adopted(paper: Newspaper) -> None:
    reparse(paper)
    paper.edit("a3", lambda p: (*p[:4], "Altered."))
    paper.round()
    assert paper.edited() == ["a3"]
    assert len(versions(paper)) == 2
    assert [has_ad(version) for version in versions(paper, "a3")] == [True, False, False]
    assert paper.open() == {}


def test_a_second_time_finds_nothing(paper: Newspaper) -> None:
    reparse(paper, is_whole=True)
    before = len(versions(paper))
    tally = reparse(paper)
    assert (tally.read, tally.otherwise, tally.adopted) == (12, 0, 0)
    assert len(versions(paper)) == before
    again = reparse(paper, is_whole=True)
    assert (again.adopted, len(versions(paper))) == (0, before)


def test_all_versions_are_read_again_when_that_is_wanted(paper: Newspaper) -> None:
    paper.read_by(OLD)
    paper.edit("a1", lambda p: (*p[:4], "Altered."))
    paper.round()
    paper.read_by(MENDED)
    paper.clock.move(paper.source.interval)
    tally = reparse(paper, is_whole=True)
    assert (tally.read, tally.adopted) == (13, 13)
    found = versions(paper)
    assert [has_ad(version) for version in found] == [True, True, False, False]
    page = paper.store.page_at(url("a1"))
    assert page is not None
    current = paper.store.version(page.id)
    assert current is not None
    assert current.article.paragraphs[-1] == "Altered."
    by_now = paper.store.version(page.id, at=paper.clock.now())
    assert by_now is not None
    assert by_now.number == current.number, "an earlier wording read anew is none of today"
    assert (found[3].first_seen, found[3].last_seen) == (found[0].first_seen, found[0].last_seen)
    paper.edit("a1", lambda p: written(1).paragraphs)
    paper.round()
    assert paper.log()[-1] == ("reverted", "a1"), "a return is known across readers"


def test_a_capture_that_today_s_layouts_cannot_read_leaves_its_page_as_it_is(paper: Newspaper) -> None:
    paper.read_by(replace(OLD, name="other", title=(Rule(css="h2"),)))
    tally = reparse(paper)
    assert dict(tally.unread) == {"no title: nothing matched (tried: h2)": 12}
    assert (tally.read, tally.adopted, len(versions(paper))) == (0, 0, 1)
    paper.read_by(replace(OLD, name="other", published=(Rule(css="span"),)))
    assert dict(reparse(paper).unread) == {"published: read on this page before, and missing now": 12}


def test_captures_that_were_dropped_are_counted(paper: Newspaper) -> None:
    (file,) = paper.store.files()
    paper.store.drop_file(file.name, 1, b"", "me", paper.clock.now())
    assert [why.startswith("its capture was dropped on") for why in reparse(paper).unread] == [True]


def test_told_to_stop_it_keeps_what_was_done_and_says_so(paper: Newspaper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.jobs.keeping.reparse._BATCH", 5)
    stop, tally, steps = threading.Event(), Tally("paper"), []

    def step() -> None:
        steps.append(1)
        if len(steps) == 7:
            stop.set()

    reparser = Reparser(paper.store, paper.tools.reader, paper.clock, paper.archive, "me", is_dry=False)
    with pytest.raises(Stopped):
        reparser.run(paper.source, stop, step, tally)
    assert tally.adopted == 5
    (note,) = paper.store.incidents(open_only=False)
    assert note.detail.startswith("cut short; me had")
    assert sum(len(versions(paper, f"a{number}")) for number in range(12)) == 17
    assert reparse(paper).adopted == 7


def test_a_page_that_is_being_visited_is_left_alone(paper: Newspaper) -> None:
    page = paper.store.page_at(url("a1"))
    assert page is not None
    round_ = paper.store.open_check("paper", paper.clock.now())
    assert paper.store.claim_page(page.id, round_, paper.clock.now(), "w", paper.source.interval)
    tally = reparse(paper)
    assert (tally.adopted, tally.busy, len(versions(paper))) == (11, 1, 1)


def test_forgotten_pages_stay_as_they_are(paper: Newspaper) -> None:
    page = paper.store.page_at(url("a1"))
    assert page is not None
    paper.store.set_page_state(page.id, "forgotten")
    assert reparse(paper).adopted == 11


def test_the_fields_that_differ_are_named() -> None:
    one = Article("P", "T", None, ("p",))
    assert differing(one, replace(one, title="U", paragraphs=("q",))) == ["title", "paragraphs"]

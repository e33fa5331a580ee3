"""Imports in the store: versions in their own time, never what the page bears now, and never against our own visits."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standins import DAY, HOUR, START, article, capture, outcome, url, wording
from storing.steps import Steps

from monitor.article import Article
from monitor.judging import verdict
from monitor.model import Evidence, Kind, LogQuery, NewPage, Place, Seen
from monitor.protocols import Store
from monitor.storing.sqlite import StoreFile

OLD, OTHER, OURS, NEWER = (article("T", word) for word in ("old", "other", "ours", "newer"))


def imported(steps: Steps, what: Article, at: datetime, name: str = "p", body: bytes = b"bytes", origin: str = "f.warc") -> bool:
    given = capture(at, url(name), body=body)
    return steps.store.keep_import(steps.page(name), given, wording(what), Evidence(), origin, steps.at)


def visited(steps: Steps, what: Article, *kinds: Kind) -> None:
    round_ = steps.round()
    steps.read("p", round_, what, *kinds)
    steps.close(round_)


def at(steps: Steps, when: datetime) -> str | None:
    version = steps.store.version(steps.page("p").id, at=when)
    return version.article.paragraphs[0] if version else None


@pytest.fixture
def watched(steps: Steps) -> Steps:
    """A page that was read at START, and again a day later."""
    steps.add("p")
    visited(steps, OURS, Kind.NEW)
    steps.later(DAY)
    round_ = steps.round()
    steps.finish("p", round_, outcome(steps.at, Seen.NOT_MODIFIED))
    steps.close(round_)
    return steps


def test_an_import_is_a_version_in_its_own_time(watched: Steps) -> None:
    assert imported(watched, OLD, START - DAY)
    assert [at(watched, START + by) for by in (-2 * DAY, -DAY, -HOUR, 0 * HOUR, DAY)] == [None, "old", "old", "ours", "ours"]
    (_, version) = watched.store.versions(watched.page("p").id)
    assert (version.number, version.first_seen, version.last_seen) == (2, START - DAY, START - DAY)


def test_an_import_is_never_what_the_page_bears_now(watched: Steps) -> None:
    before = watched.page("p")
    imported(watched, OLD, START + 10 * DAY)
    assert watched.page("p") == before
    version = watched.store.version(before.id)
    assert version is not None
    assert version.article == OURS


def test_an_import_says_nothing_against_our_own_visits(watched: Steps) -> None:
    imported(watched, OTHER, START + HOUR)
    imported(watched, OTHER, START + DAY)
    assert [at(watched, START + by) for by in (HOUR, 2 * HOUR, DAY, 2 * DAY)] == ["ours"] * 4


def test_an_import_counts_between_the_last_sight_of_a_wording_and_the_first_of_the_next(watched: Steps) -> None:
    watched.later(2 * DAY)
    visited(watched, NEWER, Kind.EDITED)
    imported(watched, OTHER, START + 2 * DAY)
    times = (DAY, 1.5 * DAY, 2 * DAY, 2.5 * DAY, 3 * DAY, 4 * DAY)
    assert [at(watched, START + by) for by in times] == ["ours", "ours", "other", "other", "newer", "newer"]


def test_a_wording_that_is_known_is_no_new_version_but_counts_at_its_own_time(watched: Steps) -> None:
    assert not imported(watched, OURS, START - DAY)
    assert not imported(watched, OURS, START - 3 * DAY)
    imported(watched, OLD, START - 2 * DAY)
    assert [at(watched, START - by) for by in (3 * DAY, 2 * DAY, DAY)] == ["ours", "old", "ours"]
    (ours, _) = watched.store.versions(watched.page("p").id)
    assert ours.first_seen == START, "what our own visits saw of it stays as it is"


def test_further_imports_of_a_wording_stretch_what_is_known_of_it(steps: Steps) -> None:
    steps.add("p")
    for day in (5, 3, 9):
        imported(steps, OLD, START + day * DAY)
    (version,) = steps.store.versions(steps.page("p").id)
    assert (version.first_seen, version.last_seen) == (START + 3 * DAY, START + 9 * DAY)


def test_the_log_holds_every_import_at_the_instant_it_was_taken_in_and_not_as_news(watched: Steps) -> None:
    watched.later()
    imported(watched, OLD, START - DAY)
    (change,) = watched.store.changes(LogQuery(kinds=frozenset([Kind.IMPORTED]), baseline=True))
    assert (change.at, change.before, change.after, change.baseline) == (watched.at, None, 2, True)
    assert list(watched.store.changes(LogQuery())) == []
    status = watched.store.status()
    assert (status.changes, status.baseline, status.imported) == (0, 1, 1)


def test_imports_are_sealed_and_the_store_is_whole(watched: Steps) -> None:
    imported(watched, OLD, START - DAY)
    assert watched.store.seal() == 2
    assert list(watched.store.audit(lambda _: None)) == []


def test_the_file_an_import_came_from_is_known(watched: Steps) -> None:
    imported(watched, OLD, START - DAY, origin="wget.warc.gz")
    page = watched.page("p").id
    assert watched.store.origins(page) == {2: "wget.warc.gz"}
    assert [each.origin for each in watched.store.kept(page)] == ["wget.warc.gz", None]


def test_a_capture_is_known_by_its_bytes_and_the_second_it_was_taken(watched: Steps) -> None:
    given = capture(START - DAY, url("p"), body=b"bytes")
    page = watched.page("p").id
    assert not watched.store.is_taken(page, given.at, given.digest)
    imported(watched, OLD, given.at)
    assert watched.store.is_taken(page, given.at, given.digest)
    assert watched.store.is_taken(page, given.at + HOUR / 7200, given.digest)
    assert not watched.store.is_taken(page, given.at + HOUR, given.digest)
    assert not watched.store.is_taken(page, given.at, capture(START, body=b"others").digest)


def test_a_page_taken_up_is_baseline_and_a_known_one_stays_as_it_is(store: Store) -> None:
    store.sync_sources(["a"], START)
    store.close_round(store.open_round("a", START, DAY), START, [])
    assert store.take_up("a", NewPage("p", url("p")), START)
    assert not store.take_up("a", NewPage("p", url("other")), START)
    page = store.page("p")
    assert page is not None
    assert (page.baseline, page.url) == (True, url("p"))


def test_the_first_visit_may_find_an_imported_wording(steps: Steps) -> None:
    steps.add("p")
    imported(steps, OLD, START - DAY)
    known = steps.store.earlier(steps.page("p").id, wording(OLD).fingerprint)
    assert known is not None
    round_ = steps.round()
    steps.same("p", round_, Kind.NEW, back_to=known.id)
    assert steps.log() == [("imported", "p", None, 1, True), ("new", "p", None, 1, True)]
    current = steps.page("p").current
    assert current is not None
    assert current.id == known.id
    (version,) = steps.store.versions(steps.page("p").id)
    assert (version.first_seen, version.last_seen) == (START - DAY, START)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    visits=st.lists(st.sampled_from("abc"), min_size=1, max_size=6),
    imports=st.lists(st.tuples(st.integers(-10, 70), st.sampled_from("abcde")), max_size=6),
)
def test_no_import_alters_what_our_own_visits_saw(
    tmp_path_factory: pytest.TempPathFactory, visits: list[str], imports: list[tuple[int, str]]
) -> None:
    """Visits are ten hours apart. At each of them the page bore what was read; before them, what was imported last."""
    with StoreFile(tmp_path_factory.mktemp("law") / "a.db", lasting=False).open() as store:
        steps = Steps(store)
        steps.add("p")
        seen = {}
        for number, word in enumerate(visits):
            round_ = steps.round()
            what = wording(article("T", word))
            claim = steps.claim("p", round_)
            earlier = store.earlier(claim.page.id, what.fingerprint)
            decision = verdict.on_reading(claim.page, what, earlier)
            back = decision.version
            new = article("T", word) if decision.wording else None
            store.finish(claim, outcome(steps.at, Seen.PARSED, *decision.changes, new=new, back_to=back))
            steps.close(round_)
            seen[steps.at] = word
            for hour, other in imports[number :: len(visits)]:
                imported(steps, article("T", other), START + hour * HOUR, body=b"%d" % hour)
            steps.later(10 * HOUR)
        assert {when: at(steps, when) for when in seen} == seen
        version = store.version(steps.page("p").id)
        assert version is not None
        assert version.article.paragraphs == (visits[-1],)
        store.seal()
        assert list(store.audit(lambda _: None)) == []
        early = [(hour, word) for hour, word in imports if hour < 0]
        if early and len({hour for hour, _ in early}) == len(early):
            assert at(steps, START - HOUR / 2) == max(early)[1]


def test_the_bytes_of_an_import_are_found_where_they_lie(steps: Steps) -> None:
    steps.add("p")
    place = Place("captures-1.warc.gz", 10, 20)
    given = capture(START - DAY, url("p"))
    steps.store.keep_import(steps.page("p"), given, wording(OLD), Evidence(place), "f.warc", steps.at)
    assert [each.place for each in steps.store.kept(steps.page("p").id)] == [place]
    (file,) = steps.store.files()
    assert (file.first, file.last) == (steps.at, steps.at), "a file is as old as what it took in, not as what that was"

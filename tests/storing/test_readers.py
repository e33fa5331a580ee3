"""What a change of the reader asks of the store: which capture shows a version, what is adopted without a change, the signs."""

from __future__ import annotations

from dataclasses import replace

from standins import DAY, HOUR, article, outcome, wording
from storing.steps import Steps
from storing.test_kept import FIRST, SECOND, keep

from monitor.model import Adopted, Evidence, Kind, Place, Reading, Seen
from monitor.protocols import Store

OTHERWISE = Adopted(wording(article("read otherwise"), "other"), 1)
READING = Reading("other", b"other parts", reader=b"other reader")
THIRD = Place("1.warc.gz", 1500, 100)


def test_the_latest_capture_that_shows_a_version(store: Store, steps: Steps) -> None:
    first = keep(steps, "one", Kind.NEW, Evidence(FIRST), b"first")
    second = keep(steps, "one", Kind.EDITED, Evidence(SECOND), b"second")
    page = steps.page("one")
    assert store.kept_of(page.id) == list(store.all_kept())[1]
    assert [shown(store, page.id, number) for number in (None, 1, 2, 3)] == [second, first, second, None]
    steps.later()
    assert steps.finish("one", steps.round(), outcome(steps.at, Seen.PARSED, Kind.REVERTED, back_to=1, evidence=Evidence(THIRD)))
    assert [shown(store, page.id, number) for number in (None, 1, 2)] == [third := second + 1, third, second]


def shown(store: Store, page: int, number: int | None) -> int | None:
    kept = store.kept_of(page, number)
    return kept.id if kept else None


def test_a_return_with_another_wording_shows_nothing_of_the_one_before(store: Store, steps: Steps) -> None:
    first = keep(steps, "one", Kind.NEW, Evidence(FIRST), b"first")
    steps.later()
    back = outcome(steps.at, Seen.PARSED, Kind.RESTORED, Kind.EDITED, new=article("second"), evidence=Evidence(SECOND))
    assert steps.finish("one", steps.round(), back)
    assert shown(store, steps.page("one").id, 1) == first


def test_a_page_that_was_never_read_shows_nothing(store: Store, steps: Steps) -> None:
    steps.add("one")
    assert store.kept_of(steps.page("one").id) is None
    assert not store.adopt(steps.page("one"), READING, OTHERWISE, steps.at)


def test_what_is_adopted_is_no_change(store: Store, steps: Steps) -> None:
    keep(steps, "one", Kind.NEW, Evidence(FIRST), b"first")
    before, log = steps.page("one"), steps.log()
    assert store.adopt(before, READING, OTHERWISE, steps.at + HOUR)
    after = steps.page("one")
    assert steps.log() == log
    assert (after.parts, after.reader, after.layout) == (b"other parts", b"other reader", "other")
    assert after.current is not None
    assert after.current.fingerprint == OTHERWISE.wording.fingerprint
    assert (after.visits, after.seen, after.etag) == (before.visits, before.seen, before.etag)
    assert [version.article.title for version in store.versions(after.id)] == ["first", "read otherwise"]
    assert [version.first_seen for version in store.versions(after.id)] == [steps.at, steps.at + HOUR]
    assert list(store.audit(lambda _: None)) == []


def test_where_nothing_reads_otherwise_only_the_reader_is_noted(store: Store, steps: Steps) -> None:
    keep(steps, "one", Kind.NEW, Evidence(FIRST), b"first")
    assert store.adopt(steps.page("one"), READING, None, steps.at + HOUR)
    page = steps.page("one")
    assert (page.reader, len(store.versions(page.id))) == (b"other reader", 1)


def test_a_page_that_is_not_as_it_was_is_left_alone(store: Store, steps: Steps) -> None:
    keep(steps, "one", Kind.NEW, Evidence(FIRST), b"first")
    stale = steps.page("one")
    steps.later()
    round_ = steps.round()
    claim = steps.claim("one", round_)
    assert not store.adopt(stale, READING, OTHERWISE, steps.at), "it is being visited"
    assert store.adopt(stale, READING, None, steps.at + DAY), "no more, once the visit's time is over"
    assert store.finish(claim, outcome(steps.at))
    assert not store.adopt(stale, READING, OTHERWISE, steps.at), "it was visited since"
    assert len(store.versions(stale.id)) == 1


def test_a_visit_adopts_and_logs_what_truly_changed(store: Store, steps: Steps) -> None:
    first = keep(steps, "one", Kind.NEW, Evidence(FIRST), b"first")
    steps.later()
    seen = outcome(steps.at, Seen.PARSED, Kind.EDITED, new=article("third"), evidence=Evidence(SECOND))
    adopted = Adopted(OTHERWISE.wording, first)
    assert steps.finish("one", steps.round(), replace(seen, decision=replace(seen.decision, adopted=adopted)))
    assert steps.log()[-1][:4] == ("edited", "one", 2, 3)
    assert [version.article.title for version in store.versions(steps.page("one").id)] == ["first", "read otherwise", "third"]
    assert shown(store, steps.page("one").id, 2) == first
    assert store.seal() == 2
    assert list(store.audit(lambda _: None)) == []


def test_an_earlier_wording_read_anew_lies_beside_it(store: Store, steps: Steps) -> None:
    keep(steps, "one", Kind.NEW, Evidence(FIRST), b"first")
    keep(steps, "one", Kind.EDITED, Evidence(SECOND), b"second")
    page, old = steps.page("one"), store.versions(steps.page("one").id)[0]
    assert store.keep_reread(page, old, OTHERWISE)
    assert not store.keep_reread(page, old, OTHERWISE), "it is known now"
    assert steps.page("one") == page
    found = store.versions(page.id)[2]
    assert (found.first_seen, found.last_seen) == (old.first_seen, old.last_seen)
    now, then = store.version(page.id, at=steps.at), store.version(page.id, at=old.first_seen)
    assert now is not None
    assert then is not None
    assert (now.number, then.number) == (2, 1)


def test_a_note_is_an_incident_that_is_over(store: Store, steps: Steps) -> None:
    steps.add("one")
    for _ in range(2):
        store.note("a", "reparsed", steps.at, "it was done")
    assert store.incidents() == []
    assert [each.detail for each in store.incidents(open_only=False)] == ["it was done"] * 2


def test_signs_are_remembered_until_they_are_denied(store: Store, steps: Steps) -> None:
    steps.add("one")
    assert store.drift("a") == store.no_drift("a") == frozenset()
    store.keep_drift("a", {"title unread", "paragraphs gained \u2028 ä"}, {"published lost"})
    assert (store.drift("a"), store.no_drift("a")) == ({"title unread", "paragraphs gained \u2028 ä"}, {"published lost"})
    store.open_incident("a", "layout", steps.at, "why")
    assert store.deny_drift("a", steps.at)
    assert store.drift("a") == frozenset()
    assert len(store.no_drift("a")) == 3
    assert store.incidents() == []
    assert not store.deny_drift("a", steps.at)
    store.keep_drift("a", set(), set())
    assert store.no_drift("a") == frozenset()
    assert not store.deny_drift("nobody", steps.at)

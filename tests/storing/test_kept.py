"""The captures that are kept, where they lie, and the files of the archive."""

from __future__ import annotations

from dataclasses import replace

from standins import DAY, article, outcome
from storing.steps import Steps

from monitor.model import Evidence, Kind, Place, Seen
from monitor.protocols import Store

FIRST, SECOND, REVISIT = Place("1.warc.gz", 0, 700), Place("1.warc.gz", 700, 800), Place("2.warc.gz", 0, 90)


def keep(steps: Steps, name: str, kind: Kind | None, evidence: Evidence, wire: bytes, seen: Seen = Seen.PARSED) -> int:
    """A visit whose capture is kept; the capture's number."""
    steps.later()
    steps.add(name)
    kinds, new = ((kind,), article(wire.decode())) if kind else ((), None)
    done = outcome(steps.at, seen, *kinds, new=new, evidence=evidence)
    taken = done.observation.capture
    assert taken is not None
    done = replace(done, observation=replace(done.observation, capture=replace(taken, wire=wire)))
    assert steps.finish(name, steps.round(), done)
    return [each.id for each in steps.store.all_kept()][-1]


def test_where_a_capture_lies(store: Store, steps: Steps) -> None:
    first = keep(steps, "one", Kind.NEW, Evidence(FIRST), b"first")
    second = keep(steps, "one", Kind.EDITED, Evidence(SECOND), b"second")
    revisit = keep(steps, "two", None, Evidence(REVISIT, second), b"second", Seen.BLOCKED)
    kept = list(store.all_kept())
    assert [each.id for each in kept] == [first, second, revisit]
    assert [each.place for each in kept] == [FIRST, SECOND, REVISIT]
    assert [each.twin for each in kept] == [None, None, SECOND]
    assert [each.dropped for each in kept] == ["", "", ""]
    assert kept[0].answered == "https://a.example"
    page = store.page_at("https://a.example/one")
    assert page is not None
    assert store.kept(page.id) == kept[:2]


def test_a_change_rests_on_the_capture_before_and_on_its_own(store: Store, steps: Steps) -> None:
    keep(steps, "one", Kind.NEW, Evidence(FIRST), b"first")
    keep(steps, "one", Kind.EDITED, Evidence(SECOND), b"second")
    first, second = store.all_kept()
    assert store.kept_sides(1) == (None, first)
    assert store.kept_sides(2) == (first, second)
    assert store.kept_sides(3) == (None, None)


def test_a_twin_bears_its_own_bytes_and_was_not_dropped(store: Store, steps: Steps) -> None:
    number = keep(steps, "one", Kind.NEW, Evidence(FIRST), b"first")
    keep(steps, "two", Kind.NEW, Evidence(REVISIT, number), b"first")
    keep(steps, "three", Kind.NEW, Evidence(), b"unarchived")
    first, *_ = store.all_kept()
    found = store.twin(first.digest)
    assert found is not None
    assert (found.capture, found.at) == (number, first.at)
    assert store.twin(bytes(32)) is None
    store.drop_file(FIRST.file, 1, b"", "somebody", steps.at)
    assert store.twin(first.digest) is None


def test_a_dropped_file_says_by_whom_and_what_it_was(store: Store, steps: Steps) -> None:
    keep(steps, "one", Kind.NEW, Evidence(FIRST), b"first")
    keep(steps, "one", Kind.EDITED, Evidence(SECOND), b"second")
    first, second = store.all_kept()
    (file,) = store.files()
    assert (file.name, file.captures, file.first, file.last, file.used) == (FIRST.file, 2, first.at, second.at, 1500)
    assert (file.dropped, file.size) == (None, None)
    store.drop_file(file.name, 1503, bytes(32), "somebody@here", steps.at)
    store.drop_file(file.name, 0, b"", "somebody else", steps.at + DAY)
    (file,) = store.files()
    assert (file.dropped, file.by, file.size, file.digest) == (steps.at, "somebody@here", 1503, bytes(32))
    assert {each.dropped for each in store.all_kept()} == {f"dropped on {steps.at:%Y-%m-%d} by somebody@here"}


def test_a_revisit_goes_with_its_twin(store: Store, steps: Steps) -> None:
    number = keep(steps, "one", Kind.NEW, Evidence(FIRST), b"first")
    keep(steps, "two", Kind.NEW, Evidence(REVISIT, number), b"first")
    store.drop_file(FIRST.file, 1, bytes(32), "x", steps.at)
    assert all(each.dropped for each in store.all_kept())


def test_nothing_kept_is_nothing(store: Store) -> None:
    assert list(store.all_kept()) == store.files() == store.kept(1) == []

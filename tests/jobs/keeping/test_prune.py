"""Captures are dropped file by file: the note of it comes first, and what is verified afterwards is still whole."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from jobs.scene import Scene
from standins import DAY

from monitor.errors import ArchiveDamaged
from monitor.fetching.archive import WarcArchive
from monitor.jobs.keeping.prune import Retention, prune
from monitor.jobs.keeping.verify import verify
from monitor.judging.retention import to_drop
from monitor.settings import Duration, Program


@pytest.fixture
def days(archive: WarcArchive, known: Scene) -> Scene:
    """Three days with an edit each, and the archive closed."""
    for word in ("other", "third"):
        known.put("p1", word=word)
        known.round(DAY)
    archive.close()
    return known


def on_disk(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "archive").iterdir())


def test_a_file_goes_and_who_dropped_it_stays(days: Scene, archive: WarcArchive, tmp_path: Path) -> None:
    first, *others = days.store.files()
    now = days.clock.now()
    content = (tmp_path / "archive" / first.name).read_bytes()
    assert prune([first], days.store, archive, "somebody@here", now) == []
    assert on_disk(tmp_path) == [file.name for file in others]
    noted = days.store.files()[0]
    assert (noted.dropped, noted.by, noted.size) == (now, "somebody@here", len(content))
    assert list(verify(days.store, archive)) == []


def test_all_that_is_dropped_still_verifies(days: Scene, archive: WarcArchive, tmp_path: Path) -> None:
    files = to_drop(days.store.files(), days.clock.now(), most_bytes=0)
    assert len(files) == 3
    prune(files, days.store, archive, "x", days.clock.now())
    assert on_disk(tmp_path) == []
    assert list(verify(days.store, archive)) == []
    days.put("p1", word="fourth")
    days.round(DAY)
    assert days.log()[-1] == ("edited", "p1")
    assert list(verify(days.store, archive)) == []


def test_a_file_that_is_being_written_is_left(archive: WarcArchive, known: Scene, tmp_path: Path) -> None:
    (file,) = known.store.files()
    (problem,) = prune([file], known.store, archive, "x", known.clock.now())
    assert file.name in problem
    assert known.store.files()[0].dropped is None
    assert list(verify(known.store, archive)) == []


def test_a_file_that_is_gone_already_is_named_and_not_noted_as_dropped(days: Scene, archive: WarcArchive, tmp_path: Path) -> None:
    first, second, _ = days.store.files()
    (tmp_path / "archive" / first.name).unlink()
    (problem,) = prune([first, second], days.store, archive, "x", days.clock.now())
    assert first.name in problem
    assert [file.dropped is None for file in days.store.files()] == [True, False, True]


def test_after_a_crash_between_note_and_deletion_nothing_is_amiss(
    days: Scene, archive: WarcArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(archive, "drop", crash)
    with pytest.raises(KeyboardInterrupt):
        prune(days.store.files()[:1], days.store, archive, "x", days.clock.now())
    assert list(verify(days.store, archive)) == []


def test_what_was_dropped_can_no_longer_be_measured(days: Scene, archive: WarcArchive) -> None:
    first = days.store.files()[0]
    prune([first], days.store, archive, "x", days.clock.now())
    with pytest.raises(ArchiveDamaged, match=first.name):
        archive.measure(first.name)


# What the service drops by itself


def left(scene: Scene) -> int:
    return sum(file.dropped is None for file in scene.store.files())


def test_without_limits_nothing_is_ever_dropped(days: Scene, archive: WarcArchive) -> None:
    Retention(Program(), archive, days.clock, "me").apply(days.store)
    assert left(days) == 3


def test_the_service_drops_what_is_too_old_and_looks_once_an_hour(days: Scene, archive: WarcArchive) -> None:
    retention = Retention(Program(keep_captures_for=Duration(days=2)), archive, days.clock, "me@here")
    retention.apply(days.store)
    assert left(days) == 3
    days.clock.move(timedelta(minutes=59))
    retention.apply(days.store)
    assert left(days) == 3, "it looked less than an hour ago"
    days.clock.move(timedelta(minutes=1))
    retention.apply(days.store)
    assert left(days) == 2
    assert days.store.files()[0].by == "the service of me@here"


def test_the_service_drops_the_oldest_while_there_is_too_much(days: Scene, archive: WarcArchive) -> None:
    newest = days.store.files()[-1]
    Retention(Program(keep_captures_bytes=newest.used), archive, days.clock, "me").apply(days.store)
    assert [file.name for file in days.store.files() if file.dropped is None] == [newest.name]

"""The files of the archive: written so that they last, ended, and mended after a crash."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fetching.captures import AT, CAPTURE, REDIRECTED, archive_in, checked, listed, names

from monitor.errors import ArchiveError
from monitor.fetching.archive.files import OpenFile, mend
from monitor.model import Place

FIRST = "20260102-030405-00001.warc.gz"
_TESTS = Path(__file__).parent.parent
_KEEPS = """
import sys
from dataclasses import replace
from pathlib import Path
from fetching.captures import CAPTURE, archive_in
archive = archive_in(Path(sys.argv[1]), most_bytes=20_000)
for number in range(int(sys.argv[2])):
    place = archive.keep(replace(CAPTURE, took=float(number)))
    print(place.file, place.offset, place.length, number, flush=True)
archive.close()
"""


def _leftover(folder: Path, data: bytes) -> Path:
    path = folder / (FIRST + ".open")
    path.write_bytes(data)
    return path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[Place]]:
    """A file with two captures, and where they lie."""
    folder = tmp_path_factory.mktemp("written")
    archive = archive_in(folder)
    places = [archive.keep(CAPTURE), archive.keep(REDIRECTED)]
    archive.close()
    return (folder / FIRST).read_bytes(), places


@pytest.fixture
def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is made to last: thousands of times it would take long."""
    monkeypatch.setattr(os, "fsync", lambda fd: None)


@pytest.mark.usefixtures("unsynced")
def test_a_tail_that_is_torn_anywhere_is_cut_off(tmp_path: Path, written: tuple[bytes, list[Place]]) -> None:
    data, (first, _) = written
    kept = [len(list(listed(_put(tmp_path / "x", data))))]
    begin, last = first.offset + first.length, len(data) - 600  # about where its last record begins
    for size in (*range(begin, last, 7), *range(last, len(data))):
        _leftover(tmp_path, data[:size])
        assert mend(tmp_path / FIRST)
        assert not (tmp_path / (FIRST + ".open")).exists()
        checked(tmp_path / FIRST)
        assert archive_in(tmp_path).read(first) == CAPTURE
        kept.append(len(list(listed(tmp_path / FIRST))))
        (tmp_path / FIRST).unlink()
    assert sorted(set(kept)) == [3, 4, 5, 6, 7]


def _put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.usefixtures("unsynced")
def test_a_leftover_without_a_capture_is_deleted(tmp_path: Path, written: tuple[bytes, list[Place]]) -> None:
    data, (first, _) = written
    for size in range(first.offset + 20):
        _leftover(tmp_path, data[:size])
        assert mend(tmp_path / FIRST)
        assert names(tmp_path) == []


def test_leftovers_are_mended_at_the_first_write_and_it_is_told(
    tmp_path: Path, written: tuple[bytes, list[Place]], caplog: pytest.LogCaptureFixture
) -> None:
    data, (first, second) = written
    _leftover(tmp_path, data[:-3])
    archive = archive_in(tmp_path)
    assert archive.read(first) == CAPTURE
    assert names(tmp_path) == [FIRST + ".open"]
    archive.keep(CAPTURE)
    assert names(tmp_path) == [FIRST, "20260102-030405-00002.warc.gz.open"]
    (told,) = caplog.messages
    assert "was left unfinished" in told
    assert "6 whole records were cut off" in told
    assert archive.read(first) == CAPTURE
    with pytest.raises(ArchiveError, match="ends at byte"):
        archive.read(second)


def test_damage_in_the_middle_cuts_off_nothing(
    tmp_path: Path, written: tuple[bytes, list[Place]], caplog: pytest.LogCaptureFixture
) -> None:
    data, (first, second) = written
    _leftover(tmp_path, data[: first.offset + 30] + b"?" + data[first.offset + 31 :])
    assert mend(tmp_path / FIRST)
    assert archive_in(tmp_path).read(second) == REDIRECTED
    assert (tmp_path / FIRST).stat().st_size == len(data)
    assert "bytes between its records are damaged" in caplog.text


def test_a_leftover_is_not_renamed_over_another_file(
    tmp_path: Path, written: tuple[bytes, list[Place]], caplog: pytest.LogCaptureFixture
) -> None:
    _leftover(tmp_path, written[0])
    (tmp_path / FIRST).write_bytes(b"another")
    archive_in(tmp_path).keep(CAPTURE)
    assert (tmp_path / FIRST).read_bytes() == b"another"
    assert (tmp_path / (FIRST + ".open")).read_bytes() == written[0]
    assert "nothing was overwritten" in caplog.text


def test_a_file_that_is_being_written_is_no_leftover(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    archive.keep(CAPTURE)
    assert not mend(tmp_path / FIRST)
    archive_in(tmp_path).keep(CAPTURE)
    assert names(tmp_path) == [FIRST + ".open", "20260102-030405-00002.warc.gz.open"]


def test_a_new_file_that_another_process_takes_for_a_leftover_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = fcntl.flock

    def late(fd: int, how: int) -> None:
        monkeypatch.undo()
        mend(tmp_path / FIRST)
        true(fd, how)

    monkeypatch.setattr(fcntl, "flock", late)
    assert OpenFile.create(tmp_path / FIRST, b"info", AT.date()) is None
    assert names(tmp_path) == []


def _keeping(folder: Path, count: int) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(_TESTS), str(_TESTS.parent)])
    environ = {**os.environ, "PYTHONPATH": path}
    command = [sys.executable, "-c", _KEEPS, str(folder), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ)  # noqa: S603


def _all_read(folder: Path, said: str) -> int:
    archive = archive_in(folder)
    found = 0
    for line in said.splitlines(keepends=True):
        if line.endswith("\n"):
            file, offset, length, number = line.split()
            assert archive.read(Place(file, int(offset), int(length))).took == float(number)
            found += 1
    return found


def test_two_processes_write_into_one_folder_at_once(tmp_path: Path) -> None:
    both = [_keeping(tmp_path, 60) for _ in range(2)]
    said = [each.communicate(timeout=60)[0] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert [_all_read(tmp_path, each) for each in said] == [60, 60]
    files = {line.split()[0] for line in said[0].splitlines()}, {line.split()[0] for line in said[1].splitlines()}
    assert not files[0] & files[1]
    assert names(tmp_path) == sorted(files[0] | files[1])
    for path in tmp_path.iterdir():
        checked(path)


@pytest.mark.parametrize("lines", [1, 7, 60])
def test_what_was_kept_before_a_kill_can_be_read_after_it(tmp_path: Path, lines: int) -> None:
    writer = _keeping(tmp_path, 1_000_000)
    assert writer.stdout is not None
    said = "".join(writer.stdout.readline() for _ in range(lines))
    writer.send_signal(signal.SIGKILL)
    said += writer.communicate(timeout=60)[0]
    assert _all_read(tmp_path, said) >= lines
    archive = archive_in(tmp_path)
    archive.keep(CAPTURE)
    archive.close()
    assert _all_read(tmp_path, said) >= lines
    assert not [name for name in names(tmp_path) if name.endswith(".open")]
    for path in tmp_path.iterdir():
        checked(path)


@pytest.mark.parametrize("taken", [FIRST, FIRST + ".open"])
def test_a_name_that_is_taken_is_left_alone(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).write_bytes(b"something else")
    archive, other = archive_in(tmp_path), archive_in(tmp_path)
    other._is_mended = True  # it came before the leftover
    assert other.keep(CAPTURE).file == "20260102-030405-00002.warc.gz"
    assert archive.keep(CAPTURE).file != "20260102-030405-00002.warc.gz"
    if taken == FIRST:
        assert (tmp_path / taken).read_bytes() == b"something else"

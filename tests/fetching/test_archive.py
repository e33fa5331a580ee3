"""The archive: captures are kept so that they last, and read back with every digest checked; what is torn is mended."""

from __future__ import annotations

import errno
import hashlib
import os
import resource
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fetching.captures import AT, CAPTURE, REDIRECTED, URL, Hands, archive_in, checked, listed, names
from fetching.servers import Serve
from fetching.standins import a_source
from urllib3 import HTTPHeaderDict

from monitor.errors import ArchiveDamaged, ArchiveError
from monitor.fetching.http import HttpFetcher
from monitor.model import Capture, Place, Request, Twin

FIRST = "20260102-030405-00001.warc.gz"
SECOND = "20260102-030405-00002.warc.gz"


def _capture(number: int) -> Capture:
    wire = b"%d " % number * 500
    return Capture(URL, URL, 200, (("Content-Type", "text/html"),), wire, wire, AT, reason="OK")


def _left(folder: Path) -> list[Path]:
    """Every record in the folder is whole; its files."""
    found = sorted(folder.iterdir())
    for path in found:
        checked(path)
    return found


def test_a_capture_is_read_as_it_was_kept_while_its_file_is_open_and_after(tmp_path: Path) -> None:
    archive = archive_in(tmp_path / "new" / "folder")
    one, two = archive.keep(CAPTURE), archive.keep(REDIRECTED)
    assert names(tmp_path / "new" / "folder") == [FIRST + ".open"]
    assert one.file == two.file == FIRST
    assert two.offset == one.offset + one.length
    assert (archive.read(one), archive.read(two)) == (CAPTURE, REDIRECTED)
    archive.close()
    archive.close()
    assert names(tmp_path / "new" / "folder") == [FIRST]
    assert (archive.read(one), archive.read(two)) == (CAPTURE, REDIRECTED)
    assert archive.keep(CAPTURE).file == SECOND


def test_an_archive_that_keeps_nothing_makes_nothing(tmp_path: Path) -> None:
    archive = archive_in(tmp_path / "none")
    archive.close()
    archive.drop(FIRST)
    assert names(tmp_path) == []


def test_what_a_server_answered_is_read_as_it_was_fetched(tmp_path: Path, serve: Serve, fetcher: HttpFetcher) -> None:
    def answer(asked: bytes) -> bytes:
        if b"GET /old" in asked:
            return b"HTTP/1.1 301 Moved\r\nLocation: /new\r\nContent-Length: 5\r\n\r\nmoved"
        head = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=\xe9\r\nX: y\r\n z\r\nset-cookie: b\r\nTransfer-Encoding: chunked\r\n\r\n"
        return head + b"5\r\nhello\r\n0\r\n\r\n"

    capture = fetcher.fetch(Request(serve(answer).url + "/old"), a_source())
    archive = archive_in(tmp_path)
    found = archive.read(archive.keep(capture))
    assert found.headers == (("Set-Cookie", "a=\xe9"), ("X", "y z"), ("set-cookie", "b"), ("Transfer-Encoding", "chunked"))
    grouped = tuple(HTTPHeaderDict(found.headers).items())  # as the fetcher's library gives them
    assert replace(found, headers=grouped) == capture


def test_a_place_is_given_only_when_the_bytes_and_the_name_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    sync, write = os.fsync, os.write

    def syncing(fd: int) -> None:
        sync(fd)
        done.append("names last" if stat.S_ISDIR(os.fstat(fd).st_mode) else "bytes last")

    def writing(fd: int, data: bytes) -> int:
        done.append("written")
        return write(fd, data)

    monkeypatch.setattr(os, "fsync", syncing)
    monkeypatch.setattr(os, "write", writing)
    archive = archive_in(tmp_path / "folder")
    archive.keep(CAPTURE)
    assert done == ["names last", "names last", "written", "bytes last"]
    archive.keep(CAPTURE)
    assert done[4:] == ["written", "bytes last"]
    archive.close()
    assert done[6:] == ["names last"]


def test_a_file_is_ended_when_it_is_full(tmp_path: Path) -> None:
    archive = archive_in(tmp_path, most_bytes=2000)
    places = [archive.keep(_capture(number)) for number in range(20)]
    archive.close()
    files = _left(tmp_path)
    assert len(files) > 3
    assert [place.file for place in places] == sorted(place.file for place in places)
    assert all(2000 <= path.stat().st_size < 2500 for path in files[:-1])
    assert [archive.read(place) for place in places] == [_capture(number) for number in range(20)]


def test_a_file_is_ended_when_the_day_is_over(tmp_path: Path) -> None:
    clock = Hands()
    archive = archive_in(tmp_path, clock)
    archive.keep(CAPTURE)
    clock.at = AT.replace(hour=23, minute=59)
    archive.keep(CAPTURE)
    clock.at += timedelta(minutes=1)
    archive.keep(CAPTURE)
    assert names(tmp_path) == [FIRST, "20260103-000005-00002.warc.gz.open"]


def test_a_twin_gives_the_bytes_that_are_not_repeated(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    capture = _capture(1)
    place = archive.keep(capture)
    again = archive.keep(replace(capture, at=AT + timedelta(hours=1)), Twin(1, URL, AT))
    assert archive.read(again, place) == replace(capture, at=AT + timedelta(hours=1))
    with pytest.raises(ArchiveDamaged, match="nothing says of which"):
        archive.read(again)
    with pytest.raises(ArchiveDamaged, match="nothing says of which"):
        archive.read(again, again)
    with pytest.raises(ArchiveDamaged, match="not those that were kept"):
        archive.read(again, archive.keep(_capture(2)))
    archive.close()
    assert [kind for kind, _, _ in listed(tmp_path / FIRST)] == ["warcinfo", "response", "revisit", "response"]


def test_the_records_are_given_as_they_lie_there(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    archive.keep(CAPTURE)
    place = archive.keep(REDIRECTED)
    found = archive.records(place)
    archive.close()
    assert (tmp_path / FIRST).read_bytes().endswith(found)
    (tmp_path / "alone.warc.gz").write_bytes(found)
    assert [kind for kind, _, _ in listed(tmp_path / "alone.warc.gz")] == ["request", "response"] * 2


@pytest.mark.parametrize(
    ("file", "offset", "length", "problem"),
    [
        (SECOND, 0, 10, "there is no such file"),
        (FIRST, -1, 10, "ends at byte"),
        (FIRST, 0, 0, "ends at byte"),
        (FIRST, 0, 10**18, "ends at byte"),
        (FIRST, 10**18, 10, "ends at byte"),
        (FIRST, 1, 300, "no record begins"),
        (FIRST, 0, 300, "cut short"),
        (FIRST, 0, 401, "too large"),
        ("../" + FIRST, 0, 10, "no file of the archive"),
        ("/etc/passwd", 0, 10, "no file of the archive"),
        (FIRST + ".open", 0, 10, "no file of the archive"),
        (FIRST + "\0", 0, 10, "no file of the archive"),
        ("\x1b[31m", 0, 10, r"^'\[31m': no file of the archive"),
    ],
)
def test_a_place_where_no_capture_lies_is_named(tmp_path: Path, file: str, offset: int, length: int, problem: str) -> None:
    folder = tmp_path / "archive"
    archive_in(folder).keep(CAPTURE)
    archive = archive_in(folder, most_read=400)
    (tmp_path / FIRST).write_bytes(b"not yours")
    with pytest.raises(ArchiveDamaged, match=problem):
        archive.read(Place(file, offset, length))


def test_a_folder_in_a_files_place_is_named(tmp_path: Path) -> None:
    (tmp_path / FIRST).mkdir()
    with pytest.raises(ArchiveDamaged, match="cannot be read: Is a directory"):
        archive_in(tmp_path).records(Place(FIRST, 0, 1))


def test_a_file_is_measured_and_dropped_once_it_is_not_written_any_more(tmp_path: Path) -> None:
    archive, other = archive_in(tmp_path), archive_in(tmp_path)
    place = archive.keep(CAPTURE)
    for each in (archive, other):
        with pytest.raises(ArchiveError, match="still being written"):
            each.drop(FIRST)
        with pytest.raises(ArchiveError, match="still being written"):
            each.measure(FIRST)
        assert each.has(FIRST), "written still, but there"
    archive.close()
    data = (tmp_path / FIRST).read_bytes()
    assert other.measure(FIRST) == (len(data), hashlib.sha256(data).digest())
    assert (other.has(FIRST), other.has("../" + FIRST), other.has("nosuch")) == (True, False, False)
    other.drop(FIRST)
    assert not other.has(FIRST)
    other.drop(FIRST)
    assert names(tmp_path) == []
    with pytest.raises(ArchiveDamaged, match="no such file"):
        other.measure(FIRST)
    with pytest.raises(ArchiveDamaged, match="no such file"):
        archive.read(place)
    with pytest.raises(ArchiveDamaged, match="no file of the archive"):
        archive.drop("../" + FIRST)


def test_many_threads_keep_at_once(tmp_path: Path) -> None:
    archive = archive_in(tmp_path, most_bytes=20_000)
    places: dict[int, Place] = {}

    def work(first: int) -> None:
        for number in range(first, first + 20):
            places[number] = archive.keep(_capture(number))
            assert archive.read(places[number]) == _capture(number)

    threads = [threading.Thread(target=work, args=(100 * each,)) for each in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    archive.close()
    _left(tmp_path)
    assert len(set(places.values())) == 120
    assert all(archive.read(place) == _capture(number) for number, place in places.items())


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file may grow beyond 3,000 bytes: the system then writes a part, and fails with the rest."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_files")
def test_a_capture_that_could_be_written_in_part_only_is_cut_off_again(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    places = [archive.keep(_capture(number)) for number in range(3)]
    large = replace(CAPTURE, wire=os.urandom(3000), body=b"", damage="")
    with pytest.raises(ArchiveError, match=rf"{FIRST}.open: a capture could not be kept: File too large; look after"):
        archive.keep(large)
    assert names(tmp_path) == [FIRST]
    with pytest.raises(ArchiveError, match=SECOND):
        archive.keep(large)
    places.append(archive.keep(_capture(3)))
    archive.close()
    assert [path.name for path in _left(tmp_path)] == [FIRST, "20260102-030405-00003.warc.gz"]
    assert [archive.read(place) for place in places] == [_capture(number) for number in range(4)]


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_full_disk_is_told_and_nothing_half_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    archive = archive_in(tmp_path)
    place = archive.keep(CAPTURE)
    size = (tmp_path / (FIRST + ".open")).stat().st_size
    true, calls = getattr(os, call), []

    def full(fd: int, *data: bytes) -> int:
        calls.append(fd)
        if len(calls) > 1 and call == "fsync":
            return int(true(fd) or 0)
        if len(calls) == 1 and call == "write":
            return int(true(fd, data[0][:100]))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, full)
    with pytest.raises(ArchiveError, match="no space is left; make room, or let old captures be dropped"):
        archive.keep(CAPTURE)
    monkeypatch.undo()
    assert [(path.name, path.stat().st_size) for path in _left(tmp_path)] == [(FIRST, size)]
    assert archive.read(place) == CAPTURE
    assert archive.read(archive.keep(CAPTURE)) == CAPTURE


def test_what_cannot_even_be_cut_off_is_mended_at_the_next_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_in(tmp_path)
    place = archive.keep(CAPTURE)

    def broken(fd: int, *data: bytes) -> int:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", broken)
    monkeypatch.setattr(os, "ftruncate", broken)
    with pytest.raises(ArchiveError, match="look after the disk"):
        archive.keep(REDIRECTED)
    monkeypatch.undo()
    assert names(tmp_path) == [FIRST + ".open"]
    assert archive.read(place) == CAPTURE
    assert archive.keep(CAPTURE).file == SECOND
    archive.close()
    assert [path.name for path in _left(tmp_path)] == [FIRST, SECOND]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(ArchiveError, match=r"taken: a capture could not be kept: .*; look after the disk"):
        archive_in(tmp_path / "taken").keep(CAPTURE)

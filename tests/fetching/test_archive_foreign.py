"""WARC files of other programs: what is in them is read, bounded; where one is damaged, what came before it counts."""

from __future__ import annotations

import gzip
import random
import re
from pathlib import Path

import pytest
from fetching.foreign import Foreign
from standins import HOUR, START, url

from monitor.errors import InputError
from monitor.fetching.archive.foreign import Taken, WarcFiles

LIMIT = 10_000


def read(*paths: Path, limit: int = LIMIT, wanted: str = "") -> list[Taken]:
    return list(WarcFiles(paths, limit=limit).captures(lambda address: wanted in address))


def bodies(taken: list[Taken]) -> list[bytes]:
    return [each.capture.body for each in taken if each.capture]


def three(path: Path) -> Path:
    made = Foreign(path)
    for number in range(3):
        made.request(url(f"p{number}")).response(url(f"p{number}"), START + number * HOUR, b"body %d" % number)
    return made.save()


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_every_answer_is_read_with_its_own_instant_and_address(tmp_path: Path, name: str) -> None:
    found = read(three(tmp_path / name))
    assert bodies(found) == [b"body 0", b"body 1", b"body 2"]
    assert [each.capture.at for each in found if each.capture] == [START, START + HOUR, START + 2 * HOUR]
    assert [each.url for each in found] == [url("p0"), url("p1"), url("p2")]


def test_what_is_of_no_web_address_is_no_answer(tmp_path: Path) -> None:
    made = Foreign(tmp_path / "a.warc").response("dns:a.example", START, b"127.0.0.1")
    assert read(made.resource("metadata://gnu.org/software/wget/warc/wget.log", START, b"log", "text/plain").save()) == []


def test_bodies_are_read_only_where_they_are_wanted(tmp_path: Path) -> None:
    found = read(three(tmp_path / "a.warc.gz"), wanted="p1")
    assert [(each.url, each.capture is not None, each.why) for each in found] == [
        (url("p0"), False, ""),
        (url("p1"), True, ""),
        (url("p2"), False, ""),
    ]


def test_a_revisit_has_the_bytes_of_the_record_it_refers_to_and_its_own_instant(tmp_path: Path) -> None:
    made = Foreign(tmp_path / "a.warc.gz").response(url("p0"), START, b"same")
    made.revisit(url("p0"), START + HOUR, made.payload()).save()
    _, again = read(made.path)
    assert again.capture is not None
    assert (again.capture.body, again.capture.at, again.capture.header("x-own")) == (b"same", START + HOUR, "yes")


def test_a_revisit_finds_its_record_in_a_file_that_comes_later(tmp_path: Path) -> None:
    first = Foreign(tmp_path / "first.warc.gz").response(url("p0"), START, b"same")
    second = Foreign(tmp_path / "second.warc.gz").revisit(url("p0"), START + HOUR, first.payload())
    assert bodies(read(second.save(), first.save())) == [b"same", b"same"]


def test_a_revisit_whose_record_is_nowhere_is_said_to_be_one(tmp_path: Path) -> None:
    path = Foreign(tmp_path / "a.warc.gz").revisit(url("p0"), START, "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").save()
    assert [each.why for each in read(path)] == ["a revisit whose bytes are in none of the files"]


def test_a_revisit_that_says_not_modified_is_no_capture(tmp_path: Path) -> None:
    made = Foreign(tmp_path / "a.warc").response(url("p0"), START, b"same")
    profile = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    made.revisit(url("p0"), START + HOUR, made.payload(), profile=profile).save()
    assert "304" in read(made.path)[1].why


def test_what_is_too_large_is_passed_over_unread(tmp_path: Path) -> None:
    made = Foreign(tmp_path / "a.warc.gz").response(url("p0"), START, b"x" * 400_000).response(url("p1"), START, b"small")
    large, small = read(made.save())
    assert (large.capture, large.why) == (None, f"larger than {LIMIT} bytes")
    assert small.capture is not None


def test_a_record_whose_bytes_were_altered_is_passed_over(tmp_path: Path) -> None:
    path = three(tmp_path / "a.warc")
    path.write_bytes(path.read_bytes().replace(b"body 1", b"BODY 1"))
    assert [each.why.partition(":")[0] for each in read(path)] == ["", "altered", ""]


@pytest.mark.parametrize("named", [b"AAAA", b":", b"\x00:", b"md9:AAAA"])
def test_a_digest_of_no_known_kind_tells_nothing(tmp_path: Path, named: bytes) -> None:
    path = three(tmp_path / "a.warc")
    path.write_bytes(re.sub(rb"(?<=Digest: )\S+", lambda _: named, path.read_bytes()))
    assert bodies(read(path)) == [b"body 0", b"body 1", b"body 2"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_file_cut_anywhere_gives_what_came_before_the_cut_and_says_so(tmp_path: Path, name: str) -> None:
    data, cut = three(tmp_path / name).read_bytes(), tmp_path / f"cut-{name}"
    for at in random.Random(1).sample(range(1, len(data)), 60):
        cut.write_bytes(data[:at])
        try:
            found = read(cut)
        except InputError:  # not even one record is there
            continue
        assert bodies(found) == [b"body 0", b"body 1", b"body 2"][: len(bodies(found))]
        damages = [each.damage for each in found if each.damage]
        assert all(damage.startswith(f"{cut}: damaged at byte ") for damage in damages)
        assert damages or len(bodies(found)) < 3 or name == "a.warc" or at == len(data)


def test_damaged_compression_ends_the_file_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = three(tmp_path / "a.warc.gz")
    whole = path.read_bytes()
    damaged = 0
    for at in random.Random(1).sample(range(len(whole) // 2, len(whole)), 60):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        found = read(path)
        assert bodies(found)[:1] == [b"body 0"]
        damaged += bool(found[-1].damage)
    assert damaged > 40
    assert capsys.readouterr() == ("", ""), "warcio itself would print what it found"


def test_a_head_without_end_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.warc.gz"
    for head in (b"WARC/1.1\r\nX: " + b"y" * 30_000_000, b"WARC/1.1\r\n" + b"X: y\r\n" * 1_000_000):
        path.write_bytes(gzip.compress(head, 1))
        with pytest.raises(InputError, match="the head of a record has no end"):
            WarcFiles([path], limit=LIMIT)


@pytest.mark.parametrize(
    ("content", "why"), [(b"", "it is empty"), (b"<html>\n", "no WARC file"), (b"\x1f\x8b\x08garbage", "no WARC file")]
)
def test_what_is_no_warc_file_is_refused_before_anything_is_read(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(content)
    with pytest.raises(InputError, match=why):
        WarcFiles([path], limit=LIMIT)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "nosuch.warc", tmp_path):
        with pytest.raises(InputError, match=str(path)):
            WarcFiles([path], limit=LIMIT)


def test_a_file_compressed_as_a_whole_says_what_helps(tmp_path: Path) -> None:
    path = tmp_path / "whole.warc.gz"
    path.write_bytes(gzip.compress(three(tmp_path / "a.warc").read_bytes()))
    assert "warcio recompress" in read(path)[-1].damage

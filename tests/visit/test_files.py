"""The files of pictures: asked for when they are not known, or on occasion; conditionally, and no more than a few at once."""

from __future__ import annotations

import hashlib

import pytest
from standins import START, Answer, SetClock, Site, source, url

from monitor.errors import Resting, Stopped, Unreachable
from monitor.model import Picture
from monitor.visiting.files import Files

BODY = b"no picture, but a file"
DIGEST = hashlib.sha256(BODY).digest()


@pytest.fixture
def site() -> Site:
    site = Site(SetClock())
    for number in range(20):
        site.pages[url(f"f{number}")] = Answer(BODY + str(number).encode() if number else BODY, etag=f'"{number}"')
    return site


def files(site: Site, *, images: bool = True) -> Files:
    return Files(source(images=images), site, None)


def pictures(count: int) -> tuple[Picture, ...]:
    return tuple(Picture(url(f"f{number}"), f"f{number}") for number in range(count))


def test_nothing_is_asked_for_where_a_source_does_not_want_it(site: Site) -> None:
    assert files(site, images=False).looked_at(pictures(2), is_occasion=True) == (pictures(2), ())
    assert site.asked == []


def test_a_file_is_asked_for_once_and_on_occasion_conditionally(site: Site) -> None:
    first, captures = files(site).looked_at(pictures(1), is_occasion=False)
    assert (first[0].digest, first[0].look, first[0].etag) == (DIGEST, None, '"0"')
    assert [capture.body for capture, _ in captures] == [BODY]
    assert files(site).looked_at(first, is_occasion=False) == (first, ())
    assert files(site).looked_at(first, is_occasion=True) == (first, ())
    assert [request.etag for request in site.asked] == [None, '"0"']


def test_at_most_a_few_files_are_asked_for_in_one_visit(site: Site) -> None:
    found, _ = files(site).looked_at(pictures(20), is_occasion=False)
    assert len(site.asked) == 12
    files(site).looked_at(found, is_occasion=False)
    assert len(site.asked) == 20, "the next visit that reads the page asks for the rest"


@pytest.mark.parametrize("answer", [Answer(b"x", 404), Answer(b"", 200), Answer(error=Unreachable("down"))])
def test_what_brings_no_file_leaves_all_as_it_was(site: Site, answer: Answer) -> None:
    site.pages[url("f0")] = answer
    known = (Picture(url("f0"), "f0", digest=DIGEST),)
    assert files(site).looked_at(known, is_occasion=True) == (known, ())


def test_a_host_that_rests_is_not_asked_again(site: Site) -> None:
    site.pages[url("f1")] = Answer(error=Resting(host="a.example", until=START, why="too many"))
    found, _ = files(site).looked_at(pictures(4), is_occasion=False)
    assert [each.digest is not None for each in found] == [True, False, False, False]
    assert len(site.asked) == 2


def test_a_stop_ends_it(site: Site) -> None:
    site.pages[url("f0")] = Answer(error=Stopped("told to stop"))
    with pytest.raises(Stopped):
        files(site).looked_at(pictures(1), is_occasion=False)

"""Replay: folders become moments, moments answer as a site; every mistake in them is one clear sentence."""

from __future__ import annotations

import os
import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from fetching.standins import NOW, StillClock, a_source
from hypothesis import given
from hypothesis import strategies as st

from monitor.article import Article, from_bytes, to_text
from monitor.errors import FormatError, InputError, TooLarge, Unreachable
from monitor.fetching.made import made_page
from monitor.fetching.replay import Moment, ReplayFetcher, address_of, name_of, read_moments
from monitor.model import Request

SEEDS = Path(__file__).parents[2] / "seeds"
SOURCE = a_source()
TEXT = to_text(Article("KCNA", "A title", paragraphs=("One.",))).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder that holds the files given, by name."""

    def make(files: dict[str, bytes], name: str = "moment") -> Path:
        (tmp_path / name).mkdir()
        for file, data in files.items():
            (tmp_path / name / file).write_bytes(data)
        return tmp_path / name

    return make


def shown(moment: Moment) -> ReplayFetcher:
    fetcher = ReplayFetcher(StillClock())
    fetcher.show(moment)
    return fetcher


# Addresses


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("000_636cfcdf7a24837f", "https://replay.invalid/000_636cfcdf7a24837f"),
        ("two words", "https://replay.invalid/two%20words"),
        ("기사", "https://replay.invalid/%EA%B8%B0%EC%82%AC"),
        ("100%?#&", "https://replay.invalid/100%25%3F%23%26"),
    ],
)
def test_names_become_addresses(name: str, url: str) -> None:
    assert address_of(name) == url
    assert name_of(url) == name
    assert name_of(url + "#part") == name


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1))
def test_every_name_comes_back(name: str) -> None:
    name = unicodedata.normalize("NFC", name)
    assert name_of(address_of(name)) == name
    assert address_of(name).isascii()


@pytest.mark.parametrize(
    "url",
    ["https://replay.invalid/", "https://replay.invalid", "https://replay.invalid/a/b", "https://replay.invalid/a?b=c",
     "http://replay.invalid/a", "https://replay.invalid.example/a", "https://kcnawatch.org/a", "a", ""],
)  # fmt: skip
def test_addresses_outside_have_no_name(url: str) -> None:
    assert name_of(url) is None


# Reading folders


def test_moments_in_their_order(folder: Callable[..., Path]) -> None:
    second = folder({"b.html": b"<p>"}, "b")
    first = folder({"x y.txt": TEXT, "a.b.html": b""}, "a")
    one, two = read_moments([first, second])
    assert (one.folder, two.folder) == (first, second)
    assert list(one.pages) == ["a.b", "x y"]
    assert one.pages["x y"].article == from_bytes(TEXT)
    assert one.pages["x y"].url == "https://replay.invalid/x%20y"
    assert one.pages["a.b"].article is None
    assert two.pages["b"].body() == b"<p>"


def test_the_seeds_are_a_moment() -> None:
    (moment,) = read_moments([SEEDS])
    assert list(moment.pages) == ["000_636cfcdf7a24837f", "002_69cb78ecf1b9789a"]


def test_what_is_no_page_is_passed_over(folder: Callable[..., Path]) -> None:
    made = folder(
        {"a.html": b"x", "README": b"", "README.md": b"", "x.json": b"", ".hidden.txt": b"", ".html": b"", "A.HTM": b""}
    )
    (made / "sub.txt").mkdir()
    (made / "sub").mkdir()
    (made / "sub" / "b.txt").write_bytes(b"no article")
    assert list(read_moments([made])[0].pages) == ["a"]


def test_names_are_the_same_however_they_are_composed(folder: Callable[..., Path]) -> None:
    apart, whole = "e\u0301", "\u00e9"
    first, second = folder({f"{apart}.html": b"1"}, "1"), folder({f"{whole}.html": b"2"}, "2")
    assert [list(moment.pages) for moment in read_moments([first, second])] == [[whole], [whole]]
    with pytest.raises(InputError, match="is the same page; keep one of them"):
        read_moments([folder({f"{apart}.html": b"1", f"{whole}.html": b"2"}, "3")])


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"/none: no such folder; a moment is a folder of NAME\.txt") as caught:
        read_moments([tmp_path / "none"])
    assert str(caught.value).startswith(str(tmp_path))


def test_a_file_instead_of_a_folder(folder: Callable[..., Path]) -> None:
    with pytest.raises(InputError, match=r"/a\.txt: this is no folder; a moment is a folder of"):
        read_moments([folder({"a.txt": TEXT}) / "a.txt"])


@pytest.mark.parametrize("files", [{}, {"README": b"x"}, {".a.txt": TEXT}])
def test_a_folder_without_pages(folder: Callable[..., Path], files: dict[str, bytes]) -> None:
    with pytest.raises(InputError, match=r"/moment: no page in it; a moment is a folder of"):
        read_moments([folder(files)])


def test_both_endings_for_one_name(folder: Callable[..., Path]) -> None:
    with pytest.raises(InputError, match=r"/a\.txt: a\.html is the same page; keep one of them in "):
        read_moments([folder({"a.txt": TEXT, "a.html": b"x"})])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", r"/a\.txt:1: not in the article format: it is empty$"),
        (b"\x89PNG\r\n\x1a\n\0\0", r"/a\.txt:1: not in the article format: byte 0 is not UTF-8 text$"),
        (b"\0\0\0", r"/a\.txt:1: not in the article format: it holds the character U\+0000$"),
        (b"Just a note", r"/a\.txt:1: not in the article format: it ends before the line"),
        (TEXT + b"\n", r"/a\.txt:6: not in the article format: it ends with a line break"),
        (b"\xef\xbb\xbf" + TEXT, r"/a\.txt:1: not in the article format: it starts with a byte order mark"),
    ],
)
def test_a_text_out_of_format(folder: Callable[..., Path], data: bytes, says: str) -> None:
    with pytest.raises(FormatError, match=says) as caught:
        read_moments([folder({"a.txt": data})])
    assert caught.value.exit_code == 4
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_a_file_that_leads_nowhere(folder: Callable[..., Path], name: str) -> None:
    made = folder({})
    (made / name).symlink_to(made / "gone")
    with pytest.raises(InputError, match=r"/a\.\w+: it cannot be read \(No such file or directory\); "):
        read_moments([made])


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_what_is_no_plain_file(folder: Callable[..., Path], name: str) -> None:
    made = folder({})
    os.mkfifo(made / name)
    with pytest.raises(InputError, match=r"/a\.\w+: this is no plain file"):
        read_moments([made])


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is unreadable to this user")
@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_a_file_that_may_not_be_read(folder: Callable[..., Path], name: str) -> None:
    made = folder({name: TEXT})
    (made / name).chmod(0)
    with pytest.raises(InputError, match=r"/a\.\w+: it cannot be read \(Permission denied\); "):
        read_moments([made])


def test_a_name_that_is_not_utf8(folder: Callable[..., Path]) -> None:
    made = folder({"a.html": b""})
    try:
        Path(os.fsdecode(os.fsencode(made) + b"/\xff.html")).write_bytes(b"")
    except OSError:
        pytest.skip("this file system has no such names")
    with pytest.raises(InputError, match="the file's name is not UTF-8; rename it") as caught:
        read_moments([made])
    assert str(caught.value).isprintable()


# Serving


def test_a_text_is_served_as_a_made_page(folder: Callable[..., Path]) -> None:
    fetcher = shown(*read_moments([folder({"a.txt": TEXT})]))
    capture = fetcher.fetch(Request(address_of("a")), SOURCE)
    assert capture.status == 200
    assert capture.header("content-type") == "text/html; charset=utf-8"
    assert capture.body == capture.wire == made_page(from_bytes(TEXT)).encode()
    assert (capture.url, capture.answered, capture.hops) == (address_of("a"), address_of("a"), ())


@pytest.mark.parametrize("page", [b"", b"\xa0<p>\x00 as it is", b"\xff\xfe<\0p\0"])
def test_a_saved_page_is_served_as_it_is(folder: Callable[..., Path], page: bytes) -> None:
    capture = shown(*read_moments([folder({"a.html": page})])).fetch(Request(address_of("a")), SOURCE)
    assert capture.header("content-type") == "text/html"
    assert capture.body == capture.wire == page


def test_no_validators_are_given_nor_heeded(folder: Callable[..., Path]) -> None:
    fetcher = shown(*read_moments([folder({"a.html": b"x"})]))
    capture = fetcher.fetch(Request(address_of("a"), etag="*", last_modified="Thu, 01 Jan 2026 00:00:00 GMT"), SOURCE)
    assert capture.status == 200
    assert capture.header("etag") is None
    assert capture.header("last-modified") is None


def test_the_moment_that_was_shown_last_answers(folder: Callable[..., Path]) -> None:
    one, two = read_moments([folder({"a.html": b"1"}, "1"), folder({"b.html": b"2"}, "2")])
    fetcher = shown(one)
    assert [fetcher.fetch(Request(address_of(name)), SOURCE).status for name in "ab"] == [200, 404]
    fetcher.show(two)
    assert [fetcher.fetch(Request(address_of(name)), SOURCE).status for name in "ab"] == [404, 200]


@pytest.mark.parametrize("url", ["https://replay.invalid/none", "https://replay.invalid/", "https://replay.invalid/a/b"])
def test_what_a_moment_does_not_have_is_not_found(folder: Callable[..., Path], url: str) -> None:
    capture = shown(*read_moments([folder({"a.html": b"1"})])).fetch(Request(url), SOURCE)
    assert (capture.status, capture.reason, capture.url) == (404, "Not Found", url)


@pytest.mark.parametrize("url", ["https://kcnawatch.org/newstream/1-2/x/", "http://replay.invalid/a", "a"])
def test_what_is_outside_cannot_be_reached(folder: Callable[..., Path], url: str) -> None:
    fetcher = shown(*read_moments([folder({"a.html": b"1"})]))
    with pytest.raises(Unreachable, match=r" is not in the replay, which holds only https://replay\.invalid/NAME$"):
        fetcher.fetch(Request(url), SOURCE)


def test_nothing_is_gone_before_the_first_moment() -> None:
    with pytest.raises(Unreachable, match="the replay has not begun"):
        ReplayFetcher(StillClock()).fetch(Request(address_of("a")), SOURCE)


def test_a_page_beyond_the_limit(folder: Callable[..., Path]) -> None:
    made = folder(
        {"big.html": b"", "just.html": b"x" * 1000, "over.html": b"x" * 1001, "a.txt": TEXT.replace(b"One", b"x" * 1001)}
    )
    os.truncate(made / "big.html", 30_000_000)
    fetcher = shown(*read_moments([made]))
    for name in ("big", "over", "a"):
        with pytest.raises(TooLarge, match=rf"/{name}: the answer is larger than 1000 bytes; raise max_bytes"):
            fetcher.fetch(Request(address_of(name)), a_source(max_bytes=1000))
    assert len(fetcher.fetch(Request(address_of("just")), a_source(max_bytes=1000)).body) == 1000
    with pytest.raises(TooLarge):
        fetcher.fetch(Request(address_of("big")), SOURCE)


def test_a_file_that_went_away_meanwhile_is_not_gone(folder: Callable[..., Path]) -> None:
    made = folder({"a.html": b"x"})
    fetcher = shown(*read_moments([made]))
    (made / "a.html").unlink()
    with pytest.raises(Unreachable, match=r"/a: .*/a\.html: it cannot be read \(No such file or directory\)"):
        fetcher.fetch(Request(address_of("a")), SOURCE)


def test_many_threads_may_fetch(folder: Callable[..., Path]) -> None:
    fetcher = shown(*read_moments([folder({"a.txt": TEXT})]))
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(fetcher.fetch(Request(address_of("a")), SOURCE).status)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [200] * 8
    assert NOW.microsecond % 1000


def test_a_folder_without_pages_is_a_moment_when_another_has_some(tmp_path: Path) -> None:
    for name in ("full", "empty"):
        (tmp_path / name).mkdir()
    (tmp_path / "full" / "page.html").write_bytes(b"<p>")
    full, empty = read_moments([tmp_path / "full", tmp_path / "empty"])
    assert (list(full.pages), list(empty.pages)) == (["page"], [])

"""``monitor backfill`` as a person uses it: what is printed, the exit codes, and that it goes on after a stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fetching.servers import RawServer, page, path

Run = Callable[..., tuple[int, str, str]]
CONFIG = """publication = "P"
reach = ["127.0.0.0/8"]
[find]
listings = ["{url}/list"]
next = ["a.next"]
depth = 2
articles = ['/p\\d+$']
[polite]
gap = "0s"
robots = false
[[layouts]]
name = "plain"
title = ["h1"]
paragraphs = ["p"]
"""


def answer(head: bytes) -> bytes:
    """Three pages of a listing, each of an article, the third gone; and the articles."""
    asked = path(head)
    if asked.startswith("/p"):
        return page(f"<h1>Title {asked}</h1><p>Words of {asked}.</p></body>".encode())
    number = int(asked.partition("=")[2] or 1)
    return (
        page(f'<a href="/p{number}">One</a><a class="next" href="/list?n={number + 1}">more</a>'.encode())
        if number < 4
        else page(b"end")
    )


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RawServer]:
    (tmp_path / "config" / "sources").mkdir(parents=True)
    with RawServer(answer) as server:
        (tmp_path / "config" / "sources" / "a.toml").write_text(CONFIG.format(url=server.url))
        yield server


def test_a_backfill_says_what_it_does_and_what_it_brought(run: Run, server: RawServer) -> None:
    status, out, err = run("backfill", "a", "--since", "2020-01-01")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"{server.url}/list: 1 taken up so far"
    assert "3 pages to visit, no time at the source's pace" in lines
    assert f"parsed (new)  {server.url}/p2" in lines
    assert lines[-1] == "4 pages of listings read, 3 articles taken up; 3 parsed"
    assert run("log")[1].startswith("no change yet")
    assert "Words of /p3." in run("article", f"{server.url}/p3")[1]


def test_a_count_is_kept_and_a_second_one_begins_anew(run: Run, server: RawServer) -> None:
    assert run("backfill", "a", "--most", "1")[1].endswith("1 page of listings read, 1 article taken up; 1 parsed\n")
    assert run("backfill", "a", "--most", "1")[1].endswith("2 pages of listings read, 1 article taken up; 1 parsed\n")


def test_what_failed_is_tried_again_and_the_exit_code_says_so(run: Run, server: RawServer) -> None:
    server.answer = lambda head: page(b"no", status="503 Busy") if b"n=2" in head else answer(head)
    status, out, err = run("backfill", "a", "--most", "9")
    assert (status, err) == (1, f"{server.url}/list?n=2: the server answered 503 Busy\n")
    assert out.endswith("1 page of listings read, 1 article taken up; 1 parsed\n")
    server.answer = answer
    server.heads.clear()
    status, out, err = run("backfill", "a", "--most", "9")
    assert (status, err) == (0, "")
    assert [path(head) for head in server.heads] == ["/list?n=2", "/list?n=3", "/list?n=4", "/p2", "/p3"]


def test_an_interrupted_one_says_how_to_go_on(run: Run, server: RawServer) -> None:
    def interrupt(head: bytes) -> bytes:
        if path(head) == "/p2":
            import os
            import signal

            os.kill(os.getpid(), signal.SIGINT)
        return answer(head)

    server.answer = interrupt
    status, _, err = run("backfill", "a", "--most", "9")
    assert status == 130
    assert "the same command goes on from here" in err
    server.answer = answer
    server.heads.clear()
    assert run("backfill", "a", "--most", "9")[0] == 0
    assert {path(head) for head in server.heads} <= {"/p2", "/p3"}
    assert "Words of /p3." in run("article", f"{server.url}/p3")[1]


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["a"], 2, "say how far back: --since DATE, --most N, or both"),
        (["a", "--most", "0"], 2, "0 is not in the range x>=1"),
        (["a", "--since", "yesterday"], 2, "no time"),
        (["b", "--most", "1"], 4, "there is no source 'b' (sources: a)"),
    ],
)
def test_a_mistake_is_explained(run: Run, server: RawServer, arguments: list[str], status: int, why: str) -> None:
    code, _, err = run("backfill", *arguments)
    assert code == status
    assert why in err


def test_a_source_without_listings_is_named(run: Run, server: RawServer, tmp_path: Path) -> None:
    text = CONFIG.format(url=server.url).replace("listings", "pages").replace('next = ["a.next"]\ndepth = 2\n', "")
    (tmp_path / "config" / "sources" / "a.toml").write_text(text)
    code, _, err = run("backfill", "a", "--most", "1")
    assert (code, "a has no listing to walk" in err) == (4, True)

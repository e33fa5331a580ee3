"""``monitor check --explain`` against a real server: one page fetched, nothing kept; and ``check`` of what is paused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fetching.servers import RawServer, page, path
from programs import ROOT, config

Run = Callable[..., tuple[int, str, str]]

ARTICLE = (ROOT / "tests" / "pages" / "kcna-watch" / "kcna-kp-cp1252.html").read_bytes()
ANSWERS = {
    "/newstream/1-1/": ARTICLE,
    "/newstream/3-3/": b"<p>no headline \x1b[31m</p>",
    "/robots.txt": b"User-agent: *\nDisallow: /x\n",
}


def answer(head: bytes) -> bytes:
    body = ANSWERS.get(path(head))
    return page(b"not here", status="404 Not Found") if body is None else page(body)


@pytest.fixture
def site() -> Iterator[RawServer]:
    with RawServer(answer) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, site: RawServer) -> Path:
    return config(tmp_path / "config", site.url)


def test_a_page_is_explained_and_nothing_is_kept(site: RawServer, folder: Path, tmp_path: Path, run: Run) -> None:
    address = f"{site.url}/newstream/1-1/"
    status, out, err = run("check", "--explain", address, "--config", folder)
    rows = dict(line.split(maxsplit=1) for line in out.splitlines())
    assert (status, err) == (0, "")
    assert (rows["source"], rows["seen"], rows["published"]) == ("site", "parsed", "2021-04-07")
    assert rows["charset"] == "windows-1252: a meta element"
    assert [path(head) for head in site.heads] == ["/newstream/1-1/"]
    assert [each.name for each in tmp_path.iterdir()] == ["config"]


def test_what_is_no_article_ends_with_1(site: RawServer, folder: Path, run: Run) -> None:
    for name, seen in (("3-3", "broken: site: "), ("4-4", "gone: the server answered 404")):
        status, out, err = run("check", "--explain", f"{site.url}/newstream/{name}/", "--config", folder)
        assert (status, err) == (1, "")
        assert f"\nseen          {seen}" in out
        assert "\x1b" not in out


def test_robots_is_asked_first_and_obeyed(site: RawServer, folder: Path, run: Run) -> None:
    (source,) = (folder / "sources").iterdir()
    source.write_text(source.read_text().replace("/newstream/", "/x/").replace("robots = false", "robots = true"))
    status, out, _ = run("check", "--explain", f"{site.url}/x/1-1/", "--config", folder, "--json")
    said = json.loads(out)
    assert (status, said["seen"], said["answer"]) == (1, "blocked", None)
    assert "line 2: Disallow: /x" in said["why"]
    assert [path(head) for head in site.heads] == ["/robots.txt"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--explain"], "--explain wants the address"),
        (["--explain", "site"], "--explain wants"),
        (["--json"], "--json goes with"),
    ],
)
def test_wrong_usage(folder: Path, run: Run, arguments: list[str], said: str) -> None:
    status, _, err = run("check", *arguments, "--config", folder)
    assert (status, said in err) == (2, True)


def test_checking_what_is_paused_says_so(site: RawServer, folder: Path, run: Run) -> None:
    address, where = f"{site.url}/newstream/1-1/", ("--config", folder)

    def said(*arguments: str) -> str:
        return run(*arguments, *where)[1]

    assert "paused" not in said("check", address)
    said("pages", "pause", address)
    said("sources", "pause", "site")
    both = said("check", address)
    assert f"{address} is paused, and stays so; it is visited because you asked for it\n" in both
    assert "site is paused, and stays so; it is visited because you asked for it\n" in both
    assert "site is paused, and stays so" in said("check", "site")
    assert "page 1 of site, paused; the source is paused" in said("check", "--explain", address)

"""Feeds of the log: any filter, page by page, to those who may read it, and only when something is new."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree
from reviewing.desk import HERE, Desk
from werkzeug.serving import make_server

from monitor.model import Act, Judged
from monitor.reviewing.auth import digest
from monitor.settings import Program, WatchWord

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
ATOM, JSON = "/feeds/atom.xml", "/feeds/feed.json"


def entries(text: str) -> list[str]:
    found = etree.fromstring(text.encode())
    assert SCHEMA.validate(found), SCHEMA.error_log
    return [str(each) for each in found.xpath("//*[local-name()='entry']/*[local-name()='id']/text()")]


def following(text: str) -> str:
    found = re.search(r'<link rel="next"[^>]* href="([^"]*)"', text)
    return unescape(found[1]) if found else ""


def test_the_feed_is_valid_with_hostile_articles_in_it(desk: Desk) -> None:
    found = entries(desk.get(f"{ATOM}?hidden=yes"))
    assert len(found) > 5
    assert len(set(found)) == len(found)
    read = feedparser.parse(desk.get(f"{ATOM}?hidden=yes").encode())
    assert not read.bozo
    assert not any("<script" in entry.content[0].value for entry in read.entries)


def test_filters_are_those_of_the_inbox(desk: Desk) -> None:
    assert len(entries(desk.get(f"{ATOM}?kind=removed"))) == 1
    assert [item["tags"][0] for item in json.loads(desk.get(f"{JSON}?kind=removed"))["items"]] == ["removed"]
    desk.get(f"{ATOM}?nosuch=1", status=400)
    desk.get(f"{ATOM}?watch=nobody", status=404)


def test_the_inbox_leads_to_its_feed_and_its_files(desk: Desk) -> None:
    page = unescape(desk.get("/?kind=removed&order=top"))
    assert re.search(rf'<link rel="alternate" type="application/atom\+xml"[^>]* href="{ATOM}\?kind=removed&order=top">', page)
    for address in set(re.findall(r'href="(/(?:feeds|export)/[^"]*)"', page)):
        assert address.endswith("?kind=removed&order=top")
        desk.get(address)


def test_pages_lead_to_every_entry_once(desk: Desk) -> None:
    for order in ("", "&order=top"):
        address, found = f"{ATOM}?hidden=yes&limit=3{order}", []
        while address:
            text = desk.get(address)
            found += entries(text)
            address = following(text).removeprefix(HERE)
        everything = entries(desk.get(f"{ATOM}?hidden=yes{order}"))
        assert found == everything


def test_it_is_sent_again_only_when_something_is_new(desk: Desk) -> None:
    first = desk.client.get(ATOM, base_url=HERE)
    assert first.headers["Last-Modified"]
    again = desk.client.get(ATOM, base_url=HERE, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    by_date = desk.client.get(ATOM, base_url=HERE, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert by_date.status_code == 304
    other = desk.client.get(f"{ATOM}?kind=edited", base_url=HERE, headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    desk.store.review([desk.store.newest()], Act.FLAG, "ann", desk.clock.now())
    assert desk.client.get(ATOM, base_url=HERE, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_date_alone_never_hides_what_people_did(desk: Desk) -> None:
    first = desk.client.get(ATOM, base_url=HERE)
    address = f"{ATOM}?state=flagged"
    assert entries(desk.get(address)) == []
    desk.store.review([desk.store.newest()], Act.FLAG, "ann", desk.clock.now())
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    again = desk.client.get(address, base_url=HERE, headers=since)
    assert (again.status_code, len(entries(again.text))) == (200, 1)
    assert "Last-Modified" not in again.headers


def test_a_change_that_is_judged_anew_is_the_same_entry(desk: Desk) -> None:
    def first() -> tuple[str, str]:
        item = json.loads(desk.get(f"{JSON}?kind=edited&order=new"))["items"][0]
        return item["id"], item["title"]

    before = first()
    number = int(before[0].rpartition("/")[2])
    etag = desk.client.get(ATOM, base_url=HERE).headers["ETag"]
    desk.store.keep_judgement(number, b"another!", Judged(0.11, "said otherwise", ()))
    after = first()
    assert after[0] == before[0]
    assert "0.11" in after[1]
    assert desk.client.get(ATOM, base_url=HERE, headers={"If-None-Match": etag}).status_code == 200


def test_a_key_opens_feeds_and_nothing_else(desk: Desk) -> None:
    desk.add("ann")
    stranger = desk.beside()
    for label, key in (("feeds", "k1"), ("script", "k2")):
        desk.store.keep_key(digest(key), "ann", label, None)
    stranger.get(ATOM, status=401)
    stranger.get(f"{ATOM}?key=wrong", status=401)
    stranger.get(f"{ATOM}?key=k2", status=401)
    text = stranger.get(f"{ATOM}?key=k1&limit=2")
    assert "key=k1" in following(text), "or the next page could not be read"
    assert "k1" not in "".join(entries(text))
    stranger.get("/?key=k1&order=new", status=401)
    stranger.get("/export/changes.csv?key=k1", status=401)
    for path in ("/", "/api/v1/status", "/export/changes.csv"):  # addresses get about, so what stands in them opens nothing else
        answer = stranger.client.get(path, base_url=HERE, headers={"Authorization": "Bearer k1"})
        assert answer.status_code == 403, path
    desk.store.drop_keys("ann", "feeds")
    stranger.get(f"{ATOM}?key=k1", status=401)


def test_a_watch_word_has_a_feed_of_its_own(desk: Desk) -> None:
    program = Program(watch=(WatchWord("Pak Un Hyok", ("박은혁",)),))
    watching = replace(desk, program=program)
    assert len(entries(watching.get(f"{ATOM}?watch=Pak+Un+Hyok"))) == 1


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, desk.app, threaded=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_newsboat_reads_it(desk: Desk, tmp_path: Path) -> None:
    program = shutil.which("newsboat")
    if program is None:
        pytest.skip("needs the system package newsboat")
    (tmp_path / "config").write_text("")
    count = len(entries(desk.get(f"{ATOM}?hidden=yes")))
    with served(desk) as base:
        assert urlsplit(base).port
        (tmp_path / "urls").write_text(f"{base}{ATOM}?hidden=yes\n")
        files = [f"--{name}-file={tmp_path / name}" for name in ("url", "cache", "config")]
        files[0] = f"--url-file={tmp_path / 'urls'}"
        subprocess.run([program, *files, "-x", "reload"], check=True, timeout=60, env={"HOME": str(tmp_path)})  # noqa: S603
    said = subprocess.run(  # noqa: S603
        [program, *files, "-x", "print-unread"], check=True, timeout=60, env={"HOME": str(tmp_path)}, capture_output=True
    )
    assert said.stdout.split()[0] == str(count).encode()

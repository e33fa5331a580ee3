"""Kept captures and golden pairs read again by today's layouts: what broke is named, and nothing is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from standins import START, Answer, SetClock, Site

from monitor.article import Article, to_text
from monitor.errors import InputError
from monitor.fetching.archive import WarcArchive
from monitor.jobs.layoutcheck import LayoutChecker
from monitor.jobs.round import Tools, run_round
from monitor.parsing.reader import LayoutReader
from monitor.settings import Duration, Finding, Layout, Rule, Source
from monitor.storing.sqlite import SqliteStore, StoreFile
from monitor.telling.layoutcheck import Broken, Checked

WORDS = "The bridge was opened at noon by the mayor of the town, in front of some two hundred people."
LAYOUT = Layout(
    "first", (Rule(css="h1"),), (Rule(css="div.text"),), published=(Rule(css="time", attr="datetime"),), dates=("iso",)
)
URLS = tuple(f"https://a.example/p{n}" for n in range(3))
SOURCE = Source("a", (LAYOUT,), publication="P", find=Finding(pages=URLS, articles=("/p",)), interval=Duration(hours=1))


def page(number: int) -> bytes:
    text = f"<div class=text><p>{WORDS}</p><p>Number {number}.</p></div>"
    return f"<html><body><h1>Title {number}</h1><time datetime=2026-01-02>x</time>{text}".encode()


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return StoreFile(tmp_path / "m.db", lasting=False).open(create=True)


@pytest.fixture
def archive(tmp_path: Path) -> WarcArchive:
    return WarcArchive(tmp_path / "archive", SetClock(), most_bytes=1_000_000, software="x")


def visited(store: SqliteStore, archive: WarcArchive) -> None:
    clock = SetClock()
    site = Site(clock)
    for number, url in enumerate(URLS):
        site.pages[url] = Answer(page(number))
    clock.move(timedelta(hours=2))
    run_round(SOURCE, Tools(store, site, LayoutReader(), clock, "w", 10_000, archive))


def check(source: Source, store: SqliteStore, archive: WarcArchive, most: int = 50) -> Checked:
    return LayoutChecker(LayoutReader(), SetClock()).captures(source, store, archive, most)


def test_pages_that_a_redesign_left_unread_are_broken_though_what_was_read_before_still_reads(
    store: SqliteStore, archive: WarcArchive
) -> None:
    clock = SetClock()
    site = Site(clock)
    for numbers, name in ((range(2), "text"), (range(3), "story")):
        for number in numbers:
            site.pages[URLS[number]] = Answer(page(number).replace(b"class=text", f"class={name}".encode()))
        clock.move(timedelta(hours=2))
        run_round(SOURCE, Tools(store, site, LayoutReader(), clock, "w", 10_000, archive))
    checked = check(SOURCE, store, archive)
    assert (checked.pages, {broken.page for broken in checked.broken}) == (3, set(URLS))
    assert {(broken.field, broken.tried) for broken in checked.broken} == {("paragraphs (layout first)", ("div.text",))}
    assert {broken.page: broken.read_by for broken in checked.broken} == dict(zip(URLS, ("first", "first", ""), strict=True))
    mended = replace(SOURCE, layouts=(LAYOUT, replace(LAYOUT, name="second", paragraphs=(Rule(css="div.story"),))))
    assert (check(mended, store, archive).pages, check(mended, store, archive).broken) == (3, [])


def test_what_reads_as_it_did_is_not_broken(store: SqliteStore, archive: WarcArchive) -> None:
    visited(store, archive)
    checked = check(SOURCE, store, archive)
    assert (checked.pages, checked.broken, checked.otherwise) == (3, [], 0)


def test_a_selector_that_finds_nothing_is_named_with_the_layout_that_used_to_read(
    store: SqliteStore, archive: WarcArchive
) -> None:
    visited(store, archive)
    renamed = replace(LAYOUT, paragraphs=(Rule(css="div.txt"),))
    checked = check(replace(SOURCE, layouts=(renamed,)), store, archive)
    assert len(checked.broken) == 3
    assert replace(checked.broken[0], page="") == Broken(
        "", "paragraphs (layout first)", "nothing matched", ("div.txt",), "first"
    )
    assert {broken.page for broken in checked.broken} == set(URLS)


def test_a_field_that_was_read_and_is_missing_is_broken(store: SqliteStore, archive: WarcArchive) -> None:
    visited(store, archive)
    checked = check(replace(SOURCE, layouts=(replace(LAYOUT, published=()),)), store, archive)
    assert [(broken.field, broken.read_by) for broken in checked.broken] == [("published", "first")] * 3


def test_other_words_are_counted_and_not_broken(store: SqliteStore, archive: WarcArchive) -> None:
    visited(store, archive)
    checked = check(replace(SOURCE, layouts=(replace(LAYOUT, drop=(".text > p:last-child",)),)), store, archive)
    assert (checked.broken, checked.otherwise) == ([], 3)


def test_no_more_captures_are_read_than_asked_for(store: SqliteStore, archive: WarcArchive) -> None:
    visited(store, archive)
    assert [check(SOURCE, store, archive, most).pages for most in (0, 2)] == [0, 2]


def test_a_capture_that_cannot_be_read_is_left_out_and_counted(store: SqliteStore, archive: WarcArchive, tmp_path: Path) -> None:
    visited(store, archive)
    archive.close()
    for file in (tmp_path / "archive").iterdir():
        file.unlink()
    checked = check(SOURCE, store, archive)
    assert (checked.pages, sum(checked.left_out.values())) == (0, 3)


def test_golden_pairs_are_held_to_their_texts(tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / "first").mkdir(exist_ok=True)
        (tmp_path / "first" / f"p{number}.html").write_bytes(page(number))
        known = Article("P", f"Title {number}", START.date().replace(day=2), (WORDS, f"Number {number * 2}."))
        (tmp_path / "first" / f"p{number}.txt").write_text(to_text(known), encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.html").write_bytes(page(0))
    (tmp_path / "other" / "x.txt").write_text((tmp_path / "first" / "p0.txt").read_text())
    first, other = LayoutChecker(LayoutReader(), SetClock()).pairs(tmp_path, [SOURCE])
    assert (first.pages, [(Path(broken.page).name, broken.field) for broken in first.broken]) == (2, [("p1.html", "paragraphs")])
    assert (other.pages, list(other.left_out.values())) == (0, [1])


def test_a_folder_without_a_pair_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("x")
    with pytest.raises(InputError, match="no pair"):
        LayoutChecker(LayoutReader(), SetClock()).pairs(tmp_path, [SOURCE])

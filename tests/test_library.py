"""The sources that come with the program: those that are watched, and those that lie ready in ``config/library/``."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from parsing.markup import ROOT, configured, library
from sites import kcna_kp, rodong

from monitor.config import load_sources
from monitor.parsing.address import is_article, key
from monitor.parsing.trees import check_selector
from monitor.settings import Source

CONFIG = ROOT / "config"
FILES = sorted((CONFIG / "library").glob("*.toml"))
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section() -> str:
    """What the README says of these sources."""
    (found,) = re.findall(r"^## Sources that come with it\n(.*?)(?=^## )", README, re.DOTALL | re.MULTILINE)
    return str(found)


def hosts(source: Source) -> set[str]:
    find = source.find
    addresses = (*find.listings, *find.feeds, *find.sitemaps, *(each.address for each in (*find.series, *find.forms)))
    return {urlsplit(address).hostname or "" for address in addresses}


def test_only_two_sources_are_watched_unless_somebody_says_so() -> None:
    assert [source.name for source in load_sources(CONFIG, check_selector)] == ["kcna-kp-en", "naenara-en"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_source_of_the_library_is_watched_once_it_is_copied(file: Path, tmp_path: Path) -> None:
    shutil.copytree(CONFIG / "templates", tmp_path / "templates")
    (tmp_path / "sources").mkdir()
    shutil.copy(file, tmp_path / "sources")
    (source,) = load_sources(tmp_path, check_selector)
    assert source == library(file.stem)
    assert source.find.articles
    assert hosts(source)


def test_twenty_sources_of_kcna_watch_are_twenty_files_of_five_lines(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```toml\n(.*?)^```", section(), re.DOTALL | re.MULTILINE)
    shutil.copytree(CONFIG / "templates", tmp_path / "templates")
    (tmp_path / "sources").mkdir()
    for n in range(20):
        text = example.replace("NAME", f"Paper {n}").replace("NUMBER", str(n))
        (tmp_path / "sources" / f"paper-{n}.toml").write_text(text, encoding="utf-8")
    sources, shipped = load_sources(tmp_path, check_selector), configured("naenara-en")
    assert [(source.layouts, source.identity) for source in sources] == [(shipped.layouts, shipped.identity)] * 20
    assert len({source.find.listings for source in sources}) == 20
    assert example.count("\n") == 5


def test_examples_are_of_hosts_that_cannot_exist_and_no_other_source_is() -> None:
    for file in FILES:
        is_example = {host.endswith(".example") for host in hosts(library(file.stem))}  # RFC 2606
        assert is_example == {file.name.startswith("example-")}, file


def test_the_readme_names_every_file_of_the_library_and_no_other() -> None:
    named = set(re.findall(r"^\| `([\w-]+)`", section(), re.MULTILINE))
    assert named == {file.stem for file in FILES} | {source.name for source in load_sources(CONFIG, check_selector)}


# What makes two addresses one page


@pytest.mark.parametrize("serial", ["002", "N007"])
def test_an_article_of_rodong_is_one_page_under_whatever_list_links_to_it(serial: str) -> None:
    source = library("rodong-en")
    addresses = [rodong.address("2026-02-19", serial, *rest) for rest in ((1, 1), (3, 17), (8, 2, 0, 5))]
    assert len({key(address, source.identity) for address in addresses}) == 1
    assert all(is_article(address, source) for address in addresses)


def test_articles_of_rodong_that_differ_in_day_number_or_edition_are_pages_of_their_own() -> None:
    source = library("rodong-en")
    addresses = [
        rodong.address("2026-02-19", "002", 1),
        rodong.address("2026-02-19", "003", 1),
        rodong.address("2026-02-20", "002", 1),
        rodong.address("2026-02-19", "N02", 1),
        rodong.address("2026-02-19", "002", 1, edition="ko"),
        rodong.old_address("2018-01-02", "0001"),
        rodong.old_address("2018-01-02", "0002"),
    ]
    assert len({key(address, source.identity) for address in addresses}) == len(addresses)


def test_lists_and_videos_of_rodong_are_no_articles() -> None:
    source = library("rodong-en")
    for words in ("MkBAMkAxQA==", "MTBAMjAyNi0wMi0xOS0wMTZAQEBAQEBAMjE=", "strPageID=SF01_01_02&iMenuID=2"):
        assert not is_article(f"{rodong.HOST}/en/index.php?{words}", source)


def test_an_article_of_kcna_kp_is_one_page_with_and_without_www_and_https() -> None:
    source, address = library("kcna-en"), kcna_kp.new_address(1)
    same = [address, address.replace("www.", ""), address.replace("http:", "https:")]
    assert len({key(each, source.identity) for each in same}) == 1
    assert all(is_article(each, source) for each in same)


def test_editions_and_generations_of_kcna_kp_are_pages_of_their_own() -> None:
    source = library("kcna-en")
    addresses = [kcna_kp.new_address(1), kcna_kp.old_address(1), kcna_kp.new_address(1, "kp"), kcna_kp.new_address(2)]
    assert len({key(address, source.identity) for address in addresses}) == len(addresses)
    assert not is_article("http://www.kcna.kp/en/gallery/detail/b13bb492c9ddf31add8a84cbe137c5a6", source)


# How they are treated


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_origin_sites_which_are_slow_are_given_time_and_rest(file: Path) -> None:
    source = library(file.stem)
    if any(host.endswith(".kp") for host in hosts(source)):
        assert source.polite.gap >= timedelta(seconds=15)
        assert source.polite.timeout >= timedelta(seconds=60)
        assert source.removal.span >= timedelta(days=2)


def test_voice_of_korea_which_bans_after_a_burst_is_asked_once_a_minute() -> None:
    assert library("voice-of-korea-en").polite.gap >= timedelta(minutes=1)

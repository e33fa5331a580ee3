"""Where a source's articles are found, in its config file: what is right, and every mistake with its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config import load
from monitor.errors import ConfigError
from monitor.parsing.trees import check_selector
from monitor.settings import Finding, Series

GOOD = 'layouts = [{ name = "plain", title = ["h1"], paragraphs = ["p"] }]\n[find]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    return tmp_path


def read(folder: Path, table: str) -> Finding:
    """What the source `a` holds, of which the file has this table, from its fourth line on."""
    (folder / "sources" / "a.toml").write_text(GOOD + table)
    (source,) = load(folder, check_selector).sources
    return source.find


def test_finding_with_everything(folder: Path) -> None:
    assert read(
        folder,
        'listings = ["https://h/l"]\narticles = ["/a/"]\nignore = ["/a/photos/"]\nnext = ["a[rel=next]"]\ndepth = 3\n'
        'feeds = ["https://h/feed"]\nsitemaps = ["https://h/robots.txt"]\n'
        '[[find.series]]\naddress = "https://h/x?from={page}&to=10"\nfirst = 0\nlast = 90\nstep = 10\n',
    ) == Finding(
        listings=("https://h/l",),
        articles=("/a/",),
        ignore=("/a/photos/",),
        next=("a[rel=next]",),
        depth=3,
        feeds=("https://h/feed",),
        sitemaps=("https://h/robots.txt",),
        series=(Series("https://h/x?from={page}&to=10", 0, 90, 10),),
    )


def test_a_series_writes_the_address_of_a_page() -> None:
    assert Series("https://h/x?from={page}&to=10", 0, 90, 10).page(20) == "https://h/x?from=20&to=10"


SERIES = '[[find.series]]\naddress = "https://h/{page}"\n'


@pytest.mark.parametrize(
    ("said", "table"),
    [
        ('3: find.feeds[1]: "h/feed" is no address; write it as https://host/path', 'feeds = ["h/feed"]\narticles = ["a"]'),
        ('3: find.sitemaps[1]: "/s.xml" is no address; write it as https://host/path', 'sitemaps = ["/s.xml"]\narticles = ["a"]'),
        ("2: find.articles: missing; it says which links of the listings lead to articles", 'feeds = ["https://h/feed"]'),
        ("2: find.articles: missing; it says which links of the listings lead to articles", 'sitemaps = ["https://h/s.xml"]'),
        ("2: find.articles: missing; it says which links of the listings lead to articles", SERIES),
        ('3: find.ignore[1]: "(" is no regular expression: missing ), unterminated subpattern at position 0', 'ignore = ["("]'),
        ('3: find.next[1]: "a[" is no CSS selector', 'next = ["a["]\ndepth = 2'),
        ("4: find.depth: should be 2 or more, or no page after a listing's first is asked for", 'next = ["a"]\ndepth = 1'),
        ("3: find.depth: should be 1 or more", "depth = 0"),
        ('5: find.series[1].address: "h/{page}" is no address', 'articles = ["a"]\n[[find.series]]\naddress = "h/{page}"'),
        (
            '5: find.series[1].address: "https://h/" holds no {page}; all pages would be the same',
            'articles = ["a"]\n[[find.series]]\naddress = "https://h/"',
        ),
        (
            '5: find.series[1].address: "https://h{page}.example/" has {page} in its host',
            'articles = ["a"]\n[[find.series]]\naddress = "https://h{page}.example/"',
        ),
        (
            "7: find.series[1].last: should be 5 or more, the number of the first page; it is 4",
            f'articles = ["a"]\n{SERIES}first = 5\nlast = 4',
        ),
        ("6: find.series[1].step: should be 1 or more", f'articles = ["a"]\n{SERIES}step = 0'),
        ("6: find.series[1].steps: unknown key", f'articles = ["a"]\n{SERIES}steps = 2'),
    ],
)
def test_a_mistake_is_named_with_its_line(folder: Path, said: str, table: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        read(folder, table)
    assert any(each.startswith(f"{folder}/sources/a.toml:{said}") for each in wrong.value.problems), wrong.value.problems

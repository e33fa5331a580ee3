"""Marks: each is found on its own example, and none on pages that only speak of such things."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from standins import LAYOUT, START, article, capture, source

from monitor.article import Article, from_bytes
from monitor.errors import ParseError
from monitor.fetching.made import made_page
from monitor.judging import quality
from monitor.judging.marks import MARKS, found, plain
from monitor.model import PageFacts, Seen
from monitor.parsing.reader import LayoutReader
from monitor.settings import Mark

ROOT = Path(__file__).resolve().parents[2]
READER = LayoutReader()
SITE = source(publication="P")
ids = [f"{number} {mark.name}, {mark.where}" for number, mark in enumerate(MARKS)]


def facts(html: str) -> PageFacts:
    return READER.facts(capture(START, body=html.encode()))


@pytest.mark.parametrize("mark", MARKS, ids=ids)
def test_a_mark_is_found_on_its_example(mark: Mark) -> None:
    page = facts(mark.example)
    borne = found(page, [mark], len(page.text.split()))
    assert borne is not None
    assert quality.unread(page, "no title")[1].startswith(f"{mark.name}: it holds ")


@pytest.mark.parametrize("mark", [mark for mark in MARKS if mark.in_articles], ids=lambda mark: f"{mark.name}, {mark.where}")
@pytest.mark.parametrize("known", [None, article("News", *(f"Word{n} stands for {n} ships and harbour{n}." for n in range(30)))])
def test_an_example_that_a_layout_reads_is_named_all_the_same(mark: Mark, known: Article | None) -> None:
    html = mark.example if "<h1>" in mark.example else f"{mark.example}<h1>News</h1><p>Words.</p>"
    seen = capture(START, body=html.encode())
    what = READER.read(seen, SITE).article
    assert what is not None
    judged = quality.misread(READER.facts(seen), what, known)
    assert judged is not None
    assert judged[1].startswith(f"{mark.name}: it holds ")
    assert judged[0] in (Seen.BLOCKED, Seen.BROKEN), "never gone, never an edit"


@pytest.mark.parametrize("mark", MARKS, ids=ids)
def test_a_mark_is_well_written(mark: Mark) -> None:
    assert all(plain(words) == words for words in mark.words)
    assert mark.name.startswith(("a ", "an "))


# Innocent pages

BODY = [
    "The ministry said on Tuesday that work at the second power station will go on as planned, and that all hands are well.",
    "Engineers from four provinces took part; the river stood high this spring, and the turbines gave more than the year before.",
    "Asked about the plan, an official said that the people of the town had been told in good time and had raised no complaint.",
    "A further report is due in autumn, when the reservoir has been filled and the last of the cranes has left the valley.",
]
INNOCENT = [
    article("The page not found by the committee", "The page not found by the committee is still missing.", *BODY),
    article("Page not found in the archive, minister says", *BODY),
    article("Cookies: what the new law says", "Before you continue to a site, it says: We value your privacy.", *BODY),
    article("Maintenance of the power station", "It was down for maintenance; the unit is currently under maintenance.", *BODY),
    article("Robots kept out", "“Checking your browser before accessing”, they say, or “enable JavaScript and cookies”.", *BODY),
    article("Log in to vote", "Voters must sign in to continue, and please log in to the register.", *BODY),
    article("404 houses built", *BODY),
    article("Access denied to inspectors", *BODY),
    article("Web page blocked by ministry", "A web page blocked last year is open again.", *BODY),
    article("Maintenance", "Two bridges were repaired."),
    article("Service resumes", "The ferry was out of service for a day."),
]  # fmt: skip
SEEDS = [from_bytes(path.read_bytes()) for path in sorted((ROOT / "seeds").glob("*.txt"))]


@pytest.mark.parametrize("what", [*INNOCENT, *SEEDS], ids=lambda what: what.title[:40])
@pytest.mark.parametrize("known", [None, article("News", *BODY)])
def test_an_article_that_speaks_of_such_pages_is_an_article(what: Article, known: Article | None) -> None:
    chrome = "<script src='/cdn-cgi/challenge-platform/x'></script><footer>We value your privacy. Log in to continue</footer>"
    page = facts(made_page(what).replace("</body>", f"{chrome}</body>"))
    assert quality.misread(page, what, known) is None


PAGES = [path for path in sorted((ROOT / "tests" / "pages").rglob("*.html")) if ".listing." not in path.name]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_saved_page_bears_no_mark(path: Path) -> None:
    page = READER.facts(capture(START, body=path.read_bytes()))
    assert not page.is_main_empty
    what = from_bytes(path.with_suffix(".txt").read_bytes())
    assert quality.misread(page, what, None) is None
    assert quality.unread(page, "no title") == (Seen.BROKEN, "no title"), "also when its layout no longer fits"


# How words are looked for


def test_a_title_is_compared_part_by_part() -> None:
    mark = Mark("a soft 404", ("page not found",), "x", where="title", in_articles=True)
    for title in ("Page Not Found", "Page not found!", "Page not found | The Times", "Times \u2014 page  not found"):
        assert found(PageFacts("", (title,)), [mark], 5) == (mark, "page not found"), title
    for title in ("Page not found by the committee", "The page not found", "Not-page not found"):
        assert found(PageFacts("", (title,)), [mark], 5) is None, title


def test_a_curly_apostrophe_is_an_apostrophe() -> None:
    mark = Mark("a soft 404", ("page can't be found",), "x", where="text")
    assert found(PageFacts("", text="This page CAN\u2019T be  found"), [mark], 5) is not None


def test_a_long_text_bears_no_mark() -> None:
    mark = Mark("a soft 404", ("oops",), "oops", longest=10)
    assert found(PageFacts("oops"), [mark], 10) is not None
    assert found(PageFacts("oops"), [mark], 11) is None


def test_the_layout_of_these_tests_reads_nothing_of_a_shell() -> None:
    with pytest.raises(ParseError):
        READER.read(capture(START, body=b"<main></main>"), replace(SITE, layouts=(LAYOUT,)))
    assert facts("<main> <p></p></main>").is_main_empty
    assert not facts("<main>text</main>").is_main_empty
    assert not facts("<p>no main</p>").is_main_empty

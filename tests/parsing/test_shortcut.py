"""The shortcut sees the whole page: an unchanged article is recognised without BeautifulSoup, and a changed one never.

Pages are broken anywhere, before the article, in it and behind it, and read both ways: as every visit reads them, told
what is known, and as BeautifulSoup reads the whole page, which is the measure.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kcna_pages import SEEDS, encoded, page
from parsing.markup import JUNK, URL, capture, configured

from monitor.article import Article, from_bytes
from monitor.errors import ParseError
from monitor.fingerprint import fingerprint
from monitor.model import Capture, Reading
from monitor.parsing import reader as module
from monitor.parsing.reader import LayoutReader
from monitor.settings import Source

READER = LayoutReader()
Known = tuple[bytes, bytes]


# The pages


def small(seed: str) -> Article:
    """A seed with a short body and two cards, so that what is broken is mostly what matters."""
    article = from_bytes((SEEDS / seed).read_bytes())
    return replace(article, paragraphs=article.paragraphs[:4], cards=article.cards[:2])


SMALL = [small("000_636cfcdf7a24837f.txt"), small("002_69cb78ecf1b9789a.txt")]
# Nothing but what the layout looks for: every change hits something.
BARE = f"""<html><head><title>T | KCNA Watch</title></head><body>
<div><a href="/article/163/">Naenara (En)</a></div><h1>T</h1>
<p>Date: 01/02/2020 | Source: Naenara (En) | <a href="/o">Read original version at source</a></p>
<div class="article-content"><p>One <nobr>two</nobr>.</p><p>KC<!-- x -->NA</p></div>
<div class="article-desc"><h4><a href="{URL}">T</a></h4><p>Ex</p><p class="articled-date"> <span>May 19, 2025</span></p>
<p>Ex</p></div><aside>Trending</aside>
</body></html>"""
PAGES = [page(article, address=URL, dirt=3 + number, padding=0) for number, article in enumerate(SMALL)] + [BARE]


def source_of(html: str) -> Source:
    return configured("naenara-en" if "Source: Naenara (En)" in html else "kcna-kp-en")


SOURCES = [source_of(html) for html in PAGES]


@cache
def known(number: int) -> Known:
    """What is known of a page before it is broken: the parts digest and the fingerprint."""
    seen = capture(PAGES[number])
    first, whole = READER.read(seen, SOURCES[number]), READER.read_whole(seen, SOURCES[number])
    assert whole.article is not None
    return first.parts, fingerprint(whole.article)


# The law


def check(number: int, seen: Capture) -> str:
    """Compare the two ways of reading one page; what came of it, in a word."""
    parts, before = known(number)
    whole, visit, first = (
        outcome(READER.read_whole, seen, number),
        outcome(READER.read, seen, number, parts),
        outcome(READER.read, seen, number),
    )
    if isinstance(whole, ParseError) or isinstance(visit, ParseError) or isinstance(first, ParseError):
        assert str(whole) == str(visit) == str(first)
        return "no article"
    assert whole.article is not None
    assert first.article is not None
    # whenever the article differs from what is known, the visit must not say that nothing changed
    assert (visit.article is None) is (fingerprint(whole.article) == before)
    # and what it reads is what the whole page says, to the last card
    assert visit.article in (None, whole.article)
    assert everything(first) == everything(whole)
    assert visit.links == whole.links
    return "changed" if visit.article else "unchanged"


def outcome(read: object, seen: Capture, number: int, *told: bytes) -> Reading | ParseError:
    try:
        found: Reading = read(seen, SOURCES[number], *told)  # type: ignore[operator]
    except ParseError as wrong:
        return wrong
    return found


def everything(reading: Reading) -> tuple[object, ...]:
    """All that a reading says, with the addresses that are outside an article's equality."""
    assert reading.article is not None
    return reading.article, reading.article.original_url, [card.url for card in reading.article.cards], reading.links


Change = tuple[str, float, str, int]
# Where (as a share of the page), what is put in, how much is taken out
changes = st.tuples(
    st.sampled_from(["insert", "delete", "replace", "double", "move"]),
    st.floats(0, 1),
    st.sampled_from(JUNK) | st.text(max_size=3),
    st.sampled_from([1, 1, 2, 5, 30, 200]),
)


def changed(html: str, steps: list[Change]) -> str:
    for kind, share, junk, length in steps:
        at = int(share * len(html))
        here = html[at : at + length]
        if kind == "insert":
            html = html[:at] + junk + html[at:]
        elif kind == "delete":
            html = html[:at] + html[at + length :]
        elif kind == "replace":
            html = html[:at] + junk + html[at + length :]
        elif kind == "double":
            html = html[:at] + here + html[at:]
        else:
            rest = html[:at] + html[at + length :]
            html = rest[: len(rest) // 2] + here + rest[len(rest) // 2 :]
    return html


@settings(deadline=None, max_examples=250)
@given(st.integers(0, len(PAGES) - 1), st.lists(changes, min_size=1, max_size=4))
@example(2, [("insert", 0.2, "<template>", 1)])
def test_a_page_broken_anywhere_reads_alike_in_both_ways(number: int, steps: list[Change]) -> None:
    check(number, capture(changed(PAGES[number], steps)))


@settings(deadline=None, max_examples=150)
@given(
    st.integers(0, len(PAGES) - 1),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.binary(max_size=3)), min_size=1, max_size=4),
    st.sampled_from([None, "text/html; charset=utf-8", "text/html; charset=windows-1252", "text/html; charset=euc-kr"]),
    st.sampled_from(["utf-8", "windows-1252"]),
)
def test_a_page_with_bytes_changed_reads_alike_in_both_ways(
    number: int, steps: list[tuple[float, int, bytes]], content_type: str | None, charset: str
) -> None:
    body = encoded(PAGES[number], charset)
    for share, length, data in steps:
        at = int(share * len(body))
        body = body[:at] + data + body[at + length :]
    check(number, capture(body, content_type))


def where_is(html: str, mark: str, text: str) -> str:
    """``html`` with ``text`` in front of the first ``mark``."""
    at = html.index(mark)
    return html[:at] + text + html[at:]


PLACES = {
    "at the very beginning": "<html>",
    "in the head": "<title>",
    "before the site's name": "<div>",
    "before the title": "<h1>",
    "in the title": "</h1>",
    "before the day": "<p>Date:",
    "in the day": " | Source:",
    "before the body": '<div class="article-content">',
    "in the body": "<nobr>",
    "behind the body": "</div>\n<div class=",
    "in the cards": "<h4>",
    "behind the cards": "<aside>",
    "at the end": "</body>",
    "behind the end": "</html>",
}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.replace(" ", "-"))
def test_every_kind_of_junk_at_every_place(place: str) -> None:
    came_to = {check(2, capture(where_is(BARE, PLACES[place], junk))) for junk in (*JUNK, "x")}
    assert "unchanged" in came_to
    assert came_to > {"unchanged"} or place == "behind the end"


# Cases by name: edits that a digest of a slice of the bytes would hide


BODY = '<div class="article-content">'


@pytest.mark.parametrize(
    ("text", "mark", "came_to"),
    [
        ("<!--", "<h1", "unchanged"),  # up to the comment in the headline; the title in the head says the same
        ("<!--", BODY, "no article"),
        ("<!-- <h1>x</h1> -->", "<h1", "unchanged"),
        ("<h1>Another title</h1>", "<h1", "changed"),
        ("<h1>Another title</h1>", "<aside", "unchanged"),
        ("<p>Date: 02/02/2020 | Source: Naenara (En) | x</p>", "<h1", "changed"),
        ("<p>Date: 08/04/2021 | Source: KCNA.kp (En) | x</p>", "<header", "changed"),
        (BODY + "<p>Earlier.</p></div>", "<h1", "changed"),
        (BODY + "</div>", "<h1", "unchanged"),
        (BODY + "<p>Later.</p></div>", "</body>", "changed"),
        ("<textarea>", "<h1", "no article"),
        ("<textarea>", BODY, "no article"),
        ("<title>", "<h1", "no article"),
        ("<template>", "<main", "no article"),
        ("<script>", BODY, "no article"),
        ("<noscript>", "<main", "changed"),  # the line that begins with Date: is in it
        ("<plaintext>", "<aside", "unchanged"),
        ("<plaintext>", BODY, "no article"),
        ("<base href='http://b.example/'>", "<meta name=", "unchanged"),
        ("</html><p>x", "<aside", "unchanged"),
        ("</html>" + BODY + "<p>Later.</p></div>", "<aside", "changed"),
    ],
)
def test_what_a_slice_of_the_page_would_not_show(text: str, mark: str, came_to: str) -> None:
    assert check(0, capture(where_is(PAGES[0], mark, text))) == came_to


# What must not wake it


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_page_whose_chrome_alone_changed_is_recognised(number: int, charset: str) -> None:
    for dirt in range(100, 112):
        later = replace(SMALL[number], masthead=date(2026, 3, dirt - 99), cards=SMALL[number].cards[1:])
        html = page(later, address=URL, dirt=dirt, padding=500 * (dirt % 3))
        assert html != PAGES[number]
        assert check(number, capture(encoded(html, charset))) == "unchanged"


def test_an_unchanged_page_costs_no_beautiful_soup(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("BeautifulSoup was asked")

    parts, _ = known(0)
    for name in ("souped", "whole_soup"):
        monkeypatch.setattr(module.MatchedTree.__module__ + "." + name, refuse)
    later = page(replace(SMALL[0], masthead=date(2026, 3, 1)), address=URL, dirt=50)
    assert READER.read(capture(later), SOURCES[0], parts).article is None
    with pytest.raises(AssertionError, match="BeautifulSoup was asked"):
        READER.read(capture(later), SOURCES[0])


@pytest.mark.parametrize("number", [0, 1])
def test_every_word_of_the_article_wakes_it(number: int) -> None:
    article = SMALL[number]
    others = [
        replace(article, title=article.title + "s"),
        replace(article, published=date(2021, 4, 9)),
        replace(article, paragraphs=article.paragraphs[:-1]),
        replace(article, paragraphs=(*article.paragraphs, "KCNA")),
        replace(article, paragraphs=(article.paragraphs[0] + " " + article.paragraphs[1], *article.paragraphs[2:])),
        *(
            replace(article, paragraphs=(*article.paragraphs[:at], text.replace("e", "é", 1), *article.paragraphs[at + 1 :]))
            for at, text in enumerate(article.paragraphs)
        ),
    ]
    for other in others:
        assert check(number, capture(page(other, address=URL, dirt=9, padding=0))) == "changed"

"""The reader: captures become articles and links, or an error that says what was missing and what was tried."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kcna_pages import SEEDS, encoded, page
from parsing.markup import JUNK, URL, capture, configured, fragments, layout, source

from monitor.article import Article, Card, from_bytes
from monitor.errors import ParseError
from monitor.fingerprint import fingerprint
from monitor.model import Capture, Link, PageFacts, Reading
from monitor.parsing import reader as module
from monitor.parsing.reader import WHOLE, LayoutReader
from monitor.settings import CardLayout, Finding, Rule, Source

READER = LayoutReader()
Read = Callable[[Capture, Source], Reading]
PLAIN = "<h1>A title</h1><p>One.</p><p>Two.</p>"
SMALL = Article(
    "Naenara (En)",
    "A title “quoted”",
    date(2026, 2, 3),
    ("One & two.", "Three – four. -0-"),
    site="KCNA",
    masthead=date(2026, 2, 5),
    has_original=True,
    original_url="http://origin.example/1",
    cards=(
        Card("Other", "What it says", date(2026, 2, 4), "https://kcnawatch.org/newstream/1770163200-000000001/other/"),
        Card("Other", "Something else", date(2026, 2, 3), "https://kcnawatch.org/newstream/1770076800-000000002/other/"),
    ),
)


@pytest.fixture(params=["read", "read_whole"])
def read(request: pytest.FixtureRequest) -> Read:
    """Each way of reading."""
    found: Read = getattr(READER, request.param)
    return found


def everything(article: Article | None) -> tuple[object, ...]:
    """An article with the addresses that are outside its equality."""
    assert article is not None
    return article, article.original_url, [card.url for card in article.cards]


# What is read


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16"])
def test_a_page_of_the_site(read: Read, charset: str) -> None:
    html = page(SMALL, address=URL, dirt=5, padding=0)
    body = html.encode("utf-16") if charset == "utf-16" else encoded(html, charset)
    found = read(capture(body), configured("naenara-en"))
    assert everything(found.article) == everything(SMALL)
    assert found.links == tuple(Link(str(card.url)) for card in SMALL.cards)
    assert found.layout == "kcna-watch" + (WHOLE if read == READER.read_whole else "")


@pytest.mark.parametrize("part", ["masthead", "site", "published", "has_original", "cards"])
def test_a_part_that_a_page_does_not_have(read: Read, part: str) -> None:
    nothing: dict[str, object] = {"has_original": False, "original_url": None} if part == "has_original" else {part: None}
    article = replace(SMALL, **({"cards": ()} if part == "cards" else nothing))
    found = read(capture(page(article, address=URL, padding=0)), configured("naenara-en"))
    assert everything(found.article) == everything(article)


def test_a_page_that_names_no_publication_has_that_of_its_source(read: Read) -> None:
    found = read(capture(PLAIN), source(publication="Q"))
    assert found.article == Article("Q", "A title", None, ("One.", "Two."))


def test_rules_by_attribute_and_what_is_dropped(read: Read) -> None:
    rules = layout(
        title=(Rule(css="meta[name='title']", attr="content", match="(.*) - Site"),),
        paragraphs=(Rule(css="article"),),
        original=(Rule(css="link", attr="href"),),
        drop=(".ad", "aside"),
    )
    html = """<meta name=title content=" A &amp;
      title - Site"><link href=/o>
      <article>One.<p class=ad>Buy!</p><aside><p>More</p></aside> Two <b class=ad>x</b>three.</article>"""
    found = read(capture(html), source(rules))
    assert found.article == Article("P", "A & title", None, ("One.", "Two three."), has_original=True)
    assert found.article is not None
    assert found.article.original_url == "https://kcnawatch.org/o"


@pytest.mark.parametrize(("base", "start"), [("", "https://b.example/y/"), ("<base href='/z/'>", "https://b.example/z/")])
def test_links_start_at_the_base_or_at_the_address_that_answered(read: Read, base: str, start: str) -> None:
    html = f"{base}{PLAIN}<a href=o>Origin</a><ul><li><a href=1>x</a><li><a href=/2>y</a><li><a href=1#z>z</a></ul>"
    rules = layout(original=(Rule(link="Origin"),), cards=CardLayout(item="li"))
    seen = capture(html, url="https://a.example/x", answered="https://b.example/y/")
    found = read(seen, source(rules, find=Finding(articles=(r"\d$",))))
    assert found.links == (Link(f"{start}1"), Link("https://b.example/2"))
    assert found.article is not None
    assert found.article.original_url == f"{start}o"


def test_only_links_to_articles_are_links(read: Read) -> None:
    html = f"{PLAIN}<ul><li><a href=/about>x</a><li><a href=/a/1>y</a><li><a href='javascript:1'>z</a></ul>"
    found = read(capture(html), source(layout(cards=CardLayout(item="li")), find=Finding(articles=("/a/",))))
    assert found.links == (Link("https://kcnawatch.org/a/1"),)
    assert read(capture(html), source(find=Finding(articles=("/a/",)))).links == ()


def test_a_link_to_the_original_that_points_nowhere_is_still_one(read: Read) -> None:
    found = read(capture(PLAIN + "<a href='javascript:x'>Origin</a>"), source(layout(original=(Rule(link="Origin"),))))
    assert found.article is not None
    assert (found.article.has_original, found.article.original_url) == (True, None)


def test_reading_twice_gives_the_same(read: Read) -> None:
    seen = capture(page(SMALL, address=URL, padding=0))
    assert read(seen, configured("naenara-en")) == read(seen, configured("naenara-en"))


# Several layouts


def test_the_first_layout_that_reads_wins(read: Read) -> None:
    layouts = layout("old", title=(Rule(css="h2"),)), layout("new"), layout("newer", paragraphs=(Rule(css="h1"),))
    found = read(capture(PLAIN), source(*layouts))
    assert found.layout.removesuffix(WHOLE) == "new"
    assert found.article == Article("P", "A title", None, ("One.", "Two."))


DATED = PLAIN + "<time>2026-02-03</time>"


def test_a_layout_that_reads_more_fields_is_better_than_one_before_it(read: Read) -> None:
    old = layout("old", published=(Rule(css="i"),), paragraphs=(Rule(css="h1"),))
    new = layout("new", published=(Rule(css="time"),), publication=(Rule(css="b"),))
    newest = layout("newest", published=(Rule(css="time"),))
    assert read(capture(DATED), source(old, new)).layout.removesuffix(WHOLE) == "new"
    assert read(capture(DATED), source(old, new, newest)).layout.removesuffix(WHOLE) == "newest"  # all it has rules for
    assert read(capture(PLAIN), source(old, new)).layout.removesuffix(WHOLE) == "old"  # as many fields: the first of them


def test_the_first_layout_that_reads_all_it_has_rules_for_is_not_compared(read: Read) -> None:
    short = layout("short")
    long = layout("long", published=(Rule(css="time"),))
    assert read(capture(DATED), source(short, long)).layout.removesuffix(WHOLE) == "short"
    assert read(capture(DATED), source(long, short)).layout.removesuffix(WHOLE) == "long"


@pytest.mark.parametrize(("since", "name"), [(date(2026, 2, 5), "new"), (date(2026, 2, 6), "old")])
def test_a_layout_holds_from_its_day_on(read: Read, since: date, name: str) -> None:
    seen = capture(PLAIN)  # of 5 February
    assert read(seen, source(layout("new", since=since), layout("old"))).layout.removesuffix(WHOLE) == name
    assert read(seen, source(layout("new", since=since))).layout.removesuffix(WHOLE) == "new"


def test_what_is_known_of_the_better_layout_is_not_read_again() -> None:
    site = source(layout("old", published=(Rule(css="i"),)), layout("new", published=(Rule(css="time"),)))
    first = READER.read(capture(DATED), site)
    assert READER.read(capture(DATED), site, first.parts) == replace(first, article=None)
    assert first.reader == READER.read(capture(DATED), source(site.layouts[1])).reader


def test_the_error_is_that_of_the_layout_that_came_furthest(read: Read) -> None:
    layouts = (
        layout("one", title=(Rule(css="h2"),)),
        layout("two", paragraphs=(Rule(css="td"),)),
        layout("three", title=(Rule(css="h3"),)),
    )
    with pytest.raises(ParseError) as wrong:
        read(capture(PLAIN), source(*layouts))
    assert (wrong.value.field, wrong.value.tried) == ("paragraphs", ("td",))


# What is not an article


@pytest.mark.parametrize(
    ("html", "publication", "field", "tried"),
    [
        ("<p>One.</p>", "P", "title", "h1; title ~ (.*) -"),
        ("<h1> </h1><title>x</title><p>One.</p>", "P", "title", "h1; title ~ (.*) -"),
        ("<h1>A title</h1><p>One.</p>", None, "publication", "text 'Source:' @lang"),
        ("<h1>A title</h1><p>&nbsp;</p>", "P", "paragraphs", "p; link 'Text'"),
        ("", "P", "title", "h1; title ~ (.*) -"),
    ],
)
def test_a_missing_field_is_named_with_all_that_was_tried(
    read: Read, html: str, publication: str | None, field: str, tried: str
) -> None:
    rules = layout(
        title=(Rule(css="h1"), Rule(css="title", match="(.*) -")),
        publication=(Rule(text="Source:", attr="lang"),),
        paragraphs=(Rule(css="p"), Rule(link="Text")),
    )
    with pytest.raises(ParseError) as wrong:
        read(capture(html), source(rules, publication=publication))
    assert str(wrong.value) == f"a: {URL}: no {field}: nothing matched (tried: {tried})"
    assert (wrong.value.source, wrong.value.url, wrong.value.field) == ("a", URL, field)


def test_a_page_that_nests_too_deep_is_no_article(read: Read) -> None:
    with pytest.raises(ParseError, match="no article: its elements nest more than 2,048 deep"):
        read(capture(PLAIN + "<div>" * 3000 + PLAIN), source())
    assert READER.listed(capture("<div>" * 3000), source()).links == ()


# The shortcut's own digest


def test_what_is_known_is_not_read_again_but_its_links_are_still_collected() -> None:
    seen, naenara = capture(page(SMALL, address=URL, padding=0)), configured("naenara-en")
    first = READER.read(seen, naenara)
    again = READER.read(seen, naenara, first.parts)
    assert again == Reading(first.layout, first.parts, first.links, None, first.reader)
    assert READER.read(seen, naenara, b"other").article == first.article
    whole = READER.read_whole(seen, naenara)
    assert READER.read_whole(seen, naenara, whole.parts) == Reading(whole.layout, whole.parts, reader=whole.reader)
    assert whole.article is not None
    assert whole.parts == fingerprint(whole.article)


@pytest.mark.parametrize(
    "html",
    [
        PLAIN.replace("title", "headline"),
        PLAIN.replace("Two.", "Two. "),
        PLAIN.replace("One.", "One"),
        PLAIN.replace("One.</p><p>", "One. "),
        PLAIN + "<p>Three.</p>",
        "<p>Zero.</p>" + PLAIN,
        "<h1>Another</h1>" + PLAIN,
    ],
)
def test_a_page_that_says_something_else_has_another_digest(html: str) -> None:
    known = READER.read(capture(PLAIN), source()).parts
    found = READER.read(capture(html), source(), known)
    assert (found.article is None) is (html == PLAIN.replace("Two.", "Two. "))


def test_with_another_layout_or_publication_every_page_is_read_anew() -> None:
    known = READER.read(capture(PLAIN), source()).parts
    assert READER.read(capture(PLAIN), source(), known).article is None
    for other in (source(layout("renamed")), source(layout(drop=(".ad",))), source(publication="Q")):
        assert READER.read(capture(PLAIN), other, known).article is not None


def test_a_reader_is_told_by_all_that_may_make_it_read_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, naenara = capture(page(SMALL, address=URL, padding=0)), configured("naenara-en")
    ours, (layout,) = READER.read(seen, naenara).reader, naenara.layouts
    assert READER.read(capture(page(SMALL, address=URL, padding=99)), naenara).reader == ours
    others = [
        READER.read_whole(seen, naenara).reader,
        READER.read(seen, replace(naenara, publication="Another")).reader,
        READER.read(seen, replace(naenara, layouts=(replace(layout, drop=(".x",)),))).reader,
    ]
    monkeypatch.setattr(module, "GENERATION", module.GENERATION + 1)
    module._layout_digest.cache_clear()
    others.append(READER.read(seen, naenara).reader)
    module._layout_digest.cache_clear()
    assert len({ours, *others}) == 5


def test_with_another_generation_of_the_reader_every_page_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    known = READER.read(capture(PLAIN), source()).parts
    module._layout_digest.cache_clear()
    monkeypatch.setattr(module, "GENERATION", module.GENERATION + 1)
    try:
        assert READER.read(capture(PLAIN), source(), known).article is not None
    finally:
        module._layout_digest.cache_clear()


@pytest.mark.parametrize("seed", ["000_636cfcdf7a24837f.txt", "002_69cb78ecf1b9789a.txt"])
def test_a_seed_at_any_charset_and_dirt_has_one_digest(seed: str) -> None:
    article = from_bytes((SEEDS / seed).read_bytes())
    site = configured("naenara-en" if article.publication == "Naenara (En)" else "kcna-kp-en")
    bodies = [
        encoded(page(article, address=URL, dirt=dirt, padding=0), name) for dirt in (1, 2) for name in ("utf-8", "windows-1252")
    ]
    assert len({READER.read(capture(body), site).parts for body in bodies}) == 1


# Hostile pages: one second each, and no error but our own

HOSTILE: dict[str, bytes] = {
    "100,000 nested tags": b"<div>" * 100_000,
    "100,000 nested inline tags": b"<b>" * 100_000,
    "2,000 nested tags around 20,000": b"<div>" * 2000 + b"<p>x" * 20_000,
    "200 nested tags around 14,000": b"<div>" * 200 + b"<p>x" * 14_000,
    "1,000,000 attributes of one element": b"<p " + b" ".join(b"%x" % number for number in range(1_000_000)) + b">x",
    "1,000,000 attributes of 10,000 elements": (b"<p " + b" ".join(b"a%d" % n for n in range(100)) + b">x</p>") * 10_000,
    "1,000,000 elements of an attribute": b"<p a=1>x</p>" * 1_000_000,
    "13,000 attributes in 50 KB": b"<p " + b" ".join(b"%x" % (number + 256) for number in range(12_000)) + b">x",
    "90,000 unclosed elements": b"<p>x<b>" * 45_000,
    "unclosed everything": b"<table><tr><td><ul><li><a href=x><select><option><p><script>" * 3000,
    "a tag without end": b"<p " + b"x" * 3_000_000,
    "comments without end": b"<!--" * 500_000,
    "two bodies": b"<html><body class=a><p>One.</p></body><body class=b><p>Two.</p></body></html>" * 500,
    "NUL bytes": b"<p>O\x00ne\x00</p>" * 20_000,
    "lone surrogates": b"<p>\xed\xa0\x80&#xD800;&#xDFFF;</p>" * 10_000,
    "right-to-left marks": "<p>\u202eeno\u202c \u200f\u2067x</p>".encode() * 10_000,
    "line breaks": b"<p>" + b"<br>" * 90_000,
    "hidden parts": b"<p hidden style='display:none'>" * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_or_refused_in_a_second(name: str) -> None:
    body = b"<html><body><h1>A title</h1><p>One.</p>" + HOSTILE[name]
    rules = layout(paragraphs=(Rule(css="div p, body"),), drop=("td a b",), cards=CardLayout("p"))
    site, outcomes = source(rules), []
    for read in (READER.read, READER.read_whole):
        start = process_time()
        outcomes.append(outcome(read, capture(body), site))
        assert process_time() - start < 5, "a second where nothing else runs"
    assert outcomes[0] == outcomes[1]
    if "1,000,000" in name or "100,000" in name:
        field, why = outcomes[0]  # type: ignore[misc]  # a field and why
        assert field == "article"
        assert re.search(r"attributes$|elements$|deep$", why)


# Listings and marks


def test_a_listing_gives_the_links_to_articles_each_once() -> None:
    html = """<base href="/list/"><a href="/newstream/1-1/x/">menu</a><div id="latest_article_wrapper">
      <div class="article-desc"><h4><a href="https://kcnawatch.org/newstream/5-7/b/">B</a></h4></div>
      <div class="article-desc"><h4><a href="/newstream/5-6/a/#c">A</a></h4><p><a href="/newstream/9-9/">no</a></p></div>
      <div class="article-desc"><h4><a href="/about/">About</a> <i><a href="/latest/8-8/">no</a></i></h4></div>
      <h4><a href="/newstream/5-7/b/">again</a> <a href="../newstream/5-5/c/">C</a></h4>
    </div>"""
    found = READER.listed(capture(html, url="https://kcnawatch.org/article/163/"), configured("naenara-en")).links
    assert [link.url for link in found] == [f"https://kcnawatch.org/newstream/{name}/" for name in ("5-7/b", "5-6/a", "5-5/c")]


def test_a_listing_of_nothing() -> None:
    assert READER.listed(capture(b""), configured("naenara-en")).links == ()
    assert READER.listed(capture(PLAIN), configured("naenara-en")).links == ()


@pytest.mark.parametrize("html", ['<meta name="_csrf" content=" a&amp;b ">', '<form><input name=_csrf value="a&amp;b"></form>'])
def test_a_value_is_what_the_first_rule_that_finds_something_finds(html: str) -> None:
    tried = (Rule(css="meta[name='_csrf']", attr="content"), Rule(css="input[name='_csrf']", attr="value"))
    assert READER.value(capture(html), tried) == "a&b"


@pytest.mark.parametrize("html", ["", '<meta name="_csrf" content=" ">', "<meta name=_csrf>", "<p>_csrf</p>", "<b>" * 70_000])
def test_a_value_that_is_not_there_is_none(html: str) -> None:
    assert READER.value(capture(html), (Rule(css="meta[name='_csrf']", attr="content"),)) is None


def test_facts_are_what_a_page_holds_whatever_it_is() -> None:
    seen = capture('<title>Just a\nmoment...</title><META name="kcsc"\n  content="blocking"><p>Checking\xa0your<p>BROWSER 차단')
    facts = READER.facts(seen)
    assert '<META name="kcsc" content="blocking">' in facts.source
    assert (facts.titles, facts.text, facts.is_main_empty) == (("Just a moment...",), "Checking your BROWSER 차단", False)
    assert READER.facts(capture("차단".encode("euc-kr"), "text/html; charset=euc-kr")).text == "차단"


def test_facts_of_a_shell() -> None:
    facts = READER.facts(capture("<body><nav>Menu</nav><main>\n<div> </div><script>x</script></main></body>"))
    assert (facts.text, facts.is_main_empty) == ("Menu", True)
    assert READER.facts(capture(b"")) == PageFacts("")


def test_facts_of_a_page_that_nests_too_deep_are_its_source() -> None:
    assert READER.facts(capture("<div>" * 20_000)).text == ""


# The law: whatever came off the wire, it is read or refused in our own words, and in silence.


@settings(deadline=None, max_examples=150)
@given(
    st.binary(max_size=60)
    | st.lists(st.sampled_from(JUNK) | st.just(PLAIN) | fragments, max_size=8).map(
        lambda parts: "".join(parts).encode("utf-8", "replace")
    ),
    st.sampled_from(
        [None, "text/html", "text/html; charset=euc-kr", "text/html; charset=utf-16", "application/pdf", "\udcff;charset="]
    ),
    st.sampled_from([(), ("p",), ("*",), ("html",), ("body > *", ":first-child")]),
)
def test_any_bytes_are_an_article_or_a_parse_error(body: bytes, content_type: str | None, drop: tuple[str, ...]) -> None:
    seen, site = capture(body, content_type), source(layout(drop=drop, cards=CardLayout("li"), original=(Rule(text="Date:"),)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        outcomes = [outcome(read, seen, site) for read in (READER.read, READER.read_whole)]
        READER.listed(seen, site)
        READER.facts(seen)
    assert outcomes[0] == outcomes[1]


def outcome(read: Read, seen: Capture, site: Source) -> object:
    """What reading came to: the article with its links, or the field that was missing."""
    try:
        found = read(seen, site)
    except ParseError as wrong:
        return wrong.field, wrong.why
    return everything(found.article), found.links

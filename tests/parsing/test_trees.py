"""The two trees answer every question alike: selectors, texts, links, parts taken out, and the words of BeautifulSoup."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from kcna_pages import SEEDS, page
from parsing.markup import URL, broken_fragments, fragments

from monitor.article import from_bytes
from monitor.parsing.trees import MatchedTree, Node, TooDeep, Tree, WholeTree, check_selector

PAGE = b"""
<html><head><title>Head Date: x</title></head><body class="c">
<div id="one" class="a b"><p class="a">Date: one</p><p>two <a href="/x">three Date: four</a> five</p></div>
<div class="a"><h4>head</h4><p class="b">six</p><a href="/y?Date:">Date:</a></div>
<script>"Date: no"</script><noscript>Date: no</noscript>
<ul><li>Da<!-- -->te: seven<li>Da<b>te: no</b><li>Date\n :no<li>Date: \n at  last</ul>
<a href="/z"> Read&nbsp;<b>ori</b>ginal <script>no</script></a> <a href="/no">Read original too</a>
</body></html>tail <p class="a">behind</p>
"""
Make = Callable[..., Tree]
TREES: list[Make] = [WholeTree, MatchedTree]


@pytest.fixture(params=TREES, ids=["whole", "matched"])
def make(request: pytest.FixtureRequest) -> Make:
    """One kind of tree."""
    found: Make = request.param
    return found


def texts(tree: Tree, nodes: Sequence[Node]) -> list[str]:
    return [tree.text(node) for node in nodes]


# What each tree answers


def test_selected_elements_come_in_the_order_of_the_page(make: Make) -> None:
    tree = make(PAGE)
    assert texts(tree, tree.select("h4, p.a")) == ["Date: one", "head", "behind"]
    assert texts(tree, tree.select("#one > p + p a")) == ["three Date: four"]
    assert tree.select("h2") == []


def test_selecting_inside_sees_nothing_but_the_inside(make: Make) -> None:
    tree = make(PAGE)
    first, second = tree.select("div.a")
    assert texts(tree, tree.select_inside("p.b, h4", second)) == ["head", "six"]
    assert texts(tree, tree.select_inside("p.b, h4", first)) == []
    assert texts(tree, tree.select_inside("p > a", first)) == ["three Date: four"]
    assert tree.select_inside("div > p", first) == []  # the div is not inside itself
    assert tree.select_inside("body p", first) == []
    assert texts(tree, tree.select_inside("p:not(.b), h4:not(.x)", second)) == ["head"]


def test_own_text_is_found_across_comments_but_not_across_elements(make: Make) -> None:
    tree = make(PAGE)
    assert texts(tree, tree.holding("Date:")) == ["Date: one", "three Date: four", "Date:", "Date: seven", "Date: at last"]
    assert texts(tree, tree.holding("two")) == ["two three Date: four five"]
    assert texts(tree, tree.holding("Date:  at last")) == ["Date: at last"]
    assert texts(tree, tree.holding("Date :no")) == ["Date :no"]
    assert tree.holding("nowhere") == []


def test_many_elements_that_hold_the_words_are_found_like_few(make: Make) -> None:
    tree = make(b"<ul>" + b"<li>the key <b>word</b> key word" * 50 + b"</ul><script>key word</script>")
    assert len(tree.holding("key")) == 50
    assert len(tree.holding("key word")) == 50
    assert len(tree.holding("word")) == 100


def test_links_are_found_by_their_whole_text(make: Make) -> None:
    tree = make(PAGE)
    assert [tree.attribute(node, "href") for node in tree.links("Read  original")] == ["/z"]
    assert [tree.attribute(node, "href") for node in tree.links("Date:")] == ["/y?Date:"]
    assert tree.links("Read") == []


def test_attributes_are_the_text_that_they_are_in_the_page(make: Make) -> None:
    tree = make(b"<p class=' a\n b\t' id=x title='' data-k>text</p>")
    (node,) = tree.select("p")
    assert [tree.attribute(node, name) for name in ("class", "id", "title", "data-k", "lang")] == [" a\n b\t", "x", "", "", None]


def test_what_contains_what(make: Make) -> None:
    tree = make(PAGE)
    (outer,), (inner,) = tree.select("#one"), tree.select("#one a")
    assert tree.contains(outer, inner)
    assert not tree.contains(inner, outer)
    assert not tree.contains(outer, outer)


def test_what_lies_inside_another_is_not_among_the_outermost(make: Make) -> None:
    tree = make(b"<div id=a><p><b>x</b></p><div id=b><i>y</i></div></div><div id=c></div><p id=d><b id=e>z</b></p>")
    found = tree.outermost([*tree.select("div"), *tree.select("b"), *tree.select("i"), *tree.select("#a")])
    assert [tree.attribute(node, "id") for node in found] == ["a", "c", "e"]
    assert tree.outermost([]) == ()


@pytest.mark.parametrize(
    ("html", "base"),
    [("<base href='/x/'><base href='/y/'>", "/x/"), ("<base target=_top><p><base href=''>", ""), ("<p>no", None), ("", None)],
)
def test_the_base_of_a_page(make: Make, html: str, base: str | None) -> None:
    assert make(html.encode()).base() == base


def test_the_paragraphs_of_an_element(make: Make) -> None:
    tree = make(b"<div>one<p>two<br>three</p>four</div>five")
    assert tree.paragraphs(tree.select("div")[0]) == ("one", "two three", "four")


def test_what_is_taken_out_leaves_a_gap_as_wide_as_it_was(make: Make) -> None:
    html = (
        b"<div>one<i class=ad>x</i>two <div class=ad>y<p class=ad>z</p></div>three<a class=ad href=/x>k</a></div>four<p class=ad>"
    )
    tree = make(html, (".ad",))
    assert [tree.paragraphs(node) for node in tree.select("div")] == [("onetwo", "three")]
    assert tree.select(".ad, a[href], p") == []
    assert texts(make(html, ("body .ad", "div div")), make(html).select(".none")) == []


def test_what_stands_in_a_template_is_no_part_of_the_page(make: Make) -> None:
    tree = make(b"<h1>o<template><h1>no</h1></template>ne</h1><template><p>Date: no</template>\xef\xbf\xbe<p>Date: yes")
    assert texts(tree, tree.select("h1, p")) == ["one", "Date: yes"]
    assert texts(tree, tree.holding("Date:")) == ["Date: yes"]


def test_a_class_is_divided_at_html_white_space_only(make: Make) -> None:
    html = "<p class='a\x0cb'>1</p><p class='a\xa0b'>2</p><p class='A'>3</p><p CLASS='c a'>4</p>"
    tree = make(html.encode())
    assert texts(tree, tree.select(".a")) == ["1", "4"]


def test_what_stands_behind_the_end_of_the_page_is_seen(make: Make) -> None:
    tree = make(b"<html><body><p>one</p></body></html>Date: x<h1>two</h1></html><h1>three</h1>")
    assert texts(tree, tree.select("h1")) == ["two", "three"]
    assert len(tree.holding("Date:")) == 1


@pytest.mark.parametrize(
    "html",
    [
        "",
        " ",
        "\x00",
        "no tags",
        "x" * 300,
        "<!-- c -->",
        "<!DOCTYPE html>",
        "\x01",
        "/etc/passwd",
        "http://a.example/",
        "<?xml?>",
    ],
)
def test_a_page_that_is_none_has_nothing_in_it(make: Make, html: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # BeautifulSoup has opinions about such pages
        tree = make(html.encode())
    assert (tree.select("h1"), tree.holding("Date:"), tree.links("x"), tree.base()) == ([], [], [], None)


def test_a_page_that_looks_like_xml_is_read_as_html(make: Make) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tree = make(b'<?xml version="1.0" encoding="utf-16"?><rss><P>one</P><link>two</rss>')
    assert texts(tree, tree.select("p")) == ["one two"] or texts(tree, tree.select("p")) == ["one"]


@pytest.mark.parametrize("depth", [2040, 2045, 2046, 2047, 2050, 20_000])
def test_both_trees_refuse_the_same_depth(make: Make, depth: int) -> None:
    html = b"<html><body>" + b"<div>" * depth + b"<h1>deep</h1>"
    if depth <= 2045:
        assert len(make(html).select("h1")) == 1
    else:
        with pytest.raises(TooDeep):
            make(html)


def test_both_trees_refuse_an_element_of_many_attributes(make: Make) -> None:
    many = b" ".join(b"a%d='>'" % number for number in range(40_000))
    with pytest.raises(TooDeep, match=r"an element of it bears more than 1,000 attributes$"):
        make(b"<html><body><h1 " + many + b">headline</h1>")


def test_a_very_long_text_is_read_whole(make: Make) -> None:
    tree = make(b"<!--" + b"x" * 11_000_000 + b"--><p>" + b"y" * 11_000_000 + b"</p><h1>one</h1>")
    assert texts(tree, tree.select("h1")) == ["one"]
    assert len(tree.text(tree.select("p")[0])) == 11_000_000


# Selectors


@pytest.mark.parametrize(
    ("css", "wrong"),
    [
        ("div.a > p:not(.b):not(#c) + a[href^='http://x'], h1", None),
        ("div:has(> a[href*='/article/'])", None),
        ("li:nth-child(2n+1) ~ li:last-of-type", None),
        ("[data-x='a:b(c,d)'], a[href]", None),
        (":is(h1, h2).x", None),
        ("", "Expected a selector"),
        ("div[", "Malformed attribute selector"),
        ("p >", "."),  # each release of the library says it otherwise
        ("> p", "."),
        ("p:not(.b, #c)", "Expected '[)]'"),
        ("a:hover", ":hover is not supported; of the pseudo-classes there are first-child, "),
        ("p:contains('x')", ":contains is not supported"),
        (":root", ":root is not supported"),
        (":scope p", ":scope is not supported"),
        ("p::before", "is not supported"),
        ("p:empty", ":empty is not supported"),
        ("svg|a", "Undefined namespace prefix"),
        (":is(div p)", "Expected an argument"),
        ("p:nth-child(x)", "."),
        pytest.param("a " * 5000 + "b", "recursion", id="nested too deep"),
    ],
)
def test_which_selectors_are_allowed(css: str, wrong: str | None) -> None:
    said = check_selector(css)
    if wrong is None:
        assert said is None
    else:
        assert said is not None
        assert re.search(wrong, said)
        assert "\n" not in said


@given(st.text(alphabet="ap.#[]()>+~*:,='\"\\ -n2|^$@{}\n", max_size=12) | st.text(max_size=8))
def test_any_text_is_a_selector_or_is_told_why_not(css: str) -> None:
    if check_selector(css) is None:
        for tree in (WholeTree(PAGE), MatchedTree(PAGE)):
            tree.select(css)
            tree.select_inside(css, tree.select("div")[0])


# The law: on any page both trees answer alike.

PARTS = [
    "p",
    "div",
    "a",
    "b",
    "li",
    "td",
    "*",
    ".a",
    ".b",
    "p.a",
    "div.a.b",
    "#d",
    "[href]",
    "a[href='/x']",
    "[class~='b']",
    "[id^='d']",
]
PARTS += [
    "[class*='a']",
    "[class$='b']",
    "p:not(.a)",
    ":not(p):not(div)",
    "div:has(> p)",
    ":has(a, .b)",
    "div:has(p, .b)",
    ":is(p, li)",
]
PARTS += [
    ":first-child",
    "p:last-child",
    ":only-child",
    ":nth-child(2n+1)",
    "p:nth-of-type(2)",
    "li:nth-last-child(-n+2)",
    "p:where(.a)",
]
PARTS += ["p:first-of-type", "p:last-of-type", "p:only-of-type", "p:nth-last-of-type(1)", "[title='']", "html", "body", "h1"]
selectors = st.lists(
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).flatmap(
        lambda steps: st.lists(st.sampled_from([" ", " > ", " + ", " ~ "]), min_size=len(steps), max_size=len(steps)).map(
            lambda links: "".join(link + step for link, step in zip(["", *links[1:]], steps, strict=True))
        )
    ),
    min_size=1,
    max_size=2,
).map(", ".join)
WORDS = ["Date:", "word", "key", "two words", "wordword", "word key", "no", "조선", ". ."]


def asked(tree: Tree, css: list[str], inside: list[str]) -> list[object]:
    """Everything that can be asked."""
    found: list[object] = [[(tree.text(n), tree.paragraphs(n), tree.attribute(n, "class")) for n in tree.select(c)] for c in css]
    found += [[texts(tree, tree.select_inside(c, outer)) for outer in tree.select("div, p")[:4]] for c in inside]
    found += [[(tree.text(n), tree.attribute(n, "href")) for n in (*tree.holding(w), *tree.links(w))] for w in WORDS]
    nodes = tree.select("div, p, b")[:5]
    return [*found, tree.base(), [tree.contains(one, other) for one in nodes for other in nodes]]


@settings(deadline=None, max_examples=200)
@given(
    fragments | broken_fragments,
    st.lists(selectors, max_size=3),
    st.lists(selectors, max_size=3),
    st.lists(selectors | st.sampled_from(PARTS), max_size=1),
)
def test_both_trees_answer_alike(html: str, css: list[str], inside: list[str], drop: list[str]) -> None:
    assert all(check_selector(each) is None for each in (*css, *inside, *drop))
    data = html.encode("utf-8", "replace")
    assume(b"<" in data)
    whole, matched = WholeTree(data, drop), MatchedTree(data, drop)
    assume(whole.select("*"))
    assert asked(matched, css, inside) == asked(whole, css, inside)


@settings(deadline=None, max_examples=100)
@given(fragments | broken_fragments, st.lists(selectors, max_size=3))
def test_nothing_changes_when_beautiful_soup_reads(html: str, css: list[str]) -> None:
    tree = MatchedTree(html.encode("utf-8", "replace"))
    before = asked(tree, ["div", "p", *css], [])
    tree.hand_over([node for each in css for node in tree.select(each)])
    assert asked(tree, ["div", "p", *css], []) == before


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name)
def test_both_trees_answer_alike_on_a_page_of_the_site(seed: object) -> None:
    article = from_bytes(seed.read_bytes())  # type: ignore[attr-defined]
    data = page(article, address=URL, dirt=7).encode()
    css = ["h1", "body", "header", "div:has(> a[href*='/article/'])", "div.article-content", "a", "p", ".article-desc", "li"]
    inside = ["h4 > a[href]", "p:not(.articled-date)", "p.articled-date", "a"]
    assert asked(MatchedTree(data), css, inside) == asked(WholeTree(data), css, inside)

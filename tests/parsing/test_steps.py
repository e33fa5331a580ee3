"""Selectors step by step: the same elements as both libraries find at once, in time that grows with the page alone."""

from __future__ import annotations

from time import process_time

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from monitor.parsing import steps
from monitor.parsing.selectors import sieve, xpath
from monitor.parsing.steps import ElementNodes, SoupNodes

NAMES = ("div", "b", "i.x", "*", "div.x", "b:not(.x)", "div:has(b)", "div:not(:has(i.x))", "i:has(> b)")
COMBINED = st.lists(st.sampled_from(NAMES), min_size=2, max_size=4).flatmap(
    lambda names: st.lists(st.sampled_from((" ", " > ", "+", " ~ ")), min_size=len(names) - 1, max_size=len(names) - 1).map(
        lambda signs: "".join(sign + name for sign, name in zip(["", *signs], names, strict=True))
    )
)
TREES = st.recursive(
    st.sampled_from(("<b></b>", "<i class=x></i>", "words")),
    lambda inner: st.lists(inner, max_size=4).flatmap(
        lambda parts: st.sampled_from(("div", "b", "i class=x")).map(lambda tag: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>")
    ),
    max_leaves=12,
)
MANY = 4_000


def element_tree(page: str) -> etree._Element:
    return etree.fromstring(f"<html><body>{page}</body></html>", etree.HTMLParser())


@given(TREES, COMBINED, COMBINED)
def test_step_by_step_is_the_same_as_at_once(page: str, one: str, other: str) -> None:
    root, soup = element_tree(page), BeautifulSoup(f"<html><body>{page}</body></html>", "lxml")
    for css in (one, f"{one}, {other}"):
        assert steps.select(css, ElementNodes(root)) == xpath(css)(root)
        assert [id(tag) for tag in steps.select(css, SoupNodes(soup))] == [id(tag) for tag in sieve(css).select(soup)]


NO_COMBINATORS = (
    "div ~ /* a note */ b", "div /* one */ ~ /* other */ b", "div ~ b /* ~ i */", "/* ~ */ div ~ b", "a\\ ~ b",
    "div ~ [title='a, ~)']",
)  # fmt: skip


@pytest.mark.parametrize("css", NO_COMBINATORS)
def test_comments_escapes_and_strings_are_no_combinators(css: str) -> None:
    page = "<div></div><b title='a, ~)'></b>"
    root, soup = element_tree(page), BeautifulSoup(f"<html><body>{page}</body></html>", "lxml")
    assert steps.select(css, ElementNodes(root)) == xpath(css)(root)
    assert [id(tag) for tag in steps.select(css, SoupNodes(soup))] == [id(tag) for tag in sieve(css).select(soup)]


def test_what_stands_behind_the_end_of_a_page_has_siblings_too() -> None:
    root = etree.fromstring("<html><body><p></p></body></html><div></div><b></b>", etree.HTMLParser())
    assert steps.select("div ~ b", ElementNodes(root)) == xpath("div ~ b")(root)


@pytest.mark.parametrize("css", ["p.a ~ p.b", "p.b:has(i) ~ p.b", "body:not(:has(h1)) p.b", "p.a ~ p.b ~ p.b", "p.c ~ p.b, h2"])
def test_twice_the_page_takes_twice_the_time(css: str) -> None:
    """At once, the first two take lxml ten seconds."""
    page = "<html><body>" + "<p class=c></p>" * MANY + "<p class=b>w</p>" * MANY + "</body></html>"
    root, soup = etree.fromstring(page, etree.HTMLParser()), BeautifulSoup(page, "lxml")
    started = process_time()
    steps.select(css, ElementNodes(root))
    steps.select(css, SoupNodes(soup))
    assert process_time() - started < 3

"""Selectors that name an element: lasting names first, never those that a build tool made while there is another."""

from __future__ import annotations

import pytest

from monitor.parsing.proposing.names import named
from monitor.parsing.trees import MatchedTree, check_selector


def names(page: str, css: str) -> list[str]:
    (node,) = MatchedTree(page.encode()).select(css)
    return [each.css for each in named(node)]


@pytest.mark.parametrize(
    ("page", "css", "first"),
    [
        ('<div id="story"><p>x', "div", "#story"),
        ('<div id="post-10644" class="entry-content"><p>x', "div", "div.entry-content"),
        ('<h1 class="css-1abc2">x', "h1", "h1"),
        ('<h1 class="story__headline big">x', "h1", "h1.story__headline"),
        ('<div itemprop="articleBody" class="x9">x', "div", 'div[itemprop="articleBody"]'),
        ('<div class="Story_body__x7Yz1"><p>x', "div", 'div[class*="Story_body__"]'),
        ('<font size="5">x', "font", 'font[size="5"]'),
    ],
)
def test_the_most_lasting_name_comes_first(page: str, css: str, first: str) -> None:
    assert names(page, css)[0] == first


@pytest.mark.parametrize("tag", ["o:p", 'd"', "a.b", "p'", "x@y"])
def test_a_tag_that_no_selector_can_name_is_left_out(tag: str) -> None:
    tree = MatchedTree(f"<div id=story><{tag} class=lead itemprop=articleBody>x".encode())
    (node,) = tree.select("div *")
    found = [each.css for each in named(node)]
    assert ".lead" in found
    assert [css for css in found if check_selector(css)] == []
    assert all(node in tree.select(css) for css in found)


@pytest.mark.parametrize("made", ["css-1abc2", "sc-bdVaJa", "e1h9rw200", "x_1a2b3c", "jsx-2871293847"])
def test_a_made_name_comes_last(made: str) -> None:
    found = names(f'<main><section><div class="{made}">x', "div")
    assert [css for css in found[:3] if made in css] == []


@pytest.mark.parametrize("kept", ["headline", "story__headline", "misc-notes", "heading2", "entry-title", "view_con"])
def test_a_name_that_a_person_gave_is_taken(kept: str) -> None:
    assert f"h1.{kept}" in names(f'<h1 class="{kept}">x', "h1")[:2]


def test_every_name_is_a_selector_and_matches_the_element() -> None:
    page = (
        '<body class="a:b"><div id="3x" class="é w-[10px] ok"><table width="100%"><tr><td align=left data-test=\'a"b\'>'
        "<hr><p>1<p class='x y'>2<p>3</div>"
    )
    tree = MatchedTree(page.encode())
    for node in tree.select("body *"):
        for each in named(node):
            assert check_selector(each.css) is None, each.css
            assert node in tree.select(each.css), each.css

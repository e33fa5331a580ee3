"""Where the text of an article stands on all samples, and what stands in it that is no part of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsing.proposing.pieces import TEXTS, samples

from monitor.parsing.proposing.bodies import body_of
from monitor.parsing.proposing.samples import likeness
from monitor.parsing.trees import MatchedTree, check_selector

MENU = '<ul class="menu"><li>News<li>Sport</ul>'
SHARE = '<div class="share"><a href="#">Tell a friend of yours about this</a></div>'
NOTE = '<p class="note">This paper is made by three people and a dog.</p>'


@pytest.mark.parametrize(
    ("page", "css", "drop"),
    [
        (f'{MENU}<div class="story">BODY</div>', "div.story", ()),
        (f'{MENU}<div id="text">BREAKS</div><div>foot</div>', "#text", ()),
        (f'<article><div class="story">BODY{SHARE}</div></article>', "div.story", ("div.share",)),
        (f'<article><div class="story">BODY{NOTE}</div></article>', "div.story", ("p.note",)),
        ('<table><tr><td width="140">menu</td><td width="600">BREAKS</td></tr></table>', 'td[width="600"]', ()),
    ],
)
def test_the_element_of_the_text_and_what_is_dropped_from_it(page: str, css: str, drop: tuple[str, ...]) -> None:
    found = body_of(samples(f"<h1>TITLE</h1>{page}"))
    assert found is not None
    assert (found.css, found.drop) == (css, drop)


def test_what_was_read_on_every_sample_belongs_to_none() -> None:
    strange = "This paper is made by three people and a dog."
    page = f'<h1>TITLE</h1><div class="story">BODY{NOTE}</div>'
    found = body_of(samples(page, strange=strange))
    assert found is not None
    for sample, text in zip(samples(page), TEXTS, strict=True):
        tree = MatchedTree(sample.page, found.drop)
        assert tree.paragraphs(tree.select(found.css)[0]) == text


def test_what_is_dropped_takes_no_word_that_is_known() -> None:
    page = '<div class="story"><p class="lead">Rain fell.</p>BODY<p class="lead">Now read this other thing.</p></div>'
    found = body_of(samples(f"<h1>TITLE</h1>{page}"))
    assert found is None or "p.lead" not in found.drop


def test_where_no_element_holds_it_alone_there_is_none() -> None:
    assert body_of(samples("<body><h1>TITLE</h1><p>LONG</p>BODY</body>")) is None


def test_likeness_is_of_words_and_says_how_many_of_the_known_are_there() -> None:
    assert likeness(["a b c d"], ["a b"]) == (pytest.approx(2 / 3), 1.0)
    assert likeness([], ["a"]) == (0.0, 0.0)
    assert likeness(["a", "b c"], ["a b", "c"]) == (1.0, 1.0)


def test_a_page_that_nests_deep_costs_neither_the_stack_nor_the_time() -> None:
    found = body_of(samples("<div>" * 1500 + '<div class="story">BODY</div><i>x</i>'))
    assert found is not None
    assert found.css == "div.story"


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.sampled_from(["<div>", "</div>", "<p class='a'>", "BODY", "TITLE", "<a href=/x>", "<hr>", "<td id=b>", "x"]),
        max_size=20,
    )
)
def test_no_page_breaks_it(pieces: list[str]) -> None:
    found = body_of(samples("".join(pieces)))
    assert found is None or check_selector(found.css) is None

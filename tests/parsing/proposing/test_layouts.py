"""A layout from samples: it reads all of them, or there is none, and it is said why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from parsing.proposing.pieces import TITLES, samples
from standins import START

from monitor.model import Capture
from monitor.parsing.proposing.layouts import layout_of, title_of
from monitor.parsing.reader import LayoutReader
from monitor.settings import Source

PAGE = (
    '<title>TITLE | News</title><div class="head">News</div><h2 class="t">TITLE</h2><time datetime="DAY">x</time>'
    '<div id="b">BODY</div>'
)


def test_it_reads_the_samples_as_they_are_known() -> None:
    layout = layout_of(samples(PAGE), "a-2025").layout
    assert layout is not None
    for sample in samples(PAGE):
        capture = Capture(sample.url, sample.url, 200, (), sample.page, sample.page, START)
        article = LayoutReader().read(capture, Source("a", (layout,), publication="News")).article
        assert article is not None
        assert (article.title, article.published, article.paragraphs) == (sample.title, sample.published, sample.paragraphs)


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ('<p>x</p><div id="b">BODY</div><time datetime="DAY">', "the title"),
        ("<h1>TITLE</h1><body>BODY<time datetime='DAY'>", "the text"),
        ('<h1>TITLE</h1><div id="b">BODY</div>', "the day"),
    ],
)
def test_what_no_selector_finds_is_named(page: str, why: str) -> None:
    proposed = layout_of(samples(page), "a")
    assert (proposed.layout, why in proposed.why) == (None, True)


def test_one_sample_shows_nothing_that_repeats() -> None:
    assert "two articles or more" in layout_of(samples(PAGE)[:1], "a").why


def test_the_name_of_the_site_is_no_part_of_a_title() -> None:
    read = [replace(each, title=f"Gazette - {each.title}") for each in samples("<title>Gazette - TITLE</title><b>TITLE</b>")]
    assert str(title_of(read)) == "b"


def test_of_many_samples_one_may_have_been_read_wrongly() -> None:
    read = [*samples("<h1>TITLE</h1>"), *samples("<h1>Once more TITLE</h1>")[:1]]
    assert [each.title for each in read] == [*TITLES, TITLES[0]]
    assert str(title_of(read)) == "h1"
    assert title_of(read[2:]) is None

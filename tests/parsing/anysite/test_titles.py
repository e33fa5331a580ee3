"""The title: the headline as it is shown, less the site's name."""

from __future__ import annotations

import pytest

from monitor.parsing.anysite import read_any
from monitor.parsing.anysite.titles import decoded, without_site

BODY = "".join(f"<p>This is paragraph number {n}, which says something of the matter, and then some more.</p>" for n in range(5))


def title(head: str, body: str) -> str:
    return read_any(
        f"<html><head>{head}</head><body>{body}{BODY}</body></html>".encode(), "https://www.daily-bugle.example/n/1"
    ).title


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("X is Y | The Site", "X is Y"),
        ("The Site - X is Y", "X is Y"),
        ("X :: The Site", "X"),
        ("A: B - C", "A: B - C"),
        ("The Site", "The Site"),
    ],
)
def test_the_sites_name_is_cut_off(text: str, clean: str) -> None:
    assert without_site(text, ["thesite"]) == clean


def test_entities_that_were_left_in_are_decoded_once() -> None:
    assert decoded("Foo &amp; <b>Bar</b>") == "Foo & Bar"
    assert decoded("Use &lt; here") == "Use < here"


def test_the_heading_is_taken_as_it_is_shown_and_never_cut() -> None:
    head = "<meta property='og:title' content='A long title about every...'><title>A long title about every thing – Bugle</title>"
    assert title(head, "<h1>A long title about every thing</h1>") == "A long title about every thing"


def test_the_sites_name_in_a_first_heading_is_no_title() -> None:
    head = "<meta property='og:site_name' content='Daily Bugle'><title>What happened | Daily Bugle</title>"
    assert title(head, "<header><h1>Daily Bugle</h1></header><h2>What happened</h2>") == "What happened"


def test_of_several_first_headings_the_one_that_others_name() -> None:
    assert title("<title>The second one | Bugle</title>", "<h1>Our paper today</h1><h1>The second one</h1>") == "The second one"


def test_a_kicker_in_the_heading_is_left_out_where_the_title_is_said_without_it() -> None:
    head = "<meta property='og:title' content='It fell down at night'>"
    assert title(head, "<h1><span>Storm: </span><span>It fell down at night</span></h1>") == "It fell down at night"


def test_without_a_heading_a_tag_gives_it() -> None:
    assert title("<title>Some words that matter | Daily Bugle</title>", "") == "Some words that matter"


def test_a_headline_that_is_a_picture() -> None:
    assert (
        title("<title>Bugle: How to mend a boat</title>", "<h1><img src=x alt='How to mend a boat'></h1>") == "How to mend a boat"
    )

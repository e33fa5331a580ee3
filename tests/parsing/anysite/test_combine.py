"""Several readers are one: who votes, and for how much that counts."""

from __future__ import annotations

import json

from parsing.anysite.made import PROSE, TITLE, blocks, ps, read

from monitor.parsing.anysite.combine import Votes, alike, combined, matched
from monitor.parsing.anysite.density import own_reading
from monitor.parsing.anysite.roles import assign


def ld(body: str) -> str:
    article = {"@type": "NewsArticle", "headline": TITLE, "articleBody": body}
    return f"<script type='application/ld+json'>{json.dumps(article)}</script>"


def test_blocks_are_known_in_the_lines_of_another_reader() -> None:
    page = blocks("<p>One <b>thing</b>, and another.</p><p>Other</p>")
    assert matched(page, ["One thing , and another."]) == {0}


def test_agreement_goes_by_the_weight_of_text() -> None:
    page = blocks("<p>aaaaaaaaaa</p><p>bbbbb</p><p>ccccc</p>")
    assert alike(page, {0, 1}, {0, 2}) == 2 * 10 / 30
    assert alike(page, {0}, {0}) == 1.0


def test_prose_that_we_alone_take_is_in() -> None:
    page = blocks(f"<h1>{TITLE}</h1><div>{ps()}</div>")
    assign(page, 0)
    own = own_reading(page, 0, TITLE, frozenset())
    found = combined(page, own, Votes(frozenset(own.taken), frozenset(sorted(own.taken)[:-1])))
    assert len(found.taken) == len(PROSE)
    assert 0.8 < found.agreement < 1


def test_an_article_body_keeps_out_what_the_page_sets_in() -> None:
    body = f"{ps(*PROSE[:3])}<p>This is what the page sets in between, as a sentence.</p>{ps(*PROSE[3:])}"
    assert read(f"<div>{body}</div>", ld(" ".join(PROSE))).paragraphs == PROSE


def test_an_article_body_that_is_cut_is_not_believed() -> None:
    assert read(f"<div>{ps()}</div>", ld(" ".join(PROSE[:3])[:-20] + "…")).paragraphs == PROSE


def test_an_article_body_that_the_page_does_not_show_is_read() -> None:
    found = read(ps(PROSE[0][:60] + "…"), ld("\n\n".join([*PROSE, *PROSE[::-1]])))
    assert found.paragraphs == (*PROSE, *PROSE[::-1])
    assert "json-ld body" in found.how


def test_a_pulled_quote_stands_there_once() -> None:
    quote = f"<blockquote>{PROSE[0][:70]}</blockquote>"
    assert read(f"<div>{ps(*PROSE[:2])}{quote}{ps(*PROSE[2:])}</div>").paragraphs == PROSE

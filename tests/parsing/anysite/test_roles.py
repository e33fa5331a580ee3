"""What blocks are by their ancestors, and which names are not believed."""

from __future__ import annotations

from parsing.anysite.made import PROSE, TITLE, blocks, ps

from monitor.parsing.anysite.names import NO_BODY, Role
from monitor.parsing.anysite.roles import assign


def roles(body: str, title: int | None = None) -> dict[str, int]:
    page = blocks(body)
    assign(page, title)
    return {block.text: block.role & NO_BODY for block in page.blocks}


def test_a_block_is_what_its_ancestors_are() -> None:
    assert roles(f"<div class=comments><div><p>{PROSE[0]}</p></div></div>{ps()}")[PROSE[1]] == Role.NONE
    assert roles(f"<div class=comments><div><p>So it is.</p></div></div>{ps()}")["So it is."] == Role.COMMENT


def test_what_holds_most_of_the_prose_is_no_sidebar() -> None:
    assert set(roles(f"<div class=sidebar>{ps()}</div><p>Other.</p>").values()) == {Role.NONE}


def test_what_holds_the_headline_is_no_chrome() -> None:
    found = roles(f"<div class=modal><h1>{TITLE}</h1><p>Short.</p></div><div>{ps()}</div>", title=0)
    assert found["Short."] == Role.NONE


def test_another_article_than_that_of_the_headline_is_other_news() -> None:
    found = roles(f"<article><h1>{TITLE}</h1>{ps()}</article><article><p>Elsewhere it rained.</p></article>", title=0)
    assert found["Elsewhere it rained."] == Role.RELATED


def test_three_of_a_kind_with_linked_headlines_are_teasers() -> None:
    card = "<div class=x><h3><a href=/1>A headline of another article</a></h3><p>It says a little more.</p></div>"
    assert roles(ps() + card * 3)["It says a little more."] == Role.REPEATED
    assert roles(ps() + card * 2)["It says a little more."] == Role.NONE


def test_a_quotation_in_a_figure_is_no_caption() -> None:
    found = roles(f"<figure><blockquote>He said so.</blockquote><figcaption>A river.</figcaption></figure>{ps()}")
    assert (found["He said so."], found["A river."]) == (Role.NONE, Role.CAPTION)

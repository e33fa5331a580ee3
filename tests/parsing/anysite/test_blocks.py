"""Blocks: what they weigh, how they are compared, and what they lie in."""

from __future__ import annotations

from parsing.anysite.made import blocks

from monitor.parsing.anysite.blocks import plain


def test_east_asian_text_weighs_twice() -> None:
    assert [block.weight for block in blocks("<p>북한</p><p>ab</p>").blocks] == [4, 2]


def test_texts_are_compared_by_letters_and_digits_alone() -> None:
    assert plain("“A Town’s  3 Roads”") == "atowns3roads"


def test_an_element_knows_what_it_lies_in() -> None:
    page = blocks("<div><section><p>One</p></section></div><p>Two</p>")
    inner, outer = (next(each.number for each in page.elements if each.tag == tag) for tag in ("section", "div"))
    assert page.inside(page.blocks[0].element, outer)
    assert page.inside(inner, outer)
    assert not page.inside(page.blocks[1].element, outer)

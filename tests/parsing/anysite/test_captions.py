"""Captions that nothing names: told by where they stand beside a picture."""

from __future__ import annotations

import pytest
from parsing.anysite.made import PROSE, blocks, ps

from monitor.parsing.anysite.names import Role
from monitor.parsing.anysite.roles import assign

FRAME = "<table><tr><td><img src=a.jpg></td></tr><tr><td>{}</td></tr></table>"


def captions(body: str) -> list[str]:
    page = blocks(body)
    assign(page, None)
    return [block.text for block in page.blocks if block.role & Role.CAPTION]


@pytest.mark.parametrize(
    "markup",
    [
        FRAME.format("The quay in winter"),
        "<table><tr><td><img src=a.jpg><br>The quay in winter</td></tr></table>",
        "<td><img src=a.jpg><br><font size=1>The quay in winter</font></td>",
        "<div><img src=a.jpg><br>▲ The quay in winter</div>",
    ],
)
def test_a_line_below_a_picture_is_its_caption(markup: str) -> None:
    assert [text.lstrip("▲ ") for text in captions(ps() + markup + ps(*PROSE[::-1]))] == ["The quay in winter"]


def test_text_beside_a_picture_is_none() -> None:
    assert captions(ps() + f"<table><tr><td><img src=a.jpg></td><td>{PROSE[0]}</td></tr></table>") == []


def test_a_table_that_holds_the_article_is_no_frame() -> None:
    assert captions(f"<table><tr><td><img src=a.jpg></td></tr><tr><td>{ps()}</td></tr></table>") == []


def test_a_list_with_pointing_signs_and_no_picture_is_none() -> None:
    assert captions(ps() + "<div>▲ 농협 3명 ▲ 수협 2명</div>") == []

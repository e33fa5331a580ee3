"""Where an article ends and where it goes on behind a heading that ends it, in pages laid out in tables too."""

from __future__ import annotations

import pytest
from parsing.anysite.made import PROSE, TITLE, ps, read

COMMENT = "<tr><td>Dot: I have walked over that bridge for forty years, and nobody has ever asked me.</td></tr>"


@pytest.mark.parametrize(
    "comments",
    [
        f"<table><tr><td><b>Readers' comments</b></td></tr>{COMMENT}</table>",
        f"<table><tr><td><b>독자 의견</b></td></tr></table><table>{COMMENT}</table>",
        f"<table><tr><td>독자의견 (1)</td></tr>{COMMENT}{COMMENT}</table>",
    ],
)
def test_comments_in_a_table_are_no_text(comments: str) -> None:
    page = (
        f"<table><tr><td><font size=5><b>{TITLE}</b></font></td></tr><tr><td>{'<br><br>'.join(PROSE)}</td></tr></table>{comments}"
    )
    assert read(f"<table><tr><td>{page}</td></tr></table>", heading="").paragraphs == PROSE


def test_an_article_goes_on_behind_a_list_of_others() -> None:
    related = "<h3>Related articles</h3><ul><li><a href=/2>The bridge was opened</a></li></ul>"
    assert read(f"<div>{ps(*PROSE[:2])}{related}{ps(*PROSE[2:])}</div>").paragraphs == PROSE

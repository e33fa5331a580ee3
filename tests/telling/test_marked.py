"""Words that changed as HTML: escaped, marked by more than colour, and no address but one of the web is a link."""

from __future__ import annotations

import pytest
from telling.told import hostile, told

from monitor.model import Op, Part, Piece
from monitor.telling.marked import MOST, in_words, link, marked


def test_cuts_and_additions_have_marks() -> None:
    (shown,) = marked(told().parts)
    assert shown == "<p><b>paragraph 2</b>: With <del>[-Pak Un Hyok-]</del><ins>{+nobody+}</ins> there.</p>"
    assert in_words(told().parts) == "[-Pak Un Hyok-] {+nobody+}"


def test_nothing_of_a_site_is_markup() -> None:
    shown = "".join(marked(hostile().parts))
    assert "<script" not in shown
    assert "<img" not in shown
    assert "\u202e" not in shown
    assert "\\x1b" in shown


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//a.example", "http://[", "file:///etc/passwd"])
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    assert link(address) == ""
    assert link("https://a.example/?a=1&b=2") == "https://a.example/?a=1&amp;b=2"


def test_of_a_text_that_is_new_throughout_only_the_beginning_is_shown() -> None:
    parts = [Part("paragraphs", (Piece(Op.CUT, "x" * 5000), Piece(Op.ADDED, "y" * 5000)), at, at) for at in range(1, 200)]
    shown = list(marked(parts))
    assert shown[-1] == f"<p>… and {199 - MOST // 2} more places</p>"
    assert sum(map(len, shown)) < 60_000

"""The tree, and pages that are refused."""

from __future__ import annotations

import pytest

from monitor.parsing.anysite.page import count_of, tree_of
from monitor.parsing.limits import TooDeep


@pytest.mark.parametrize("page", [b"", b" ", b"\x00", b"<!--", b"plain"])
def test_any_bytes_have_a_tree(page: bytes) -> None:
    assert count_of(tree_of(page)) > 0


@pytest.mark.parametrize(
    "page",
    [b"<div>" * 100_000, b"<p " + b" ".join(b"a%d=1" % n for n in range(50_000)) + b">", b"<b>x</b>" * 70_000, b"x" * 9_000_000],
)
def test_a_page_beyond_all_measure_is_refused_by_name(page: bytes) -> None:
    with pytest.raises(TooDeep, match=r"deep|attributes|elements|bytes"):
        count_of(tree_of(page))

"""What a page may be at the most: beyond it is refused by name, below it nothing is."""

from __future__ import annotations

import pytest

from monitor.parsing.limits import MAX_DEPTH, TooDeep, checked, is_light

ATTRIBUTES = b" ".join(b"a%d" % number for number in range(1000))


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (b"<p " + ATTRIBUTES + b" b>" + b"x" * 100_000, "an element of it bears more than 1,000 attributes"),
        (b"x" * 3_000_000 + b"<p " + ATTRIBUTES + b" b>", "an element of it bears more than 1,000 attributes"),
        (b"<p a='>' b='" + b"x" * 3_000_000 + b"' " + ATTRIBUTES + b">", "an element of it bears more than 1,000 attributes"),
        ((b"<p " + ATTRIBUTES + b">") * 301, "its elements bear more than 300,000 attributes"),
        (b"<p>" * 200_001, "it holds more than 200,000 elements"),
        (b"<div>" * 100_000, f"its elements nest more than {MAX_DEPTH:,} deep"),
        (b"<div>" * 1000 + b"<p>" * 8000, "it holds 2,9"),
    ],
)
def test_what_is_beyond_is_refused_by_name(page: bytes, why: str) -> None:
    with pytest.raises(TooDeep) as refused:
        checked(page)
    assert str(refused.value).startswith(why)


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b" ",
        b"<p " + ATTRIBUTES + b">" + b"x" * 100_000,
        (b"<p " + ATTRIBUTES + b">") * 299,
        b"<p>" * 190_000,
        b"<p title='" + b"a=1 " * 1_000_000 + b"'>x",
        b"<script>" + b"<p a b c>" * 300_000 + b"</script>",
        b"<!--" + b"<p a b c>" * 300_000 + b"-->",
        b"<p a=1 a=1>" + b"<" * 3_000_000,
    ],
)
def test_what_is_below_is_not(page: bytes) -> None:
    assert checked(page) == page


def test_a_page_is_light_by_its_elements_and_how_deep_they_lie() -> None:
    assert is_light(b"")
    assert is_light(b"<p>x" * 19_000)
    assert not is_light(b"<p>x" * 21_000)
    assert not is_light(b"<div>" * 300 + b"<p>x" * 1000)
    assert not is_light(b"<p " + ATTRIBUTES + b" b>"), "the tree says what is refused"

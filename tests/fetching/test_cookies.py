"""Cookies: what a session takes up and sends back, however odd the header."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetching.cookies import LONGEST, MOST, sent, take_up

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
URL = "https://www.site.example:8443/list"


def taken(*headers: str, **jar: str) -> dict[str, str]:
    take_up(jar, headers, URL, NOW)
    return jar


@pytest.mark.parametrize(
    ("header", "jar"),
    [
        ("a=b", {"a": "b"}),
        (" a = b ; Path=/x; Secure", {"a": "b"}),
        ('a="b c"', {"a": '"b c"'}),
        ("a=", {"a": ""}),
        ("a=b=c", {"a": "b=c"}),
        ("a=b; Domain=site.example", {"a": "b"}),
        ("a=b; domain=.SITE.example", {"a": "b"}),
        ("a=b; Expires=Fri, 02 Jan 2026 03:04:06 GMT", {"a": "b"}),
        ("a=b; Expires=whenever", {"a": "b"}),
        ("a=b; Max-Age=x; Expires=Thu, 01 Jan 2037 00:00:00 GMT", {"a": "b"}),
        ("a=b; Max-Age=60; Expires=Thu, 01-Jan-1970 00:00:00 GMT", {"a": "b"}),
    ],
)
def test_what_is_taken_up(header: str, jar: dict[str, str]) -> None:
    assert taken(header) == jar


@pytest.mark.parametrize(
    "header",
    ["", ";", "a", "=b", "a=b\x00", "a=b\r\nX: y", "a\tb=c", "a=\u20ac", "a=" + "b" * LONGEST,
     "a=b; Domain=elsewhere.example", "a=b; Domain=e.example", "a=b; Domain=other.www.site.example"],
)  # fmt: skip
def test_what_is_left_out(header: str) -> None:
    assert taken(header) == {}


@pytest.mark.parametrize(
    "end",
    ["Max-Age=0", "max-age=-1", "Expires=Thu, 01 Jan 1970 00:00:00 GMT", "expires=Thu, 01-Jan-1970 00:00:00 GMT",
     "Expires=Fri, 02 Jan 2026 03:04:05 GMT"],
)  # fmt: skip
def test_a_cookie_that_is_taken_back(end: str) -> None:
    assert taken(f"a=gone; {end}", a="b", c="d") == {"c": "d"}


def test_there_is_an_end_to_cookies() -> None:
    jar = taken(*(f"n{number}=v" for number in range(1000)))
    assert len(jar) == MOST
    assert taken("n0=new", "more=x", **jar) == jar | {"n0": "new"}


def test_what_is_unsound_is_not_sent() -> None:
    assert sent({"a": "b", "c": "d\r\nX: y", "": "e", "f;g": "h", "i": "\u20ac", "j": "k"}) == "a=b; j=k"
    assert sent({}) == ""


@given(st.lists(st.text()), st.text())
def test_whatever_comes_the_jar_can_be_sent(headers: list[str], more: str) -> None:
    jar = taken(*headers, f"a=b; expires={more}", f"c=d; max-age={more}")
    assert len(jar) <= MOST
    assert sent(jar).isprintable() or not any(ord(char) < 32 for char in sent(jar))
    assert sent(jar).count("; ") >= len(jar) - 1

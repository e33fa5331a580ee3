"""What stands before a file's first element."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.xmlhead import bare, root


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (b"<rss/>", b"<rss/>"),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?>\n<!-- <a> --><rss/>", b"<rss/>"),
        (b"<!DOCTYPE rss SYSTEM 'x.dtd'><rss/>", b"<rss/>"),
        (b"<!doctype rss [ <!ENTITY a 'b'> <!ELEMENT c (d)> ] ><rss/>", b"<rss/>"),
        (b"<!DOCTYPE rss [ <!ENTITY a ']'> ]><rss/>", b"<rss/>"),
        (b"<!-- no end <rss/>", b""),
        (b"<!DOCTYPE rss [ <!ENTITY a 'b'>", b""),
        (b"text <rss/>", b""),
        (b"<!DOCTYPE rss>" * 10 + b"<rss/>", b"<rss/>"),
        (b"<!DOCTYPE opml [<!ENTITY a 'b'>]<a>" * 20_000 + b"<rss/>", b""),
        (b"", b""),
    ],
)
def test_all_before_the_first_element_is_dropped(text: bytes, left: bytes) -> None:
    assert bare(text) == left


@pytest.mark.parametrize(
    ("text", "name"),
    [(b"<rdf:RDF xmlns:rdf='x'>", "rdf"), (b"<Feed>", "feed"), (b"<sm:urlset/>", "urlset"), (b"< a>", ""), (b"", "")],
)
def test_an_element_is_named_without_its_prefix(text: bytes, name: str) -> None:
    assert root(text) == name


@given(
    st.binary(max_size=60)
    | st.lists(st.sampled_from([b"<!--", b"-->", b"<?", b"?>", b"<!DOCTYPE ", b"[", b"]>", b">", b"<a>"])).map(b"".join)
)
def test_what_is_left_begins_with_an_element_or_is_nothing(text: bytes) -> None:
    left = bare(text)
    assert text.endswith(left)
    assert not left or (left.startswith(b"<") and bare(left) == left)

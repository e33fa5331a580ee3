"""From bytes to text: which declaration counts, and that no page ever fails to decode."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.charset import decode, utf8

META = '<meta charset="{}">'
HTTP_EQUIV = "<META http-equiv='Content-Type' content='text/html; charset={}'>"
KOREAN = "조선중앙통신"
CURLY = "“Kim’s” – 5 €"


@pytest.mark.parametrize(
    ("body", "content_type", "text", "name"),
    [
        # a byte order mark comes before everything
        (codecs.BOM_UTF8 + KOREAN.encode(), "text/html; charset=euc-kr", KOREAN, "utf-8"),
        (codecs.BOM_UTF16_LE + KOREAN.encode("utf-16-le"), "text/html; charset=utf-8", KOREAN, "utf-16le"),
        (codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"), None, KOREAN, "utf-16be"),
        # then the header, then the page's own declaration
        (KOREAN.encode("euc-kr"), "text/html; charset=EUC-KR", KOREAN, "euc-kr"),
        (KOREAN.encode("euc-kr"), "text/html;charset='ks_c_5601-1987'", KOREAN, "euc-kr"),
        (KOREAN.encode("euc-kr"), 'text/html; charset="euc-kr"; x=y', KOREAN, "euc-kr"),
        (META.format("euc-kr").encode() + KOREAN.encode("euc-kr"), "text/html", META.format("euc-kr") + KOREAN, "euc-kr"),
        (HTTP_EQUIV.format("euc-kr").encode() + KOREAN.encode("euc-kr"), None, HTTP_EQUIV.format("euc-kr") + KOREAN, "euc-kr"),
        (
            META.format("shift_jis").encode() + KOREAN.encode("euc-kr"),
            "x; charset=euc-kr",
            META.format("shift_jis") + KOREAN,
            "euc-kr",
        ),
        # a header that names no encoding leaves the word to the page
        (
            META.format("euc-kr").encode() + KOREAN.encode("euc-kr"),
            "x; charset=klingon",
            META.format("euc-kr") + KOREAN,
            "euc-kr",
        ),
        # what is valid UTF-8 beyond ASCII is UTF-8 whatever it is called
        (KOREAN.encode(), "text/html; charset=euc-kr", KOREAN, "utf-8"),
        (CURLY.encode(), "text/html; charset=windows-1252", CURLY, "utf-8"),
        (META.format("iso-8859-1").encode() + CURLY.encode(), None, META.format("iso-8859-1") + CURLY, "utf-8"),
        # nothing declared: UTF-8 where it is valid, the encoding of the old web where not
        (KOREAN.encode(), None, KOREAN, "utf-8"),
        (CURLY.encode("windows-1252"), None, CURLY, "windows-1252"),
        (CURLY.encode("windows-1252"), "text/html; charset=iso-8859-1", CURLY, "windows-1252"),
        (b"plain", None, "plain", "utf-8"),
        (b"plain", "text/html; charset=windows-1252", "plain", "utf-8"),
        (b"", None, "", "utf-8"),
        # a page that can be read byte by byte is no UTF-16, whatever it says
        (META.format("utf-16").encode() + KOREAN.encode(), None, META.format("utf-16") + KOREAN, "utf-8"),
        # bytes that are none in their encoding
        (b"a\xffb", "text/html; charset=utf-8", "a\ufffdb", "utf-8"),
        (b"a\x81b", None, "a\ufffdb", "windows-1252"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00x", None, "a\ufffdb\ufffd", "utf-16le"),
        # seven-bit encodings look like ASCII
        (KOREAN[:1].join("ab").encode("iso2022_jp_ext", "ignore"), None, "ab", "utf-8"),
        ("日本".encode("iso-2022-jp"), "text/html; charset=iso-2022-jp", "日本", "iso-2022-jp"),
    ],
)
def test_which_encoding_counts(body: bytes, content_type: str | None, text: str, name: str) -> None:
    assert decode(body, content_type) == (text, name)
    assert utf8(body, content_type) == text.encode()


def test_a_declaration_counts_only_at_the_beginning() -> None:
    declaration = META.format("euc-kr").encode()
    assert decode(b" " * (1024 - len(declaration)) + declaration + b"\xff", None)[1] == "euc-kr"
    assert decode(b" " * 1024 + declaration + b"\xff", None)[1] == "windows-1252"


def test_what_is_utf8_already_is_not_copied() -> None:
    body = KOREAN.encode() * 100
    assert utf8(body, "text/html; charset=utf-8") is body
    assert utf8(body, None) is body


LABELS = st.sampled_from(
    ["utf-8", "utf-16", "utf-16be", "windows-1252", "euc-kr", "shift_jis", "iso-2022-jp", "gb18030", "big5", "x-user-defined",
     "koi8-r", "replacement", "utf-7", "idna", "rot13", "hex", "unicode_escape", "", "x"]
)  # fmt: skip


@given(st.binary(), st.none() | st.text(max_size=20) | LABELS.map("text/html; charset={}".format), st.none() | LABELS)
def test_any_bytes_decode_to_text_that_utf8_can_hold(body: bytes, content_type: str | None, label: str | None) -> None:
    body = META.format(label).encode() + body if label is not None else body
    text, _ = decode(body, content_type)
    assert utf8(body, content_type).decode("utf-8") == text

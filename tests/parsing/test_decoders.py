"""Bytes to text as the Encoding Standard has it, where Python's codecs differ, and for all text that can be written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.decoders import text_of

CODECS = {
    "euc-kr": "cp949", "gbk": "gbk", "gb18030": "gb18030", "shift_jis": "cp932", "iso-2022-jp": "iso2022_jp",
    "windows-1250": "cp1250", "windows-1251": "cp1251", "windows-1252": "cp1252", "windows-1253": "cp1253",
    "windows-1254": "cp1254", "windows-1255": "cp1255", "windows-1256": "cp1256", "windows-1257": "cp1257",
    "windows-1258": "cp1258", "koi8-r": "koi8_r", "iso-8859-2": "iso8859_2", "utf-8": "utf-8",
}  # fmt: skip
# What Python's table of an encoding has otherwise than the standard's, and half of a pair of surrogates.
LOOK_ALIKES = "〜‖−¢£¬¥‾\\~\ufffd\ue7c7\x1b"


@pytest.mark.parametrize(
    ("name", "body", "text"),
    [
        ("euc-kr", b"\x8c\x63\xb9\xe6", "똠방"),  # beyond KS X 1001: windows-949
        ("shift_jis", b"\x87\x40\x81\x60\xb1\xfb\xfc", "①～ｱ髙"),  # beyond JIS X 0208: windows-31j
        ("shift_jis", b"\xa0\xfd", "\ufffd\ufffd"),
        ("euc-jp", b"\xad\xa1\xa1\xc1\x8e\xb1\xa1\xdd", "①～ｱ－"),
        ("euc-jp", b"\xad\xea\xfc\xe2", "㈱髙"),
        ("iso-2022-jp", b"a\x1b$B-!!A\x1b(I1\x1b(J\\\x1b(Bb", "a①～ｱ¥b"),
        ("gbk", b"\x80\xb0\xa1\x81\x30\x84\x36", "€啊¥"),
        ("big5", b"\xa1\x45\xa3\xe1\xf9\xd6", "‧€碁"),
        ("windows-1252", bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D, 0x80]), "\x81\x8d\x8f\x90\x9d€"),
        ("windows-1253", b"\xd2\x81", "\ufffd\x81"),
        # a pair that is none is skipped whole, unless its second byte is ASCII
        ("euc-kr", b"\xc9\xa1\xb0\xa1", "\ufffd가"),
        ("euc-kr", b"\xc9<p>", "\ufffd<p>"),
        ("euc-kr", b"\xb0", "\ufffd"),
        ("utf-8", b"a\xe2\x80b", "a\ufffdb"),
    ],
)
def test_where_pythons_codecs_differ(name: str, body: bytes, text: str) -> None:
    assert text_of(name, body) == text


@pytest.mark.parametrize("name", sorted(CODECS))
@given(st.text(st.characters(exclude_categories=["Cs", "Co"], exclude_characters=LOOK_ALIKES)))
def test_text_in_its_encoding_comes_back(name: str, text: str) -> None:
    body = text.encode(CODECS[name], "ignore")
    assert text_of(name, body) == body.decode(CODECS[name])


@pytest.mark.parametrize("name", [*sorted(CODECS), "big5", "euc-jp", "replacement", "x-user-defined", "no such encoding"])
@given(st.binary())
def test_any_bytes_have_a_text(name: str, body: bytes) -> None:
    assert isinstance(text_of(name, body), str)

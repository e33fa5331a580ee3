"""What a page declares: as browsers look for it, comments skipped and attributes taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.prescan import declared


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (b"<meta charset=euc-kr>", "euc-kr"),
        (b"<META/CHARSET = ' Shift_JIS '/>", "shift_jis"),
        (b'<meta name=a charset="big5" charset="koi8-r">', "big5"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=gb2312'>", "gbk"),
        (b"<meta content='text/html;charset = \"x-sjis\"' http-equiv=content-type>", "shift_jis"),
        (b"<meta content='text/html; charset=euc-kr'>", None),  # without http-equiv it is a description
        (b"<meta http-equiv=refresh content='1; charset=euc-kr'>", None),
        (b"<meta name=x content='charset'><meta charset=euc-kr>", "euc-kr"),
        (b"<meta charset=klingon><meta charset=euc-kr>", "euc-kr"),
        (b"<metacharset=euc-kr>", None),
        (b"<!-- <meta charset=big5> --><meta charset=euc-kr>", "euc-kr"),
        (b"<!--><meta charset=euc-kr>", "euc-kr"),
        (b"<!-- <meta charset=big5>", None),
        (b"<p title='<meta charset=big5>'><meta charset=euc-kr>", "euc-kr"),
        (b"<!DOCTYPE html><?php x ?></p><meta charset=euc-kr>", "euc-kr"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<meta charset=x-user-defined>", "windows-1252"),
        (b"<?xml version='1.0' encoding='EUC-KR'?><html>", "euc-kr"),
        (b'<?xml version="1.0" encoding = "utf-16"?>', "utf-8"),
        (b"<?xml encoding='big5'?><meta charset=euc-kr>", "euc-kr"),
        (b" <?xml encoding='big5'?>", None),
        ("<?xml version".encode("utf-16-le"), "utf-16le"),
        ("<?xml version".encode("utf-16-be"), "utf-16be"),
        (b"<meta charset=euc-kr"[:-1], None),
        (b"", None),
    ],
)
def test_what_a_page_declares(page: bytes, name: str | None) -> None:
    found = declared(page)
    assert (found[0] if found else None) == name


PIECES = [b"<meta ", b"charset", b"=", b"'", b'"', b">", b"<!--", b"-->", b"<p ", b"euc-kr", b" ", b"/", b"\xff"]


@given(st.lists(st.sampled_from(PIECES)))
def test_no_bytes_confuse_it(pieces: list[bytes]) -> None:
    assert declared(b"".join(pieces)) in (None, ("euc-kr", "a meta element"))

"""From the bytes of a page to text: byte order mark, HTTP header, meta declaration, detection, in that order.

The order and the names of encodings are those of the WHATWG Encoding and HTML standards (through webencodings). One
departure: bytes that are valid UTF-8 beyond ASCII are read as UTF-8 whatever a declaration says, since mislabelled
UTF-8 is common and text in another encoding is hardly ever valid UTF-8 by chance.
"""

from __future__ import annotations

import re

import webencodings

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_PRESCAN = 1024  # bytes in which a meta declaration counts: HTML standard, "prescan a byte stream", 13.2.3.2
_FALLBACK = "windows-1252"


def decode(body: bytes, content_type: str | None) -> tuple[str, str]:
    """The text of ``body`` and the name of the encoding it was read with. Never fails: bad bytes become U+FFFD."""
    name, start, text = _recognised(body, content_type)
    return (_with(name, body[start:]) if text is None else text), name


def utf8(body: bytes, content_type: str | None) -> bytes:
    """The text of ``body`` in UTF-8; ``body`` itself, where it is that already."""
    name, start, text = _recognised(body, content_type)
    return _with(name, body[start:]).encode("utf-8", "replace") if text is None else body


def _recognised(body: bytes, content_type: str | None) -> tuple[str, int, str | None]:
    """The encoding's name, where the text begins behind a byte order mark, and the text of what is valid UTF-8."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name, len(mark), None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    declared = _declared(body, content_type)
    if text is not None and (declared in (None, "utf-8", _FALLBACK) or not text.isascii()):
        return "utf-8", 0, text
    return declared or _FALLBACK, 0, None


def _declared(body: bytes, content_type: str | None) -> str | None:
    header = _HEADER.search(content_type or "")
    label = header[1] if header else None
    if label is None or webencodings.lookup(label) is None:
        meta = _META.search(body, 0, _PRESCAN)
        label = meta[1].decode("ascii") if meta else None
    encoding = webencodings.lookup(label) if label else None
    if encoding is None:
        return None
    # a page that is being read byte by byte cannot be UTF-16 (HTML standard, 13.2.3.2, last step)
    return "utf-8" if encoding.name.startswith("utf-16") else str(encoding.name)


def _with(name: str, body: bytes) -> str:
    encoding = webencodings.lookup(name)
    return str(encoding.codec_info.decode(body, "replace")[0]) if encoding else body.decode("utf-8", "replace")

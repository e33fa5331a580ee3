"""What a page says of its own encoding in its first bytes.

The HTML standard's "prescan a byte stream to determine its encoding" (13.2.3.2): comments are skipped, attributes taken apart.
"""

from __future__ import annotations

import re

import webencodings

PRESCAN = 1024  # bytes that browsers look at before they begin to read
LATE = 65536  # bytes in which a declaration further down still counts; browsers that meet one read the page again
_BLANK = rb"[\t\n\f\r ]"
_POINT = re.compile(rb"<(?:(!--)|(meta)(?=[\t\n\f\r /])|(/?[a-z])|[!/?])", re.IGNORECASE)
_NAME_END = re.compile(rb"[^\t\n\f\r >]*")
_ATTRIBUTE = re.compile(
    rb"[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)"
    rb"(?:" + _BLANK + rb"*=" + _BLANK + rb"*(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r >\"'][^\t\n\f\r >]*)|(?=>)))?"
)
_CONTENT = re.compile(
    rb"charset" + _BLANK + rb"*=" + _BLANK + rb"*(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r ;\"'][^\t\n\f\r ;]*))", re.IGNORECASE
)
_XML = re.compile(rb"<\?xml[^>]*?encoding[\x00-\x20]*=[\x00-\x20]*(?:\"([^\"\x00-\x20>]+)\"|'([^'\x00-\x20>]+)')")


def declared(body: bytes, end: int = PRESCAN) -> tuple[str, str] | None:
    """The encoding that the first ``end`` bytes of a page declare, and by what; None where they declare none."""
    for prefix, name in ((b"<\x00?\x00x\x00", "utf-16le"), (b"\x00<\x00?\x00x", "utf-16be")):
        if body.startswith(prefix):
            return name, "the XML declaration"
    found = _by_meta(body, end)
    if found is not None:
        return found, "a meta element"
    xml = _XML.match(body, 0, end)
    named = _encoding(next(filter(None, xml.groups()))) if xml else None
    return (named, "the XML declaration") if named else None


def _by_meta(body: bytes, end: int) -> str | None:
    at = 0
    while (point := _POINT.search(body, at, end)) is not None:
        comment, meta, tag = point.groups()
        if comment:
            close = body.find(b"-->", point.start() + 2, end)
            at = close + 3 if close >= 0 else end
        elif meta or tag:
            named = _NAME_END.match(body, point.end(), end)
            attributes, at = _attributes(body, named.end() if tag and named else point.end(), end)
            found = _of_meta(attributes) if meta else None
            if found is not None:
                return found
        else:
            close = body.find(b">", point.end(), end)
            at = close + 1 if close >= 0 else end
    return None


def _attributes(body: bytes, at: int, end: int) -> tuple[dict[bytes, bytes], int]:
    """A tag's attributes, of those with one name the first, and where they end."""
    found: dict[bytes, bytes] = {}
    while (attribute := _ATTRIBUTE.match(body, at, end)) is not None:
        name, *values = attribute.groups()
        found.setdefault(name.lower(), next((value for value in values if value is not None), b""))
        at = attribute.end()
    return found, at


def _of_meta(attributes: dict[bytes, bytes]) -> str | None:
    """The encoding that a meta element names: in ``charset``, or in ``content`` where ``http-equiv`` is Content-Type."""
    if b"charset" in attributes:
        return _encoding(attributes[b"charset"])
    if attributes.get(b"http-equiv", b"").lower() != b"content-type":
        return None
    content = _CONTENT.search(attributes.get(b"content", b""))
    return _encoding(next(value for value in content.groups() if value is not None)) if content else None


def _encoding(label: bytes) -> str | None:
    """The name of the encoding with this label. What can be read byte by byte is no UTF-16, whatever it says."""
    encoding = webencodings.lookup(label.decode("ascii", "replace"))
    if encoding is None:
        return None
    name = str(encoding.name)
    return "utf-8" if name.startswith("utf-16") else "windows-1252" if name == "x-user-defined" else name

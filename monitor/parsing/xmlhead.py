"""How an XML file begins: what stands before its first element is dropped, and that element is named.

With the document type go all entities that it declares. So none can expand, and none can name a file or an address.
"""

from __future__ import annotations

import re

_SPACE = b" \t\r\n\x0b\x0c\x00"
_NAME = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_MOST_DECLARATIONS = 10  # XML allows one; to look for the end of each may cost all that follows
_DECLARATION = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


def bare(text: bytes) -> bytes:
    """``text`` (UTF-8) from its first element on; empty where there is none. Linear in its length."""
    at = declarations = 0
    while True:
        while at < len(text) and text[at] in _SPACE:
            at += 1
        if text.startswith(b"\xef\xbb\xbf", at):
            at += 3
            continue
        declarations += text.startswith(b"<!D", at) or text.startswith(b"<!d", at)
        end = None if declarations > _MOST_DECLARATIONS else _end(text, at)
        if end is None:
            return text[at:] if text.startswith(b"<", at) and not text.startswith((b"<!", b"<?"), at) else b""
        at = end


def _end(text: bytes, at: int) -> int | None:
    """Where the comment, instruction or declaration ends that begins ``at``; None where none begins, or it has no end."""
    for opening, closing in ((b"<?", b"?>"), (b"<!--", b"-->")):
        if text.startswith(opening, at):
            found = text.find(closing, at + len(opening))
            return None if found < 0 else found + len(closing)
    if _DECLARATION.match(text, at):
        subset, close = text.find(b"[", at), text.find(b">", at)
        if 0 <= subset < close:
            close = text.find(b">", max(text.find(b"]", subset), subset))
            inner = re.compile(rb"\]\s*>").search(text, subset)
            close = inner.end() - 1 if inner else close
        return None if close < 0 else close + 1
    return None


def root(text: bytes) -> str:
    """The name of the first element, in lower case, without its prefix; empty where there is none. ``text`` is bare."""
    found = _NAME.match(text)
    return found[1].decode("ascii").lower() if found else ""

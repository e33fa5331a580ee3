"""From the bytes of a page to text: byte order mark, HTTP header, the page's own declaration, detection, in that order.

The order and the names of encodings are those of the WHATWG Encoding and HTML standards ("determining the character encoding",
13.2.3.2). Three departures, each where the standard would read sound bytes as garbage:

- What is valid UTF-8 beyond ASCII is read as UTF-8 whatever a declaration says: mislabelled UTF-8 is common, and text in another
  encoding is hardly ever valid UTF-8 by chance.
- A declaration in whose encoding bytes are no characters gives way to an encoding that is told by its text and reads all of them.
- So does iso-8859-1 or windows-1252, which servers put there unasked and in which no byte is wrong, before another alphabet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import webencodings

from monitor.parsing import detection, prescan
from monitor.parsing.decoders import text_of

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_FALLBACK = "windows-1252"
_ESCAPE, _SHIFT = b"\x1b", b"\x1b$"  # the second begins Japanese text in ISO-2022-JP, all of whose bytes are ASCII
_WIDE = (b"<\x00", b"\x00<")  # one of them begins a page that is UTF-16; others only say so
_BAD = "\ufffd"


@dataclass(frozen=True, slots=True)
class Charset:
    """The encoding that a page was read in, and why, in words for a person."""

    name: str
    why: str


_VALID = Charset("utf-8", "its bytes are valid UTF-8")
_ASCII = Charset("utf-8", "its bytes are all ASCII")
_AS_IT_IS = (_VALID, _ASCII)


@dataclass(frozen=True, slots=True)
class _Found:
    """An encoding, where the text begins behind a byte order mark, and the text, where it is at hand already."""

    charset: Charset
    start: int = 0
    text: str | None = None


def decode(body: bytes, content_type: str | None) -> tuple[str, str]:
    """The text of ``body`` and the name of the encoding it was read with. Never fails: bad bytes become U+FFFD."""
    found = _found(body, content_type)
    return _text(found, body), found.charset.name


def utf8(body: bytes, content_type: str | None) -> bytes:
    """The text of ``body`` in UTF-8; ``body`` itself, where it is that already."""
    found = _found(body, content_type)
    if found.charset in _AS_IT_IS:
        return body
    return _text(found, body).encode("utf-8", "replace")


def charset(body: bytes, content_type: str | None) -> Charset:
    """The encoding that :func:`decode` reads ``body`` in, and why that one."""
    found = _found(body, content_type).charset
    if found not in _AS_IT_IS:
        return found
    said = _declared(body, content_type)
    if said is None:
        return Charset(found.name, f"{found.why}; nothing is declared")
    if said.name == found.name:
        return Charset(found.name, f"{said.why} says so, and {found.why}")
    return Charset(found.name, f"{found.why}, though {said.why} says {said.name}")


def _text(found: _Found, body: bytes) -> str:
    return text_of(found.charset.name, body[found.start :]) if found.text is None else found.text


def _found(body: bytes, content_type: str | None) -> _Found:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _Found(Charset(name, "a byte order mark"), len(mark))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _other(body, content_type)
    if not text.isascii():
        return _Found(_VALID, 0, text)
    said = _declared(body, content_type)
    if said is None and _ESCAPE in body and _SHIFT in body:  # to look for one byte is by far quicker
        return _Found(Charset("iso-2022-jp", "detected by its escape sequences; nothing is declared"))
    if said is None or said.name in ("utf-8", _FALLBACK):
        return _Found(_ASCII, 0, text)
    return _Found(said)


def _other(body: bytes, content_type: str | None) -> _Found:
    """What bytes that are not all UTF-8 are read in: as declared, unless that proves wrong; as they look; as the old web was."""
    said = _declared(body, content_type) or _late(body)
    if said is None:
        guess = detection.guessed(body)
        if guess is None:
            return _Found(Charset(_FALLBACK, "the fallback: nothing is declared, and no other encoding is told by the text"))
        return _Found(Charset(guess, "detected: nothing is declared, and the text looks like it"))
    text = text_of(said.name, body)
    is_sound = _BAD not in text
    if is_sound and said.name != _FALLBACK:
        return _Found(said, 0, text)
    better = _better(body, said.name, is_sound=is_sound)
    if better is None:
        return _Found(said, 0, text)
    why = "but the text looks like this" if is_sound else "in which not all of its bytes are characters"
    return _Found(Charset(better, f"detected: {said.why} says {said.name}, {why}"))


def _better(body: bytes, declared: str, *, is_sound: bool) -> str | None:
    """An encoding that fits the bytes better than the declared one; None where none can be told."""
    guess = detection.guessed(body)
    if guess is None and not is_sound and detection.is_western(body):
        guess = _FALLBACK
    if guess in (None, declared) or (guess != "utf-8" and _BAD in text_of(str(guess), body)):
        return None
    return guess


def _declared(body: bytes, content_type: str | None) -> Charset | None:
    header = _HEADER.search(content_type or "")
    encoding = webencodings.lookup(header[1]) if header else None
    if encoding is not None:
        name = str(encoding.name)
        is_mistaken = name.startswith("utf-16") and not any(sign in body[: prescan.PRESCAN] for sign in _WIDE)
        return Charset("utf-8" if is_mistaken else name, "the HTTP header")
    declared = prescan.declared(body)
    return Charset(*declared) if declared else None


def _late(body: bytes) -> Charset | None:
    """A declaration further down than a browser looks before it begins to read."""
    declared = prescan.declared(body, prescan.LATE)
    return Charset(declared[0], f"{declared[1]} beyond the first {prescan.PRESCAN} bytes") if declared else None

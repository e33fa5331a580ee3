"""What ``fuzz.py`` feeds parsers with: seeds broken in ways that know tags and entities, and what hypothesis makes of them."""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from pathlib import Path

from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from parsing.markup import JUNK

_LONE = "\ud800".encode("utf-8", "surrogatepass")
# What is put in wherever it does harm.
HOSTILE = (
    *(each.encode("utf-8", "surrogatepass") for each in JUNK),
    *(each.encode() for each in ("<div>", "<p>", "<a href=x>", "<table><tr><td>", "<b><i>", "<ul><li>", "<h1>x</h1>", "&#x110000;", "&#99999999999;")),
    *(each.encode() for each in (" a=1", " id=x", " class='a b'", ' itemprop="headline"', "<![CDATA[", "<!ENTITY x '&x;'>", "%p;", "</p>", "{", "[", '{"a":', "[[")),
    *(each.encode() for each in ("9" * 400, "1e999", "-1", "0", "1970", "javascript:", "data:", "https://a.example/", "\u202e", "\u200f", "a" * 10_000, " ", "\n", "\t")),
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00", b"\xff", b"\x80", b"\xed\xa0\x80", b"\x00\xd8", b"\x1f\x8b\x08\x00", b"\xf0\x9f", _LONE,
)  # fmt: skip
_TAGS = tuple(
    f"<{tag}{attributes}>".encode()
    for tag in ("a", "p", "div", "span", "b", "li", "ul", "td", "tr", "table", "h1", "h2", "time", "figure", "figcaption", "img", "br", "nobr",
    "article", "section", "aside", "blockquote", "form", "option", "label", "script", "meta", "link", "item", "entry", "url", "loc", "outline")
    for attributes in ("", " href='/1'", " class='title date body'", " id=x style='display: none'", " itemprop=headline itemscope content=x property=og:title")
)  # fmt: skip
_WINDOW = 10_000  # bytes that are taken apart at once
_TIMES = (2, 10, 10, 100, 100, 1000, 10_000, 100_000)
_PIECE = re.compile(rb"<[^<>]*>?|&[^;<\s]{0,9};?|\s+|[^<>&\s]+")
_NUMBER = re.compile(rb"\d+")
_CODECS = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "euc-kr",
    "gb18030",
    "shift_jis",
    "iso-2022-jp",
    "windows-1251",
    "utf-7",
)


def pieces(data: bytes) -> list[bytes]:
    """Tags, entities, words and blanks; of what has none of these, runs of bytes."""
    return _PIECE.findall(data) or [data[at : at + 8] for at in range(0, len(data), 8)]


def broken(chance: random.Random, data: bytes, others: list[bytes], most: int) -> bytes:
    """``data`` after one to four mutations, no longer than ``most``."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        if chance.random() < 0.2:
            data = chance.choice(_OF_ALL)(chance, data, others, most)
        else:  # to take all of a large page apart each time would be most of the work
            at = chance.randrange(max(1, len(data) - _WINDOW))
            part = chance.choice(_OF_PART)(chance, data[at : at + _WINDOW], others, most)
            data = data[:at] + part + data[at + _WINDOW :]
        data = data[:most]
    return data


def _spliced(chance: random.Random, data: bytes, others: list[bytes], _most: int) -> bytes:
    other = chance.choice(others)
    begin = chance.randrange(len(other) + 1)
    mine, theirs = pieces(data), pieces(other[begin : begin + _WINDOW])
    at, start = chance.randrange(len(mine) + 1), chance.randrange(len(theirs) + 1)
    return b"".join(
        mine[:at] + theirs[start : start + chance.choice((1, 3, 30, 3000))] + mine[at + chance.choice((0, 0, 1, 30)) :]
    )


def _repeated(chance: random.Random, data: bytes, _others: list[bytes], most: int) -> bytes:
    """A piece, or a pair of them, up to a hundred thousand times, in some way."""
    mine = pieces(data)
    at = chance.randrange(len(mine) + 1)
    run = b"".join(mine[at : at + chance.choice((1, 1, 2, 5, 20))]) if chance.random() < 0.5 else chance.choice(HOSTILE)
    count = min(chance.choice(_TIMES), most // (len(run) or 1))
    again = run * count if chance.random() < 0.7 else (run * (count // 2) + chance.choice(HOSTILE) * (count // 2))
    if chance.random() < 0.2:  # all otherwise
        again = b"".join(run + b"%d" % number for number in range(min(count, 20_000)))
    return b"".join(mine[:at]) + again + b"".join(mine[at:])


def _grown(chance: random.Random, data: bytes, _others: list[bytes], most: int) -> bytes:
    """A few elements with a little text, one inside the other or beside it, up to a hundred thousand times."""
    tags = [each for each in pieces(data) if each.startswith(b"<") and not each.startswith((b"</", b"<!"))] or [b"<p>"]
    kinds = [chance.choice((chance.choice(tags), chance.choice(_TAGS))) for _ in range(chance.choice((1, 2, 3, 5)))]
    run = b"".join(kind + chance.choice((b"", b"x ", b"Some words, 19 November 2025. ", b"word" * 30)) for kind in kinds)
    count = min(chance.choice(_TIMES), most // len(run))
    closing = b"".join(b"</" + (re.findall(rb"\w+", kind) or [b"p"])[0] + b">" for kind in reversed(kinds))
    grown = chance.choice((run * count, run * count + closing * count, (run + closing) * count))
    return chance.choice((data + grown, grown + data, grown))


def _borne(chance: random.Random, data: bytes, _others: list[bytes], _most: int) -> bytes:
    """Attributes by the thousand."""
    at = data.find(b">", chance.randrange(len(data) + 1))
    count, name = chance.choice(_TIMES), chance.choice((b" a%d=1", b" class%d", b" a='%d'", b" xmlns:n%d='u'"))
    return data if at < 0 else data[:at] + b"".join(name % number for number in range(count)) + data[at:]


def _deleted(chance: random.Random, data: bytes, _others: list[bytes], _most: int) -> bytes:
    mine = pieces(data)
    if chance.random() < 0.2:  # all that closes
        return b"".join(each for each in mine if not each.startswith(b"</"))
    at = chance.randrange(len(mine) + 1)
    return b"".join(mine[:at] + mine[at + chance.choice((1, 2, 10, 1000)) :])


def _flipped(chance: random.Random, data: bytes, _others: list[bytes], _most: int) -> bytes:
    bytes_ = bytearray(data)
    for _ in range(min(len(bytes_), chance.choice((1, 4, 64)))):
        bytes_[chance.randrange(len(bytes_))] = chance.choice((chance.randrange(256), 0, 255, 60, 62, 34))
    return bytes(bytes_)


def _numbered(chance: random.Random, data: bytes, _others: list[bytes], _most: int) -> bytes:
    values = (
        b"0",
        b"-1",
        b"9" * chance.choice((1, 10, 20, 400, 5000)),
        b"1970",
        b"99999",
        b"2147483648",
        b"%d" % chance.getrandbits(64),
    )
    return _NUMBER.sub(lambda found: chance.choice(values) if chance.random() < 0.3 else found[0], data)


def _recoded(chance: random.Random, data: bytes, _others: list[bytes], _most: int) -> bytes:
    text = data.decode(chance.choice(_CODECS), "replace")
    return chance.choice((b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) + text.encode(chance.choice(_CODECS), "replace")


def _harmed(chance: random.Random, data: bytes, _others: list[bytes], _most: int) -> bytes:
    mine = pieces(data)
    for _ in range(chance.choice((1, 3, 20))):
        mine.insert(chance.randrange(len(mine) + 1), chance.choice(HOSTILE))
    return b"".join(mine)


def _cut(chance: random.Random, data: bytes, _others: list[bytes], _most: int) -> bytes:
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.5 else data[chance.randrange(len(data) + 1) :]


def _packed_again(chance: random.Random, data: bytes, _others: list[bytes], _most: int) -> bytes:
    return gzip.compress(data, 1) if chance.random() < 0.3 else data


_OF_PART = (_spliced, _spliced, _repeated, _repeated, _grown, _grown, _deleted, _flipped, _flipped, _numbered, _harmed, _harmed)
_OF_ALL = (_borne, _recoded, _cut, _packed_again)

_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from(["Article", "2025-11-19", "/1"]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(
            st.sampled_from(["@type", "@graph", "items", "url", "id", "title", "headline", "datePublished", "author", "name"]),
            inner,
        )
    ),
    max_leaves=40,
)


def strategy(known: list[bytes]) -> st.SearchStrategy[bytes]:
    """Any bytes, texts, JSON, and pieces of what is ``known`` and what is hostile in any order."""
    made = [piece for seed in known for piece in pieces(seed[:5000])[:100]] or [b"x"]
    as_json = _JSON.map(lambda value: json.dumps(value).encode())
    return st.one_of(
        st.binary(max_size=300),
        st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.lists(st.sampled_from(made) | st.sampled_from(HOSTILE) | st.binary(max_size=3), max_size=40).map(b"".join),
        as_json,
        as_json.map(lambda text: b'<script type="application/ld+json">' + text + b"</script>"),
    )

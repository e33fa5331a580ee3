"""Every parser of the program that is fed from outside, as a function of bytes: what ``fuzz.py`` throws everything at.

Each takes the bytes and a ``salt``, a number that picks what else it needs (source, address, header), so that a call can be made
again. It may raise our own errors, and nothing else.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from parsing.answers import source as answering
from parsing.markup import ROOT, capture

from monitor.article import from_bytes, from_text, to_text
from monitor.config import load_sources
from monitor.errors import MonitorError
from monitor.fetching import body, cookies, memento, redirects
from monitor.fetching.archive.foreign import WarcFiles
from monitor.fetching.backoff import asked_wait
from monitor.fetching.failures import LIBRARY
from monitor.fetching.robots import Rules
from monitor.fetching.wire import Tape, TapedAnswer
from monitor.model import Capture
from monitor.parsing import address, charset, dates, detection, looks, naming, opml, pictures, prescan, xmlhead
from monitor.parsing.anysite import days, meta, page, structured, written
from monitor.parsing.gathering import moment
from monitor.parsing.limits import TooDeep
from monitor.parsing.proposing import layouts, pages
from monitor.parsing.reader import LayoutReader
from monitor.parsing.tracing import trace
from monitor.parsing.trees import check_selector
from monitor.settings import Source

Call = Callable[[bytes, int], object]
Value = TypeVar("Value")
AT = datetime(2026, 2, 5, tzinfo=UTC)
CAP = 10_000_000  # bytes: `polite.max_bytes`, beyond which no answer is taken
_READER = LayoutReader()
_SOURCES = (
    *load_sources(ROOT / "config", check_selector),
    *load_sources(ROOT / "config", check_selector, "library"),
)
_DESCRIBED = tuple(source for source in _SOURCES if source.layouts)
_NOBODYS = Source("anybody", (), find=answering().find)
_TYPES = ("text/html", None, "text/html; charset=euc-kr", "text/html; charset=utf-16", 'text/xml; charset="x', "x; charset=utf-7")
_URLS = ("https://a.example/list/1", "https://kcnawatch.org/newstream/1763510400-123456789/some-slug/", "http://[::1]:8/a?b#c")
_FORMATS = ("iso", "rfc2822", "juche", "korean", "chinese", "japanese", "%B %d, %Y", "ru: %d %B %Y", "%d/%m/%y %I:%M %p %z")
_HEADERS = ("gzip", "deflate", "br", "zstd", "gzip, br", "x-gzip, deflate, zstd")


@dataclass(frozen=True, slots=True)
class Parser:
    """A parser. ``seeds`` names the kinds of input that it is begun with, ``fine`` lists what it may raise.

    ``seconds`` of CPU are the most that it may take.
    """

    call: Call
    seeds: tuple[str, ...]
    seconds: float = 1.0
    fine: tuple[type[Exception], ...] = (MonitorError,)


def pick(choices: Sequence[Value], salt: int) -> Value:
    """One of ``choices``, by ``salt``."""
    return choices[salt % len(choices)]


def _answer(data: bytes, salt: int, url: str | None = None) -> Capture:
    return capture(data, pick(_TYPES, salt // 3), url or pick(_URLS, salt))


def _listed(data: bytes, salt: int) -> None:
    own = answering(links=("a[href]", "div a"), next=("a[rel=next]",), feeds=("https://a.example/list/1",))
    url = "https://a.example/robots.txt" if salt % 7 == 6 else "https://a.example/list/1"
    _READER.listed(_answer(data, salt, url), pick((own, *_SOURCES), salt // 7))


def _structured(data: bytes, salt: int) -> None:
    try:
        root = page.tree_of(charset.utf8(data, None))
    except TooDeep:
        return
    structured.structured(root)
    meta.said(root)


def _proposed(data: bytes, salt: int) -> None:
    seen = _answer(data, salt)
    article = _READER.read(seen, _NOBODYS).article
    sample = pages.sample_of(seen, article) if article else None
    if sample is not None:
        layouts.layout_of([sample, replace(sample, url="https://a.example/other")], "name")


def _charset(data: bytes, salt: int) -> None:
    header = pick((*_TYPES, data[:60].decode("latin-1")), salt)
    text, _ = charset.decode(data, header)
    text.encode()
    charset.utf8(data, header).decode("utf-8")
    detection.guessed(data)
    detection.is_western(data)
    prescan.declared(data)
    xmlhead.root(xmlhead.bare(data))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass" if data.isascii() else "surrogateescape")


def _dates(data: bytes, salt: int) -> None:
    text = _text(data)
    for each in _FORMATS:
        dates.read_day(text, (each,), pick((None, "Asia/Seoul", "America/New_York"), salt))
    written.days_in(text, day_first=pick((None, True, False), salt))
    days.of_address(f"https://a.example/{text}")
    moment(text)
    asked_wait(text, AT)


def _addresses(data: bytes, salt: int) -> None:
    text, base = _text(data), pick(_URLS, salt)
    for at in (address.absolute(text, base), address.absolute(text.strip(), text), address.resolved(base, text)[0]):
        if at is not None:
            for source in _SOURCES:
                address.keys(at, source.identity)
            address.key(at, None)
            address.why_not(at, answering())
            address.is_same_site(at, base)
            naming.name_of(at)
            with suppress(MonitorError):
                redirects.host_of(redirects.target(base, text))
    naming.name_of(text)
    pictures.largest(text)


def _cookies(data: bytes, salt: int) -> None:
    jar: dict[str, str] = {}
    cookies.take_up(jar, data.decode("latin-1").split("\n"), pick(_URLS, salt), AT)
    cookies.sent(jar).encode("latin-1")
    headers = (("Link", data.decode("latin-1")), ("Content-Location", data[:50].decode("latin-1")))
    memento.links_of(replace(_answer(b"", salt), headers=headers))


class _Socket(io.BytesIO):
    """A socket that has received all it ever will, and the file that the standard library makes of it."""

    @property
    def _sock(self) -> _Socket:
        return self

    def makefile(self, *_: object) -> io.BufferedReader:
        return io.BufferedReader(self)  # type: ignore[arg-type]

    def gettimeout(self) -> None:
        return None

    def settimeout(self, _seconds: float | None) -> None:
        pass


def _head(data: bytes, salt: int) -> None:
    with TapedAnswer(Tape(), _Socket(data), method=pick(("GET", "POST"), salt)) as answer:
        answer.begin()
        while answer.read1(65_536):
            pass


def _coded(data: bytes, salt: int) -> None:
    body.decode(data, pick((*_HEADERS, data[:40].decode("latin-1")), salt), limit=CAP, url=_URLS[0], only=bool(salt % 2))


def _robots(data: bytes, salt: int) -> None:
    rules = Rules(data[: 500 * 1024])
    for url in _URLS:
        rules.refusal(url)
    _READER.listed(_answer(data, salt, "https://a.example/robots.txt"), answering())


def _warc(data: bytes, salt: int) -> None:
    with tempfile.NamedTemporaryFile(suffix=pick((".warc", ".warc.gz"), salt)) as file:
        file.write(data)
        file.flush()
        for _ in WarcFiles([Path(file.name)], limit=CAP).captures(lambda _url: True):
            pass


def _articles(data: bytes, salt: int) -> None:
    text = _text(data)
    article = from_bytes(data) if salt % 2 else from_text(text)
    assert to_text(article).encode() == data, "it is written as it was read"


def _facts(data: bytes, salt: int) -> None:
    seen = _answer(data, salt)
    if salt % 2:
        _READER.facts(seen)
    else:
        _READER.value(seen, pick(_DESCRIBED, salt // 2).layouts[0].title)


def _trace(data: bytes, salt: int) -> None:
    source = pick(_DESCRIBED, salt)
    trace(_answer(data, salt), source.layouts[0], source)


_HTML = ("pages", "html")
PARSERS: dict[str, Parser] = {
    "read": Parser(lambda data, salt: _READER.read(_answer(data, salt), pick(_DESCRIBED, salt)), _HTML),
    "read whole": Parser(lambda data, salt: _READER.read_whole(_answer(data, salt), pick(_DESCRIBED, salt)), _HTML),
    "any site": Parser(lambda data, salt: _READER.read(_answer(data, salt), _NOBODYS), ("anysite", "html", "json-ld")),
    "listed": Parser(_listed, ("listings", "html")),
    "facts and values": Parser(_facts, _HTML),
    "trace": Parser(_trace, _HTML),
    "front": Parser(lambda data, salt: pages.front_of(_answer(data, salt)), _HTML),
    "proposed layout": Parser(_proposed, ("anysite", "html"), seconds=5.0),  # of two pages, once in the life of a source
    "charsets": Parser(_charset, ("pages", "charsets", "html")),
    "feeds": Parser(_listed, ("feeds",)),
    "json feeds": Parser(_listed, ("json",)),
    "sitemaps": Parser(_listed, ("sitemaps",)),
    "robots.txt": Parser(_robots, ("robots",)),
    "structured data": Parser(_structured, ("json-ld", "anysite", "html")),
    "dates": Parser(_dates, ("dates",)),
    "pictures": Parser(lambda data, _: looks.look_of(data), ("images",)),
    "lists (OPML)": Parser(lambda data, _: opml.subscriptions(data), ("opml",)),
    "article format": Parser(_articles, ("articles",)),
    "addresses": Parser(_addresses, ("addresses",)),
    "cookies and links": Parser(_cookies, ("cookies",)),
    "HTTP heads": Parser(_head, ("heads",), fine=LIBRARY),
    "content codings": Parser(_coded, ("codings",)),
    "WARC files": Parser(_warc, ("warc",)),
}

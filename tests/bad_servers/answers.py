"""What the bad servers send: pages, codings, bombs, streams without end, each as an answer for a raw server."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, cycle, repeat

import brotli
import zstandard
from fetching.servers import CLOSE, Answer, Step, header, page, path

from monitor.fetching.guard import LookUp

WORDS = "The harvest was brought in before the rain, said the chairman, and nobody went hungry that winter. " * 3
HANGS = 30.0  # seconds, longer than anybody waits; a server that is shut down wakes up
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
SIZED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
UNSIZED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
BOMB = 60_000_000  # bytes that a bomb unpacks to


def html(word: str = "first", title: str = "The harvest is in", head: str = "", body: str | None = None) -> bytes:
    """The page of an article."""
    text = f"<p>{WORDS}</p><p>The {word} wording. Café, 1 April.</p><p>{WORDS}</p>" if body is None else body
    return (
        f"<!DOCTYPE html><html><head>{head}<title>{title}</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<main><h1>{title}</h1><time datetime='2026-01-01'>1 January</time>{text}</main><footer>End</footer></body></html>"
    ).encode()


GOOD = html()
HALF = GOOD[: len(GOOD) // 2]  # breaks off inside a paragraph


def good(*headers: str) -> bytes:
    """The good page, with more headers."""
    return page(GOOD, *headers)


def status(line: str, *headers: str, body: bytes = b"<h1>Sorry</h1>") -> bytes:
    """An answer with another status."""
    return page(body, *headers, status=line)


def to(location: str, *headers: str) -> Answer:
    """A redirect. ``{host}`` in it is the host that was asked, ``{path}`` the path."""

    def answer(head: bytes) -> bytes:
        filled = location.replace("{host}", header(head, "host") or "").replace("{path}", path(head))
        return page(b"", f"Location: {filled}", *headers, status="302 Found")

    return answer


def endless(*first: Step, more: Step, pause: float = 0.0) -> Callable[[bytes], Iterable[Step]]:
    """``first``, then ``more`` for ever, with a pause in seconds each time."""
    return lambda head: chain(first, chain.from_iterable(repeat((more, pause) if pause else (more,))))


def dripping(data: bytes, pause: float = 0.1) -> list[Step]:
    """``data`` byte by byte."""
    return [step for byte in data for step in (bytes([byte]), pause)]


def coded(coding: str, body: bytes) -> bytes:
    """``body`` said to be of a coding, whatever it is."""
    return page(body, f"Content-Encoding: {coding}")


def chunk(data: bytes, size: str | None = None) -> bytes:
    """One chunk, with its size or another."""
    return (f"{len(data):x}" if size is None else size).encode() + b"\r\n" + data + b"\r\n"


def ended(*steps: Step) -> list[Step]:
    """These steps, and the connection closed."""
    return [*steps, CLOSE]


def gzipped(body: bytes = GOOD) -> bytes:
    return gzip.compress(body)


def _zeros() -> Iterator[bytes]:
    return repeat(bytes(1_000_000), BOMB // 1_000_000)


def gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(map(packer.compress, _zeros())) + packer.flush()


def deflate_bomb() -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(map(packer.compress, _zeros())) + packer.flush()


def brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=5)
    return b"".join(map(packer.process, _zeros())) + packer.finish()


def zstd_bomb() -> bytes:
    packer = zstandard.ZstdCompressor().compressobj()
    return b"".join(map(packer.compress, _zeros())) + packer.flush()


def attributes(count: int) -> bytes:
    """A page whose headline has so many attributes."""
    return html().replace(b"<h1>", b"<h1 " + b" ".join(b"a%d=1" % number for number in range(count)) + b">")


def zstd_window_bomb() -> bytes:
    """A frame that asks for a window of 128 MiB."""
    asked = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    packer = zstandard.ZstdCompressor(compression_params=asked).compressobj()
    return packer.compress(GOOD) + packer.flush()


def refuses_name(host: str, port: int) -> list[str]:
    """A DNS that does not know the name."""
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def leads_to(*addresses: str) -> LookUp:
    """A DNS that says these addresses."""
    return lambda host, port: list(addresses)


def sleeps(host: str, port: int) -> list[str]:
    """A DNS that takes its time."""
    time.sleep(10)
    return ["127.0.0.1"]


def turns() -> LookUp:
    """A DNS that says a good address and then, the next time, one inside a cloud."""
    said = cycle((["127.0.0.1"], ["169.254.169.254"]))
    return lambda host, port: next(said)

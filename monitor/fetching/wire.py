"""What goes over the wire, kept: a request as it was sent, the head of its answer as it came.

An answer's head must be whole and within bounds, which the standard library does not see to.
"""

from __future__ import annotations

import http.client
import io
import re
import ssl
from contextlib import suppress
from typing import Any

_MOST_HEAD = 262_144  # bytes; browsers take as much
_ENDS = (b"\r\n", b"\n")  # the line that ends a head
_NO_CODING = frozenset({"", "identity"})  # the latter meant none in RFC 2616
_EMPTY = frozenset({204, 304})  # answers that have no body, whatever they say
_LAST = frozenset({408, 421})  # after which a connection is not for us any more (RFC 9110, sections 15.5.9 and 15.5.20)
_LOGIN = re.compile(rb"(?mi)^proxy-authorization:.*\n")


class Tape:
    """The last request and its answer: ``sent`` as it was said, ``head`` as the answer began."""

    __slots__ = ("head", "sent")

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget them: another request follows."""
        self.sent = self.head = b""

    def add(self, data: Any) -> None:
        """A piece of the request is sent. Our login at a proxy is not kept: it is nobody's business."""
        if isinstance(data, bytes):
            self.sent += _LOGIN.sub(b"", data) if b"roxy-" in data else data


class TapedAnswer(http.client.HTTPResponse):
    """An answer whose head must be whole: the standard library takes one that breaks off in a header for complete.

    Half a ``Location`` would lead to another address, and without ``Content-Length`` any body looks whole. Interim answers
    (RFC 9110, section 15.2) are passed over. The standard library takes at most 100 headers, each of at most 65,536 bytes;
    what all heads of one answer may come to is bounded here.
    """

    def __init__(self, tape: Tape, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tape = tape
        self._came = 0
        self._size: int | None = None

    def begin(self) -> None:
        lines = _Lines(self.fp)
        while self.headers is None or self.status < 200:
            self.headers = self.msg = None  # type: ignore[assignment]  # what makes `begin` read another head
            self.fp = lines  # type: ignore[assignment]
            try:
                super().begin()
            finally:
                if self.fp is lines:  # type: ignore[comparison-overlap]
                    self.fp = lines.file
            if lines.last not in _ENDS:
                raise http.client.HTTPException("it breaks off in its head")
        lengths = {each.strip() for each in ",".join(self.headers.get_all("content-length", ())).split(",")}
        if len(lengths) > 1:  # RFC 9112, section 6.3; urllib3 refuses it too, but leaves the socket open
            raise http.client.HTTPException("it has two lengths")
        if not all(each.isascii() and each.isdigit() for each in lengths - {""}):
            raise http.client.HTTPException("its Content-Length is no number")
        self._frame()
        self._size = self.length if self.status == 200 else None
        sock = self.fp.raw._sock  # type: ignore[attr-defined]  # there is no other way to it
        if self.length is None and not self.chunked and isinstance(sock, ssl.SSLSocket):
            # such a body is whole when TLS says that it ends (RFC 9112, section 9.8)
            sock.suppress_ragged_eofs = False  # type: ignore[attr-defined]
        self._tape.head = b"".join(lines.head)

    def _frame(self) -> None:
        """Where the body ends, as far as the standard library does not see to it (RFC 9112, sections 6.1 and 6.3).

        We asked for no transfer coding, so none but chunked may come (RFC 9110, section 10.1.4). It holds against a length
        that comes with it, and in HTTP/1.0; then no other answer is read from the connection, as nobody knows where it begins.
        """
        codings = {each.strip().lower() for each in ",".join(self.headers.get_all("transfer-encoding", ())).split(",")}
        codings -= _NO_CODING
        if self.status in _EMPTY:  # a 304 may name it all the same
            self.chunked = False
        elif codings - {"chunked"}:
            raise http.client.HTTPException(f"its Transfer-Encoding {', '.join(sorted(codings))!r} was not asked for")
        elif codings and not self.chunked:  # it is said twice, or with white space
            self.chunked, self.chunk_left, self.length = True, None, None
        if self.status in _LAST or (codings and ("content-length" in self.headers or self.version < 11)):
            self.will_close = True

    def read1(self, n: int = -1) -> bytes:
        data = super().read1(n)
        self._came += len(data)
        return data

    def _close_conn(self) -> None:
        """The body was read to its end, or is given up. Only one request was sent, so what follows its answer belongs to it:
        a page that is longer than it says would else be read in part, and look like one whose end was cut off.
        """
        is_longer = self._came == self._size and _has_more(self.fp)
        super()._close_conn()  # type: ignore[misc]  # typeshed does not know it
        if is_longer:
            raise http.client.HTTPException(f"more came than the {self._size} bytes of its Content-Length")


def _has_more(file: io.BufferedReader) -> bool:
    """Whether more than white space is there to be read, without waiting for it."""
    sock = file.raw._sock  # type: ignore[attr-defined]  # there is no other way to it: the connection has let go of it
    timeout = sock.gettimeout()
    try:
        sock.settimeout(0)
        return bool(file.peek(1).strip())
    except OSError:  # nothing is there, says TLS; or the connection is broken, which does not matter any more
        return False
    finally:
        with suppress(OSError):
            sock.settimeout(timeout)


class _Lines:
    """A file that remembers the head that was read from it last, and gives no more than all heads of an answer may be."""

    __slots__ = ("file", "head", "last", "left")

    def __init__(self, file: io.BufferedReader) -> None:
        self.file = file
        self.head: list[bytes] = []
        self.last = b""
        self.left = _MOST_HEAD

    def readline(self, limit: int = -1) -> bytes:
        if self.last in _ENDS:  # what it ended was the head of an interim answer
            self.head.clear()
        self.last = self.file.readline(limit)
        self.head.append(self.last)
        self.left -= len(self.last)
        if self.left < 0:
            raise http.client.HTTPException(f"its head is larger than {_MOST_HEAD} bytes")
        return self.last

    def close(self) -> None:
        self.file.close()

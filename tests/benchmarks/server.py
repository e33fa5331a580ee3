"""A site on loopback, in a process of its own: pages like the golden ones, gzip, validators, moments that move on.

``GET /moment/3`` moves the site to moment 3; ``/asked/`` says how often it was asked for a page; ``/listing/`` links to all its
articles.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import multiprocessing
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

from kcna_pages import Edits, Site

_NUMBER = re.compile(r"/newstream/\d+-(\d+)/")


class _Handler(BaseHTTPRequestHandler):
    """One connection; keeps it open, as real servers do."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site: Site
    moment = 0
    asked = 0
    cache: dict[str, tuple[bytes, str]]

    def do_GET(self) -> None:
        """Answer, with 304 where the validator still holds."""
        if self.path.startswith("/moment/"):
            type(self).moment = int(self.path.rpartition("/")[2])
            self.cache.clear()
            self._send(200, b"", None)
            return
        if self.path == "/asked/":
            self._send(200, gzip.compress(b"%d" % self.asked), None)
            return
        type(self).asked += 1
        body, etag = self._page()
        if body is None:
            self._send(404, b"gone", None)
        elif self.headers.get("If-None-Match") == etag:
            self._send(304, b"", etag)
        else:
            self._send(200, body, etag)

    def _page(self) -> tuple[bytes | None, str]:
        if self.path not in self.cache:
            text = self._html()
            if text is None:
                return None, ""
            data = text.encode()
            self.cache[self.path] = (gzip.compress(data, 6, mtime=0), f'"{hashlib.sha256(data).hexdigest()[:24]}"')
        return self.cache[self.path]

    def _html(self) -> str | None:
        if self.path == "/listing/":
            links = (f'<h4><a href="{html.escape(path)}">x</a></h4>' for path in self.site.paths())
            return f'<html><body><div class="article-desc">{"".join(links)}</div></body></html>'
        number = _NUMBER.match(self.path)
        return self.site.html(int(number[1]), self.moment) if number else None

    def _send(self, status: int, body: bytes, etag: str | None) -> None:
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Type", "text/html; charset=UTF-8")
            self.send_header("Content-Length", str(len(body)))
            if status == 200:
                self.send_header("Content-Encoding", "gzip")
        if etag:
            self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Say nothing: a client that was killed leaves its connection open."""


def _serve(answer: Connection, pages: int, edits: Edits) -> None:
    with _Server(("127.0.0.1", 0), _Handler) as server:
        host = f"http://127.0.0.1:{server.server_address[1]}"
        _Handler.site, _Handler.cache = Site(pages=pages, edits=edits, host=host), {}
        answer.send(host)
        server.serve_forever()


@contextmanager
def serving(pages: int, edits: Edits = 0.0) -> Iterator[str]:
    """The address of a site of so many pages, in a process of its own, for as long as the context lasts."""
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, pages, edits), daemon=True)
    process.start()
    try:
        yield mine.recv()
    finally:
        process.terminate()
        process.join()


def move(host: str, moment: int) -> None:
    """Move the site to a moment, and let it render its pages before anybody measures."""
    urlopen(f"{host}/moment/{moment}").read()  # noqa: S310
    for path in re.findall(r'href="([^"]+)"', gzip.decompress(urlopen(f"{host}/listing/").read()).decode()):  # noqa: S310
        urlopen(host + html.unescape(path)).read()  # noqa: S310


def asked(host: str) -> int:
    """How often the site was asked for a page so far."""
    return int(gzip.decompress(urlopen(f"{host}/asked/").read()))  # noqa: S310

"""A site on real sockets that is good, then bad, then good again."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from contextlib import suppress

from bad_servers.answers import html
from bad_servers.rows import At, Row
from fetching.servers import RawServer, Steps, page, path

from monitor.fetching.guard import look_up

PAGE, NEIGHBOUR, LISTING, ROBOTS, FRONT = "/page", "/neighbour", "/list", "/robots.txt", "/"
NAME = "site.example"
_WHERE = {NEIGHBOUR: At.HOST, FRONT: At.HOST, LISTING: At.LISTING, ROBOTS: At.ROBOTS}


class Site(RawServer):
    """A page, its neighbour, a listing of both and a robots.txt. While ``is_bad``, the row says what is done instead.

    ``word`` is a word on the page. ``secure`` is where its page redirects to meanwhile, if anywhere.
    ``before`` is called before each answer.
    """

    def __init__(self, row: Row, secure: str = "") -> None:
        super().__init__(self._good_or_bad)
        self.row = row
        self.secure = secure
        self.is_bad = False
        self.word = "first"
        self.before: Callable[[], None] = lambda: None
        if row.loopback != "127.0.0.1":
            self._socket.close()
            self._socket = socket.create_server((row.loopback, 0), family=socket.AF_INET6)
            self.port = self._socket.getsockname()[1]
            self.url = f"http://[{row.loopback}]:{self.port}"
        if row.dns:
            self.url = f"http://{NAME}:{self.port}"

    def drop(self) -> None:
        """End all connections, so that the next request needs a new one."""
        for sock in self._accepted:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def look_up(self, host: str, port: int) -> Sequence[str]:
        """The site's address, or what the row's DNS says while it is bad."""
        if self.row.dns and self.is_bad:
            return self.row.dns(host, port)
        return [self.row.loopback] if host == NAME else look_up(host, port)

    def _serve(self, sock: socket.socket) -> None:
        if not (self.is_bad and self.row.at is At.ACCEPT):
            super()._serve(sock)
            return
        with sock, suppress(OSError):
            for step in self._bad(b""):
                if not self._take(sock, step):
                    return

    def _bad(self, head: bytes) -> Steps:
        steps = self.row.does(head) if callable(self.row.does) else self.row.does
        return [steps] if isinstance(steps, bytes) else steps

    def _good_or_bad(self, head: bytes) -> Steps:
        self.before()
        asked = path(head)
        if self.is_bad and self.row.at in (_WHERE.get(asked, At.PAGE), At.HOST):
            return self._bad(head)
        if self.is_bad and self.secure and asked == PAGE:
            return page(b"", f"Location: {self.secure}", status="301 Moved")
        if asked == ROBOTS:
            return page(b"User-agent: *\nDisallow: /private\n")
        if asked == LISTING:
            return page(f"<a href='{PAGE}'>1</a><a href='{NEIGHBOUR}'>2</a>".encode())
        if asked == PAGE:
            return page(html(self.word))
        titles = {NEIGHBOUR: "Another article", FRONT: "The Site"}
        return page(html(title=titles[asked])) if asked in titles else page(b"", status="404 Not Found")

"""A proxy on a raw socket: it passes on what is asked in absolute form, and opens ways (CONNECT) for what it cannot read."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from base64 import b64encode
from types import TracebackType
from urllib.parse import urlsplit

from fetching.servers import header

REFUSAL = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Proxy:
    """``heads`` are the requests that came. ``login`` is what it wants to be told, ``places`` where names lead."""

    def __init__(self, *, login: str = "", context: ssl.SSLContext | None = None, places: dict[str, str] | None = None) -> None:
        self.heads: list[bytes] = []
        self._login = login
        self._context = context
        self._places = places or {}
        self._open: list[socket.socket] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> Proxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for sock in (self._socket, *self._open):
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
            sock.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._socket.accept()
                threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self._context is not None:
                sock = self._context.wrap_socket(sock, server_side=True)
            self._open.append(sock)
            while head := self._head(sock):
                self.heads.append(head)
                if self._login and header(head, "proxy-authorization") != "Basic " + b64encode(self._login.encode()).decode():
                    sock.sendall(REFUSAL)
                    break
                self._pass_on(sock, head)
        sock.close()

    def _head(self, sock: socket.socket) -> bytes:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            data = sock.recv(1)  # what follows a CONNECT belongs to the other side
            if not data:
                return b""
            head += data
        return head

    def _pass_on(self, sock: socket.socket, head: bytes) -> None:
        method, address, rest = head.split(b" ", 2)
        if method == b"CONNECT":
            host, _, port = address.decode().rpartition(":")
            with socket.create_connection((self._places.get(host, host), int(port))) as there:
                self._open.append(there)
                sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=_copy, args=(there, sock), daemon=True)
                back.start()
                _copy(sock, there)
                back.join(5)
            return
        parts = urlsplit(address.decode())
        host = parts.hostname or ""
        with socket.create_connection((self._places.get(host, host), parts.port or 80)) as there:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            there.sendall(b"%s %s %s" % (method, path.encode(), rest))
            there.shutdown(socket.SHUT_WR)
            _copy(there, sock)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)

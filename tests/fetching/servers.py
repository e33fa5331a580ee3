"""A server on a raw socket that answers exactly what a test says, byte by byte and at the pace it says."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable
from types import TracebackType

Step = bytes | float | str
CLOSE, RESET = "close", "reset"
Steps = bytes | Iterable[Step]
Answer = Steps | Callable[[bytes], Steps]


class RawServer:
    """Gives ``answer`` to each request, or what it makes of the request's head: bytes, or steps one after the other.

    A step is bytes to send, a number of seconds to wait, :data:`CLOSE` to end the connection or :data:`RESET` to break it
    off. With ``context`` it speaks TLS. ``heads`` and ``bodies`` are the requests that came, ``connections`` counts what was
    accepted.
    """

    def __init__(self, answer: Answer, context: ssl.SSLContext | None = None) -> None:
        self.answer = answer
        self._context = context
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._accepted: list[socket.socket] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> RawServer:
        self._start(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        for sock in (self._socket, *self._accepted):  # wakes the threads that wait on them
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
        self._socket.close()
        for thread in list(self._threads):
            thread.join(5)

    def _start(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._socket.accept()
                self.connections += 1
                self._accepted.append(sock)
                self._start(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        if self._context is not None:
            try:
                sock = self._context.wrap_socket(sock, server_side=True)
            except OSError:
                return
            self._accepted.append(sock)
        with sock, contextlib.suppress(OSError):
            while (head := self._head(sock)) is not None:
                self.heads.append(head)
                steps = self.answer(head) if callable(self.answer) else self.answer
                for step in [steps] if isinstance(steps, bytes) else steps:
                    if not self._take(sock, step):
                        return

    def _head(self, sock: socket.socket) -> bytes | None:
        read = b""
        while (end := read.find(b"\r\n\r\n") + 4) < 4:
            data = sock.recv(65536)
            if not data:
                return None
            read += data
        head, body = read[:end], read[end:]
        while len(body) < int(header(head, "content-length") or 0):
            body += sock.recv(65536)
        self.bodies.append(body)
        return head

    def _take(self, sock: socket.socket, step: Step) -> bool:
        if isinstance(step, bytes):
            sock.sendall(step)
            return not self._over.is_set()
        if step == RESET:  # closing with unsent data dropped at once sends RST instead of FIN
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return isinstance(step, float | int) and not self._over.wait(step)


Serve = Callable[[Answer], RawServer]
"""The fixture ``serve``: starts a server."""


def page(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer with its length."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def gzipped(body: bytes) -> bytes:
    """The same, compressed."""
    return page(gzip.compress(body), "Content-Encoding: gzip")


def path(head: bytes) -> str:
    """The path that a request asks for."""
    return head.split(b" ", 2)[1].decode()


def drip(drop: bytes, pause: float, times: int) -> list[Step]:
    """The steps of an answer that comes slowly: ``drop``, a pause in seconds, and so on."""
    return [drop, pause] * times


def header(head: bytes, name: str) -> str | None:
    """The value of a request's header."""
    for line in head.decode("latin-1").split("\r\n")[1:]:
        key, _, value = line.partition(":")
        if key.lower() == name.lower():
            return value.strip()
    return None

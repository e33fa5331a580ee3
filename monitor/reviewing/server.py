"""The server of the review page: waitress, in threads, until it is told to stop."""

from __future__ import annotations

import logging
import threading
import time
from ipaddress import ip_address
from typing import Any

import waitress
from flask import Flask
from waitress import wasyncore
from waitress.trigger import trigger

from monitor.errors import InputError
from monitor.reviewing.channel import Channel
from monitor.reviewing.security import is_loopback
from monitor.settings import Web

_THREADS = 12
_SWEEP = 0.25  # seconds in which the server looks whether it is to stop
_GRACE = 1.0  # seconds in which what is under way then may end
_PATIENCE = 60  # seconds: see Channel
_MOST_OPEN = 500  # connections
_MOST_BYTES = 2_000_000  # of a request that are taken at all; the application wants less, and says so in its own words
NO_USERS = (
    "there are no users yet, so the review page listens on this machine only: name 127.0.0.1, or add a user first with "
    "`monitor user add NAME`"
)


def address_of(listen: str) -> tuple[str, int]:
    """Host and port of ``127.0.0.1:8380``, ``[::1]:8380`` or ``8380``. Raises InputError."""
    host, _, port = listen.rpartition(":")
    host = host.removeprefix("[").removesuffix("]") or "127.0.0.1"
    try:
        number = int(port) if port.isascii() and port.isdecimal() else -1
        if host != "localhost":
            ip_address(host)
    except ValueError:
        number = -1
    if not 0 <= number < 65536:
        raise InputError(f"{listen!r} is no address to listen on; write it as 127.0.0.1:8380, [::1]:8380 or 8380")
    return host, number


def _check_proxy(proxy: str) -> None:
    """A proxy is known by its address alone; whoever else says that they hand something on is not believed. Raises InputError."""
    try:
        ip_address(proxy)
    except ValueError as wrong:
        raise InputError(f"web.proxy is {proxy!r}; it should be the proxy's address as seen from here, like 127.0.0.1") from wrong


class Server:
    """Listens from the beginning, answers once it :meth:`run` s. Raises InputError when it cannot listen."""

    def __init__(self, app: Flask, web: Web, *, has_users: bool) -> None:
        host, port = address_of(web.listen)
        if not has_users and not is_loopback(host):
            raise InputError(NO_USERS)
        proxy: dict[str, Any] = {}
        if web.proxy:
            _check_proxy(web.proxy)
            headers = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
            proxy = {"trusted_proxy": web.proxy, "trusted_proxy_headers": headers}
        self._sockets: dict[int, Any] = {}
        # the server's own warnings (a full queue) belong into our log
        logging.getLogger("waitress").parent = logging.getLogger("monitor")
        try:
            self._server: Any = waitress.create_server(
                app, map=self._sockets, host=host, port=port, threads=_THREADS, ident="monitor",
                channel_timeout=_PATIENCE, connection_limit=_MOST_OPEN, max_request_body_size=_MOST_BYTES,
                clear_untrusted_proxy_headers=bool(proxy), **proxy,
            )  # fmt: skip
        except OSError as wrong:
            raise InputError(f"{web.listen} cannot be listened on: {wrong.strerror or wrong}; name another port") from wrong
        for each in self._listeners():
            each.channel_class = Channel
        shown = f"[{host}]" if ":" in host else host
        self.address = f"http://{shown}:{self._port(port)}/"

    def _port(self, port: int) -> int:
        if port:
            return port
        several = getattr(self._server, "effective_listen", None)  # where the name stands for several addresses
        return int(several[0][1] if several else self._server.effective_port)

    def run(self, stop: threading.Event) -> None:
        """Answer until ``stop`` is set, and end then what is under way, within some seconds."""
        try:
            while not stop.is_set():
                self._look_round(_SWEEP)
            for each in self._listeners():  # but not what wakes this loop, which an answer under way still needs
                wasyncore.dispatcher.close(each)
            until = time.monotonic() + _GRACE
            while self._is_answering() and time.monotonic() < until:
                self._look_round(_SWEEP / 5)
        finally:
            self.close()

    def _look_round(self, seconds: float) -> None:
        """Wait so long at most for something to do at one of the sockets, and do it."""
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._sockets, count=1)

    def _listeners(self) -> list[Any]:
        """Those who listen: a name may stand for several addresses."""
        return [each for each in self._sockets.values() if hasattr(each, "channel_class")]

    def _is_answering(self) -> bool:
        threads = self._server.task_dispatcher
        unsent = (getattr(each, "total_outbufs_len", 0) for each in self._sockets.values())
        return bool(threads.queue) or threads.active_count > 0 or any(unsent)

    def close(self) -> None:
        """Listen and answer no more. Idempotent."""
        threads = self._server.task_dispatcher
        threads.shutdown(timeout=_GRACE / 2)
        for each in list(self._sockets.values()):
            # a thread that still runs will write to what wakes the loop: to a file of somebody else's, were it closed
            if not (threads.threads and isinstance(each, trigger)):
                each.handle_close()  # of a connection this gives back what was not sent yet, too

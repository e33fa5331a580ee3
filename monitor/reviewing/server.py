"""The server of the review page: waitress, in threads, until it is told to stop."""

from __future__ import annotations

import logging
import threading
from ipaddress import ip_address
from typing import Any

import waitress
from flask import Flask

from monitor.errors import InputError
from monitor.reviewing.channel import Channel
from monitor.reviewing.security import is_loopback
from monitor.settings import Web

_THREADS = 12
_SWEEP = 1.0  # seconds in which the server looks whether it is to stop
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
        # the server's own warnings (a full queue) belong into our log
        logging.getLogger("waitress").parent = logging.getLogger("monitor")
        try:
            self._server: Any = waitress.create_server(
                app, host=host, port=port, threads=_THREADS, ident="monitor", clear_untrusted_proxy_headers=bool(proxy),
                asyncore_loop_timeout=_SWEEP, asyncore_use_poll=True, channel_timeout=_PATIENCE, connection_limit=_MOST_OPEN,
                max_request_body_size=_MOST_BYTES, **proxy,
            )  # fmt: skip
        except OSError as wrong:
            raise InputError(f"{web.listen} cannot be listened on: {wrong.strerror or wrong}; name another port") from wrong
        for each in [self._server, *getattr(self._server, "map", {}).values()]:  # a name may stand for several addresses
            if hasattr(each, "channel_class"):
                each.channel_class = Channel
        self._is_closed = False
        shown = f"[{host}]" if ":" in host else host
        self.address = f"http://{shown}:{self._port(port)}/"

    def _port(self, port: int) -> int:
        return port or int(self._server.effective_port)

    def run(self, stop: threading.Event) -> None:
        """Answer until ``stop`` is set."""
        thread = threading.Thread(target=self._serve, name="web", daemon=True)
        thread.start()
        try:
            while not stop.wait(_SWEEP) and thread.is_alive():
                pass
        finally:
            self.close()
            thread.join(2 * _SWEEP)

    def _serve(self) -> None:
        try:
            self._server.run()
        except OSError:  # its loop was waiting at the socket that was closed
            if not self._is_closed:
                raise

    def close(self) -> None:
        """Listen no more. Idempotent."""
        self._is_closed = True
        self._server.close()

"""One connection of the server: what it may take and how long, and that every answer bears our headers, waitress's own ones too.

waitress waits for a request as long as something comes, however little, and for a reader for ever. Then a few slow ones, or
laptops that fell asleep over a download, would hold every thread. Here a request has to be whole in time, and an answer to go on.
"""

from __future__ import annotations

import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask, WSGITask

from monitor.reviewing.security import HEADERS


def _with_ours(task: Any) -> None:
    """Adds what the application did not say: it is not asked about what is no HTTP, or too large."""
    said = {name.lower() for name, _ in task.response_headers}
    task.response_headers.extend((name, value) for name, value in HEADERS.items() if name.lower() not in said)


class _Answer(WSGITask):  # type: ignore[misc]  # waitress has no types
    """What the application answers."""

    def build_response_header(self) -> bytes:
        _with_ours(self)
        head: bytes = super().build_response_header()
        return head

    def finish(self) -> None:
        """As waitress ends it, but for HEAD: the mark that ends a body of chunks is a body, too (RFC 9110, section 9.3.2)."""
        if not self.wrote_header:
            self.write(b"")
        if self.request.command == "HEAD":
            self.chunked_response = False
        super().finish()


class _Refusal(ErrorTask):  # type: ignore[misc]
    """What waitress answers by itself."""

    def build_response_header(self) -> bytes:
        _with_ours(self)
        head: bytes = super().build_response_header()
        return head


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that is closed ``channel_timeout`` seconds after its request began or its reader took nothing more."""

    task_class = _Answer
    error_task_class = _Refusal
    last_activity: float
    _began: float | None = None  # when the first bytes came of a request that is not whole
    _held: tuple[float, float] | None = None  # when the reader took something last, and when we first saw that

    def handle_read(self) -> None:
        """Called when bytes came. Those of an unfinished request count as of its beginning, by which waitress closes it."""
        super().handle_read()
        if self.request is None:
            self._began = None
        elif self._began is None:
            self._began = self.last_activity
        if self._began is not None:
            self.last_activity = self._began

    def readable(self) -> bool:
        """Called again and again by the server's loop: whether more should be read."""
        if self._is_stuck():
            self.handle_close()
            return False
        return bool(super().readable())

    def _is_stuck(self) -> bool:
        now, taken = time.monotonic(), self.last_activity
        if not self.total_outbufs_len:
            self._held = None
        elif self._held is None or self._held[0] != taken:
            self._held = taken, now
        return self._held is not None and now - self._held[1] > self.adj.channel_timeout

"""What goes wrong with one change, or one rule, stays with it: it is logged, and those after it are followed all the same."""

from __future__ import annotations

import logging
from types import TracebackType

from monitor.errors import StoreDamaged, StoreError
from monitor.telling.structured import fields

log = logging.getLogger("monitor")


class Alone:
    """A border around the work on one of many: a damaged text, or a fault of ours, ends the work inside and nothing else.

    Were it to end the round, no change after this one would ever be judged, found or followed. Where the database cannot be
    used (any other StoreError), none of them can be: that goes through, and so does what is no Exception.

    ``what`` is the line of the log, ``about`` its fields. ``why`` says afterwards what went wrong; empty where nothing did.
    """

    def __init__(self, what: str, **about: object) -> None:
        self._what, self._about = what, about
        self.why = ""

    def __enter__(self) -> Alone:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, _: TracebackType | None) -> bool:
        if isinstance(wrong, StoreDamaged):  # `verify` says more
            self.why = f": {wrong}"
            log.warning(self._what, extra=fields(**self._about, why=str(wrong)))
        elif isinstance(wrong, Exception) and not isinstance(wrong, StoreError):
            self.why = f" ({type(wrong).__name__}: {wrong})"
            log.error(self._what, exc_info=wrong, extra=fields(**self._about))
        return bool(self.why)

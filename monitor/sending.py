"""Messages go out through Apprise (https://github.com/caronc/apprise): mail, chat, web hooks. Apprise lives here alone."""

from __future__ import annotations

import logging
import re
import warnings
from urllib.parse import unquote

from monitor.model import Letter

_LONGEST = 300  # characters of a problem
_SECRET = 5  # the shortest piece of an address that is blotted out of what is said of it
_APPRISE = "apprise"


class AppriseSender:
    """Implements the protocol ``Sender``: an address is one of Apprise, like ``mailto://…`` or ``json://host/path``."""

    def send(self, address: str, letter: Letter) -> str:
        """Empty once the service took the letter, else why not. What that says holds nothing of the address."""
        said = _Said()
        logger = logging.getLogger(_APPRISE)
        logger.addHandler(said)
        logger.propagate = False
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # its plugins load what they find, old things too
                from apprise import Apprise, NotifyFormat, NotifyType, OverflowMode  # it takes long to import

                service = Apprise.instantiate(address, suppress_exceptions=True)
            if service is None:
                return "this is no address that Apprise knows; `apprise --help` and its pages list them"
            if service.overflow_mode == OverflowMode.UPSTREAM:  # the default: what is too long would be refused, for ever
                service.overflow_mode = OverflowMode.TRUNCATE
            is_html = service.resolve_format(None) == NotifyFormat.HTML  # what the service, or its address, asks for
            body, kind = (letter.html, NotifyFormat.HTML) if is_html else (letter.text, NotifyFormat.TEXT)
            to = Apprise()
            to.add(service)
            is_taken = to.notify(body=body, title=letter.title, notify_type=NotifyType.INFO, body_format=kind)
        except Exception as wrong:  # noqa: BLE001  a fault of one of its hundred plugins is no reason to send nothing to others
            return blotted(f"Apprise failed ({type(wrong).__name__}: {wrong})", address)
        finally:
            logger.removeHandler(said)
        return "" if is_taken else blotted(" ".join(said.lines) or "the service did not take it", address)


class _Said(logging.Handler):
    """What Apprise says while it sends: its warnings, which name the service and the answer."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def blotted(text: str, address: str) -> str:
    """``text`` without the pieces of an address that may be secret: login, path and query."""
    pieces = {piece for form in (address, unquote(address)) for piece in re.split(r"[/:@?&=,\s]+", form)}
    for piece in sorted(pieces, key=len, reverse=True):
        if len(piece) >= _SECRET:
            text = text.replace(piece, "***")
    return text[:_LONGEST]

"""Messages go out through Apprise (https://github.com/caronc/apprise): mail, chat, web hooks. Apprise lives here alone."""

from __future__ import annotations

import copy
import hashlib
import logging
import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from monitor.model import Handed, Letter

if TYPE_CHECKING:
    from apprise import NotifyBase

_LONGEST = 300  # characters of a problem
_SECRET = 5  # the shortest piece of an address that is blotted out of what is said of it
_PATIENCE = 60.0  # seconds: a server that takes a letter after we hung up would be sent it again
_APPRISE = "apprise"
_WHY = "Exception: "  # in what Apprise says beside its warnings: what a server or the network answered
_UNKNOWN = "this is no address that Apprise knows; `apprise --help` and its pages list them"


class AppriseSender:
    """Implements the protocol ``Sender``: an address is one of Apprise, like ``mailto://…`` or ``json://host/path``."""

    def send(self, address: str, letter: Letter, taken: frozenset[str] = frozenset()) -> Handed:
        """What became of a letter. What that says holds nothing of the address."""
        said = _Said()
        logger = logging.getLogger(_APPRISE)
        level, logger.propagate = logger.level, False
        logger.addHandler(said)
        logger.setLevel(logging.DEBUG)
        try:
            service = _service(address)
            if service is None:
                return Handed(_UNKNOWN, taken, is_wrong=True)
            all_of_it = list(_each(service))
            taken |= {name for name, one in all_of_it if name not in taken and _is_taken(one, letter)}
        except Exception as wrong:  # noqa: BLE001  a fault of one of its hundred plugins is no reason to send nothing to others
            return Handed(blotted(f"Apprise failed ({type(wrong).__name__}: {wrong})", address), taken)
        finally:
            logger.removeHandler(said)
            logger.setLevel(level)
        missing = sum(name not in taken for name, _ in all_of_it)
        if not missing:
            return Handed("", taken)
        some = f"{missing} of {len(all_of_it)} recipients did not take it: " if len(all_of_it) > 1 else ""
        return Handed(some + blotted(said.why() or "the service did not take it", address), taken)


def _service(address: str) -> NotifyBase | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its plugins load what they find, old things too
        from apprise import Apprise, AppriseAsset, OverflowMode  # it takes long to import

        # After a redirect most services are asked again without the letter, and the answer to that is no proof.
        asset = AppriseAsset(http_redirects=False)
        service: NotifyBase | None = Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
    if service is None:
        return None
    if service.overflow_mode == OverflowMode.UPSTREAM:  # the default: what is too long would be refused, for ever
        service.overflow_mode = OverflowMode.TRUNCATE
    for limit, given in (("socket_read_timeout", "rto"), ("socket_connect_timeout", "cto")):
        is_mail = limit == "socket_read_timeout" or hasattr(service, "smtp_host")  # for mail this is the time of all it does
        if is_mail and not re.search(rf"[?&]{given}=", address):
            setattr(service, limit, _PATIENCE)
    return service


def _each(service: NotifyBase) -> Iterator[tuple[str, NotifyBase]]:
    """A service as one for each of its recipients, where it lists them, each with a digest that is its name."""
    targets: Any = getattr(service, "targets", None)
    if not isinstance(targets, list) or len(targets) < 2:
        yield "all", service
        return
    for target in targets:
        one = copy.copy(service)
        one.targets = [target]  # type: ignore[attr-defined]
        yield hashlib.sha256(repr(target).encode()).hexdigest()[:16], one


def _is_taken(service: NotifyBase, letter: Letter) -> bool:
    from apprise import Apprise, NotifyFormat, NotifyType

    is_html = service.resolve_format(None) == NotifyFormat.HTML  # what the service, or its address, asks for
    body, kind = (letter.html, NotifyFormat.HTML) if is_html else (letter.text, NotifyFormat.TEXT)
    to = Apprise()
    to.add(service)
    return bool(to.notify(body=body, title=letter.title, notify_type=NotifyType.INFO, body_format=kind))


class _Said(logging.Handler):
    """What Apprise says while it sends: its warnings, which name the service, and what was answered."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._lines: dict[str, None] = {}
        self._answers: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        if record.levelno >= logging.WARNING:
            self._lines[line] = None
        elif _WHY in line:
            self._answers[line.partition(_WHY)[2]] = None

    def why(self) -> str:
        """All of it, each thing once."""
        answers = "; ".join(self._answers)
        return " ".join([*self._lines, *([f"({answers})"] if answers else [])])


def blotted(text: str, address: str) -> str:
    """``text`` without the pieces of an address that may be secret: login, path and query."""
    pieces = {piece for form in (address, unquote(address)) for piece in re.split(r"[/:@?&=,\s]+", form)}
    for piece in sorted(pieces, key=len, reverse=True):
        if len(piece) >= _SECRET:
            text = text.replace(piece, "***")
    return text[:_LONGEST]

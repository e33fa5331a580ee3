"""A page that was saved to a file, as if it had been fetched: no network is asked for anything."""

from __future__ import annotations

from pathlib import Path

from monitor.errors import InputError
from monitor.fetching.replay import address_of
from monitor.model import Capture, milliseconds
from monitor.protocols import Clock


def saved_page(path: Path, url: str | None, clock: Clock, most: int) -> Capture:
    """The page in a file, of any encoding, at ``url`` or a made address. Raises InputError, also for more than ``most`` bytes."""
    try:
        with path.open("rb") as file:
            body = file.read(most + 1)
    except FileNotFoundError as wrong:
        raise InputError(f"{path}: no such file; name a saved page, or an address with http:// or https://") from wrong
    except IsADirectoryError as wrong:
        raise InputError(f"{path}: this is a folder; name one saved page in it") from wrong
    except OSError as wrong:
        raise InputError(f"{path}: it cannot be read ({wrong.strerror})") from wrong
    if len(body) > most:
        raise InputError(f"{path}: it is larger than {most:,} bytes, the most that is read of a page (polite.max_bytes)")
    if not body.strip():
        raise InputError(f"{path}: it is empty")
    address = url or address_of(path.stem.encode("utf-8", "replace").decode())
    return Capture(address, address, 200, (("Content-Type", "text/html"),), body, body, milliseconds(clock.now()), reason="OK")

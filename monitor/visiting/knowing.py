"""Which page an address is: by the key that it has today, or by one that an earlier recipe gave it; and where it leads."""

from __future__ import annotations

from monitor.fingerprint import fingerprint
from monitor.model import Capture, Page, Reading
from monitor.parsing.address import key, keys
from monitor.protocols import Store
from monitor.settings import Identity


def known_page(url: str, identity: Identity | None, store: Store) -> Page | None:
    """The page at ``url``, if it is known. Raises StoreError."""
    return next((page for each in keys(url, identity) if (page := store.page(each)) is not None), None)


def is_page(url: str, identity: Identity | None, page: Page) -> bool:
    """Whether ``url`` is an address of ``page``."""
    return page.key in keys(url, identity)


def leads_elsewhere(
    capture: Capture, reading: Reading, page: Page | None, identity: Identity | None, store: Store | None
) -> bool:
    """Whether a redirect led to another page's article, which proves nothing about this one.

    ``page`` is None for one that is not under watch, ``store`` where there is none. Raises StoreError.
    """
    if not capture.hops:
        return False
    if page is None:
        is_same = key(capture.answered, identity) == key(capture.url, identity)
    else:
        is_same = is_page(capture.answered, identity, page)
    if is_same:
        return False
    if page is not None and page.current is not None:
        return reading.article is not None and fingerprint(reading.article) != page.current.fingerprint
    return store is not None and known_page(capture.answered, identity, store) is not None

"""Which page an address is: by the key that it has today, or by one that an earlier recipe gave it."""

from __future__ import annotations

from monitor.model import Page
from monitor.parsing.address import keys
from monitor.protocols import Store
from monitor.settings import Identity


def known_page(url: str, identity: Identity | None, store: Store) -> Page | None:
    """The page at ``url``, if it is known. Raises StoreError."""
    return next((page for each in keys(url, identity) if (page := store.page(each)) is not None), None)


def is_page(url: str, identity: Identity | None, page: Page) -> bool:
    """Whether ``url`` is an address of ``page``."""
    return page.key in keys(url, identity)

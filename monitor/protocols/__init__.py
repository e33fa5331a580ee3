"""What the parts need of each other, as small protocols. Every implementation passes the contract suite of its protocol."""

from __future__ import annotations

from monitor.protocols.listings import Listings
from monitor.protocols.log import Log
from monitor.protocols.outbox import Outbox, Sender
from monitor.protocols.parts import Archive, Clock, Fetcher, Reader
from monitor.protocols.rounds import Rounds
from monitor.protocols.search import Search
from monitor.protocols.store import Store

__all__ = [
    "Archive",
    "Clock",
    "Fetcher",
    "Listings",
    "Log",
    "Outbox",
    "Reader",
    "Rounds",
    "Search",
    "Sender",
    "Store",
]

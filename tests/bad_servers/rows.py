"""A row of the table of bad servers: what a server does, and what is known afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from fetching.servers import Answer

from monitor.fetching.guard import LookUp
from monitor.model import Seen


class At(StrEnum):
    """What misbehaves. Everything else on the site goes on answering well."""

    PAGE = "the page"
    HOST = "every address"
    ACCEPT = "every connection, before any request"
    TLS = "the server of https that the page now redirects to"
    ROBOTS = "robots.txt"
    LISTING = "the listing"


@dataclass(frozen=True, slots=True)
class Row:
    """The server ``does`` that; then the page is ``seen`` so, and its detail ``says`` that (a regular expression).

    ``incidents`` are the kinds of those that are open then, and ``hint`` is found in what they say; ``log`` are the kinds of
    change that it led to. The neighbour was read well, unless its host is ``at`` fault. The next good answer, in which the
    page is another, is logged as ``again``. ``dns`` answers for the host, ``certificate`` is whose the server of https has,
    ``loopback`` the address it listens on.
    """

    name: str
    does: Answer
    seen: Seen
    says: str = "^$"
    incidents: str = ""
    hint: str = ""
    at: At = At.PAGE
    log: str = ""
    again: str = "edited"
    dns: LookUp | None = None
    certificate: str = ""
    loopback: str = "127.0.0.1"

    @property
    def is_about_time(self) -> bool:
        """Whether it ends at a time limit, which is short then. The others have time, however busy the machine is."""
        return bool(re.search(r"(0\\\.8|1\\\.2) s", self.says + self.hint))

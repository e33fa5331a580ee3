"""How a source is treated: politeness, connections, removals, web archives outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from monitor.settings.described import STRICT, Duration, about


@dataclass(frozen=True, slots=True)
class Removal:
    """When an article that answers 404 or 410 counts as removed: after ``visits`` agreeing visits over ``span``."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    visits: int = field(default=3, metadata=about("agreeing visits that make a removal", ge=1, le=100))
    span: Duration = field(default=Duration(hours=1), metadata=about("shortest time from the first of them to the last"))


@dataclass(frozen=True, slots=True)
class Politeness:
    """How a host is treated, and how much it may send."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    gap: Duration = field(default=Duration(seconds=5), metadata=about("shortest time between two requests to a host"))
    timeout: Duration = field(default=Duration(seconds=30), metadata=about("longest wait for a connection or for data"))
    total: Duration = field(
        default=Duration(seconds=120),
        metadata=about("longest time for a whole answer and the redirects to it, not counting the gap and robots.txt"),
    )
    max_bytes: int = field(
        default=10_000_000, metadata=about("largest answer, on the wire and decoded", ge=1000, le=1_000_000_000)
    )
    redirects: int = field(default=5, metadata=about("most redirects followed for one address", ge=0, le=20))
    robots: bool = field(default=True, metadata=about("whether what the host's robots.txt does not want fetched is left alone"))


@dataclass(frozen=True, slots=True)
class Connection:
    """How a source's servers are connected to: through which proxy, and whom TLS trusts. Something is always verified."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    proxy: str | None = field(default=None, metadata=about("the proxy that is asked instead, like http://proxy.example:3128"))
    proxy_login: str | None = field(
        default=None, metadata=about("where `user:password` for the proxy stands: env:NAME or file:/path")
    )
    ca: str | None = field(
        default=None, metadata=about("file of certificates (PEM) to trust, and no others; a relative path starts at this file")
    )
    oldest_tls: Literal["1.0", "1.1", "1.2", "1.3"] = field(default="1.2", metadata=about("the oldest version of TLS spoken"))
    certificate: str | None = field(
        default=None, metadata=about("SHA-256 fingerprint of the one certificate to accept, though expired or self-signed")
    )


@dataclass(frozen=True, slots=True)
class Outside:
    """A web archive that is asked to save a page when it changed; none is asked without ``save``."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    save: str | None = field(
        default=None, metadata=about("address that saves a page; {url} stands for the page's, {quoted} for it percent-encoded")
    )
    gap: Duration = field(default=Duration(seconds=15), metadata=about("shortest time between two requests to the archive"))
    timeout: Duration = field(default=Duration(minutes=2), metadata=about("longest time that the archive may take to answer"))
    reach: tuple[str, ...] = field(
        default=(), metadata=about("networks that are not public, where the archive may be reached all the same")
    )

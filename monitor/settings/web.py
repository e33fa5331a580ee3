"""The review page: where it listens, and behind what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from monitor.settings.described import STRICT, about


@dataclass(frozen=True, slots=True)
class Web:
    """How the review page is served."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    listen: str = field(default="127.0.0.1:8380", metadata=about("address and port to listen on"))
    address: str | None = field(
        default=None, metadata=about("where people reach it, like https://monitor.example.org; for links in messages")
    )
    proxy: str | None = field(
        default=None, metadata=about("address of the proxy in front of it, whose X-Forwarded- headers are believed")
    )

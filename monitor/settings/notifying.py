"""Whom to tell of which changes, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from monitor.settings.described import STRICT, about

AT_ONCE = "at once"


@dataclass(frozen=True, slots=True)
class Notify:
    """A rule: what of the log is told, to whom, and when. What it says nothing of may be anything."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str = field(metadata=about("what the rule is called", pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$"))
    to: tuple[str, ...] = field(
        metadata=about("where addresses of Apprise stand, like env:MAIL_TO or file:/etc/monitor/slack", min_length=1)
    )
    least: float = field(default=0.0, metadata=about("the lowest score that is told", ge=0, le=1))
    classes: tuple[str, ...] = field(default=(), metadata=about("classes of edit, like name"))
    sources: tuple[str, ...] = field(default=(), metadata=about("names of sources"))
    kinds: tuple[str, ...] = field(default=(), metadata=about("kinds of change, like removed"))
    watch: tuple[str, ...] = field(default=(), metadata=about("names of watch words, one of which is near the change"))
    when: str = field(
        default=AT_ONCE,
        metadata=about('"at once", or the hour of a digest, like "07:30"', pattern=r"^(at once|([01]\d|2[0-3]):[0-5]\d)$"),
    )
    time_zone: str = field(default="UTC", metadata=about("IANA name of the time zone of `when`"))

"""A watch word: a name or term that somebody waits for, with the ways in which it is spelled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from monitor.settings.described import STRICT, about


@dataclass(frozen=True, slots=True)
class WatchWord:
    """A name or term, and other ways to spell it. All of them count as one word. In TOML a plain string is its ``name``."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str = field(metadata=about("the name or term, also what its filter and its feed are called", min_length=1))
    spellings: tuple[str, ...] = field(default=(), metadata=about("other ways to spell it, in any script"))

    @property
    def forms(self) -> tuple[str, ...]:
        """Every way to spell it, each once; the name first."""
        return tuple(dict.fromkeys((self.name, *self.spellings)))

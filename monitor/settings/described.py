"""What settings are made of: lengths of time, and what a key is and may be."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import timedelta
from typing import Any

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
STRICT = {"extra": "forbid"}


class Duration(timedelta):
    """A length of time that a config file writes as ``"90s"``, ``"30m"``, ``"6h"`` or ``"1d"``."""

    @classmethod
    def parse(cls, value: object) -> Duration:
        """The length that ``value`` names. Raises ValueError with what would be right."""
        if isinstance(value, timedelta):
            return cls(seconds=value.total_seconds())
        found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)([smhd])", value) if isinstance(value, str) else None
        if found is None:
            raise ValueError('write a length of time as a number and s, m, h or d, like "90s" or "6h"')
        return cls(seconds=float(found[1]) * _UNITS[found[2]])

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> dict[str, Any]:
        return {"type": "function-plain", "function": {"type": "no-info", "function": cls.parse}}

    @classmethod
    def __get_pydantic_json_schema__(cls, source: object, handler: object) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{1,6}(\.\d{1,3})?[smhd]$"}


def about(text: str, **checks: Any) -> dict[str, Any]:
    return {"description": text, **checks}


def weight(value: float, text: str) -> float:
    """A number from 0 to 1 of the table of weights, with what it is for."""
    found: float = field(default=value, metadata=about(text, ge=0, le=1))
    return found

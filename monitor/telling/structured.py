"""The structured log: one line an event, ``key=value``, nothing in it that a terminal would obey."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from monitor.telling.harmless import harmless

_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/+%?&@,#~")


def fields(**values: object) -> dict[str, Any]:
    """The ``extra`` of a log call: what the event's line holds besides time, level and event."""
    return {"fields": values}


class Structured(logging.Formatter):
    """``2026-01-01T00:00:00Z info event="round ended" source=kcna-kp-en``. Times are in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        event = {"event": record.getMessage(), **getattr(record, "fields", {})}
        if record.exc_info:
            event["trace"] = self.formatException(record.exc_info)
        said = " ".join(f"{name}={_value(value)}" for name, value in event.items())
        return f"{at} {record.levelname.lower()} {said}"


def _value(value: object) -> str:
    text = harmless(str(value))
    if text and _BARE.issuperset(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

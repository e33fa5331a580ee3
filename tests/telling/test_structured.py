"""The structured log: one line an event, that a person and a program can read, whatever the site said."""

from __future__ import annotations

import logging
import shlex
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.telling.structured import Structured, fields

AT = 1767225600.9  # 2026-01-01T00:00:00Z


def line(message: str, level: int = logging.INFO, **values: object) -> str:
    record = logging.makeLogRecord({"msg": message, "levelno": level, "levelname": logging.getLevelName(level), "created": AT})
    record.__dict__.update(fields(**values))
    return Structured().format(record)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "2026-01-01T00:00:00Z info event=x"),
        ({"source": "kcna-kp-en", "round": 7}, "2026-01-01T00:00:00Z info event=x source=kcna-kp-en round=7"),
        ({"url": "https://a.example/x?y=1&z"}, '2026-01-01T00:00:00Z info event=x url="https://a.example/x?y=1&z"'),
        ({"why": 'it said "no"'}, r'2026-01-01T00:00:00Z info event=x why="it said \"no\""'),
        ({"why": "\x1b[31m"}, r'2026-01-01T00:00:00Z info event=x why="\\x1b[31m"'),
        ({"why": ""}, '2026-01-01T00:00:00Z info event=x why=""'),
        ({"why": "[bold]"}, '2026-01-01T00:00:00Z info event=x why="[bold]"'),
    ],
)
def test_golden_lines(values: dict[str, object], expected: str) -> None:
    assert line("x", **values) == expected


def test_the_level_and_the_event_stand_first() -> None:
    assert line("round ended", logging.WARNING) == '2026-01-01T00:00:00Z warning event="round ended"'


@given(value=st.text())
def test_any_value_is_one_field_of_one_line(value: str) -> None:
    written = line("x", why=value, after="end")
    assert len(written.splitlines()) == 1
    *_, why, after = shlex.split(written)
    assert (why.partition("=")[0], after) == ("why", "after=end")


def test_a_fault_of_ours_is_told_with_its_trace_in_the_same_line() -> None:
    out = StringIO()
    logger = logging.Logger("test")
    handler = logging.StreamHandler(out)
    handler.setFormatter(Structured())
    logger.addHandler(handler)
    try:
        raise RecursionError("too\ndeep")
    except RecursionError:
        logger.exception("reading failed", extra=fields(source="a"))
    assert out.getvalue().count("\n") == 1
    assert 'error event="reading failed" source=a trace="Traceback' in out.getvalue()
    assert "test_structured.py" in out.getvalue()


def test_a_record_of_somebody_elses_has_no_fields() -> None:
    record = logging.makeLogRecord({"msg": "n %d", "args": (3,), "created": AT, "levelname": "INFO"})
    assert Structured().format(record) == '2026-01-01T00:00:00Z info event="n 3"'

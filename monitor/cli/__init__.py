"""The command line: thin commands over the rooms. ``main`` turns every error into one sentence and an exit code."""

from __future__ import annotations

from monitor.cli.main import main

__all__ = ["main"]

"""Edits judged: which classes an edit bears, how much it matters, and why. Pure functions over word lists kept as data."""

from monitor.judging.edits.classes import edits
from monitor.judging.edits.score import judge

__all__ = ["edits", "judge"]

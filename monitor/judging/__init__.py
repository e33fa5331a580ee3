"""Judging: pure functions that say what a capture is and which changes happened."""

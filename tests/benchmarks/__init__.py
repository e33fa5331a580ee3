"""Benchmarks: figures printed, nothing asserted about time. Run one as ``python -m tests.benchmarks.rounds``."""

"""monitor: a background service that catches news sites rewriting or removing their articles."""

__version__ = "0.1.0"

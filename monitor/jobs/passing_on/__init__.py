"""The log as it is passed on: exports, feeds, messages."""

"""Storing: the only SQL. Captures, versions and changes in one SQLite file."""

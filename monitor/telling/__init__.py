"""Telling: what people are shown of the log and of the articles."""

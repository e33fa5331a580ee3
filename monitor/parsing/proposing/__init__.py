"""Proposing how a site is watched: from addresses to patterns, from a few articles to the selectors that read them all."""

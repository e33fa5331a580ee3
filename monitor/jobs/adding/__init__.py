"""Putting a site under watch: looking around it, sampling its pages, proposing its source; lists of feeds."""

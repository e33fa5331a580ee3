"""Fetching: visits addresses politely and keeps the bytes as they came off the wire."""

"""The article and its text format: what a capture says, as a value and as the text of ``seeds/``."""

from __future__ import annotations

from monitor.article.dates import long_date, parse_long_date
from monitor.article.reading import from_bytes, from_text
from monitor.article.values import Article, Card, Image, fold
from monitor.article.writing import to_text

__all__ = ["Article", "Card", "Image", "fold", "from_bytes", "from_text", "long_date", "parse_long_date", "to_text"]

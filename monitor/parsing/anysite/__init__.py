"""Sites that nobody described: a page is read by what it says of itself, by trafilatura and by our own reading, combined.

Bytes in, values out. :func:`read_any` is the way in; ``reader.py`` makes readings of it that keep the reader's protocol.
"""

from __future__ import annotations

from monitor.parsing.anysite.reading import AnyArticle, read_any
from monitor.parsing.anysite.sorts import Sort

__all__ = ["AnyArticle", "Sort", "read_any"]

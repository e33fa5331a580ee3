"""Character references in a text that bears them still (``&amp;``, ``&#8211;``): undone, as HTML says."""

from __future__ import annotations

import html
import re

_HUGE = re.compile(r"&#[0-9]{600,};?")  # Python makes no number of so many digits, and it is beyond Unicode in any case


def unescaped(text: str) -> str:
    """``text`` without references: once, so ``&amp;lt;`` becomes ``&lt;``. Those beyond Unicode become U+FFFD. Never fails."""
    return html.unescape(_HUGE.sub("\ufffd", text)) if "&" in text else text

"""Watch words in the words of a page: each is set off where it stands, in any of its spellings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from flask import g
from markupsafe import Markup, escape

from monitor.jobs.watching import words
from monitor.reviewing import auth
from monitor.settings import WatchWord
from monitor.telling.harmless import harmless

_MOST_FORMS = 150  # that are looked for: a page is to be there in a tenth of a second, whatever somebody watches for
_BETWEEN = r"[-‐‑\s]+"  # a hyphen counts like a space


def marked(text: str) -> Markup:
    """A text as harmless markup, with a ``<mark>`` around every watch word; one that an edit cuts in two has none."""
    pattern = _wanted()
    if pattern is None:
        return escape(harmless(text))
    found, done = [], 0
    for hit in pattern.finditer(text):
        found += [escape(harmless(text[done : hit.start()])), Markup("<mark>{}</mark>").format(harmless(hit[0]))]
        done = hit.end()
    return Markup("").join([*found, escape(harmless(text[done:]))])


def _wanted() -> re.Pattern[str] | None:
    """The watch words of this moment, looked up once a request."""
    if "watched" not in g:
        parts = auth.parts()
        g.watched = pattern_of(tuple(words(parts.settled(), parts.sources)))
    found: re.Pattern[str] | None = g.watched
    return found


@lru_cache(maxsize=8)
def pattern_of(watch: Sequence[WatchWord]) -> re.Pattern[str] | None:
    """What finds these words as judging does: in any case of letters, with or without hyphens, Korean with any particle."""
    forms = sorted(dict.fromkeys(form for word in watch for form in word.forms), key=len, reverse=True)[-_MOST_FORMS:]
    return re.compile("|".join(map(_form, forms)), re.IGNORECASE) if forms else None


def _form(form: str) -> str:
    inner = _BETWEEN.join(map(re.escape, re.split(_BETWEEN, form.strip())))
    start = r"(?<![^\W_])" if form[:1].isascii() and form[:1].isalnum() else ""
    end = r"(?![^\W_가-힣])" if form[-1:].isascii() and form[-1:].isalnum() else ""
    return f"{start}{inner}{end}"

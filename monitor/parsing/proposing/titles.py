"""Titles without the site's name: what all pages of a site have before or behind their titles, as ``Daily Gazette - ``."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BEFORE = re.compile(r"^(.*?\S) ?(?:[-–—|:·»]|::) ")
_BEHIND = re.compile(r" (?:[-–—|·«]|::) ?(\S.*)$")
_FEWEST = 2  # titles without which nothing is repeated


def affixes(titles: Sequence[str]) -> tuple[str, str]:
    """What all titles begin with and end with, each up to a dash or bar; empty where there is no such thing."""
    if len(set(titles)) < _FEWEST:
        return "", ""
    prefix, suffix = _common(titles), _common([each[::-1] for each in titles])[::-1]
    before, behind = _BEFORE.match(prefix), _BEHIND.search(suffix)
    start, end = before[0] if before else "", behind[0] if behind else ""
    return (start, end) if all(len(each) > len(start) + len(end) for each in titles) else ("", "")


def _common(texts: Sequence[str]) -> str:
    """What all texts begin with."""
    first, last = min(texts), max(texts)
    return first[: next((at for at, sign in enumerate(first) if at >= len(last) or sign != last[at]), len(first))]


def bare(title: str, around: tuple[str, str]) -> str:
    """A title without what stands around all titles."""
    return title.removeprefix(around[0]).removesuffix(around[1]).strip()


def name_in(titles: Sequence[str]) -> str:
    """The site's name as its page titles bear it; empty where they bear none."""
    start, end = affixes(titles)
    before, behind = _BEFORE.match(start), _BEHIND.search(end)
    return (behind[1] if behind else before[1] if before else "").strip(" -–—|:·»«")

"""What every check of a config uses: tables and texts of what a file holds, addresses, selectors, rules, patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from monitor.config.files import Table
from monitor.config.sentences import Problem, shown
from monitor.toml_lines import Path as KeyPath

CheckSelector = Callable[[str], str | None]
NO_ADDRESS = "is no address; write it as https://host/path"
_PLACES = ("css", "text", "link")


def table_of(value: object) -> Table:
    """A value as a table; an empty one where it is none."""
    return value if isinstance(value, dict) else {}


def strings_of(value: object) -> list[str]:
    """The texts of a list; none where it is no list."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def is_address(text: str) -> bool:
    """Whether a text is a whole http(s) address."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", text)
    except ValueError:
        return False


def rule_problems(at: KeyPath, rule: Table, check_selector: CheckSelector) -> Iterator[Problem]:
    """What is wrong with the rule that stands at ``at``."""
    places = [key for key in _PLACES if key in rule]
    if len(places) != 1:
        yield at, f"a rule needs exactly one of css, text and link; this one has {' and '.join(places) or 'none'}"
    for key in places:
        if isinstance(rule[key], str) and not rule[key].strip():
            yield (*at, key), "should not be empty"
        elif key == "css" and isinstance(rule[key], str):
            yield from selector_problems((*at, key), rule[key], check_selector)
    if isinstance(rule.get("match"), str):
        yield from pattern_problems((*at, "match"), re.sub(r"\{(publication|title)\}", "x", rule["match"]))


def selector_problems(at: KeyPath, css: str, check_selector: CheckSelector) -> Iterator[Problem]:
    """What is wrong with the CSS selector that stands at ``at``."""
    wrong = check_selector(css)
    if wrong:
        yield at, f"{shown(css)} is no CSS selector: {wrong}"


def pattern_problems(at: KeyPath, pattern: str) -> Iterator[Problem]:
    """What is wrong with the regular expression that stands at ``at``."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as wrong:
        yield at, f"{shown(pattern)} is no regular expression: {wrong}"

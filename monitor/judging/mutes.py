"""Standing rules: known noise that a reviewer does not want to see. It stays in the log, out of sight."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model import Edit
from monitor.settings import Mute


def is_muted(source: str, edits: Sequence[Edit], rules: Sequence[Mute]) -> bool:
    """Whether each of the edits is noise by one of the rules. A change of which nothing is known to differ is never muted."""
    return bool(edits) and all(any(_fits(source, edit, rule) for rule in rules) for edit in edits)


def _fits(source: str, edit: Edit, rule: Mute) -> bool:
    """Whether an edit is what a rule names: all that the rule says of it is true."""
    said = f"{edit.before}\n{edit.after}".casefold()
    return (
        (not rule.sources or source in rule.sources)
        and (not rule.classes or edit.what.value in rule.classes)
        and (not rule.words or any(word.casefold() in said for word in rule.words))
        and (rule.place is None or edit.place.casefold().startswith(rule.place.casefold()))
    )

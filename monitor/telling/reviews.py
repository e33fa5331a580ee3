"""Reviews in words: what was done with a change, where it stands with its reviewers, and its review log."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from monitor.model import Act, Review, Reviewed, ReviewState
from monitor.telling.harmless import harmless
from monitor.telling.terminal import when

DONE = {
    Act.ACKNOWLEDGE: "acknowledged",
    Act.FLAG: "flagged",
    Act.DISMISS: "dismissed",
    Act.REOPEN: "opened again",
    Act.ASSIGN: "assigned",
    Act.NOTE: "noted",
    Act.UNDO: "taken back",
}
_BY = DONE | {Act.UNDO: "took something back"}  # said of a person


def standing(reviewed: Reviewed) -> str:
    """Where a change stands with its reviewers, in a few words; nothing where it is as open as it was."""
    state = [] if reviewed.state is ReviewState.OPEN else [reviewed.state.value]
    assigned = [f"assigned to {reviewed.assigned}"] if reviewed.assigned else []
    notes = [f"{reviewed.notes} note{'' if reviewed.notes == 1 else 's'}"] if reviewed.notes else []
    return harmless(", ".join((*state, *assigned, *notes)))


def reviews_text(reviewed: Reviewed, lines: Sequence[Review]) -> Text:
    """Where a change stands, and its review log, oldest first; nothing where nobody reviewed it. Times are in UTC."""
    text = Text()
    if not lines:
        return text
    text.append(f"\nreview: {standing(reviewed) or 'open'}\n", "bold")
    for line in lines:
        text.append(f"  {when(line.at)}  {harmless(line.who)} {_did(line)}", "dim" if line.is_undone else "")
        text.append("  (taken back)\n" if line.is_undone else "\n", "dim")
        if line.act is Act.NOTE:
            for row in line.text.split("\n"):
                text.append(f"    {harmless(row)}\n", "dim" if line.is_undone else "cyan")
    return text


def _did(line: Review) -> str:
    if line.act is Act.ASSIGN:
        return f"assigned it to {harmless(line.text)}" if line.text else "assigned it to nobody"
    return _BY[line.act]


def done_line(act: Act, changes: Sequence[int], text: str = "") -> str:
    """What was done with how many changes, in a line."""
    which = f"change {changes[0]} is" if len(changes) == 1 else f"{len(changes)} changes are"
    to = (f" to {text}" if text else " to nobody") if act is Act.ASSIGN else ""
    return harmless(f"{which} {DONE[act]}{to}")


def meanwhile_line(line: Review) -> str:
    """What somebody else did with a change that one was looking at, in a line."""
    what = {Act.NOTE: "left a note on it", Act.ASSIGN: "assigned it"}.get(line.act, _BY[line.act])
    return harmless(f"change {line.change}: meanwhile {line.who} {what} at {when(line.at)} UTC; both stand in the review log")

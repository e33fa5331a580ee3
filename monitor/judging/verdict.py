"""Verdicts: what is known of a page and what was seen become changes. Pure functions; nothing here acts.

No proof, no verdict: only a reading and, after several agreeing visits, an absence ever change what is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.model import Absence, Adopted, Decision, Elsewhere, Kind, Observation, Page, Pictured, Seen, VersionRef, Wording
from monitor.settings import Removal

NOTHING = Decision()
_LONGEST_WAIT = 4  # a page that keeps failing is visited every 2^4 intervals at the least


def on_reading(
    page: Page,
    wording: Wording,
    earlier: VersionRef | None,
    elsewhere: Sequence[Elsewhere] = (),
    adopted: Adopted | None = None,
) -> Decision:
    """The verdict on a page that was read. ``adopted`` is what it is known to have borne, as today's reader reads it.

    ``earlier`` is the page's version with the same fingerprint, if it ever had one; ``elsewhere`` are the other
    pages that bear or bore its text, or nearly that. At most one of the first sights and restored, then at most one of edited
    and reverted.
    """
    if page.current is None:
        first = (first_sight(page, elsewhere),)  # it may be known by an import, which no visit has seen
        return Decision(first, version=earlier.id) if earlier is not None else Decision(first, wording)
    back = (Kind.RESTORED,) if page.gone else ()
    if wording.fingerprint == page.current.fingerprint:
        return Decision(back)
    if earlier is not None:
        return Decision((*back, Kind.REVERTED), version=earlier.id, adopted=adopted)
    return Decision((*back, Kind.EDITED), wording, adopted=adopted)


def first_sight(page: Page, elsewhere: Sequence[Elsewhere]) -> Kind:
    """What the first sight of a page is, by the other pages that bear or bore its text, or nearly that.

    Moved: an address of the source redirects here now, or its removal is in the log and no other address has its text still.
    Copied: another page of the source has exactly this text. Syndicated: a page of another source has it, or nearly.
    """
    own = [each for each in elsewhere if each.source == page.source]
    if any(each.leads_to == page.key for each in own) or (own and all(each.is_gone for each in own)):
        return Kind.MOVED
    if any(each.likeness == 1 for each in own):
        return Kind.COPIED
    return Kind.SYNDICATED if len(elsewhere) > len(own) else Kind.NEW


def on_unchanged(page: Page) -> Decision:
    """The verdict on a page that is as it was: it is back if its removal was logged."""
    return Decision((Kind.RESTORED,)) if page.gone and page.current else NOTHING


def on_new_reader(page: Page, wording: Wording) -> Decision:
    """The verdict when only the way of reading changed: the wording is kept, and no change is logged but a return."""
    same = page.current is not None and wording.fingerprint == page.current.fingerprint
    return Decision(on_unchanged(page).changes, None if same else wording)


def with_pictures(decision: Decision, pictures: Pictured | None) -> Decision:
    """The decision, together with what a visit made known of the pictures. An edit of them alone leaves the wording as it was."""
    if pictures is None:
        return decision
    is_logged = any(kind.is_first or kind in (Kind.EDITED, Kind.REVERTED) for kind in decision.changes)
    changes = (*decision.changes, Kind.EDITED) if pictures.is_edit and not is_logged else decision.changes
    return replace(decision, changes=changes, pictures=pictures)


def is_evidence(page: Page, observation: Observation, decision: Decision) -> bool:
    """Whether a visit's capture is kept: a first sight, what led to a change, what could not be read, proof of absence.

    A page that stays away is proof once its absence begins, and no more when its removal is in the log.
    """
    if observation.capture is None:
        return False
    if decision.changes or decision.wording or page.is_missed(observation.seen):
        return True
    if observation.seen is Seen.GONE:
        return page.seen is not Seen.GONE
    return not observation.seen.is_well


def removals(absences: Sequence[Absence], rule: Removal) -> list[Absence]:
    """Those absences that prove a removal: enough agreeing visits over a long enough time."""
    return [a for a in absences if a.visits >= rule.visits and a.last - a.first >= rule.span]


def next_visit(at: datetime, seen: Seen, failures: int, interval: timedelta) -> datetime:
    """When a page is due again. One that fails (not: is gone) is tried less often, up to sixteen times less."""
    if seen.is_well or seen is Seen.GONE or failures < 2:
        return at + interval
    return at + interval * float(2 ** min(failures - 1, _LONGEST_WAIT))

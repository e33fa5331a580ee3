"""Verdicts: every combination of what is known and what was seen, as a table; and what must hold whatever comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins import DAY, HOUR, START, article, capture, wording

from monitor.judging import verdict
from monitor.model import Absence, Decision, Elsewhere, Kind, Observation, Page, Picture, Pictured, Seen, VersionRef, Wording
from monitor.settings import Duration, Removal

OLD, NOW, NEVER = (wording(article(title)) for title in ("an earlier wording", "the current one", "one never seen"))
EARLIER = VersionRef(1, OLD.fingerprint)
CURRENT = VersionRef(2, NOW.fingerprint)


def page(*, read: bool, gone: bool = False) -> Page:
    """A page that bears the current wording, if it was read at all."""
    return Page(7, "a", "k", "https://a.example/k", gone=gone, current=CURRENT if read else None)


COPY = (Elsewhere(8, "a", "https://a.example/other"),)


def on_reading(known: Page, seen: Wording, elsewhere: bool = False) -> Decision:
    earlier = EARLIER if known.current and seen is OLD else None
    return verdict.on_reading(known, seen, earlier, COPY if elsewhere else ())


@pytest.mark.parametrize(("elsewhere", "kind"), [(False, Kind.NEW), (True, Kind.COPIED)])
def test_a_first_visit_to_a_wording_that_an_import_brought_is_no_second_version(elsewhere: bool, kind: Kind) -> None:
    assert verdict.on_reading(page(read=False), OLD, EARLIER, COPY if elsewhere else ()) == Decision((kind,), version=EARLIER.id)


# known of the page, seen, the text is known elsewhere: the changes, and what the page bears then
@pytest.mark.parametrize(
    ("known", "seen", "elsewhere", "changes", "stored", "back_to"),
    [
        (page(read=False), NEVER, False, [Kind.NEW], NEVER, None),
        (page(read=False), NEVER, True, [Kind.COPIED], NEVER, None),
        (page(read=True), NOW, False, [], None, None),
        (page(read=True), NOW, True, [], None, None),
        (page(read=True), NEVER, False, [Kind.EDITED], NEVER, None),
        (page(read=True), NEVER, True, [Kind.EDITED], NEVER, None),
        (page(read=True), OLD, False, [Kind.REVERTED], None, 1),
        (page(read=True), OLD, True, [Kind.REVERTED], None, 1),
        (page(read=True, gone=True), NOW, False, [Kind.RESTORED], None, None),
        (page(read=True, gone=True), NEVER, False, [Kind.RESTORED, Kind.EDITED], NEVER, None),
        (page(read=True, gone=True), OLD, False, [Kind.RESTORED, Kind.REVERTED], None, 1),
    ],
)
def test_a_page_that_was_read(
    known: Page, seen: Wording, elsewhere: bool, changes: list[Kind], stored: Wording | None, back_to: int | None
) -> None:
    assert on_reading(known, seen, elsewhere) == Decision(tuple(changes), stored, back_to)


@pytest.mark.parametrize(
    ("known", "changes"),
    [(page(read=True), []), (page(read=True, gone=True), [Kind.RESTORED]), (page(read=False), [])],
)
def test_a_page_that_is_as_it_was(known: Page, changes: list[Kind]) -> None:
    assert verdict.on_unchanged(known) == Decision(tuple(changes))


@pytest.mark.parametrize(
    ("known", "seen", "changes", "stored"),
    [
        (page(read=True), NOW, [], None),
        (page(read=True), NEVER, [], NEVER),
        (page(read=True), OLD, [], OLD),
        (page(read=True, gone=True), NOW, [Kind.RESTORED], None),
        (page(read=True, gone=True), NEVER, [Kind.RESTORED], NEVER),
    ],
)
def test_a_page_that_only_another_reader_reads_otherwise(
    known: Page, seen: Wording, changes: list[Kind], stored: Wording | None
) -> None:
    assert verdict.on_new_reader(known, seen) == Decision(tuple(changes), stored)


# Laws

_WORDINGS = st.sampled_from([wording(article(title)) for title in "abcd"])
_VISITS = st.lists(st.one_of(_WORDINGS, st.just("as it was"), st.just("removed")), max_size=20)
_FIRST = {Kind.NEW, Kind.COPIED, Kind.RESTORED}
_SECOND = {Kind.EDITED, Kind.REVERTED}


class Shelf:
    """What a store would keep of one page: its versions, and which one it bears."""

    def __init__(self) -> None:
        self.versions: list[Wording] = []
        self.page = page(read=False)

    def see(self, what: Wording | str) -> Decision:
        """The verdict on what was seen; what it says is done."""
        if what == "removed":
            self.page = replace(self.page, gone=self.page.current is not None)
            return verdict.NOTHING
        known = self.page
        if isinstance(what, str):
            decision = verdict.on_unchanged(known) if known.current else verdict.NOTHING
        else:
            at = next((i for i, each in enumerate(self.versions) if each.fingerprint == what.fingerprint), None)
            earlier = None if at is None else VersionRef(at + 1, what.fingerprint)
            decision = verdict.on_reading(known, what, earlier, elsewhere=())
        current = known.current
        if decision.wording is not None:
            self.versions.append(decision.wording)
            current = VersionRef(len(self.versions), decision.wording.fingerprint)
        elif decision.version is not None:
            current = VersionRef(decision.version, self.versions[decision.version - 1].fingerprint)
        self.page = replace(known, gone=known.gone and Kind.RESTORED not in decision.changes, current=current)
        return decision


@given(visits=_VISITS)
def test_the_changes_applied_to_known_give_seen(visits: list[Wording | str]) -> None:
    shelf = Shelf()
    for what in visits:
        shelf.see(what)
        if isinstance(what, Wording):
            assert shelf.page.current is not None
            assert shelf.page.current.fingerprint == what.fingerprint
            assert not shelf.page.gone
    assert len({each.fingerprint for each in shelf.versions}) == len(shelf.versions), "no wording is stored twice"


@given(visits=_VISITS, last=_WORDINGS)
def test_the_same_page_twice_gives_no_change(visits: list[Wording | str], last: Wording) -> None:
    shelf = Shelf()
    for what in [*visits, last]:
        shelf.see(what)
    assert shelf.see(last) == verdict.NOTHING
    assert shelf.see("as it was") == verdict.NOTHING


@given(visits=_VISITS)
def test_a_visit_logs_at_most_one_coming_and_then_one_rewording(visits: list[Wording | str]) -> None:
    shelf = Shelf()
    for what in visits:
        changes = shelf.see(what).changes
        assert len(_FIRST.intersection(changes)) <= 1
        assert len(_SECOND.intersection(changes)) <= 1
        assert list(changes) == sorted(changes, key=lambda kind: kind in _SECOND)
        assert len(changes) <= 2


# Removals

RULE = Removal(visits=3, span=Duration(hours=1))


def absence(visits: int, over: timedelta) -> Absence:
    return Absence(1, visits, START, START + over, None)


@pytest.mark.parametrize(
    ("visits", "over", "is_removed"),
    [(3, HOUR, True), (4, DAY, True), (2, DAY, False), (3, HOUR - timedelta(milliseconds=1), False), (1, timedelta(0), False)],
)
def test_enough_visits_over_a_long_enough_time(visits: int, over: timedelta, is_removed: bool) -> None:
    found = absence(visits, over)
    assert verdict.removals([found], RULE) == ([found] if is_removed else [])


def test_each_absence_is_judged_by_itself() -> None:
    proven = absence(3, HOUR)
    assert verdict.removals([absence(1, HOUR), proven, absence(3, timedelta(0))], RULE) == [proven]


def test_one_visit_is_enough_where_the_rule_says_so() -> None:
    assert verdict.removals([absence(1, timedelta(0))], Removal(visits=1, span=Duration(0)))


# What is kept as evidence

LOGGED, STORED = Decision((Kind.EDITED,), NOW), Decision((), NOW)


def seen_as(seen: Seen) -> Observation:
    return Observation(seen, START, capture=capture(START))


@pytest.mark.parametrize(
    ("known", "seen", "decision", "kept"),
    [
        (page(read=False), Seen.PARSED, LOGGED, True),
        (page(read=True), Seen.PARSED, LOGGED, True),
        (page(read=True), Seen.PARSED, STORED, True),
        (page(read=True), Seen.PARSED, verdict.NOTHING, False),
        (page(read=True), Seen.NOT_MODIFIED, verdict.NOTHING, False),
        (page(read=True, gone=True), Seen.NOT_MODIFIED, Decision((Kind.RESTORED,)), True),
        (page(read=True), Seen.BLOCKED, verdict.NOTHING, True),
        (replace(page(read=True), seen=Seen.BROKEN, failures=9), Seen.BROKEN, verdict.NOTHING, True),
        (page(read=True), Seen.GONE, verdict.NOTHING, True),
        (replace(page(read=True), seen=Seen.GONE), Seen.GONE, verdict.NOTHING, True),
        (replace(page(read=True, gone=True), seen=Seen.GONE), Seen.GONE, verdict.NOTHING, False),
        (page(read=False), Seen.GONE, verdict.NOTHING, True),
        (replace(page(read=False), seen=Seen.GONE), Seen.GONE, verdict.NOTHING, False),
    ],
)
def test_what_proves_something_is_kept(known: Page, seen: Seen, decision: Decision, kept: bool) -> None:
    assert verdict.is_evidence(known, seen_as(seen), decision) is kept


def test_where_nothing_came_nothing_is_kept() -> None:
    assert not verdict.is_evidence(page(read=True), Observation(Seen.UNREACHABLE, START), verdict.NOTHING)


# When a page is due again


@pytest.mark.parametrize(
    ("seen", "failures", "intervals"),
    [
        (Seen.PARSED, 0, 1),
        (Seen.NOT_MODIFIED, 0, 1),
        (Seen.GONE, 1, 1),
        (Seen.GONE, 50, 1),
        (Seen.BROKEN, 1, 1),
        (Seen.BROKEN, 2, 2),
        (Seen.BLOCKED, 3, 4),
        (Seen.UNREACHABLE, 4, 8),
        (Seen.REDIRECTED, 5, 16),
        (Seen.BROKEN, 6, 16),
        (Seen.BROKEN, 10_000, 16),
    ],
)
def test_a_page_that_fails_is_tried_less_often_and_one_that_is_gone_is_not(seen: Seen, failures: int, intervals: int) -> None:
    assert verdict.next_visit(START, seen, failures, HOUR) == START + intervals * HOUR


# Pictures


EDIT = Pictured((), (Picture("https://a.example/a.jpg", "a"),), is_edit=True)


@pytest.mark.parametrize(
    ("changes", "pictures", "logged"),
    [
        ((), None, ()),
        ((), EDIT, (Kind.EDITED,)),
        ((), replace(EDIT, is_edit=False), ()),
        ((Kind.RESTORED,), EDIT, (Kind.RESTORED, Kind.EDITED)),
        ((Kind.EDITED,), EDIT, (Kind.EDITED,)),
        ((Kind.RESTORED, Kind.REVERTED), EDIT, (Kind.RESTORED, Kind.REVERTED)),
        ((Kind.NEW,), replace(EDIT, before=None, is_edit=False), (Kind.NEW,)),
    ],
)
def test_an_edit_of_pictures_is_one_where_no_other_is_logged(
    changes: tuple[Kind, ...], pictures: Pictured | None, logged: tuple[Kind, ...]
) -> None:
    decision = verdict.with_pictures(Decision(changes), pictures)
    assert (decision.changes, decision.pictures) == (logged, pictures)
    assert (decision.wording, decision.version) == (None, None)

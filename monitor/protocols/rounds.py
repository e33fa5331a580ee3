"""The writing side of the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from monitor.model import (
    Absence,
    Adopted,
    Capture,
    Change,
    Claim,
    Clue,
    Cluster,
    Elsewhere,
    Evidence,
    Judged,
    NewPage,
    Outcome,
    OutsideCopy,
    Page,
    Pictures,
    Reading,
    Round,
    Sighting,
    Twin,
    Version,
    VersionRef,
    Wording,
)


class Rounds(Protocol):
    """The writing side of the store. One instance belongs to one thread; methods raise StoreError.

    ``finish`` is idempotent: a claim that was finished, or was handed to somebody else since, changes nothing.
    """

    def atomic(self, *, waiting: bool = True) -> AbstractContextManager[object]:
        """Everything inside is written together or not at all. May be nested.

        Without ``waiting`` for the disk, a power cut may undo it: for what is done again then, like visits that found nothing.
        """

    def sync_sources(self, names: Sequence[str], now: datetime) -> None:
        """Make sure that every source in ``names`` is known."""

    def open_round(self, source: str, now: datetime, stale: timedelta) -> Round:
        """A new round, or the one that was cut short less than ``stale`` ago, to be gone on with."""

    def open_check(self, source: str, now: datetime) -> Round:
        """A round of its own for pages visited out of turn. It neither ends a baseline nor is ever gone on with."""

    def hurry(self, source: str, now: datetime, limit: int | None = None) -> None:
        """Make the pages due that could not be read, or up to ``limit`` of them, those that failed the fewest times first."""

    def claim_due(
        self, round_: Round, now: datetime, horizon: timedelta, worker: str, lease: timedelta, limit: int
    ) -> list[Claim]:
        """Up to ``limit`` pages not yet visited in the round and due by ``now + horizon``, the longest due first."""

    def make_due(self, round_: Round, now: datetime) -> None:
        """Make every active page of the round's source due."""

    def claim_page(self, page: int, round_: Round, now: datetime, worker: str, lease: timedelta) -> Claim | None:
        """One page, due or not; None while somebody else visits it."""

    def release(self, worker: str) -> None:
        """Give back every page that ``worker`` claimed and did not finish."""

    def release_all(self) -> None:
        """Give back every claimed page. Only for the one who holds the instance lock."""

    def earlier(self, page: int, fingerprint: bytes) -> VersionRef | None:
        """The version of the page that has this fingerprint, if it ever had one."""

    def is_known_elsewhere(self, text_digest: bytes, page: int) -> bool:
        """Whether another page ever bore the text."""

    def twin(self, wire: bytes) -> Twin | None:
        """A capture in the archive that bears bytes of this digest (SHA-256) itself."""

    def finish(self, claim: Claim, outcome: Outcome) -> bool:
        """Write all that a visit brought, in one transaction. False when the claim was no longer valid."""

    def add_pages(self, source: str, pages: Iterable[NewPage], now: datetime, is_baseline: bool = False) -> int:
        """Take up pages whose keys are not known, due at once. The number of those that were new.

        With ``is_baseline``, or in a source's first round, their first visits are no news.
        """

    def take_up(self, source: str, page: NewPage, now: datetime) -> bool:
        """Take up a page as baseline: its first visit is no news. False when its key is known."""

    def is_taken(self, page: int, at: datetime, wire: bytes) -> bool:
        """Whether a capture of the page with bytes of this digest (SHA-256) is there, of the same second."""

    def keep_import(self, page: Page, capture: Capture, wording: Wording, evidence: Evidence, origin: str, now: datetime) -> bool:
        """Take in a capture made elsewhere, and the wording that it shows, from the file ``origin``.

        It never becomes what the page bears now. Whether its wording was not yet known of the page.
        """

    def saved_since(self, source: str, now: datetime, *, is_on: bool) -> datetime | None:
        """Since when the source's changes are handed to an archive outside; None where they are not (any more)."""

    def copies_wanted(self, source: str, since: datetime, tries: int) -> list[OutsideCopy]:
        """The source's changes since then that have no copy outside and less than ``tries`` tries, oldest first.

        Without what is no news: baseline and imports.
        """

    def keep_outside_copy(self, change: int, now: datetime, link: str | None, problem: str) -> None:
        """Note one more try to have a change's page saved outside, and what came of it."""

    def absences(self, round_: Round, now: datetime) -> list[Absence]:
        """The pages found absent in this round, each with its agreeing visits that prove something."""

    def close_round(self, round_: Round, now: datetime, removals: Sequence[Absence]) -> bool:
        """End the round and log ``removals``, in one transaction. Whether any page of the source was read well in it."""

    def seal(self) -> int:
        """Add to the hash chain what was logged since it was last added to, in commit order. The number of changes.

        A change that does not fit what it rests on is no change that was logged: it is left out, and an incident ``seal`` opened.
        """

    def unjudged(self, recipe: bytes, limit: int) -> list[Change]:
        """Up to ``limit`` changes that were not judged by this recipe, the newest first."""

    def keep_judgement(self, change: int, recipe: bytes, judged: Judged) -> None:
        """Keep beside a change what it was judged to be, and by which recipe. ``folded`` is not kept by this."""

    def fold(self, change: int, into: int) -> None:
        """Note that a judged change is shown as part of another."""

    def turn_off_shortcut(self, source: str, now: datetime, detail: str) -> None:
        """Read every page of the source in full from now on, and open an incident that says why."""

    def is_shortcut_off(self, source: str) -> bool:
        """Whether the source's pages are read in full at every visit."""

    def open_incident(self, source: str, kind: str, now: datetime, detail: str) -> bool:
        """Note something about a source. False when the same kind of incident is open already."""

    def close_incident(self, source: str, kind: str, now: datetime) -> bool:
        """End an incident. False when there was none."""

    def turn_off_validators(self, source: str, now: datetime, detail: str) -> None:
        """Ask for the source's pages unconditionally from now on, and open an incident that says why."""

    def are_validators_off(self, source: str) -> bool:
        """Whether the source's pages are asked for unconditionally at every visit."""

    def trust(self, source: str, now: datetime) -> bool:
        """Use the source's shortcut and validators again, and end the incidents that say why not. False: both were in use."""

    def pictures(self, page: int) -> Pictures | None:
        """The pictures that a page is known to show; None where nobody looked yet."""

    def keep_pictures(self, page: int, pictures: Pictures) -> None:
        """Have a page be known to show these pictures. No change is logged for that."""

    def adopt(self, page: Page, reading: Reading, what: Adopted | None, now: datetime) -> bool:
        """Have the page be known by another reader's ``reading`` of its last capture, and bear ``what`` that says, if it says
        something else. No change is logged. False when the page is not as it was, or is being visited.
        """

    def keep_reread(self, page: Page, version: Version, what: Adopted) -> bool:
        """Keep what another reader makes of an earlier version's capture, beside it. False when that wording is known."""

    def note(self, source: str, kind: str, now: datetime, detail: str) -> None:
        """Note something about a source that was over at once: an incident that has ended."""

    def drift(self, source: str) -> frozenset[str]:
        """The signs of a redesign that the source's pages showed when they were last looked at."""

    def keep_drift(self, source: str, signs: Set[str], denied: Set[str]) -> None:
        """Remember the signs of a redesign, and those that are taken for what the articles say, or that there are none."""

    def no_drift(self, source: str) -> frozenset[str]:
        """The signs that somebody takes for what the source's articles say."""

    def deny_drift(self, source: str, now: datetime) -> bool:
        """Take the signs of a redesign for what the articles say, from now on, and end its incident. False: there were none."""

    def drop_file(self, name: str, size: int, digest: bytes, by: str, now: datetime) -> None:
        """Note that a file of the archive was dropped, by whom, and what it was."""

    def last_visit(self) -> datetime | None:
        """The latest instant of any visit."""

    # Nearly the same text, and stories; see monitor/visiting/alike.py and monitor/jobs/following/stories.py

    def text_number(self, text_digest: bytes) -> int | None:
        """The number of a text that is kept, by its digest."""

    def sign(self, text: int, keys: Sequence[int], family: int) -> bool:
        """Keep the band keys of a text, and the first text of its family. False when it is signed already."""

    def unsigned(self, recipe: int, limit: int) -> list[tuple[int, str]]:
        """Texts that were not signed by this recipe yet, title and paragraphs one a line; signs of other recipes are dropped."""

    def family(self, text: int) -> int | None:
        """The first text of the family to which a text belongs; None while it is not signed."""

    def candidates(self, keys: Sequence[int], limit: int) -> list[tuple[int, int]]:
        """Texts that share bands with a signature, and how many; those that share the most first."""

    def words_of(self, text: int) -> str:
        """A text, title and paragraphs one a line; empty where it is damaged, which is for an audit to say."""

    def bearing(self, text: int, page: int) -> list[Elsewhere]:
        """The pages other than ``page`` that bear or bore a text, the one that is known the longest first."""

    def to_follow(self, limit: int) -> list[int]:
        """The next changes whose clues were not taken yet, without what is no news."""

    def followed(self, change: int) -> None:
        """Note that the clues of all changes up to this one were taken."""

    def keep_clues(self, change: int, clues: Sequence[Clue]) -> None:
        """Keep what a change may have in common with others."""

    def sightings(self, key: bytes, limit: int) -> list[Sighting]:
        """Where a clue was seen, the latest first."""

    def begun(self) -> datetime | None:
        """When the first change of all was logged."""

    def keep_stories(self, clue: Clue, found: Sequence[Cluster]) -> None:
        """Have the stories of a clue be these, and no others. One that grew keeps its number."""

    def shade_stories(self, keys: Iterable[bytes]) -> None:
        """See anew which campaigns of these clues, and beside them, are but shadows of wider ones. Those are told no more."""

    def forget_stories(self) -> None:
        """Drop all clues and stories, so that they are made anew. The log stays as it is."""

    def moves(self, change: int, window: timedelta) -> list[tuple[int, int]]:
        """The other sides of a move: for a removal the pages at which its text appeared, for a first sight those that lost it,

        each with the earlier change that says so; both within ``window``.
        """

"""The reading side of the store, and what a person may set in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from monitor.model import (
    ArchiveFile,
    Change,
    Copies,
    Flaw,
    Head,
    Incident,
    Kept,
    LogQuery,
    OutsideCopy,
    Page,
    PageState,
    PageStatus,
    Pictures,
    ReviewState,
    Sealed,
    SourceState,
    SourceStatus,
    Stay,
    StoreStatus,
    Story,
    Version,
)


class Log(Protocol):
    """The reading side of the store, and what a person may set in it. Methods raise StoreError."""

    def changes(self, query: LogQuery) -> Iterator[Change]:
        """The changes that ``query`` asks for, newest first, or those of the highest score."""

    def numbers(self, query: LogQuery) -> Iterator[int]:
        """The numbers of the changes that :meth:`changes` gives. Cheap, for who needs few of them whole."""

    def changes_of(self, numbers: Sequence[int]) -> list[Change]:
        """The changes with these numbers, in this order, without those that there are not."""

    def change(self, number: int) -> Change | None:
        """One change."""

    def newest(self) -> int:
        """The number of the newest change; 0 where there is none."""

    def news_count(self) -> int:
        """How many changes are news: neither baseline, nor muted, nor folded into another."""

    def news_by_state(self) -> dict[ReviewState, int]:
        """How many of them are in each state that any is in."""

    def pictured(self, change: int) -> tuple[Pictures, Pictures] | None:
        """The pictures before and after a change; None where they were the same, or nobody looked."""

    def history(self, page: int) -> list[Change]:
        """The changes of a page, oldest first."""

    def version(self, page: int, number: int | None = None, at: datetime | None = None) -> Version | None:
        """A version of a page: by number, the one it bore at an instant, or the current one."""

    def versions(self, page: int) -> list[Version]:
        """All versions of a page, oldest first."""

    def stays(self, page: int) -> dict[int, tuple[Stay, ...]]:
        """When each version of a page stood there, by its number: one time or, where it went and came back, several."""

    def origins(self, page: int) -> dict[int, str]:
        """The versions of a page that were imported, by number, and the file that each came from."""

    def stories(self, change: int) -> list[Story]:
        """The stories that a change belongs to, the widest first; campaigns before all."""

    def story_of(self, changes: Sequence[int]) -> dict[int, Story]:
        """The widest story of each of these changes that belongs to any. Cheap, for the rows of a log."""

    def story(self, number: int) -> Story | None:
        """One story."""

    def story_changes(self, number: int) -> list[int]:
        """The changes of a story, oldest first."""

    def campaigns(self, query: LogQuery) -> list[Story]:
        """Campaigns with changes in the sources of ``query`` that lasted until its ``since`` or longer, the widest first.

        Without those most of whose changes belong to a wider one: a purged name has one campaign, not one for each part of it.
        """

    def family_of(self, change: int) -> int | None:
        """The family of the text before a change, or of that which it brought."""

    def copies(self, change: int) -> Copies:
        """On how many other pages the text of a change stands, or nearly that, and how many of them were changed alike."""

    def outside_copy(self, change: int) -> OutsideCopy | None:
        """What came of having a change's page saved outside; None where nobody was asked."""

    def bearers(self, page: int, number: int) -> list[Page]:
        """The other pages that bear or bore the text of a version, the one that is known the longest first."""

    def kept(self, page: int) -> list[Kept]:
        """The captures of a page that are kept, oldest first."""

    def kept_of(self, page: int, number: int | None = None) -> Kept | None:
        """The latest capture kept that shows a version of a page: by its number, or the one that it bears now."""

    def kept_sides(self, change: int) -> tuple[Kept | None, Kept | None]:
        """The captures on which a change rests: that of the wording before, and the one that led to it."""

    def resting_on(self, capture: int) -> list[int]:
        """The changes that rest on a capture: it led to them, or shows the wording before."""

    def all_kept(self) -> Iterator[Kept]:
        """Every capture that is kept, in the order in which they were stored."""

    def files(self) -> list[ArchiveFile]:
        """The files of the archive, oldest first, dropped ones too."""

    def page(self, key: str) -> Page | None:
        """The page with this key."""

    def page_at(self, url: str) -> Page | None:
        """The page with exactly this address."""

    def page_by_id(self, number: int) -> Page | None:
        """The page with this number."""

    def source_state(self, name: str) -> SourceState | None:
        """Whether a source is active, paused or retired; None when there is none of that name."""

    def pages(self, source: str | None = None) -> Iterator[PageStatus]:
        """State and health of the pages."""

    def page_status(self, number: int) -> PageStatus | None:
        """State and health of one page."""

    def sources(self) -> list[SourceStatus]:
        """State and health of the sources, by name."""

    def incidents(self, open_only: bool = True) -> list[Incident]:
        """Incidents, newest first."""

    def status(self) -> StoreStatus:
        """The whole store in numbers."""

    def head(self) -> Head | None:
        """The end of the hash chain; None when no change is sealed yet."""

    def unsealed(self) -> int:
        """How many changes were logged since the chain was last added to."""

    def sealed_as(self, digest: bytes) -> int | None:
        """The change whose seal is this digest, if any."""

    def sealed_from(self, change: int) -> Iterator[Sealed]:
        """The links of the chain from a change on to its head, in order."""

    def audit_size(self) -> int:
        """How many rows :meth:`audit` goes through."""

    def audit(self, step: Callable[[int], None]) -> Iterator[Flaw]:
        """Go through everything kept, recompute every digest, and say what is missing, altered or cut.

        ``step`` is told of every few rows how many they are.
        """

    def set_source_state(self, name: str, state: SourceState) -> bool:
        """Pause, resume or retire a source. False when there is none of that name."""

    def set_page_state(self, number: int, state: PageState) -> bool:
        """Pause, resume or forget a page. False when there is none of that number."""

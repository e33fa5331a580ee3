"""The pytest fixture ``replay``, for those who write sources of their own: saved pages go the whole road, in three lines.

::

    def test_an_edit_is_seen(replay):
        log = replay("pages/monday", "pages/tuesday")
        assert [change.kind for change in log] == ["edited"]

Each folder is what a site held at one moment, a day apart: ``NAME.html`` is a saved page, ``NAME.txt`` an article in the
text format, and the same NAME is the same page throughout. A relative path starts at the test's own folder, or at the
current one. The sources are those of ``config=``, a config folder (as it is, ``config`` where pytest starts), or
``sources=``. What the first round takes in is no news: it stands in ``log.baseline``. Further::

    log.of("speech")          # the changes of one page, oldest first
    log.article("speech")     # the article it bears at the end; log.versions["speech"] holds all its wordings
    log.text("speech")        # the same in the text format
    log.unread                # by NAME: why a page could not be read at its last visit
    log.incidents             # what was noticed of the source: [each.kind for each in log.incidents] == ["layout"], a redesign

Importing this module loads nothing but pytest; the program is loaded when a test calls the fixture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from monitor.article import Article
    from monitor.model import Change, Incident, Outcome, Page
    from monitor.settings import Source
    from monitor.storing.sqlite import SqliteStore

    Call = Callable[..., "Replayed"]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay left: its news, oldest first, what it took in as baseline, and the wordings of every page.

    ``incidents`` are those that last or are over, oldest first.
    """

    changes: tuple[Change, ...]
    baseline: tuple[Change, ...]
    versions: Mapping[str, tuple[Article, ...]]
    unread: Mapping[str, str]
    current: Mapping[str, Article]
    incidents: tuple[Incident, ...]

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def of(self, name: str) -> list[Change]:
        """The changes of the page NAME, oldest first, baseline and all."""
        from monitor.fetching.replay import address_of

        return [change for change in (*self.baseline, *self.changes) if change.url == address_of(name)]

    def article(self, name: str) -> Article:
        """The article that the page NAME bears at the end. Raises LookupError, saying why there is none."""
        if name not in self.current:
            raise LookupError(f"{name} was never read: {self.unread.get(name, 'there is no such page')}")
        return self.current[name]

    def text(self, name: str) -> str:
        """The article that the page NAME bears at the end, in the text format."""
        from monitor.article import to_text

        return to_text(self.article(name))


@pytest.fixture
def replay(request: pytest.FixtureRequest, tmp_path: Path) -> Call:
    """Call it with folders of saved pages, oldest first; see ``monitor/testing.py``."""
    numbers = count(1)

    def call(
        *folders: str | PathLike[str], config: str | PathLike[str] | None = None, sources: Iterable[Source] | None = None
    ) -> Replayed:
        usual = request.config.rootpath / "config"
        settings = _found(config, request) if config is not None else (usual if usual.is_dir() else None)
        database = tmp_path / f"replay-{next(numbers)}.db"
        return _replayed([_found(folder, request) for folder in folders], database, settings, sources)

    return call


def _found(path: str | PathLike[str], request: pytest.FixtureRequest) -> Path:
    beside = request.path.parent / path
    return beside if beside.exists() else Path(path)


def _replayed(folders: list[Path], database: Path, config: Path | None, sources: Iterable[Source] | None) -> Replayed:
    from monitor.assemble import House, Options
    from monitor.fetching.replay import ReplayFetcher, name_of, read_moments
    from monitor.jobs.replay import START, Replay, ReplayClock

    moments, unread = read_moments(folders), dict[str, str]()

    def note(page: Page, outcome: Outcome) -> None:
        name, seen = name_of(page.url) or page.url, outcome.observation
        unread.pop(name, None)
        if not seen.seen.is_well:
            unread[name] = f"{seen.seen}: {seen.detail}"

    house = House(Options(database, config, is_lasting=False), with_sources=sources is None)
    known = house.sources() if sources is None else tuple(sources)
    clock = ReplayClock(START)
    fetcher = ReplayFetcher(clock)
    with house.store(create=True) as store:
        Replay(known, house.made_layout(), fetcher, clock, house.tools(store, fetcher, clock=clock), note).run(moments)
        return _read(store, unread)


def _read(store: SqliteStore, unread: Mapping[str, str]) -> Replayed:
    from monitor.fetching.replay import name_of
    from monitor.model import LogQuery

    log = list(store.changes(LogQuery(baseline=True, limit=None)))[::-1]
    names = {page.id: name_of(page.url) or page.url for page in store.pages()}
    return Replayed(
        changes=tuple(change for change in log if not change.baseline),
        baseline=tuple(change for change in log if change.baseline),
        versions={name: tuple(version.article for version in store.versions(page)) for page, name in names.items()},
        unread=dict(unread),
        current={name: version.article for page, name in names.items() if (version := store.version(page))},
        incidents=tuple(store.incidents(open_only=False))[::-1],
    )

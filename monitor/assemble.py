"""The one place where parts are chosen and joined; the only reader of clock and environment.

A part is imported where it is made: a command that only looks at the log needs no parser, no HTTP and no messenger, and they
take longer to import than the log to read.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from monitor import __version__, fetching
from monitor.errors import ConfigError
from monitor.model import milliseconds
from monitor.protocols import Archive, Clock, Fetcher, Reader, Store
from monitor.settings import Layout, Settings, Source

if TYPE_CHECKING:
    from monitor.fetching.http import HttpFetcher
    from monitor.jobs.following.judge import Judge
    from monitor.jobs.passing_on.notify import Notifier
    from monitor.jobs.round import Tools
    from monitor.storing.sqlite import SqliteStore

DEFAULT_CONFIG = Path("config")
DEFAULT_DATABASE = Path("monitor.db")
_START = timedelta(seconds=1)  # the instant of a start is noted without its fraction
MADE_LAYOUT = Path(fetching.__file__).with_name("made.toml")


class SystemClock:
    """Implements the protocol ``Clock`` with the machine's clock."""

    def now(self) -> datetime:
        """The present instant in UTC, to the millisecond."""
        return milliseconds(datetime.now(UTC))


def secret(reference: str, environment: Mapping[str, str] | None = None) -> str:
    """What a config only refers to: ``env:NAME`` is in the environment, ``file:/path`` the text of a file.

    Raises ConfigError, which says what is missing.
    """
    kind, _, name = reference.partition(":")
    try:
        found = (os.environ if environment is None else environment).get(name, "") if kind == "env" else Path(name).read_text()
    except (OSError, ValueError) as wrong:  # UnicodeError is a ValueError
        raise ConfigError([f"the file {name} cannot be read: {getattr(wrong, 'strerror', None) or 'it is no text'}"]) from wrong
    if not found.strip():
        place = f"the environment has no {name}" if kind == "env" else f"the file {name} is empty"
        raise ConfigError([f"{place}; the secret that {reference} refers to belongs there"])
    return found.strip()


@dataclass(frozen=True, slots=True)
class Options:
    """What was named on the command line and, failing that, in the environment.

    ``is_named``: the database was named on the command line. One that is not lasting is thrown away at the end.
    """

    database: Path | None
    config: Path | None
    is_named: bool = False
    is_lasting: bool = True

    @classmethod
    def find(cls, database: str | None, config: str | None, environment: Mapping[str, str] | None = None) -> Options:
        """``--db`` and ``--config``, else MONITOR_DB and MONITOR_CONFIG."""
        environment = os.environ if environment is None else environment
        db, folder = database or environment.get("MONITOR_DB"), config or environment.get("MONITOR_CONFIG")
        return cls(Path(db) if db else None, Path(folder) if folder else None, is_named=bool(database))


class House:
    """The parts of one run of the program: settings, store, clock, and whatever works with them."""

    def __init__(self, options: Options, stop: threading.Event | None = None, *, with_sources: bool = False) -> None:
        """Raises ConfigError: for mistakes in the sources only when they are wanted, ``with_sources``, but then all at once."""
        from monitor.config import load_program
        from monitor.storing.sqlite import StoreFile

        self.clock: Clock = SystemClock()
        self.stop = stop or threading.Event()
        self._folder = options.config or (DEFAULT_CONFIG if DEFAULT_CONFIG.is_dir() else None)
        if self._folder is None:
            self._settings = Settings()
        elif with_sources:
            self._settings = _all_settings(self._folder)
        else:
            self._settings = Settings(load_program(self._folder))
        self._has_sources = with_sources
        self.program = self._settings.program
        path = options.database or Path(self.program.database or DEFAULT_DATABASE)
        self.store_file = StoreFile(path, lasting=options.is_lasting)

    @property
    def folder(self) -> Path | None:
        """The config folder; None where there is none."""
        return self._folder

    def not_taken_in(self) -> tuple[str, ...]:
        """The config files that were altered since the service that runs read them, at its start; none where none runs."""
        from monitor.config.altered import altered
        from monitor.storing.lock import held_since

        since = held_since(self.store_file.path)
        return () if since is None or self._folder is None else altered(self._folder, since + _START)

    def sources(self) -> tuple[Source, ...]:
        """The configured sources; none where there is no config folder. Raises ConfigError."""
        if not self._has_sources and self._folder is not None:
            self._settings = _all_settings(self._folder)
            self._has_sources = True
        return self._settings.sources

    def shelf(self) -> tuple[Source, ...]:
        """The sources that lie ready to be copied, and are not watched. Raises ConfigError."""
        if self._folder is None:
            return ()
        from monitor.config import load_sources
        from monitor.parsing.trees import check_selector

        return load_sources(self._folder, check_selector, "library")

    def needed_sources(self) -> tuple[Source, ...]:
        """The configured sources. Raises ConfigError also when there are none."""
        if self._folder is None:
            raise ConfigError(["there is no ./config folder; name one with --config or MONITOR_CONFIG"])
        found = self.sources()
        if not found:
            where = self._folder / "sources"
            raise ConfigError([f"{where}: holds no source; `monitor add URL` makes one, or add a file NAME.toml for each site"])
        return found

    def store(self, *, create: bool = False) -> SqliteStore:
        """A handle on the database for this thread. Raises InputError when there is none and ``create`` is false."""
        return self.store_file.open(create=create)

    def own_store(self) -> SqliteStore:
        """A handle for somebody who waits: it stands in no line behind others of this process. Raises StoreError, InputError."""
        return self.store_file.open(create=False, alone=True)

    def fetcher(self) -> HttpFetcher:
        """What visits the sites."""
        from monitor.fetching.http import HttpFetcher
        from monitor.fetching.pace import Pace

        return HttpFetcher(self.clock, Pace(self.stop), contact=self.program.contact, stop=self.stop, secrets=secret)

    def archive(self, clock: Clock | None = None) -> Archive:
        """Where the captures that prove something are kept."""
        from monitor.fetching.archive import WarcArchive
        from monitor.fetching.robots import AGENT

        software = f"{AGENT}/{__version__}"
        folder = self._archive_folder()
        return WarcArchive(folder, clock or self.clock, most_bytes=self.program.archive_file_bytes, software=software)

    def _archive_folder(self) -> Path:
        database = self.store_file.path
        return Path(self.program.archive) if self.program.archive else database.with_name(f"{database.name}.archive")

    def room(self) -> int | None:
        """The bytes that are left for the database or the archive, whichever has less; None where nobody can tell."""
        folders = (self.store_file.path.parent, self._archive_folder())
        return min((shutil.disk_usage(each).free for each in folders if each.is_dir()), default=None)

    def reader(self) -> Reader:
        """What turns captures into articles."""
        from monitor.parsing.reader import LayoutReader

        return LayoutReader()

    def tools(self, store: Store, fetcher: Fetcher, archive: Archive | None = None, clock: Clock | None = None) -> Tools:
        """What a round works with, around a store handle of the calling thread."""
        from monitor.jobs.round import Tools
        from monitor.judging.campaigns import Rule

        worker = f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"
        return Tools(
            store,
            fetcher,
            self.reader(),
            clock or self.clock,
            worker,
            self.program.full_read_every,
            archive,
            judge=self.judge(),
            unconditional_every=self.program.unconditional_every,
            campaigns=Rule(self.program.campaign_within, self.program.campaign_pages),
        )

    def judge(self) -> Judge:
        """What judges changes, by the settings."""
        from monitor.jobs.following.judge import Judge

        return Judge(self.program, self.sources())

    def notifier(self) -> Notifier:
        """What tells people of changes, by the settings."""
        from monitor.jobs.passing_on.notify import Notifier
        from monitor.sending import AppriseSender

        return Notifier(self.program, self.sources(), self.clock, AppriseSender(), secret, self.stop)

    def user(self) -> str:
        """Who runs this, as person and machine."""
        return f"{pwd.getpwuid(os.getuid()).pw_name}@{socket.gethostname()}"

    def made_layout(self) -> Layout:
        """The layout that reads the pages which a replay makes from article texts."""
        from monitor.config import load_layout
        from monitor.parsing.trees import check_selector

        return load_layout(MADE_LAYOUT, check_selector)


def _all_settings(folder: Path) -> Settings:
    """The program's settings and all sources; their selectors are checked by the library that will use them."""
    from monitor.config import load
    from monitor.parsing.trees import check_selector

    return load(folder, check_selector)

"""Every error the program raises on purpose, as one tree, each with the exit code it ends a command with.

::

    MonitorError                    1   something that was asked for could not be done
    ├── ConfigError                 3   a config file is wrong; holds every mistake at once
    ├── InputError                  4   something named on the command line is missing or unusable
    │   ├── FormatError             4   a file is not in the article format (names the line)
    │   ├── NoSuchChange            4   changes are named that there are not (says which)
    │   ├── NotWritable             4   an article has no text form (names the part and the reason)
    │   └── WrongFilter             4   a filter has a value that it cannot have
    │       └── UnknownName         4   a filter names what there is not (says what there is)
    ├── StoreError                  5   the database cannot be used
    │   ├── StoreBusy               5   another process holds it locked for too long
    │   ├── StoreMissing            5   its file was moved or deleted while it was in use
    │   ├── StoreReadOnly           5   it cannot be written
    │   ├── StoreFull               5   the disk is full
    │   ├── StoreTooNew             5   a newer program made it
    │   ├── StoreDamaged            5   it is not a database, or a broken one
    │   └── ArchiveError            5   the archive of captures cannot be written or read
    │       └── ArchiveDamaged      5   a capture in it is missing, altered or cut
    ├── AlreadyRunning              6   another instance serves this database (says who)
    ├── FetchError                  1   a fetch brought no usable answer
    │   ├── Unreachable             1   no answer: name, connection, TLS, time limit
    │   ├── Forbidden               1   the address leads to this machine or its network, and no `reach` allows it
    │   ├── Disallowed              1   the site's robots.txt does not want it fetched
    │   ├── Resting                 1   the host is left alone for a while (says until when and why)
    │   ├── TooLarge                1   the answer exceeds the size limit
    │   ├── BadAnswer               1   the answer cannot be decoded, or is not HTTP
    │   └── NoSession               1   the site gave no session to go on with
    ├── ParseError                  1   a capture is no article by its layout (names field and selectors)
    └── Stopped                     -   the service was told to stop; a visit is given up without a trace

Library errors are wrapped where they cross into the program, and the cause is kept (``raise … from``).
Ctrl-C ends a command with 130, wrong usage with 2 (click's own).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


class MonitorError(Exception):
    """Base of the tree. ``str(error)`` is one clear sentence for a person."""

    exit_code = EXIT_FAILED


class ConfigError(MonitorError):
    """One or more config files are wrong.

    ``problems`` holds every mistake as ``file:line: key: what is wrong and what would be right``.
    """

    exit_code = 3

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class InputError(MonitorError):
    """A file, folder, address or number given by the user does not exist or cannot be used."""

    exit_code = 4


class FormatError(InputError):
    """A text is not in the article format. ``line`` counts from 1."""

    def __init__(self, problem: str, *, line: int, where: str = "text") -> None:
        self.problem = problem
        self.line = line
        self.where = where
        super().__init__(f"{where}:{line}: not in the article format: {problem}")

    def at(self, where: str) -> FormatError:
        """The same error, naming the file it was found in."""
        return FormatError(self.problem, line=self.line, where=where)


class NotWritable(InputError):
    """An article has no text form: ``part`` names what stands in the way."""

    def __init__(self, part: str, problem: str) -> None:
        self.part = part
        self.problem = problem
        super().__init__(f"this article has no text form: {part}: {problem}")


class NoSuchChange(InputError):
    """Changes are named that there are not, so nothing was done with the others either. ``missing`` are their numbers."""

    def __init__(self, missing: Sequence[int]) -> None:
        self.missing = tuple(missing)
        named = ", ".join(f"#{number}" for number in self.missing[:20])
        more = f" and {len(self.missing) - 20} more" if len(self.missing) > 20 else ""
        super().__init__(f"there is no change {named}{more}; nothing was done with the others either")


class WrongFilter(InputError):
    """A filter, or another parameter of an address, has a value that it cannot have. ``name`` is that of the parameter."""

    def __init__(self, name: str, problem: str) -> None:
        self.name = name
        super().__init__(problem)


class UnknownName(WrongFilter):
    """A filter names what there is not: a source, story, user, watch word, or days from one to another that is earlier."""


class StoreError(MonitorError):
    """The database cannot be used."""

    exit_code = 5


class StoreBusy(StoreError):
    """Another process holds the database locked for longer than we wait."""


class StoreMissing(StoreError):
    """The database's file is not there any more: what would be written would be lost."""


class StoreReadOnly(StoreError):
    """The database, or the folder it lies in, cannot be written."""


class StoreFull(StoreError):
    """No space is left where the database lies."""


class StoreTooNew(StoreError):
    """The database was written by a newer version of this program."""


class StoreDamaged(StoreError):
    """The file is not a database, or a damaged one."""


class ArchiveError(StoreError):
    """The archive of captures cannot be written or read."""


class ArchiveDamaged(ArchiveError):
    """What should lie at a place in the archive does not, or not as it was written."""


class AlreadyRunning(MonitorError):
    """Another instance serves the same database."""

    exit_code = 6


class FetchError(MonitorError):
    """A fetch brought no answer that can be used."""


class Unreachable(FetchError):
    """No answer came: name look-up, connection, TLS or a time limit."""


class Forbidden(FetchError):
    """Nothing was asked: the address leads where a source may not reach (this machine, its network, a cloud's metadata, a bad
    port), or what its ``connection`` needs is missing.
    """


class Disallowed(FetchError):
    """The site's robots.txt does not want this address fetched."""


class Resting(FetchError):
    """The host is left alone until the instant ``until``; nothing was asked, and a visit ends without a trace."""

    def __init__(self, *, host: str, until: datetime, why: str) -> None:
        self.host = host
        self.until = until
        self.why = why
        super().__init__(f"{host} is left alone until {until:%Y-%m-%d %H:%M:%S} UTC: {why}")


class TooLarge(FetchError):
    """The answer exceeds the size limit, on the wire or decoded."""


class BadAnswer(FetchError):
    """The answer is not HTTP, its body cannot be decoded, or it redirects without end."""


class NoSession(FetchError):
    """The site gave neither cookies nor a token where the config says that it does."""


class ParseError(MonitorError):
    """A capture is not an article by the layout that was asked to read it.

    ``source``, ``url``, ``field`` and ``tried`` (the selectors, in order) say where and what. ``is_walled``: the page shows the
    beginning of one, and keeps the rest for those who pay.
    """

    def __init__(
        self, *, source: str, url: str, field: str, tried: Sequence[str], why: str = "nothing matched", is_walled: bool = False
    ) -> None:
        self.source = source
        self.url = url
        self.field = field
        self.tried = tuple(tried)
        self.why = why
        self.is_walled = is_walled
        selectors = "; ".join(self.tried) or "no selector is configured"
        super().__init__(f"{source}: {url}: no {field}: {why} (tried: {selectors})")


class Stopped(MonitorError):
    """The service was told to stop while this visit was under way."""

"""Progress of long work: a line that counts where a terminal is, plain lines where there is none."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar


class Progress:
    """A context manager. ``say`` prints a line above the count and counts one more."""

    def __init__(self, what: str, total: int | None = None) -> None:
        console = Console(stderr=True, markup=False, highlight=False, emoji=False)
        self._out = Console(markup=False, highlight=False, emoji=False)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Bar(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._bar.add_task(what, total=total)

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()

    def say(self, line: str) -> None:
        """Print a line and count it."""
        self.print(line)
        self.step()

    def print(self, line: str) -> None:
        """Print a line."""
        if self._bar.disable:
            self._out.out(line, highlight=False)
        else:
            self._bar.console.out(line, highlight=False)

    def step(self, count: int = 1) -> None:
        """Count one more, or so many."""
        self._bar.advance(self._task, count)

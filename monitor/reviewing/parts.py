"""What the review page works with, and its store handles: one for each thread, since a handle belongs to its thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from monitor.errors import InputError, StoreMissing
from monitor.jobs.following.judge import Judge
from monitor.jobs.watching import with_kept
from monitor.protocols import Archive, Clock, Store
from monitor.settings import Program, Source


@dataclass(frozen=True, slots=True)
class Parts:
    """What the pages need. ``open_store`` opens a handle; :meth:`store` is that of the calling thread.

    ``owner`` is who runs the program: the one user there is while none was added.
    """

    open_store: Callable[[], Store]
    clock: Clock
    program: Program
    sources: tuple[Source, ...]
    judge: Judge
    archive: Archive
    owner: str
    _handles: threading.local = field(default_factory=threading.local)

    def store(self) -> Store:
        """This thread's handle. Raises StoreError."""
        found: Store | None = getattr(self._handles, "store", None)
        if found is None:
            found = self._handles.store = self.open_store()
        return found

    def renew(self) -> bool:
        """Whether another database was put in place of this thread's, which is opened then. Raises StoreMissing for none.

        What is written into a file that was deleted is lost, and nobody is told: so this is asked before every request.
        """
        try:
            if self.store().is_current():
                return False
            self._handles.store.close()
            del self._handles.store
            self.store()
        except InputError as wrong:
            said = f"{str(wrong).partition(';')[0]} any more; it was moved or deleted while this page was open. Put it back"
            raise StoreMissing(said) from wrong
        return True

    def settled(self) -> Program:
        """The settings, with the watch words that are kept on the page. Raises StoreError."""
        return with_kept(self.program, self.store())

    def source(self, name: str) -> Source | None:
        """The settings of a source; None where its file is gone."""
        return next((source for source in self.sources if source.name == name), None)

"""The store's index of words: which texts and changes hold what somebody looks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from monitor.model import Change, ChangeWords, Found, Kind, LogQuery, SearchQuery


class Search(Protocol):
    """Search over wordings and changes. Methods raise StoreError."""

    def search(self, query: SearchQuery) -> Found:
        """The wordings of pages that hold what is looked for. Whatever is typed is read somehow; ``hint`` says how."""

    def count(self, query: LogQuery, most: int = 1000) -> int:
        """How many changes the filters let through, whatever ``limit`` and ``start`` say; ``most + 1`` where it is more."""

    def counts(self, query: LogQuery) -> dict[tuple[Kind, str], int]:
        """How many changes the filters let through, by kind and source, whatever ``limit`` and ``start`` say."""

    def index_texts(self, limit: int) -> int:
        """Put up to ``limit`` texts into the index, the oldest first. How many there were."""

    def unindexed_texts(self) -> int:
        """How many texts are not in the index yet."""

    def unindexed_changes(self, limit: int) -> list[Change]:
        """The next changes whose words are not in the index, oldest first."""

    def index_changes(self, words: Sequence[ChangeWords], until: int) -> bool:
        """Put the words of changes into the index, and note that all changes up to ``until`` are in it, with words or without.

        False, and nothing done, where somebody else has come as far meanwhile.
        """

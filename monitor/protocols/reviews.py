"""What people make of changes: the store's side of reviewing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from monitor.model import Act, Review, Reviewed, Role, User, View, Watched


class Reviews(Protocol):
    """Reviews of changes, users, saved views, watch words. The review log is only ever appended to. Methods raise StoreError."""

    def review(self, changes: Sequence[int], act: Act, who: str, now: datetime, text: str = "") -> list[Review]:
        """Add a line to the review log for each of these changes, as one batch. Changes that there are not are left out.

        ``text`` is the note, or the person to whom it is assigned. ``UNDO`` is :meth:`undo`'s.
        """

    def undo(self, who: str, now: datetime, batch: int | None = None) -> list[Review]:
        """Take back what ``who`` did last, or a batch of theirs: the lines that say so; none where nothing is to be undone."""

    def reviews(self, change: int) -> list[Review]:
        """The review log of a change, oldest first."""

    def review_log(self, after: int = 0, limit: int = 1000) -> list[Review]:
        """The review log from the line after that number on, oldest first."""

    def reviewed(self, changes: Sequence[int]) -> dict[int, Reviewed]:
        """What the reviews of these changes add up to; changes that nobody reviewed are left out."""

    # Users

    def users(self) -> list[User]:
        """Everybody who may sign in, by name."""

    def user(self, name: str) -> User | None:
        """One user."""

    def secret(self, name: str) -> str | None:
        """What a user's password is checked against; None where there is no such user."""

    def keep_user(self, name: str, role: Role, secret: str) -> None:
        """Add a user, or give one another role and password; their sessions end."""

    def drop_user(self, name: str) -> bool:
        """Take away a user with sessions and tokens; their reviews stay. False where there is none of that name."""

    def looked(self, name: str, change: int) -> None:
        """Note that a user has seen the log up to a change."""

    def keep_key(self, digest: bytes, name: str, what: str, until: datetime | None) -> None:
        """Keep the digest (SHA-256) of a user's session or token; ``what`` is ``session`` or the token's label."""

    def keyholder(self, digest: bytes, now: datetime) -> User | None:
        """The user whose session or token has this digest, unless it is over."""

    def keys(self, name: str) -> list[tuple[str, datetime | None]]:
        """The labels of a user's tokens, and until when they hold."""

    def drop_keys(self, name: str, what: str) -> int:
        """End a user's sessions, or their token of that label. How many there were."""

    def drop_key(self, digest: bytes) -> None:
        """End one session."""

    # Saved views

    def views(self) -> list[View]:
        """The saved views, by name."""

    def keep_view(self, view: View) -> None:
        """Save filters under a name; one of that name is replaced."""

    def drop_view(self, name: str) -> bool:
        """Delete a saved view. False where there is none of that name."""

    # Watch words

    def watched(self) -> list[Watched]:
        """The watch words that are kept here, beside those of the settings, by name."""

    def keep_watched(self, word: Watched) -> None:
        """Keep a watch word; one of that name, in any case of letters, is replaced."""

    def drop_watched(self, name: str) -> bool:
        """Delete a watch word. False where there is none of that name."""

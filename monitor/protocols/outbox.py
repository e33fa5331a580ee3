"""What is passed on of the log: how far each rule was followed, and messages on their way out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from monitor.model import Followed, Handed, Letter, Message


class Sender(Protocol):
    """Hands a letter to somebody."""

    def send(self, address: str, letter: Letter, taken: frozenset[str] = frozenset()) -> Handed:
        """Send a letter to everybody at an address but those who have ``taken`` it. Never raises.

        What it says of problems is a sentence without the address.
        """


class Outbox(Protocol):
    """The store's outbox. Methods raise StoreError. ``to`` is a reference to an address, like ``env:NAME``."""

    def database_id(self) -> str:
        """A name that no other database has: 32 hexadecimal digits, made when it was."""

    def settled(self) -> int:
        """The newest change up to which all are judged, and their words in the index; 0 where there is none."""

    def notified(self, rule: str, to: str) -> Followed | None:
        """How far a rule was followed for an address; None where it is new."""

    def note_notified(self, rule: str, to: str, followed: Followed) -> None:
        """Note how far a rule was followed for an address."""

    def was_told(self, rule: str, to: str, story: int) -> bool:
        """Whether a story was told to an address by this rule."""

    def note_told(self, rule: str, to: str, story: int) -> None:
        """Note that a story was told to an address by this rule."""

    def keep_message(self, rule: str, to: str, letter: Letter, source: str, now: datetime) -> None:
        """Put a letter into the outbox, due at once."""

    def is_held(self, rule: str, to: str) -> bool:
        """Whether a message of the rule failed to reach anybody at the address, and is still in the outbox."""

    def pending(self, due: datetime | None = None, limit: int = 1000) -> list[Message]:
        """The messages that were not sent yet, oldest first; with ``due`` only those that are to be tried by then."""

    def sent(self, message: int, now: datetime) -> None:
        """Note that a message was taken. What was sent long ago is forgotten."""

    def sending(self, message: Message, due: datetime, mark: str) -> bool:
        """Note with a ``mark`` as its problem that a message is about to be handed over; if that is all, it is due at ``due``.

        False, and nothing is noted, where somebody else took it up since it was read from the outbox.
        """

    def failed(self, message: int, due: datetime, problem: str, taken: frozenset[str] = frozenset()) -> None:
        """Note one more try in vain, when the next one is due, and who of the address has taken it."""

    def keep_rules(self, rules: Collection[tuple[str, str]]) -> list[Message]:
        """Forget what waits, and how far was followed, but for these rules and their addresses. The messages that are dropped."""

    def review_mark(self) -> int:
        """The number of the last line of the review log; 0 where there is none."""

    def key_label(self, digest: bytes) -> str | None:
        """The label of the token with this digest; None where there is none."""

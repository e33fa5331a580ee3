"""Telling people of what was logged: rules are followed through the log, and what they let through goes out by way of an outbox.

A message is written in the transaction that notes up to which change its rule was followed, so each change is told once, whatever
ends the program. It is marked as sent after the service took it: only where the program is killed in between is it sent twice,
and then it says so. A story is told once. What comes in such numbers as after an outage or a wake-up is one message; and while
messages of a rule do not reach an address no more of them are written for it: what happened meanwhile is one message afterwards.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from monitor.errors import ConfigError, InputError
from monitor.jobs.entries import entries
from monitor.jobs.following.alone import Alone
from monitor.jobs.passing_on.log import tell
from monitor.jobs.watching import resolved, with_kept
from monitor.model import EditClass, Entry, Followed, Handed, Kind, Letter, LogQuery, Message
from monitor.protocols import Clock, Sender, Store
from monitor.settings import AT_ONCE, Notify, Program, Source
from monitor.telling import messages
from monitor.telling.structured import fields

MOST = 10  # messages that one look at the log makes for an address; more changes are one message
SHOWN = 50  # changes in a digest
_LOOKED_AT = 5000  # entries looked through for those of a message
_AT_ONCE = 30  # messages sent in one go; the others wait for the next
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
INCIDENT = "notify"
SENDING = "the program was ended while it was sent"  # or is sending it just now
log = logging.getLogger("monitor")


@dataclass(frozen=True, slots=True)
class Notifier:
    """Follows the rules of ``program``, and sends what they make. ``secrets`` gives what a reference (``env:NAME``) means."""

    program: Program
    sources: Sequence[Source]
    clock: Clock
    sender: Sender
    secrets: Callable[[str], str]
    stop: threading.Event

    def work(self, store: Store, *, everything: bool = False) -> list[Message]:
        """Follow the rules, and send what is due, or ``everything`` that waits. What was not taken. Raises StoreError."""
        self._forget(store)
        for rule in self.program.notify:
            for to in dict.fromkeys(rule.to):
                with Alone("a rule was not followed", rule=rule.name):
                    self._follow(rule, to, store)
        return self.send(store, everything=everything)

    def _forget(self, store: Store) -> None:
        """Drop what waits for rules and addresses that are in the settings no more: one that comes back is a new one."""
        now = self.clock.now()
        for message in store.keep_rules([(rule.name, to) for rule in self.program.notify for to in rule.to]):
            store.close_incident(message.source, INCIDENT, now)
            log.info("message dropped: its rule or address is gone", extra=fields(rule=message.rule, to=message.to))

    # Following

    def _follow(self, rule: Notify, to: str, store: Store) -> None:
        """Make the messages of one rule for one address. A rule that is new begins with what comes from now on."""
        now = self.clock.now()
        known = store.notified(rule.name, to)
        if known is None:
            store.note_notified(rule.name, to, Followed(store.newest(), now))
            return
        upto = store.settled()
        if not is_due(rule, known.at, now) or store.is_held(rule.name, to) or (rule.when == AT_ONCE and upto <= known.change):
            return
        letters, told = self._letters(rule, to, known.change, upto, store)
        with store.atomic():
            if store.notified(rule.name, to) != known:  # somebody else was quicker
                return
            for letter, source in letters:
                store.keep_message(rule.name, to, letter, source, now)
            for story in told:
                store.note_told(rule.name, to, story)
            store.note_notified(rule.name, to, Followed(max(upto, known.change), now))

    def _letters(self, rule: Notify, to: str, above: int, upto: int, store: Store) -> tuple[list[tuple[Letter, str]], list[int]]:
        """The letters about the changes after ``above`` up to ``upto``, each with its source, and the stories that they tell."""
        query = resolved_rule(rule, above, with_kept(self.program, store), self.sources)
        fresh = list(islice(self._fresh(rule, to, upto, query, store), SHOWN + 1))
        if not fresh:
            return [], []
        stories = [entry.story.id for entry in fresh[:SHOWN] if entry.story is not None]
        base, head = self.program.web.address, store.head()
        if rule.when == AT_ONCE and len(fresh) <= MOST:
            return [(messages.single(told, head, base), told.change.source) for told in tell(fresh, store)], stories
        rows = list(tell(fresh[:SHOWN], store))
        is_all = len(fresh) <= SHOWN
        total = sum(_size(entry) for entry in fresh) if is_all else _between(store, query, upto)
        return [(messages.digest(rows, total, rule.name, head, base), rows[0].change.source)], stories

    def _fresh(self, rule: Notify, to: str, upto: int, query: LogQuery, store: Store) -> Iterator[Entry]:
        """The entries that are news to this address, what matters most first."""
        told: set[int] = set()
        for entry in islice(entries(store, query), _LOOKED_AT):
            if entry.change.id > upto:
                continue
            if entry.story is not None:
                known = any(store.was_told(rule.name, to, story.id) for story in store.stories(entry.change.id))
                if entry.story.id in told or (known and rule.when == AT_ONCE):
                    continue
                told.add(entry.story.id)
            yield entry

    # Sending

    def send(self, store: Store, *, everything: bool = False) -> list[Message]:
        """Send what is due, or ``everything`` that waits, the oldest first. What was not taken, and why. Raises StoreError."""
        failed = []
        for message in store.pending(None if everything else self.clock.now(), _AT_ONCE):
            if self.stop.is_set():
                break
            letter = messages.again(message.letter) if message.problem == SENDING else message.letter
            now = self.clock.now()
            if message.problem == SENDING and message.due > now:
                continue  # somebody else is sending it just now, or was ended a moment ago
            if not store.sending(message, now + FIRST_WAIT, SENDING):
                continue
            found = self.deliver(message.to, letter, message.taken)
            if found.problem:
                failed.append(replace(message, problem=found.problem))
                self._put_off(message, found, store)
            else:
                self._done(message, store)
        return failed

    def _done(self, message: Message, store: Store) -> None:
        now = self.clock.now()
        store.sent(message.id, now)
        if not any(other.source == message.source and other.tries for other in store.pending()):
            store.close_incident(message.source, INCIDENT, now)
        log.info("message sent", extra=fields(rule=message.rule, to=message.to))

    def _put_off(self, message: Message, found: Handed, store: Store) -> None:
        """Note a try in vain. Of an address whose others have the letter, one who never takes it is given up in the end."""
        now, wait = self.clock.now(), min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(message.tries, 30))
        what = fields(rule=message.rule, to=message.to, tries=message.tries + 1, why=found.problem)
        log.warning("message not sent", extra=what)
        if wait == LONGEST_WAIT and found.taken:
            store.sent(message.id, now)
        else:
            store.failed(message.id, now + wait, found.problem, found.taken)
        if wait == LONGEST_WAIT or found.is_wrong:
            said = f"messages of the rule {message.rule} do not reach {message.to}: {found.problem}"
            store.open_incident(message.source, INCIDENT, now, said)

    def deliver(self, to: str, letter: Letter, taken: frozenset[str] = frozenset()) -> Handed:
        """Hand a letter to those at the address that a reference stands for who have not ``taken`` it yet."""
        try:
            address = self.secrets(to)
        except ConfigError as wrong:
            return Handed(str(wrong), taken, is_wrong=True)
        return self.sender.send(address, letter, taken)

    def test(self, name: str, store: Store) -> list[tuple[str, str]]:
        """Send a test message of a rule to each of its addresses, past the outbox: the references, and what went wrong with each.

        Raises InputError where there is no such rule.
        """
        rule = next((rule for rule in self.program.notify if rule.name == name), None)
        if rule is None:
            names = ", ".join(rule.name for rule in self.program.notify) or "none"
            raise InputError(f"there is no rule {name!r} in `notify` of monitor.toml (there: {names})")
        letter = messages.test(rule.name, store.head())
        return [(to, self.deliver(to, letter).problem) for to in dict.fromkeys(rule.to)]


def is_due(rule: Notify, last: datetime, now: datetime) -> bool:
    """Whether a rule is to be followed now: at once always, for a digest when its hour came since ``last``."""
    if rule.when == AT_ONCE:
        return True
    local = now.astimezone(ZoneInfo(rule.time_zone))
    hour = time.fromisoformat(rule.when)
    latest = datetime.combine(local.date(), hour, local.tzinfo)
    if latest > local:
        latest = datetime.combine(local.date() - timedelta(days=1), hour, local.tzinfo)
    return latest.timestamp() > last.timestamp()


def resolved_rule(rule: Notify, above: int, program: Program, sources: Sequence[Source]) -> LogQuery:
    """What a rule asks of the log after a change. What is no news is never told. Raises InputError for no watch word."""
    query = LogQuery(
        sources=frozenset(rule.sources),
        kinds=frozenset(Kind(kind) for kind in rule.kinds),
        classes=frozenset(EditClass(name) for name in rule.classes),
        least=rule.least,
        is_ranked=True,
        above=above,
        limit=None,
    )
    found = [resolved(replace(query, watch=name), program, sources) for name in rule.watch]
    forms = tuple(form for each in found for form in each.any_of)
    return replace(query, watch=rule.watch[0], any_of=forms) if rule.watch else query


def _size(entry: Entry) -> int:
    return entry.story.changes if entry.story is not None else 1


def _between(store: Store, query: LogQuery, upto: int) -> int:
    """How many changes the query lets through up to one."""
    most = 2**53
    return store.count(query, most) - store.count(replace(query, above=upto), most)

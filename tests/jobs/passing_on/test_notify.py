"""Notifications: once, at once or as a digest; a story or what comes after an outage is one message; and nothing gets lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from jobs.scene import Scene
from standins import HOUR, article

from monitor.article import Article
from monitor.errors import ConfigError, InputError
from monitor.jobs.following.indexing import Indexing
from monitor.jobs.following.judge import Judge
from monitor.jobs.passing_on.notify import FIRST_WAIT, LONGEST_WAIT, MOST, Notifier, is_due
from monitor.model import Handed, Letter, Message
from monitor.settings import Mute, Notify, Program, WatchWord
from monitor.storing.sqlite import StoreFile

RULE = Notify("editors", ("env:HOOK",))
PROGRAM = Program(notify=(RULE,))


@dataclass
class Post:
    """Implements ``Sender``; it takes what it is handed unless it is down."""

    down: bool = False
    taken: list[Letter] = field(default_factory=list)
    tries: int = 0
    refuses: bool = False  # of the two at this address the second takes nothing

    def send(self, address: str, letter: Letter, taken: frozenset[str] = frozenset()) -> Handed:
        assert address == "secret of env:HOOK"
        self.tries += 1
        if self.down:
            return Handed("nobody answers", taken)
        if "first" not in taken:
            self.taken.append(letter)
        return Handed("1 of 2 did not take it" if self.refuses else "", taken | {"first"})

    @property
    def titles(self) -> list[str]:
        return [letter.title for letter in self.taken]


@dataclass
class Office:
    """A newspaper whose changes are told."""

    scene: Scene
    post: Post = field(default_factory=Post)
    program: Program = PROGRAM

    def begin(self, *names: str) -> None:
        """Take in articles, and begin to follow."""
        self.scene.tools = replace(self.scene.tools, judge=Judge(self.program, [self.scene.source]))
        self.scene.list(*names)
        for name in names:
            self.scene.site.put(name, _text(int(name[1:])))
        self.scene.round()
        self.work()

    @property
    def notifier(self) -> Notifier:
        return Notifier(self.program, [self.scene.source], self.scene.clock, self.post, "secret of {}".format, threading.Event())

    def edit(self, *names: str, word: str = "everyone") -> None:
        """Edit articles, each in its own way, and make a round."""
        for name in names:
            number = int(name[1:])
            text = _text(number)
            first = text.paragraphs[0].replace("no one", f"{word} {number * 91}")
            self.scene.site.put(name, replace(text, paragraphs=(first, text.paragraphs[1])))
        self.scene.round()

    def work(self, after: timedelta = timedelta()) -> None:
        self.scene.clock.move(after)
        self.notifier.work(self.scene.store)

    def waiting(self) -> list[Message]:
        return self.scene.store.pending()


def _text(number: int) -> Article:
    seen = f"On day {number * 31} no one of county {number * 7} said a word of site {number * 3}."
    named = f"The vice chairman Jang Song Thaek opened site {number * 3} with {number * 5} men."
    return article(f"Report {number * 17}", seen, named)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        yield Office(Scene(store))


def pages(count: int) -> tuple[str, ...]:
    return tuple(f"p{number}" for number in range(1, count + 1))


def test_a_rule_that_is_new_tells_nothing_of_what_was(office: Office) -> None:
    office.begin(*pages(3))
    office.work()
    assert office.post.taken == []


def test_a_change_is_told_once_with_the_head_of_the_chain(office: Office) -> None:
    office.begin(*pages(3))
    office.edit("p1")
    for _ in range(3):
        office.work()
    (letter,) = office.post.taken
    assert "Report 17" in letter.title
    assert "evidence chain up to change" in letter.text
    assert office.waiting() == []


def test_what_a_rule_does_not_ask_for_is_not_told(office: Office) -> None:
    office.program = Program(notify=(replace(RULE, least=0.99), replace(RULE, name="other", kinds=("removed",))))
    office.begin(*pages(2))
    office.edit("p1")
    office.work()
    assert office.post.taken == []


def test_what_is_muted_is_never_told(office: Office) -> None:
    office.program = Program(notify=(RULE,), mute=(Mute(place="paragraph 1"),))
    office.begin(*pages(2))
    office.edit("p1")
    office.scene.site.put("p2", replace(_text(2), title="Report 34 about nothing"))
    office.scene.round()
    office.work()
    assert len(office.post.taken) == 1
    assert "Report 34" in office.post.titles[0]


def test_a_watch_word_is_told_in_any_spelling(office: Office) -> None:
    word = WatchWord("Pak Un Hyok", ("박은혁",))
    office.program = Program(notify=(replace(RULE, watch=("pak un hyok",)),), watch=(word,))
    office.begin(*pages(3))
    office.edit("p1", word="박은혁동지")
    office.edit("p2")
    office.work()
    assert ["Report 17" in title for title in office.post.titles] == [True]


def test_a_new_article_waits_for_its_text_to_be_indexed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = (WatchWord("Jang", ("Jang Song Thaek",)),)
    office.program = replace(PROGRAM, watch=watch, notify=(replace(RULE, watch=("Jang",)),))
    office.begin(*pages(3))
    with monkeypatch.context() as behind:  # as after many texts that came without changes, of pages that were read again
        behind.setattr(type(office.scene.store), "index_texts", lambda *_: 0)
        office.scene.list(*pages(4))
        office.scene.site.put("p4", _text(4))
        office.scene.round()
        office.work()
    assert office.post.titles == []
    Indexing(office.scene.store).follow()
    office.work()
    assert len(office.post.titles) == 1


def test_many_changes_at_once_are_one_message(office: Office) -> None:
    names = pages(MOST + 2)
    office.begin(*names)
    for name in names:  # one a round, so that they are no campaign; nobody looked meanwhile
        office.edit(name)
    office.work()
    (letter,) = office.post.taken
    assert letter.title == f"{MOST + 2} changes (editors)"


def test_a_campaign_is_one_message_however_long_it_goes_on(office: Office) -> None:
    office.begin(*pages(8))
    for names in (("p1", "p2", "p3", "p4", "p5", "p6"), ("p7",), ("p8",)):
        for name in names:
            text = _text(int(name[1:]))
            cut = text.paragraphs[1].replace(" Jang Song Thaek", "")
            office.scene.site.put(name, replace(text, paragraphs=(text.paragraphs[0], cut)))
        office.scene.round()
        office.work()
    assert len(office.post.taken) == 1
    assert "6 pages" in office.post.titles[0]


def test_what_was_not_sent_is_tried_again_less_and_less_often(office: Office) -> None:
    office.begin(*pages(2))
    office.edit("p1")
    office.post.down = True
    waits = []
    for _ in range(12):
        office.work()
        (message,) = office.waiting()
        waits.append(message.due - office.scene.clock.now())
        office.work()
        assert office.waiting()[0].tries == message.tries, "before it is due nothing is tried"
        office.scene.clock.move(waits[-1])
    assert waits[:3] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert waits[-2:] == [LONGEST_WAIT, LONGEST_WAIT]
    assert "do not reach env:HOOK: nobody answers" in office.scene.open()["notify"]
    office.post.down = False
    office.work()
    assert len(office.post.taken) == 1
    assert "notify" not in office.scene.open()


def test_what_happened_while_nobody_was_reached_is_one_message_afterwards(office: Office) -> None:
    names = pages(MOST + 4)
    office.begin(*names)
    office.post.down = True
    office.edit("p1")
    office.work()
    for name in names[1:]:
        office.edit(name)
        office.work()
    assert len(office.waiting()) == 1
    office.post.down = False
    office.work(LONGEST_WAIT)
    office.work()
    assert [title.startswith(f"{MOST + 3} changes") for title in office.post.titles] == [False, True]


def test_a_restart_between_writing_and_sending_loses_and_doubles_nothing(office: Office) -> None:
    office.begin(*pages(2))
    office.edit("p1")
    stopped = office.notifier
    stopped.stop.set()
    stopped.work(office.scene.store)
    assert len(office.waiting()) == 1
    office.work()
    office.work()
    assert len(office.post.taken) == 1


def test_one_that_was_being_sent_when_the_program_was_killed_says_that_it_may_come_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.begin(*pages(2))
    office.edit("p1")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(type(office.scene.store), "sent", killed)
    with pytest.raises(KeyboardInterrupt):
        office.work()
    monkeypatch.undo()
    for _ in range(3):
        office.work(FIRST_WAIT)
    first, again = office.post.taken
    assert "may have reached you before" not in first.text + first.html
    assert "may have reached you before" in again.text
    assert again.title == first.title
    assert office.waiting() == []


def test_two_that_follow_at_once_write_one_message(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.begin(*pages(2))
    office.edit("p1")
    whole = Notifier._letters

    def slowly(self: Notifier, *rest: object) -> object:
        monkeypatch.setattr(Notifier, "_letters", whole)
        found = whole(self, *rest)  # type: ignore[arg-type]
        office.notifier.work(office.scene.store)  # the other one is quicker
        return found

    monkeypatch.setattr(Notifier, "_letters", slowly)
    office.work()
    assert len(office.post.taken) == 1


def test_two_that_send_at_once_send_a_message_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.begin(*pages(3))
    office.post.down = True
    office.edit("p1", "p2")
    office.work()
    office.post.down = False
    whole = Post.send

    def slowly(self: Post, *rest: object) -> Handed:
        monkeypatch.setattr(Post, "send", whole)
        office.notifier.send(office.scene.store, everything=True)  # by hand, while the service is sending the first
        return whole(self, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Post, "send", slowly)
    office.work(FIRST_WAIT)
    assert len(office.post.titles) == len(set(office.post.titles)) == 2
    assert office.waiting() == []


def test_a_secret_that_is_missing_is_a_problem_and_no_end(office: Office) -> None:
    office.begin(*pages(2))
    office.edit("p1")

    def missing(reference: str) -> str:
        raise ConfigError([f"the environment has no {reference}"])

    replace(office.notifier, secrets=missing).work(office.scene.store)
    assert office.waiting()[0].problem == "the environment has no env:HOOK"
    assert "do not reach env:HOOK: the environment has no" in office.scene.open()["notify"], "no later try will go better"
    office.work(FIRST_WAIT)
    assert len(office.post.taken) == 1
    assert "notify" not in office.scene.open()


def test_who_took_a_message_is_not_sent_it_again_while_another_there_does_not(office: Office) -> None:
    office.begin(*pages(3))
    office.post.refuses = True
    office.edit("p1")
    office.work()
    office.edit("p2")
    office.work()
    assert len(office.post.taken) == 2, "one who takes nothing silences nobody else"
    for _ in range(3):
        office.work(LONGEST_WAIT)
    assert len(office.post.taken) == 2
    assert [message.tries > 1 for message in office.waiting()] == [True, True]
    for _ in range(9):
        office.work(LONGEST_WAIT)
    assert office.waiting() == [], "in the end it is given up"
    assert "1 of 2 did not take it" in office.scene.open()["notify"]


def test_what_waits_for_a_rule_or_an_address_that_is_gone_is_dropped(office: Office) -> None:
    office.begin(*pages(3))
    office.post.down = True
    office.edit("p1")
    for _ in range(12):
        office.work(LONGEST_WAIT)
    assert "notify" in office.scene.open()
    office.program = Program(notify=(replace(RULE, to=("env:OTHER",)),))
    office.work()
    assert office.waiting() == []
    assert "notify" not in office.scene.open()
    office.edit("p2")
    office.program, office.post.down = PROGRAM, False
    office.work(LONGEST_WAIT)
    assert office.post.taken == [], "a rule that comes back begins anew"


def test_a_rule_that_is_changed_keeps_what_waits(office: Office) -> None:
    office.begin(*pages(3))
    office.post.down = True
    office.edit("p1")
    office.work()
    office.program = Program(notify=(replace(RULE, least=0.99, when="07:30"),))
    office.post.down = False
    office.work(LONGEST_WAIT)
    assert len(office.post.taken) == 1


def test_by_hand_all_that_waits_is_tried_at_once_and_what_failed_is_told(office: Office) -> None:
    office.begin(*pages(2))
    office.edit("p1")
    office.post.down = True
    office.work()
    (failed,) = office.notifier.work(office.scene.store, everything=True)
    assert failed.problem == "nobody answers"
    office.post.down = False
    assert office.notifier.work(office.scene.store, everything=True) == []
    assert len(office.post.taken) == 1


def test_the_success_of_one_rule_hides_no_trouble_of_another(office: Office) -> None:
    office.begin(*pages(3))
    office.post.down = True
    office.edit("p1")
    for _ in range(12):
        office.work(LONGEST_WAIT)
    office.post.down = False
    store = office.scene.store
    store.keep_message("editors", "env:HOOK", office.waiting()[0].letter, "a", office.scene.clock.now())
    office.work()
    assert len(office.post.taken) == 1, "the other one is not due yet"
    assert "notify" in office.scene.open()


def test_a_test_goes_past_the_outbox(office: Office) -> None:
    office.begin("p1")
    assert office.notifier.test("editors", office.scene.store) == [("env:HOOK", "")]
    assert "Nothing changed" in office.post.taken[0].text
    with pytest.raises(InputError, match="there: editors"):
        office.notifier.test("nobody", office.scene.store)


# Digests


def test_a_digest_comes_at_its_hour_with_what_matters_most_first(office: Office) -> None:
    office.program = Program(notify=(replace(RULE, when="07:30", time_zone="Asia/Seoul"),))
    office.begin(*pages(3))  # at 06:00 UTC, 15:00 in Seoul
    office.edit("p1")  # 12:00
    office.edit("p2")  # 18:00
    office.work()
    assert office.post.taken == []
    office.work(4 * HOUR + timedelta(minutes=29))
    assert office.post.taken == []
    office.work(timedelta(minutes=1))  # 22:30 UTC is 07:30 in Seoul
    office.work(HOUR)
    (letter,) = office.post.taken
    assert letter.title == "2 changes (editors)"
    heads = [line for line in letter.text.splitlines() if line.startswith("edited ")]
    scores = [float(line.split(":")[0].removeprefix("edited ")) for line in heads]
    assert len(scores) == 2
    assert scores == sorted(scores, reverse=True)


def test_a_day_without_news_has_no_digest(office: Office) -> None:
    office.program = Program(notify=(replace(RULE, when="07:30"),))
    office.begin("p1")
    office.work(timedelta(days=3))
    assert office.post.taken == []


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        ("2026-03-28T23:00", "2026-03-29T00:29", False),  # 01:29 in Berlin; at 02:00 the clocks go to 03:00
        ("2026-03-28T23:00", "2026-03-29T01:30", True),  # the hour that there is not
        ("2026-10-24T23:00", "2026-10-25T00:30", True),  # 02:30 for the first time
        ("2026-10-25T00:30", "2026-10-25T01:30", False),  # and for the second
    ],
)
def test_the_hour_is_that_of_the_time_zone_also_where_clocks_are_changed(last: str, now: str, due: bool) -> None:
    rule = replace(RULE, when="02:30", time_zone="Europe/Berlin")
    instants = [datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (last, now)]
    assert is_due(rule, *instants) is due

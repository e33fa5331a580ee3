"""What a person sees: golden texts with and without a terminal, and hostile texts that never come through raw."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standins import DAY, HOUR, START, article
from telling.printing import console, shown, written

from monitor.article import Article
from monitor.fingerprint import fingerprint, text_digest
from monitor.judging.words import differences
from monitor.model import (
    Change,
    Edit,
    EditClass,
    Entry,
    Flaw,
    Head,
    Incident,
    Judged,
    Judgement,
    Kind,
    Page,
    PageStatus,
    Part,
    Seen,
    SourceStatus,
    StoreStatus,
    Story,
    StoryKind,
    Term,
    Version,
)
from monitor.telling import changelog, diff, terminal

OLD = article("Dam finished", "The dam rose by 40 metres in January.", "Nothing else happened.")
NEW = replace(OLD, title="Dam not finished", paragraphs=("The dam rose by 60 metres in January.", "Nothing else happened."))
CHANGE = Change(7, START, Kind.EDITED, "kcna", 3, "https://a.example/dam", "Dam not finished", before=1, after=2)
STORY = Story(12, StoryKind.CAMPAIGN, "drops the name X", 300, 310, START, START + DAY)
LOG = [
    CHANGE,
    Change(6, START, Kind.REMOVED, "kcna", 4, "https://a.example/gone", "Gone", before=1),
    Change(5, START, Kind.NEW, "naenara", 5, "https://b.example/new", "New", baseline=True, after=1),
]
STATUS = PageStatus(3, "kcna", "https://a.example/dam", "active", False, Seen.PARSED, "", 0, 2, START + HOUR, START, START + DAY)
SOURCE = SourceStatus("kcna", "active", 3, START, START + DAY, True, ((Seen.PARSED, 2), (None, 1)))
BLIND = Incident("kcna", "blind", "none of 2 pages could be read", START)


def words(change: Change) -> Sequence[Part]:
    return differences(OLD, NEW) if change.kind is Kind.EDITED else ()


def version(what: Article, number: int = 1) -> Version:
    return Version(number, 3, what, fingerprint(what), text_digest(what), "plain", START, START)


# Golden texts


@pytest.mark.parametrize(("count", "said"), [(0, ""), (1, "1 message was not taken"), (3, "3 messages were not taken")])
def test_messages_that_wait_are_counted(count: int, said: str) -> None:
    text = terminal.unsent_text(count).plain
    assert text.startswith(f"\nunsent     {said} yet; ") if said else text == ""


@pytest.mark.parametrize(
    ("free", "said"),
    [(None, ""), (10**8, ""), (0, "0 bytes left on the disk; "), (99_900_000, "99.9 MB left on the disk; ")],
)
def test_a_disk_that_fills_is_said(free: int | None, said: str) -> None:
    text = terminal.room_text(free).plain
    assert text.startswith(f"\nroom       {said}") if said else text == ""


def test_the_words_of_a_change() -> None:
    assert shown(diff.parts(words(CHANGE))) == "\n".join(
        ["", "title", "Dam {+not+} finished", "", "paragraph 1", "The dam rose by [-40-]{+60+} metres in January.", ""]
    )


def test_unchanged_words_far_from_a_change_are_left_out() -> None:
    far = " ".join(f"word{number}" for number in range(60))
    found = differences(article("T", f"{far} old {far}"), article("T", f"{far} new {far}"))
    near, whole = shown(diff.parts(found)), shown(diff.parts(found, whole=True))
    assert "word59 [-old-]{+new+} word0 word1" in near
    assert "… word5" in near
    assert "word30" not in near
    assert f"{far} [-old-]{{+new+}} {far}" in whole


def test_each_line_of_a_piece_has_its_own_marks() -> None:
    found = differences(article("T", "one", "two"), article("T", "one", "new", "newer", "two"))
    assert shown(diff.parts(found)).splitlines()[-2:] == ["{+new+}", "{+newer+}"]


def test_an_excerpt() -> None:
    long = article("T", *(f"Paragraph {number}." for number in range(5)))
    assert shown(terminal.excerpt(version(long), replace(STATUS, detail="404 Not Found"))).splitlines() == [
        "",
        "Paragraph 0.",
        "",
        "Paragraph 1.",
        "",
        "Paragraph 2.",
        "",
        "… and 2 more paragraphs (`monitor article 3` prints them)",
        "last read 2026-01-01 00:00 UTC, last visited 2026-01-01 01:00 UTC: 404 Not Found",
    ]


def test_twins() -> None:
    pages = [Page(number, "a", str(number), f"https://a.example/{number}") for number in range(7)]
    told = shown(terminal.twins(pages)).splitlines()
    assert told[0] == "the same text stands at https://a.example/0"
    assert told[5:] == ["and at 2 more addresses"]
    assert terminal.twins([]).plain == ""


def test_sources() -> None:
    sick = replace(SOURCE, state="paused", by_seen=((Seen.GONE, 3),), incidents=(BLIND,))
    fresh = replace(SOURCE, name="new", last_visit=None, next_visit=None, pages=0, by_seen=())
    assert [line for each in (SOURCE, sick, fresh) for line in terminal.source_lines(each, START)] == [
        "kcna active pages=3 last=2026-01-01 00:00 next=in 24 h 2 parsed; 1 not yet visited",
        "kcna paused pages=3 last=2026-01-01 00:00 next=- 3 gone",
        "    blind since 2026-01-01 00:00: none of 2 pages could be read",
        "new active pages=0 last=- next=- no pages yet",
    ]
    table = shown(terminal.source_table([SOURCE, sick, fresh], START), width=90).splitlines()
    assert table[0] == "source   state    pages   last visit (UTC)   next visit   health"
    assert [line.rstrip() for line in table[2:]] == [
        "kcna     active       3   2026-01-01 00:00   in 24 h      2 parsed  1 not yet visited",
        "kcna     paused       3   2026-01-01 00:00   -            3 gone",
        "    blind since 2026-01-01 00:00: none of 2 pages could be read",
        "new      active       0   -                  -            no pages yet",
    ]


def test_incidents_take_the_whole_width_of_a_terminal() -> None:
    long = replace(BLIND, detail="none of 2 pages could be read; " + "2 broken, like this one: no title; " * 8)
    sick = replace(SOURCE, by_seen=((Seen.BROKEN, 3),), incidents=(long, replace(BLIND, kind="layout")))
    lines = [line.rstrip() for line in shown(terminal.source_table([sick], START), width=80).splitlines()]
    assert lines[2].endswith("in 24 h      3 broken")
    assert len(lines) <= 10
    assert all(line.startswith("    ") for line in lines[3:])
    assert lines[-1] == "    layout since 2026-01-01 00:00: none of 2 pages could be read"


@pytest.mark.parametrize(
    ("left", "said"),
    [(0, "due"), (0.2, "in 1 s"), (20.4, "in 20 s"), (59, "in 59 s"), (60, "in 1 min"), (7199, "in 119 min"), (7200, "in 2 h")],
)
def test_how_far_off_an_instant_is(left: float, said: str) -> None:
    assert terminal.until(START + timedelta(seconds=left), START) == said


def test_pages() -> None:
    to = console(is_terminal=False)
    gone = replace(STATUS, gone=True, seen=Seen.GONE, state="paused", detail="404")
    pages = [STATUS, gone, replace(STATUS, seen=None, last_read=None)]
    assert terminal.page_lines(to, pages) == 3
    assert written(to).splitlines() == [
        "parsed  2 versions  last read 2026-01-01 00:00  kcna  https://a.example/dam",
        "gone (paused)  2 versions  last read 2026-01-01 00:00  kcna  https://a.example/dam",
        "    404",
        "not yet visited  2 versions  last read -  kcna  https://a.example/dam",
    ]


def test_the_whole_store() -> None:
    status = StoreStatus(3, 5, 4, 2, 3, 1_234_567, 2, START)
    assert terminal.status_text(status, "monitor.db", None).plain.splitlines() == [
        "database   monitor.db  (1.2 MB, schema 2)",
        "service    not running",
        "pages      3",
        "versions   5  (4 texts)",
        "changes    2, and 3 articles taken in as baseline",
        "last visit 2026-01-01 00:00 UTC",
        "chain head not sealed yet; that is done at the end of every round",
        "incidents  none open",
    ]
    sealed = terminal.status_text(replace(status, head=Head(5, b"\x01" + bytes(32))), "m", None).plain
    assert f"chain head change 5, 1:{'0' * 64}\n" in sealed
    sick = terminal.status_text(replace(status, incidents=(BLIND,), last_visit=None), "m", "process 1").plain
    assert "last visit none yet" in sick
    assert "kcna: blind since 2026-01-01 00:00: none of 2 pages could be read" in sick


def test_a_flaw_in_a_line() -> None:
    assert terminal.flaw_line(Flaw("change", 3, "missing")) == "change #3: missing"
    where = "https://a.example/p, change #3"
    assert terminal.flaw_line(Flaw("capture", 7, "altered", where)) == f"capture row 7 ({where}): altered"
    assert terminal.flaw_line(Flaw("text", None, "a \x1b[31m")) == "text: a \\x1b[31m"


@pytest.mark.parametrize(
    ("hours", "said"),
    [(-50, "due for 2 d"), (-1, "due for 60 min"), (-0.05, "due"), (0, "due"), (0.5, "in 30 min"), (2, "in 2 h"), (48, "in 2 d")],
)
def test_how_far_off(hours: float, said: str) -> None:
    assert terminal.until(START + hours * HOUR, START) == said
    assert terminal.until(None, START) == "-"


def test_colour_only_where_it_is_wanted() -> None:
    assert "\x1b[" in shown(diff.parts(words(CHANGE)), is_terminal=True)
    assert "\x1b" not in shown(diff.parts(words(CHANGE)))


# Hostile texts

CODES = ["\x1b[2J", "\x1b]0;x\x07", "\x9b31m", "\u202e", "\u2066", "\r", "\x00", "\udc80"]
MARKUP = ["[bold red]", "[/]", "[link=f:]x[/link]", ":smile:"]
HOSTILE = st.lists(st.one_of(st.sampled_from(CODES + MARKUP), st.text(max_size=5)), min_size=1, max_size=6).map("".join)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def everything(evil: str, *, is_terminal: bool) -> str:
    """All that is ever printed, with ``evil`` wherever a site may have put it."""
    to = console(is_terminal=is_terminal, width=120)
    change = replace(CHANGE, title=evil, url=f"https://a.example/{evil}", judged=Judged(0.5, evil))
    before, after = article(evil, "one", evil, publication=evil), article("T", f"{evil} two", "x" + evil + "y")
    status = replace(STATUS, url=evil, detail=evil)
    incident = replace(BLIND, detail=evil)
    found = differences(before, after)
    changelog.log_lines(to, [Entry(change, STORY)], lambda _: found)
    terminal.page_lines(to, [status])
    for what in (
        changelog.log_table([Entry(change, replace(STORY, what=evil))], lambda _: found),
        changelog.judgement_text(Judgement(0.5, evil, (Edit(EditClass.NAME, evil, evil, "title"),), (Term(evil, 0.5),))),
        changelog.head(change),
        diff.parts(found),
        diff.parts(found, whole=True),
        terminal.excerpt(version(after), status),
        terminal.twins([Page(1, "a", "k", evil)]),
        terminal.source_table([replace(SOURCE, incidents=(incident,))], START),
        terminal.status_text(StoreStatus(1, 1, 1, 1, 1, 1, 1, None, (incident,)), evil, evil),
    ):
        to.print(what)
    return written(to)


@settings(max_examples=60)
@given(evil=HOSTILE, is_terminal=st.booleans())
def test_nothing_comes_through_raw(evil: str, is_terminal: bool) -> None:
    out = everything(evil, is_terminal=is_terminal)
    assert not _RAW.search(_COLOUR.sub("", out) if is_terminal else out)
    out.encode("utf-8")


def test_markup_and_emoji_codes_are_words() -> None:
    out = everything("[bold]:smile:[/bold]", is_terminal=False)
    assert out.count("[bold]:smile:[/bold]") > 8


def test_words_of_a_megabyte_are_cut_in_the_log_and_cost_little() -> None:
    evil = "x" * 1_000_000
    started = time.perf_counter()
    change = replace(CHANGE, title=evil)
    found = differences(article(evil), article("T"))
    for is_terminal in (True, False):
        to = console(is_terminal=is_terminal)
        changelog.log_lines(to, [Entry(change, STORY)], lambda _: found)
        assert len(written(to)) < 5000
        assert "xxx…" in "".join(written(to).split())
    shown(diff.parts(found))
    assert time.perf_counter() - started < 10

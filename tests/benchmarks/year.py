"""A year of one source: edits as editors make them, and everything that is no edit. How many of them the log takes for one?

``python -m tests.benchmarks.year [PAGES] [ROUNDS]``. The site is made up and in this process; the reader, the rounds and the
store are the real ones. Two redesigns, a parser upgrade, an outage and a block page come, and a name is purged from many pages.
"""

from __future__ import annotations

import hashlib
import logging
import random
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from standins import START, SetClock

from monitor.article import long_date
from monitor.errors import Unreachable
from monitor.jobs.round import Tools, run_round
from monitor.model import Capture, Change, Kind, LogQuery, Place, Reading, Request, Story, Twin
from monitor.parsing.reader import LayoutReader
from monitor.settings import Duration, Finding, Identity, Layout, Rule, Source
from monitor.storing.sqlite import SqliteStore, StoreFile

HOST = "https://times.example"
NAME = "Jang Song Thaek"
LISTED = 40  # newest articles on the listing
_YEAR = timedelta(days=365)
_PURGED = 67  # one page in so many bears the name and loses it: 300 of 20,000
_RATES = {"word": 0.002, "number": 0.0005, "cut": 0.0005, "typography": 0.0005, "gone": 0.0002, "new": 0.001}  # a round
_FIRST = ("Kim", "Ri", "Pak", "Choe", "Kang", "Jo", "Yun", "Rim", "Han", "Sin")
_LAST = ("Chol Su", "Un Ok", "Myong Nam", "Hyok Il", "Gyong Hui", "Kwang Jin", "Song Ryong", "Jin Myong")
_PLACES = ("Sinyang", "Taechong", "Paeksok", "Yongjin", "Hwanggang", "Ryongmun", "Chollima", "Sunchon", "Anju", "Mirae")
_VERBS = ("visited", "praised", "inspected", "opened", "repaired", "described", "enlarged", "supplied", "guided", "examined")
_THINGS = ("farm", "textile mill", "power station", "coal mine", "tree nursery", "railway yard", "fishing port", "school")
_HOW = ("quietly", "again", "in detail", "as planned", "with care", "on Monday", "in spring", "at last", "by hand", "together")
_DROPPED = ("p.subscribe", "div.share")
_OTHER = ("reportedly", "partly", "notably", "earlier", "separately", "briefly", "publicly", "formally")


def layouts(stage: int) -> tuple[Layout, ...]:
    """The layouts that read the site in its first, second and third design, the newest first."""
    plain = {
        "title": (Rule(css="h1"),),
        "publication": (Rule(css="span.paper"),),
        "published": (Rule(css="time.day", attr="datetime"),),
        "masthead": (Rule(css="header b"),),
        "dates": ("%Y-%m-%d", "%B %d, %Y"),
    }
    designs = [
        Layout(name="first", paragraphs=(Rule(css="div.story"),), **plain),  # type: ignore[arg-type]
        Layout(name="second", paragraphs=(Rule(css="section.text"),), **plain),  # type: ignore[arg-type]
        Layout(name="third", paragraphs=(Rule(css="section.text"),), drop=_DROPPED, **plain),  # type: ignore[arg-type]
    ]
    return tuple(reversed(designs[:stage]))


class Upgraded(LayoutReader):
    """A later parser: it reads a semicolon as the end of a paragraph."""

    def read(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        return _upgraded(super().read(capture, source), known)

    def read_whole(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        return _upgraded(super().read_whole(capture, source), None)


def _upgraded(reading: Reading, known: bytes | None) -> Reading:
    parts = hashlib.sha256(b"upgraded" + reading.parts).digest()[:16]
    article = reading.article
    if article is not None:
        paragraphs = tuple(part.strip() for text in article.paragraphs for part in text.split(";") if part.strip())
        article = replace(article, paragraphs=paragraphs)
    return replace(reading, parts=parts, reader=reading.reader + b"2", article=None if parts == known else article)


@dataclass
class Times:
    """Implements ``Fetcher``: a site of articles in the design and the mood of the moment. ``edits`` are what editors did."""

    clock: SetClock
    pages: int
    purged: int = _PURGED
    stage: int = 1
    mood: str = "well"
    moment: int = 0
    texts: dict[int, bytes] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    edits: list[tuple[int, int, str]] = field(default_factory=list)  # moment, page, what

    def __post_init__(self) -> None:
        self.count = self.listed = self.pages  # pages there are, and those that were there before the last of what editors did
        for number in range(self.pages):
            self.texts[number] = self._new(number)

    def _new(self, number: int) -> bytes:
        return zlib.compress("\n".join(_text(number, has_name=self.has_name(number))).encode(), 1)

    def text(self, number: int) -> list[str]:
        """Title and paragraphs of an article as it is now."""
        return zlib.decompress(self.texts[number]).decode().split("\n")

    def has_name(self, number: int) -> bool:
        """Whether an article was written with the name that will be purged."""
        return number % self.purged == 7

    def purge(self) -> list[int]:
        """Cut the name from all articles that bear it; their numbers."""
        known = (number for number in range(self.listed) if self.has_name(number) and number not in self.gone)
        pages = [number for number in known if any(NAME in line for line in self.text(number))]  # an edit may have cut it before
        for number in pages:
            rng = random.Random(f"purge {number}")
            lines = self.text(number)
            at = next(at for at, line in enumerate(lines) if NAME in line)
            way = rng.randrange(3)
            if way == 0:
                lines[at] = lines[at].replace(f" and {NAME}", "")
            elif way == 1:
                lines[at] = lines[at].replace(NAME, "others")
            else:
                lines[at] = " ".join(part for part in lines[at].split(". ") if NAME not in part) or "No more is known."
            self._set(number, lines, "purge")
        return pages

    def live(self) -> None:
        """What editors do between two rounds."""
        rng, self.listed = random.Random(f"live {self.moment}"), self.count
        for what, rate in _RATES.items():
            for _ in range(max(1, round(rate * self.pages))):
                if what == "new":
                    self.texts[self.count] = self._new(self.count)
                    self.count += 1
                    continue
                number = rng.randrange(self.count - LISTED)
                if number in self.gone or any(page == number for moment, page, _ in self.edits if moment == self.moment):
                    continue
                if what == "gone":
                    self.gone.add(number)
                else:
                    self._set(number, _edited(self.text(number), what, rng), what)

    def _set(self, number: int, lines: list[str], what: str) -> None:
        if lines != self.text(number):
            self.texts[number] = zlib.compress("\n".join(lines).encode(), 1)
            self.edits.append((self.moment, number, what))

    def fetch(self, request: Request, source: Source) -> Capture:
        """What answers at an address, some hundredths of a second later."""
        self.clock.move(timedelta(milliseconds=30))
        if self.mood == "outage":
            raise Unreachable(f"{request.url}: no answer")
        body, status = self._answer(request.url)
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        return Capture(request.url, request.url, status, headers, body, body, self.clock.now())

    def _answer(self, url: str) -> tuple[bytes, int]:
        if self.mood == "blocked":
            body = "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1></body></html>"
            return body.encode(), 200
        if url.endswith("/news/"):
            newest = range(self.count - 1, self.count - 1 - self.pages if self.moment == 0 else self.count - 1 - LISTED, -1)
            links = "".join(f'<h2><a href="/news/{number}.html">x</a></h2>' for number in newest)
            return f"<html><body>{links}</body></html>".encode(), 200
        number = int(url.rpartition("/")[2].removesuffix(".html"))
        return (b"<h1>Not found</h1>", 404) if number in self.gone else (self.html(number).encode(), 200)

    def html(self, number: int) -> str:
        """A page in the design of the day, with all that is not the article."""
        title, *paragraphs = self.text(number)
        rng = random.Random(f"{self.moment} {number}")
        day = long_date((START + self.moment * timedelta(days=1)).date())
        inside = "".join(f"<p class='k{rng.getrandbits(16)}'>{escape(text)}</p>\n" for text in paragraphs)
        if self.stage == 3:
            inside += "<p class=subscribe>Subscribe to our newsletter for the best of every week.</p>"
            inside += "<div class=share>Share this</div>"
        tag, name = ("div", "story") if self.stage == 1 else ("section", "text")
        trending = "".join(f"<li><a href='/t/{rng.getrandbits(20)}'>{rng.choice(_THINGS)}</a></li>" for _ in range(8))
        return (
            f"<html><head><meta charset=utf-8><title>{escape(title)} | Times</title>"
            f"<script>var a={rng.getrandbits(32)}</script></head>"
            f"<body class='d{self.stage}'><header><b>{day}</b><nav><a href=/>Home</a><a href=/news/>News</a></nav></header><main>"
            f"<h1>{escape(title)}</h1><p><span class=paper>The Times</span> "
            "<time class=day datetime=2026-01-01>1 January</time></p>"
            f"<{tag} class={name}>{inside}</{tag}></main><aside><h3>Trending</h3><ul>{trending}</ul></aside>"
            f"<footer>Printed {day}, {rng.getrandbits(20)} readers</footer></body></html>"
        )


def _text(number: int, *, has_name: bool) -> list[str]:
    rng = random.Random(f"text {number}")
    said = [_sentence(rng) for _ in range(14)]
    if has_name:
        at = rng.randrange(2, 12)
        said[at] = f"The delegation of {rng.choice(_FIRST)} {rng.choice(_LAST)} and {NAME} {rng.choice(_VERBS)} it."
    paragraphs = [" ".join(said[start : start + 3]) for start in range(0, len(said), 3)]
    return [f"{rng.choice(_PLACES)} {rng.choice(_THINGS)} No. {number} {rng.choice(_VERBS)}", *paragraphs]


def _sentence(rng: random.Random) -> str:
    who = f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
    return (
        f"{who} {rng.choice(_VERBS)} the {rng.choice(_PLACES)} {rng.choice(_THINGS)} {rng.choice(_HOW)}; "
        f"it turned out {rng.randrange(1, 99)},{rng.randrange(1000):03} items {rng.choice(_HOW)}."
    )


def _edited(lines: list[str], what: str, rng: random.Random) -> list[str]:
    at = rng.randrange(1, len(lines))
    words = lines[at].split(" ")
    if what == "word":
        words[rng.randrange(3, len(words) - 1)] = rng.choice((*_OTHER, *_VERBS, *_HOW, *_THINGS, *_PLACES))
    elif what == "number":
        words = [str(rng.randrange(1000, 99_999)) if "," in word and word[0].isdigit() else word for word in words]
    elif what == "typography":
        words = " ".join(words).replace(";", " –", 1).split(" ")
    else:
        return [*lines[:at], ". ".join(lines[at].split(". ")[:-1] or ["It was so."]), *lines[at + 1 :]]
    return [*lines[:at], " ".join(words), *lines[at + 1 :]]


class Memory:
    """Implements ``Archive`` for as long as the process lasts."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.heads: list[Capture] = []

    def keep(self, capture: Capture, twin: Twin | None = None) -> Place:
        self.kept.append(zlib.compress(capture.body, 1))
        self.heads.append(replace(capture, body=b"", wire=b""))
        return Place("memory", len(self.kept), 1)

    def read(self, place: Place, twin: Place | None = None) -> Capture:
        body = zlib.decompress(self.kept[place.offset - 1])
        return replace(self.heads[place.offset - 1], body=body, wire=body)

    def records(self, place: Place) -> bytes:
        return b""

    def has(self, name: str) -> bool:
        return True

    def measure(self, name: str) -> tuple[int, bytes]:
        return 0, b""

    def drop(self, name: str) -> None:
        """Nothing is dropped."""

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Year:
    """What a year came to: false edits by what they came from, what was missed, and the campaigns that were found."""

    false: Counter[str]
    missed: list[str]
    edits: int
    logged: Counter[str]
    purged: int
    campaigns: list[Story]
    in_one: int
    seconds: float


def live(store: SqliteStore, pages: int = 20_000, rounds: int = 14, purged: int = _PURGED, *, say: bool = False) -> Year:
    """Live through a year, and hold the log against what editors did."""
    began = time.perf_counter()
    clock = SetClock()
    site = Times(clock, pages, purged)
    source = _source()
    tools = Tools(store, site, LayoutReader(), clock, "w", 50, Memory())
    events = _events(rounds)
    caused: dict[int, str] = {}  # by the last change of a round, what happened in it
    purged: list[int] = []
    for moment in range(rounds):
        site.moment, clock.at = moment, START + _YEAR / rounds * moment
        event = events.get(moment, "chrome")
        if moment:
            site.live()
        site.mood = event if event in ("outage", "blocked") else "well"
        site.stage += event == "redesign"
        if event == "layout":
            source = replace(source, layouts=layouts(site.stage))
        if event == "parser":
            tools = replace(tools, reader=Upgraded())
        if event == "purge":
            purged = site.purge()
        run = run_round(source, tools)
        caused[_newest(store)] = event
        if say:
            print(f"{moment:3} {event:9} {dict(run.seen)} changes {run.changes}  {time.perf_counter() - began:.0f} s", flush=True)
    return _held(store, site, caused, purged, time.perf_counter() - began)


def _source() -> Source:
    return Source(
        "times",
        layouts(1),
        publication="The Times",
        find=Finding(listings=(f"{HOST}/news/",), links=("h2 > a[href]",), articles=(rf"^{HOST}/news/\d+\.html$",)),
        identity=Identity(pattern=r"/news/(\d+)\.html", key="times:{1}"),
        interval=Duration(days=7),
        jitter=Duration(0),
    )


def _events(rounds: int) -> dict[int, str]:
    order = ("redesign", "layout", "outage", "blocked", "redesign", "layout", "purge", "parser")
    return {3 + at * max(1, (rounds - 4) // len(order)): event for at, event in enumerate(order)}


def _newest(store: SqliteStore) -> int:
    return next((change.id for change in store.changes(LogQuery(baseline=True, limit=1))), 0)


def _held(store: SqliteStore, site: Times, caused: dict[int, str], purged: list[int], seconds: float) -> Year:
    changes = sorted(store.changes(LogQuery(limit=None)), key=lambda change: change.id)
    edited: dict[int, int] = Counter(page for _, page, _ in site.edits)
    found: Counter[int] = Counter()
    false: Counter[str] = Counter()
    for change in changes:
        if change.kind in (Kind.EDITED, Kind.REVERTED):
            number = _number(change)
            found[number] += 1
            if found[number] > edited.get(number, 0):
                false[next(event for last, event in caused.items() if change.id <= last)] += 1
        elif change.kind is Kind.REMOVED and _number(change) not in site.gone:
            false["removals"] += 1
    missed = [f"{HOST}/news/{page}.html" for page in edited if not found[page] and page not in site.gone]
    purging = [change.id for change in changes if change.kind is Kind.EDITED and _number(change) in set(purged)]
    found_in = Counter(story.id for story in store.story_of(purging).values() if NAME in story.what)
    best = found_in.most_common(1)[0][0] if found_in else 0
    held = {_number(change) for change in changes if change.id in set(store.story_changes(best))}
    logged = Counter(change.kind.value for change in changes)
    campaigns = store.campaigns(LogQuery(limit=None))
    return Year(false, missed, len(site.edits), logged, len(purged), campaigns, len(held & set(purged)), seconds)


def _number(change: Change) -> int:
    return int(change.url.rpartition("/")[2].removesuffix(".html"))


@contextmanager
def _store() -> Iterator[SqliteStore]:
    with tempfile.TemporaryDirectory() as folder, StoreFile(Path(folder) / "year.db", lasting=False).open() as store:
        yield store


def main(pages: int = 20_000, rounds: int = 14) -> None:
    """Print the figures."""
    logging.disable()
    with _store() as store:
        year = live(store, pages, rounds, say=True)
        print(f"{pages} pages, {rounds} rounds over a year, {year.seconds:.0f} s; log: {dict(year.logged)}")
        for event in ("chrome", "redesign", "layout", "parser", "outage", "blocked", "purge", "removals"):
            print(f"false edits from {event:10} {year.false[event]}")
        print(f"edits made {year.edits}, pages whose edits were missed {len(year.missed)}: {year.missed[:3]}")
        print(f"the name was purged from {year.purged} pages; in one campaign: {year.in_one}")
        for story in year.campaigns:
            print(f"  campaign: {story.what} on {story.pages} pages, {story.first:%Y-%m-%d} to {story.last:%Y-%m-%d}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

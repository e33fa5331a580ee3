"""How fast the log is to look through at size: the store, readers beside a writer, and all pages of the review page and its API.

``python -m tests.benchmarks.review [ARTICLES] [CHANGES] [DATABASE]``: 200,000 and 1,000,000 unless said otherwise. A DATABASE
that is there already is measured as it is; without one it is made for this run. Milliseconds, median and 95th percentile, the
median of the processor's time alone, and the median in multiples of a bare look-up of one change by its number. The first
request of a program that has just begun, on files that no cache holds, comes last.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from monitor.filters import MOST
from monitor.jobs.entries import entries
from monitor.jobs.following.indexing import Indexing
from monitor.judging.words import differences
from monitor.model import Act, EditClass, Kind, LogQuery, ReviewState, SearchQuery
from monitor.storing.sqlite import SqliteStore, StoreFile
from tests.benchmarks.articles import RARE_KOREAN, RARE_NAME
from tests.benchmarks.big_log import SPAN, START, make
from tests.benchmarks.figures import REPEATS, Table
from tests.benchmarks.review_pages import cold, exports, pages

PAGE = 50  # entries of one page of the inbox
READERS = 20
SECONDS = 10.0  # how long readers and writer work beside each other


def inbox(store: SqliteStore, query: LogQuery) -> int:
    """A page of the inbox as it is shown: entries with stories, and where each stands. How many there are."""
    found = list(islice(entries(store, replace(query, limit=PAGE + 1)), PAGE + 1))
    store.reviewed([entry.change.id for entry in found])
    return len(found)


def one_change(store: SqliteStore, number: int) -> int:
    """All that the page of a change shows."""
    change = store.change(number)
    assert change is not None
    versions = store.versions(change.page)
    sides = [next((each for each in versions if each.number == side), None) for side in (change.before, change.after)]
    if sides[0] and sides[1]:
        differences(sides[0].article, sides[1].article)
    store.history(change.page)
    store.stories(number)
    store.reviews(number)
    store.kept_sides(number)
    return len(versions)


def filters(store: SqliteStore, changes: int) -> Iterator[tuple[str, LogQuery]]:
    """What people ask of an inbox."""
    end = START + SPAN
    newest = LogQuery()
    yield "newest", newest
    top = replace(newest, is_ranked=True)
    yield "ranked", top
    for name, asked in {
        "a source": {"sources": frozenset(["source-04"])},
        "a source without changes": {"sources": frozenset(["no-such"])},
        "kind removed": {"kinds": frozenset([Kind.REMOVED])},
        "kind moved (none)": {"kinds": frozenset([Kind.MOVED])},
        "class negation": {"classes": frozenset([EditClass.NEGATION])},
        "class picture (none)": {"classes": frozenset([EditClass.PICTURE])},
        "score 0.9 and more": {"least": 0.9},
        "the last 24 hours": {"since": end - timedelta(hours=24)},
        "a week a year ago": {"since": end - timedelta(days=372), "until": end - timedelta(days=365)},
        "open": {"states": frozenset([ReviewState.OPEN])},
        "flagged": {"states": frozenset([ReviewState.FLAGGED])},
        "assigned": {"assigned": "alice"},
        "a campaign": {"story": 2},
        "rare words in the change": {"changed": '"coal mine 765"'},
        "common words in the change": {"changed": "school"},
        "rare name in the article": {"text": f'"{RARE_NAME}"'},
        "common word in the article": {"text": "inspected"},
        "Korean in the article": {"text": "북한"},
        "a watch word": {"any_of": (RARE_NAME, "Pak Un-hyok", RARE_KOREAN)},
        "a common watch word": {"any_of": ("Ri Un Ok", "리은옥")},
        "source, class, score, 90 days": {
            "sources": frozenset(["source-07"]),
            "classes": frozenset([EditClass.NAME]),
            "least": 0.5,
            "since": end - timedelta(days=90),
        },
    }.items():
        yield name, replace(newest, **asked)
        yield f"{name}, ranked", replace(top, **asked)
    for deep in (0.1, 0.5, 0.9):
        yield f"newest, {deep:.0%} down", replace(newest, start=(0.0, int(changes * (1 - deep))))
        yield f"ranked, {deep:.0%} down", replace(top, start=(1 - deep, 0))


SEARCHES = {
    "rare phrase": SearchQuery(f'"{RARE_NAME}"'),
    "common word": SearchQuery("inspected"),
    "common word, best first": SearchQuery("inspected", is_ranked=True),
    "two common words": SearchQuery("inspected farm"),
    "common phrase": SearchQuery('"coal mine"'),
    "common phrase, best first": SearchQuery('"coal mine"', is_ranked=True),
    "prefix": SearchQuery("inspe*"),
    "Korean, two syllables": SearchQuery("북한"),
    "Korean, two syllables, best first": SearchQuery("북한", is_ranked=True),
    "Korean, one syllable": SearchQuery("북"),
    "Korean, rare": SearchQuery(RARE_KOREAN),
    "no such word": SearchQuery("qwertz"),
    "common word, what is said now": SearchQuery("inspected", past=False),
    "common word in one source": SearchQuery("inspected", sources=frozenset(["source-04"])),
    "common word where none is": SearchQuery("inspected", sources=frozenset(["source-03"])),
    "common word, a week a year ago": SearchQuery(
        "inspected", since=START + SPAN - timedelta(days=372), until=START + SPAN - timedelta(days=365)
    ),
    "word OR word -word": SearchQuery("inspected OR praised -farm"),
}


@contextmanager
def database(articles: int, changes: int, path: Path | None) -> Iterator[Path]:
    """The database to measure."""
    if path is not None and path.exists():
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        found = path or Path(folder) / "big.db"
        began = time.perf_counter()
        make(found, articles, changes, say=True)
        print(f"made in {time.perf_counter() - began:.0f} s: {found.stat().st_size / 1e6:.0f} MB")
        yield found


def main(articles: int = 200_000, changes: int = 1_000_000, path: Path | None = None) -> None:
    """Print the figures."""
    with database(articles, changes, path) as found, StoreFile(found).open() as store:
        changes, rng = store.newest(), random.Random(2)
        table = Table(store)
        news = [rng.randrange(articles // 2, changes) + 1 for _ in range(REPEATS + 1)]
        table.row("one change with all its versions", lambda at: one_change(store, news[at]))
        for name, query in filters(store, changes):
            table.row(f"inbox: {name}", lambda _, query=query: inbox(store, query))
        table.row("count of all, up to 1000", lambda _: store.count(LogQuery()))
        for state in ReviewState:
            table.row(f"count of {state}, up to 1000", lambda _, s=state: store.count(LogQuery(states=frozenset([s]))))
        for name, asked in SEARCHES.items():
            table.row(f"search: {name}", lambda _, asked=asked: len(store.search(asked).hits))
        table.row("a page of 1000", lambda _: len(list(store.changes(LogQuery(limit=MOST)))))
        beside(found, changes)
        pages(found, table, REPEATS)
        exports(found)
        cold(found)
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def beside(path: Path, changes: int) -> None:
    """Readers beside a writer that works at full speed, of one process and so of one processor."""
    file, stop = StoreFile(path), threading.Event()
    times: list[float] = []
    written = [0]

    def read(number: int) -> None:
        rng = random.Random(number)
        with file.open() as store:
            while not stop.is_set():
                began = time.perf_counter()
                rng.choice((_newest, _one, _search))(store, rng.randrange(1, changes))
                times.append((time.perf_counter() - began) * 1000)
                time.sleep(1.0)  # somebody looks at it

    def write() -> None:
        with file.open() as store:
            while not stop.is_set():
                numbers = random.sample(range(1, changes), 20)
                store.review(numbers, Act.ACKNOWLEDGE, "bench", datetime.now(UTC))
                Indexing(store).follow(100)
                written[0] += len(numbers)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(READERS)] + [threading.Thread(target=write)]
    for thread in threads:
        thread.start()
    time.sleep(SECONDS)
    stop.set()
    for thread in threads:
        thread.join()
    times.sort()
    print(
        f"{READERS} readers beside a writer: {len(times)} pages, median {times[len(times) // 2]:.1f} ms,"
        f" 95th {times[int(len(times) * 0.95)]:.1f} ms; {written[0] / SECONDS:.0f} reviews written a second"
    )


def _newest(store: SqliteStore, _: int) -> None:
    inbox(store, LogQuery())


def _one(store: SqliteStore, number: int) -> None:
    one_change(store, number)


def _search(store: SqliteStore, _: int) -> None:
    store.search(SearchQuery("북한"))


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:3]), *(Path(each) for each in sys.argv[3:4]))

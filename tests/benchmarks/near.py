"""What it costs to find nearly the same text among a million: time a lookup, room in the store, and how many are found.

``python -m tests.benchmarks.near [TEXTS]``. All but two thousand of the signatures are drawn by chance, as hashes would be: their
texts are never looked at. The rest are articles of the made-up site, each looked for in an edited form.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from kcna_pages import Site

from monitor.fingerprint import text_digest
from monitor.judging import signatures
from monitor.storing.sqlite import SqliteStore, StoreFile
from monitor.storing.texts import text_content
from monitor.visiting.alike import Alike

REAL = 2_000


def fill(store: SqliteStore, texts: int) -> list[str]:
    """Put so many signatures into the store; the texts of those that are real."""
    site, rng = Site(pages=REAL), random.Random(1)
    found = []
    with store.atomic():
        for number in range(REAL):
            article = site.article(number)
            store.texts.keep(text_digest(article), text_content(article), None)
            found.append(text_content(article).decode())
    while Alike(store).sign_missing():
        pass
    store.handle.rows("PRAGMA foreign_keys = OFF")
    for start in range(REAL, texts, 10_000):
        with store.atomic():
            for number in range(start + 1, min(start + 10_000, texts) + 1):
                store.handle.write("INSERT INTO signature (text_id, family) VALUES (?, ?)", (number, number))
                for _ in range(signatures.BANDS):
                    store.handle.write("INSERT INTO band (key, text_id) VALUES (?, ?)", (rng.getrandbits(32) - 2**31, number))
    return found


def edited(text: str, share: float, rng: random.Random) -> str:
    """The text with so many of its words replaced, anywhere."""
    words = text.split(" ")
    for at in rng.sample(range(len(words)), max(1, round(share * len(words)))):
        words[at] = f"other{rng.getrandbits(20)}"
    return " ".join(words)


def index_bytes(store: SqliteStore) -> int:
    """What the index takes in the file."""
    names = ("signature", "signature_family", "band")
    with store.atomic():  # dbstat is not in every build: the difference that dropping makes says the same
        used = [_used(store)]
        for name in names:
            store.handle.write(f"DROP {'INDEX' if name.endswith('family') else 'TABLE'} IF EXISTS {name}")
        used.append(_used(store))
    return used[0] - used[1]


def _used(store: SqliteStore) -> int:
    pages, free, size = (int(store.handle.value(f"PRAGMA {name}")) for name in ("page_count", "freelist_count", "page_size"))
    return (pages - free) * size


def look(store: SqliteStore, texts: Sequence[str], share: float) -> tuple[float, float, list[float], float]:
    """Likeness, share found, milliseconds a lookup, and milliseconds of that for the text's own signature."""
    rng, times, likenesses, hits, own = random.Random(2), list[float](), list[float](), 0, 0.0
    for number in rng.sample(range(len(texts)), 200):
        text = edited(texts[number], share, rng)
        alike = Alike(store)
        began = time.perf_counter()
        signatures.signature(signatures.shingles(text))
        own += time.perf_counter() - began
        began = time.perf_counter()
        near = alike.near(text)
        times.append((time.perf_counter() - began) * 1000)
        hits += any(each == number + 1 for each, _ in near)
        likenesses.append(signatures.likeness(signatures.shingles(text), signatures.shingles(texts[number])))
    return statistics.mean(likenesses), hits / 200, times, own / 200 * 1000


def main(texts: int = 1_000_000) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder, StoreFile(Path(folder) / "near.db", lasting=False).open() as store:
        began = time.perf_counter()
        known = fill(store, texts)
        print(f"{texts} signatures written in {time.perf_counter() - began:.0f} s")
        print(f"words of a text: {statistics.mean(len(text.split()) for text in known):.0f}")
        print("likeness  found  median ms  95th ms  of it the own signature")
        for share in (0.0, 0.017, 0.037, 0.055):
            likeness, hits, times, own = look(store, known, share)
            print(f"{likeness:8.2f} {hits:6.2f} {statistics.median(times):10.2f} {sorted(times)[190]:8.2f} {own:10.2f}")
        print(f"the index takes {index_bytes(store) / 1e6:.0f} MB")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

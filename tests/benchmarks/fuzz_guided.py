"""The same with atheris, which breaks further what reached new code.

``python -m tests.benchmarks.fuzz_guided SECONDS FOLDER [PARSER...]``.

``pip install atheris`` brings it, on Linux; ``fuzz.py`` starts this where it is there. An input is the number of a parser, a
salt, and what the parser is given. What came of it stands in FOLDER/guided-NUMBER.json.
"""

from __future__ import annotations

import json
import random
import sys
import warnings
from dataclasses import asdict
from pathlib import Path
from time import monotonic

import atheris

_LIBRARIES = ["monitor", "feedparser", "w3lib", "protego", "warcio", "soupsieve"]
with atheris.instrument_imports(include=_LIBRARIES):
    import tests.benchmarks.fuzz_parsers  # noqa: F401  instrumented, before anything else imports the program
from tests.benchmarks.fuzz import Watch  # noqa: E402
from tests.benchmarks.fuzz_parsers import PARSERS  # noqa: E402
from tests.benchmarks.fuzz_seeds import seeds  # noqa: E402

_LARGEST = 4096  # bytes: small ones reach as much code, and more of them fit into the time


def begun(corpus: Path, names: list[str]) -> None:
    """Write the seeds of these parsers, from the beginning of each."""
    corpus.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(PARSERS):
        for salt, data in enumerate(each for kind in PARSERS[name].seeds for each in seeds(kind)[:8]):
            if name in names:
                (corpus / f"{number}-{salt}").write_bytes(bytes([number, salt % 256]) + data[: _LARGEST - 2])


def main(seconds: int, names: list[str], folder: Path) -> None:
    """Does not return: the library ends the process."""
    warnings.simplefilter("ignore")
    corpus, watch, order = folder / f"corpus-{random.getrandbits(32)}", Watch(folder), list(PARSERS)
    begun(corpus, names)
    report, state = folder / f"guided-{random.getrandbits(32)}.json", {"next": 0.0}

    def one(data: bytes) -> None:
        name = order[data[0] % len(order)] if data else order[0]
        if len(data) > 2 and name in names:
            watch.tried(name, data[2:], data[1])
        if monotonic() > state["next"]:
            state["next"] = monotonic() + 1
            report.write_text(json.dumps({name: asdict(row) for name, row in watch.rows.items()}))

    flags = [
        f"-max_total_time={seconds}",
        f"-max_len={_LARGEST}",
        "-timeout=100",
        "-rss_limit_mb=0",
        f"-artifact_prefix={folder}/",
    ]
    atheris.Setup([sys.argv[0], *flags, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(float(given[0])), given[2:] or list(PARSERS), Path(given[1]))

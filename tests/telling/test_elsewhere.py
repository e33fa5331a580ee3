"""What is said of imported captures and of copies outside; nothing in it that a terminal would obey."""

from __future__ import annotations

from dataclasses import replace

import pytest
from standins import START, url

from monitor.model import Kept, OutsideCopy
from monitor.telling.elsewhere import elsewhere

COPY = OutsideCopy(1, START, "a", url("p"), 2, START)
KEPT = Kept(1, 1, url("p"), url("p"), START, 200, b"", origin="wget.warc.gz")


@pytest.mark.parametrize(
    ("imported", "copy", "said"),
    [
        (None, None, ""),
        (KEPT, None, "captured 2026-01-01 00:00 UTC, imported from wget.warc.gz\n"),
        (None, replace(COPY, link="https://x.example/1"), "kept outside at https://x.example/1\n"),
        (None, replace(COPY, problem="a\x1b[2J"), "not kept outside yet, asked 2 times, last 2026-01-01 00:00 UTC: a\\x1b[2J\n"),
        (replace(KEPT, origin="\x1b[2J.warc"), None, "captured 2026-01-01 00:00 UTC, imported from \\x1b[2J.warc\n"),
    ],
)
def test_it_is_said_in_a_line(imported: Kept | None, copy: OutsideCopy | None, said: str) -> None:
    assert elsewhere(imported, copy).plain == said

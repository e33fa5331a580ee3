"""The README.txt of an evidence: only what can be done is named. Its commands are run in tests/jobs/keeping/test_evidence.py."""

from __future__ import annotations

from standins import START

from monitor.model import Change, Kind
from monitor.telling.checking import Contents, readme

CHANGE = Change(7, START, Kind.EDITED, "a", 1, "https://a.example/\x1b[31m", "T")


def test_with_nothing_but_the_sums_there_is_one_step() -> None:
    told = readme(CHANGE, Contents({"manifest.json": "digests"}, missing=["the seal: \x1b not yet"]))
    assert [line for line in told.splitlines() if line[:1].isdigit()] == ["1. Nothing was altered since it was made:"]
    assert "What is not here\n  the seal: \\x1b not yet\n" in told
    assert "\x1b" not in told


def test_both_sides_have_their_own_digest() -> None:
    what = dict.fromkeys(("before.txt", "before.json", "after.txt", "after.json"), "")
    told = readme(CHANGE, Contents(what, fingerprints={"before": "1:aa", "after": "1:bb"}))
    assert "read before.txt and after.txt. Their digests:\n" in told
    places = [told.index(each) for each in ("open('before.json'", "prints 1:aa", "open('after.json'", "prints 1:bb")]
    assert places == sorted(places)
    assert "before.json and after.json hold exactly these." in told

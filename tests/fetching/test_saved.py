"""A saved page as if it had been fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from standins import SetClock

from monitor.errors import InputError
from monitor.fetching.saved import saved_page


def test_its_bytes_are_taken_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a page.html"
    path.write_bytes("<p>café".encode("cp1252"))
    capture = saved_page(path, None, SetClock(), 100)
    assert (capture.body, capture.status, capture.url) == (b"<p>caf\xe9", 200, "https://replay.invalid/a%20page")
    assert saved_page(path, "https://a.example/x", SetClock(), 100).answered == "https://a.example/x"


@pytest.mark.parametrize(
    ("name", "said"), [("none.html", "no such file"), (".", "a folder"), ("empty", "empty"), ("big", "larger than")]
)
def test_what_is_no_page_is_named(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "empty").write_bytes(b" \n")
    (tmp_path / "big").write_bytes(b"x" * 101)
    with pytest.raises(InputError, match=said):
        saved_page(tmp_path / name, None, SetClock(), 100)

"""``monitor compare`` as a person uses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


def test_two_versions_by_number(run: Run, told: Path) -> None:
    status, out, err = run("compare", "power-station", "--from", 1, "--to", 2, "--db", told)
    assert (status, err) == (0, "")
    assert out.splitlines()[1].startswith("from version 1, 2026-01-01 00:00 to ")
    assert "0.60  drops the name Pak Un Hyok" in out
    assert "[-Pak Un Hyok,-]" in out


def test_two_versions_by_time(run: Run, told: Path) -> None:
    by_number = run("compare", "power-station", "--from", 2, "--to", 1, "--db", told)
    assert run("compare", "power-station", "--from", "2026-01-05", "--to", "2026-01-13", "--db", told) == by_number
    assert "{+Pak Un Hyok,+}" in by_number[1]


def test_without_numbers_the_last_two(run: Run, told: Path) -> None:
    assert run("compare", "cell-secretaries", "--db", told) == run(
        "compare", "cell-secretaries", "--from", 1, "--to", 2, "--db", told
    )


def test_a_version_with_itself(run: Run, told: Path) -> None:
    out = run("compare", "power-station", "--from", 1, "--to", 1, "--db", told)[1]
    assert out.endswith("nothing differs between the two\n")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["nosuch"], 4, "no page is known at 'nosuch'"),
        (["power-station", "--from", "9"], 4, "no version 9; it has 2"),
        (["power-station", "--from", "2020-01-01"], 4, "was not yet known at 2020-01-01"),
        (["power-station", "--from", "once"], 2, "is no time"),
    ],
)
def test_what_cannot_be_compared(run: Run, told: Path, arguments: list[str], status: int, said: str) -> None:
    found, out, err = run("compare", *arguments, "--db", told)
    assert (found, out) == (status, "")
    assert said in err

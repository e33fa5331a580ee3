"""New files: whole or not there, never in the place of another, and why not in a sentence."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.errors import InputError
from monitor.storing.fresh import fresh


def test_a_file_has_its_name_only_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with fresh(path) as part:
        part.write_text("whole")
        assert part.parent == tmp_path
        assert not path.exists()
    assert path.read_text() == "whole"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_what_is_there_stays_also_what_was_made_meanwhile_and_a_link_to_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(InputError, match="left as it is"), fresh(path) as part:
        part.with_name("out.csv").write_text(str(part.write_text("ours")))
    assert path.read_text() == "4", "what they wrote"
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="left as it is"), fresh(tmp_path / "link"):
        pytest.fail("nothing is to be written")
    assert sorted(os.listdir(tmp_path)) == ["link", "out.csv"]


def test_where_there_are_no_links_it_has_its_name_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    path = tmp_path / "out.csv"
    with fresh(path) as part:
        part.write_text("whole")
    assert path.read_text() == "whole"
    with pytest.raises(InputError, match="left as it is"), fresh(path):
        pytest.fail("nothing is to be written")
    assert os.listdir(tmp_path) == ["out.csv"]


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "no space is left on its disk; free"), (errno.EIO, "cannot be")])
def test_why_it_could_not_be_written_is_a_sentence(tmp_path: Path, number: int, said: str) -> None:
    def write() -> None:
        with fresh(tmp_path / "out.csv") as part:
            part.write_text("half")
            raise OSError(number, os.strerror(number))

    with pytest.raises(InputError, match=said):
        write()
    assert os.listdir(tmp_path) == []


def test_a_folder_that_there_is_not_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder"), fresh(tmp_path / "none" / "out.csv") as part:
        part.write_text("x")


def test_a_name_may_be_as_long_as_names_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("월" * 80 + ".csv")
    with fresh(path) as part:
        part.write_text("whole")
    assert path.read_text() == "whole"


def test_two_long_names_that_begin_alike_are_two_files(tmp_path: Path) -> None:
    paths = [tmp_path / f"{'a' * 80}.{end}" for end in ("db", "json")]
    with fresh(paths[0]) as part:
        part.write_text("one")
        with fresh(paths[1]) as other:
            other.write_text("other")
    assert [path.read_text() for path in paths] == ["one", "other"]


def test_a_killed_one_leaves_no_file_of_that_name(tmp_path: Path) -> None:
    script = (
        "import os, pathlib, sys\nfrom monitor.storing.fresh import fresh\n"
        "with fresh(pathlib.Path(sys.argv[1])) as part:\n    part.write_text('half')\n    os.kill(os.getpid(), 9)\n"
    )
    found = subprocess.run([sys.executable, "-c", script, tmp_path / "out.csv"], check=False, timeout=60)  # noqa: S603
    assert found.returncode == -9
    (left,) = os.listdir(tmp_path)
    assert left.startswith(".out.csv.")
    assert left.endswith(".part")
    with fresh(tmp_path / "out.csv") as part:
        part.write_text("whole")
    assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) & 0o400

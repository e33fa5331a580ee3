"""``monitor layout check`` of golden pairs. What it makes of kept captures is in ``test_adding``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from cli.conftest import Run
from programs import ROOT

CONFIG = ("--config", ROOT / "config")


def test_the_golden_pairs_that_come_with_it_are_read_as_they_should_be(run: Run) -> None:
    status, out, err = run("layout", "check", "--pages", ROOT / "tests" / "pages", *CONFIG)
    assert (status, err) == (0, "")
    assert all(line.endswith("none broken") for line in out.splitlines() if not line.startswith(" "))


def test_a_pair_that_does_not_fit_ends_with_1(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pages" / "kcna-watch"
    shutil.copytree(ROOT / "tests" / "pages" / "kcna-watch", folder)
    page = folder / "kcna-kp-utf8.html"
    page.write_text(page.read_text("utf-8").replace("article-content", "content-article"), encoding="utf-8")
    status, out, _ = run("layout", "check", "--pages", tmp_path / "pages", "--json", *CONFIG)
    (said,) = json.loads(out)
    assert (status, [Path(each["page"]).name for each in said["broken"]]) == (1, ["kcna-kp-utf8.html"])
    assert said["broken"][0]["field"].startswith("paragraphs")


def test_without_database_and_pages_it_says_what_is_missing(run: Run) -> None:
    assert run("layout", "check", *CONFIG)[::2] == (
        0,
        "nothing to read yet: `monitor run` keeps captures, `--pages FOLDER` names saved pages\n",
    )
    assert run("layout", "check", "nobody", *CONFIG)[0] == 4
    assert run("layout", "check", "--pages", "none", *CONFIG)[0] == 4

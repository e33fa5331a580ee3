"""The fixture that the package brings: saved pages in a test, in three lines, and nothing loaded before it is called."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from programs import ROOT, SEEDS

from monitor.errors import InputError
from monitor.settings import Layout, Rule, Source
from monitor.testing import Replayed, replay

Call = Callable[..., Replayed]
pytest_plugins = ["pytester"]
SPEECH = "002_69cb78ecf1b9789a"
MINE = Source("mine", layouts=(Layout(name="mine", title=(Rule(css="h1"),), paragraphs=(Rule(css="p"),)),), publication="Mine")
__all__ = ["replay"]  # the fixture, also where the package is not installed


def save(folder: Path, **pages: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html)
    return folder


@pytest.fixture
def days(tmp_path: Path) -> list[Path]:
    """Three moments of a small site: an edit, and a page that stops being one."""
    first = save(tmp_path / "1", a="<h1>A</h1><p>first", b="<h1>B</h1><p>first")
    second = save(tmp_path / "2", a="<h1>A</h1><p>second", b="<h1>B</h1><p>first", c="<h1>C</h1><p>new")
    return [first, second, save(tmp_path / "3", a="<h1>A</h1><p>first", b="no article", c="<h1>C</h1><p>new")]


def test_an_edit_is_seen(replay: Call, days: list[Path]) -> None:
    log = replay(*days[:2], sources=[MINE])
    assert [change.kind for change in log] == ["edited", "new"]
    assert [change.kind for change in log.baseline] == ["new", "new"]


def test_what_a_replay_tells(replay: Call, days: list[Path]) -> None:
    log = replay(*days, sources=[MINE])
    told = [(change.kind, change.before, change.after) for change in log.of("a")]
    assert told == [("new", None, 1), ("edited", 1, 2), ("reverted", 2, 1)]
    assert log.article("a").paragraphs == ("first",)
    assert [article.paragraphs for article in log.versions["a"]] == [("first",), ("second",)]
    assert log.article("b").title == "B", "the wording read last"
    assert list(log.unread) == ["b"]
    assert "no title" in log.unread["b"]
    assert [change.source for change in log.changes] == ["mine"] * 3


def test_a_redesign_is_an_incident_and_no_edit(replay: Call, tmp_path: Path) -> None:
    before = {f"p{n}": f"<h1>Title {n}</h1><p>first of {n}<p>second of {n}" for n in range(6)}
    after = {name: html.replace("h1", "h2") for name, html in before.items()}
    log = replay(save(tmp_path / "1", **before), save(tmp_path / "2", **after), sources=[MINE])
    assert [*log] == []
    assert [(each.kind, each.source) for each in log.incidents] == [("layout", "mine")]
    assert set(log.unread) == set(before)


def test_what_was_never_read_says_why(replay: Call, tmp_path: Path) -> None:
    log = replay(save(tmp_path / "1", a="no article", b="<h1>B</h1><p>x"), sources=[MINE])
    assert log.versions["a"] == ()
    with pytest.raises(LookupError, match=r"a was never read: broken: .*no title"):
        log.article("a")
    with pytest.raises(LookupError, match="z was never read: there is no such page"):
        log.article("z")


def test_seeds_read_back_byte_for_byte(replay: Call) -> None:
    log = replay(SEEDS)
    assert log.text(SPEECH) == (SEEDS / f"{SPEECH}.txt").read_text(encoding="utf-8")
    assert {change.source for change in log.baseline} == {"kcna-kp-en", "naenara-en"}, "the config where pytest starts"


def test_the_config_may_be_named(replay: Call, tmp_path: Path) -> None:
    config = tmp_path / "settings"
    shutil.copytree(ROOT / "config", config)
    (config / "sources" / "naenara-en.toml").rename(config / "sources" / "another-name.toml")
    log = replay(SEEDS, config=config)
    assert {change.source for change in log.baseline} == {"kcna-kp-en", "another-name"}


def test_folders_are_looked_for_beside_the_test_first(replay: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    save(tmp_path / "elsewhere", a="<h1>A</h1><p>x")
    monkeypatch.chdir(tmp_path)
    assert len(replay("replay/01-first-sight").baseline) == 5
    assert len(replay("elsewhere", sources=[MINE]).baseline) == 1


def test_replays_keep_nothing_of_one_another(replay: Call, days: list[Path]) -> None:
    assert [len(replay(days[0], sources=[MINE]).baseline) for _ in range(2)] == [2, 2]


def test_a_folder_that_is_not_there(replay: Call) -> None:
    with pytest.raises(InputError, match="nowhere: no such folder"):
        replay("nowhere")


def test_the_plugin_is_the_one_that_the_package_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (module,) = project["entry-points"]["pytest11"].values()
    assert import_module(module).replay is replay


def test_it_costs_pytest_next_to_nothing() -> None:
    code = "import pytest, sys; before = set(sys.modules); import monitor.testing; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.split() == ["monitor", "monitor.testing"]


def test_in_another_project(pytester: pytest.Pytester) -> None:
    for day, words in (("monday", "first"), ("tuesday", "second")):
        folder = pytester.mkdir(day)
        (folder / "a.html").write_text(f"<h1>A</h1><p>{words}")
    pytester.makepyfile(
        f"""
        import sys
        sys.path.insert(0, {str(ROOT)!r})
        from monitor.settings import Layout, Rule, Source
        from monitor.testing import replay

        MINE = Source("mine", (Layout("mine", (Rule(css="h1"),), (Rule(css="p"),)),), publication="Mine")

        def test_an_edit_is_seen(replay):
            log = replay("monday", "tuesday", sources=[MINE])
            assert [change.kind for change in log] == ["edited"]

        def test_that_fails(replay):
            replay("wednesday")
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*InputError: wednesday: no such folder*"])

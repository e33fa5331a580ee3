"""Every command as a person uses it, in this process: what is printed, where, and the exit code."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from programs import ROOT, SEEDS, environment

from monitor.cli.main import _COMMANDS, monitor
from monitor.storing.lock import instance_lock

STORY = sorted((ROOT / "tests" / "replay").glob("[0-9]*"))
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def story(told: Path, tmp_path: Path) -> Path:
    """A copy of it, and of its archive, for one test."""
    shutil.copytree(f"{told}.archive", tmp_path / "story.db.archive")
    return Path(shutil.copy(told, tmp_path / "story.db"))


# The main job


def test_replay_prints_the_log_and_keeps_nothing(run: Run, tmp_path: Path) -> None:
    status, out, err = run("replay", SEEDS, "--config", ROOT / "config")
    assert (status, err) == (0, "")
    sources = ["naenara-en", "kcna-kp-en"]
    assert [line.split()[3:6] for line in out.splitlines()] == [["new", "(baseline)", source] for source in sources]
    assert list(tmp_path.iterdir()) == []


def test_replay_keeps_out_of_a_database_that_only_the_environment_names(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_DB", str(tmp_path / "kept.db"))
    assert run("replay", SEEDS)[0] == 0
    assert not (tmp_path / "kept.db").exists()


def test_replay_without_any_config_makes_up_sources(run: Run) -> None:
    status, out, _ = run("replay", SEEDS, "--json")
    assert status == 0
    assert [json.loads(line)["source"] for line in out.splitlines()] == ["naenara-en", "kcna-kp-en"]


def test_article_prints_a_replayed_seed_byte_for_byte(run: Run, tmp_path: Path) -> None:
    run("replay", SEEDS, "--db", tmp_path / "a.db")
    for seed in SEEDS.glob("*.txt"):
        assert run("article", seed.stem, "--db", tmp_path / "a.db")[1] == seed.read_text(encoding="utf-8")
        address = f"https://replay.invalid/{seed.stem}"
        assert run("article", address, "--db", tmp_path / "a.db")[1] == seed.read_text(encoding="utf-8")


def test_a_replay_goes_on_a_day_after_the_last_visit(run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        run("replay", SEEDS, "--db", tmp_path / "a.db")
    assert "last visit 2026-01-02 00:00 UTC" in run("status", "--db", tmp_path / "a.db")[1]


def test_replay_starts_when_it_is_told(run: Run) -> None:
    out = run("replay", SEEDS, "--start", "2020-02-29T12:30", "--json")[1]
    assert {json.loads(line)["at"] for line in out.splitlines()} == {"2020-02-29T12:30:00.000Z"}


# Looking


def test_log_hides_the_baseline_and_says_how_to_see_it(run: Run, tmp_path: Path) -> None:
    run("replay", SEEDS, "--db", tmp_path / "a.db")
    status, out, _ = run("log", "--db", tmp_path / "a.db")
    assert status == 0
    assert out == "no change yet; 2 articles were taken in as baseline (`monitor log --baseline` shows them)\n"
    assert len(run("log", "--baseline", "--db", tmp_path / "a.db")[1].splitlines()) == 2
    assert run("log", "--json", "--db", tmp_path / "a.db")[1] == ""


@pytest.mark.parametrize(
    ("filters", "kinds"),
    [
        ([], ["new", "copied", "reverted", "restored", "removed", "edited", "edited", "edited"]),
        (["--kind", "edited", "-k", "removed"], ["removed", "edited", "edited", "edited"]),
        (["--source", "naenara-en"], ["new", "edited", "edited"]),
        (["--since", "2026-01-10"], ["new", "copied", "reverted", "restored"]),
        (["--text", "PAK UN HYOK"], ["reverted", "edited"]),
        (["-n", "2"], ["new", "copied"]),
        (["--text", "no such words"], []),
    ],
)
def test_log_filters(run: Run, story: Path, filters: list[str], kinds: list[str]) -> None:
    status, out, _ = run("log", "--json", *filters, "--db", story)
    assert status == 0
    assert [json.loads(line)["kind"] for line in out.splitlines()] == kinds


def test_an_unknown_source_is_said_to_be_one(run: Run, story: Path) -> None:
    status, _, err = run("log", "--source", "nosuch", "--db", story)
    assert (status, err) == (4, "there is no source 'nosuch'; there are kcna-kp-en, naenara-en\n")


def test_show_marks_cut_and_added_words(run: Run, story: Path) -> None:
    number = json.loads(run("log", "--json", "--text", "Pak Un Hyok", "--kind", "edited", "--db", story)[1])["id"]
    out = run("show", number, "--db", story)[1]
    assert "Ri Chol Ryong, [-Pak Un Hyok,-] Choe Kyong Su" in out
    assert "\x1b" not in out


def test_show_says_why_and_what_came_after(run: Run, story: Path) -> None:
    out = run("show", 6, "--db", story)[1]
    assert "\n0.60  drops the name Pak Un Hyok\n" in out
    assert "\nsince then reverted #11 2026-01-13 00:00 UTC  back to an earlier wording" in out
    assert "since then" not in run("show", 11, "--db", story)[1]
    assert run("show", 6, "--why", "--db", story)[1].count("drops the name") == 1


def test_article_at_a_time_and_by_version(run: Run, story: Path) -> None:
    first = run("article", "power-station", "--version", 1, "--db", story)[1]
    second = run("article", "power-station", "--version", 2, "--db", story)[1]
    assert "Pak Un Hyok" in first
    assert "Pak Un Hyok" not in second
    for at, text in (("2026-01-02", first), ("2026-01-03", second), ("2026-01-12T23:59", second), ("2026-01-13", first)):
        assert run("article", "power-station", "--at", at, "--db", story)[1] == text
    assert run("article", "power-station", "--at", "2025-12-31", "--db", story)[0] == 4
    assert run("article", "power-station", "--version", 3, "--db", story)[0] == 4
    assert run("article", "power-station", "--version", 1, "--at", "2026-01-02", "--db", story)[0] == 2


def test_sources_and_pages_can_be_paused_resumed_retired_and_forgotten(run: Run, story: Path) -> None:
    for name, said in (("pause", "paused"), ("resume", "active"), ("retire", "retired")):
        assert run("sources", name, "naenara-en", "--db", story)[0] == 0
        assert f"naenara-en {said} " in run("sources", "--db", story)[1]
    assert run("sources", "pause", "nosuch", "--db", story)[0] == 4
    assert run("pages", "pause", "power-station", "--db", story)[0] == 0
    assert "(paused)" in run("pages", "--db", story)[1]
    assert run("pages", "resume", "power-station", "--db", story)[0] == 0
    before = run("log", "--json", "--db", story)[1]
    assert run("pages", "forget", "power-station", "--yes", "--db", story)[0] == 0
    assert run("log", "--json", "--db", story)[1] == before
    assert run("pages", "pause", "nosuch", "--db", story)[0] == 4


class Typed(io.StringIO):
    """A terminal at which somebody typed."""

    def isatty(self) -> bool:
        return True


def test_forget_asks_first(run: Run, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Typed("n\n"))
    assert run("pages", "forget", "power-station", "--db", story)[0] == 130
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    status, _, err = run("pages", "forget", "power-station", "--db", story)
    assert (status, "say --yes" in err) == (2, True)
    assert "(forgotten)" not in run("pages", "--db", story)[1]
    monkeypatch.setattr("sys.stdin", Typed("y\n"))
    assert run("pages", "forget", "power-station", "--db", story)[0] == 0
    assert "(forgotten)" in run("pages", "--db", story)[1]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(run: Run, shell: str) -> None:
    status, out, _ = run("completion", shell)
    assert status == 0
    assert "_MONITOR_COMPLETE" in out


def test_a_mistyped_command_is_told_which_one_is_near(run: Run) -> None:
    status, _, err = run("exprot")
    assert (status, "Did you mean 'export'?" in err) == (2, True)


def test_the_list_of_commands_says_of_each_what_its_own_help_begins_with() -> None:
    context = click.Context(monitor)
    listed = _COMMANDS.items()
    assert listed
    for name, (_, does) in listed:
        command = monitor.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(1000) == does


def test_the_list_of_commands_and_their_completion_are_those_of_click() -> None:
    context = click.Context(monitor, info_name="monitor", **monitor.context_settings)
    there = {name: command for name in _COMMANDS if (command := monitor.get_command(context, name)) is not None}
    plain = click.Group(
        params=monitor.params, help=monitor.help, epilog=monitor.epilog, commands=there, context_settings=monitor.context_settings
    )
    plain.list_commands = lambda ctx: list(there)  # type: ignore[method-assign]
    assert monitor.get_help(context) == plain.get_help(click.Context(plain, info_name="monitor", **plain.context_settings))
    completed = monitor.shell_complete(context, "s")
    expected = plain.shell_complete(click.Context(plain), "s")
    assert [(each.value, each.help) for each in completed] == [(each.value, each.help) for each in expected]


SLOW_TO_IMPORT = {"bs4", "trafilatura", "feedparser", "requests", "warcio", "apprise", "apscheduler", "flask", "waitress", "PIL"}


@pytest.mark.parametrize("command", [["log"], ["show", "6"], ["status"], ["search", "power"]])
def test_looking_at_the_log_imports_no_parser_no_http_and_no_messenger(told: Path, command: list[str]) -> None:
    look = "import sys; from monitor.cli import main; main(sys.argv[1:]); sys.stderr.write(' '.join(sys.modules))"
    found = subprocess.run(  # noqa: S603
        [sys.executable, "-c", look, *command, "--db", str(told)], env=environment(), capture_output=True, text=True, timeout=60
    )
    imported = set(found.stderr.split())
    assert "monitor.storing.sqlite" in imported
    assert not imported & SLOW_TO_IMPORT


def test_where_the_database_is_found(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "there is no database at monitor.db" in run("log")[2]
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "monitor.toml").write_text('database = "kept.db"\n')
    assert f"no database at {Path('config') / 'kept.db'}" in run("log")[2]
    monkeypatch.setenv("MONITOR_DB", "env.db")
    assert "no database at env.db" in run("log")[2]
    assert "no database at option.db" in run("log", "--db", "option.db")[2]
    assert "no database at group.db" in run("--db", "group.db", "log")[2]


# Bad input: one clear sentence, a documented exit code, no traceback


def written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("out-of-format.txt", b"hello", "out-of-format.txt:1: not in the article format"),
        ("empty.txt", b"", "empty.txt:1: not in the article format: it is empty"),
        ("binary.txt", bytes(range(256)) * 10, "binary.txt:"),
    ],
)
def test_a_bad_text_file_ends_a_replay(run: Run, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    written(tmp_path / "moment" / name, content)
    status, out, err = run("replay", tmp_path / "moment", "--db", tmp_path / "a.db")
    assert (status, out, err.count("\n")) == (4, "", 1)
    assert said in err
    assert not (tmp_path / "a.db").exists()


def test_a_replay_that_reads_nothing_says_why_and_fails(run: Run, tmp_path: Path) -> None:
    written(tmp_path / "moment" / "zero.html", b"")
    status, out, err = run("replay", tmp_path / "moment")
    assert (status, out) == (1, "")
    assert err.splitlines() == [
        "no page was read as an article; below is why",
        "not read at the end: https://replay.invalid/zero: broken: the page is empty (0 bytes of text)",
    ]


def test_a_saved_page_that_no_layout_reads_names_the_rules_of_the_config(run: Run, tmp_path: Path) -> None:
    written(tmp_path / "moment" / "odd.html", b"<p>no headline here</p>")
    err = run("replay", tmp_path / "moment", "--config", ROOT / "config")[2]
    assert "no title: nothing matched (tried: h1; head > title" in err


def test_a_change_may_be_named_as_the_log_prints_it(run: Run, story: Path) -> None:
    assert run("show", "#6", "--db", story) == run("show", 6, "--db", story)


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    status, _, err = run("replay", tmp_path / "nosuch")
    assert (status, err.count("\n")) == (4, 1)
    assert "nosuch: no such folder" in err


def test_pages_that_cannot_be_read_are_named_and_log_nothing(run: Run, tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "moment")
    written(tmp_path / "moment" / "zero.html", b"")
    written(tmp_path / "moment" / "huge.html", b"a" * 30_000_000)
    written(tmp_path / "moment" / "binary.html", bytes(range(256)) * 40)
    status, out, err = run("replay", tmp_path / "moment")
    assert status == 0
    assert len(out.splitlines()) == 2
    assert [line.split(": ")[1:3] for line in sorted(err.splitlines())] == [
        ["https://replay.invalid/binary", "broken"],
        ["https://replay.invalid/huge", "broken"],
        ["https://replay.invalid/zero", "broken"],
    ]


def test_all_mistakes_in_the_config_at_once(run: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    written(tmp_path / "config" / "monitor.toml", b'databse = "x"\nlog_level = "loud"\n')
    bad = b'template = "kcna-watch"\nintervall = "6h"\npolite.gap = "soon"\nfind.articles = ["(("]\n'
    written(tmp_path / "config" / "sources" / "bad.toml", bad)
    status, out, err = run("run", "--once")
    assert (status, out) == (3, "")
    assert [line.split(": ")[0:2] for line in err.splitlines()] == [
        ["config/monitor.toml:1", "databse"],
        ["config/monitor.toml:2", "log_level"],
        ["config/sources/bad.toml:2", "intervall"],
        ["config/sources/bad.toml:3", "polite.gap"],
        ["config/sources/bad.toml:4", "find.articles[1]"],
    ]


def test_what_is_no_database(run: Run, tmp_path: Path) -> None:
    written(tmp_path / "text.db", b"this is text " * 100)
    for command in (("log",), ("replay", SEEDS), ("status",), ("verify",)):
        status, _, err = run(*command, "--db", tmp_path / "text.db")
        assert (status, err.count("\n")) == (5, 1)
    assert (tmp_path / "text.db").read_bytes() == b"this is text " * 100
    assert run("log", "--db", tmp_path)[0] == 5


# Evidence


def head(run: Run, database: Path) -> str:
    (found,) = re.findall(r"^chain head change \d+, (\d+:\w{64})$", run("status", "--db", database)[1], re.MULTILINE)
    return str(found)


def altered(database: Path, *statements: str) -> None:
    connection = sqlite3.connect(database, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_verify_says_that_all_is_whole(run: Run, story: Path) -> None:
    noted = head(run, story)
    whole = f"everything is whole: 13 changes, 10 versions, 9 texts, 18 captures; the chain ends with change 13, {noted}\n"
    assert run("verify", "--db", story) == (0, whole, "")
    held = "the head given is that of change 13: the chain still holds it\n"
    assert run("verify", "--head", noted, "--db", story) == (0, held + whole, "")


def test_verify_names_what_is_wrong_and_ends_with_5(run: Run, story: Path) -> None:
    altered(story, "UPDATE change SET kind = 'new' WHERE id = 8", "DELETE FROM seal WHERE change_id = 3")
    status, out, err = run("verify", "--db", story)
    assert status == 5
    assert [re.split(r": ", line)[0].partition(" (https://replay.invalid/")[::2] for line in out.splitlines()] == [
        ("seal #3", "power-station)"),
        ("change #8", "tree-nursery)"),
        ("change #8", "tree-nursery)"),
    ]
    assert err == "3 findings: what is recorded here is not what was recorded\n"


def test_verify_finds_an_end_cut_off_by_the_head_noted(run: Run, story: Path) -> None:
    noted = head(run, story)
    beside = ("seal", "judgement", "clue", "story_change")
    cut = [*(f"DELETE FROM {table} WHERE change_id > 11" for table in beside), "DELETE FROM change WHERE id > 11"]  # noqa: S608
    altered(story, *cut, "UPDATE page SET version_id = NULL WHERE id NOT IN (SELECT page_id FROM change)")
    assert run("verify", "--db", story)[0] == 0
    status, out, _ = run("verify", "--head", noted, "--db", story)
    assert status == 5
    assert out.startswith(f"seal: none is {noted}: the end of the chain was cut off")


def test_verify_reads_every_capture_in_the_archive_again(run: Run, story: Path) -> None:
    first = min(Path(f"{story}.archive").iterdir())
    first.unlink()
    status, out, err = run("verify", "--db", story)
    assert status == 5
    assert re.match(f"file: {first.name} is missing from the archive: 5 captures cannot be read, the first of https://", out)
    assert err.startswith("1 finding:")


# Evidence


def test_evidence_is_a_zip_file_that_checks_itself(run: Run, story: Path, tmp_path: Path) -> None:
    status, out, err = run("evidence", "#6", "--db", story)
    assert (status, err) == (0, "")
    assert out == (
        "evidence-6.zip: before.txt, before.json, after.txt, after.json, diff.txt, captures.warc.gz, record.json, manifest.json,"
        " README.txt, SHA256SUMS\n"
    )
    with zipfile.ZipFile(tmp_path / "evidence-6.zip") as packed:
        for line in packed.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(packed.read(name)).hexdigest() == digest
        assert b"Ryongsu" in packed.read("before.txt")
    assert run("evidence", "6", "--db", story)[0] == 4, "what exists is never overwritten"


def test_evidence_as_a_folder_with_the_chain(run: Run, story: Path, tmp_path: Path) -> None:
    assert run("evidence", "6", "--db", story, "--out", "here", "--chain")[0] == 0
    assert len((tmp_path / "here" / "chain.jsonl").read_text().splitlines()) == 13 - 6


def test_evidence_says_what_could_not_be_had(run: Run, story: Path) -> None:
    shutil.rmtree(f"{story}.archive")
    status, out, err = run("evidence", "6", "--db", story)
    assert status == 1
    assert "captures.warc.gz" not in out
    assert err.count("not in it: the capture ") == 2


def test_evidence_of_a_change_that_is_not_there(run: Run, story: Path) -> None:
    assert run("evidence", "99", "--db", story) == (4, "", "there is no change 99; `monitor log` lists them\n")


def test_prune_says_first_what_would_go(run: Run, story: Path) -> None:
    files = sorted(Path(f"{story}.archive").iterdir())
    status, out, _ = run("prune", "--before", "2026-01-04", "--db", story)
    assert (status, sorted(Path(f"{story}.archive").iterdir())) == (0, files)
    assert [line.split()[0] for line in out.splitlines()] == [files[0].name, files[1].name, "2"]
    assert out.endswith("would go; --yes drops them\n")
    status, out, _ = run("prune", "--before", "2026-01-04", "--yes", "--db", story)
    assert (status, sorted(Path(f"{story}.archive").iterdir())) == (0, files[2:])
    assert out.endswith("were dropped\n")
    status, out, _ = run("verify", "--db", story)
    assert status == 0
    assert [line.startswith("dropped on ") for line in out.splitlines()] == [True, True, False]
    assert "everything is whole" in out
    assert run("prune", "--before", "2026-01-04", "--db", story)[1] == "nothing is to go\n"


def test_prune_wants_to_know_what_may_go(run: Run, story: Path) -> None:
    status, _, err = run("prune", "--db", story)
    assert (status, "say what may go" in err) == (2, True)


def test_the_config_says_what_may_go(run: Run, story: Path, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "monitor.toml").write_text('keep_captures_for = "1d"\narchive = "../story.db.archive"\n')
    out = run("prune", "--db", story)[1]
    assert out.splitlines()[-1].startswith("12 files with 18 captures")


def test_verify_goes_through_what_is_left_of_a_damaged_database(run: Run, story: Path) -> None:
    connection = sqlite3.connect(story)
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'capture'").fetchone()
    connection.close()
    content = bytearray(story.read_bytes())
    content[(root - 1) * size : root * size] = bytes(size)
    story.write_bytes(content)
    status, out, err = run("verify", "--db", story)
    assert status == 5
    assert "capture: cannot be read to the end" in out
    assert re.search(r"\d findings?: what is recorded here is not what was recorded\n$", err)


def test_what_is_not_sealed_yet(run: Run, story: Path) -> None:
    altered(story, "DELETE FROM seal")
    assert "chain head not sealed yet" in run("status", "--db", story)[1]
    status, out, err = run("verify", "--db", story)
    assert (status, err[:9]) == (5, "1 finding")
    assert out.startswith("seal #1: missing: changes 1 to 13 were not sealed")
    altered(story, "UPDATE round SET ended_at = NULL WHERE ended_at = (SELECT max(ended_at) FROM round)")
    altered(story, "DELETE FROM round WHERE ended_at IS NOT NULL")
    assert run("verify", "--db", story)[1].endswith("; the chain is empty; 13 changes are not sealed yet\n")


def test_status_says_plainly_where_the_database_is(run: Run, story: Path) -> None:
    (story.parent / "x").mkdir()
    assert f"database   {story}  (" in run("status", "--db", story.parent / "x" / ".." / story.name)[1]


def test_a_head_that_is_no_digest(run: Run, story: Path) -> None:
    status, out, err = run("verify", "--head", "1:abc", "--db", story)
    assert (status, out) == (2, "")
    assert "'1:abc' is no digest: a digest has 64 hexadecimal digits" in err


def test_text_with_escape_sequences_never_reaches_the_terminal_raw(run: Run, tmp_path: Path) -> None:
    page = (ROOT / "tests" / "pages" / "kcna-watch" / "kcna-kp-utf8.html").read_text(encoding="utf-8")
    hostile = re.sub(r"(<h1[^>]*>)", "\\1\x1b[31m&#27;]0;owned&#7;\u202e[bold]", page, count=1)
    assert hostile != page
    written(tmp_path / "moment" / "evil.html", hostile.encode())
    database = tmp_path / "a.db"
    run("replay", tmp_path / "moment", "--db", database, "--config", ROOT / "config")
    for command in (("log", "--baseline"), ("show", 1), ("article", "evil"), ("pages",), ("article", "evil", "--versions")):
        status, out, err = run(*command, "--db", database)
        assert status == 0
        assert not set("\x1b\x07\x9b") & set(out + err), command


def test_status_says_how_many_pages_are_watched_in_vain(run: Run, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    run("replay", *STORY[:10], "--db", database, "--config", ROOT / "config")
    assert "unread" not in run("status", "--db", database)[1]
    run("replay", STORY[10], "--db", database, "--config", ROOT / "config")
    assert "unread     1 page could not be read at the last visit" in run("status", "--db", database)[1]


def test_status_says_when_the_disk_is_full(run: Run, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "left on the disk" not in run("status", "--db", story)[1] or shutil.disk_usage(story.parent).free < 10**8
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=0 if folder.suffix == ".archive" else 10**9))
    said = "room       0 bytes left on the disk; without room nothing that is seen can be recorded"
    assert said in run("status", "--db", story)[1]


def test_status_and_sources_name_config_files_that_the_service_has_not_read(run: Run, story: Path, tmp_path: Path) -> None:
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    where = ("--db", story, "--config", folder)
    with instance_lock(story, datetime.now(UTC) + timedelta(days=1)):
        assert "altered" not in run("status", *where)[1] + run("sources", *where)[2]
    with instance_lock(story, datetime.now(UTC) - timedelta(days=1)):
        said = "config     altered since the service started, which goes on as it was: monitor.toml, sources/kcna-kp-en.toml, "
        assert said in run("status", *where)[1]
        assert run("sources", *where)[2].startswith(said)
    assert "altered" not in run("status", *where)[1] + run("sources", *where)[2]


def test_wrong_usage_is_exit_code_2(run: Run) -> None:
    assert run("nosuch")[0] == 2
    assert run("log", "--since", "yesterday-ish")[0] == 2
    assert run("show", "x")[0] == 2


def test_the_hint_that_there_is_more_is_true(run: Run, story: Path) -> None:
    shown = len(run("log", "--db", story)[1].splitlines())
    assert run("log", "--db", story, "--limit", shown)[2] == ""
    assert run("log", "--db", story, "--limit", shown - 1)[2].startswith(f"the newest {shown - 1} are shown")
    assert run("log", "--db", story, "--limit", shown, "--json")[2] == ""
    assert run("log", "--db", story, "--top", "--limit", 1)[2].startswith("the first 1 are shown")

"""The docs are tested: what README.md names exists, what exists is named, and the picture is of today's program."""

from __future__ import annotations

import html
import re
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import click
import pytest
from make_picture import PICTURE, lines

from monitor import errors, testing
from monitor.cli.main import EXIT_CODES, monitor
from monitor.config import load, load_sources
from monitor.parsing.trees import check_selector
from monitor.settings import Program, Source

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIG = sorted((ROOT / "config").rglob("*.toml"))


def section(title: str) -> str:
    """The README's section under ``title``, without those below it."""
    found = re.search(rf"^##+ {re.escape(title)}\n(.*?)(?=^## |\Z)", README, re.DOTALL | re.MULTILINE)
    assert found, f"README has no section {title!r}"
    return found[1]


def table(head: str) -> list[list[str]]:
    """The cells of the rows of the table whose first column is called ``head``."""
    found = re.search(rf"^\| {head} \|.*\n\|[-| ]+\|\n((?:\|.*\n)+)", README, re.MULTILINE)
    assert found, f"README has no table of {head!r}"
    cells = (re.split(r"(?<!\\)\|", line)[1:-1] for line in found[1].splitlines())
    return [[cell.strip().replace(r"\|", "|") for cell in row] for row in cells]


def code(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


# The two commands


def test_the_two_commands_stand_there_once() -> None:
    commands = [block.strip() for block in code(README, "sh")]
    assert commands == [line for line in README.splitlines() if line.startswith("python3 -m venv .venv ")]
    main_job, tests = commands
    assert main_job.endswith(" .venv/bin/monitor replay seeds")
    assert tests.endswith(" .venv/bin/pytest -q")


# The command line


def commands(group: click.Group, *names: str) -> Iterator[tuple[str, click.Command]]:
    """Every command, also those of groups, by the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield " ".join((*names, name)), command
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)


COMMANDS = dict(commands(monitor))


def options(command: click.Command) -> set[str]:
    return {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}


def named_commands() -> dict[str, list[str]]:
    """The rows of the table of commands, by the words that call each."""
    return {" ".join(re.findall(r"\b[a-z]+\b", row[0])).removeprefix("monitor "): row for row in table("command")}


def test_every_command_is_in_the_readme_and_the_reverse() -> None:
    assert sorted(named_commands()) == sorted(COMMANDS)


def test_every_option_of_the_table_exists() -> None:
    for name, row in named_commands().items():
        assert set(re.findall(r"--[a-z][a-z-]+", row[2])) <= options(COMMANDS[name]), name


def test_every_option_a_command_line_names_exists() -> None:
    for line in re.findall(r"(?:^|[` /(])monitor (?!monitor)([a-z]+[^`|\n]*)", README):
        name = max((name for name in COMMANDS if f"{line} ".startswith(f"{name} ")), key=len, default=None)
        assert name is not None or line.startswith("COMMAND"), line
        if name is not None:
            assert set(re.findall(r"--[a-z][a-z-]+", line)) <= options(COMMANDS[name]), line


def test_every_command_takes_database_and_config() -> None:
    for name, command in COMMANDS.items():
        assert name == "completion" or {"--db", "--config"} <= options(command), name


def below(error: type[errors.MonitorError]) -> Iterator[type[errors.MonitorError]]:
    yield error
    for child in error.__subclasses__():
        yield from below(child)


def test_exit_codes_are_those_of_the_error_tree() -> None:
    tree = list(below(errors.MonitorError))
    codes = {error.exit_code for error in tree} | {errors.EXIT_OK, errors.EXIT_USAGE, errors.EXIT_INTERRUPTED}
    assert {int(row[0]) for row in table("exit code")} == codes
    assert {int(number) for number in re.findall(r"(?:^|\s)(\d+)  ", EXIT_CODES)} == codes
    drawn = dict(re.findall(r"(\w+) +(\d|-) {3}", errors.__doc__ or ""))
    assert drawn == {error.__name__: "-" if error is errors.Stopped else str(error.exit_code) for error in tree}


def test_the_json_keys_are_those_printed() -> None:
    from datetime import UTC, datetime

    from monitor.cli.looking import as_object
    from monitor.model import Change, Kind

    printed = as_object(Change(1, datetime(2026, 1, 1, tzinfo=UTC), Kind.NEW, "s", 1, "https://replay.invalid/a", "t"))
    (sentence,) = re.findall(r"`monitor log --json` prints .*?\.", README, re.DOTALL)
    assert set(re.findall(r"`(\w+)`", sentence)) == set(printed)


def test_the_environment_is_named_as_it_is_read() -> None:
    read = set(re.findall(r"MONITOR_[A-Z]+", (ROOT / "monitor" / "assemble.py").read_text()))
    assert set(re.findall(r"MONITOR_[A-Z]+", section("Where things are found"))) == read


# The config


def keys(kind: Any) -> Iterator[str]:
    """The keys a table may have, also in the tables below it."""
    for field in fields(kind):
        yield field.name
        hint = get_type_hints(kind)[field.name]
        for below in (hint, *get_args(hint)):
            if is_dataclass(below):
                yield from keys(below)


def test_every_key_is_explained_where_it_stands_or_in_the_readme() -> None:
    files = [path.read_text(encoding="utf-8") for path in CONFIG]
    text = "\n".join([*files, *code(section("Adding a source"), "toml")])
    set_there = r"^(?:# )?(\w+) = |^\[+(?:\w+\.)*(\w+)\]+|\{ (\w+) = "
    named = r"`\[*(?:\w+\.)*(\w+)\]*(?: = [^`]*)?`"
    explained = {key for found in re.findall(set_there, text, re.MULTILINE) for key in found}
    explained |= set(re.findall(named, text + section("Adding a source")))
    assert set(keys(Program)) | set(keys(Source)) <= explained


def test_the_readme_names_no_key_that_is_not_there() -> None:
    known = set(keys(Program)) | set(keys(Source))
    rules, dotted = re.findall(r"`(\w+) = ", section("Adding a source")), re.findall(r"`((?:removal|polite|find)\.\w+)`", README)
    for text in (*rules, *dotted):
        assert set(text.split(".")) <= known, text


def test_every_source_explains_itself() -> None:
    for path in CONFIG:
        assert path.read_text(encoding="utf-8").startswith("# "), path


def test_what_is_commented_out_in_monitor_toml_is_what_holds_without_it(tmp_path: Path) -> None:
    text = (ROOT / "config" / "monitor.toml").read_text(encoding="utf-8")
    shown = "\n".join(re.findall(r"^# (\w+ = .+)$", text, re.MULTILINE))
    (tmp_path / "monitor.toml").write_text(shown, encoding="utf-8")
    program = load(tmp_path, check_selector).program
    assert set(tomllib.loads(shown)) == {field.name for field in fields(Program)}
    for field in fields(Program):
        assert field.default in (None, getattr(program, field.name)), field.name


def test_the_example_source_is_whole(tmp_path: Path) -> None:
    (example,) = code(section("Adding a source"), "toml")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "example-times.toml").write_text(example, encoding="utf-8")
    (source,) = load_sources(tmp_path, check_selector)
    assert source.title == "The Example Times"


def test_the_example_of_the_fixture_is_that_of_its_module() -> None:
    (example,) = code(section("Adding a source"), "python")
    assert textwrap.indent(example, "    ") in (testing.__doc__ or "")


# The house


def drawn() -> dict[str, str]:
    """What the picture of the house says of each entry of ``monitor/``."""
    (picture,) = re.findall(r"^monitor/\n((?:  .+\n)+)", section("The house"), re.MULTILINE)
    lines = re.sub(r",\n {10,}", ", ", picture).splitlines()
    return dict(re.split(r"\s{2,}", line.strip(), maxsplit=1) for line in lines)


def test_the_picture_of_the_house_has_every_room_and_file() -> None:
    files = {path.name for path in (ROOT / "monitor").glob("*.py")} - {"__init__.py", "__main__.py"}
    rooms = {f"{path.parent.relative_to(ROOT / 'monitor')}/" for path in (ROOT / "monitor").glob("*/**/__init__.py")}
    assert set(drawn()) == files | rooms


@pytest.mark.parametrize("room", [name for name in drawn() if name.endswith("/")])
def test_the_picture_names_every_file_of_a_room(room: str) -> None:
    assert drawn()[room].split(", ") == sorted(p.stem for p in (ROOT / "monitor" / room).glob("*.py") if p.stem != "__init__")


def test_every_path_the_readme_names_exists() -> None:
    named = re.findall(r"(?<![\w/.-])((?:monitor|config|seeds|tests|deploy|\.ci)/[\w./*-]*)", README)
    assert named
    for name in named:
        assert "NAME" in name or list(ROOT.glob(name.rstrip("./"))), name


def test_every_script_the_readme_names_exists() -> None:
    for module in re.findall(r"python -m (tests[\w.]+)", README):
        assert (ROOT / Path(*module.split("."))).with_suffix(".py").is_file(), module


def test_the_changes_begin_with_this_version() -> None:
    from monitor import __version__

    assert re.findall(r"^### (.+)$", section("Changes"), re.MULTILINE)[0] == __version__


# The picture


def test_the_picture_shows_what_the_program_prints_today() -> None:
    drawing = PICTURE.read_text(encoding="utf-8")
    texts = re.findall(r"<text class=\"log-r\d+\"[^>]*>([^<]*)</text>", drawing)
    shown = html.unescape("".join(texts)).split()
    printed = " ".join(line.plain for line in lines()).split()
    assert "".join(shown) == "".join(printed), "draw it anew: python -m tests.make_picture"


def test_the_picture_asks_no_host_for_anything() -> None:
    drawing = PICTURE.read_text(encoding="utf-8")
    assert "@font-face" not in drawing
    assert "href" not in drawing
    assert "@import" not in drawing

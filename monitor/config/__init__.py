"""The configuration: a folder of TOML files becomes frozen settings, or a list of every mistake in it.

``FOLDER/monitor.toml`` sets the program, ``FOLDER/sources/NAME.toml`` one source each, ``FOLDER/templates/NAME.toml`` what
sources share: a source with ``template = "NAME"`` takes over its keys (tables are merged, lists replaced). Nothing here is
read from the environment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from monitor.config.basics import CheckSelector
from monitor.config.checks import RULED, layout_problems, program_problems, source_problems
from monitor.config.connecting import ca_problem
from monitor.config.files import Table, TomlFile, merged, place, said
from monitor.config.sentences import shown, validated
from monitor.config.watching import with_watch_words
from monitor.errors import ConfigError
from monitor.settings import Layout, Program, Settings, Source


def load(folder: Path, check_selector: CheckSelector) -> Settings:
    """The settings in ``folder``. Raises ConfigError with every mistake at once.

    ``check_selector`` says what is wrong with a CSS selector (parsing knows, and lends it).
    """
    problems: list[str] = []
    program = Program()
    sources: tuple[Source, ...] = ()
    try:
        program = load_program(folder)
    except ConfigError as wrong:
        problems += wrong.problems
    try:
        sources = load_sources(folder, check_selector)
    except ConfigError as wrong:
        problems += wrong.problems
    if problems:
        raise ConfigError(list(dict.fromkeys(problems)))
    return Settings(program, sources)


def load_program(folder: Path) -> Program:
    """What ``folder`` sets for the program as a whole. Raises ConfigError."""
    _check_folder(folder)
    problems: list[str] = []
    program = _program(folder / "monitor.toml", problems)
    if problems:
        raise ConfigError(problems)
    return program


def load_sources(folder: Path, check_selector: CheckSelector, within: str = "sources") -> tuple[Source, ...]:
    """The sources that ``folder`` describes, in the order of their names. Raises ConfigError.

    ``within="library"`` gives those that lie ready to be copied and are not watched.
    """
    _check_folder(folder)
    problems: list[str] = []
    sources = []
    for path in sorted((folder / within).glob("*.toml")):
        source = _source(path, folder / "templates", check_selector, problems)
        if source is not None:
            sources.append(source)
    if problems:
        raise ConfigError(list(dict.fromkeys(problems)))  # sources that share a template share its mistakes
    return tuple(sources)


def _check_folder(folder: Path) -> None:
    try:
        next(folder.iterdir(), None)
    except (FileNotFoundError, NotADirectoryError) as wrong:
        problem = f"{folder}: no such folder; name the config folder with --config or MONITOR_CONFIG"
        raise ConfigError([problem]) from wrong
    except OSError as wrong:
        raise ConfigError([f"{folder}: cannot be read: {wrong.strerror}"]) from wrong


def load_layout(path: Path, check_selector: CheckSelector) -> Layout:
    """The layout that the file ``path`` describes, keys of a ``[[layouts]]`` table at its top. Raises ConfigError."""
    file = TomlFile(path)
    problems = list(file.problems)
    table = _layout_with_rules(file.table)
    layout: Layout | None = validated(Layout, table, [file], problems, layout_problems((), table, check_selector))
    if layout is None or problems:
        raise ConfigError(problems)
    return layout


def _program(path: Path, problems: list[str]) -> Program:
    if not path.exists():
        return Program()
    file = TomlFile(path)
    problems += file.problems
    table = with_watch_words(file.table)
    program: Program | None = validated(Program, table, [file], problems, program_problems(table))
    if program is None:
        return Program()
    return replace(program, database=_beside(path, program.database), archive=_beside(path, program.archive))


def _beside(file: Path, named: str | None) -> str | None:
    """A path that a config file names: a relative one starts at the file."""
    return None if named is None else str(file.parent / Path(named).expanduser())


def _source(path: Path, templates: Path, check_selector: CheckSelector, problems: list[str]) -> Source | None:
    file = TomlFile(path)
    problems += file.problems
    if file.problems:
        return None
    files, table, is_whole = [file], dict(file.table), True
    template = table.pop("template", None)
    if template is not None:
        base = _template(template, file, templates, problems)
        is_whole = base is not None
        if base is not None:
            files.append(base)
            table = merged(base.table, table)
    if "name" in table:
        problems.append(said(files, ("name",), "not allowed here; a source's name is its file's name"))
    table["name"] = path.stem
    normal = _with_rules(table)
    more = source_problems(normal, check_selector, is_whole=is_whole)
    source: Source | None = validated(Source, normal, files, problems, more, is_whole=is_whole)
    return None if source is None else _with_ca(source, files, problems)


def _with_ca(source: Source, files: list[TomlFile], problems: list[str]) -> Source:
    """``source``, its file of certificates found from the file that names it."""
    key = ("connection", "ca")
    ca = _beside(Path(place(files, key)[0]), source.connection.ca)
    wrong = ca_problem(Path(ca)) if ca is not None else None
    if wrong:
        problems.append(said(files, key, wrong))
    return replace(source, connection=replace(source.connection, ca=ca))


def _template(name: object, file: TomlFile, templates: Path, problems: list[str]) -> TomlFile | None:
    path = templates / f"{name}.toml"
    if not isinstance(name, str) or "/" in name or not path.is_file():
        known = ", ".join(sorted(p.stem for p in templates.glob("*.toml"))) or "none"
        problems.append(said([file], ("template",), f"there is no template {shown(name)} in {templates} (there: {known})"))
        return None
    base = TomlFile(path)
    problems += base.problems
    if "template" in base.table:
        problems.append(said([base], ("template",), "not allowed here; a template cannot take over another"))
        del base.table["template"]
    return None if base.problems else base


def _with_rules(table: Table) -> Table:
    """``table`` with every rule that is a plain string written out as ``{css = …}``."""
    written, layouts, find = with_watch_words(table), table.get("layouts"), table.get("find")
    if isinstance(layouts, list):
        written["layouts"] = [_layout_with_rules(each) if isinstance(each, dict) else each for each in layouts]
    if isinstance(find, dict) and isinstance(find.get("session"), dict):
        written["find"] = find | {"session": _written_out(find["session"], ["token"])}
    return written


def _layout_with_rules(layout: Table) -> Table:
    return _written_out(layout, RULED)


def _written_out(table: Table, ruled: Iterable[str]) -> Table:
    """``table`` with the rules of these keys written out."""
    written = dict(table)
    for field in ruled:
        if isinstance(table.get(field), list):
            written[field] = [{"css": rule} if isinstance(rule, str) else rule for rule in table[field]]
    return written


__all__ = ["load", "load_layout", "load_program", "load_sources"]

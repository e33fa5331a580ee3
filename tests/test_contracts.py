"""The house's contracts that no linter holds: what may lie where, what every file begins with, what no file may name."""

from __future__ import annotations

import ast
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TOP = {"pyproject.toml", "README.md", "LICENSE", "monitor", "config", "seeds", "tests", "deploy"}
TOP |= {".ci", ".gitignore", ".dockerignore"}
SEEDS = {
    "000_636cfcdf7a24837f.txt": "38813b81253db681d3111458fd2f284f93eb851bf9be59c95c07f618b1b87dd9",
    "002_69cb78ecf1b9789a.txt": "45eb1889c0357145b9bbdcbf960e675c86db3d5c343a3db709eb067372b251e2",
}
HOSTS = re.compile(  # written so that this file does not name them either
    r"p[y]pi\.org|p[y]thonhosted|n[p]mjs|d[o]cker\.io|g[h]cr\.io|q[u]ay\.io|d[e]bian\.org|c[r]ates\.io|p[r]oxy\.golang"
)


def listed(*flags: str) -> list[Path]:
    """The files that ``git ls-files`` lists; where git cannot tell, those at the places that the house knows."""
    git = shutil.which("git")
    if git is not None:
        told = subprocess.run([git, "ls-files", "-z", *flags], cwd=ROOT, capture_output=True, check=False)  # noqa: S603
        if told.returncode == 0 and told.stdout:
            return [path for name in told.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]
    there = (path for top in TOP for path in (ROOT / top, *(ROOT / top).rglob("*")))
    return [path for path in there if path.is_file() and "__pycache__" not in path.parts]


def top(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


FILES = [path for path in listed("--cached", "--others", "--exclude-standard") if top(path) in TOP]
MODULES = [path for path in FILES if path.suffix == ".py" and path.is_relative_to(ROOT / "monitor")]


def test_the_top_level_holds_only_what_it_may() -> None:
    assert {top(path) for path in listed()} <= TOP


def test_every_python_file_says_what_it_is() -> None:
    for path in FILES:
        if path.suffix == ".py":
            tree = ast.parse(path.read_bytes())
            assert (ast.get_docstring(tree) or "").strip(), path
            assert tree.body[0].lineno == 1, path


def test_every_file_for_another_program_says_what_it_is() -> None:
    wanted = [p for p in FILES if p.suffix in (".toml", ".service") or p.name in ("Dockerfile", ".dockerignore", "run")]
    for path in wanted:
        first, second = [*path.read_text(encoding="utf-8").splitlines(), ""][:2]
        assert path.name == "pyproject.toml" or (second if first.startswith("#!") else first).startswith("# "), path


def test_no_file_names_a_registry_host() -> None:
    for path in FILES:
        found = HOSTS.search(path.read_bytes().decode("utf-8", "replace"))
        assert found is None, f"{path} names {found[0]}"


def test_the_seeds_are_as_they_were_given() -> None:
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "seeds").iterdir()} == SEEDS


# Libraries


def imported(path: Path) -> set[str]:
    """The top-level names of what a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name.partition(".")[0] for name in found}


def test_every_library_has_its_room() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    placed = {name for contract in contracts for name in contract.get("protected_modules", [])}
    used = set().union(*(imported(path) for path in MODULES))
    assert used - set(sys.stdlib_module_names) - {"monitor"} <= placed


def test_the_words_import_only_the_standard_library() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    (pure,) = (contract for contract in contracts if contract["id"] == "pure")
    words = [ROOT / Path(*name.split(".")) for name in pure["source_modules"]]
    for path in (word.with_suffix(".py") for word in words if not word.is_dir()):
        assert imported(path) <= set(sys.stdlib_module_names) | {"monitor"}, path


def test_every_dependency_is_used() -> None:
    modules = {"beautifulsoup4": "bs4", "pillow": "PIL", "sqlite-utils": "sqlite_utils"}
    wanted = {re.split(r"[<>=!~ ]", each)[0].lower() for each in PROJECT["project"]["dependencies"]}
    used = set().union(*(imported(path) for path in MODULES))
    # trafilatura's jusText names it as an extra of lxml, by a name that older versions of pip do not find
    wanted.remove("lxml_html_clean")
    assert {modules.get(name, name) for name in wanted} <= used

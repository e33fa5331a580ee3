"""The lines of TOML keys: whatever way a file is written, each key is found on the line where it stands."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.toml_lines import Path, key_lines

# QQQ stands for three single quotes
WRITTEN = r'''# a comment = 1
a1 = 1 # a2 = 2

a3.b1 = "x = [y"        # dotted
a3 . "b.2" . 'c = 3' = 0
"a 4" = 'a "literal" # text'
"a\u00e95" = """two
lines = "of" text \""" [still]
"""
a6 = QQQ
[not.a.table]
k = 'v' ''
QQQ
a7 = [ # a list
    "x", 'y]', # ]
    { css = "p > a", match = '^(\d{2})$' },
    [ 1.5, 1979-05-27 07:32:00Z ],
    """
    text, """,
]
a8 = { b1 = { c1 = 1, c2 = [ { d1 = 1 }, { d1 = 2 } ] }, "b=2" = 2 }
a9 = []
a10 = [
]
a11 = {}

[t1] # a table
b1 = 1
[ t1 . "s.1" ]
b1 = 2
[[l1]]
b1 = 1
[l1.s1]
c1 = 1
[[l1.m1]]
d1 = 1
[[l1.m1]]
d1 = 2
[l1.m1.n1]
e1 = 3
[[l1]]
b1 = 2
[[l1.m1]]
d1 = 4
["q]1"."[q2"]
b1 = 1
[t2.u2.v2]
b1 = -inf'''.replace("QQQ", "'" * 3)
EXPECTED: dict[Path, int] = {
    ("a1",): 2,
    ("a3",): 4,
    ("a3", "b1"): 4,
    ("a3", "b.2"): 5,
    ("a3", "b.2", "c = 3"): 5,
    ("a 4",): 6,
    ("aé5",): 7,
    ("a6",): 10,
    ("a7",): 14,
    ("a7", 0): 15,
    ("a7", 1): 15,
    ("a7", 2): 16,
    ("a7", 2, "css"): 16,
    ("a7", 2, "match"): 16,
    ("a7", 3): 17,
    ("a7", 3, 0): 17,
    ("a7", 3, 1): 17,
    ("a7", 4): 18,
    ("a8",): 21,
    ("a8", "b1"): 21,
    ("a8", "b1", "c1"): 21,
    ("a8", "b1", "c2"): 21,
    ("a8", "b1", "c2", 0): 21,
    ("a8", "b1", "c2", 0, "d1"): 21,
    ("a8", "b1", "c2", 1): 21,
    ("a8", "b1", "c2", 1, "d1"): 21,
    ("a8", "b=2"): 21,
    ("a9",): 22,
    ("a10",): 23,
    ("a11",): 25,
    ("t1",): 27,
    ("t1", "b1"): 28,
    ("t1", "s.1"): 29,
    ("t1", "s.1", "b1"): 30,
    ("l1",): 31,
    ("l1", 0): 31,
    ("l1", 0, "b1"): 32,
    ("l1", 0, "s1"): 33,
    ("l1", 0, "s1", "c1"): 34,
    ("l1", 0, "m1"): 35,
    ("l1", 0, "m1", 0): 35,
    ("l1", 0, "m1", 0, "d1"): 36,
    ("l1", 0, "m1", 1): 37,
    ("l1", 0, "m1", 1, "d1"): 38,
    ("l1", 0, "m1", 1, "n1"): 39,
    ("l1", 0, "m1", 1, "n1", "e1"): 40,
    ("l1", 1): 41,
    ("l1", 1, "b1"): 42,
    ("l1", 1, "m1"): 43,
    ("l1", 1, "m1", 0): 43,
    ("l1", 1, "m1", 0, "d1"): 44,
    ("q]1",): 45,
    ("q]1", "[q2"): 45,
    ("q]1", "[q2", "b1"): 46,
    ("t2",): 47,
    ("t2", "u2"): 47,
    ("t2", "u2", "v2"): 47,
    ("t2", "u2", "v2", "b1"): 48,
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_key_of_a_file_that_holds_everything(line_end: str) -> None:
    assert key_lines(WRITTEN.replace("\n", line_end)) == EXPECTED
    assert set(EXPECTED) == set(paths(tomllib.loads(WRITTEN)))


def test_a_file_without_keys() -> None:
    assert key_lines("") == {}
    assert key_lines("\n# nothing\n\n") == {}


def test_a_long_list_takes_no_time() -> None:
    text = "a = [\n" + "  'x',\n" * 20_000 + "]\nb = 1\n"
    assert key_lines(text)["b",] == 20_003


def paths(value: object, at: Path = ()) -> list[Path]:
    """The path of every key and list entry in a value that tomllib read."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, below in inside for path in [(*at, key), *paths(below, (*at, key))]]


# The law: whatever is written, every path is found, and on the line where its key was written.

NAMES = st.sampled_from(["a", "b-c", "d e", "f.g", "h=i", "j[k]", "l]", "#m", "n'o", 'p"q', "ü", "", "1", "r\ns", "t\\u"])
SCALARS = st.sampled_from(
    ["1", "0x1f", "1.5e3", "true", "07:32:00", "1979-05-27 07:32:00-08:00", '"a # b = [c]"', "'\\'", '"\\"]"', '""', "''",
     '"""\n[x]\ny = 1\n"""', "'''\n'\n# z''''", '""""quoted" \\\n  """', '"""a""\\""""', "inf"]
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=6
)


class Writer:
    """Writes tables as TOML in ways that are drawn, and remembers on which line each key came to stand."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.text = ""
        self.lines: dict[Path, int] = {}

    def note(self, path: Path) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def key(self, name: str) -> str:
        if name.isascii() and name.replace("-", "").isalnum() and self.draw(st.booleans()):
            return name
        if "'" not in name and "\n" not in name and self.draw(st.booleans()):
            return f"'{name}'"
        quoted = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{quoted}"'

    def gap(self) -> None:
        self.text += self.draw(st.sampled_from(["", " ", "\t"]))

    def comment(self) -> None:
        self.text += self.draw(st.sampled_from(["", "", " # x = [1", "\n", "\n# [t]", "\n\n  "]))
        if self.text.rpartition("\n")[2].strip().startswith("#") or " # " in self.text.rpartition("\n")[2]:
            self.text += "\n"

    def value(self, value: object, path: Path) -> None:
        if isinstance(value, list):
            self.entries(value, path)
        elif isinstance(value, dict):
            self.inline(value, path)
        else:
            self.text += str(value)

    def entries(self, values: list[object], path: Path) -> None:
        self.text += "["
        for number, value in enumerate(values):
            self.comment()
            self.note((*path, number))
            self.value(value, (*path, number))
            self.comment()
            self.text += "," if number < len(values) - 1 or self.draw(st.booleans()) else ""
        self.comment()
        self.text += "]"

    def inline(self, table: dict[str, object], path: Path) -> None:
        self.text += "{"
        for number, (name, value) in enumerate(table.items()):
            self.text += ", " if number else " "
            self.pair(name, value, path)
        self.text += " }"

    def pair(self, name: str, value: object, path: Path) -> None:
        names = [name]
        while isinstance(value, dict) and len(value) == 1 and self.draw(st.booleans()):
            ((below, value),) = value.items()
            names.append(below)
        for number in range(len(names)):
            self.note((*path, *names[: number + 1]))
        self.text += self.draw(st.sampled_from([".", " . "])).join(self.key(name) for name in names)
        self.gap()
        self.text += "="
        self.gap()
        self.value(value, (*path, *names))

    def header(self, names: list[str], opening: str, closing: str) -> None:
        self.text += opening + self.draw(st.sampled_from([".", " . "])).join(self.key(name) for name in names) + closing
        self.text += self.draw(st.sampled_from(["\n", "  # [c]\n", "\n\n"]))

    def table(self, table: dict[str, object], path: Path) -> None:
        """Plain keys first, then tables and lists of tables under headers of their own."""
        own, below = {}, {}
        for name, value in table.items():
            is_table = isinstance(value, dict)
            is_list = isinstance(value, list) and value and all(isinstance(each, dict) for each in value)
            (below if (is_table or is_list) and self.draw(st.booleans()) else own)[name] = value
        for name, value in own.items():
            self.pair(name, value, path)
            self.text += self.draw(st.sampled_from(["\n", " # y = 2\n", "\n\n"]))
        for name, value in below.items():
            self.below(name, value, path)

    def below(self, name: str, value: object, path: Path) -> None:
        names = [part for part in (*path, name) if isinstance(part, str)]
        self.note((*path, name))
        if isinstance(value, dict):
            self.header(names, "[", "]")
            self.table(value, (*path, name))
            return
        assert isinstance(value, list)
        for number, entry in enumerate(value):
            self.note((*path, name, number))
            self.header(names, "[[", "]]")
            self.table(entry, (*path, name, number))


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_every_path_is_found_on_its_line(data: st.DataObject) -> None:
    writer = Writer(data.draw)
    writer.table(data.draw(st.dictionaries(NAMES, VALUES, max_size=5)), ())
    read = tomllib.loads(writer.text)
    assert set(writer.lines) == set(paths(read))
    assert key_lines(writer.text) == writer.lines

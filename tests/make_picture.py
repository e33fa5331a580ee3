"""Draws the change log as a person sees it, ``tests/pictures/log.svg``: ``python -m tests.make_picture``.

The commands of :data:`SHOWN` run on the replay story in a terminal of their own; what they print there, colours and all,
becomes the picture. :func:`lines` gives it as text, so that a test can tell whether the picture is of today's program.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "tests" / "pictures" / "log.svg"
WIDTH = 118
DATABASE = "story.db"
SHOWN = (
    ("replay", "tests/replay/*/", "--db", DATABASE),
    ("show", "6", "--db", DATABASE),
)
_COLOURS = [
    *[(72, 79, 88), (255, 123, 114), (63, 185, 80), (210, 153, 34)],
    *[(88, 166, 255), (188, 140, 255), (57, 197, 207), (177, 186, 196)],
]
_THEME = TerminalTheme((13, 17, 23), (201, 209, 217), _COLOURS)
# Rich's own frame asks a host for its font; this one takes what the reader's machine has.
_FRAME = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" xml:space="preserve">
<style>
text {{ font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px }}
.{unique_id}-title {{ font-family: sans-serif; font-size: 16px }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-all"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-all)">
{backgrounds}
{matrix}
</g>
</svg>
"""


def main() -> None:
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(svg(lines()), encoding="utf-8")
    print(f"{PICTURE.relative_to(ROOT)}, {PICTURE.stat().st_size // 1024} KB")


def lines() -> list[Text]:
    """What a person would see: each command after a prompt, then what it prints."""
    seen = []
    with tempfile.TemporaryDirectory() as folder:
        for command in SHOWN:
            if seen:
                seen.append(Text())
            seen.append(Text().append("$ ", "dim").append(" ".join(("monitor", *command)), "bold"))
            printed = _in_terminal(_arguments(command, Path(folder)))
            seen += [Text.from_ansi(line) for line in printed.rstrip().splitlines()]
    return seen


def _arguments(command: tuple[str, ...], folder: Path) -> list[str]:
    """The arguments as a shell would hand them over, the database in a folder of its own."""
    given: list[str] = []
    for word in command:
        if "*" in word:
            given += sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(word))
        else:
            given.append(str(folder / word) if word == DATABASE else word)
    return given


def _in_terminal(arguments: list[str]) -> str:
    """What ``monitor`` prints on a terminal with 256 colours."""
    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MONITOR_", "NO_COLOR", "FORCE_COLOR"))}
    environment |= {"COLUMNS": str(WIDTH), "LINES": "60", "TERM": "xterm-256color", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "monitor", *arguments]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, cwd=ROOT, env=environment) as process:  # noqa: S603
        os.close(theirs)
        printed = b"".join(iter(lambda: _read(ours), b""))
        complaint = process.stderr.read() if process.stderr else b""
    os.close(ours)
    if process.returncode:
        raise SystemExit(f"monitor {' '.join(arguments)}: exit code {process.returncode}: {complaint.decode()}")
    return printed.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # how Linux says that the other side has closed
        return b""


def svg(text: list[Text]) -> str:
    """The picture, the same for the same text."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="truecolor")
    for line in text:
        console.print(line)
    drawn = console.export_svg(title="monitor", theme=_THEME, code_format=_FRAME, unique_id="log")
    return re.sub(r" +\n", "\n", drawn.replace("<text", "\n<text"))


if __name__ == "__main__":
    main()

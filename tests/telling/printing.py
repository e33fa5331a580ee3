"""What is printed, as a string: on a terminal or into a pipe, so wide."""

from __future__ import annotations

from io import StringIO

from rich.console import Console, RenderableType


def console(*, is_terminal: bool, width: int = 100) -> Console:
    """As the command line makes it, writing into a string."""
    colours = "standard" if is_terminal else None
    out = StringIO()
    return Console(
        file=out, force_terminal=is_terminal, color_system=colours, width=width, markup=False, highlight=False, emoji=False
    )


def written(to: Console) -> str:
    assert isinstance(to.file, StringIO)
    return to.file.getvalue()


def shown(what: RenderableType, *, is_terminal: bool = False, width: int = 100) -> str:
    to = console(is_terminal=is_terminal, width=width)
    to.print(what, soft_wrap=not is_terminal)
    return "\n".join(line.rstrip() for line in written(to).splitlines())

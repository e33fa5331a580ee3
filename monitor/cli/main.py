"""The command ``monitor``: its options, its exit codes, and the group that its commands join."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from keyword import iskeyword
from typing import Any, TypeVar

import click

from monitor import __version__
from monitor.assemble import Options
from monitor.errors import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE, MonitorError, Stopped

Command = TypeVar("Command", bound=Callable[..., Any])
EXIT_CODES = """\b
Exit codes:
    0  done                       4  something named does not exist or is out of format
    1  it could not be done       5  the database cannot be used, or `verify` found something
    2  wrong usage                6  another instance serves the database
    3  the config is wrong      130  interrupted (Ctrl-C)
"""
# Trees of pages are made of many small objects that die together; looking through them at every 700th new one, as
# Python does by itself, takes a quarter of the time that BeautifulSoup needs for a page.
COLLECTED = (10_000, 3, 5)
_COMMANDS = {
    "run": "watching",
    "check": "watching",
    "add": "adding",
    "try": "trying",
    "layout": "layouts",
    "backfill": "backfilling",
    "replay": "replaying",
    "log": "looking",
    "show": "looking",
    "review": "reviewing",
    "article": "looking",
    "search": "searching",
    "compare": "comparing",
    "status": "looking",
    "verify": "evidencing",
    "evidence": "evidencing",
    "prune": "evidencing",
    "import": "importing",
    "export": "exporting",
    "notify": "notifying",
    "reparse": "reparsing",
    "web": "serving",
    "user": "users",
    "sources": "states",
    "pages": "states",
    "config": "configuring",
    "completion": "states",
}


class _Enough(Exception):
    """Whoever read our output has had enough. Click would end with 1 for a BrokenPipeError itself."""


class Lazy(click.Group):
    """A group that imports a command's module only when it is called: ``monitor log`` needs no parser."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click names it)
        """Names of the commands, in the order in which they are explained."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name."""
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        from importlib import import_module

        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"monitor.cli.{module}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as wrong:
            raise _Enough from wrong


def database_options(command: Command) -> Command:
    """Add ``--db`` and ``--config`` to a command, and hand it an Options as ``options``."""

    @click.option("--db", metavar="FILE", help="The database [MONITOR_DB, then the config's, then ./monitor.db].")
    @click.option("--config", metavar="FOLDER", help="The config folder [MONITOR_CONFIG, then ./config].")
    @click.pass_context
    def with_options(ctx: click.Context, /, db: str | None, config: str | None, **rest: Any) -> Any:
        outer = ctx.find_root().params
        options = Options.find(db or outer.get("db"), config or outer.get("config"))
        return command(options=options, **rest)

    with_options.__name__ = command.__name__
    with_options.__doc__ = command.__doc__
    if hasattr(command, "__click_params__"):
        with_options.__click_params__ = [*command.__click_params__, *with_options.__click_params__]  # type: ignore[attr-defined]
    return with_options  # type: ignore[return-value]


@click.group(cls=Lazy, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--db", metavar="FILE", help="The database; every command takes it too.")
@click.option("--config", metavar="FOLDER", help="The config folder; every command takes it too.")
@click.version_option(__version__, prog_name="monitor")
def monitor(db: str | None, config: str | None) -> None:
    """Catches news sites rewriting or removing their articles, and keeps a log of it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. The exit code; never raises for anything a user or a site can do."""
    gc.set_threshold(*COLLECTED)
    try:
        result = monitor.main(args=arguments, prog_name="monitor", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else EXIT_OK
    except click.exceptions.Abort:
        return _interrupted()
    except click.ClickException as wrong:
        wrong.show()
        return EXIT_USAGE
    except Stopped:
        return _interrupted()
    except MonitorError as wrong:
        _complain(str(wrong))
        return wrong.exit_code
    except KeyboardInterrupt:
        return _interrupted()
    except (BrokenPipeError, _Enough):  # `monitor log | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except OSError as wrong:
        _complain(f"{wrong.filename or 'the system'}: {wrong.strerror or wrong}")
        return EXIT_FAILED


def _interrupted() -> int:
    click.echo("interrupted; everything recorded so far is kept", err=True)
    return EXIT_INTERRUPTED


def _complain(sentence: str) -> None:
    from monitor.telling.harmless import harmless

    for line in sentence.splitlines():
        click.echo(harmless(line), err=True)

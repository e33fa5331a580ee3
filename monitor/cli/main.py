"""The command ``monitor``: its options, its exit codes, and the group that its commands join."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from keyword import iskeyword
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from monitor import __version__
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
_COMMANDS = {  # the module of each, and what its explanation begins with: none need be imported to list them all
    "run": ("watching", "Watch the configured sources until told to stop (SIGTERM, Ctrl-C)."),
    "check": ("watching", "Visit a page, or all pages of a source (of every source), now, and say what was seen."),
    "add": ("adding", "Put a new site under watch: an article of it, a page that lists articles, its front page, or a feed."),
    "try": (
        "trying",
        "Read one page, and say field by field which selector found what, what was dropped, and what other layouts make of it.",
    ),
    "layout": ("layouts", "The layouts of the sources: do they still read what is kept?"),
    "backfill": (
        "backfilling",
        "Take in a source's older articles: walk its listings and sitemaps back to a day or a count, then visit what they list.",
    ),
    "replay": (
        "replaying",
        "Play folders of saved pages, each what a site held at one moment, a day apart; then print the change log.",
    ),
    "log": ("looking", "The change log, newest first, or with --top what matters most."),
    "show": ("looking", "One change, with the words that changed: [-cut-] and {+added+}."),
    "review": ("reviewing", "Acknowledge, flag, dismiss, open again, assign or note changes."),
    "article": ("looking", "The article at an address, as text in the article format."),
    "search": ("searching", "Where these words stand, or ever stood: all of them, in any wording of an article."),
    "compare": (
        "comparing",
        "Two wordings of a page, by number or as of a time: the words that differ, and what such an edit is judged to be.",
    ),
    "status": ("looking", "The database, the service and open incidents, in a few lines."),
    "verify": ("evidencing", "Go through everything kept, and say what is missing, altered or cut."),
    "evidence": (
        "evidencing",
        "Write out what proves a change: both captures, both texts, what differs, and how to check it all without us.",
    ),
    "prune": ("evidencing", "Drop captures from the archive, by age and size."),
    "import": ("importing", "Read captures made elsewhere (WARC files) as earlier versions of the pages."),
    "export": (
        "exporting",
        "The change log as a file: csv for spreadsheets, jsonl for programs, texts (a folder with each "
        "wording in the article format), report (one HTML file to read and print), datasette (a database to browse).",
    ),
    "notify": (
        "notifying",
        "Follow the rules of `notify` in monitor.toml, and send all that waits, as `monitor run` does by itself.",
    ),
    "reparse": ("reparsing", "Read the captures that are kept again, with today's layouts and parser, of a source or of all."),
    "web": ("serving", "The change log as a page in the browser, to review it."),
    "user": ("users", "Who may sign in to the review page."),
    "sources": ("states", "The sources: state, last visit, next visit, health."),
    "pages": ("states", "The pages: what their last visit proved."),
    "config": ("configuring", "The config files: are they right, and what may stand in them?"),
    "completion": ("states", 'Print the completion script for a shell, to be sourced: eval "$(monitor completion bash)".'),
}


class _Enough(Exception):
    """Whoever read our output has had enough. Click would end with 1 for a BrokenPipeError itself."""


class Lazy(click.Group):
    """A group that imports a command's module only when it is called: ``monitor log`` needs no parser, a list of all nothing."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.commands = {name: click.Command(name) for name in _COMMANDS}  # for what click says of a mistyped one

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click names it)
        """Names of the commands, in the order in which they are explained."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name."""
        if cmd_name not in _COMMANDS:
            return None
        from importlib import import_module

        module, _ = _COMMANDS[cmd_name]
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"monitor.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands in the help text."""
        limit = formatter.width - 6 - max(len(name) for name in _COMMANDS)  # as click spaces it
        with formatter.section("Commands"):
            formatter.write_dl([(name, _in_short(name, limit)) for name in _COMMANDS])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, and what any command completes: its options."""
        begun = [CompletionItem(name, help=_in_short(name)) for name in _COMMANDS if name.startswith(incomplete)]
        return [*begun, *click.Command.shell_complete(self, ctx, incomplete)]

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as wrong:
            raise _Enough from wrong


def _in_short(name: str, limit: int = 45) -> str:
    """What a command does, cut to so many characters as click would cut it."""
    return click.Command(name, help=_COMMANDS[name][1]).get_short_help_str(limit)


def database_options(command: Command) -> Command:
    """Add ``--db`` and ``--config`` to a command, and hand it an Options as ``options``."""

    @click.option("--db", metavar="FILE", help="The database [MONITOR_DB, then the config's, then ./monitor.db].")
    @click.option("--config", metavar="FOLDER", help="The config folder [MONITOR_CONFIG, then ./config].")
    @click.pass_context
    def with_options(ctx: click.Context, /, db: str | None, config: str | None, **rest: Any) -> Any:
        from monitor.assemble import Options

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

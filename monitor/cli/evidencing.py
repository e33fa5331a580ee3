"""``monitor evidence``, ``verify``, ``prune``: what proves a change, whether everything is still there, and what may go."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from monitor.assemble import House, Options
from monitor.cli.common import ChangeNumber, Instant
from monitor.cli.main import database_options
from monitor.cli.progress import Progress
from monitor.errors import EXIT_FAILED, EXIT_OK, InputError, StoreDamaged
from monitor.fingerprint import printed, unprinted
from monitor.jobs.keeping import evidence as bundles
from monitor.jobs.keeping import verify as verifying
from monitor.jobs.keeping.prune import prune as dropped
from monitor.judging.retention import to_drop
from monitor.model import ArchiveFile
from monitor.protocols import Store
from monitor.telling import terminal
from monitor.telling.harmless import harmless
from monitor.telling.sentences import counted


class Digest(click.ParamType[bytes]):
    """A digest as it is printed: ``1:`` and 64 hexadecimal digits."""

    name = "DIGEST"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> bytes:
        """The digest, with the recipe byte in front."""
        if isinstance(value, bytes):
            return value
        try:
            return unprinted(str(value))
        except ValueError as wrong:
            self.fail(f"{value!r} is no digest: {wrong}", param, ctx)


@click.command()
@click.option("--head", type=Digest(), help="Hold the chain against this head of it, noted earlier from `monitor status`.")
@database_options
def verify(options: Options, head: bytes | None) -> int:
    """Go through everything kept, and say what is missing, altered or cut.

    Every digest is recomputed: the texts, the captures in the archive, and the hash chain over the change log from its
    beginning. Ends with 5 when something is wrong.
    """
    found = 0
    house = House(options)
    with house.store() as store:
        with Progress("verified", verifying.size(store)) as progress:
            flaws = verifying.verify(store, house.archive(), head, progress.step)
            for found, flaw in enumerate(flaws, 1):  # noqa: B007 (it is how many there were)
                progress.print(terminal.flaw_line(flaw))
        left = verifying.left(store, house.archive())
        for file in verifying.files(store):
            if file.dropped is not None:
                still = "; it still lies there: delete it" if file.name in left else ""
                click.echo(harmless(terminal.dropped_line(file) + still))
        if found:
            click.echo(f"{found} finding{'s' if found > 1 else ''}: what is recorded here is not what was recorded", err=True)
            return StoreDamaged.exit_code
        _say_whole(store, head)
    return EXIT_OK


def _say_whole(store: Store, head: bytes | None) -> None:
    status = store.status()
    if head is not None:
        click.echo(f"the head given is that of change {store.sealed_as(head)}: the chain still holds it")
    there = sum(file.captures for file in store.files() if file.dropped is None)
    changes = status.changes + status.baseline + status.imported
    counts = {"change": changes, "version": status.versions, "text": status.texts, "capture": there}
    size = ", ".join(counted(count, what) for what, count in counts.items())
    end = status.head
    sealed = f"the chain ends with change {end.change}, {printed(end.digest)}" if end else "the chain is empty"
    left = store.unsealed()
    more = f"; {left} {'changes are' if left > 1 else 'change is'} not sealed yet" if left else ""
    click.echo(f"everything is whole: {size}; {sealed}{more}")


@click.command()
@click.argument("number", metavar="CHANGE", type=ChangeNumber())
@click.option("--out", type=click.Path(path_type=Path), help="A new folder, or a new zip file where it ends in .zip.")
@click.option("--chain", is_flag=True, help="Add every later link of the hash chain, up to its head.")
@database_options
def evidence(options: Options, number: int, out: Path | None, chain: bool) -> int:
    """Write out what proves a change: both captures, both texts, what differs, and how to check it all without us.

    Without --out it becomes evidence-CHANGE.zip here. Ends with 1 when something of it could not be had; it says what.
    """
    house = House(options)
    to = out or Path(f"evidence-{number}.zip")
    with house.store() as store:
        change = store.change(number)
        if change is None:
            raise InputError(f"there is no change {number}; `monitor log` lists them")
        bundle = bundles.evidence(change, store, house.archive(), house.clock.now(), chain=chain)
    bundles.write(bundle, to, house.clock.now())
    click.echo(f"{to}: {', '.join(bundle.files)}")
    for missing in bundle.missing:
        click.echo(harmless(f"not in it: {missing}"), err=True)
    for private in bundle.private:
        click.echo(harmless(f"not for everybody (README.txt in it says why): {private}"), err=True)
    return EXIT_FAILED if bundle.missing else EXIT_OK


@click.command()
@click.option("--before", type=Instant(), help="Drop files whose last capture is earlier: 2026-01-31, or 365d ago.")
@click.option("--most-bytes", type=click.IntRange(0), help="Drop the oldest files until no more than this is left.")
@click.option("--yes", is_flag=True, help="Do it; without this it only says what would go.")
@database_options
def prune(options: Options, before: datetime | None, most_bytes: int | None, yes: bool) -> int:
    """Drop captures from the archive, by age and size. Wordings, texts and the change log stay, and so does the note of it.

    Without limits those of the config hold: keep_captures_for, keep_captures_bytes.
    """
    house = House(options)
    now = house.clock.now()
    age = now - before if before is not None else None
    if before is None and most_bytes is None:
        age, most_bytes = house.program.keep_captures_for, house.program.keep_captures_bytes
    if age is None and most_bytes is None:
        raise click.UsageError("say what may go: --before, --most-bytes, or keep_captures_for or _bytes in monitor.toml")
    with house.store() as store:
        files = to_drop(store.files(), now, age, most_bytes)
        problems = dropped(files, store, house.archive(), house.user(), now) if yes else []
    _say_dropped(files, yes)
    for problem in problems:
        click.echo(harmless(f"not dropped: {problem}"), err=True)
    return EXIT_FAILED if problems else EXIT_OK


def _say_dropped(files: list[ArchiveFile], done: bool) -> None:
    for file in files:
        click.echo(harmless(terminal.archive_line(file)))
    captures, size = sum(file.captures for file in files), sum(file.used for file in files)
    ending = "were dropped" if done else "would go; --yes drops them"
    what = f"{counted(len(files), 'file')} with {counted(captures, 'capture')}, {terminal.amount(size)}"
    click.echo(f"{what}, {ending}" if files else "nothing is to go")

"""``monitor verify``: whether everything that was recorded is still there, and as it was."""

from __future__ import annotations

import click

from monitor.assemble import House, Options
from monitor.cli.main import database_options
from monitor.cli.progress import Progress
from monitor.errors import EXIT_OK, StoreDamaged
from monitor.fingerprint import printed, unprinted
from monitor.jobs.verify import verify as verified
from monitor.telling import terminal


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

    Every digest is recomputed, and the hash chain over the change log from its beginning. Ends with 5 when something is wrong.
    """
    found = 0
    house = House(options)
    with house.store() as store:
        with Progress("verified", store.audit_size()) as progress:
            for found, flaw in enumerate(verified(store, head, progress.step), 1):  # noqa: B007 (it is how many there were)
                progress.print(terminal.flaw_line(flaw))
        if found:
            click.echo(f"{found} finding{'s' if found > 1 else ''}: what is recorded here is not what was recorded", err=True)
            return StoreDamaged.exit_code
        status = store.status()
        if head is not None:
            click.echo(f"the head given is that of change {store.sealed_as(head)}: the chain still holds it")
    size = f"{status.changes + status.baseline} changes, {status.versions} versions, {status.texts} texts"
    end = status.head
    sealed = f"the chain ends with change {end.change}, {printed(end.digest)}" if end else "nothing is sealed yet"
    click.echo(f"everything is whole: {size}; {sealed}")
    return EXIT_OK

"""Many slow hosts side by side: pages a second, CPU a page, and memory round by round.

``python -m tests.benchmarks.hosts [HOSTS] [PAGES] [ROUNDS]``: each host answers after 100 ms, keeps its pages as they are
and answers 304 to who asks conditionally; the gap is 0, and every host gets one connection. The rounds go as in the service.
"""

from __future__ import annotations

import asyncio
import gc
import gzip
import multiprocessing
import re
import resource
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from monitor.assemble import House, Options
from monitor.cli.main import COLLECTED
from monitor.jobs.round import run_round
from monitor.model import Run
from monitor.settings import Source
from tests.benchmarks.rounds import config

sys.path.insert(0, str(Path(__file__).parents[1]))

from kcna_pages import Site

LATENCY = 0.1  # seconds
_NUMBER = re.compile(rb"GET /newstream/\d+-(\d+)/")
_SAME = b'HTTP/1.1 304 Not Modified\r\nETag: "%b"\r\n\r\n'
_ANSWER = b'HTTP/1.1 %b\r\nETag: "%b"\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Length: %d\r\n%b\r\n%b'


class Hosts:
    """Answers for all hosts, in one loop: what a page says hangs on the host's address and the page's number."""

    def __init__(self, pages: int) -> None:
        self.pages = pages
        self.packed: dict[tuple[str, int | None], bytes] = {}

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept open."""
        address, port = writer.get_extra_info("sockname")
        host = f"http://{address}:{port}"
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(LATENCY)
                writer.write(self.answer(host, head))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def answer(self, host: str, head: bytes) -> bytes:
        """The listing, an article, or that it is as it was."""
        found = _NUMBER.match(head)
        number = int(found[1]) if found else None
        tag = b"%d" % (-1 if number is None else number)
        if found is None and b"GET /listing/" not in head:
            return _ANSWER % (b"404 Not Found", b"", 0, b"", b"")
        if b'if-none-match: "%b"' % tag in head.lower():
            return _SAME % tag
        body = self.packed.get((host, number))
        if body is None:
            body = self.packed[host, number] = gzip.compress(self.html(host, number).encode(), 6)
        return _ANSWER % (b"200 OK", tag, len(body), b"Content-Encoding: gzip\r\n", body)

    def html(self, host: str, number: int | None) -> str:
        """A page."""
        site = Site(pages=self.pages, edits=0.0, host=host)
        if number is not None:
            return site.html(number, 0) or ""
        links = (f'<h4><a href="{path}">x</a></h4>' for path in site.paths())
        return f'<html><body><div class="article-desc">{"".join(links)}</div></body></html>'


def _serve(answer: Connection, hosts: int, pages: int) -> None:
    async def serve() -> None:
        talk = Hosts(pages).talk
        first = await asyncio.start_server(talk, "127.0.0.1", 0)
        port = first.sockets[0].getsockname()[1]
        others = [await asyncio.start_server(talk, f"127.0.0.{number}", port) for number in range(2, hosts + 1)]
        answer.send([f"http://127.0.0.{number}:{port}" for number in range(1, hosts + 1)])
        await asyncio.gather(*(server.serve_forever() for server in [first, *others]))

    asyncio.run(serve())


@contextmanager
def serving(hosts: int, pages: int) -> Iterator[list[str]]:
    """The addresses of so many hosts, in a process of their own, for as long as the context lasts."""
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, hosts, pages), daemon=True)
    process.start()
    try:
        yield mine.recv()
    finally:
        process.terminate()
        process.join()


def _resident_mb() -> float:
    """What the process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main(hosts: int = 32, pages: int = 40, rounds: int = 20) -> None:
    """Print the figures."""
    gc.set_threshold(*COLLECTED)
    with serving(hosts, pages) as addresses, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = config(folder / "config", addresses[0])
        template = (settings / "sources" / "bench.toml").read_text()
        for number, address in enumerate(addresses):
            own = f'identity.key = "host{number}:{{1}}-{{2}}"\n'  # the same numbers are other pages on another host
            (settings / "sources" / f"bench{number}.toml").write_text(own + template.replace(addresses[0], address))
        (settings / "sources" / "bench.toml").unlink()
        (settings / "monitor.toml").write_text(textwrap.dedent(f"""\
            contact = "nobody@example.org"
            hosts_at_once = {hosts}
        """))
        house = House(Options(folder / "hosts.db", settings), with_sources=True)
        most = f"at most {hosts / LATENCY:.0f} pages a second"
        print(f"{hosts} hosts of {pages} pages, each answers after {LATENCY * 1000:.0f} ms: {most}")
        with closing(house.fetcher()) as fetcher, closing(house.archive()) as archive, ThreadPoolExecutor(hosts) as pool:

            def visit(source: Source) -> Run:
                with house.store(create=True) as store:
                    return run_round(source, house.tools(store, fetcher, archive), everything=True)

            for number in range(rounds + 1):
                started, spent = time.perf_counter(), _cpu()
                runs = list(pool.map(visit, house.sources()))
                _say(number, runs, time.perf_counter() - started, _cpu() - spent)


def _say(number: int, runs: Sequence[Run], seconds: float, cpu: float) -> None:
    """Print the line of a round."""
    visits = sum(count for run in runs for _, count in run.seen)
    kinds = ", ".join(sorted({str(seen) for run in runs for seen, _ in run.seen}))
    print(
        f"round {number:2}: {visits} visits ({kinds}), {visits / seconds:6.1f} pages a second,"
        f" {cpu / max(visits, 1) * 1000:5.2f} ms of CPU a page, {_resident_mb():6.1f} MB",
        flush=True,
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

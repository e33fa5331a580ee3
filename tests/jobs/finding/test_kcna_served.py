"""kcna.kp since July 2026 on a real local server: cookie and token before it shows anything, and listings paged by POST.

The source is the one of ``config/library/``, with the site's host replaced by the server's.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from parsing.markup import ROOT
from pytest_httpserver import HTTPServer
from sites import texts
from sites.kcna_kp import HOST, Item, listing_page, new_address, new_page, without_session
from standins import SetClock
from werkzeug import Request, Response

from monitor.config import load_sources
from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
from monitor.jobs.round import Tools, run_round
from monitor.model import Run, Seen
from monitor.parsing.reader import LayoutReader
from monitor.parsing.trees import check_selector
from monitor.settings import Duration, Source
from monitor.storing.sqlite import StoreFile

PAGES = 4  # as many as the source asks for
ON_A_PAGE = 3
COOKIE, TOKEN = "JSESSIONID", "0a1b-token"


class Kcna:
    """The site: a cookie and a token for everybody who comes, and nothing without them. ``asked`` says what was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def respond(self, request: Request) -> Response:
        page = request.form.get("page_num", "")
        self.asked.append(f"{request.method} {'detail' if '/detail/' in request.path else 'list'} {page}".strip())
        if request.path.endswith("robots.txt"):
            return Response("", 404)
        response = self._answer(request)
        if COOKIE not in request.cookies:
            response.set_cookie(COOKIE, "1", path="/", httponly=True)
        return response

    def _answer(self, request: Request) -> Response:
        if request.method == "POST":
            return self._posted(request)
        if "/list/" in request.path:  # whoever comes gets the form and its token, and the list only with a cookie
            return _html(listing_page(items(1) if COOKIE in request.cookies else [], 1, PAGES, TOKEN, request.path))
        if COOKIE not in request.cookies:
            return _html(without_session(1))
        number = next(n for n in range(PAGES * ON_A_PAGE) if new_address(n).endswith(request.path))
        return _html(new_page(replace(texts.CONGRESS, title=f"{texts.CONGRESS.title} ({number})"), number))

    def _posted(self, request: Request) -> Response:
        fields = request.form
        if fields.get("_csrf") != TOKEN or COOKIE not in request.cookies:
            return Response("Forbidden", 403)
        assert (fields["cnt_per_page"], fields["keyword"]) == ("15", "")
        number = int(fields["page_num"])
        return _html(listing_page(items(number) if number <= PAGES else [], number, PAGES, TOKEN, request.path))


def items(page: int) -> list[Item]:
    numbers = range((page - 1) * ON_A_PAGE, page * ON_A_PAGE)
    return [Item(new_address(n), f"{texts.CONGRESS.title} ({n})", "2026-07-19") for n in numbers]


def _html(page: str) -> Response:
    return Response(page, 200, content_type="text/html; charset=utf-8")


def moved(folder: Path, host: str) -> Source:
    """The library's source as it would be if the site were at ``host``."""
    for name in ("templates/kcna-kp.toml", "library/kcna-en.toml"):
        text = (ROOT / "config" / name).read_text("utf-8").replace(HOST, f"http://{host}")
        (folder / name).parent.mkdir()
        (folder / name).write_text(text.replace(r"(?:www\.)?kcna\.kp", re.escape(host)), "utf-8")
    (source,) = load_sources(folder, check_selector, "library")
    return replace(source, reach=("127.0.0.0/8", "::1"), polite=replace(source.polite, gap=Duration(0)))


class Served:
    def __init__(self, source: Source, tools: Tools, site: Kcna, clock: SetClock) -> None:
        self.source, self.tools, self.site, self.clock = source, tools, site, clock

    def round(self) -> Run:
        self.clock.move(self.source.interval)
        return run_round(self.source, self.tools)


@pytest.fixture
def served(tmp_path: Path, httpserver: HTTPServer) -> Iterator[Served]:
    site, clock, stop = Kcna(), SetClock(), threading.Event()
    httpserver.expect_request(re.compile(".*")).respond_with_handler(site.respond)
    source = moved(tmp_path, httpserver.url_for("").removeprefix("http://").rstrip("/"))
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        fetcher = HttpFetcher(clock, Pace(stop), contact="mailto:us@example.org", stop=stop)
        yield Served(source, Tools(store, fetcher, LayoutReader(), clock, "w", 10_000), site, clock)
        fetcher.close()


def test_the_pages_behind_the_form_are_found_and_their_articles_read(served: Served) -> None:
    run = served.round()
    assert run.seen == ((Seen.PARSED, PAGES * ON_A_PAGE),)
    lists = [each for each in served.site.asked if "list" in each]
    assert lists[-3:] == ["POST list 2", "POST list 3", "POST list 4"]
    assert set(lists[:-3]) <= {"GET list"}
    assert [incident.kind for incident in served.tools.store.incidents()] == []


def test_a_later_round_finds_nothing_new_and_tells_nothing(served: Served) -> None:
    served.round()
    served.site.asked.clear()
    assert served.round().seen == ((Seen.PARSED, PAGES * ON_A_PAGE),)
    assert [each for each in served.site.asked if "POST" in each] == ["POST list 2"]


def test_without_its_session_the_site_shows_nothing(served: Served) -> None:
    """That it is the session that makes the difference."""
    find = served.source.find
    served.source = replace(served.source, find=replace(find, session=None, forms=(), pages=(served_article(served),)))
    assert served.round().seen == ((Seen.BROKEN, 1),)


def served_article(served: Served) -> str:
    return new_address(0).replace(HOST, served.source.find.listings[0].partition("/en/")[0])

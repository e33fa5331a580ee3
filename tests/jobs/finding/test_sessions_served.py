"""The whole road to a site that wants a session, on a real local server, through the real fetcher."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from jobs.demanding import COOKIE, PAGES, DemandingSite, Watch, source
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
from monitor.model import Seen
from monitor.storing.sqlite import StoreFile


class Served(DemandingSite):
    """The site behind a socket. Its cookies bear attributes, as kcna.kp's do."""

    def respond(self, request: Request) -> Response:
        status, text, cookie = self.answer(request.method, request.path, request.cookies, request.form)
        response = Response(text, status, content_type="text/html; charset=utf-8")
        if cookie:
            response.set_cookie(COOKIE, cookie, path="/", httponly=True, samesite="Lax", max_age=1800)
        return response


@pytest.fixture
def watch(tmp_path: Path, httpserver: HTTPServer) -> Iterator[Watch]:
    site, stop = Served(PAGES), threading.Event()
    httpserver.expect_request(re.compile(".*")).respond_with_handler(site.respond)
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        made = Watch(store, source(httpserver.url_for("").rstrip("/"), reach=("127.0.0.0/8", "::1")), site)
        fetcher = HttpFetcher(made.clock, Pace(stop), contact="mailto:us@example.org", stop=stop)
        made.tools = replace(made.tools, fetcher=fetcher)
        yield made
        fetcher.close()


def test_articles_behind_cookie_and_token_are_found_and_read(watch: Watch) -> None:
    run = watch.round()
    assert run.seen == ((Seen.PARSED, 5),)
    assert watch.known() == list("abcde")
    assert watch.problem() == ""
    assert watch.site.asked[:4] == ["GET /en", "GET /en/list", "POST /en/list 2", "POST /en/list 3"]


def test_a_session_that_ended_meanwhile_is_renewed(watch: Watch) -> None:
    watch.round()
    watch.site.over = {watch.site.sessions + 1}
    watch.site.asked_for()
    run = watch.round()
    assert run.seen == ((Seen.PARSED, 5),)
    assert watch.problem() == ""
    assert watch.site.asked_for()[:4] == ["GET /en", "GET /en/list", "GET /en", "GET /en/list"]


def test_without_its_cookies_the_site_shows_nothing(watch: Watch) -> None:
    """That it is the session that makes the difference."""
    find = watch.source.find
    watch.source = replace(
        watch.source, find=replace(find, session=None, pages=(find.listings[0].replace("/list", "/detail/a"),))
    )
    run = watch.round()
    assert run.seen == ((Seen.BROKEN, 1),)
    assert "no link to an article" in watch.problem()
    assert "page 2: the server refused with 403" in watch.problem()

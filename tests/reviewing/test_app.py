"""What templates use: instants, links, short texts; what is static is kept by browsers."""

from __future__ import annotations

import re
from html import unescape

import pytest
from reviewing.desk import HERE, Desk, words
from standins import START

from monitor.reviewing.app import iso, link, short, when


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x.example", "ftp://x.example", "http://[", "", None]
)
def test_only_addresses_of_the_web_are_links(address: str | None) -> None:
    assert link(address) == ""
    assert link("https://x.example/a?b#c") == "https://x.example/a?b#c"


def test_instants_are_in_utc_and_texts_short_and_harmless() -> None:
    assert (when(START), when(None), iso(START)) == ("2026-01-01 00:00", "–", "2026-01-01T00:00:00Z")
    assert short("a\x1b\u202eb") == "a\\x1b\\u202eb"
    assert short("x" * 400, 10) == "x" * 10 + " …"


def test_static_files_are_small_and_all_there(desk: Desk) -> None:
    page = desk.get("/")
    for name in ("app.css", "app.js", "icon.svg"):
        assert f"/static/{name}?v=" in page
        answer = desk.client.get(f"/static/{name}", base_url=HERE)
        assert answer.status_code == 200
        assert len(answer.data) < 40_000
        assert b"http://" not in answer.data.replace(b"http://www.w3.org/2000/svg", b"")
        assert b"https://" not in answer.data
        answer.close()


def test_a_static_file_is_kept_for_a_year_where_its_address_names_its_edition(desk: Desk) -> None:
    address = unescape(re.findall(r'href="(/static/app.css[^"]*)"', desk.get("/"))[0])
    kept = []
    for each in (address, "/static/app.css?v=old"):
        with desk.client.get(each, base_url=HERE) as answer:
            kept.append(answer.headers["Cache-Control"])
    assert "immutable" in kept[0]
    assert "immutable" not in kept[1]
    assert "no-cache" in kept[1]


def test_an_address_that_is_too_long_is_said(desk: Desk) -> None:
    page = desk.get("/?" + "source=a&" * 5000, 414)
    assert "This address is too long; take some filters away." in words(page)
    assert len(page) < 10_000

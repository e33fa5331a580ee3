"""What every answer forbids the browser, and which requests come from elsewhere."""

from __future__ import annotations

import re

import pytest
from reviewing.desk import HERE, Desk

from monitor.reviewing.security import host_of, is_from_elsewhere, is_loopback, names_host


@pytest.mark.parametrize("address", ["/", "/nosuch", "/changes/20", "/login", "/static/app.css", "/?kind=none"])
def test_every_answer_bears_the_policy(desk: Desk, address: str) -> None:
    answer = desk.client.get(address, base_url=HERE)
    headers = answer.headers
    answer.close()
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_no_page_has_a_script_or_a_style_of_its_own(desk: Desk) -> None:
    for address in ("/?order=new", "/changes/20", "/changes/20?view=side", "/pages/3", "/changes/20/like", "/nosuch"):
        page = desk.client.get(address, base_url=HERE).text
        assert not re.search(r"<style|\sstyle=|\son\w+=\"|javascript:", page), address
        assert re.findall(r"<script[^>]*>([^<]*)</script>", page) == [""]


@pytest.mark.parametrize(
    ("origin", "site", "answer"),
    [
        (None, None, False),  # a program
        ("http://localhost", None, False),
        ("https://evil.example", None, True),
        ("null", None, True),
        ("http://[", None, True),
        ("null", "same-origin", False),  # a browser that was told to send no referrer
        (None, "cross-site", True),
        ("http://localhost", "same-site", True),
        (None, "none", False),
    ],
)
def test_a_form_of_another_site_is_told_by_what_browsers_say(origin: str | None, site: str | None, answer: bool) -> None:
    assert is_from_elsewhere(origin, site, "localhost") is answer


def test_this_machine_has_these_names() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.8.8.8", "::1")))
    assert not any(map(is_loopback, ("example.org", "10.0.0.1", "192.0.2.1", "", None)))
    assert [host_of(header) for header in ("a.example:80", "[::1]:80", "[", "")] == ["a.example", "::1", "", ""]


@pytest.mark.parametrize("host", ["localhost", "localhost.", "127.0.0.1:80", "[::1]:80", "a-b.example:8380", "x" * 63])
def test_a_host_has_a_name_or_an_address(host: str) -> None:
    assert names_host(host)


@pytest.mark.parametrize("host", ["", "..", "a..b", "x" * 64, "[::1", "\xe9.example", ":80"])
def test_what_is_no_host_is_told(host: str) -> None:
    assert not names_host(host)


@pytest.mark.parametrize("host", ["..", "x" * 5000, 'a"><script>', "127.0.0.1@evil.example", "[::1", "\xff"])
def test_a_host_that_there_cannot_be_is_a_bad_request(desk: Desk, host: str) -> None:
    for address in ("/", "/feeds/atom.xml", "/nosuch", "/static/app.css"):
        answer = desk.client.get(address, headers={"Host": host})
        assert answer.status_code == 400, address
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]

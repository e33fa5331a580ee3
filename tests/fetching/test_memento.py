"""What a save endpoint's answer says of where the copy is."""

from __future__ import annotations

import pytest
from standins import START

from monitor.fetching.memento import links_of, save_address
from monitor.model import Capture, Hop

SAVE = "https://archive.example/save/https://a.example/p"
COPY = "https://archive.example/web/2026/https://a.example/p"


def answer(*headers: tuple[str, str], to: str | None = None) -> Capture:
    hops = (Hop(SAVE, 302, to),) if to else ()
    return Capture(SAVE, to or SAVE, 200, headers, b"", b"", START, hops=hops)


@pytest.mark.parametrize(
    ("given", "links"),
    [
        (answer(), []),
        (answer(("Content-Location", "/web/1")), ["/web/1"]),
        (answer(("Link", f'<https://a.example/>; rel="original", <{COPY}>; rel="first memento"; datetime="Thu, 1 Jan"')), [COPY]),
        (answer(("Link", "garbage; <<,,;="), ("link", '<>; rel="memento"')), [""]),
        (answer(to=COPY), [COPY]),
        (answer(("Content-Location", "/web/1"), to=COPY), ["/web/1", COPY]),
    ],
)
def test_the_best_link_comes_first(given: Capture, links: list[str]) -> None:
    assert links_of(given) == links


def test_the_page_stands_in_the_template_as_it_is_or_encoded() -> None:
    page = "https://a.example/p?a=1&b={quoted}"
    assert save_address("https://x.example/save/{url}", page) == f"https://x.example/save/{page}"
    assert save_address("https://x.example/?u={quoted}", "https://a.example/p?a=1&b=2").endswith(
        "?u=https%3A%2F%2Fa.example%2Fp%3Fa%3D1%26b%3D2"
    )

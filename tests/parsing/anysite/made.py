"""Pages for the tests of sites that nobody described: prose that says little, and a page around it."""

from __future__ import annotations

from monitor.parsing.anysite import AnyArticle, read_any
from monitor.parsing.anysite.blocks import Outline
from monitor.parsing.anysite.page import tree_of
from monitor.parsing.anysite.walking import outline

URL = "https://www.daily-bugle.example/news/1"
TITLE = "The bridge was closed again"
PROSE = tuple(
    f"The {what} said on {day} that the bridge would stay closed, and that nobody had asked them about the other one."
    for what, day in zip(
        ("mayor", "council", "engineer", "ferryman", "baker"), ("Monday", "Tuesday", "Friday", "Sunday", "Thursday"), strict=True
    )
)
MENU = "<nav><ul>" + "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in ("Home", "World", "Sport", "Culture")) + "</ul></nav>"
FOOT = "<footer><p>© 2024 Daily Bugle. All rights reserved.</p></footer>"


def ps(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts or PROSE)


def page(body: str, head: str = "", *, heading: str = f"<h1>{TITLE}</h1>") -> bytes:
    """A page with menu and footer; ``body`` follows the heading."""
    top = f"<!DOCTYPE html><html lang='en'><head><title>{TITLE} | Daily Bugle</title>{head}</head>"
    text = f"{top}<body>{MENU}{heading}{body}{FOOT}</body></html>"
    return text.encode()


def read(body: str, head: str = "", url: str = URL, *, heading: str = f"<h1>{TITLE}</h1>") -> AnyArticle:
    return read_any(page(body, head, heading=heading), url)


def blocks(body: str) -> Outline:
    return outline(tree_of(f"<html><body>{body}</body></html>".encode()))

"""What every made page is made of: files, bulk that no reader wants, and dirt that reads as nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from monitor.article import Article, to_text

LEADERS = ("Kim Jong Un", "Kim Jong Il", "Kim Il Sung", "김정은", "김정일", "김일성")


@dataclass(frozen=True, slots=True)
class File:
    """A file below ``tests/pages/``."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Item:
    """A link as a listing shows it. ``day`` is ISO, and empty where the listing names none that a layout knows."""

    url: str
    title: str = ""
    day: str = ""

    def line(self) -> str:
        return "\t".join((self.url, self.title, self.day))


def pair(path: str, html: str, article: Article, charset: str = "utf-8") -> Iterator[File]:
    """A page, and the text that reading it must give."""
    yield File(f"{path}.html", html.encode(charset, "xmlcharrefreplace"))
    yield File(f"{path}.txt", to_text(article).encode())


def listing(path: str, page: str, items: Sequence[Item], charset: str = "utf-8", suffix: str = "html") -> Iterator[File]:
    """A listing, and the links that reading it must give: address, title and day, a line each."""
    yield File(f"{path}.listing.{suffix}", page.encode(charset, "xmlcharrefreplace"))
    yield File(f"{path}.listing.txt", "".join(f"{item.line()}\n" for item in items).encode())


# Dirt: markup in a text that reads the same without it


_INLINE = (
    ("<b>", "</b>"),
    ("<strong><em>", "</em></strong>"),
    ('<span style="font-size:1.02em;letter-spacing:-0.01em">', "</span>"),
    ('<font face="PRK P Myongjo"><span lang="en">', "</span></font>"),
    ('<a href="/search?q=1" class="tag">', "</a>"),
)
_JOINTS = ("&shy;", "<wbr>", "&#173;", "<!-- cut -->")
_ENTITIES = ({"’": "&rsquo;", "“": "&ldquo;", "”": "&#8221;", "–": "&ndash;"}, {"’": "&#8217;", "'": "&#039;"}, {})


def dirty(text: str, rng: random.Random, name: Callable[[str], str] = escape, *, is_glued: bool = False) -> str:
    """``text`` as markup that reads the same; ``name`` writes the names of the leaders in it.

    ``is_glued`` leaves out the blanks around the names, as kcna.kp does in English.
    """
    around = " ?" if is_glued else ""
    pieces = re.split(f"{around}({'|'.join(LEADERS)}){around}", text)
    return "".join(name(piece) if at % 2 else _plain(piece, rng) for at, piece in enumerate(pieces))


def named(text: str, name: Callable[[str], str], *, is_glued: bool = False) -> str:
    """``text`` with the names of the leaders as ``name`` writes them, and no other markup: for what stands in a link."""
    around = " ?" if is_glued else ""
    pieces = re.split(f"{around}({'|'.join(LEADERS)}){around}", text)
    return "".join(name(piece) if at % 2 else escape(piece, quote=False) for at, piece in enumerate(pieces))


def _plain(text: str, rng: random.Random) -> str:
    table = rng.choice(_ENTITIES)
    words = ["".join(table.get(letter, letter) for letter in escape(word, quote=False)) for word in text.split(" ")]
    at = rng.randrange(7)
    while at < len(words):
        words[at] = _soiled(words[at], rng)
        at += rng.randrange(4, 13)
    return _spaced(words, rng)


def _soiled(word: str, rng: random.Random) -> str:
    """A word with a tag around it, or cut in two by what nobody sees."""
    if rng.random() < 0.5:
        opening, closing = rng.choice(_INLINE)
        return f"{opening}{word}{closing}" if word else word
    return f"{word[:2]}{rng.choice(_JOINTS)}{word[2:]}" if len(word) > 4 and word.isalpha() else word


def _spaced(words: Sequence[str], rng: random.Random) -> str:
    text = words[0]
    for word in words[1:]:
        chance = rng.random()
        text += ("&nbsp;" if chance < 0.04 else "\n        " if chance < 0.08 else " ") + word
    return text


# Bulk: what stands around an article


def styles(prefix: str, size: int) -> str:
    """About ``size`` characters of style sheet."""
    line = ".{0}-{1} > li:nth-child({2}) {{ padding: {2}px 4px; background: url(/img/{0}{1}.png) no-repeat; color: #{1:06x} }}\n"
    return "<style>\n" + _grown(lambda n: line.format(prefix, n * 7919 % 9999, n % 9 + 1), size) + "</style>\n"


def scripts(name: str, size: int) -> str:
    """About ``size`` characters of script, with pieces of markup in it that are none."""
    line = 'window.{0}.push({{"id":{1},"html":"<p class=\\"x\\">no paragraph {1}<\\/p>","at":"{2:02}:{3:02}"}});\n'
    body = _grown(lambda n: line.format(name, n * 104729 % 99991, n % 24, n * 7 % 60), size)
    return f"<script>\nwindow.{name} = [];\n{body}if (1 < 2 && '</' + 'div>') {{ {name}.length }}\n</script>\n"


def menu(entries: Sequence[str], path: str, size: int, *, is_closed: bool = True) -> str:
    """About ``size`` characters of menu; old sites leave the tags of its items open."""
    end = "</a></li>\n" if is_closed else "</a>\n"
    line = f'<li class="m{{0}}"><a href="{path}{{0:04}}"><img src="/img/m{{0}}.gif" width=4 height=4 alt="">{{1}}{end}'
    return "<ul>\n" + _grown(lambda n: line.format(n, entries[n % len(entries)]), size) + "</ul>\n"


def _grown(make: Callable[[int], str], size: int) -> str:
    lines: list[str] = []
    length = 0
    while length < size:
        lines.append(make(len(lines)))
        length += len(lines[-1])
    return "".join(lines)

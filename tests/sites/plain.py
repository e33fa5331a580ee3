"""Sites of whose articles nothing is known but where they are linked: Naenara's portal and Voice of Korea, read as any site."""

from __future__ import annotations

import random
from collections.abc import Iterator

from monitor.article import Article

from . import made, texts
from .made import File, Item

_NAENARA, _VOK = "http://naenara.com.kp", "http://vok.rep.kp"
_PORTAL = ("Politics", "Economy", "Tourism", "Culture", "History", "Foreign Trade", "Products", "Books", "Music")
_RADIO = ("News", "Revolutionary Activities", "Commentary", "Music", "Programme", "Frequencies")


def files() -> Iterator[File]:
    """An article of each, and their front pages."""
    yield from made.pair("naenara-site-en/article", _portal(texts.PORCELAIN, 1), texts.PORCELAIN)
    yield from made.listing("naenara-site-en/front", *_front(2))
    yield from made.pair("voice-of-korea-en/article", _radio(texts.FESTIVAL, 3), texts.FESTIVAL)
    yield from made.listing("voice-of-korea-en/front", *_dispatches(4))


def _portal(article: Article, dirt: int) -> str:
    rng = random.Random(dirt)
    day = article.published
    assert day is not None
    body = "\n".join(f"<p>{made.dirty(text, rng)}</p>" for text in article.paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{article.title} - Naenara</title>
{made.styles("nae", 9_000)}</head><body><div id="top">{made.menu(_PORTAL, "/main/index/en/", 9_000)}</div>
<div id="wrap"><div class="view"><h1>{article.title}</h1><div class="date">{day:%Y-%m-%d}</div>
<div class="text">{body}</div></div><div class="right"><ul>{_rest(12)}</ul></div></div>
<div id="foot"><p>Copyright 2003-2025 Korea Computer Center</p></div>{made.scripts("nae", 9_000)}</body></html>
"""


def _rest(count: int) -> str:
    return "".join(f'<li><a href="/main/index/en/item/{n}">Item {n}</a></li>' for n in range(count))


def _front(dirt: int) -> tuple[str, list[Item]]:
    items = [Item(f"{_NAENARA}/main/index/en/item/{n}", f"{texts.PORCELAIN.title}, Part {n}") for n in range(14)]
    shown = "".join(f'<div class="title"><a href="{each.url.removeprefix(_NAENARA)}">{each.title}</a></div>' for each in items)
    first = '<div class="title"><a href="/main/index/kr/first">조선말</a></div>'
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Naenara</title>{made.styles("n", 9_000)}</head><body>
{made.menu(_PORTAL, "/main/index/en/", 9_000, is_closed=False)}<div class="content">{shown}{first}</div>
<div class="banner"><a href="/main/index/en/ad">Ad {dirt}</a></div>{made.scripts("n", 9_000)}</body></html>
"""
    return page, items


def _radio(article: Article, dirt: int) -> str:
    rng = random.Random(dirt)
    day = article.published
    assert day is not None
    body = "\n".join(f"<p>{made.dirty(text, rng)}</p>" for text in article.paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{article.title} | Voice of Korea</title>
{made.styles("vok", 9_000)}</head><body>{made.menu(_RADIO, "/index.php/home/", 9_000)}
<div class="container"><div class="detail"><h2>{article.title}</h2><span class="date">{day.year}.{day.month}.{day.day}.</span>
<div class="detail_text">{body}</div></div><div class="side">{_links(range(30, 36))[0]}</div></div>
<footer><p>Voice of Korea, Pyongyang, DPRK</p></footer>{made.scripts("vok", 9_000)}</body></html>
"""


def _links(numbers: range) -> tuple[str, list[Item]]:
    shown, items = [], []
    for n in numbers:
        path = "detail_com/comde" if n % 4 else "revo_de"
        url = f"{_VOK}/index.php/{path}/ige2411{n:02}001/en"
        title = f"Dispatch number {n}"
        shown.append(f'<div><a href="{url.removeprefix(_VOK)}">· {title} (2024.11.{n % 28 + 1})</a></div>')
        items.append(Item(url, title))
    return "".join(shown), items


def _dispatches(dirt: int) -> tuple[str, list[Item]]:
    shown, items = _links(range(1, 19))
    video = '<a href="/index.php/detail_com/vi_video/ije220917004">Video</a>'
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Voice of Korea</title>
{made.styles("v", 9_000)}</head><body>
{made.menu(_RADIO, "/index.php/home/", 9_000, is_closed=False)}<div class="list">{shown}{video}</div>
{made.scripts("v", 9_000 + dirt)}</body></html>
"""
    return page, items

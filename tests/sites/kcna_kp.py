"""kcna.kp in both of its generations, in English and in Korean: articles, listings, and what is there without a session.

Of the pages it is known: where title, paragraphs, days and links of listings stand, how the days are written, and that the blanks
around a leader's name are missing (``<nobr><span class="fSpecCs">``). All else is made up; the pages that are called
``otherwise`` have it made up otherwise.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from monitor.article import Article

from . import made, texts
from .made import File, Item

HOST = "http://www.kcna.kp"
_LATEST = "/en/article/list/a666dda1282180e0ee1b4427b0574ae7"
TOKEN = "b1946ac9-7c21-4f0a-9d3e-0d1f5a2c77e1"  # noqa: S105  made up, like the page
_MENU = ("Latest News", "Top News", "Revolutionary Activities", "Home News", "Documents", "World", "Social Life", "External")
_MENU_KR = ("중요소식", "혁명활동소식", "국내소식", "문건", "국제소식", "사회생활", "대외관계", "혁명일화")


def files() -> Iterator[File]:
    """The articles of both editions and generations, and their listings."""
    yield from made.pair("kcna-en/2022-juche", old_page(texts.POULTRY, "(Juche113.8.3.)", 1), texts.POULTRY)
    yield from made.pair("kcna-en/2022-gregorian", old_page(texts.PLANT, "[2024.10.30.]", 2), texts.PLANT)
    yield from made.pair("kcna-en/2022-otherwise", _old_otherwise(texts.POULTRY, 3), texts.POULTRY)
    yield from made.pair("kcna-en/2026", new_page(texts.CONGRESS, 4), texts.CONGRESS)
    yield from made.pair("kcna-en/2026-otherwise", _new_otherwise(texts.CONGRESS, 5), texts.CONGRESS)
    yield from made.pair("kcna-kr/2022", old_page(texts.SALTERN, "[2025.6.12.]", 6, "kp"), texts.SALTERN)
    yield from made.pair("kcna-kr/2026", new_page(texts.SALTERN_LATER, 7, "kp"), texts.SALTERN_LATER)
    yield from made.listing("kcna-en/2022", *_old_listing(8))
    yield from made.listing("kcna-en/2026", *_new_listing(9))
    yield from made.listing("kcna-en/2026-without-session", without_session(10), ())


def new_address(number: int, edition: str = "en") -> str:
    """The address of an article, since July 2026."""
    return f"{HOST}/{edition}/article/detail/{_hex(number)}"


def old_address(number: int, edition: str = "en") -> str:
    """The address of an article, from 2022 on."""
    return f"{HOST}/{edition}/article/q/{_hex(number + 7)}.kcmsf"


def _hex(number: int) -> str:
    return f"{random.Random(number).getrandbits(128):032x}"


def _name(name: str) -> str:
    return f'<nobr><span class="fSpecCs">{name.replace(" ", "&nbsp;")}</span></nobr>'


def _nested(name: str) -> str:
    return f'<nobr><strong><nobr><span class="fSpecCs" style="color:#AE0101">{name}</span></nobr></strong></nobr>'


def _paragraphs(article: Article, rng: random.Random, edition: str) -> str:
    """The paragraphs, with tags that stay open, empty ones, and a comment between them."""
    lines = []
    for at, text in enumerate(article.paragraphs):
        name = _nested if at == len(article.paragraphs) - 1 else _name
        lines.append(f"<p>{made.dirty(text, rng, name, is_glued=edition == 'en')}{'</p>' if at % 3 else ''}")
        if at % 4 == 1:
            lines.append('<p class="empty">&nbsp;</p><!-- <p>an older draft</p> -->')
    return "\n    ".join(lines)


def _title(article: Article, edition: str) -> str:
    return made.dirty(article.title, random.Random(0), _name, is_glued=edition == "en")


def old_page(article: Article, day: str, dirt: int, edition: str = "en") -> str:
    """An article as the site had it from 2022 on; ``day`` as it is written on the page."""
    rng = random.Random(dirt)
    return f"""<!DOCTYPE html>
<html lang="{edition}">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{_title(article, edition)}</title>
<link rel="stylesheet" href="/css/common.css?v={dirt}">
{made.styles("kcna", 6_000)}{made.scripts("kcmsf", 5_000)}</head>
<body id="top" class="{edition} articles">
<div class="header"><a href="/{edition}"><img src="/images/logo.png" alt="KCNA"></a>
<span class="today">{date(2026, 2, 5 + dirt):%Y.%-m.%-d.}</span></div>
<div class="main-container">
 <div class="left-menu">{made.menu(_menu(edition), f"/{edition}/category/articles/q/", 8_000, is_closed=False)}</div>
 <div class="content">
  <div class="article-main-title">
     {_title(article, edition)}
  </div>
  <div class="media-icon"><a href="/{edition}/media/photo/q/{_hex(dirt)}.kcmsf"><i class="icon-photo"></i></a></div>
  <div class="article-content-body">
   <div class="content-wrapper">
    {_paragraphs(article, rng, edition)}
    {_day(day, dirt)}
   </div>
  </div>
  <div class="bottom"><a href="javascript:window.print()">Print</a><p class="copy">Copyright 2022 KCNA</p></div>
 </div>
 <div class="right">{_others(edition)}</div>
</div>
{made.scripts("tail", 3_000)}</body>
</html>
"""


def _day(day: str, dirt: int) -> str:
    """Behind the text; on some pages it is a paragraph of its own."""
    span = f"<span class='publish-time'>www.kcna.kp {day}</span>"
    return span if dirt % 2 else f"<p>{span}</p>"


def _menu(edition: str) -> Sequence[str]:
    return _MENU if edition == "en" else _MENU_KR


def _others(edition: str) -> str:
    """Other articles in the margin: links, days and titles that are not those of the page."""
    items = (
        f'<li><a href="/{edition}/article/q/{_hex(n)}.kcmsf">Item {n} of the day <span class="time">[2026.1.{n}.]</span></a></li>'
        for n in range(1, 20)
    )
    return f"<ul class='others'>{''.join(items)}</ul>"


def _old_otherwise(article: Article, dirt: int) -> str:
    """The same article where all that is not known is otherwise: no menus, tables, the day before the text, in a table's cell."""
    rng = random.Random(dirt)
    return f"""<html><head><title>KCNA</title>{made.styles("t", 9_000)}</head><body bgcolor=white>
<table width=100%><tr><td>{made.menu(_MENU, "/m/", 6_000)}<td valign=top>
<h1>Korean Central News Agency</h1><h2>Latest News</h2>
<table><tr><td><span class="publish-time">[Juche113.8.3.]</span></table>
<div class="box article-main-title"><font size=5>{_title(article, "en")}</font></div>
<div class="article-content-body x"><div class="content-wrapper justify">
{_paragraphs(article, rng, "en")}
</div><div class="tools"><p>A+ A-</div></div>
</table>{made.scripts("z", 12_000)}"""


def new_page(article: Article, dirt: int, edition: str = "en") -> str:
    """An article as the site has it since July 2026: no day on the page."""
    rng = random.Random(dirt)
    return f"""<!doctype html>
<html lang="{"ko" if edition == "kp" else edition}" class="h-full">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="_csrf" content="{TOKEN}"><meta name="_csrf_header" content="X-CSRF-TOKEN">
<title>KCNA</title>
{made.styles("tw", 9_000)}</head>
<body class="bg-white">
<header class="sticky"><nav>{made.menu(_menu(edition), f"/{edition}/article/list/", 9_000)}</nav>
<p class="today">{date(2026, 7, 20 + dirt):%A, %B %-d, %Y}</p></header>
<main>
 <article>
  <div class="container mx-auto px-4">
   <h1 class="text-center text-2xl font-bold">{_title(article, edition)}</h1>
   <a class="gallery_button" href="/{edition}/gallery/detail/{_hex(dirt)}">Photos</a>
    {_paragraphs(article, rng, edition)}
  </div>
 </article>
</main>
<aside><h1>Top News</h1>{_others(edition)}</aside>
<footer><p>Copyright {chr(169)} KCNA</p></footer>
{made.scripts("app", 8_000)}</body>
</html>
"""


def _new_otherwise(article: Article, dirt: int) -> str:
    """The same article with other surroundings: no head, headings and paragraphs before and behind, one more article."""
    rng = random.Random(dirt)
    return f"""<body><div id=app><section><h1>KCNA</h1><p>Juche 115 (2026)</p>
{made.menu(_MENU, "/x/", 12_000, is_closed=False)}</section>
<main class="grid"><article class="prose"><div class="flex container">
<h1>{_title(article, "en")}</h1>
{_paragraphs(article, rng, "en")}
<!-- end --></div><div class="share"><p>Share this</p></div></article></main>
<section class="related"><article><div class="container"><h1>Another</h1><p>Another article's text.</p></div></article></section>
{made.scripts("q", 16_000)}</div>"""


# Listings


def _old_listing(dirt: int) -> tuple[str, list[Item]]:
    days = [("2024-10-30", "[2024.10.30.]"), ("2024-10-29", "[2024.10.29.]"), ("2024-08-03", "[Juche113.8.3.]")]
    shown, items = [], []
    for n in range(12):
        title = replace(texts.PLANT if n % 2 else texts.POULTRY).title + f" ({n})"
        day, written = days[n // 4]
        path = old_address(n).removeprefix(HOST)
        linked = made.named(title, _name, is_glued=True)
        shown.append(f'<li><a href="{path}" target=_blank>{linked} <span class="publish-time">{written}</span></a>')
        items.append(Item(old_address(n), title, day))
    page = f"""<!DOCTYPE html><html lang="en"><head><title>KCNA | Article | Latest News</title>
{made.styles("l", 7_000)}</head><body id="top" class="en articles"><div class="main-container">
{made.menu(_MENU, "/en/category/articles/q/", 9_000, is_closed=False)}
<div><div class="article-wrapper"><ul class="article-link">{chr(10).join(shown)}</ul></div></div>
<form method="post" action="/en/category/articles.kcmsf"><input type="hidden" name="_token" value="88ec0310"></form>
<a href="javascript:page(2)">Next</a></div>{made.scripts("list", 6_000)}</body></html>"""
    return page, items


def listing_page(items: Sequence[Item], number: int, last: int, token: str = TOKEN, path: str = _LATEST) -> str:
    """A page of a listing, since July 2026; with the form by which the others are asked for."""
    shown = "\n".join(_listed(item) for item in items)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>KCNA</title>{made.styles("tw", 8_000)}</head><body>
<header><nav>{made.menu(_MENU, "/en/article/list/", 9_000)}</nav></header>
<main><section><h1>Latest News</h1>
{shown}
<form id="article_form" method="POST" action="{path}">
 <input type="hidden" name="page_num" value="{number}"><input type="hidden" name="cnt_per_page" value="15">
 <input type="text" name="keyword" value=""><input type="hidden" name="_csrf" value="{token}"/>
</form></section></main>
<script>var total={last * 15}; var cur_page={number}; var per_page=15; var page_cnt={last};</script>
{made.scripts("app", 8_000)}</body></html>
"""


def _listed(item: Item) -> str:
    year, month, day = map(int, item.day.split("-"))
    title = made.named(item.title, _name, is_glued=True)
    return f"""<div class="article">
  <h5 class="block"><a href="{item.url.removeprefix(HOST)}">{title}</a> <nobr>[{year}.{month}.{day}.]</nobr></h5>
  <a class="gallery_button" href="/en/gallery/detail/{_hex(len(item.url))}"><i></i></a>
</div>"""


def _new_listing(dirt: int) -> tuple[str, list[Item]]:
    items = [
        Item(new_address(100 + n), f"{texts.CONGRESS.title} ({n})", date(2026, 7, 19 - n // 3).isoformat()) for n in range(15)
    ]
    return listing_page(items, 1, 36), items


def without_session(dirt: int) -> str:
    """What the site answers with status 200 to somebody without its cookie."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>KCNA</title>
{made.styles("tw", 8_000)}</head><body>
<header><nav>{made.menu(_MENU, "/en/article/list/", 9_000)}</nav></header>
<main>
</main>
<footer><p>Copyright {chr(169)} KCNA {2020 + dirt}</p></footer>{made.scripts("app", 8_000)}</body></html>
"""

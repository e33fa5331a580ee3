"""rodong.rep.kp in its three generations, in English and in Korean, and its list of the day.

Known are the classes of headline, day and paragraphs, how the days are written, and how an address is made. The rest is made up,
and made up otherwise in the pages that are called ``otherwise``.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from html import escape

from monitor.article import Article

from . import made, texts
from .made import File, Item

HOST = "http://www.rodong.rep.kp"
_MENU = ("Front Page", "Revolutionary Activities", "In the DPRK", "International", "Culture", "Photo", "Video")


def files() -> Iterator[File]:
    """The articles of all generations, and a listing."""
    yield from made.pair("rodong-en/2025", _newest(texts.ORCHARD, "Feb. 19, 2026 Thursday", 1), texts.ORCHARD)
    yield from made.pair("rodong-en/2025-otherwise", _newest_otherwise(texts.ORCHARD, 2), texts.ORCHARD)
    yield from made.pair("rodong-en/2022", _middle(texts.BRIDGE, 3), texts.BRIDGE)
    yield from made.pair("rodong-en/2022-otherwise", _middle_otherwise(texts.BRIDGE, 4), texts.BRIDGE)
    yield from made.pair("rodong-en/2013", _oldest(texts.LIBRARY, 5), texts.LIBRARY)
    yield from made.pair("rodong-ko/2025", _newest(texts.FIELD, "2026.2.24. 화요일", 6, "ko"), texts.FIELD)
    yield from made.listing("rodong-en/2025", *_listing(7))


def address(day: str, serial: str, *rest: int, edition: str = "en") -> str:
    """The address of an article: one for each list that links to it, which ``rest`` stands for."""
    words = f"12@{day}-{serial}@" + "@".join(map(str, rest))
    return f"{HOST}/{edition}/index.php?{base64.b64encode(words.encode()).decode()}"


def old_address(day: str, serial: str) -> str:
    """The address of an article until 2022."""
    return f"{HOST}/en/index.php?strPageID=SF01_02_01&newsID={day}-{serial}"


def _name(name: str) -> str:
    return f'<nobr><font class="fSpecCs"><b>{name}</b></font></nobr>'


def _newest(article: Article, day: str, dirt: int, edition: str = "en") -> str:
    rng = random.Random(dirt)
    body = "\n".join(_paragraph(article, at, rng) for at in range(len(article.paragraphs)))
    return f"""<!DOCTYPE html>
<html lang="{edition}"><head><meta charset="utf-8"><meta name="author" content="Rodong">
<title>Rodong Sinmun</title>{made.styles("rs", 6_000)}{made.scripts("viewer", 5_000)}</head>
<body onload="init('{dirt}')">
<div id="header">{made.menu(_MENU, "index.php?MkBAMkAxQA", 7_000)}<div id="today">Wednesday, November 18, 2026</div></div>
<div id="PathBar">Home &gt; Today's Articles &gt; 543</div>
<div id="articleContent" class="article-content" style="display: block;">
 <div class="controls"><button>A+</button><span>3 / 543</span><div id="article-date"> {day}
 </div></div>
 <div class="container" id="ContDIV">
  <p class="TitleP">{made.dirty(article.title, rng, _name)}</p>
{body}
 </div>
 <div id="photoContent" style="display:none"><p class="cap">Photo</p></div>
</div>
<div id="moveNews">{_others(edition)}</div>
<div id="footer"><p>Copyright (c) by Rodong Sinmun {2010 + dirt}</p></div>{made.scripts("player", 6_000)}</body></html>
"""


def _paragraph(article: Article, at: int, rng: random.Random) -> str:
    text = article.paragraphs[at]
    kind = "TextP"
    if len(text) < 60 and not text.endswith((".", "”", "다.")):
        kind = "WriterP" if at == len(article.paragraphs) - 1 else "HeadP" if at == 0 else "SubTitleP"
    return f'  <p class="{kind}" style="text-indent:1em">{made.dirty(text, rng, _name)}</p>{"<br>" if at % 3 == 2 else ""}'


def _others(edition: str) -> str:
    return "".join(
        f'<div class="row"><a href="{address("2026-02-19", f"{n:03}", 3, n, edition=edition)}">Item {n}</a>'
        f'<span class="news_date">2026.2.{n}.</span></div>'
        for n in range(1, 16)
    )


def _newest_otherwise(article: Article, dirt: int) -> str:
    """All that is not known otherwise: a frame of tables, the day behind the text, the headline of an activity, open tags."""
    rng = random.Random(dirt)
    body = "<div>".join(_paragraph(article, at, rng).replace("</p>", "") for at in range(len(article.paragraphs)))
    return f"""<html><body><table><tr><td><h1>RODONG SINMUN</h1><h2>Organ of the C.C.</h2>
{made.menu(_MENU, "?", 9_000, is_closed=False)}
<td><p class="RevoTitleP">{made.dirty(article.title, rng, _name)}</p><div class="wide">{body}</div>
<span id="article-date">Feb 19, 2026 Thursday</span></table><p>Contact us</p>{made.scripts("x", 14_000)}"""


def _middle(article: Article, dirt: int) -> str:
    rng = random.Random(dirt)
    body = "\n".join(f'<p class="ArticleContent">{made.dirty(text, rng, _name)}</p>' for text in article.paragraphs)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Rodong Sinmun</title>{made.styles("r", 8_000)}</head><body>
<div class="container">{made.menu(_MENU, "index.php?", 9_000, is_closed=False)}<div class="row"><div class="col-sm-8">
<div class="news_Title">{made.dirty(article.title, rng, _name)}</div>
<div class="NewsDetail"><span class="NewsDate">{_day(article)}</span> <a href="#">Share</a></div>
{body}</div><div class="col-sm-4">{_others("en")}</div></div></div>{made.scripts("m", 9_000)}</body></html>
"""


def _middle_otherwise(article: Article, dirt: int) -> str:
    rng = random.Random(dirt)
    body = "".join(f'<tr><td><p align=justify class="ArticleContent big">{made.dirty(t, rng, _name)}' for t in article.paragraphs)
    return f"""<title>Untitled</title><body><h1>Rodong</h1><p>Vol. 2</p>{made.menu(_MENU, "?", 12_000)}
<center><span class="x NewsDate">&nbsp;{_day(article)} (Monday)</span></center>
<div class="big news_Title"><i>{escape(article.title)}</i></div>
<table>{body}</table>{made.scripts("n", 15_000)}"""


def _day(article: Article) -> str:
    day = article.published
    assert day is not None
    return f"{day.year}.{day.month}.{day.day}."


def _oldest(article: Article, dirt: int) -> str:
    """The first paragraph is the headline, and there is no day."""
    rng = random.Random(dirt)
    lines = (article.title, *article.paragraphs)
    body = "\n".join(f'<p class="ArticleContent">&nbsp;{made.dirty(text, rng, _name)}</p>' for text in lines)
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"><html><head><title>Rodong Sinmun</title>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">{made.styles("o", 9_000)}</head><body>
<div id="mainDIV">{made.menu(_MENU, "index.php?strPageID=SF01_01_02&iMenuID=", 9_000, is_closed=False)}
<div class="revo_Title"><ul><li><a href="javascript:show('SF01')">More</a><span class="revo_date">2018.1.2.</span></ul></div>
<div id="text">{body}</div></div>{made.scripts("old", 9_000)}</body></html>
"""


def _listing(dirt: int) -> tuple[str, list[Item]]:
    shown, items = [], []
    for n in range(1, 13):
        day = f"2026-02-{19 - n // 4:02}"
        url, title = address(day, f"{n:03}", 3, n, "", 0, 3), f"{texts.ORCHARD.title}, Part {n}"
        year, month, number = map(int, day.split("-"))
        shown.append(
            f'<div class="row"><div class="col-sm-9"><div class="media-body"><a href="{url.rpartition("/")[2]}">'
            f"{made.named(title, _name)}</a></div></div>"
            f'<div class="col-sm-3">Page {n % 6 + 1}</div><div class="news_date">{year}.{month}.{number}.</div></div>'
        )
        items.append(Item(url, title, day))
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Rodong Sinmun</title>{made.styles("l", 8_000)}</head><body>
{made.menu(_MENU, "index.php?MUBAM0", 9_000, is_closed=False)}
<div id="revoList"><div class="date_news_list">{chr(10).join(shown)}</div></div>
<a href="index.php?{base64.b64encode(b"10@2026-02-19-016@@@@@@@21").decode()}">A video</a>
<a class="page_link" href="index.php?{base64.b64encode(b"2@@2@2@").decode()}">2</a>{made.scripts("s", 8_000)}</body></html>
"""
    return page, items

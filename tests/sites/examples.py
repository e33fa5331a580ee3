"""The example sites, none of which exists: one that is made with WordPress, a plain one with RSS, a Korean daily in EUC-KR."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from html import escape

from monitor.article import Article

from . import made
from .made import File, Item

_GAZETTE, _MILBROOK, _HANGANG = "https://gazette.example", "https://milbrook.example", "http://hangang.example"
FERRY = Article(
    publication="The Harbour Gazette",
    title="Ferry to Skerry Island Cut Back to “Three Days a Week”",
    published=date(2026, 2, 5),
    paragraphs=(
        "The ferry to Skerry Island will sail on only three days a week from March, the harbour board said on Thursday.",
        "The board’s chair, Agnes Holm, blamed the price of fuel, which has risen by 31% since the summer.",
        "“We were told in October that nothing would change,” said Tom Varley, who runs the island’s only shop.",
        "What the new timetable means",
        "Mondays, Wednesdays and Fridays: 07:30 and 16:45",
        "Holidays: 10:00 only",
        "A petition against the cut had 1,204 signatures by Thursday evening – on an island of 380 people.",
        "The board meets again on February 19.",
    ),
)
NOTICE = Article(
    publication="Town of Milbrook",
    title="Water to be turned off in Mill Lane and Church Street",
    published=date(2026, 1, 28),
    paragraphs=(
        "Residents of Mill Lane and Church Street are asked to note that water will be turned off on Monday, 2 February, "
        "from 8 am to "
        "about 3 pm, while the main under the crossing is replaced.",
        "Please fill a kettle and a bucket the night before, and keep taps closed while the water is off. When it comes "
        "back it may "
        "be brown for a few minutes, which is harmless.",
        "A tank with drinking water will stand in front of the town hall from 7.30 am. Anybody who cannot fetch water "
        "may ring the "
        "office on 01632 960 114, and we will bring it to the door.",
        "The work was to be done in November. It was put off because the pipes that were delivered did not fit.",
    ),
)
MARKET = Article(
    publication="한강일보",
    title="전통시장 새벽 경매 40년… “값은 눈으로 매긴다”",
    published=date(2023, 3, 13),
    paragraphs=(
        "새벽 두 시, 나루시장 경매장에 불이 켜진다. 상인 60여 명이 배추 더미 사이를 말없이 오간다.",
        "경매사 윤도현(61)씨는 이 자리에서 40년을 보냈다. 그는 “값은 눈으로 매기고 손으로 말한다”고 했다.",
        "지난해 이곳에서 팔린 채소는 1만2천 톤이다. 10년 전보다 18.4% 줄었다.",
        "단골들은 그를 ‘똠방 아저씨’라 부른다. 옛 드라마에 나온 사람과 걸음이 닮아서다.",
        "시는 오는 9월까지 경매장 지붕을 고치고 냉장 창고 두 동을 새로 짓기로 했다.",
        "상인회는 공사 기간에도 경매를 멈추지 않겠다고 밝혔다.",
        "이서연 기자 seoyeon@hangang.example",
    ),
)


def files() -> Iterator[File]:
    """An article of each site in its usual form and in another, and what they are found by."""
    yield from made.pair("example-wordpress/classic", _classic(FERRY, 1), FERRY)
    yield from made.pair("example-wordpress/blocks", _blocks(FERRY, 2), FERRY)
    yield from made.listing("example-wordpress/feed", *_feed(_GAZETTE, FERRY.title), suffix="xml")
    yield from made.pair("example-rss/notice", _notice(NOTICE), NOTICE)
    yield from made.listing("example-rss/notices", *_plain_feed(), suffix="xml")
    yield from made.pair("example-euckr/article", _korean(MARKET, 3), MARKET, "cp949")  # it says EUC-KR, and 똠 is none of it
    yield from made.listing("example-euckr/list", *_korean_list(), "euc-kr")


# WordPress


def _body(article: Article, rng: random.Random) -> str:
    first, second, quote, head, *rows, signed, last = (made.dirty(text, rng) for text in article.paragraphs)
    listed = "".join(f"<li>{row}</li>" for row in rows)
    return f"""<p class="has-drop-cap">{first}</p>
<div class="code-block code-block-2"><script>ads.push(1)</script><p>Advertisement</p></div>
<p>{second}</p><blockquote class="wp-block-quote"><p>{quote}</p></blockquote>
<h3>{head}</h3><ul class="wp-block-list">{listed}</ul><p>{signed}</p><p></p><p>{last}</p>
<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul><li><a href="#">Print</a></li></ul></div>
<div class='jp-relatedposts'><h3><em>Related</em></h3><p>Another article</p></div>"""


def _head(article: Article, size: int) -> str:
    return f"""<meta charset="UTF-8"><title>{escape(article.title)} &#8211; {article.publication}</title>
<meta property="article:published_time" content="{article.published}T18:40:12+00:00">
<link rel="alternate" type="application/rss+xml" title="Feed" href="{_GAZETTE}/feed/">
{made.styles("wp", size)}{made.scripts("wpemoji", size // 2)}"""


def _classic(article: Article, dirt: int) -> str:
    rng = random.Random(dirt)
    return f"""<!DOCTYPE html><html lang="en-GB"><head>{_head(article, 16_000)}</head><body class="single single-post">
<header id="masthead"><p class="site-title"><a href="/">{article.publication}</a></p>
{made.menu(("Town", "Sea"), "/c/", 12_000)}</header>
<main id="main"><article id="post-{dirt}" class="post">
<header class="entry-header"><h1 class="entry-title">{escape(article.title)}</h1>
<div class="entry-meta">Posted on
<time class="entry-date published" datetime="{article.published}T18:40:12+00:00">5 February</time>
<time class="updated" datetime="2026-02-07T09:00:00+00:00">7 February</time> by <a href="/author/x">Ida Moss</a></div></header>
<div class="entry-content">{_body(article, rng)}</div></article>
<nav class="post-navigation"><a href="/p">Previous</a></nav>
<div id="comments"><h2>2 thoughts</h2><p>Shame on them!</p>
<time datetime="2026-02-06T07:00:00+00:00">6 February</time></div></main>
<aside><h2>Recent</h2>{made.menu(("Older article", "Another one"), "/2026/", 9_000)}</aside>
{made.scripts("tail", 9_000)}</body></html>
"""


def _blocks(article: Article, dirt: int) -> str:
    """The same in a theme made of blocks: other classes, no date but in the head."""
    rng = random.Random(dirt)
    return f"""<!DOCTYPE html><html lang="en-GB"><head>{_head(article, 20_000)}</head><body class="wp-embed-responsive">
<div class="wp-site-blocks"><header class="wp-block-template-part">{made.menu(("Town", "Sea"), "/c/", 10_000)}</header>
<main><h1 class="has-text-align-center wp-block-post-title">{escape(article.title)}</h1>
<div class="wp-block-post-date">Yesterday</div>
<div class="entry wp-block-post-content is-layout-flow">{_body(article, rng)}
<ul class="wp-block-social-links"><li>X</li></ul></div>
<form><p>Leave a comment</p></form></main></div>{made.scripts("tail", 12_000)}</body></html>
"""


def _feed(host: str, title: str) -> tuple[str, list[Item]]:
    items, shown = [], []
    for n in range(10):
        day = date(2026, 2, 5) - timedelta(days=n)
        url = f"{host}/{day:%Y/%m/%d}/ferry-{n}/"
        shown.append(
            f"<item><title>{escape(title)} ({n})</title><link>{url}</link><comments>{url}#comments</comments>"
            f"<dc:creator><![CDATA[Ida Moss]]></dc:creator><pubDate>{day:%a, %d %b %Y} 18:40:12 +0000</pubDate>"
            f'<guid isPermaLink="false">{host}/?p={n}</guid>'
            f"<description><![CDATA[<p>The ferry &#8230;</p>]]></description></item>"
        )
        items.append(Item(url, f"{title} ({n})", day.isoformat()))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>The Harbour Gazette</title><link>{host}</link>{''.join(shown)}</channel></rss>\n"
    ), items


# A plain site


def _notice(article: Article) -> str:
    """Written by hand in the nineties, and never since: no class anywhere, tags that stay open."""
    day = article.published
    assert day is not None
    body = "\n<p>".join(escape(text) for text in article.paragraphs)
    return f"""<HTML><HEAD><TITLE>{article.title}</TITLE></HEAD><BODY BGCOLOR="#FFFFF0">
<TABLE WIDTH="100%"><TR><TD><IMG SRC="/arms.gif" ALT="Arms of the town"><TD><FONT SIZE=2>
{made.menu(("Office", "Council"), "/o", 6_000)}</FONT>
</TABLE><HR><H1>{article.title}</H1>
<P><I>{day.day} {day:%B %Y}</I>
<P>{body}
<HR><ADDRESS>Town office, 1 Market Square. <A HREF="/notices.rss">Notices as RSS</A></ADDRESS></BODY></HTML>
"""


def _plain_feed() -> tuple[str, list[Item]]:
    items, shown = [], []
    for n in range(8):
        url, title = f"{_MILBROOK}/notices/{4100 - n}.html", f"Notice number {4100 - n}"
        shown.append(f"<item><title>{title}</title><link>/notices/{4100 - n}.html</link></item>\n")
        items.append(Item(url, title))
    page = f'<rss version="0.91"><channel><title>Notices</title><link>{_MILBROOK}/</link>{"".join(shown)}</channel></rss>\n'
    return page, items


# A Korean daily


def _korean(article: Article, dirt: int) -> str:
    rng = random.Random(dirt)
    day = article.published
    assert day is not None
    first, *rest, byline = (made.dirty(text, rng) for text in article.paragraphs)
    loose = "<br><br>\n".join(rest)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=euc-kr"><title>{article.title} - 한강일보</title>
{made.styles("hg", 12_000)}{made.scripts("hg", 8_000)}</head><body>
<div id="header">
{made.menu(("정치", "경제", "사회", "문화", "지역", "사설"), "/news/articleList.html?sc=", 12_000, is_closed=False)}
</div>
<div class="article-head"><div class="article-head-title">{article.title}</div>
<div class="info-text"><ul><li>이서연 기자</li>
<li>입력 {day.year}년 {day.month}월 {day.day}일 09:30</li>
<li>수정 2023년 3월 14일 11:02</li></ul></div></div>
<div id="article-view-content-div" class="text"><p>{first}</p>
<div class="ad-inside"><p>광고</p></div>
{loose}<br><br><b>{byline}</b><div class="view-copyright">저작권자 &copy; 한강일보 무단전재 및 재배포 금지</div>
<table class="related"><tr><td><a href="/news/articleView.html?idxno=77">관련기사</a></table></div>
<div id="right"><h3>많이 본 뉴스</h3>{made.menu(("오늘의 날씨", "독자 투고"), "/news/articleView.html?idxno=", 6_000)}</div>
{made.scripts("tail", 8_000)}</body></html>
"""


def _korean_list() -> tuple[str, list[Item]]:
    items, shown = [], []
    for n in range(20):
        url, title = f"{_HANGANG}/news/articleView.html?idxno={88200 - n}", f"나루시장 소식 {n + 1}편"
        shown.append(
            f'<li><h4 class="title"><a href="{url.removeprefix(_HANGANG)}">{title}</a></h4>'
            f"<em>사회</em><em>2023.03.{13 - n // 2:02} 09:30</em>"
        )
        items.append(Item(url, title, f"2023-03-{13 - n // 2:02}"))
    page = f"""<html><head><meta charset="euc-kr"><title>전체기사 - 한강일보</title>{made.styles("l", 10_000)}</head><body>
{made.menu(("정치", "경제"), "/news/articleList.html?sc=", 10_000, is_closed=False)}<ul class="news-list">{"".join(shown)}</ul>
<div class="paging"><b>1</b><a href="articleList.html?page=2">2</a></div>
<div class="best"><h4><a href="/news/articleView.html?idxno=1">많이 본 뉴스</a></h4></div>{made.scripts("l", 8_000)}</body></html>
"""
    return page, items

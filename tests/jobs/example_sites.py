"""Small whole sites in as many styles: pages, feeds, sitemaps, and what each of their articles says.

They are as real sites are: menus, boxes beside the text, share buttons, notes under every article, related stories, hashed class
names, tables, an old encoding. Each has twelve articles. :class:`Served` answers like a fetcher, :func:`answer` like a server.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html import escape
from urllib.parse import urlsplit

from monitor.model import Capture, Request
from monitor.settings import Source

COUNT = 12
AT = datetime(2025, 11, 1, 12, tzinfo=UTC)
FIRST = date(2025, 10, 27)

_WHO = ("The council", "A committee", "The harbour authority", "Farmers in the valley", "The ministry", "Local teachers",
        "Engineers", "The regional court", "Residents", "The museum", "A spokeswoman", "The rail company")  # fmt: skip
_DID = ("approved", "postponed", "rejected", "announced", "inspected", "welcomed", "questioned", "completed", "opened", "closed")
_WHAT = ("the new bridge", "a plan for the old market", "the repair of the dam", "the school budget", "a second reservoir",
         "the timetable for winter", "the restoration of the theatre", "a report on river levels", "the sale of the depot",
         "an inquiry into the fire", "the exhibition of maps", "a treaty on fishing rights")  # fmt: skip
_WHEN = ("on Monday", "after a long debate", "without a vote", "for the third time this year", "despite objections",
         "in front of some two hundred people", "late in the evening", "as expected")  # fmt: skip
_WHY = ("because costs had doubled since spring", "while neighbouring towns look on", "saying that safety comes first",
        "although the weather is expected to turn", "and asked for comments by the end of the month",
        "which had been in preparation for nine years", "as the old one can no longer be mended")  # fmt: skip
_KO_WHO = ("시의회는", "농민들은", "교육부는", "주민들은", "박물관측은", "기술자들은", "항만공사는", "위원회는")
_KO_WHAT = (
    "새로운 다리 건설 계획을",
    "학교 예산안을",
    "저수지 보수 공사를",
    "극장 복원 사업을",
    "겨울철 열차 시간표를",
    "지도 전시회를",
)
_KO_DID = (
    "오랜 토론 끝에 승인하였다.",
    "다시 한번 연기하였다.",
    "주민들 앞에서 발표하였다.",
    "비용 문제로 거부하였다.",
    "예정대로 끝마쳤다.",
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What an article says."""

    title: str
    day: date
    paragraphs: tuple[str, ...]
    number: int

    @property
    def slug(self) -> str:
        return "-".join(word.lower().strip(",.") for word in self.title.split())


@dataclass
class Site:
    """A site: what each address answers (bytes and content type), and what its articles say, by address."""

    name: str
    host: str
    start: str = "/"
    encoding: str = "utf-8"
    pages: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    articles: dict[str, Truth] = field(default_factory=dict)

    def put(self, path: str, text: str, kind: str = "text/html; charset=utf-8") -> None:
        self.pages[path] = (text.encode(self.encoding), kind)

    def put_article(self, path: str, truth: Truth, text: str, kind: str = "text/html; charset=utf-8") -> None:
        self.articles[path] = truth
        self.put(path, text, kind)


def _sentence(chance: random.Random) -> str:
    return f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)} {chance.choice(_WHEN)}, {chance.choice(_WHY)}."


def truths(seed: str, *, korean: bool = False) -> list[Truth]:
    """The articles of a site, the newest first; no two have the same title."""
    chance, found, titles = random.Random(seed), [], set[str]()
    while len(found) < COUNT:
        if korean:
            title = f"{chance.choice(_KO_WHO)} {chance.choice(_KO_WHAT)} 논의 {len(found) + 1}차"
            body = tuple(
                " ".join(f"{chance.choice(_KO_WHO)} {chance.choice(_KO_WHAT)} {chance.choice(_KO_DID)}" for _ in range(4))
                for _ in range(chance.randint(4, 8))
            )
        else:
            title = f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)}".replace("The ", "", 1).capitalize()
            body = tuple(" ".join(_sentence(chance) for _ in range(chance.randint(2, 4))) for _ in range(chance.randint(4, 9)))
        if title not in titles:
            titles.add(title)
            found.append(Truth(title, FIRST - timedelta(days=3 * len(found)), body, 10_200 + 37 * (COUNT - len(found))))
    return found


def _p(paragraphs: tuple[str, ...], tag: str = "<p>") -> str:
    end = "</p>" if tag else ""
    return "\n".join(f"{tag}{escape(each)}{end}" for each in paragraphs)


def _rss(site: Site, entries: list[tuple[str, Truth]]) -> str:
    items = "".join(
        f"<item><title>{escape(truth.title)}</title><link>https://{site.host}{path}</link>"
        f"<pubDate>{truth.day:%a, %d %b %Y} 09:00:00 +0000</pubDate><description>{escape(truth.paragraphs[0][:90])}</description></item>"
        for path, truth in entries
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{site.name}</title>'
        f"<link>https://{site.host}/</link><description>x</description>{items}</channel></rss>"
    )


def _sitemap(site: Site, paths: list[str]) -> str:
    inside = "".join(f"<url><loc>https://{site.host}{path}</loc></url>" for path in paths)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</urlset>'


def wordpress() -> Site:
    """WordPress as it comes: a feed, a sitemap, share buttons, tags and related posts inside the article's element."""
    site = Site("Valley Herald", "valleyherald.example")
    found = [(f"/{truth.day:%Y/%m}/{truth.slug}/", truth) for truth in truths("wordpress")]
    nav = "".join(
        f'<li class="menu-item"><a href="/category/{each}/">{each.title()}</a></li>' for each in ("news", "culture", "sport")
    )
    head = (
        '<link rel="alternate" type="application/rss+xml" title="Valley Herald &raquo; Feed" href="/feed/">'
        '<link rel="alternate" type="application/rss+xml" title="Valley Herald &raquo; Comments Feed" href="/comments/feed/">'
    )
    side = "".join(f'<li><a href="{path}">{escape(truth.title)}</a></li>' for path, truth in found[:5])
    sidebar = f'<aside id="secondary" class="widget-area"><h2>Recent Posts</h2><ul>{side}</ul></aside>'

    def page(title: str, main: str, more: str = "") -> str:
        return (
            f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{escape(title)}</title>{head}{more}</head>"
            f'<body class="home blog"><header id="masthead"><p class="site-title"><a href="/">Valley Herald</a></p><ul>{nav}</ul>'
            f'</header><main id="main" class="site-main">{main}</main>{sidebar}<footer><p>Proudly powered by WordPress. '
            '<a href="/privacy-policy/">Privacy</a> <a href="/about/">About us</a></p></footer></body></html>'
        )

    listing = ""
    for path, truth in found:
        related = "".join(f'<li><a href="{other}">{escape(each.title)}</a></li>' for other, each in found if other != path)[:900]
        meta = (
            f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(truth.title)} - Valley Herald">'
            f'<meta property="og:site_name" content="Valley Herald"><link rel=canonical href="https://{site.host}{path}">'
            f'<meta property="article:published_time" content="{truth.day}T09:12:00+00:00">'
        )
        main = (
            f'<article id="post-{truth.number}" class="post-{truth.number} post type-post hentry"><header class="entry-header">'
            f'<h1 class="entry-title">{escape(truth.title)}</h1><div class="entry-meta">Posted on <a href="{path}"><time '
            f'class="entry-date published" datetime="{truth.day}T09:12:00+00:00">{truth.day:%B} {truth.day.day}, {truth.day.year}'
            f'</time></a> by <a href="/author/anna/">Anna</a></div></header><div class="entry-content">{_p(truth.paragraphs)}'
            '<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Twitter</a></li>'
            '<li><a href="#">Facebook</a></li></ul></div></div><footer class="entry-footer"><span class="tags-links"><a '
            f'href="/tag/valley/" rel="tag">valley</a></span></footer></article><div class="related"><h3>Related</h3><ul>{related}'
            "</ul></div>"
        )
        site.put_article(path, truth, page(f"{truth.title} - Valley Herald", main, meta))
        listing += (
            f'<article><h2 class="entry-title"><a href="{path}" rel="bookmark">{escape(truth.title)}</a></h2>'
            f"<p>{escape(truth.paragraphs[0][:120])} [&hellip;]</p></article>"
        )
    site.put("/", page("Valley Herald", listing, '<meta property="og:site_name" content="Valley Herald">'))
    site.put("/category/news/", page("News", listing))
    site.put("/privacy-policy/", "<h1>Privacy</h1><p>We keep nothing.</p>")
    site.put("/feed/", _rss(site, found[:10]), "application/rss+xml; charset=UTF-8")
    site.put("/wp-sitemap.xml", _sitemap(site, [path for path, _ in found] + ["/about/", "/privacy-policy/"]), "application/xml")
    site.put("/robots.txt", f"User-agent: *\nDisallow: /wp-admin/\nSitemap: https://{site.host}/wp-sitemap.xml\n", "text/plain")
    return site


def plain_blog() -> Site:
    """A blog of hand-written pages: no classes, no feed, no sitemap; the day in words above the text."""
    site = Site("Notes from the Coast", "coastnotes.example", "/index.html")
    found = [(f"/posts/{truth.slug}.html", truth) for truth in truths("plain")]
    for number, (path, truth) in enumerate(found):
        later = f'<a href="{found[number - 1][0]}">Next</a>' if number else ""
        site.put_article(
            path,
            truth,
            f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{escape(truth.title)} | Notes from the Coast</title></head><body>"
            f'<p><a href="/index.html">Notes from the Coast</a></p><h1>{escape(truth.title)}</h1>'
            f"<p><em>{truth.day.day} {truth.day:%B %Y}</em></p>{_p(truth.paragraphs)}<hr><p>{later} <a href=/about.html>About me</a>"
            "</p><p>Written by hand, in the evening. Mail me if you find a mistake.</p></body></html>",
        )
    rows = "".join(f'<li>{truth.day:%d %b %Y} <a href="{path}">{escape(truth.title)}</a></li>' for path, truth in found)
    front = f"<html><head><title>Notes from the Coast</title></head><body><h1>Notes from the Coast</h1><ul>{rows}</ul>"
    site.put("/index.html", front + '<p><a href="/about.html">About me</a></p></body></html>')
    site.put("/about.html", "<html><title>About me</title><body><p>I live by the sea.</p></body></html>")
    return site


def newspaper() -> Site:
    """A paper with the day in its addresses, JSON-LD, sections, a newsletter box and related links amid the text."""
    site = Site("The Northern Courier", "www.northerncourier.example")
    sections = ("politics", "economy", "world")
    found = []
    for number, truth in enumerate(truths("newspaper")):
        found.append((f"/{sections[number % 3]}/{truth.day:%Y/%m/%d}/{truth.slug}-{truth.number}", truth))
    nav = "".join(f'<a class="nav__link" href="/{each}">{each.title()}</a>' for each in sections)

    def page(title: str, main: str, more: str = "") -> str:
        return (
            f"<!doctype html><html><head><meta charset=utf-8><title>{escape(title)}</title>{more}"
            '<meta property="og:site_name" content="The Northern Courier"></head><body><nav class="nav">'
            f'<a href="/">Home</a>{nav}<a href="/subscribe">Subscribe</a><a href="/account/login">Sign in</a></nav>{main}'
            '<footer class="footer"><a href="/about">About</a><a href="/contact">Contact</a><p>© The Northern Courier</p></footer>'
            "</body></html>"
        )

    def teaser(path: str, truth: Truth) -> str:
        return f'<div class="teaser"><a class="teaser__link" href="{path}"><h3>{escape(truth.title)}</h3></a><p>{truth.paragraphs[0][:80]}</p></div>'

    for number, (path, truth) in enumerate(found):
        data = {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": truth.title,
            "datePublished": f"{truth.day}T06:30:00+01:00", "dateModified": f"{truth.day + timedelta(days=1)}T08:00:00+01:00",
            "publisher": {"@type": "Organization", "name": "The Northern Courier"},
        }  # fmt: skip
        other_path, other = found[(number + 5) % COUNT]
        first, *rest = truth.paragraphs
        related = f'<div class="inline-related"><span>Read also</span> <a href="{other_path}">{escape(other.title)}</a></div>'
        box = (
            '<aside class="newsletter-box"><h4>Get the morning briefing</h4><p>All that matters, every day at six, in your mailbox. '
            "Sign up now and read for free for a month.</p></aside>"
        )
        main = (
            f'<main><article class="story"><p class="story__kicker">{path.split("/")[1].title()}</p><h1 class="story__headline">'
            f'{escape(truth.title)}</h1><p class="story__byline">By <a href="/author/j-marsh">J. Marsh</a></p><div class="story__body">'
            f'<p>{escape(first)}</p>{related}{_p(tuple(rest))}{box}</div></article><section class="more"><h2>More from '
            f"{path.split('/')[1].title()}</h2>{''.join(teaser(*each) for each in found[:4])}</section></main>"
        )
        more = f'<script type="application/ld+json">{json.dumps(data)}</script><link rel="canonical" href="https://{site.host}{path}">'
        site.put_article(path, truth, page(f"{truth.title} | The Northern Courier", main, more))
    site.put("/", page("The Northern Courier", "<main>" + "".join(teaser(*each) for each in found[:9]) + "</main>"))
    for section in sections:
        of = [each for each in found if each[0].startswith(f"/{section}/")]
        site.put(f"/{section}", page(section.title(), "<main>" + "".join(teaser(*each) for each in of + found[:3]) + "</main>"))
    site.put("/sitemap.xml", _sitemap(site, ["/about", "/contact", *(path for path, _ in found)]), "application/xml")
    return site


def korean() -> Site:
    """A Korean site in EUC-KR with its articles' numbers in the query; nothing says which encoding but the page itself."""
    site = Site("강변일보", "riverdaily.example", "/news/list.php?board=local", "cp949")
    html = "text/html"
    found = [(f"/news/view.php?id={truth.number}", truth) for truth in truths("korean", korean=True)]
    head = '<meta http-equiv="Content-Type" content="text/html; charset=euc-kr">'
    top = (
        '<div id="gnb"><a href="/">강변일보</a> <a href="/news/list.php?board=local">지역</a> <a href="/news/list.php?board=culture">문화'
        '</a> <a href="/member/login.php">로그인</a></div>'
    )
    foot = '<div id="footer"><p>강변일보 주소: 강변시 중앙로 10 | 전화 02-000-0000</p><p>무단전재 및 재배포 금지</p></div>'
    for path, truth in found:
        day = f"{truth.day.year}년 {truth.day.month:02}월 {truth.day.day:02}일"
        text = "".join(f"{each}<br>\n<br>\n" for each in truth.paragraphs)
        site.put_article(
            path,
            truth,
            f'<html><head>{head}<title>{truth.title} - 강변일보</title></head><body>{top}<div id="container"><div class="view_head">'
            f'<h2 class="subject">{truth.title}</h2><p class="info">기자 김철 | 입력 {day} 10:20 | 조회 {truth.number % 900}</p></div>'
            f'<div id="articleBody" class="view_con">{text}</div><div class="btn"><a href="#">인쇄</a> <a href="#">목록</a></div></div>'
            f"{foot}</body></html>",
            html,
        )
    rows = "".join(
        f'<li><a href="{path}&amp;page=1">{truth.title}</a> <span>{truth.day:%Y.%m.%d}</span></li>' for path, truth in found
    )
    for board in ("local", "culture"):
        front = (
            f'<html><head>{head}<title>지역 - 강변일보</title></head><body>{top}<ul class="list">{rows}</ul>{foot}</body></html>'
        )
        site.put(f"/news/list.php?board={board}", front, html)
    site.put("/", f"<html><head>{head}<title>강변일보</title></head><body>{top}<ul>{rows}</ul>{foot}</body></html>", html)
    for path, _ in found:
        site.pages[f"{path}&page=1"] = site.pages[path]
    return site


def tables() -> Site:
    """A site of the nineties: tables, fonts, no class at all; the day stands behind a word."""
    site = Site("Daily Gazette", "gazette.example", "/news.htm", "cp1252")
    html = "text/html"
    found = [(f"/archive/{truth.day:%Y%m%d}-{number:02}.htm", truth) for number, truth in enumerate(truths("tables"), 1)]
    menu = "".join(
        f'<tr><td><a href="/{each}.htm"><font face="Arial" size="2">{each}</font></a></td></tr>'
        for each in ("news", "editors", "links")
    )
    for path, truth in found:
        text = "".join(f"{escape(each)}<BR><BR>\n" for each in truth.paragraphs)
        site.put_article(
            path,
            truth,
            f"<HTML><HEAD><TITLE>Daily Gazette - {escape(truth.title)}</TITLE></HEAD><BODY BGCOLOR=white><TABLE WIDTH=760 BORDER=0><TR>"
            f'<TD COLSPAN=2 BGCOLOR="#003366"><FONT COLOR=white SIZE=6>Daily Gazette</FONT></TD></TR><TR><TD WIDTH=140 VALIGN=top><TABLE>'
            f'{menu}</TABLE></TD><TD WIDTH=620 VALIGN=top><FONT FACE="Times" SIZE="5"><B>{escape(truth.title)}</B></FONT><BR>'
            f'<FONT SIZE="1">Posted: {truth.day.day} {truth.day:%B %Y} by staff</FONT><P><FONT FACE="Times" SIZE="3">{text}</FONT>'
            "</TD></TR><TR><TD COLSPAN=2><HR><FONT SIZE=1>Copyright Daily Gazette. All rights reserved. Best viewed at 800x600."
            "</FONT></TD></TR></TABLE></BODY></HTML>",
            html,
        )
    rows = "".join(f'<LI><A HREF="{path}">{escape(truth.title)}</A>' for path, truth in found)
    site.put("/news.htm", f"<HTML><TITLE>Daily Gazette</TITLE><BODY><TABLE>{menu}</TABLE><UL>{rows}</UL></BODY></HTML>", html)
    site.put("/", f"<HTML><TITLE>Daily Gazette</TITLE><BODY><TABLE>{menu}</TABLE><UL>{rows}</UL></BODY></HTML>", html)
    return site


def hashed() -> Site:
    """Div soup of a build tool: class names are hashes, a live ticker and a cookie notice on every page, days as datetime."""
    site = Site("Metro Wire", "metrowire.example")
    found = [(f"/story/{truth.slug}-{truth.number}", truth) for truth in truths("hashed")]
    cookie = '<div class="css-9zk21q"><div class="css-1hq7x">We use cookies to make this site work. By going on you accept them.</div></div>'
    top = f'<div class="css-1x2y3z"><div class="css-4fj2k"><a href="/">Metro Wire</a><a href="/city">City</a><a href="/region">Region</a></div></div>{cookie}'

    def card(path: str, truth: Truth) -> str:
        return f'<div class="css-77ab3"><a class="css-2m9vv" href="{path}"><div class="css-0kk1p">{escape(truth.title)}</div></a></div>'

    for number, (path, truth) in enumerate(found):
        text = "".join(
            f'<div class="css-8w1jd"><p class="css-g5piaz e1jsehar1">{escape(each)}</p></div>' for each in truth.paragraphs
        )
        cards = "".join(card(*found[(number + step) % COUNT]) for step in (2, 4, 6))
        site.put_article(
            path,
            truth,
            f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(truth.title)} — Metro Wire</title>'
            f'<meta property="og:title" content="{escape(truth.title)}"><meta property="og:site_name" content="Metro Wire"></head><body>'
            f'<div id="__next">{top}<div class="css-1abc2"><div class="css-3kx0w"><h1 class="css-k1m2n e1h9rw200">{escape(truth.title)}</h1>'
            f'<div class="css-5d5d5">By Metro staff<span class="css-1ly73">Published <time datetime="{truth.day}T14:05:00.000Z">'
            f'{truth.day:%b} {truth.day.day}</time></span></div></div><div class="css-53u6y8" data-testid="story-body">{text}</div>'
            f'<div class="css-99x8y">{cards}</div></div><div class="css-f00t3r">© Metro Wire <a href="/terms">Terms</a></div></div>'
            '<script>window.__DATA__={"a":1}</script></body></html>',
        )
    cards = "".join(card(*each) for each in found)
    for path in ("/", "/city", "/region"):
        site.put(
            path,
            f'<html><head><meta charset=utf-8><title>Metro Wire</title></head><body><div id="__next">{top}{cards}</div></body></html>',
        )
    return site


def roots() -> Site:
    """A blog whose posts stand beside its other pages, right below the host; an Atom feed, the day in an element of its own."""
    site = Site("Field Notes", "fieldnotes.example")
    found = [(f"/{truth.slug}/", truth) for truth in truths("roots")]
    pages = ("about-us", "privacy-policy", "contact")
    menu = "".join(f'<li><a href="/{each}/">{each.replace("-", " ").title()}</a></li>' for each in pages)
    head = '<meta charset=utf-8><link rel="alternate" type="application/atom+xml" href="/atom.xml">'

    def page(title: str, main: str) -> str:
        return (
            f'<!doctype html><html><head>{head}<title>{escape(title)}</title></head><body><div class="wrap"><ul class="menu">{menu}</ul>'
            f'{main}<div class="bottom">Field Notes is made by three people and a dog. <a href="/tags/rivers/">rivers</a></div></div>'
            "</body></html>"
        )

    for path, truth in found:
        written = f"{truth.day:%d.%m.%Y}"
        main = (
            f'<div class="post"><h2 class="post-title">{escape(truth.title)}</h2><span class="post-date">{written}</span>'
            f'<div class="post-text">{_p(truth.paragraphs)}<div class="signup"><p>Like this? Get one letter a month.</p></div></div></div>'
        )
        site.put_article(path, truth, page(f"{truth.title} · Field Notes", main))
    rows = "".join(f'<h3><a href="{path}">{escape(truth.title)}</a></h3>' for path, truth in found)
    site.put("/", page("Field Notes", rows))
    for each in pages:
        site.put(f"/{each}/", page(each, "<h1>We</h1><p>We are three people and a dog.</p>"))
    entries = "".join(
        f'<entry><title>{escape(truth.title)}</title><link href="https://{site.host}{path}"/><id>https://{site.host}{path}</id>'
        f"<updated>{truth.day}T08:00:00Z</updated></entry>"
        for path, truth in found[:8]
    )
    feed = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Field Notes</title>{entries}</feed>'
    site.put("/atom.xml", feed, "application/atom+xml")
    return site


def numbers() -> Site:
    """An agency: numbers in the path, no words; a menu of pages, the day as DD/MM/YYYY, bold names and links amid the text."""
    site = Site("Delta Press Agency", "deltapress.example", "/en/latest")
    found = [(f"/en/news/{truth.number * 7}", truth) for truth in truths("numbers")]
    top = '<header class="top"><a href="/en/latest">Latest</a><a href="/en/contact">Contact</a></header>'
    for number, (path, truth) in enumerate(found):
        first, *rest = truth.paragraphs
        bold = escape(first).replace("the ", "<b>the</b> ", 1)
        link = f'<a href="{found[(number + 3) % COUNT][0]}">as reported</a>'
        site.put_article(
            path,
            truth,
            f"<!doctype html><html><head><meta charset=utf-8><title>Delta Press Agency | {escape(truth.title)}</title></head><body>{top}"
            f'<section id="story"><h1>{escape(truth.title)}</h1><div class="line"><span>DELTA CITY</span> <span class="when">'
            f'{truth.day:%d/%m/%Y}</span></div><div class="copy"><p>{bold}</p>{_p(tuple(rest))}<p class="foot">({link}) — DPA</p></div>'
            "</section><footer><p>© Delta Press Agency. Any use needs our consent in writing.</p></footer></body></html>",
        )
    rows = "".join(f'<li><a href="{path}">{escape(truth.title)}</a><i>{truth.day:%d/%m/%Y}</i></li>' for path, truth in found)
    site.put(
        "/en/latest", f"<html><head><meta charset=utf-8><title>Latest</title></head><body>{top}<ol>{rows}</ol></body></html>"
    )
    return site


SITES: dict[str, Callable[[], Site]] = {
    "wordpress": wordpress,
    "plain-blog": plain_blog,
    "newspaper": newspaper,
    "korean": korean,
    "tables": tables,
    "hashed": hashed,
    "roots": roots,
    "numbers": numbers,
}


@dataclass
class Served:
    """Implements ``Fetcher`` with a site's pages; what it has not answers 404. ``asked`` are the addresses, in order."""

    site: Site
    asked: list[str] = field(default_factory=list)

    def fetch(self, request: Request, source: Source) -> Capture:
        self.asked.append(request.url)
        split = urlsplit(request.url)
        path = split.path + (f"?{split.query}" if split.query else "")
        body, kind = self.site.pages.get(path, (b"<p>not here", "text/html"))
        status = 200 if path in self.site.pages else 404
        return Capture(request.url, request.url, status, (("Content-Type", kind),), body, body, AT, reason="")


def answer(site: Site, base: str) -> Callable[[bytes], bytes]:
    """What answers the head of a request on a socket; the site's addresses are ``base`` there."""
    home = re.compile(rf"https?://{re.escape(site.host)}".encode())

    def answered(head: bytes) -> bytes:
        body, kind = site.pages.get(head.split(b" ", 2)[1].decode(), (b"<p>not here", "text/html"))
        status = "200 OK" if head.split(b" ", 2)[1].decode() in site.pages else "404 Not Found"
        body = home.sub(base.encode(), body)
        lines = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return lines.encode() + body

    return answered

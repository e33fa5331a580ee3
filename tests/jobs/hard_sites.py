"""Whole sites on which a proposal went wrong once: numbers of one digit in old tables, captions and boxes amid the text, a live
blog and a paywall among the articles, listings of several pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

from jobs.example_sites import COUNT, Site, Truth, truths

_EACH = 5  # articles of a listing's page


def old_tables() -> Site:
    """A Korean site in EUC-KR of tables, with ids of one and two digits, captions, readers' words, and a box on every page."""
    site = Site("한강일보", "hangangdaily.example", "/", "cp949")
    found = [(f"/article.php?id={COUNT - at}", truth) for at, truth in enumerate(truths("old", korean=True))]
    box = "<br>".join(f'<a href="{path}"><font size=2>{truth.title}</font></a>' for path, truth in found[:5])

    def page(title: str, main: str) -> str:
        return (
            f'<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=euc-kr"><TITLE>{title}</TITLE></HEAD><BODY>'
            '<table width=780 bgcolor="#e0e0e0"><tr><td><a href="/"><img src="/logo.gif"></a></td><td><a href="/list.php?page=1">전체'
            '기사</a> | <a href="/company.php">회사소개</a> | <a href="/guest.php">독자마당</a></td></tr></table><table width=780><tr>'
            f"{main}<td width=180 valign=top><b>많이 본 기사</b><br>{box}</td></tr></table><table width=780><tr><td align=center>"
            "<font size=1>한강일보 | 전화 02-000-0000 | 무단 전재 및 재배포 금지</font></td></tr></table></BODY></HTML>"
        )

    for at, (path, truth) in enumerate(found):
        caption = (
            '<table align=center><tr><td><img src="/a.jpg"></td></tr><tr><td><font size=1 color=gray>▲ '
            f"현장 모습 {at}. 한강일보 자료사진</font></td></tr></table>"
        )
        text = (caption if at % 2 else "") + "<br><br>".join(truth.paragraphs)
        site.put_article(
            path,
            truth,
            page(
                f"한강일보 - {truth.title}",
                f'<td width=600 valign=top><table width="100%"><tr><td><font size=5><b>{truth.title}</b></font></td></tr><tr><td '
                f"align=right><font size=2 color=gray>입력 : {truth.day} 09:{at:02}&nbsp; 김도현 기자</font></td></tr><tr><td><font "
                f'size=3>{text}</font></td></tr><tr><td align=center><a href="javascript:print()">인쇄</a></td></tr></table><table '
                'width="100%" bgcolor="#fafafa"><tr><td><b>독자 의견</b></td></tr><tr><td><font size=2>산들바람: 좋은 기사 잘 '
                "읽었습니다. 다음 소식도 기다리겠습니다.</font></td></tr></table></td>",
            ),
            "text/html",
        )
    for number in range(1, 4):
        rows = "".join(
            f'<tr><td><a href="{path}">{truth.title}</a></td><td><font size=1>{truth.day}</font></td></tr>'
            for path, truth in found[(number - 1) * _EACH : number * _EACH]
        )
        pager = " ".join(f'<a href="list.php?page={each}">[{each}]</a>' for each in range(1, 4))
        listing = page("한강일보", f"<td width=600><table>{rows}</table><center>{pager}</center></td>")
        site.put(f"/list.php?page={number}", listing, "text/html")
        if number == 1:
            site.put("/", listing, "text/html")
    for each in ("company", "guest"):
        site.put(f"/{each}.php", page("한강일보", "<td width=600>준비 중입니다.</td>"), "text/html")
    return site


def captions() -> Site:
    """A blog with figures and their captions, a box to subscribe, and readers' words below."""
    site = Site("Quay Notes", "quaynotes.example")
    found = [(f"/{truth.slug}/", truth) for truth in truths("captions")]
    head = "<!doctype html><html><head><meta charset=utf-8><title>{} · Quay Notes</title></head><body>"
    top = '<header><a href="/">Quay Notes</a><nav><a href="/about/">About</a><a href="/archive/">Archive</a></nav></header>'
    for at, (path, truth) in enumerate(found):
        parts = [f"<p>{escape(each)}</p>" for each in truth.paragraphs]
        figure = f'<figure><img src="/{at}.jpg"><figcaption>The quay on day {at}. Photo: J. Hale</figcaption></figure>'
        parts.insert(2, figure if at % 2 == 0 else "")
        parts.insert(4, '<div class="subscribe-box"><p>Enjoying this? It comes by mail every Sunday, and is free.</p></div>')
        site.put_article(
            path,
            truth,
            f'{head.format(escape(truth.title))}{top}<main><article class="post"><h1 class="post-title">{escape(truth.title)}</h1><p '
            f'class="meta">By <a rel="author" href="/about/">Joan Hale</a> on <time class="published" datetime="{truth.day}T07:00:00Z">'
            f'{truth.day:%B} {truth.day.day}, {truth.day.year}</time></p><div class="post-content">{"".join(parts)}</div></article>'
            f'<section id="comments"><h3>1 comment</h3><p>Well told, but the dates are wrong, I think.</p></section></main></body></html>',
        )
    for path, some in (("/", found[:6]), ("/archive/", found)):
        rows = "".join(f'<h2><a href="{each}">{escape(truth.title)}</a></h2>' for each, truth in some)
        site.put(path, f"{head.format('All')}{top}<main>{rows}</main></body></html>")
    site.put("/about/", f"{head.format('About')}{top}<main><p>Joan Hale used to be a court reporter.</p></main></body></html>")
    return site


def portal() -> Site:
    """A portal with a live blog and a stub among its articles, and listings that link to their next pages."""
    site = Site("The Bay Courier", "baycourier.example")
    sections = ("news", "business", "culture")
    found = [(f"/{sections[at % 3]}/{truth.day:%Y/%m/%d}/{truth.slug}.html", truth) for at, truth in enumerate(truths("portal"))]
    live, stub = "/live/2025/10/27/storm-hits-the-coast.html", "/premium/2025/10/26/inside-the-board.html"
    box = "".join(f'<li><a href="{path}">{escape(truth.title)}</a></li>' for path, truth in found[:5])

    def page(title: str, main: str, data: dict[str, object] | None = None) -> str:
        said = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
        nav = "".join(f'<li><a href="/{each}/">{each.title()}</a></li>' for each in ("latest", *sections))
        return (
            f"<!doctype html><html><head><meta charset=utf-8><title>{escape(title)} | The Bay Courier</title>{said}</head><body><ul>{nav}"
            f'</ul>{main}<aside class="most-read"><ol>{box}</ol></aside></body></html>'
        )

    def teaser(path: str, title: str) -> str:
        return f'<div class="teaser"><a href="{path}"><h3>{escape(title)}</h3></a></div>'

    def news(kind: str, truth: Truth, **more: object) -> dict[str, object]:
        return {"@type": kind, "headline": truth.title, "datePublished": f"{truth.day}T06:30:00Z", **more}

    for at, (path, truth) in enumerate(found):
        parts = [f"<p>{escape(each)}</p>" for each in truth.paragraphs]
        other, its = found[(at + 3) % COUNT]
        parts.insert(1, f'<div class="inline-teaser"><span>Read also</span><a href="{other}">{escape(its.title)}</a></div>')
        main = (
            f'<main><article><h1>{escape(truth.title)}</h1><div class="byline">By Vera Holm <time datetime="{truth.day}">'
            f'{truth.day:%d %B %Y}</time></div><figure class="lead"><img src="/{at}.jpg"><figcaption>The bay this week. Picture: Courier</figcaption>'
            f'</figure><div class="art-body">{"".join(parts)}</div></article></main>'
        )
        site.put_article(path, truth, page(truth.title, main, news("NewsArticle", truth)))
    posts = "".join(f"<div><h2>1{at}:40</h2><p>{escape(each)}</p></div>" for at, each in enumerate(found[0][1].paragraphs))
    storm = Truth("Live: storm hits the coast", found[0][1].day, (), 0)
    site.put(live, page(storm.title, f"<main><h1>{storm.title}</h1>{posts}</main>", news("LiveBlogPosting", storm)))
    board = Truth("Inside the board of the harbour", found[0][1].day, (), 0)
    wall = f'<main><article><h1>{board.title}</h1><div class="art-body"><p>Few know.</p></div><p>Subscribe now to read on.</p>'
    site.put(stub, page(board.title, wall, news("NewsArticle", board, isAccessibleForFree=False)))
    front = [teaser(live, storm.title), teaser(stub, board.title), *(teaser(path, truth.title) for path, truth in found[:8])]
    site.put("/", page("News from the bay", f"<main>{''.join(front)}</main>"))
    for number in range(3):
        some = found[number * _EACH : (number + 1) * _EACH]
        more = f'<a rel="next" href="/latest/page/{number + 2}/">Next</a>' if number < 2 else ""
        main = f"<main>{''.join(teaser(path, truth.title) for path, truth in some)}{more}</main>"
        site.put(f"/latest/page/{number + 1}/" if number else "/latest/", page("Latest", main))
    return site


HARD: dict[str, Callable[[], Site]] = {"old-tables": old_tables, "captions": captions, "portal": portal}

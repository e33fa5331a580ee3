"""KCNA Watch beside its article pages (``tests/kcna_pages.py``): listings, what "load more" gets, a search, feeds, a sitemap.

And an article page on which all is otherwise that is only guessed of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from html import escape

from monitor.article import Article, Card, from_bytes, long_date

from . import made
from .made import File, Item

HOST = "https://kcnawatch.org"
_MENU = ("Home", "Newstream", "KCTV", "Library", "Statistics", "About", "Upgrade")


def files(seeds: dict[str, bytes]) -> Iterator[File]:
    """The pages; ``seeds`` are the files of ``seeds/`` by their names."""
    naenara, kcna = (from_bytes(text) for _, text in sorted(seeds.items()))
    for name, article in (("naenara-otherwise", naenara), ("kcna-kp-otherwise", kcna)):
        shown = replace(article, cards=tuple(replace(card, url=_address(n)) for n, card in enumerate(article.cards)))
        yield from made.pair(f"kcna-watch/{name}", _otherwise(shown), shown)
    yield from made.listing("kcna-kp-en/listing", _listing(kcna.cards), _items(kcna.cards))
    yield from made.listing("kcnawatch-rodong/load-more", _fragment(naenara.cards[:10]), _items(naenara.cards[:10]))
    yield from made.listing(
        "kcnawatch-search/search", _search(kcna.cards), [replace(each, day="") for each in _items(kcna.cards)]
    )
    yield from made.listing("kcnawatch-all/feed", _feed(naenara.cards), _items(naenara.cards), suffix="xml")
    yield from made.listing("kcnawatch-all/malformed-feed", _malformed(kcna.cards), _items(kcna.cards), suffix="xml")
    yield from made.listing("kcnawatch-all/sitemap", _sitemap(), _mapped(), suffix="xml")


def _address(n: int) -> str:
    """Addresses of all shapes: with a slug, with an encoded Korean one, and an old one that nests deeper."""
    numbers = random.Random(n).randrange(10**8, 10**9)
    if n % 5 == 3:
        return f"{HOST}/newstream/1396423{n:03}-{1000 + n}/laws/law-{n}/"
    slug = "%EC%A1%B0%EC%84%A0%EC%9D%B8%EB%AF%BC%EA%B5%B0" if n % 5 == 4 else f"some-slug-that-was-cut-{n}"
    return f"{HOST}/newstream/{1_763_510_400 - 3600 * n}-{numbers}/{slug}/"


def _items(cards: Sequence[Card]) -> list[Item]:
    return [Item(_address(n), card.title, card.published.isoformat()) for n, card in enumerate(cards)]


def _shown(cards: Sequence[Card]) -> str:
    return "\n".join(_card(n, card) for n, card in enumerate(cards))


def _card(n: int, card: Card) -> str:
    url, title, excerpt = _address(n), escape(card.title), escape(card.excerpt)
    picture = f'<img src="/t/{n}.jpg" alt="{title}">' if n % 3 == 0 else ""
    return f"""<div class="row"><div class="col-sm-2"><a href="{url}"><img alt="{title}"></a></div>
<div class="article-desc"><h4><a href="{url}">{picture}{title}</a></h4>
<p>{excerpt}</p><p class="articled-date"> <span>{long_date(card.published)}</span></p><p>{excerpt}</p></div></div>"""


def _otherwise(article: Article) -> str:
    """An article page whose tags are others wherever they are a guess: no h1, no header, no paragraph around the meta line."""
    day, first = article.masthead, article.published
    assert day is not None
    assert first is not None
    body = "<br><br>\n".join(made.dirty(text, random.Random(n)) for n, text in enumerate(article.paragraphs))
    cards = "\n".join(_card(n, card).replace("<div", "<section", 1) for n, card in enumerate(article.cards))
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{escape(article.title)} | KCNA Watch</title>
{made.styles("alt", 16_000)}</head><body class="single">
<table class="top"><tr><td><a href="/"><img alt="KCNA Watch Logo"></a></td>
<td><b>{long_date(day)}</b> <i>{day:%b %d, %Y}</i></td></tr>
</table>{made.menu(_MENU, "/p/", 14_000, is_closed=False)}
<section><h6>{article.site}</h6> <strong><a href="/source/naenara-en">{article.publication}</a></strong>
<h2 class="headline">{escape(article.title)}</h2></section>
<div class="meta"><span>Date: {first:%d/%m/%Y}</span> | <span>Source: {article.publication}</span> |
<a href="http://www.naenara.com.kp/main/x">Read original version at source</a></div>
<div class="entry article-content"><div>{body}</div></div>
<div class="more"><b>More From {article.publication}</b></div>
<div class="grid">{cards}</div><p><a href="/all">More Articles</a></p>
{made.scripts("alt", 18_000)}</body></html>
"""


def _listing(cards: Sequence[Card]) -> str:
    other = f'<a href="{HOST}/newstream/1700000000-1/trending/">Trending</a> <a href="/article/163/">Naenara (En)</a>'
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>KCNA.kp (En) | KCNA Watch</title>
{made.styles("kw", 16_000)}{made.scripts("kw", 10_000)}</head><body class="archive">
<header><a href="/"><img alt="KCNA Watch Logo"></a>{made.menu(_MENU, "/p/", 14_000)}<span>November 19, 2025</span></header>
<h1>KCNA.kp (En)</h1><div id="latest_article_wrapper">
{_shown(cards)}
</div><button id="more_results" data-from="10">Load more</button><aside class="trending"><h5>{other}</h5></aside>
{made.scripts("tail", 12_000)}</body></html>
"""


def _fragment(cards: Sequence[Card]) -> str:
    """What "load more" gets: the items alone, without a page around them."""
    return _shown(cards) + "\n"


def _search(cards: Sequence[Card]) -> str:
    items = "\n".join(
        f'<li><h4><a href="{_address(n)}">{escape(card.title)}</a></h4><p><span>{long_date(card.published)}</span></p></li>'
        for n, card in enumerate(cards)
    )
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>Search | KCNA Watch</title>
{made.styles("s", 14_000)}</head><body class="search"><header>{made.menu(_MENU, "/p/", 14_000)}</header>
<form><input name="s" value="핵"></form><ul class="results">{items}</ul>
<div class="paywall"><h4><a href="https://www.nknews.org/pro/">Upgrade to NK PRO</a></h4><p>to see all results</p></div>
{made.scripts("s", 12_000)}</body></html>
"""


def _feed(cards: Sequence[Card]) -> str:
    items = "".join(
        f"<item><title>{escape(card.title)}</title><link>{_address(n)}</link><pubDate>{_rfc(card.published)}</pubDate>"
        f'<guid isPermaLink="false">{HOST}/?p={n}</guid><description><![CDATA[<p>{card.excerpt}</p>]]></description></item>\n'
        for n, card in enumerate(cards)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>KCNA Watch</title><atom:link href="{HOST}/feed/" rel="self" type="application/rss+xml" /><link>{HOST}</link>
<lastBuildDate>Wed, 19 Nov 2025 01:00:00 +0000</lastBuildDate>
{items}<item><title>About us</title><link>{HOST}/about/</link></item></channel></rss>
"""


def _rfc(day: date) -> str:
    return f"{day:%a, %d %b %Y} 08:15:00 +0000"


def _malformed(cards: Sequence[Card]) -> str:
    """As reported of the feed of the newstream: attribute values without quotes, a bare ampersand, HTML's entities."""
    items = "".join(
        f"<item><title>{escape(card.title).replace('&amp;', '&')}&nbsp;</title><link rel=alternate>{_address(n)}</link>"
        f"<guid isPermaLink=false>{n}</guid><pubDate>{_rfc(card.published)}</pubDate></item>\n"
        for n, card in enumerate(cards)
    )
    return f'<rss version=2.0 xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Q&A</title>{items}</channel></rss>'


def _sitemap() -> str:
    day = date(2025, 11, 19)
    urls = "".join(
        f"<url><loc>{item.url}</loc><lastmod>{day - timedelta(days=n)}T03:00:00+00:00</lastmod></url>\n"
        for n, item in enumerate(_mapped())
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="{HOST}/main-sitemap.xsl"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}<url><loc>{HOST}/about/</loc></url></urlset>
"""


def _mapped() -> list[Item]:
    return [Item(_address(n)) for n in range(40)]

"""Pages as KCNA Watch serves them, made for tests: one page of an article, and a whole site of articles.

:func:`page` writes an article as a full page (head, cookie banner, menus, masthead, label, headline, meta line, body,
cards, sidebar, comments, footer, scripts). Everything that is not the article is *chrome*; everything in the body that
no reader sees (tags, entities, comments, line breaks, soft hyphens) is *dirt*. Both follow from the number ``dirt``
alone, so a page is the same bytes each time it is made, and two pages of one article made with different numbers
differ everywhere but in what the article says.

:func:`encoded` turns a page into bytes of a charset. :class:`Site` is a site of many articles that lives through
moments, for a benchmark or a loopback server.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from html import escape
from pathlib import Path

from monitor.article import Article, Card, from_bytes, long_date

HOST = "https://kcnawatch.org"
PADDING = 54_000
SEEDS = Path(__file__).resolve().parent.parent / "seeds"

_SOURCE_IDS = {"Naenara (En)": 163, "KCNA.kp (En)": 156}
_CHARSET = '<meta charset="utf-8">'


# One page


def page(article: Article, *, address: str, dirt: int = 0, padding: int = PADDING, card_urls: bool = True) -> str:
    """The article as a page of the site.

    - ``address``: the page's own address, for the canonical link and its like.
    - ``dirt``: the number that everything without meaning follows from: tags and entities in the body, ids, nonces,
      counters, trending links. The masthead date is the article's own; move it with ``dataclasses.replace``.
    - ``padding``: about how many characters of styles, scripts and menus stand around the article, whose own markup
      comes on top (some 5,000 characters are always there). The default makes a page of 80 to 95 KB.
    - ``card_urls``: whether a card without an address gets an invented one, the same each time; otherwise its links
      go to ``#``.

    A part that the article does not have (masthead, site, day, link to the original, cards) leaves its markup out.
    """
    rng = random.Random(dirt)
    top, bottom = _chrome(padding)
    top = top.replace("@address@", escape(address)).replace("@title@", escape(article.title))
    parts = [
        _fill(top, rng),
        _masthead(article),
        _label(article),
        f'<h1 class="entry-title">\n  {_dirty(article.title, rng)}\n</h1>\n',
        _meta_line(article, address),
        _body(article.paragraphs, rng),
        _more(article, card_urls),
        "</main>\n",
        _sidebar(rng),
        _fill(bottom, rng),
    ]
    return "".join(parts)


def encoded(html: str, charset: str) -> bytes:
    """The page ``html`` in ``charset``, saying so in its head; characters it lacks become numeric entities."""
    declared = _CHARSET
    if charset.lower() != "utf-8":
        declared = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    return html.replace(_CHARSET, declared, 1).encode(charset, "xmlcharrefreplace")


def _masthead(article: Article) -> str:
    """The site's header; its date is the day of the fetch, once long and once short."""
    dates = ""
    if article.masthead is not None:
        day = long_date(article.masthead)
        month, rest = day.split(" ", 1)
        dates = f'  <span class="date-long">{day}</span><span class="date-short">{month[:3]} {rest}</span>\n'
    return f'<header id="masthead">\n  <a href="/"><img src="/logo.svg" alt="KCNA Watch Logo"></a>\n{dates}</header>\n'


def _label(article: Article) -> str:
    if article.site is None:
        return '<main id="content">\n'
    link = f'<a href="{_listing(article)}">{escape(article.publication)}</a>'
    return f'<main id="content">\n<div><span>{escape(article.site)}</span> {link}</div>\n'


def _listing(article: Article) -> str:
    return f"/article/{_SOURCE_IDS.get(article.publication, 189661)}/"


def _meta_line(article: Article, address: str) -> str:
    parts = [f"Source: {escape(article.publication)}"]
    if article.published is not None:
        parts.insert(0, f"Date: {article.published:%d/%m/%Y}")
    if article.has_original:
        # The origin's addresses hold 32 hex digits. They follow from the page's address, not from what may be edited.
        number = zlib.crc32(address.encode())
        url = article.original_url or f"http://www.kcna.kp/en/article/q/{number:08x}{number ^ 0xA5A5A5A5:024x}.kcmsf"
        parts.append(f'\n   <a href="{escape(url)}" rel="nofollow">Read original version at source</a>')
    return f"<p>{' | '.join(parts)}</p>\n"


# The body and its dirt


_NAMES = re.compile(r"\b(Kim Jong Un|Kim Jong Il|Kim Il Sung|Kim Jong Suk)\b")
# Straight quotes and typographic characters as names, as numbers, and as themselves.
_ENTITY_TABLES = (
    str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "’": "&rsquo;", "‘": "&lsquo;", "“": "&ldquo;",
                   "”": "&rdquo;", "–": "&ndash;", "'": "&apos;", '"': "&quot;", "\xa0": "&nbsp;"}),
    str.maketrans({"&": "&#38;", "<": "&#60;", ">": "&#x3e;", "’": "&#8217;", "‘": "&#8216;", "“": "&#8220;",
                   "”": "&#x201d;", "–": "&#8211;", "'": "&#039;", '"': "&#34;", "\xa0": "&#160;"}),
    str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"}),
)  # fmt: skip
_INLINE = (
    ("<b>", "</b>"),
    ("<i>", "</i>"),
    ("<strong><em>", "</em></strong>"),
    ('<a href="/tag/party/">', "</a>"),
    ('<a href="/?s=@id@" data-k="@id@"><b>', "</b></a>"),
    ('<span class="k-@id@">', "</span>"),
    ('<span style="font-family:Georgia"><span lang="en">', "</span></span>"),
)
_BREAKS = ("\n", "\n        ", " \n\t", "  ")
_HARD_SPACES = ("&nbsp;", "&#160;", "&#xA0;")
_HYPHENS = ("&shy;", "&#173;", "<wbr>", "&shy;")
_BETWEEN = (
    "<!-- slot @id@ -->",
    "<!-- <p>An older draft of this paragraph, switched off.</p> -->",
    '<script>kw.push(["inline","@id@",{"html":"<p>not a paragraph<\\/p>"}]);</script>',
    "<style>.k-@id@ > p { margin: 0 } /* p & div */</style>",
    '<p class="p-@id@">&nbsp;</p>',
    '<div class="ad-slot" id="ad-@id@"></div>',
)


def _body(paragraphs: tuple[str, ...], rng: random.Random) -> str:
    lines = ['<div class="article-content">']
    for number, text in enumerate(paragraphs):
        lines.append(_paragraph(text, rng))
        if number % 4 == 2:
            lines.append(_fill(_BETWEEN[(number // 4) % len(_BETWEEN)], rng))
    # The theme marks the end of a block with a comment.
    lines.append("</div><!-- .article-content -->\n")
    return "\n".join(lines)


def _paragraph(text: str, rng: random.Random) -> str:
    """One block of the body; now and then a ``<div>``, and with line breaks around its text."""
    chance = rng.random()
    tag = "div" if chance < 0.15 else "p"
    attributes = _fill(' class="p-@id@"', rng) if chance > 0.5 else ""
    inside = _dirty(text, rng)
    if chance > 0.8:
        inside = f"\n      {inside}\n    "
    return f"<{tag}{attributes}>{inside}</{tag}>"


def _dirty(text: str, rng: random.Random) -> str:
    """``text`` as markup that reads the same."""
    pieces = _NAMES.split(text)
    return "".join(_name(p, rng) if at % 2 else _plain(p, rng) for at, p in enumerate(pieces))


def _name(name: str, rng: random.Random) -> str:
    """A leader's name in the tags the agency puts around it: who drops them with a space glues or splits words."""
    if rng.random() < 0.3:
        name = name.replace(" ", "&nbsp;")
    return f'<nobr><span class="fSpecCs">{name}</span></nobr>'


def _plain(text: str, rng: random.Random) -> str:
    tokens = _entities(text, rng).split(" ")
    # Words at even places, the gaps between them at odd ones. Tricks reach three words on, so they never overlap.
    tokens = [token for word in tokens for token in (word, " ")][:-1]
    at = 2 * rng.randrange(8)
    while at < len(tokens):
        if tokens[at]:
            rng.choice(_TRICKS)(tokens, at, rng)
        at += 2 * rng.randrange(3, 14)
    return "".join(tokens)


def _entities(text: str, rng: random.Random) -> str:
    return text.translate(rng.choice(_ENTITY_TABLES))


def _wrap(tokens: list[str], at: int, rng: random.Random) -> None:
    """Inline tags around one to three words."""
    opening, closing = rng.choice(_INLINE)
    last = min(at + 2 * rng.randrange(3), len(tokens) - 1)
    tokens[at] = _fill(opening, rng) + tokens[at]
    tokens[last] += closing


def _wrap_part(tokens: list[str], at: int, rng: random.Random) -> None:
    """Inline tags around the first letters of a word."""
    word = tokens[at]
    if word.isalpha() and len(word) > 3:
        tokens[at] = f"<span>{word[:2]}</span>{word[2:]}"


def _hyphenate(tokens: list[str], at: int, rng: random.Random) -> None:
    """A place where a long word may be broken."""
    long = next((i for i in range(at, min(at + 5, len(tokens)), 2) if tokens[i].isalpha() and len(tokens[i]) > 7), None)
    if long is not None:
        tokens[long] = f"{tokens[long][:4]}{rng.choice(_HYPHENS)}{tokens[long][4:]}"


def _break(tokens: list[str], at: int, rng: random.Random) -> None:
    if at + 1 < len(tokens):
        tokens[at + 1] = rng.choice(_BREAKS)


def _harden(tokens: list[str], at: int, rng: random.Random) -> None:
    if at + 1 < len(tokens):
        tokens[at + 1] = rng.choice(_HARD_SPACES)


def _comment(tokens: list[str], at: int, rng: random.Random) -> None:
    tokens[at] += f"<!-- {rng.getrandbits(24):06x} -->"


_TRICKS: tuple[Callable[[list[str], int, random.Random], None], ...] = (
    _wrap, _wrap, _wrap_part, _hyphenate, _hyphenate, _break, _break, _harden, _comment,
)  # fmt: skip


# Cards


def _more(article: Article, card_urls: bool) -> str:
    if not article.cards:
        return ""
    urls = tuple(card.url or (_card_address(card) if card_urls else "#") for card in article.cards)
    return _cards(article.cards, urls, escape(article.publication), _listing(article))


def _card_address(card: Card) -> str:
    """An invented address that stays the same for the same card."""
    number = zlib.crc32(f"{card.title}\n{card.excerpt}".encode())
    return address(_second(card.published) + number % 80_000, number % 1_000_000_000, card.title)


@lru_cache(maxsize=64)
def _cards(cards: tuple[Card, ...], urls: tuple[str, ...], publication: str, listing: str) -> str:
    # The addresses are an argument of their own because cards that differ in theirs alone count as equal.
    shown = "".join(_card(card, url) for card, url in zip(cards, urls, strict=True))
    return (
        f'<h3>More From {publication}</h3>\n<div id="latest_article_wrapper">\n{shown}</div>\n'
        f'<a href="{listing}">More Articles</a>\n'
    )


def _card(card: Card, url: str) -> str:
    title, excerpt, link = escape(card.title), escape(card.excerpt), escape(url)
    # The same words twice, each time with other entities.
    heading, again = card.title.translate(_ENTITY_TABLES[1]), card.excerpt.translate(_ENTITY_TABLES[0])
    return f"""  <div>
    <a href="{link}"><img src="/thumbs/{zlib.crc32(url.encode()):08x}-150x150.jpg" alt="{title}"></a>
    <div class="article-desc">
      <h4><a href="{link}">{heading}</a></h4>
      <p>{excerpt}</p>
      <p class="articled-date"> <span>{long_date(card.published)}</span></p>
      <p>{again}</p>
    </div>
  </div>
"""


def address(second: int, number: int, title: str, host: str = HOST) -> str:
    """An address as the site makes it; the pair of numbers is the identity, the slug is cut and follows the title."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower().replace("'", "").replace("’", "")).strip("-")[:70].rstrip("-")
    return f"{host}/newstream/{second}-{number:09}/{slug}/"


def _second(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


# Chrome. Its long parts are made once; `@id@` and `@n@` in them are filled with what changes from page to page.


_TOKEN = re.compile(r"@(id|n)@")


def _fill(template: str, rng: random.Random) -> str:
    bits = rng.getrandbits
    return _TOKEN.sub(lambda found: f"{bits(32):08x}" if found[1] == "id" else str(bits(14)), template)


@cache
def _chrome(padding: int) -> tuple[str, str]:
    """What stands before the masthead and after the sidebar, with about ``padding`` characters to fill it up."""
    menu = _grown(_menu_item, padding * 30 // 100)
    archive = _grown(_archive_item, padding * 36 // 100)
    styles = _grown(_style_rule, padding * 17 // 100)
    scripts = _grown(_script_line, padding * 17 // 100)
    top = _TOP.replace("@menu@", menu).replace("@styles@", styles)
    return top, _BOTTOM.replace("@archive@", archive).replace("@scripts@", scripts)


def _grown(make: Callable[[int], str], size: int) -> str:
    lines: list[str] = []
    length = 0
    while length < size:
        lines.append(make(len(lines)))
        length += len(lines[-1]) + 1
    return "\n".join(lines)


_REGIONS = (
    "Pyongyang", "Nampho", "Kaesong", "Rason", "South Phyongan", "North Phyongan", "Jagang", "Ryanggang",
    "North Hamgyong", "South Hamgyong", "Kangwon", "North Hwanghae", "South Hwanghae",
)  # fmt: skip
_TOPICS = ("Agriculture", "Economy", "Culture", "Diplomacy", "Defence", "Science", "Sports", "Education", "Industry")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SELECTORS = (".site-nav li", ".widget a", ".k-card", ".entry-title", "#footer ul", ".btn--ghost", ".trending li")


def _menu_item(n: int) -> str:
    region, topic = _REGIONS[n // len(_TOPICS) % len(_REGIONS)], _TOPICS[n % len(_TOPICS)]
    path = f"{region}/{topic}".lower().replace(" ", "-")
    return f'<li id="menu-item-@id@"><a href="/section/{path}/">{topic}, {region}</a></li>'


def _archive_item(n: int) -> str:
    year, month = 2026 - n // 12, 12 - n % 12
    return f'<li><a href="/archive/{year}/{month:02}/">{_MONTHS[month - 1]} {year}</a> <span>@n@</span></li>'


def _style_rule(n: int) -> str:
    selector = _SELECTORS[n % len(_SELECTORS)]
    return f"{selector}:nth-child({n}){{margin:0 {n % 7}px {n % 11}px;color:#{n * 4099 % 4096:03x};line-height:1.5}}"


def _script_line(n: int) -> str:
    return f'kw.push(["slot","@id@",{{"w":{300 + n % 5},"refresh":{n % 60},"path":"/wp-content/themes/kw/{n}.js"}}]);'


_TOP = """<!DOCTYPE html>
<html lang="en-US" class="no-js">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>@title@ | KCNA Watch</title>
<meta name="description" content="KCNA Watch: a database of state media of the DPRK.">
<meta property="og:site_name" content="KCNA Watch">
<meta property="og:type" content="article">
<meta property="og:title" content="@title@ | KCNA Watch">
<meta property="og:url" content="@address@">
<meta property="og:image" content="/share.png?v=@id@">
<meta name="twitter:card" content="summary">
<meta name="csrf-token" content="@id@@id@@id@@id@">
<meta name="generator" content="WordPress 6.4.3">
<link rel="canonical" href="@address@">
<link rel="alternate" type="application/rss+xml" title="KCNA Watch &raquo; Feed" href="/feed/">
<link rel="stylesheet" href="/wp-content/themes/kw/style.css?ver=@id@">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"KCNA Watch",\
"url":"https://kcnawatch.org/","potentialAction":{"@type":"SearchAction","target":"https://kcnawatch.org/?s={q}"}},\
{"@type":"Organization","name":"NK Consulting","logo":"https://kcnawatch.org/logo.png"}]}</script>
<script nonce="@id@">var kw=window.kw||[];if(1<2&&"a"<"b")kw.push("@id@");</script>
<style>
@styles@
</style>
</head>
<body class="single single-newstream postid-@n@">
<!-- served by cache node @n@, key @id@ -->
<noscript><iframe src="https://tag.example/ns.html?id=@id@" height="0" width="0"></iframe></noscript>
<div id="cookie-@id@" class="cookie-banner" role="dialog">
  <p>We use cookies to see how this site is used. By staying you accept our <a href="/privacy/">privacy policy</a>.</p>
  <button type="button" data-k="@id@">Accept</button> <button type="button">Decline</button>
</div>
<nav class="site-nav" aria-label="Main">
<ul>
<li><a href="/">Home</a></li>
<li><a href="/latest/">Latest</a></li>
<li><a href="/ko/" lang="ko">조선중앙통신</a></li>
<li><a href="/search/">Advanced Search</a></li>
@menu@
</ul>
<form action="/" method="get">
<input type="search" name="s" placeholder="Search…"><input type="hidden" name="k" value="@id@">
</form>
</nav>
"""

_BOTTOM = """<section id="comments" class="comments">
  <h3>Comments</h3>
  <p>Be the first to comment. <a href="/login/?k=@id@">Log in</a> to join the discussion.</p>
  <div id="thread-@id@" data-count="@n@"></div>
</section>
<footer id="footer">
  <p>KCNA Watch is a service of NK Consulting. &copy; 2011&ndash;2026. All rights reserved.</p>
  <ul><li><a href="/about/">About</a></li><li><a href="/terms/">Terms</a></li></ul>
  <ul class="archive">
@archive@
  </ul>
</footer>
<!-- @n@ queries in 0.@n@ seconds -->
<script nonce="@id@">
@scripts@
</script>
<script async src="/wp-content/themes/kw/app.js?ver=@id@"></script>
</body>
</html>
"""

_TRENDING = (
    "What the New Year Plenum Decided", "Ten Maps of the Rail Network", "Harvest Figures Compared",
    "How State TV Reported the Floods", "A Guide to the Five-year Plan", "Who Stood Where at the Parade",
    "Newspapers of the Provinces", "Price of Rice in Three Cities", "The Ships of Nampho", "Reading the Front Page",
    "Fifty Years of Postage Stamps", "The Cabinet and Its Ministries", "Radio Schedules of the Nineties",
    "Satellite Pictures of the Dam", "Names of Factories Explained",
)  # fmt: skip


def _sidebar(rng: random.Random) -> str:
    links = (
        f'  <li><a href="/trending/{rng.getrandbits(32):08x}/">{title}</a> <i>{rng.getrandbits(14)} views</i></li>'
        for title in rng.sample(_TRENDING, 8)
    )
    listed = "\n".join(links)
    return f'<aside id="sidebar">\n<h3>Trending</h3>\n<ol class="trending">\n{listed}\n</ol>\n</aside>\n'


# A site of articles


_FIRST_SECOND = 1_763_510_400
_SECONDS_APART = 600
_NEW_PER_MOMENT = 5
_CARDS = 20
_BODY_SIZE = 6_600
_FAMILIES = ("Kim", "Ri", "Pak", "Choe", "Jong", "Kang", "Jo", "Yun", "Jang", "Rim", "Han", "O", "Sin", "So")
_GIVEN = ("Chol", "Un", "Myong", "Hyok", "Su", "Gyong", "Ok", "Nam", "Kwang", "Il", "Song", "Jin", "Hui", "Ryong")
_PLACES = ("Sinyang", "Taechong", "Paeksok", "Yongjin", "Hwanggang", "Ryongmun", "Chollima", "Sunchon", "Anju", "Mirae")
_UNITS = ("Farm", "Coal Mine", "Textile Mill", "Power Station", "Tree Nursery", "Cement Complex", "Machine Plant")
_DEEDS = ("Overfulfils Its Plan", "Updates Equipment", "Opens New Houses", "Shares Its Experience", "Meets Target")
_POSTS = ("manager", "workteam leader", "chief engineer", "secretary", "researcher")
_SUBSTITUTES = ("reportedly", "partial", "provisional", "notable", "ordinary", "earlier", "additional", "separate")

Edits = Mapping[int, Collection[int] | float] | float


class Site:
    """A made-up site of ``pages`` articles, the same for the same ``seed``, at moments 0, 1, 2, …

    With every moment the masthead moves on a day, a few newer articles push into the cards, and ids and nonces change
    on all pages. ``edits`` says which articles change by a word in their body, and stay changed: for each moment
    the indexes or the share of the pages that an edit reaches, or one share for all moments after the first.

    Articles of an index of ``pages`` and above exist too: they are the newer ones that the cards come to link to.
    """

    def __init__(self, pages: int = 500, seed: int = 1, edits: Edits = 0.0, host: str = HOST) -> None:
        self.pages = pages
        self._seed = seed
        self._edits = edits
        self._host = host
        self._articles: dict[int, Article] = {}
        self._edited: dict[int, frozenset[int]] = {}
        self._shown: dict[int, tuple[Card, ...]] = {}

    def paths(self) -> list[str]:
        """The path of each page, in the order of the indexes; ``/newstream/1763520600-000000017/slug-of-title/``."""
        return [self.path(i) for i in range(self.pages)]

    def path(self, i: int) -> str:
        return self._address(i).removeprefix(self._host)

    def _address(self, i: int) -> str:
        return address(_FIRST_SECOND + i * _SECONDS_APART, i, self._original(i).title, self._host)

    def edited(self, moment: int) -> frozenset[int]:
        """The indexes of the articles that read otherwise at ``moment`` than at the moment before."""
        if moment not in self._edited:
            edits: Collection[int] | float
            every = self._edits if moment > 0 else ()
            edits = self._edits.get(moment, ()) if isinstance(self._edits, Mapping) else every
            if isinstance(edits, float | int):
                rng = random.Random(f"{self._seed} edits {moment}")
                edits = rng.sample(range(self.pages), round(edits * self.pages))
            self._edited[moment] = frozenset(edits)
        return self._edited[moment]

    def article(self, i: int, moment: int = 0) -> Article:
        """What page ``i`` says at ``moment``, masthead and cards included."""
        article = self._original(i)
        paragraphs = list(article.paragraphs)
        for then in range(moment + 1):
            if i in self.edited(then):
                _change_a_word(paragraphs, random.Random(f"{self._seed} edit {i} {then}"))
        masthead = _day(self.pages) + timedelta(days=1 + moment)
        return replace(article, paragraphs=tuple(paragraphs), masthead=masthead, cards=self._newest(moment))

    def html(self, i: int, moment: int = 0, padding: int = PADDING) -> str:
        """Page ``i`` as the site serves it at ``moment``."""
        dirt = (self._seed * 1_000 + moment) * 1_000_000 + i
        return page(self.article(i, moment), address=self._address(i), dirt=dirt, padding=padding)

    def _newest(self, moment: int) -> tuple[Card, ...]:
        """The cards that all pages show at ``moment``."""
        if moment not in self._shown:
            newest = self.pages - 1 + moment * _NEW_PER_MOMENT
            self._shown[moment] = tuple(self._as_card(i) for i in range(newest, max(newest - _CARDS, -1), -1))
        return self._shown[moment]

    def _as_card(self, i: int) -> Card:
        article = self._original(i)
        excerpt = article.paragraphs[0][:131].rsplit(" ", 1)[0]
        return Card(title=article.title, excerpt=excerpt, published=_day(i), url=self._address(i))

    def _original(self, i: int) -> Article:
        """Article ``i`` before any edit, without what changes with the moment."""
        if i not in self._articles:
            rng = random.Random(f"{self._seed} article {i}")
            subject = f"{rng.choice(_PLACES)} {rng.choice(_UNITS)}"
            self._articles[i] = Article(
                publication="KCNA.kp (En)",
                title=f"{subject} No. {i + 1} {rng.choice(_DEEDS)}",
                published=_day(i),
                paragraphs=_text(subject, i, rng),
                site="KCNA",
                has_original=True,
            )
        return self._articles[i]


def _day(i: int) -> date:
    return datetime.fromtimestamp(_FIRST_SECOND + i * _SECONDS_APART, UTC).date()


def _text(subject: str, i: int, rng: random.Random) -> tuple[str, ...]:
    """A body of about 7 KB: sentences of the seeds among invented ones that make each article its own."""
    day = _day(i)
    month = long_date(day).split(" ")[0]
    sentences = _sentences()
    paragraphs = [f"Pyongyang, {month} {day.day} (KCNA) -- {_report(subject, rng)}"]
    size = 0
    while size < _BODY_SIZE:
        chosen = rng.sample(sentences, rng.randrange(1, 4))
        chosen.insert(rng.randrange(len(chosen) + 1), _report(subject, rng))
        paragraphs.append(" ".join(chosen))
        size += len(paragraphs[-1])
    paragraphs[-1] += " -0-"
    return tuple(paragraphs)


def _report(subject: str, rng: random.Random) -> str:
    name = f"{rng.choice(_FAMILIES)} {rng.choice(_GIVEN)} {rng.choice(_GIVEN)}"
    return (
        f"{name}, {rng.choice(_POSTS)} of the {subject}, said that workteam No. {rng.randrange(1, 30)} turned out "
        f"{rng.randrange(1, 99)},{rng.randrange(1000):03} items, {rng.randrange(101, 190)} percent of the day's plan."
    )


@cache
def _sentences() -> tuple[str, ...]:
    """The sentences of the seeds that are neither very short nor very long."""
    bodies = (from_bytes(seed.read_bytes()).paragraphs for seed in sorted(SEEDS.glob("*.txt")))
    sentences = (s for body in bodies for text in body for s in re.split(r"(?<=[.?!]) (?=[A-Z])", text))
    return tuple(s for s in sentences if 60 < len(s) < 500 and s.endswith("."))


def _change_a_word(paragraphs: list[str], rng: random.Random) -> None:
    """Put another word in the place of one. Words put in before stay, so that no edit takes back an earlier one."""
    at = rng.randrange(1, len(paragraphs))
    words = paragraphs[at].split(" ")
    plain = [n for n, w in enumerate(words) if len(w) > 3 and w.isalpha() and w.islower() and w not in _SUBSTITUTES]
    words[rng.choice(plain)] = rng.choice(_SUBSTITUTES)
    paragraphs[at] = " ".join(words)

"""What sort of page it is: an article, or a paywall stub, a video, a live blog, a gallery, a listing, a product, a thread.

Each comes with its evidence. Listings, front pages and searches are no articles; stubs prove nothing of one; the others are read,
though with less certainty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

from monitor.parsing.anysite.meta import Said
from monitor.parsing.anysite.structured import ARTICLES, Structured


class Sort(StrEnum):
    """Sorts of pages."""

    ARTICLE = "article"
    STUB = "paywall stub"
    VIDEO = "video page"
    LIVE = "live blog"
    GALLERY = "gallery"
    LISTING = "listing"
    FRONT = "front page"
    SEARCH = "search result"
    PRODUCT = "product page"
    THREAD = "forum thread"

    @property
    def is_readable(self) -> bool:
        """Whether such a page is read as an article."""
        return self not in (Sort.STUB, Sort.LISTING, Sort.FRONT, Sort.SEARCH)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The sort of a page, and what told it."""

    sort: Sort = Sort.ARTICLE
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What counts of a page: the article's letters and paragraphs, teasers, the share of linked text, videos, pictures.

    ``text`` is what stands around the article where that is short, ``longest`` the weight of its longest paragraph.
    """

    letters: int
    paragraphs: int
    cards: int
    linked: float
    videos: int
    pictures: int
    text: str
    longest: int = 0


_WALL = re.compile(
    r"(?i)subscribe (?:now |today )?(?:to|and) (?:continue|read|keep|unlock|get (?:full|unlimited))|(?:to continue|to keep"
    r"|continue) reading[^.]{0,80}(?:subscri|sign in|log in|register)"
    r"|(?:this (?:article|content|story|post) is|available) (?:only )?(?:for|to|exclusive(?:ly)? (?:for|to)"
    r"|reserved for) (?:our )?(?:paid |paying |premium )?(?:subscribers|members)"
    r"|already (?:a|have a) (?:subscriber|subscription|member)|subscribers? only|subscriber[- ]exclusive|unlock (?:this"
    r"|the full) (?:article|story)|become a (?:subscriber|member) to"
    r"|(?:you have|you've) (?:reached|used|read) (?:your|all|the)[^.]{0,60}(?:free|limit|articles)"
    r"|start your (?:free )?(?:trial|subscription)|create a free account to"
    r"|jetzt weiterlesen|weiterlesen mit|diesen artikel (?:weiterlesen|lesen sie)|nur für abonnenten|exklusiv für abonnenten"
    r"|réservé aux abonnés|la suite de cet article est réservée"
    r"|contenido exclusivo para suscriptores|suscríbete para (?:seguir|leer)|solo para suscriptores"
    r"|contenuto riservato agli abbonati|conteúdo exclusivo para assinantes"
    r"|доступно только (?:по подписке|подписчикам)|유료 (?:회원|구독|기사)|구독자 전용"
    r"|会员(?:专享|专属)|会員限定|有料会員|登录后阅读全文|この記事は有料"
)
LONGEST_STUB = 1500  # letters of an article that can still be a stub, where JSON-LD says that it is not free
_PHRASED = 900  # and where only words say so
_SEARCHED = frozenset({"q", "s", "query", "search", "keyword", "keywords", "searchword", "search_query"})
_LIVE_ADDRESS = re.compile(
    r"/(?:live|liveblog|live-?updates?|live-news|liveticker|ticker)(?:/|-|$)|-live-(?:updates?|blog)", re.IGNORECASE
)
_THREAD_ADDRESS = re.compile(
    r"/(?:viewtopic|showthread|threads?|topic|questions)\b|/(?:forums?|boards?|community)/.", re.IGNORECASE
)
_VIDEO_ADDRESS = re.compile(r"/(?:videos?|watch|mediathek|av|clips?|tv)/", re.IGNORECASE)
_GALLERY_ADDRESS = re.compile(
    r"/(?:gallery|galleries|photos?|pictures|slideshow|fotostrecke|photo-gallery|in-pictures|bilder)(?:/|-)", re.IGNORECASE
)
_LIST_ADDRESS = re.compile(
    r"/(?:category|categories|tag|tags|topic|topics|section|author|authors|archive|archives|rubrik|thema)(?:/[^/]+){1,2}/?$"
    r"|/page/\d+/?$",
    re.IGNORECASE,
)


def sort_of(url: str, claims: Structured, said: Said, shape: Shape) -> Sorted:
    """What sort of page it is, by its address, what it claims to be, and its shape."""
    path, query = _address(url)
    for look in (_walled, _searched, _fronted, _listed, _live, _thread, _product, _video, _gallery):
        found = look(path, query, claims, said, shape)
        if found is not None:
            return found
    return Sorted()


def _address(url: str) -> tuple[str, frozenset[str]]:
    try:
        parts = urlsplit(url)
        return parts.path, frozenset(name.lower() for name, _ in parse_qsl(parts.query, max_num_fields=100))
    except ValueError:
        return "", frozenset()


def _walled(_path: str, _query: frozenset[str], claims: Structured, _said: Said, shape: Shape) -> Sorted | None:
    words = _WALL.search(shape.text)
    is_free = claims.is_free and all(each.is_free for each in claims.articles)
    if not is_free and (shape.letters < 500 or (words is not None and shape.letters < LONGEST_STUB)):
        return Sorted(Sort.STUB, f"JSON-LD says isAccessibleForFree: false, and there are {shape.letters} characters of text")
    if words is not None and shape.letters < _PHRASED:
        return Sorted(Sort.STUB, f"it holds {words[0][:60]!r}, and there are {shape.letters} characters of text")
    return None


def _searched(path: str, query: frozenset[str], claims: Structured, _said: Said, shape: Shape) -> Sorted | None:
    if "searchresultspage" in claims.types:
        return Sorted(Sort.SEARCH, "JSON-LD says SearchResultsPage")
    is_search = bool(query & _SEARCHED) or path.rstrip("/").lower().endswith("/search")
    if is_search and not _is_article(claims) and (shape.cards >= 3 or shape.linked > 0.5):
        return Sorted(Sort.SEARCH, f"its address asks for a search, and it shows {shape.cards} teasers")
    return None


def _fronted(path: str, query: frozenset[str], claims: Structured, said: Said, shape: Shape) -> Sorted | None:
    is_root = path in ("", "/", "/index.html", "/index.htm", "/index.php", "/home", "/en/", "/en") and not query
    if (
        is_root
        and not _is_article(claims)
        and said.kind != "article"
        and (shape.cards >= 3 or shape.linked > 0.5 or shape.letters < 400)
    ):
        return Sorted(Sort.FRONT, f"its address is that of a front page, and it shows {shape.cards} teasers")
    return None


def _listed(path: str, _query: frozenset[str], claims: Structured, said: Said, shape: Shape) -> Sorted | None:
    if _is_article(claims) or said.kind == "article":
        return None
    types = claims.types & {"collectionpage", "itemlist", "blog"}
    if shape.letters > 2500 and shape.cards < 3 and not types:
        return None
    if types and (shape.cards >= 3 or claims.listed >= 3) and shape.letters < 1500:
        return Sorted(
            Sort.LISTING, f"JSON-LD says {', '.join(sorted(types))}, and it shows {max(shape.cards, claims.listed)} teasers"
        )
    if _LIST_ADDRESS.search(path) and shape.cards >= 3 and shape.letters < 1500:
        return Sorted(Sort.LISTING, f"its address is that of a listing, and it shows {shape.cards} teasers")
    if shape.longest < 140 and (
        (shape.cards >= 5 and shape.letters < 400) or (shape.letters < 200 and shape.linked > 0.75 and shape.cards >= 3)
    ):
        return Sorted(Sort.LISTING, f"it shows {shape.cards} teasers and {shape.letters} characters of text of its own")
    return None


def _live(path: str, _query: frozenset[str], claims: Structured, _said: Said, shape: Shape) -> Sorted | None:
    if "liveblogposting" in claims.types:
        return Sorted(Sort.LIVE, "JSON-LD says LiveBlogPosting")
    if _LIVE_ADDRESS.search(path) and shape.paragraphs >= 8:
        return Sorted(Sort.LIVE, "its address is that of a live blog")
    return None


def _thread(path: str, _query: frozenset[str], claims: Structured, _said: Said, _shape: Shape) -> Sorted | None:
    types = claims.types & {"discussionforumposting", "qapage", "question"}
    if not types and _THREAD_ADDRESS.search(path) and not _is_article(claims):
        return Sorted(Sort.THREAD, "its address is that of a thread")
    return Sorted(Sort.THREAD, f"JSON-LD says {', '.join(sorted(types))}") if types and not _is_article(claims) else None


def _product(_path: str, _query: frozenset[str], claims: Structured, said: Said, _shape: Shape) -> Sorted | None:
    if _is_article(claims):
        return None
    if "product" in claims.types:
        return Sorted(Sort.PRODUCT, "JSON-LD says Product")
    return (
        Sorted(Sort.PRODUCT, f"Open Graph says {said.kind}") if said.kind in ("product", "og:product", "product.item") else None
    )


def _video(path: str, _query: frozenset[str], claims: Structured, said: Said, shape: Shape) -> Sorted | None:
    if "videoobject" in claims.types and not claims.types & (ARTICLES - {"videoobject"}):
        return Sorted(Sort.VIDEO, "JSON-LD says VideoObject and no article")
    if said.kind.startswith("video"):
        return Sorted(Sort.VIDEO, f"Open Graph says {said.kind}")
    if shape.letters < 800 and (shape.videos and (_VIDEO_ADDRESS.search(path) or shape.letters < 300)):
        return Sorted(Sort.VIDEO, f"a player and {shape.letters} characters of text")
    return None


def _gallery(path: str, _query: frozenset[str], claims: Structured, _said: Said, shape: Shape) -> Sorted | None:
    types = claims.types & {"imagegallery", "mediagallery"}
    if types:
        return Sorted(Sort.GALLERY, f"JSON-LD says {', '.join(sorted(types))}")
    if shape.pictures >= 6 and (_GALLERY_ADDRESS.search(path) or shape.pictures * 120 > shape.letters):
        return Sorted(Sort.GALLERY, f"{shape.pictures} pictures and {shape.letters} characters of text")
    return None


def _is_article(claims: Structured) -> bool:
    return bool(claims.types & ARTICLES)

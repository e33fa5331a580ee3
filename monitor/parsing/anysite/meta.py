"""What a page says of itself in meta tags (Open Graph, Dublin Core and kin) and in microdata or RDFa beside its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from monitor.parsing.anysite.blocks import folded
from monitor.parsing.anysite.structured import ARTICLES

_MOST = 3000  # elements that are looked at
_MOST_PROPS = 10
_MOST_DAYS = 100
_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "og:article:published",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dcterms.date",
    "dc.date", "dc:date", "publishdate", "publish-date", "publish_date", "published_date", "published-date", "publication_date",
    "publicationdate", "pubdate", "pub_date", "article.published", "article_date_original", "originalpublicationdate",
    "cxenseparse:recs:publishtime", "citation_publication_date", "citation_date", "rnews:datepublished", "article:publish_date",
    "date.created", "datecreated", "bt:pubdate", "sailthru:date", "news:published", "article:publicationdate", "date",
)  # fmt: skip
_NAMES = ("name", "property", "itemprop", "http-equiv")
_SITE = ("og:site_name", "application-name", "citation_journal_title", "dc.publisher", "twitter:app:name:iphone")
_DATED = "//*[@itemprop or @property or @pubdate] | //abbr[@title and @class] | //time[@datetime and @class]"
_FORMATS = frozenset({"published", "dt-published", "entry-date"})  # microformats' names
_DAY_PROPS = frozenset(
    {"datepublished", "schema:datepublished", "dc:date", "dc:created", "dc:issued", "dcterms:issued", "dcterms:created"}
)


@dataclass(frozen=True, slots=True)
class Said:
    """What meta tags and microdata say, as written. ``published`` holds every day's text with where it stands, best first."""

    titles: tuple[str, ...] = ()
    page_title: str = ""
    site: str = ""
    published: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    language: str = ""
    canonical: str = ""
    image: str = ""
    publisher: str = ""
    headline: str = ""


def said(root: Any) -> Said:
    """What a page's tree says in its meta tags, its ``<title>`` and its microdata. Never fails."""
    metas = _metas(root)
    titles = [
        metas[name]
        for name in ("og:title", "twitter:title", "dc.title", "citation_title", "headline", "title")
        if metas.get(name)
    ]
    named = [(f"meta {name}", metas[name]) for name in _PUBLISHED if metas.get(name)]
    inline = list(_inline_days(root))
    headlines, publishers = _props(root)
    return Said(
        tuple(dict.fromkeys(titles)),
        next((folded(each.text_content()) for each in root.iter("title") if _is_of_head(each)), ""),
        next((metas[name] for name in _SITE if metas.get(name)), ""),
        (*named, *inline),
        metas.get("og:type", "").lower(),
        (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or metas.get("content-language", ""))
        .strip()
        .lower(),
        next(
            (link.get("href") or "" for link in root.iter("link") if (link.get("rel") or "").strip().lower() == "canonical"), ""
        ),
        metas.get("og:image", ""),
        next(iter(publishers), ""),
        next(iter(headlines), ""),
    )


def _is_of_head(title: Any) -> bool:
    """Whether a ``<title>`` is the page's, not that of a drawing in it."""
    return not any(outer.tag == "svg" for outer in title.iterancestors())


def _metas(root: Any) -> dict[str, str]:
    """The first value of every meta tag, by each of its names in small letters."""
    found: dict[str, str] = {}
    for count, node in enumerate(root.iter("meta")):
        if count > _MOST:
            break
        if node.get("itemprop") and any(
            outer.get("itemscope") is not None and not _is_article(outer) for outer in node.iterancestors()
        ):
            continue
        content = folded(node.get("content"))
        if content and len(content) < 2000:
            for attribute in _NAMES:
                for name in (node.get(attribute) or "").lower().split():
                    found.setdefault(name, content)
    return found


def _inline_days(root: Any) -> Iterator[tuple[str, str]]:
    """Days that microdata, RDFa or microformats give to the article itself, not to a comment on it."""
    for node in _having(root, _DATED)[:_MOST_DAYS]:
        props = {each.lower() for each in f"{node.get('itemprop') or ''} {node.get('property') or ''}".split()}
        is_named = node.get("pubdate") is not None or not _FORMATS.isdisjoint((node.get("class") or "").split())
        if node.tag == "meta" or not (props & _DAY_PROPS or is_named):
            continue
        if not props & _DAY_PROPS and not (node.get("datetime") or node.get("title")):
            continue
        if _scope_is_article(node):
            text = node.get("datetime") or node.get("content") or node.get("title") or ""
            yield (
                "microdata" if props & _DAY_PROPS else "a time that is named published",
                folded(text) or folded(node.text_content())[:200],
            )


def _props(root: Any) -> tuple[list[str], list[str]]:
    headlines, publishers = [], []
    for node in _having(root, "//*[contains(@itemprop, 'headline') or contains(@itemprop, 'publisher')]")[:_MOST_PROPS]:
        props = (node.get("itemprop") or "").lower().split()
        if "headline" in props and node.tag != "meta" and _scope_is_article(node):
            headlines.append(folded(node.text_content())[:1000])
        if "publisher" in props and node.get("itemscope") is not None:
            publishers += [
                folded(each.get("content") or each.text_content())[:200] for each in node.xpath(".//*[@itemprop='name']")[:1]
            ]
    return [each for each in headlines if each], [each for each in publishers if each]


def _having(root: Any, path: str) -> list[Any]:
    found = root.xpath(path)
    return found[:_MOST] if isinstance(found, list) else []


def _scope_is_article(node: Any) -> bool:
    """Whether the nearest thing that microdata describes around a node is an article, or none is described."""
    for count, outer in enumerate(node.iterancestors()):
        if outer.get("itemscope") is not None:
            return _is_article(outer)
        if count > 100:
            break
    return True


def _is_article(scope: Any) -> bool:
    kinds = (scope.get("itemtype") or "").lower().split()
    return not kinds or any(kind.rstrip("/").rpartition("/")[2] in ARTICLES | {"webpage", "itempage", "blog"} for kind in kinds)

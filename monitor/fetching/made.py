"""The page that replay makes from an article text file; the layout in ``made.toml`` reads it back to an equal article.

Nothing in its markup is any site's: each part stands in an element of its own, marked by ``data-monitor``.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from monitor.article import Article, Card

TITLE_OF_MADE = b'<h1 data-monitor="title">'  # stands on every such page, and on no site's


def made_page(article: Article) -> str:
    """The page that says what ``article`` says, to be served as UTF-8. Reading it needs at least one paragraph.

    The parts that have no place in the text format (addresses of cards and of the original) are left out.
    """
    lines = [*_head(article), *(_marked("p", "paragraph", text) for text in article.paragraphs)]
    for card in article.cards:
        lines += _card(card)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(article.title)}</title>\n</head>\n'
        "<body>\n" + "\n".join(lines) + "\n</body>\n</html>\n"
    )


def _head(article: Article) -> Iterator[str]:
    if article.masthead is not None:
        yield _marked("p", "masthead", article.masthead.isoformat())
    if article.site is not None:
        yield _marked("p", "site", article.site)
    yield _marked("h1", "title", article.title)
    yield _marked("p", "publication", article.publication)
    if article.published is not None:
        yield _marked("p", "published", article.published.isoformat())
    if article.has_original:
        yield _marked("a", "original", "Read original version at source")


def _card(card: Card) -> Iterator[str]:
    yield '<div data-monitor="card">'
    yield _marked("p", "card-title", card.title)
    yield _marked("p", "card-excerpt", card.excerpt)
    yield _marked("p", "card-date", card.published.isoformat())
    yield "</div>"


def _marked(tag: str, mark: str, text: str) -> str:
    return f'<{tag} data-monitor="{mark}">{escape(text)}</{tag}>'

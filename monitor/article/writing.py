"""Writing the text format: UTF-8, ``\\n`` line ends, blocks separated by one blank line, nothing after the last block.

What is written is read back, and an article is refused whose text would read otherwise: so for all others
``from_text(to_text(article)) == article``.
"""

from __future__ import annotations

from monitor.article.dates import long_date, short_date
from monitor.article.lines import MORE_ARTICLES, MORE_FROM, ORIGINAL, line_problem
from monitor.article.reading import from_text
from monitor.article.values import Article
from monitor.errors import FormatError, NotWritable


def to_text(article: Article) -> str:
    """The article in the text format.

    Raises NotWritable, naming the part, when the text would not read back as an equal article.
    """
    for part, text in _parts(article):
        problem = line_problem(text)
        if problem:
            raise NotWritable(part, problem)
    if " | " in article.publication:
        raise NotWritable("publication", "it holds ` | `")
    text = "\n\n".join(_blocks(article))
    try:
        again = from_text(text)
    except FormatError as wrong:  # only where the title was taken for a head
        raise NotWritable("title", f"it would not read back ({wrong.problem})") from wrong
    if again != article:
        raise NotWritable(_first_difference(article, again), "it would read back as something else")
    return text


def _parts(article: Article) -> list[tuple[str, str]]:
    """Every line of text in the article with the name a person would give it."""
    parts = [("publication", article.publication), ("title", article.title)]
    if article.site is not None:
        parts.append(("site", article.site))
    parts += [(f"paragraph {i}", p) for i, p in enumerate(article.paragraphs, 1)]
    for i, card in enumerate(article.cards, 1):
        parts += [(f"title of card {i}", card.title), (f"excerpt of card {i}", card.excerpt)]
    return parts


def _blocks(article: Article) -> list[str]:
    head = []
    if article.masthead is not None:
        head.append(long_date(article.masthead) + short_date(article.masthead))
    if article.site is not None:
        head.append(f"{article.site} {article.publication}")
    meta = f"Source: {article.publication}"
    if article.published is not None:
        day = article.published
        meta = f"Date: {day.day:02}/{day.month:02}/{day.year:04} | {meta}"
    if article.has_original:
        meta += ORIGINAL
    blocks = ["\n".join(head)] if head else []
    blocks += [article.title, meta, *article.paragraphs]
    if article.cards:
        blocks.append(MORE_FROM + article.publication)
        for card in article.cards:
            blocks += [card.title, card.title, card.excerpt, long_date(card.published), card.excerpt]
        blocks.append(MORE_ARTICLES)
    return blocks


def _first_difference(ours: Article, theirs: Article) -> str:
    """The part to blame; the title comes first because one that reads as a head displaces all the rest."""
    names = ("title", "site", "publication", "masthead", "published", "has_original", "paragraphs", "cards")
    return next(name for name in names if getattr(ours, name) != getattr(theirs, name))

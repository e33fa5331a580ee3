"""Hypothesis strategies: articles as the program knows them, their texts as hostile as the format allows."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from monitor.article import Article, Card, fold, to_text
from monitor.errors import NotWritable

_HOSTILE = (
    "<script>alert('1')</script>",
    "</p><p>",
    "</body></html>",
    "<!-- comment -->",
    "<![CDATA[ x ]]>",
    "<?xml version='1.0'?>",
    "&amp;",
    "&lt;p&gt; &#60; &#x3C; &nbsp; &unknown; &",
    "\"quoted\" 'quoted' “quoted” ‘quoted’",
    'data-monitor="title"',
    "{{ template }} {% block %}",
    "More Articles",
    "More From KCNA.kp (En)",
    "Date: 01/02/2003 | Source: KCNA.kp (En) | Read original version at source",
    "February 05, 2026Feb 05, 2026",
    "김정은 동지 e\u0301 \u202eright to left\u202c 😀 \ufffd",
    "KCNA",
    "It ends here. -0-",
    "-" * 300,
)
_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


def lines(max_size: int = 3) -> st.SearchStrategy[str]:
    """One line of text as parts of articles are: folded, not empty."""
    pieces = st.lists(st.one_of(st.sampled_from(_HOSTILE), _WORDS), min_size=1, max_size=max_size)
    return pieces.map(lambda found: fold(" ".join(found))).filter(bool)


def cards() -> st.SearchStrategy[Card]:
    """Any card."""
    return st.builds(Card, title=lines(), excerpt=lines(), published=st.dates())


def articles(min_paragraphs: int = 0) -> st.SearchStrategy[Article]:
    """Any article, whether the text format can hold it or not."""
    return st.builds(
        Article,
        publication=lines(1),
        title=lines(),
        published=st.none() | st.dates(),
        paragraphs=st.lists(lines(), min_size=min_paragraphs, max_size=6).map(tuple),
        site=st.none() | lines(1),
        masthead=st.none() | st.dates(),
        has_original=st.booleans(),
        cards=st.lists(cards(), max_size=3).map(tuple),
    )


@st.composite
def writable_articles(draw: st.DrawFn, min_paragraphs: int = 0) -> Article:
    """Any article that has a text form."""
    article = draw(articles(min_paragraphs))
    try:
        to_text(article)
    except NotWritable:
        assume(False)
    return article

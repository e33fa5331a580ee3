"""JSON-LD: what it claims, and what it may not do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.anysite.page import tree_of
from monitor.parsing.anysite.structured import Structured, structured

ARTICLE = {"@type": "NewsArticle", "headline": "A title", "datePublished": "2024-11-03", "publisher": {"name": "A Paper"}}


def read(*scripts: Any) -> Structured:
    """What the scripts of a page say; a text is written as it is."""
    texts = [script if isinstance(script, str) else json.dumps(script) for script in scripts]
    page = "".join(f'<script type="application/ld+json">{text}</script>' for text in texts)
    return structured(tree_of(f"<html><head>{page}</head><body><p>x</p></body></html>".encode()))


@pytest.mark.parametrize(
    "script", [ARTICLE, [ARTICLE], {"@graph": [{"@type": "WebSite"}, ARTICLE]}, {"@type": "WebPage", "mainEntity": ARTICLE}]
)
def test_an_article_is_found_wherever_it_stands(script: Any) -> None:
    (claim,) = read(script).articles
    assert (claim.headline, claim.published, claim.publisher) == ("A title", "2024-11-03", "A Paper")


def test_what_hangs_on_another_thing_is_not_the_pages_own() -> None:
    found = read({"@type": "ItemList", "itemListElement": [ARTICLE, ARTICLE, ARTICLE]})
    assert not found.articles
    assert found.listed == 3


@pytest.mark.parametrize(
    "text",
    [
        "<!--" + json.dumps(ARTICLE) + "-->", "//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>", json.dumps(ARTICLE)[:-1] + ",}",
        json.dumps(ARTICLE) + ";",
        '{"@type":"NewsArticle","headline":"A title","articleBody":"He said "no"","datePublished":"2024-11-03"}',
    ],
)  # fmt: skip
def test_common_mistakes_are_read_over(text: str) -> None:
    (claim,) = read(text).articles
    assert (claim.headline, claim.published) == ("A title", "2024-11-03")


@pytest.mark.parametrize("said", [False, "False", "http://schema.org/False"])
def test_what_is_not_free_says_so(said: Any) -> None:
    assert not read({**ARTICLE, "isAccessibleForFree": said}).is_free


@pytest.mark.parametrize(
    "text", ["[" * 300_000, '{"a":' * 200_000, '{"@type":"NewsArticle","n":' + "9" * 500_000 + "}", "null", '"x"', "{"]
)
def test_bombs_say_nothing_and_break_nothing(text: str) -> None:
    assert all(not claim.headline for claim in read(text).articles)


_KEYS = ["@type", "headline", "publisher", "author", "image", "mainEntityOfPage", "@graph", "articleBody"]
_LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("NewsArticle")


def _holding(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4)


@given(st.recursive(_LEAVES, _holding, max_leaves=12))
def test_any_json_is_read(value: Any) -> None:
    assert read(json.dumps(value).replace("<", " ")) == read(json.dumps(value).replace("<", " "))

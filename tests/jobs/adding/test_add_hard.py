"""Sites on which a proposal went wrong once: every article is read to its very paragraphs, and every listing to its end."""

from __future__ import annotations

import pytest
from jobs.example_sites import Served, Site
from jobs.hard_sites import HARD
from jobs.proposing import proposed, read

from monitor.article import fold
from monitor.errors import InputError
from monitor.settings import Source
from monitor.telling.proposal import Proposal


def exact(site: Site, source: Source) -> list[str]:
    """The paths of the articles that a source reads word for word, and paragraph by paragraph."""
    return [
        path
        for path, truth, article in read(site, source)
        if (article.title, article.published, article.paragraphs)
        == (fold(truth.title), truth.day, tuple(map(fold, truth.paragraphs)))
    ]


@pytest.fixture(scope="module")
def proposals() -> dict[str, tuple[Proposal, Served]]:
    return {name: proposed(make()) for name, make in HARD.items()}


@pytest.mark.parametrize("name", HARD)
def test_every_article_is_read_to_its_very_paragraphs(name: str, proposals: dict[str, tuple[Proposal, Served]]) -> None:
    site, (proposal, served) = HARD[name](), proposals[name]
    assert len(exact(site, proposal.source)) == len(site.articles)
    assert len(proposal.source.layouts) == 1
    assert [sample.url for sample in proposal.samples if sample.doubts and "/premium/" not in sample.url] == []
    assert len(served.asked) <= 24
    assert len(set(served.asked)) == len(served.asked)


@pytest.mark.parametrize("start", ["/list.php?page=1", "/article.php?id=12", "/article.php?id=3"])
def test_numbers_of_one_digit_are_articles_wherever_one_begins(start: str) -> None:
    site = HARD["old-tables"]()
    assert len(exact(site, proposed(site, start)[0].source)) == len(site.articles)


def test_numbered_listings_are_a_series_and_pages_with_a_box_alone_are_none(
    proposals: dict[str, tuple[Proposal, Served]],
) -> None:
    proposal = proposals["old-tables"][0]
    assert [(each.address, each.first, each.last) for each in proposal.source.find.series] == [
        ("https://hangangdaily.example/list.php?page={page}", 1, 3)
    ]
    assert proposal.source.find.listings == ("https://hangangdaily.example/",)
    why = {place.url.rpartition("/")[2]: place.why for place in proposal.places if not place.is_taken}
    assert why["company.php"] == "what it lists stands on every page"


def test_a_link_to_the_next_page_is_followed(proposals: dict[str, tuple[Proposal, Served]]) -> None:
    find = proposals["portal"][0].source.find
    assert (find.next, find.depth) == (('a[rel~="next"]',), 5)
    assert "https://baycourier.example/latest/" in find.listings


def test_a_live_blog_is_no_sample_and_is_shown_as_what_the_layout_does_not_read(
    proposals: dict[str, tuple[Proposal, Served]],
) -> None:
    samples = proposals["portal"][0].samples
    assert len([sample for sample in samples if sample.article and not sample.doubts]) == 5
    assert [sample.url.split("/")[3] for sample in samples if sample.article is None] == ["live"]


def test_a_stub_that_the_layout_would_read_as_an_article_is_doubted(proposals: dict[str, tuple[Proposal, Served]]) -> None:
    (doubted,) = (sample for sample in proposals["portal"][0].samples if sample.doubts)
    assert "/premium/" in doubted.url
    assert "paywall stub" in doubted.doubts[0]


def test_a_layout_that_misses_one_of_five_names_it() -> None:
    site = HARD["captions"]()
    path = next(iter(site.articles))
    body, kind = site.pages[path]
    for old, new in ((b'class="post-content"', b'class="special"'), (b'<main><article class="post">', b"<div><div>")):
        body = body.replace(old, new)
    site.pages[path] = (body, kind)
    proposal, _ = proposed(site)
    assert len(proposal.source.layouts) == 1
    assert "4 of 5 articles" in proposal.notes["layouts"]
    assert path in proposal.notes["layouts"]


def test_where_nothing_is_an_article_the_addresses_that_were_found_are_told() -> None:
    site = Site("Nothing", "nothing.example")
    site.put("/", '<a href="/a">A</a><a href="/b">B</a><a href="/tag/x-y">T</a><a href="/some-words-here">Some words here</a>')
    site.put("/some-words-here", "<p>short</p>")
    with pytest.raises(InputError, match="no article was found") as wrong:
        proposed(site)
    said = str(wrong.value)
    assert "https://nothing.example/a: no day, no headline and no number of an article in it" in said
    assert "https://nothing.example/tag/x-y: a word in it says that it is none of an article" in said
    assert "https://nothing.example/some-words-here: they look like articles', and none was read as one" in said

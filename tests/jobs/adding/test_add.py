"""A site is put under watch from one address: on copies of sites in many styles, nine of ten articles read without a hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from jobs.example_sites import SITES, Served, Site
from jobs.proposing import NOW, proposed, read

from monitor.article import fold
from monitor.config import load_sources
from monitor.config.writing import keep, source_text
from monitor.errors import InputError
from monitor.jobs.adding.add import Adder
from monitor.jobs.adding.scouting import Scout
from monitor.parsing.address import is_article, key
from monitor.parsing.proposing.samples import likeness
from monitor.parsing.reader import LayoutReader
from monitor.parsing.trees import check_selector
from monitor.settings import Source
from monitor.telling.proposal import Proposal

BY_LAYOUT = set(SITES) - {"plain-blog"}  # whose text has no element of its own


def well_read(site: Site, source: Source) -> list[str]:
    """The paths of the articles that a source reads: title, day, and the text to F1 0.95."""
    return [
        path
        for path, truth, article in read(site, source)
        if (article.title, article.published) == (fold(truth.title), truth.day)
        and likeness(article.paragraphs, truth.paragraphs)[0] >= 0.95
    ]


@pytest.fixture(scope="module")
def proposals() -> dict[str, tuple[Proposal, Served]]:
    return {name: proposed(make()) for name, make in SITES.items()}


@pytest.mark.parametrize("name", SITES)
def test_nine_of_ten_articles_are_read_without_a_hand(name: str, proposals: dict[str, tuple[Proposal, Served]]) -> None:
    site, source = SITES[name](), proposals[name][0].source
    assert len(well_read(site, source)) >= 0.9 * len(site.articles)


@pytest.mark.parametrize("name", SITES)
def test_the_file_says_what_was_proposed(name: str, proposals: dict[str, tuple[Proposal, Served]], tmp_path: Path) -> None:
    proposal = proposals[name][0]
    written = source_text(proposal.source, proposal.notes, proposal.source.title)
    path = keep(tmp_path, proposal.source.name, written, check_selector)
    assert path.read_text("utf-8") == written
    assert load_sources(tmp_path, check_selector) == (proposal.source,)


@pytest.mark.parametrize("name", sorted(BY_LAYOUT))
def test_selectors_are_found_where_the_pages_have_any(name: str, proposals: dict[str, tuple[Proposal, Served]]) -> None:
    (layout,) = proposals[name][0].source.layouts
    selectors = [str(rule.css) for rule in (*layout.title, *layout.paragraphs)] + list(layout.drop)
    assert [css for css in selectors if ".css-" in css or "nth" in css] == []


def test_without_selectors_the_file_says_why(proposals: dict[str, tuple[Proposal, Served]]) -> None:
    proposal = proposals["plain-blog"][0]
    assert proposal.source.layouts == ()
    written = source_text(proposal.source, proposal.notes, "x")
    assert "Why: no selector finds the text" in written.replace("\n# ", " ")


@pytest.mark.parametrize("name", SITES)
def test_a_site_is_asked_for_few_pages_and_each_once(name: str, proposals: dict[str, tuple[Proposal, Served]]) -> None:
    asked = proposals[name][1].asked
    assert len(asked) <= 20
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("name", SITES)
def test_two_articles_are_never_one_page(name: str, proposals: dict[str, tuple[Proposal, Served]]) -> None:
    site, source = SITES[name](), proposals[name][0].source
    keys = {key(f"https://{site.host}{path}", source.identity) for path in site.articles}
    assert len(keys) == len(site.articles)


def test_what_is_no_article_does_not_fit(proposals: dict[str, tuple[Proposal, Served]]) -> None:
    for name, make in SITES.items():
        site, source = make(), proposals[name][0].source
        articles = {path.partition("&")[0] for path in site.articles}
        fits = [p for p in site.pages if p.partition("&")[0] not in articles and is_article(f"https://{site.host}{p}", source)]
        assert fits == [], name


@pytest.mark.parametrize("start", ["/feed/", "/category/news/", "/privacy-policy/", "an article"])
def test_any_address_of_a_site_will_do(start: str) -> None:
    site = SITES["wordpress"]()
    proposal, _ = proposed(site, next(iter(site.articles)) if start == "an article" else start)
    assert len(well_read(site, proposal.source)) == len(site.articles)
    assert proposal.source.find.feeds == (f"https://{site.host}/feed/",)


def test_an_address_says_only_as_much_as_it_is_part_of() -> None:
    site = SITES["newspaper"]()
    proposal, served = proposed(site, "/economy")
    assert proposal.source.find.listings == (f"https://{site.host}/economy",)
    assert f"https://{site.host}/sitemap.xml" not in served.asked


def test_the_words_of_an_address_may_change_and_its_number_names_the_page(
    proposals: dict[str, tuple[Proposal, Served]],
) -> None:
    source = proposals["newspaper"][0].source
    base = "https://www.northerncourier.example/world/2025/10/27/"
    assert key(f"{base}council-opened-bridge-10644", source.identity) == key(f"{base}bridge-opened-10644", source.identity)
    source = proposals["korean"][0].source
    base = "https://riverdaily.example/news/view.php?id=10644"
    assert key(base, source.identity) == key(f"{base}&page=3", source.identity)


def test_articles_whose_numbers_could_be_years_are_found_from_the_front_page_and_named_by_them() -> None:
    site, numbers = SITES["korean"](), dict[str, str]()

    def young(text: str) -> str:
        """With numbers of four digits, and titles that bear the site's name alone, with ornaments."""
        text = re.sub(r"(?<=id=)\d{5}", lambda found: numbers.setdefault(found[0], str(2000 + len(numbers))), text)
        return re.sub(r"<title>.*?</title>", "<title>::: 강변일보 :::</title>", text)

    site.pages = {young(path): (young(text.decode("cp949")).encode("cp949"), kind) for path, (text, kind) in site.pages.items()}
    source = proposed(site)[0].source
    assert source.publication == "강변일보"
    base = f"https://{site.host}/news/view.php?id="
    assert key(f"{base}2007", source.identity) == key(f"{base}2007&page=3", source.identity)
    assert key(f"{base}2007", source.identity) != key(f"{base}2008", source.identity)


def test_a_listing_that_was_given_is_said_with_its_counts(proposals: dict[str, tuple[Proposal, Served]]) -> None:
    place = next(each for each in proposals["tables"][0].places if each.kind == "listing")
    assert (place.articles, place.addresses, place.is_taken) == (12, 15, True)


def test_a_site_without_articles_says_what_was_tried() -> None:
    site = Site("Nothing", "nothing.example")
    site.put("/", '<p>Hello</p><a href="/some-words-here">Some words that look like a headline</a>')
    site.put("/some-words-here", "<p>short</p>")
    with pytest.raises(InputError, match="no article was found") as wrong:
        proposed(site)
    assert "https://nothing.example/some-words-here: " in str(wrong.value)


def test_a_page_that_is_not_there_is_an_error() -> None:
    with pytest.raises(InputError, match="answered 404"):
        proposed(SITES["hashed"](), "/nowhere")


def test_a_name_is_made_of_the_host_and_never_one_that_is_taken() -> None:
    site, reader = SITES["numbers"](), LayoutReader()
    adder = Adder(Scout(Served(site), reader, gap=timedelta(0)), reader, NOW)
    proposal = adder.propose(f"https://{site.host}{site.start}", "", lambda name: name == "deltapress")
    assert proposal.source.name == "deltapress-2"


def test_a_hostile_title_changes_neither_the_file_nor_the_terminal(tmp_path: Path) -> None:
    site = SITES["wordpress"]()
    evil = 'Eve"]\n[polite]\nrobots = false\n# \x1b[2J \u202e'
    kind = "text/html; charset=utf-8"
    for path, (body, _) in site.pages.items():
        if path in site.articles or path == "/":
            text = body.decode().replace('og:site_name" content="Valley Herald"', f"og:site_name\" content='{evil}'")
            site.put(path, text, kind)
    proposal, _ = proposed(site)
    written = source_text(proposal.source, proposal.notes, f"{proposal.source.title}\nsecond")
    assert "\x1b" not in written
    assert "\u202e" not in written
    keep(tmp_path, "eve", written, check_selector)
    (source,) = load_sources(tmp_path, check_selector)
    assert source == replace(proposal.source, name="eve")
    assert source.polite.robots

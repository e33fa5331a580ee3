"""Made pages: whatever the text format holds comes through the page and its layout unchanged."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import writable_articles

from monitor.article import Article, Card, from_bytes, to_text
from monitor.config import load_layout
from monitor.errors import ParseError
from monitor.fetching import made
from monitor.fetching.made import made_page
from monitor.model import Capture
from monitor.parsing.reader import LayoutReader
from monitor.parsing.trees import check_selector
from monitor.settings import Source

SEEDS = Path(__file__).parents[2] / "seeds"
URL = "https://replay.invalid/x"
READER = LayoutReader()


SOURCE = Source(name="replay", layouts=(load_layout(Path(made.__file__).with_name("made.toml"), check_selector),))


def _capture(article: Article) -> Capture:
    body = made_page(article).encode("utf-8")
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Capture(url=URL, answered=URL, status=200, headers=headers, wire=body, body=body, at=datetime(2026, 1, 1, tzinfo=UTC))


def _read_both_ways(article: Article) -> tuple[Article | None, Article | None]:
    capture = _capture(article)
    return READER.read(capture, SOURCE).article, READER.read_whole(capture, SOURCE).article


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(writable_articles(min_paragraphs=1))
def test_every_article_comes_through(article: Article) -> None:
    for read in _read_both_ways(article):
        assert read == article
        assert to_text(read) == to_text(article)


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_seeds_come_through_byte_for_byte(seed: Path) -> None:
    for read in _read_both_ways(from_bytes(seed.read_bytes())):
        assert read is not None
        assert to_text(read).encode() == seed.read_bytes()


def test_parts_that_are_not_there_are_not_made_up() -> None:
    least = Article(publication="P", title="T", paragraphs=("x",))
    for read in _read_both_ways(least):
        assert read == least
        assert read is not None
        assert (read.original_url, read.site, read.masthead, read.published, read.cards) == (None, None, None, None, ())


def test_days_come_through_from_the_first_to_the_last() -> None:
    for day in (date(1, 1, 1), date(999, 12, 31), date(2024, 2, 29), date(9999, 12, 31)):
        article = Article("P", "T", day, ("x",), masthead=day, cards=(Card("t", "e", day),))
        assert _read_both_ways(article) == (article, article)


def test_an_article_without_paragraphs_cannot_be_read_back() -> None:
    with pytest.raises(ParseError, match="no paragraphs"):
        READER.read(_capture(Article("P", "T")), SOURCE)


def test_a_made_page_has_the_programs_own_marks_only() -> None:
    article = from_bytes(min(SEEDS.glob("*.txt")).read_bytes())
    html = made_page(article)
    assert "class=" not in html
    assert "href=" not in html
    assert html.count("data-monitor=") == 6 + len(article.paragraphs) + 4 * len(article.cards)

"""The day of publication, and days that are none."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from parsing.anysite.made import TITLE, URL, page, ps, read

from monitor.parsing.anysite import read_any

DAY = date(2024, 11, 12)
HEADING = f"<h1>{TITLE}</h1>"


@pytest.mark.parametrize(
    ("head", "above", "below"),
    [
        (
            '<script type=\'application/ld+json\'>{"@type":"NewsArticle","datePublished":"2024-11-12T23:30:00-08:00"}</script>',
            "",
            "",
        ),
        ("<meta property='article:published_time' content='2024-11-12T06:00:00+09:00'>", "", ""),
        ("", "", "<time itemprop='datePublished' datetime='2024-11-12'>x</time>"),
        ("", "", "<p class=date><time datetime='2024-11-12T10:00'>Tuesday</time></p>"),
        ("", "", "<p>12 November 2024 | Updated 14 November 2024</p>"),
        ("", "", "<p>Updated 14 November 2024. Published 12 November 2024</p>"),
        ("", "<div><p>November 12, 2024</p></div>", ""),
    ],
)
def test_it_is_read_where_it_is_said(head: str, above: str, below: str) -> None:
    heading = f"<div>{above}{HEADING}{below}</div>"
    assert read(f"<div>{ps()}</div>", head, heading=heading).published == DAY


@pytest.mark.parametrize("path", ["2024/11/12/x", "2024/nov/12/x", "2024-11-12/x", "a/2024/11/12"])
def test_it_may_stand_in_the_address(path: str) -> None:
    assert read(ps(), url=f"https://a.example/{path}").published == DAY


@pytest.mark.parametrize(
    ("head", "below"),
    [
        ("<meta property='article:modified_time' content='2024-11-12'>", ""),
        ('<script type=\'application/ld+json\'>{"@type":"NewsArticle","dateModified":"2024-11-12"}</script>', ""),
        ("", "<p>Last updated: 12 November 2024</p>"),
        ("", "<p>12/11/2024</p>"),
        ("", "<p>11/12/2024 <time>10:00</time></p>"),
        ("", "<figure><figcaption>The river on November 12, 2024</figcaption></figure>"),
        ("", "<time class='updated' datetime='2024-11-12'>x</time>"),
    ],
)
def test_none_is_better_than_a_wrong_one(head: str, below: str) -> None:
    assert read(f"{below}<div>{ps()}</div>", head).published is None


def test_a_masthead_comments_and_other_news_name_other_days() -> None:
    comment = "<div class=comments><div class=comment><time datetime='2024-11-12'>x</time><p>It is wrong.</p></div></div>"
    body = f"<div>{ps()}</div>{comment}<aside><p>November 12, 2024</p></aside><div>Copyright 12 November 2024</div>"
    heading = f"<div class=masthead>Tuesday, November 12, 2024</div><div><a href=/1>One</a></div>{HEADING}"
    assert read(body, heading=heading).published is None


def test_a_day_that_is_yet_to_come_is_none() -> None:
    text = page(ps(), "<meta property='article:published_time' content='2024-11-12'>")
    assert read_any(text, URL, datetime(2024, 11, 1, tzinfo=UTC)).published is None
    assert read_any(text, URL, datetime(2024, 11, 12, tzinfo=UTC)).published == DAY


def test_the_day_shown_is_that_of_an_instant_in_utc_where_they_lie_side_by_side() -> None:
    head = "<meta property='article:published_time' content='2024-11-11T23:40:00+00:00'>"
    assert read(f"<p>2024-11-12 08:40</p><div>{ps()}</div>", head).published == DAY
    assert read(f"<p>2024-11-20 08:40</p><div>{ps()}</div>", head).published == date(2024, 11, 11)


def test_the_language_settles_numbers_where_it_is_certain() -> None:
    text = page(f"<p>12/11/2024</p><div>{ps()}</div>").replace(b"lang='en'", b"lang='fr'")
    assert read_any(text, URL).published == DAY

"""How a site writes its days: found by what is known of the samples, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from parsing.proposing.pieces import DAYS, samples

from monitor.parsing.proposing.days import days_of


@pytest.mark.parametrize(
    ("page", "rule", "form"),
    [
        ('<time datetime="DAYT10:00:00Z">x</time>', "time @datetime", "iso"),
        ('<meta itemprop="datePublished" content="DAY">', 'meta[itemprop="datePublished"] @content', "iso"),
        ('<span class="date">LONG</span>', "span.date", "%d %B %Y"),
        ('<p class="line">Posted: LONG by us</p>', r"p.line ~ Posted\s*:\s*(\d{1,2} [A-Z][a-z]{2,8} \d{4})", "%d %B %Y"),
        ('<i class="when">US</i>', "i.when", "%m/%d/%Y"),
    ],
)
def test_the_rule_and_the_format_of_the_day(page: str, rule: str, form: str) -> None:
    found = days_of(samples(f"<h1>TITLE</h1>{page}<div>BODY</div>"))
    assert found is not None
    assert ([str(each) for each in found.rules], found.formats) == ([rule], (form,))


def test_the_day_of_today_is_not_that_of_the_article() -> None:
    found = days_of(samples('<p class="today">2025-12-31</p><p class="date">DAY</p><div>BODY</div>'))
    assert found is not None
    assert [rule.css for rule in found.rules] == ["p.date"]


def test_json_ld_will_do_where_nothing_else_says_it() -> None:
    found = days_of(samples('<script type="application/ld+json">{"datePublished": "DAYT10:00:00"}</script><div>BODY</div>'))
    assert found is not None
    assert "datePublished" in str(found.rules[0])


def test_one_reading_of_a_day_tells_how_the_others_are_meant() -> None:
    known = samples('<i class="when">US</i>')
    found = days_of([replace(known[0], published=None), *known[1:]])
    assert found is not None
    assert found.formats == ("%m/%d/%Y",)


def test_where_no_day_is_known_or_none_is_right_there_is_no_rule() -> None:
    assert days_of(samples('<p class="date">DAY</p>', days=False)) is None
    assert days_of([replace(each, published=date(1999, 1, 1)) for each in samples('<p class="date">DAY</p>')]) is None


def test_what_a_feed_says_tells_how_days_are_written_and_may_be_a_day_off() -> None:
    known = [replace(each, about=day) for each, day in zip(samples('<i class="when">US</i>', days=False), DAYS, strict=True)]
    late = [replace(each, about=each.about + timedelta(days=1)) for each in known if each.about]
    for told in (known, late):
        found = days_of(told)
        assert found is not None
        assert (found.rules[0].css, found.formats) == ("i.when", ("%m/%d/%Y",))
    assert days_of([replace(each, about=date(1999, 1, 1)) for each in known]) is None

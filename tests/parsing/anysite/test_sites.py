"""The site's name in the page's title: only where the page's furniture bears it."""

from __future__ import annotations

import pytest
from parsing.anysite.made import PROSE

from monitor.parsing.anysite import read_any
from monitor.parsing.anysite.sites import base_of, host

BODY = "<p>" + "</p><p>".join(PROSE) + "</p>"
LOGO = '<a href="/"><img src="/i/a.gif" alt="한빛신문"></a>'


def publication(title: str, furniture: str, url: str = "http://127.0.0.2/article.php?id=12") -> tuple[str, str]:
    page = f"<html><head><title>{title}</title></head><body>{furniture}<td><b>다리는 또 닫혔다</b></td>{BODY}</body></html>"
    found = read_any(page.encode(), url)
    return found.site, found.title


@pytest.mark.parametrize("title", ["한빛신문 - 다리는 또 닫혔다", "다리는 또 닫혔다 | 한빛신문", "한빛신문: 다리는 또 닫혔다"])
@pytest.mark.parametrize("furniture", [LOGO, '<a href="/">한빛신문</a>', "<p>Copyright (c) 한빛신문 All rights reserved.</p>"])
def test_a_part_that_the_furniture_bears_is_the_name(title: str, furniture: str) -> None:
    assert publication(title, furniture) == ("한빛신문", "다리는 또 닫혔다")


def test_a_part_that_stands_nowhere_else_is_none() -> None:
    assert publication("다리는 또 닫혔다 | 사회", LOGO)[0] == ""


def test_a_link_to_another_site_is_no_furniture() -> None:
    assert publication("한빛신문 - 다리는 또 닫혔다", '<a href="http://other.example/">한빛신문</a>')[0] == ""


@pytest.mark.parametrize(
    ("url", "name", "base"),
    [
        ("https://www.bugle.example/x", "bugle.example", "bugle"),
        ("http://news.bugle.co.uk", "news.bugle.co.uk", "bugle"),
        ("http://[", "", ""),
    ],
)
def test_a_host_has_a_base(url: str, name: str, base: str) -> None:
    assert (host(url), base_of(host(url))) == (name, base)


def test_a_title_that_is_the_name_alone_leaves_the_headline_to_the_largest_line() -> None:
    assert publication("한빛신문", LOGO) == ("한빛신문", "다리는 또 닫혔다")

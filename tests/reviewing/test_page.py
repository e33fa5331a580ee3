"""A page: its versions on a line of time, two of them compared, each as text."""

from __future__ import annotations

import pytest
from reviewing.desk import HERE, Desk, words

from monitor.article import from_text
from monitor.model import LogQuery


def page_of(desk: Desk, name: str) -> int:
    return next(page.id for page in desk.store.pages() if page.url.endswith(name))


def test_its_versions_stand_on_a_line_of_time_with_their_changes(story: Desk) -> None:
    number = page_of(story, "power-station")
    page = words(story.get(f"/pages/{number}"))
    assert page.index("Version 1") < page.index("Version 2")
    for change in story.store.history(number):
        assert f"change {change.id}" in page


def test_any_two_versions_are_compared(story: Desk) -> None:
    number = page_of(story, "power-station")
    there = words(story.get(f"/pages/{number}/compare?from=1&to=2"))
    back = words(story.get(f"/pages/{number}/compare?from=2&to=1&view=side"))
    assert "[-" in there
    assert "{+" in back
    assert "No word differs between these two." in words(story.get(f"/pages/{number}/compare?from=1&to=1"))


@pytest.mark.parametrize(
    ("query", "status"), [("from=1", 400), ("from=x&to=2", 400), ("from=1&to=99", 404), ("from=1&to=" + "9" * 30, 400)]
)
def test_a_version_that_there_is_not_is_said(story: Desk, query: str, status: int) -> None:
    story.get(f"/pages/{page_of(story, 'power-station')}/compare?{query}", status)


def test_a_version_is_text_in_the_article_format(story: Desk) -> None:
    number = page_of(story, "power-station")
    answer = story.client.get(f"/pages/{number}/versions/1.txt", base_url=HERE)
    version = story.store.version(number, 1)
    assert version is not None
    assert from_text(answer.text).title == version.article.title
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="page-{number}-version-1.txt"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_the_format_cannot_hold_is_said(desk: Desk) -> None:
    page = words(desk.get(f"/pages/{page_of(desk, 'phostile')}/versions/2.txt", 409))
    assert "cannot be written in the article format" in page


def test_a_page_that_was_never_read_says_so(desk: Desk) -> None:
    desk.store.add_pages("kcna", [], desk.clock.now())
    assert "There is no page 999" in words(desk.get("/pages/999", 404))
    assert "has no version 9" in words(desk.get(f"/pages/{page_of(desk, 'pkorean')}/versions/9.txt", 404))


def test_every_change_leads_to_its_page(desk: Desk) -> None:
    change = next(iter(desk.store.changes(LogQuery(limit=1))))
    assert f'href="/pages/{change.page}"' in desk.get(f"/changes/{change.id}")

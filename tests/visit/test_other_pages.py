"""Pages that are no article though a layout reads them, and another page's text at this page's address."""

from __future__ import annotations

import pytest
from standins import Answer, article, said, source, url
from visit.scene import FIRST, SECOND, Scene

from monitor.model import Seen
from monitor.settings import Finding, Mark


def long(subject: str) -> tuple[str, ...]:
    return tuple(f"{subject}{n} met {subject}er{n} at {subject}hall{n}." for n in range(20))


ONE, TWO, THREE = (article(name, *long(name)) for name in ("ship", "tree", "mine"))
FRONT = article("Welcome", *long("news"))
SOFT = article("Page not found", "Sorry.")


def test_a_soft_404_in_the_articles_template_is_no_edit_no_removal_and_no_new_article(read: Scene) -> None:
    read.know("two")
    for name in ("one", "two"):
        read.put(SOFT, name=name)
        for _ in range(4):
            outcome = read.visit(name)
            assert (outcome.observation.seen, outcome.decision.changes) == (Seen.BROKEN, ())
            assert outcome.observation.detail == "a page that says it is not found: it holds 'page not found'"
    assert (read.log(), read.bears()) == (["new"], FIRST)
    read.put(FIRST)
    assert read.visit().decision.changes == ()


def test_a_mark_of_the_sources_own(read: Scene) -> None:
    read.source = source(marks=(Mark("a queue", ("you are in line",), "you are in line", "text", in_articles=True),))
    read.put(article("Please wait", "You are in line."))
    outcome = read.visit()
    assert (outcome.observation.seen, outcome.observation.detail) == (Seen.BLOCKED, "a queue: it holds 'you are in line'")
    assert read.log() == ["new"]


def test_a_page_that_is_as_it_was_is_not_looked_at(read: Scene) -> None:
    looked = read.reader.looked_at
    read.visit()
    read.visit(full=True)
    assert read.reader.looked_at == looked
    read.put(SECOND)
    read.visit()
    assert read.reader.looked_at == looked + 1


@pytest.mark.parametrize(("to", "name"), [("https://a.example/", "the front page"), ("https://a.example/list", "a listing")])
def test_an_address_sent_to_the_front_page_is_another_page_also_where_a_layout_reads_it(
    read: Scene, to: str, name: str
) -> None:
    read.source = source(find=Finding(listings=("https://a.example/list",), articles=(r"/[a-z]+$",)))
    read.know("two")
    read.site.pages[to] = Answer(said(SECOND))
    for page in ("one", "two"):
        read.site.pages[url(page)] = Answer(to=to)
        outcome = read.visit(page)
        assert outcome.observation.seen is Seen.BROKEN
        assert outcome.observation.detail == f"another page: it was sent to {name}, {to}"
    assert read.log() == ["new"]


def test_a_fault_in_looking_at_a_page_that_nothing_reads_is_the_pages_trouble(read: Scene) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("too deep")

    read.site.pages[url("one")] = Answer(b"a shell")
    read.reader.facts = fail  # type: ignore[method-assign,assignment]
    outcome = read.visit()
    assert (outcome.observation.seen, outcome.observation.detail) == (Seen.BROKEN, "reading it failed (RecursionError: too deep)")

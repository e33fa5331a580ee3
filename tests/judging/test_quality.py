"""Quality: what a page's status and marks prove before anybody reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from standins import START, article, capture

from monitor.article import Article
from monitor.errors import BadAnswer, Disallowed, FetchError, TooLarge, Unreachable
from monitor.judging import quality
from monitor.model import Capture, Hop, Page, PageFacts, Seen, VersionRef
from monitor.settings import Mark

HOPS = (Hop("https://a.example", 301, "/b"),)


def answer(status: int, body: bytes = b"body", reason: str = "") -> Capture:
    return capture(START, status=status, body=body, reason=reason)


@pytest.mark.parametrize(
    ("status", "seen"),
    [
        (200, None),
        (404, Seen.GONE),
        (410, Seen.GONE),
        (401, Seen.BLOCKED),
        (403, Seen.BLOCKED),
        (429, Seen.BLOCKED),
        (451, Seen.BLOCKED),
        *((status, Seen.BROKEN) for status in (201, 202, 203, 204, 206, 300, 301, 304, 307, 400, 405, 418, 500, 503, 520, 999)),
    ],
)
def test_what_a_status_proves(status: int, seen: Seen | None) -> None:
    found = quality.from_status(answer(status), is_conditional=False)
    assert (found[0] if found else None) is seen


def test_the_reason_is_told() -> None:
    found = quality.from_status(answer(503, reason="Back Soon"), is_conditional=False)
    assert found == (Seen.BROKEN, "the server answered 503 Back Soon")
    assert quality.from_status(answer(429), is_conditional=False) == (Seen.BLOCKED, "the server refused with 429")


def test_not_modified_only_where_that_was_asked() -> None:
    assert quality.from_status(answer(304, b""), is_conditional=True) == (Seen.NOT_MODIFIED, "")
    unasked = quality.from_status(answer(304, b""), is_conditional=False)
    redirected = quality.from_status(replace(answer(304, b""), hops=HOPS), is_conditional=True)
    assert [found and found[0] for found in (unasked, redirected)] == [Seen.BROKEN, Seen.BROKEN]


@pytest.mark.parametrize("body", [b"", b" \r\n\t "])
def test_an_empty_page_is_broken_and_not_gone(body: bytes) -> None:
    found = quality.from_status(answer(200, body), is_conditional=True)
    assert found is not None
    assert found[0] is Seen.BROKEN
    assert "empty" in found[1]


def test_a_page_no_layout_reads_is_named_by_its_mark() -> None:
    assert quality.unread(PageFacts("<p>x"), "no title") == (Seen.BROKEN, "no title")
    seen, why = quality.unread(PageFacts("<p>x", text="Web  Page\nBLOCKED"), "no title")
    assert (seen, why) == (Seen.BLOCKED, "a block page: it holds 'web page blocked'")


def test_a_long_page_that_no_layout_reads_is_no_wall_for_its_banner() -> None:
    text = "We value your privacy. " + "A word of a page in a new design. " * 50
    assert quality.unread(PageFacts(text, text=text), "no title") == (Seen.BROKEN, "no title")


def test_an_empty_main_is_named() -> None:
    shell = PageFacts("<main></main>", text="menu", is_main_empty=True)
    assert quality.unread(shell, "no title") == (Seen.BROKEN, "an empty page: its <main> holds no text")


def test_a_mark_of_the_source_goes_first() -> None:
    own = Mark("a queue", ("you are in line",), "You are in line", proves="broken")
    facts = PageFacts("You are in line. Checking your browser")
    assert quality.unread(facts, "", (own,)) == (Seen.BROKEN, "a queue: it holds 'you are in line'")


# What a layout read, and is no article

LONG = article("Ships sail", *(f"In the year {n} the harbour of town {n} saw ships that sailed to place{n}." for n in range(40)))
SOFT = article("Page not found", "Sorry, the page you are looking for does not exist.")


def misread(what: Article, known: Article | None = None, marks: tuple[Mark, ...] = ()) -> tuple[Seen, str] | None:
    return quality.misread(PageFacts(""), what, known, marks)


def test_a_soft_404_in_the_articles_own_template_is_named_and_not_gone() -> None:
    for known in (None, LONG, article("Brief", "Two ships sailed today.")):
        assert misread(SOFT, known) == (Seen.BROKEN, "a page that says it is not found: it holds 'page not found'")


def test_a_wall_that_keeps_the_headline() -> None:
    wall = article("Ships sail", "You must be logged in to read this article.")
    assert misread(wall, LONG) == (Seen.BROKEN, "a login wall: it holds 'you must be logged in to'")


def test_an_edit_that_brings_the_words_in_is_an_edit() -> None:
    known = article("Web site", *[f"The {n} office answered every letter {n}." for n in range(8)])
    quoting = article("Web site", *known.paragraphs, 'Visitors saw the line "this page does not exist".')
    assert misread(quoting, known) is None
    assert misread(article("Other", "This page does not exist, it said."), article("It", "This page does not exist.")) is None


def test_a_mark_of_the_source_counts_on_a_read_page_only_where_it_says_so() -> None:
    queue = Mark("a queue", ("in line",), "in line", where="text")
    page = article("Wait", "You are in line.")
    assert misread(page, None, (queue,)) is None
    assert misread(page, None, (replace(queue, in_articles=True),)) == (Seen.BLOCKED, "a queue: it holds 'in line'")


# Another page


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        ("https://a.example/", "another page: it was sent to the front page, https://a.example/"),
        ("https://www.a.example", "another page: it was sent to the front page, https://www.a.example"),
        ("https://a.example/index.html", "another page: it was sent to the front page, https://a.example/index.html"),
        ("https://a.example/list/", "another page: it was sent to a listing, https://a.example/list/"),
        ("https://a.example/two", None),
        ("http://www.a.example/one/", None),
    ],
)
def test_where_an_address_was_sent(answered: str, said: str | None) -> None:
    sent = replace(answer(200), url="https://a.example/one", answered=answered, hops=HOPS)
    assert quality.front_page(sent, ["https://a.example/list"]) == said
    assert quality.front_page(replace(sent, hops=()), ["https://a.example/list"]) is None


def test_a_front_page_under_watch_is_sent_to_itself() -> None:
    sent = replace(answer(200), url="http://a.example/index.html", answered="https://www.a.example/", hops=HOPS)
    assert quality.front_page(sent, ()) is None


@pytest.mark.parametrize(
    ("address", "is_front"),
    [
        ("https://a.example", True),
        ("http://a.example/index.php", True),
        ("https://a.example/?p=1", False),
        ("https://a.example/one", False),
    ],
)
def test_the_address_of_a_front_page(address: str, is_front: bool) -> None:
    assert quality.is_front(address) is is_front


@pytest.mark.parametrize(
    ("title", "paragraphs", "does"),
    [
        ("A title", ["One two.", "Thr"], True),
        ("A title", ["On"], True),
        ("A title", ["One two."], False),  # an edit may cut whole paragraphs
        ("A title", ["One two.", "Three four.", "Five six."], False),
        ("A title", ["One 2.", "Thr"], False),
        ("A title", ["One two.", "Three!"], False),
        ("Another", ["One two.", "Thr"], False),
        ("A title", ["One two.", "Three four.", "Five six.", "Sev"], False),
    ],
)
def test_a_page_that_breaks_off(title: str, paragraphs: list[str], does: bool) -> None:
    known = article("A title", "One two.", "Three four.", "Five six.")
    assert quality.breaks_off(article(title, *paragraphs), known) is does


@pytest.mark.parametrize(("last", "does"), [("Two.", False), ("Two. “Three!”", False), ("Two. “Three", True), ("Two. “Th", True)])
def test_an_edit_may_cut_the_last_sentences_of_a_paragraph(last: str, does: bool) -> None:
    known, now = article("A title", "One.", "Two. “Three!” Four."), article("A title", "One.", last)
    assert quality.breaks_off(now, known) is does


@pytest.mark.parametrize(
    ("title", "paragraphs", "is_so"),
    [
        ("A title", ["One two.", "Three four."], True),
        ("A title", ["One two."], True),
        ("A title", ["One two.", "Three four.", "Five six."], False),
        ("A title", ["One two.", "Five six."], False),
        ("A title", ["One two.", "Thr"], True),
        ("A title", ["One 2.", "Three four."], True),  # edited, and cut besides
        ("A title", ["One two.", "Three 4."], True),
        ("A title", ["One 2.", "Three four.", "Fi"], True),
        ("A title", ["One 2.", "Three four.", "Five six."], False),
        ("A title", ["One two.", "Three four.", "Five 6."], False),
        ("A title", ["Quite another.", "text in all."], False),
        ("A title", [], False),
        ("Another", ["One two."], False),
    ],
)
def test_a_text_without_its_last_paragraphs(title: str, paragraphs: list[str], is_so: bool) -> None:
    known = article("A title", "One two.", "Three four.", "Five six.")
    assert quality.is_cut(article(title, *paragraphs), known) is is_so


@pytest.mark.parametrize(("source", "has"), [("<p>x</p></BODY>", True), ("<p>x</html>", True), ("<html><p>x", False)])
def test_a_page_that_says_that_it_ends(source: str, has: bool) -> None:
    assert quality.has_end(PageFacts(source)) is has


def test_what_is_seen_at_sight_is_the_status_or_a_front_page() -> None:
    sent_home = replace(answer(200), url="https://a.example/2026/x", answered="https://a.example/", hops=HOPS)
    for came, seen in ((answer(200), None), (answer(404), Seen.GONE), (sent_home, Seen.BROKEN)):
        found = quality.at_sight(came, (), is_conditional=False)
        assert (found and found[0]) == seen


@pytest.mark.parametrize(
    ("wrong", "seen"),
    [
        (Unreachable("x"), Seen.UNREACHABLE),
        (Disallowed("x"), Seen.BLOCKED),
        (BadAnswer("x"), Seen.BROKEN),
        (TooLarge("x"), Seen.BROKEN),
    ],
)
def test_a_fetch_that_failed(wrong: FetchError, seen: Seen) -> None:
    assert quality.failed(wrong) is seen


def test_fields_that_were_read_before() -> None:
    page = Page(1, "a", "k", "u", current=VersionRef(1, b"f", frozenset(["published"])))
    assert quality.lost_fields(page, frozenset()) == ("published",)
    assert quality.lost_fields(page, frozenset(["published"])) == ()
    assert quality.lost_fields(replace(page, current=VersionRef(1, b"f")), frozenset()) == ()
    assert quality.lost_fields(replace(page, current=None), frozenset()) == ()
    assert quality.lost_sentence(["published"]) == "published: read on this page before, and missing now"

"""One text for every address, with status 200 and without a redirect: never an edit, and never at the cost of one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from standins import DAY, START, Answer, PlainReader, article, said, source, url
from visit.scene import Scene

from monitor.article import Article
from monitor.errors import Resting, Stopped, Unreachable
from monitor.model import Capture, Outcome, PageFacts, Seen
from monitor.settings import Identity

FRONT_URL = "https://a.example/"
NAMES = ("one", "two", "three", "four")


def long(subject: str) -> Article:
    return article(subject, *(f"{subject}{n} met {subject}er{n} at {subject}hall{n}." for n in range(20)))


FRONT = long("welcome")


@pytest.fixture
def known(scene: Scene) -> Scene:
    """Four pages, each with a text of its own."""
    scene.know(*NAMES)
    for name in NAMES:
        scene.put(long(name), name=name)
        assert scene.seen(name) is Seen.PARSED
    scene.site.asked.clear()
    return scene


def show(scene: Scene, what: Article, *names: str) -> None:
    """From now on the site bears one text at several addresses."""
    for name in names:
        scene.put(what, name=name)


def told(outcome: Outcome) -> tuple[Seen, str, tuple[str, ...]]:
    return outcome.observation.seen, outcome.observation.detail, outcome.decision.changes


def asked(scene: Scene) -> list[str]:
    return [request.url for request in scene.site.asked]


# The front page


def test_the_front_page_at_an_articles_address_is_named(known: Scene) -> None:
    known.site.pages[FRONT_URL] = Answer(said(FRONT))
    show(known, FRONT, "one")
    assert told(known.visit()) == (Seen.BROKEN, f"another page: it is the site's front page, {FRONT_URL}", ())
    assert asked(known) == [url("one"), FRONT_URL]
    assert (known.log("one"), known.bears()) == (["new"], long("one"))
    assert len(known.store.kept(known.page().id)) == 2, "it is kept, for a person to see"


def test_a_removed_article_does_not_come_back_as_the_front_page(known: Scene) -> None:
    known.store.handle.write("UPDATE page SET gone = 1")
    known.site.pages[FRONT_URL] = Answer(said(FRONT))
    show(known, FRONT, "one")
    assert known.visit().decision.changes == ()
    assert known.page().gone


class TitledReader(PlainReader):
    """The title of a page is its last line."""

    def facts(self, capture: Capture) -> PageFacts:
        return replace(PlainReader.facts(self, capture), titles=(capture.body.decode().splitlines()[-1],))


def test_a_front_page_that_shows_its_newest_article_whole_hides_no_edit_of_it(known: Scene) -> None:
    known.reader = TitledReader()
    known.site.pages[FRONT_URL] = Answer(said(FRONT) + b"\n-> The Site")
    known.site.pages[url("one")] = Answer(said(FRONT) + b"\n-> An article")
    assert known.visit().decision.changes == ("edited",)


def test_the_front_page_under_watch_may_change_altogether(scene: Scene) -> None:
    scene.site.pages[FRONT_URL] = Answer(said(long("one")))
    scene.source = source(identity=Identity("a.example/(one)?$", "a.example/one"))
    scene.store.handle.write("UPDATE page SET url = ?", (FRONT_URL,))
    scene.visit()
    scene.site.pages[FRONT_URL] = Answer(said(FRONT))
    assert scene.visit().decision.changes == ("edited",)
    assert asked(scene) == [FRONT_URL, FRONT_URL]


# The other pages


def test_one_text_for_every_address_is_no_edit_of_any_and_costs_few_requests(known: Scene) -> None:
    show(known, FRONT, *NAMES)
    why = f"another page: one text stands for others, at {url('one')} and at {url('four')}"
    visitor = known.visitor()
    for name in NAMES:
        outcome = visit_in_one_round(known, visitor, name)
        assert told(outcome) == (Seen.BROKEN, why, ())
    assert len(asked(known)) == len(NAMES) + 1 + 3, "the front page and three witnesses, once a round"
    assert known.log() == ["new"] * len(NAMES)
    show(known, long("one"), "one")
    assert told(known.visit()) == (Seen.PARSED, "", ())


def visit_in_one_round(scene: Scene, visitor: object, name: str) -> Outcome:
    scene.visitor = lambda *, full=False: visitor  # type: ignore[method-assign,assignment,misc]
    try:
        return scene.visit(name)
    finally:
        del scene.visitor


def test_a_new_page_that_bears_the_text_found_everywhere_is_no_new_article(known: Scene) -> None:
    show(known, FRONT, *NAMES, "five")
    known.know("five")
    visitor = known.visitor()
    visit_in_one_round(known, visitor, "one")
    assert visit_in_one_round(known, visitor, "five").observation.seen is Seen.BROKEN
    assert known.bears("five") is None


def test_the_page_whose_own_text_it_is_stays_well(known: Scene) -> None:
    show(known, long("four"), *NAMES)
    known.store.handle.write("UPDATE page SET parts = x'00'")  # so that what is as it was is read anew
    visitor = known.visitor()
    assert visit_in_one_round(known, visitor, "one").observation.seen is Seen.BROKEN
    assert visit_in_one_round(known, visitor, "four").observation.seen is Seen.PARSED
    known.put(replace(long("four"), publication="Another"), name="four")
    assert visit_in_one_round(known, visitor, "four").decision.changes == ("edited",), "a page may alter what is about its text"


def test_a_text_replaced_altogether_is_an_edit(known: Scene) -> None:
    show(known, FRONT, "one")
    assert known.visit().decision.changes == ("edited",)
    assert asked(known) == [url("one"), FRONT_URL, url("four")], "one witness that reads as itself is enough"


def test_the_front_page_is_asked_for_once_a_round(known: Scene) -> None:
    visitor = known.visitor()
    for name in ("one", "two"):
        show(known, long(f"new{name}"), name)
        assert visit_in_one_round(known, visitor, name).decision.changes == ("edited",)
    assert asked(known).count(FRONT_URL) == 1


def test_a_text_edited_in_part_is_asked_about_nowhere(known: Scene) -> None:
    known.put(article("one", *long("one").paragraphs[:15], "An end."))
    assert known.visit().decision.changes == ("edited",)
    assert asked(known) == [url("one")]


def test_the_same_notice_in_place_of_some_articles_is_an_edit_of_each(known: Scene) -> None:
    show(known, FRONT, "one", "four")
    for name in ("one", "four"):
        assert known.visit(name).decision.changes == ("edited",)


def test_two_copies_edited_alike_are_two_edits(scene: Scene) -> None:
    scene.know("two")
    for what in (long("one"), FRONT):
        show(scene, what, "one", "two")
        for name in ("one", "two"):
            scene.visit(name)
    assert (scene.log("one"), scene.log("two")) == (["new", "edited"], ["copied", "edited"])


def test_two_texts_that_changed_places_are_two_edits(scene: Scene) -> None:
    scene.know("two")
    for texts in (("one", "two"), ("two", "one")):
        for name, text in zip(("one", "two"), texts, strict=True):
            scene.put(long(text), name=name)
        for name in ("one", "two"):
            scene.visit(name)
    assert (scene.log("one"), scene.log("two")) == (["new", "edited"], ["new", "edited"])


# Who is asked, and who is not


UNTOLD = "quite another text, and no other page could be read to compare: it cannot be told yet whether it is this page's"


@pytest.mark.parametrize(
    "answer", [Answer(b"no", 503), Answer(b"a shell"), Answer(error=Unreachable("down")), Answer(to=url("elsewhere"))]
)
def test_while_no_other_page_can_be_read_nothing_is_told_and_then_it_is(known: Scene, answer: Answer) -> None:
    show(known, FRONT, "one", "elsewhere")
    for name in ("two", "three", "four"):
        known.site.pages[url(name)] = answer
    for _ in range(3):
        assert told(known.visit()) == (Seen.BROKEN, UNTOLD, ())
    assert len(asked(known)) >= 3 * 5, "the front page and all three were asked"
    show(known, long("four"), "four")
    assert known.visit().decision.changes == ("edited",), "one that is back is enough"


def test_pages_that_are_gone_are_no_proof_and_not_waited_for(known: Scene) -> None:
    show(known, FRONT, "one", "two")
    for name in ("three", "four"):
        known.site.pages[url(name)] = Answer(b"no", 410)
    assert known.visit().observation.detail == f"another page: one text stands for others, at {url('one')} and at {url('two')}"
    known.site.pages[url("two")] = Answer(b"no", 404)
    assert known.visit().decision.changes == ("edited",)


def test_nobody_waits_for_ever_for_pages_that_are_lost(known: Scene) -> None:
    show(known, FRONT, "one")
    for name in ("two", "three", "four"):
        known.site.pages[url(name)] = Answer(b"no", 503)
    for _ in range(5):
        assert known.visit().decision.changes == ()
        for name in ("two", "three", "four"):
            known.visit(name)
    assert known.visit().decision.changes == ("edited",)


def test_one_text_for_every_address_is_no_edit_however_long_it_stands_there(known: Scene) -> None:
    show(known, FRONT, *NAMES)
    for _ in range(8):
        visitor = known.visitor()
        for name in NAMES:
            assert visit_in_one_round(known, visitor, name).observation.seen is Seen.BROKEN
    assert known.log() == ["new"] * len(NAMES)
    show(known, long("rewritten"), "two")
    for name in ("one", "three", "four"):
        show(known, long(name), name)
    assert [known.visit(name).decision.changes for name in NAMES] == [(), ("edited",), (), ()], "and what is edited then is"


def test_those_that_failed_the_least_are_asked_first(known: Scene) -> None:
    known.store.handle.write("UPDATE page SET failures = 2 WHERE url <> ?", (url("two"),))
    show(known, FRONT, "one")
    assert known.visit().decision.changes == ("edited",)
    assert asked(known) == [url("one"), FRONT_URL, url("two")]


@pytest.mark.parametrize("state", ["state = 'paused'", "gone = 1", "version_id = NULL", "url = replace(url, 'a.', 'b.')"])
def test_pages_at_rest_gone_never_read_or_of_another_host_are_not_asked(known: Scene, state: str) -> None:
    known.store.handle.write(f"UPDATE page SET {state} WHERE id > 1")  # noqa: S608
    show(known, FRONT, *NAMES)
    assert known.visit().decision.changes == ("edited",)
    assert asked(known) == [url("one"), FRONT_URL]


def test_a_host_that_wants_rest_leaves_the_page_due(known: Scene) -> None:
    rests = Answer(error=Resting(host="a.example", until=START + DAY, why="it said so"))
    show(known, FRONT, "one")
    for where in (FRONT_URL, url("four")):
        known.site.pages[where] = rests
        with pytest.raises(Resting):
            known.visit()
        known.site.pages[where] = Answer(b"no", 404)
    assert (known.page().visits, known.log("one")) == (1, ["new"])


def test_a_stop_meanwhile_leaves_no_trace(known: Scene) -> None:
    show(known, FRONT, "one")
    known.site.pages[FRONT_URL] = Answer(error=Stopped("told to stop"))
    with pytest.raises(Stopped):
        known.visit()
    assert known.page().visits == 1


def test_a_source_that_is_read_in_full_reads_the_others_in_full(known: Scene) -> None:
    known.reader.blind = [FRONT.paragraphs[0]]
    known.store.turn_off_shortcut("a", known.clock.now(), "for the test")
    known.site.pages[FRONT_URL] = Answer(said(FRONT))
    show(known, FRONT, "one")
    assert known.visit().observation.seen is Seen.BROKEN

"""Servers whose validators lie: found out at a visit that asks unconditionally, and not used again."""

from __future__ import annotations

import pytest
from standins import DAY, HOUR, START, Answer, said, url
from visit.scene import FIRST, NEVER, SECOND, Scene

from monitor.errors import Resting, Stopped, Unreachable
from monitor.model import Request, Seen

EARLY, NOON = (f"Thu, 01 Jan 2026 {hour}:00:00 GMT" for hour in ("11", "12"))


def lie(scene: Scene) -> None:
    """The page is known with an ETag, and was altered behind it."""
    scene.put(FIRST, etag='"1"')
    scene.visit()
    scene.put(SECOND, etag='"1"')


def test_304_while_the_text_changed_is_found_out_by_an_unconditional_visit(scene: Scene) -> None:
    lie(scene)
    assert scene.seen() is Seen.NOT_MODIFIED
    assert scene.visit(full=True).decision.changes == ("edited",)
    (incident,) = scene.store.incidents()
    assert (incident.kind, incident.detail) == (
        "validators",
        f"{url('one')} was altered, and its server gave the same ETag as before; every request is unconditional from now on",
    )
    scene.know("two")
    scene.put(FIRST, name="two", etag='"2"')
    for name in ("one", "two", "two"):
        assert scene.seen(name) is Seen.PARSED
        assert scene.site.asked[-1].etag is None
        assert scene.page(name).etag is None


def test_the_visits_of_the_same_round_are_unconditional_already(scene: Scene) -> None:
    lie(scene)
    visitor = scene.visitor(full=True)
    round_ = scene.store.open_check("a", scene.clock.now())
    claim = scene.store.claim_page(scene.page().id, round_, scene.clock.now(), "w", HOUR)
    assert claim is not None
    visitor.visit(claim)
    visitor.full_read_every = NEVER
    scene.store.handle.write("UPDATE page SET etag = '\"1\"'")
    claim = scene.store.claim_page(scene.page().id, round_, scene.clock.now(), "w", HOUR)
    assert claim is not None
    visitor.visit(claim)
    assert scene.site.asked[-1].etag is None


def test_the_same_last_modified_lies_only_where_there_is_no_etag(scene: Scene) -> None:
    for what, headers in ((FIRST, (("Last-Modified", NOON),)), (SECOND, (("Last-Modified", EARLY),))):
        scene.put(what)
        scene.site.pages[url("one")].headers = headers
        scene.visit(full=True)
    assert scene.log() == ["new", "edited"]
    assert "gave the same Last-Modified" in scene.store.incidents()[0].detail


def test_a_date_that_is_the_answers_own_is_never_sent_back(scene: Scene) -> None:
    scene.put(FIRST)
    scene.site.pages[url("one")].headers = (("Last-Modified", NOON), ("Date", NOON))
    scene.visit()
    scene.visit()
    assert scene.site.asked[-1] == Request(url("one"))


def test_an_honest_server_stays_trusted_and_is_asked_once(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    scene.put(SECOND, etag='"2"')
    scene.visit(full=True)
    scene.visit(full=True)
    assert (len(scene.site.asked), scene.incidents()) == (3, [])
    scene.put(SECOND, etag='W/"2"')
    scene.visit(full=True)
    assert (len(scene.site.asked), scene.incidents()) == (4, [])


def test_the_same_bytes_read_otherwise_are_not_the_servers_doing(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    scene.store.handle.write("UPDATE version SET fingerprint = x'00'")  # as if the layout had other selectors then
    scene.store.handle.write("UPDATE page SET parts = x'00'")
    assert scene.visit(full=True).decision.changes == ("edited",)
    assert scene.incidents() == []


def test_what_another_layout_reads_is_not_the_servers_doing(scene: Scene) -> None:
    lie(scene)
    scene.reader.layout = "other"
    assert scene.visit(full=True).decision.changes == ("edited",)
    assert scene.incidents() == []


def new_tags(scene: Scene, upto: int = 1000) -> None:
    """From now on the server gives another ETag with every answer, up to the last one."""
    number = iter(range(2, upto))

    def retag(request: Request) -> None:
        scene.site.pages[request.url].etag = f'"{next(number, upto)}"'

    scene.site.before = retag


def test_an_etag_that_is_new_with_every_answer_is_found_out(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    new_tags(scene)
    scene.visit()
    assert len(scene.site.asked) == 2, "a conditional visit asks once, whatever comes"
    assert scene.visit(full=True).decision.changes == ()
    assert [request.etag for request in scene.site.asked[2:]] == [None, '"3"']
    (incident,) = scene.store.incidents()
    assert (incident.kind, incident.detail) == (
        "validators",
        f"{url('one')} was not altered, and its server gave a new ETag with every answer; "
        "every request is unconditional from now on",
    )
    scene.site.asked.clear()
    scene.visit(full=True)
    assert scene.site.asked == [Request(url("one"))], "and is asked once again"


def test_what_is_found_out_is_put_to_the_test_no_more(scene: Scene) -> None:
    scene.know("two")
    for name in ("one", "two"):
        scene.put(FIRST, name=name, etag='"1"')
        scene.visit(name)
    new_tags(scene)
    scene.visit("one", full=True)
    assert scene.page("two").etag == '"1"'
    scene.site.asked.clear()
    scene.visit("two", full=True)
    assert scene.site.asked == [Request(url("two"))]


def test_what_answers_after_a_redirect_says_nothing_of_the_pages_own_etag(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    scene.site.pages["http://www.a.example/one"] = Answer(scene.site.pages[url("one")].body, etag='"2"')
    scene.site.pages[url("one")] = Answer(to="http://www.a.example/one")
    assert scene.seen(full=True) is Seen.PARSED
    assert (len(scene.site.asked), scene.incidents()) == (2, [])


def test_a_source_that_is_always_read_in_full_has_no_use_for_validators(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    scene.store.turn_off_shortcut("a", scene.clock.now(), "for the test")
    new_tags(scene)
    for full in (False, True):
        scene.visit(full=full)
    assert (len(scene.site.asked), scene.incidents()) == (3, ["shortcut"])


def test_a_new_etag_that_is_recognised_is_well(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    scene.put(FIRST, etag='"2"')
    assert scene.seen(full=True) is Seen.PARSED
    assert [request.etag for request in scene.site.asked[1:]] == [None, '"2"']
    assert scene.incidents() == []


def test_two_servers_with_an_etag_each_are_no_server_with_a_new_one_each_time(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    tags = iter(['"2"', '"1"'])
    scene.site.before = lambda request: setattr(scene.site.pages[request.url], "etag", next(tags))
    scene.visit(full=True)
    assert (len(scene.site.asked), scene.incidents()) == (3, [])


def test_an_edit_between_the_two_answers_excuses_a_new_etag(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    answers = iter([(FIRST, '"2"'), (SECOND, '"3"')])

    def answer(request: Request) -> None:
        what, etag = next(answers)
        scene.put(what, etag=etag)

    scene.site.before = answer
    scene.visit(full=True)
    assert (len(scene.site.asked), scene.incidents(), scene.log()) == (3, [], ["new"])


RESTS = Resting(host="a.example", until=START + DAY, why="it said so")


@pytest.mark.parametrize(
    "second",
    [
        Answer(error=Unreachable("down")),
        Answer(error=RESTS),
        Answer(b"a shell", etag='"3"'),
        Answer(said(FIRST), 503, '"3"'),
        Answer(to=url("moved")),
    ],
)
def test_a_second_answer_that_is_none_is_no_proof_and_takes_nothing_from_the_first(scene: Scene, second: Answer) -> None:
    scene.put(FIRST, name="moved", etag='"3"')
    scene.put(FIRST, etag='"1"')
    scene.visit()
    scene.put(FIRST, etag='"2"')
    scene.site.before = lambda request: scene.site.pages.update({url("one"): second} if request.etag else {})
    assert scene.seen(full=True) is Seen.PARSED
    assert (scene.page().etag, scene.incidents()) == ('"2"', [])


def test_a_stop_at_the_second_request_leaves_no_trace(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    scene.put(FIRST, etag='"2"')
    stop = {url("one"): Answer(error=Stopped("told to stop"))}
    scene.site.before = lambda request: scene.site.pages.update(stop if request.etag else {})
    with pytest.raises(Stopped):
        scene.visit(full=True)
    assert scene.page().visits == 1

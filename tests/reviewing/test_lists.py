"""What a list is made of: addresses and chips, counts, notices, rows that remember."""

from __future__ import annotations

import re
from dataclasses import replace

from reviewing.desk import HERE, Desk

from monitor.errors import StoreDamaged
from monitor.filters import from_address
from monitor.model import Act, EditClass, Kind, LogQuery, ReviewState
from monitor.reviewing import addresses, notices
from monitor.reviewing.chips import chips
from monitor.reviewing.notices import Notice
from monitor.reviewing.rows import Glances

QUERY = LogQuery(kinds=frozenset({Kind.EDITED}), classes=frozenset({EditClass.NAME}), least=0.5, hidden=True, above=3)


def test_an_address_is_never_empty_and_keeps_times_as_they_were_asked_for(desk: Desk) -> None:
    with desk.app.test_request_context("/?since=24h"):
        asked = addresses.asked(desk.clock.now())
        assert asked.since is not None
        assert addresses.url_with(asked) == "/?since=24h"
        assert addresses.url_with(asked, since=None) == "/?order=new"
        assert addresses.url_with(LogQuery(start=(0.5, 3))) == "/?order=new"


def test_a_view_keeps_what_is_true_for_everybody(desk: Desk) -> None:
    kept = addresses.canonical("state=open&above=7&after=0.5,3&since=24h&text=&order=top", desk.clock.now())
    assert kept == "state=open&since=24h&order=top"
    assert addresses.canonical("", desk.clock.now()) == "order=new"


def test_each_chip_leads_to_the_list_without_its_filter(desk: Desk) -> None:
    with desk.app.test_request_context("/"):
        found = chips(QUERY)
        for chip in found:
            without = from_address(chip.without.removeprefix("/?"), desk.clock.now(), 100)
            assert without != QUERY
            assert len(chips(without)) == len(found) - 1
        assert len(found) == 5
        assert chips(LogQuery(states=frozenset({ReviewState.OPEN}), is_ranked=True)) == []


def test_counts_follow_what_people_do_at_once(desk: Desk) -> None:
    before = _tabs(desk)
    assert before["Open"] == before["All"] == desk.store.news_count()
    desk.store.review([desk.store.newest()], Act.FLAG, "ann", desk.clock.now())
    assert _tabs(desk) == before | {"Open": before["Open"] - 1, "Flagged": 1}


def _tabs(desk: Desk) -> dict[str, int]:
    """The counts on the tabs of the inbox."""
    found = re.findall(r'(\w+) <span class="count" data-count="\w+">([\d,]+)</span>', desk.get("/?order=new"))
    return {name: int(count.replace(",", "")) for name, count in found}


def test_a_notice_is_shown_once_and_nobody_else_can_make_one(desk: Desk) -> None:
    desk.get("/")
    desk.post("/seen", {"upto": "0"})
    cookie = desk.client.get_cookie("monitor_notice", domain="localhost")
    assert cookie is not None
    assert "marked as seen" in desk.get("/")
    assert "marked as seen" not in desk.get("/")
    said, _, seal = cookie.value.partition(".")
    for forged in (f"{said}.{'0' * 64}", said, f"e30=.{seal}", "x.y"):
        desk.client.set_cookie("monitor_notice", forged, domain="localhost")
        assert "marked as seen" not in desk.get("/")


def test_a_long_notice_fits_into_a_cookie(desk: Desk) -> None:
    from flask import g
    from werkzeug.wrappers import Response

    with desk.app.test_request_context("/", base_url=HERE):
        g.key = "k"
        answer = notices.tell(Response(), Notice("대회" * 5000))
        assert len(answer.headers["Set-Cookie"]) < 4000


def test_a_glance_is_made_once(desk: Desk) -> None:
    glances, change = Glances(), desk.store.change(20)
    assert change is not None
    first = glances.of(change, desk.store)
    assert first.tokens
    assert glances.of(change, desk.store) is first


def test_a_damaged_text_has_no_glance_and_is_not_remembered(desk: Desk) -> None:
    class Broken:
        def version(self, *_: object) -> None:
            raise StoreDamaged("damaged")

    glances, change = Glances(), desk.store.change(20)
    assert change is not None
    assert glances.of(change, Broken()).tokens == ()  # type: ignore[arg-type]
    assert glances.of(replace(change), desk.store).tokens

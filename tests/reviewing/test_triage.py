"""Triage by forms and as ``app.js`` asks for it: acts, many at once, all like one, undo, two people at once."""

from __future__ import annotations

import re

import pytest
from reviewing.desk import HERE, Desk, rows, words

from monitor.model import Act, LogQuery, ReviewState, Role


def some(desk: Desk, count: int = 3) -> list[int]:
    return [change.id for change in desk.store.changes(LogQuery(limit=count))]


def states(desk: Desk, numbers: list[int]) -> list[ReviewState]:
    found = desk.store.reviewed(numbers)
    return [found[number].state if number in found else ReviewState.OPEN for number in numbers]


@pytest.mark.parametrize(("act", "state"), [("acknowledge", "acknowledged"), ("flag", "flagged"), ("dismiss", "dismissed")])
def test_the_button_of_a_row_acts_on_it_and_leads_back(desk: Desk, act: str, state: str) -> None:
    first, second, _ = some(desk)
    answer = desk.post("/review", {"one": f"{act} {first}:0 this", "back": "/?order=new"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/?order=new")
    assert states(desk, [first, second]) == [state, "open"]
    page = desk.get("/?order=new")
    assert f"Change {first} is {state}." in words(page)
    assert "Undo" in page
    assert f"Change {first} is {state}." not in words(desk.get("/?order=new"))


def test_many_that_were_selected_are_one_batch_and_taken_back_at_once(desk: Desk) -> None:
    chosen = some(desk)
    answer = desk.ask("/review", {"act": "dismiss", "changes": [f"{number}:0" for number in chosen]})
    assert answer["said"] == "3 changes are dismissed."
    assert {int(number): each["state"] for number, each in answer["changes"].items()} == dict.fromkeys(chosen, "dismissed")
    assert (answer["counts"]["dismissed"], answer["counts"]["flagged"]) == (3, 0)
    back = desk.ask("/undo", {"batch": answer["batch"]})
    assert back["said"] == "What you did with 3 changes is taken back."
    assert states(desk, chosen) == [ReviewState.OPEN] * 3
    assert desk.ask("/undo", {})["said"] == "There is nothing left of yours to take back."


def test_notes_and_assignments_are_lines_of_the_review_log(desk: Desk) -> None:
    (first, *_) = some(desk)
    ann = desk.sign_in("ann")
    desk.add("ben")
    ann.post("/review", {"act": "note", "changes": f"{first}:0", "text": "  see\r\nthe other page  "})
    ann.post("/review", {"act": "assign", "changes": f"{first}", "text": "ben"})
    assert [(line.act, line.who, line.text) for line in desk.store.reviews(first)] == [
        (Act.NOTE, "ann", "see\nthe other page"),
        (Act.ASSIGN, "ann", "ben"),
    ]
    assert "for ben 1 note" in words(ann.get("/?assigned=ben"))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"act": "dismiss"}, "No change was chosen"),
        ({"act": "steal", "changes": "1"}, "'steal' cannot be done with a change"),
        ({"act": "undo", "changes": "1"}, "cannot be done with a change"),
        ({"act": "dismiss", "changes": "x"}, "'x' is no change"),
        ({"act": "dismiss", "changes": "1:y"}, "is no change"),
        ({"act": "dismiss", "changes": "9" * 30}, "is no change"),
        ({"act": "note", "changes": "1", "text": " "}, "The note is empty"),
        ({"act": "note", "changes": "1", "text": "x" * 10_001}, "10000 is the most"),
        ({"act": "assign", "changes": "1", "text": "nobody-there"}, "There is no user 'nobody-there'"),
        ({"act": "dismiss", "changes": "1", "scope": "everything"}, "There is no scope 'everything'"),
        ({"act": "dismiss", "changes": ["1", "2"], "scope": "class"}, "for one change at a time"),
        ({"one": "dismiss"}, "is no change"),
        ({"act": "dismiss", "changes": [str(number) for number in range(1, 1002)]}, "1001 changes at once are too many"),
    ],
)
def test_an_act_that_cannot_be_is_said_and_does_nothing(desk: Desk, fields: dict[str, object], says: str) -> None:
    answer = desk.post("/review", fields)
    assert answer.status_code == (404 if "There is no user" in says else 400)
    assert says in words(answer.text)
    assert desk.store.review_log() == []


def test_a_change_that_there_is_not_is_not_found(desk: Desk) -> None:
    assert desk.post("/review", {"act": "dismiss", "changes": "99999"}).status_code == 404
    assert desk.post("/undo", {"batch": "x"}).status_code == 400


def test_a_row_that_stands_for_a_story_acts_on_all_of_it(desk: Desk) -> None:
    story = desk.store.campaigns(LogQuery(limit=1))[0]
    inside = desk.store.story_changes(story.id)
    (row,) = {*rows(desk.get("/"))} & {*inside}
    assert f'value="dismiss {row}:0 story"' in desk.get("/")
    done = desk.ask("/review", {"act": "dismiss", "changes": f"{row}:0", "scope": "story"})
    assert done["said"] == f"{len(inside)} changes are dismissed."
    assert not {*rows(desk.get("/"))} & {*inside}


def test_all_like_this_says_how_many_before_it_is_done_and_does_as_many(desk: Desk) -> None:
    number = next(change.id for change in desk.store.changes(LogQuery(limit=None)) if change.url.endswith("pedit0"))
    page = desk.get(f"/changes/{number}/like?act=flag&back=/%3Forder%3Dtop")
    assert "The same words: “no one” → “everyone”" in words(page)
    assert "Flag 5 changes" in words(page)
    (first,) = re.findall(r"<button [^>]*autofocus[^>]*>", page)
    assert 'value="flag"' in first
    done = desk.ask("/review", {"act": "flag", "changes": f"{number}:0", "scope": "words", "upto": str(desk.store.newest())})
    assert done["said"] == "5 changes are flagged."
    assert desk.store.count(LogQuery(states=frozenset({ReviewState.FLAGGED}))) == 5
    left = words(desk.get(f"/changes/{number}/like"))
    assert "No other open change is like this one." in left, left
    assert desk.ask("/undo", {})["said"] == "What you did with 5 changes is taken back."


def test_what_was_logged_after_it_was_shown_is_not_taken_in(desk: Desk) -> None:
    number = next(change.id for change in desk.store.changes(LogQuery(limit=None)) if change.url.endswith("pedit2"))
    done = desk.ask("/review", {"act": "flag", "changes": f"{number}:0", "scope": "words", "upto": str(number)})
    assert {int(each) for each in done["changes"]} == {number - 2, number - 1, number}


def test_two_people_at_once_lose_nothing_and_are_told(desk: Desk) -> None:
    (first, *_) = some(desk)
    ann, ben = desk.sign_in("ann"), desk.sign_in("ben")
    mine = ann.ask("/review", {"act": "flag", "changes": f"{first}:0"})
    assert not mine["warning"]
    done = ben.ask("/review", {"act": "dismiss", "changes": f"{first}:0"})
    assert done["warning"]
    assert f"Meanwhile ann flagged change {first} before you; both stand in the review log." in done["said"]
    assert [(line.who, line.act) for line in desk.store.reviews(first)] == [("ann", Act.FLAG), ("ben", Act.DISMISS)]
    again = ben.ask("/review", {"act": "flag", "changes": f"{first}:{done['changes'][str(first)]['last']}"})
    assert not again["warning"]


def test_a_reader_may_not_act(desk: Desk) -> None:
    ben = desk.sign_in("ben", Role.READER)
    (first, *_) = some(desk)
    for address in ("/review", "/undo"):
        assert ben.post(address, {"act": "flag", "changes": str(first)}).status_code == 403
    assert desk.store.review_log() == []


def test_a_form_without_the_token_of_the_session_does_nothing(desk: Desk) -> None:
    ann = desk.sign_in("ann")
    for token in ("", "0" * 64, desk.sign_in("ben").token()):
        answer = ann.post("/review", {"token": token, "act": "flag", "changes": "1"})
        assert answer.status_code == 400
        assert "too old" in words(answer.text)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert ann.post("/review", {"act": "flag", "changes": "1"}, **headers).status_code == 403
    assert desk.store.review_log() == []


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(desk: Desk, target: str) -> None:
    (first, *_) = some(desk)
    answer = desk.post("/review", {"act": "flag", "changes": str(first), "back": target})
    assert answer.headers["Location"] == "/"
    assert "evil" not in desk.get(f"/changes/{first}/like?back={target}").replace(f"back={target}", "")


def test_a_note_is_shown_again_when_the_session_ended_meanwhile(desk: Desk) -> None:
    ann = desk.sign_in("ann")
    (first, *_) = some(desk)
    ann.client.delete_cookie("monitor_session", domain="localhost")
    answer = ann.client.post("/review", base_url=HERE, data={"act": "note", "changes": f"{first}:0", "text": "<b>mine</b>"})
    assert answer.status_code == 401
    assert 'value="&lt;b&gt;mine&lt;/b&gt;"' in answer.text
    assert "What you wrote is kept" in words(answer.text)


def test_who_takes_back_what_somebody_else_decided_since_is_told_that_it_stays(desk: Desk) -> None:
    ann, ben = desk.sign_in("ann"), desk.sign_in("ben")
    ann.ask("/review", {"act": "flag", "changes": "20:0"})
    ben.ask("/review", {"act": "dismiss", "changes": "20:1"})
    done = ann.ask("/undo", {})
    assert done["said"] == "What you did with change 20 is taken back. But change 20 stays dismissed by ben."
    assert done["warning"]
    assert done["changes"]["20"]["state"] == "dismissed"
    assert ben.ask("/undo", {})["said"] == "What you did with change 20 is taken back."
    assert desk.store.reviewed([20])[20].state == "open"

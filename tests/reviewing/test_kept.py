"""What was written into a form that could not be done stands in the page that says so."""

from __future__ import annotations

import re

import pytest
from reviewing.desk import HERE, Desk, words

from monitor.errors import StoreBusy, StoreFull

NOTE = {"act": "note", "changes": "20", "text": "\nWho is <b>missing</b>?\nAsk again."}


def fields(page: str) -> dict[str, str]:
    """What the form to send again would send."""
    form = re.search(r'<form class="stacked kept".*?</form>', page, re.DOTALL)
    assert form, words(page)
    hidden = dict(re.findall(r'<input (?:type="hidden" )?name="([^"]+)" value="([^"]*)"', form[0]))
    return hidden | dict(re.findall(r'<textarea name="(\w+)"[^>]*>\n([^<]*)</textarea>', form[0]))


@pytest.mark.parametrize(("wrong", "status"), [(StoreFull, 507), (StoreBusy, 503)])
def test_a_note_for_which_there_is_no_room_is_kept_and_sent_again(
    desk: Desk, wrong: type[Exception], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def review(*_: object) -> None:
        raise wrong("no space is left")

    with monkeypatch.context() as patched:
        patched.setattr(type(desk.store), "review", review)
        answer = desk.post("/review", NOTE)
    assert answer.status_code == status
    found = fields(answer.text)
    assert found["text"] == "\nWho is &lt;b&gt;missing&lt;/b&gt;?\nAsk again."
    assert "Send: leave a note on change 20" in words(answer.text)
    again = desk.client.post("/review", base_url=HERE, data={**found, "text": NOTE["text"]}, headers={"Origin": HERE})
    assert again.status_code == 303
    assert [line.text for line in desk.store.reviews(20)] == ["Who is <b>missing</b>?\nAsk again."]


def test_a_form_that_was_open_while_somebody_signed_in_anew_is_shown_again(desk: Desk) -> None:
    ann = desk.sign_in("ann")
    answer = ann.client.post("/review", base_url=HERE, data={**NOTE, "token": "0" * 64})
    assert answer.status_code == 400
    assert not desk.store.reviews(20)
    again = ann.client.post("/review", base_url=HERE, data={**fields(answer.text), "text": "mine"})
    assert again.status_code == 303
    assert [line.text for line in desk.store.reviews(20)] == ["mine"]


def test_a_note_that_is_too_long_stays_to_be_cut(desk: Desk) -> None:
    answer = desk.post("/review", {**NOTE, "text": "x" * 10_001})
    assert answer.status_code == 400
    assert len(fields(answer.text)["text"]) == 10_001


def test_a_form_of_another_site_is_not_shown_with_a_token(desk: Desk) -> None:
    answer = desk.client.post("/review", base_url=HERE, data=NOTE, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "missing" not in answer.text


def test_a_form_that_is_too_large_is_refused_whoever_sends_it(desk: Desk) -> None:
    desk.add("ann")
    answer = desk.client.post("/review", base_url=HERE, data={**NOTE, "text": "x" * 1_500_000})
    assert answer.status_code in (401, 413)
    assert desk.sign_in("ben").post("/review", {**NOTE, "text": "x" * 1_500_000}).status_code == 413

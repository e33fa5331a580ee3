"""Every error is a page that says what to do; under the API it is JSON."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from reviewing.desk import HERE, Desk, words
from werkzeug.exceptions import default_exceptions

from monitor.errors import MonitorError, StoreBusy, StoreDamaged, StoreFull, StoreReadOnly


@pytest.mark.parametrize(("wrong", "status"), [(StoreBusy, 503), (StoreReadOnly, 503), (StoreFull, 507), (StoreDamaged, 500)])
def test_what_the_store_cannot_do_is_said(
    desk: Desk, wrong: type[MonitorError], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def review(*_: object) -> None:
        raise wrong("no space is left for it; free some")

    monkeypatch.setattr(type(desk.store), "review", review)
    answer = desk.post("/review", {"act": "flag", "changes": "20"})
    assert answer.status_code == status
    assert "No space is left for it; free some." in words(answer.text)
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_a_fault_of_the_program_is_logged_and_says_no_secrets(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("secret")

    monkeypatch.setattr(type(desk.store), "views", broken)
    page = words(desk.get("/", 500))
    assert "A fault of the program (KeyError)" in page
    assert "secret" not in page
    assert "request failed" in caplog.text


def test_under_the_api_an_error_is_a_problem_in_json(desk: Desk) -> None:
    answer = desk.client.get("/api/nosuch", base_url=HERE)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.get_json()["title"] == "Not Found"


@pytest.mark.parametrize(("address", "method", "status"), [("/nosuch", "get", 404), ("/review", "get", 405), ("/", "post", 405)])
def test_what_there_is_not_leads_back_to_the_inbox(desk: Desk, address: str, method: str, status: int) -> None:
    answer = desk.client.open(address, method=method.upper(), base_url=HERE)
    assert answer.status_code == status
    assert 'href="/"' in answer.text


def test_a_form_that_is_too_large_is_refused(desk: Desk) -> None:
    answer = desk.post("/review", {"act": "note", "changes": "20", "text": "x" * 1_100_000})
    assert answer.status_code == 413


def test_what_was_asked_for_is_harmless_in_the_answer(desk: Desk) -> None:
    page = desk.get("/?%3Cscript%3E%E2%80%AE=1", 400)
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    ("method", "address", "how", "status", "said"),
    [
        ("GET", "/nosuch", {}, 404, "There is nothing at this address; the inbox and the search lead to what there is."),
        ("GET", "/api/v1/nosuch", {}, 404, "There is nothing at this address; GET /api/v1/openapi.json describes what there is."),
        ("GET", "/review", {}, 405, "GET cannot be done at this address; OPTIONS, POST can."),
        ("DELETE", "/api/v1/changes", {}, 405, "DELETE cannot be done at this address; "),
        ("POST", "/api/v1/reviews", {"data": b"x" * 1_100_000, "content_type": "application/json"}, 413, "larger than a million"),
        ("POST", "/api/v1/reviews", {"data": b"x", "content_type": "text/plain"}, 415, "Send it as application/json"),
        ("POST", "/api/v1/reviews", {"data": b"{", "content_type": "application/json"}, 400, "What was sent is no JSON"),
        ("GET", "/changes/1?view=x", {}, 400, "The option view of this page is one of inline, side."),
        ("GET", "/api/v1/search", {}, 400, "The parameter q is missing"),
        ("PUT", "/api/v1/views/%20", {"json": {"query": ""}}, 404, "There can be no view of this name: the view has no name; "),
    ],
)
def test_every_error_is_our_own_sentence_with_one_full_stop(
    desk: Desk, method: str, address: str, how: dict[str, Any], status: int, said: str
) -> None:
    answer = desk.client.open(address, method=method, base_url=HERE, **how)
    assert answer.status_code == status
    told = answer.json["detail"] if answer.is_json else words(re.search(r"<p[^>]*>(.*?)</p>", answer.text.split("</h1>")[1])[1])
    assert said in told
    assert re.fullmatch(r"(?s)[A-Z'].*[^.]\.", told), told


def test_no_error_of_the_framework_speaks_for_itself(desk: Desk) -> None:
    for wrong in default_exceptions.values():
        if wrong.code is None or wrong.code < 400:
            continue
        with desk.app.test_request_context("/api/v1/changes", base_url=HERE):
            answer = desk.app.make_response(desk.app.handle_user_exception(wrong()))
            detail = str(answer.get_json()["detail"])
        assert detail not in (wrong.description, f"{wrong.description}.")
        assert re.fullmatch(r"[A-Z].*[^.]\.", detail), detail


def test_a_wait_is_said_in_words_and_in_a_header(desk: Desk) -> None:
    desk.add("ann")
    for _ in range(5):
        desk.client.post("/login", base_url=HERE, data={"name": "ann", "password": "wrong"})
    desk.clock.move(timedelta(seconds=1))
    answer = desk.client.post("/login", base_url=HERE, data={"name": "ann", "password": "wrong"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert "Too many tries; wait 1 second, then try again." in words(answer.text)

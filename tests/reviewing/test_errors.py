"""Every error is a page that says what to do; under the API it is JSON."""

from __future__ import annotations

import pytest
from reviewing.desk import HERE, Desk, words

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
    assert "no space is left for it; free some." in words(answer.text)
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_a_fault_of_the_program_is_logged_and_says_no_secrets(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("secret")

    monkeypatch.setattr(type(desk.store), "views", broken)
    page = words(desk.get("/", 500))
    assert "a fault of the program (KeyError)" in page
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

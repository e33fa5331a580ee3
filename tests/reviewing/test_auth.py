"""Who is answered: this machine alone while there are no users, tokens of programs, forms of this site."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reviewing.desk import HERE, Desk

from monitor.reviewing.auth import digest, new_key
from monitor.settings import Web


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8380", "[::1]:8380"])
def test_without_users_this_machine_is_answered(desk: Desk, host: str) -> None:
    assert desk.client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("host", "address"),
    [("evil.example", "127.0.0.1"), ("localhost", "192.0.2.7"), ("localhost.evil.example", "::1"), ("", "127.0.0.1")],
)
def test_without_users_no_other_name_or_machine_is_answered(desk: Desk, host: str, address: str) -> None:
    answer = desk.client.get("/", headers={"Host": host}, environ_overrides={"REMOTE_ADDR": address})
    assert answer.status_code in (400, 403)


def test_a_token_reads_without_a_cookie_and_ends_when_it_is_taken_back(desk: Desk) -> None:
    desk.add("ann")
    key = new_key()
    desk.store.keep_key(digest(key), "ann", "reader", None)
    headers = {"Authorization": f"Bearer {key}"}
    other = desk.beside().client
    assert other.get("/", base_url=HERE, headers=headers).status_code == 200
    assert other.post("/review", base_url=HERE, headers=headers, data={"act": "flag", "changes": "20"}).status_code == 303
    assert [line.who for line in desk.store.reviews(20)] == ["ann"]
    desk.store.drop_keys("ann", "reader")
    assert other.get("/", base_url=HERE, headers=headers).status_code == 401


def test_keys_are_long_and_no_two_are_alike() -> None:
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert all(len(key) >= 43 for key in keys)
    assert len(digest("a\ud800")) == 32


def test_every_form_bears_the_token_of_its_session_alone(desk: Desk) -> None:
    ann, ben = desk.sign_in("ann"), desk.sign_in("ben")
    assert ann.token() == ann.token() != ben.token()
    assert len(ann.token()) == 64


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_without_users_what_a_proxy_hands_on_is_refused(desk: Desk, name: str) -> None:
    answer = desk.client.get("/", base_url=HERE, headers={name: "127.0.0.1"})
    assert answer.status_code == 403
    assert "monitor user add" in answer.text
    desk.add("ann")
    assert desk.client.get("/", base_url=HERE, headers={name: "127.0.0.1"}).status_code == 401


def test_without_users_nobody_is_answered_behind_a_proxy(desk: Desk) -> None:
    with_proxy = replace(desk.parts, program=replace(desk.program, web=Web(proxy="127.0.0.1")))
    desk.app.extensions["monitor"] = with_proxy
    desk.get("/", 403)
    desk.add("ann")
    desk.get("/", 401)
    with_proxy.store().close()

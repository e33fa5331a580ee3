"""Signing in and out: sessions, wrong passwords, waits, and what was written when a session ended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from reviewing.desk import HERE, PASSWORD, Desk, words

from monitor.errors import StoreFull
from monitor.model import Role
from monitor.reviewing.auth import digest
from monitor.reviewing.kept import MARK


def sign_in(desk: Desk, **fields: str) -> tuple[int, str]:
    answer = desk.client.post("/login", base_url=HERE, data={"name": "ann", "password": PASSWORD, **fields})
    return answer.status_code, answer.headers.get("Location", words(answer.text))


def marked(fields: Mapping[str, object]) -> dict[str, str]:
    """The fields of another form, as the page to sign in keeps them."""
    return {f"{MARK}{name}": str(value) for name, value in fields.items()}


def test_who_has_not_signed_in_is_asked_to(desk: Desk) -> None:
    desk.add("ann")
    page = desk.get("/", 401)
    assert 'name="password"' in page
    assert "Sign in first" in words(desk.get("/changes/20?view=side", 401))
    assert 'name="target" value="/changes/20?view=side"' in desk.get("/changes/20?view=side", 401)
    assert sign_in(desk, target="/changes/20") == (303, "/changes/20")
    desk.get("/")


def test_a_session_is_a_cookie_of_which_the_database_has_only_the_digest(desk: Desk) -> None:
    desk.add("ann")
    sign_in(desk)
    cookie = desk.client.get_cookie("monitor_session", domain="localhost")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.value.encode() not in desk.path.read_bytes()


def test_signing_out_ends_the_session(desk: Desk) -> None:
    ann = desk.sign_in("ann")
    cookie = ann.client.get_cookie("monitor_session", domain="localhost")
    assert cookie is not None
    assert ann.post("/logout", {}).headers["Location"] == "/login"
    ann.client.set_cookie("monitor_session", cookie.value, domain="localhost")
    ann.get("/", 401)


def test_a_session_ends_in_time(desk: Desk) -> None:
    ann = desk.sign_in("ann")
    desk.clock.move(timedelta(days=13))
    ann.get("/")
    desk.clock.move(timedelta(days=2))
    ann.get("/", 401)


def test_wrong_passwords_and_unknown_names_say_the_same_and_wait_longer_and_longer(desk: Desk) -> None:
    desk.add("ann")
    wrong = {sign_in(desk, password=f"wrong {number}") for number in range(3)} | {sign_in(desk, name="nobody") for _ in range(2)}
    assert len(wrong) == 1
    assert "Name and password do not fit; try again." in next(iter(wrong))[1]
    status, said = sign_in(desk)
    assert (status, "wait 2 seconds, then try again." in said) == (429, True)
    desk.clock.move(timedelta(seconds=3))
    assert sign_in(desk)[0] == 303


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example/x", "/\\evil.example", "/a\nb"])
def test_signing_in_leads_to_no_other_site(desk: Desk, target: str) -> None:
    desk.add("ann")
    assert sign_in(desk, target=target) == (303, "/")


def test_what_was_written_when_the_session_ended_is_sent_after_signing_in(desk: Desk) -> None:
    ann = desk.sign_in("ann")
    number = desk.store.newest()
    desk.store.drop_keys("ann", "session")
    lost = ann.client.post("/review", base_url=HERE, data={"act": "note", "changes": str(number), "text": "a\nb"})
    assert lost.status_code == 401
    answer = ann.client.post(
        "/login",
        base_url=HERE,
        data={"name": "ann", "password": PASSWORD, "action": "/review"}
        | marked({"act": "note", "changes": number, "text": "a\nb"}),
    )
    assert "Nothing was lost." in words(answer.text)
    assert ann.post("/review", {"act": "note", "changes": str(number), "text": "a\nb"}).status_code == 303
    assert [line.text for line in desk.store.reviews(number)] == ["a\nb"]


def test_without_users_nobody_signs_in(desk: Desk) -> None:
    assert sign_in(desk)[0] == 401
    assert desk.client.get("/login", base_url=HERE).status_code == 302
    assert desk.post("/logout", {}).status_code == 400


def test_roles_are_what_they_were_given(desk: Desk) -> None:
    assert desk.sign_in("ann", Role.ADMIN).get("/")
    assert desk.sign_in("ben", Role.READER).client.get("/changes/20/like", base_url=HERE).status_code == 403


def test_a_page_of_somebody_who_signed_in_is_not_kept_for_going_back(desk: Desk) -> None:
    assert desk.client.get("/", base_url=HERE).headers["Cache-Control"] == "private, no-cache"  # nobody signs in, or out
    ann = desk.sign_in("ann")
    for address in ("/", "/charts", "/sources", f"/changes/{desk.store.newest()}"):
        assert ann.client.get(address, base_url=HERE).headers["Cache-Control"] == "no-store"
    with ann.client.get("/static/app.css", base_url=HERE) as static:
        assert "no-store" not in static.headers["Cache-Control"]


def test_an_act_of_an_ended_session_is_named_before_and_after_signing_in(desk: Desk) -> None:
    ann = desk.sign_in("ann")
    desk.store.drop_keys("ann", "session")
    for fields, named in (
        ({"act": "flag", "changes": "6:0", "back": "/changes/6"}, "flag change 6"),
        ({"act": "note", "changes": "6:0", "text": "hm"}, "leave a note on change 6"),
    ):
        lost = ann.client.post("/review", base_url=HERE, data=fields)
        assert f"Not done yet: {named}." in words(lost.text).replace(" .", ".")
        form = {"name": "ann", "password": PASSWORD, "action": "/review", **marked(fields)}
        again = ann.client.post("/login", base_url=HERE, data=form)
        assert f"You were about to {named}; send it now." in words(again.text)
        assert f"Send: {named}" in words(again.text)
        desk.store.drop_keys("ann", "session")


def test_a_form_with_a_name_of_its_own_keeps_it_over_signing_in(desk: Desk) -> None:
    ann = desk.sign_in("ann")
    desk.store.drop_keys("ann", "session")
    lost = ann.client.post("/watch", base_url=HERE, data={"name": "Pak Un Hyok", "spellings": "Park Un-hyok"})
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', lost.text))
    again = ann.client.post("/login", base_url=HERE, data={**hidden, "name": "ann", "password": PASSWORD})
    assert 'action="/watch"' in again.text
    assert 'value="Pak Un Hyok"' in again.text
    assert "Park Un-hyok</textarea>" in again.text


def test_a_token_is_no_session(desk: Desk) -> None:
    desk.add("ann")
    for label in ("feeds", "reader"):
        desk.store.keep_key(digest(f"key of {label}"), "ann", label, None)
        desk.client.set_cookie("monitor_session", f"key of {label}", domain="localhost")
        desk.get("/", 401)


def test_signing_in_anew_ends_the_session_before(desk: Desk) -> None:
    ann = desk.sign_in("ann")
    old = ann.client.get_cookie("monitor_session", domain="localhost")
    assert old is not None
    assert sign_in(ann)[0] == 303
    ann.get("/")
    ann.client.set_cookie("monitor_session", old.value, domain="localhost")
    ann.get("/", 401)


def test_a_session_that_a_stranger_chose_is_not_taken_over(desk: Desk) -> None:
    desk.add("ann")
    desk.client.set_cookie("monitor_session", "chosen", domain="localhost")
    assert sign_in(desk)[0] == 303
    cookie = desk.client.get_cookie("monitor_session", domain="localhost")
    assert cookie is not None
    assert cookie.value != "chosen"


def test_where_nobody_can_sign_in_just_now_what_was_written_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreFull("no space is left")

    desk.add("ann")
    monkeypatch.setattr(type(desk.store), "keep_key", full)
    form = {"name": "ann", "password": PASSWORD, "action": "/review", **marked({"act": "note", "changes": 6, "text": "kept"})}
    answer = desk.client.post("/login", base_url=HERE, data=form)
    assert answer.status_code == 507
    assert 'name="kept-text" value="kept"' in answer.text
    assert 'name="action" value="/review"' in answer.text


def test_many_tries_at_the_same_moment_are_counted_before_they_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.add("ann")
    inner: list[int] = []

    def slow(*_: object) -> bool:
        if len(inner) < 8:  # while this password is looked at, the next one comes
            inner.append(0)
            inner.append(sign_in(desk.beside())[0])
        return False

    monkeypatch.setattr("monitor.reviewing.pages.signing.fits", slow)
    sign_in(desk)
    assert 429 in inner

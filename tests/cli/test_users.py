"""``monitor user``: who may sign in, with which role, and with which tokens."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.conftest import Run
from standins import START

from monitor.model import Role, User
from monitor.reviewing.auth import digest
from monitor.reviewing.passwords import fits
from monitor.storing.sqlite import SqliteStore, StoreFile

PASSWORD = "correct horse battery"  # noqa: S105  a test's


@pytest.fixture
def given(tmp_path: Path) -> str:
    """Where the password stands."""
    (tmp_path / "secret").write_text(f"{PASSWORD}\n", encoding="utf-8")
    return f"file:{tmp_path / 'secret'}"


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return StoreFile(tmp_path / "monitor.db").open(create=True)


def test_a_user_is_added_with_a_password_that_is_not_kept(run: Run, given: str, store: SqliteStore) -> None:
    assert run("user", "add", "ann", "--password", given) == (0, "ann may sign in as reviewer\n", "")
    assert store.users() == [User("ann", Role.REVIEWER)]
    secret = store.secret("ann")
    assert secret is not None
    assert PASSWORD not in secret
    assert fits(PASSWORD, secret)
    status, _, err = run("user", "add", "ann", "--password", given)
    assert status == 4
    assert "there is a user ann already" in err


def test_another_password_ends_the_sessions(run: Run, given: str, store: SqliteStore, tmp_path: Path) -> None:
    run("user", "add", "ann", "--password", given)
    store.keep_key(b"x" * 32, "ann", "session", None)
    (tmp_path / "secret").write_text("another long one", encoding="utf-8")
    status, out, _ = run("user", "password", "ann", "--role", "admin", "--password", given)
    assert (status, out) == (0, "ann has another password; whoever was signed in as ann no longer is\n")
    assert store.keyholder(b"x" * 32, START) is None
    assert store.users() == [User("ann", Role.ADMIN)]
    assert fits("another long one", store.secret("ann"))


def test_a_token_is_shown_once_and_can_be_taken_back(run: Run, given: str, store: SqliteStore) -> None:
    run("user", "add", "ann", "--role", "reader", "--password", given)
    status, out, _ = run("user", "token", "ann", "feed reader")
    assert status == 0
    assert store.keyholder(digest(out.strip()), START) == User("ann", Role.READER)
    assert run("user", "list")[1] == "ann  reader  tokens: feed reader\n"
    assert run("user", "token", "ann", "feed reader")[0] == 4
    assert run("user", "token", "ann", "feed reader", "--revoke")[0] == 0
    assert store.keyholder(digest(out.strip()), START) is None
    assert run("user", "token", "ann", "feed reader", "--revoke")[0] == 4
    assert run("user", "token", "ann", "session")[0] == 4


def test_a_user_is_taken_away(run: Run, given: str, store: SqliteStore) -> None:
    run("user", "add", "ann", "--password", given)
    assert "there is no user left" in run("user", "remove", "ann")[1]
    assert store.users() == []
    assert run("user", "list")[1].startswith("no users; the review page answers this machine only")
    for command in (("remove", "ann"), ("password", "ann", "--password", given), ("token", "ann", "x")):
        status, _, err = run("user", *command)
        assert status == 4
        assert "there is no user 'ann'" in err


@pytest.mark.parametrize("name", ["", "a b", "-x", "x" * 65, "a\u202eb", "ann/"])
def test_a_name_that_cannot_be_is_refused(run: Run, given: str, name: str) -> None:
    status, _, err = run("user", "add", "--password", given, "--", name)
    assert status == 4
    assert "is no name of a user" in err


@pytest.mark.parametrize(("password", "why"), [("short", "10 characters or more"), ("a" * 20, "one character again and again")])
def test_a_password_that_is_soon_guessed_is_refused(run: Run, tmp_path: Path, password: str, why: str) -> None:
    (tmp_path / "secret").write_text(password, encoding="utf-8")
    status, _, err = run("user", "add", "ann", "--password", f"file:{tmp_path / 'secret'}")
    assert status == 4
    assert why in err


def test_without_a_terminal_the_password_must_be_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    status, _, err = run("user", "add", "ann")
    assert status == 4
    assert "name it with --password" in err

"""The database below a running page: deleted, or replaced by another."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from reviewing.desk import HERE, Desk, words

from monitor.errors import StoreMissing
from monitor.storing.sqlite import StoreFile


def test_the_handle_is_kept_while_the_file_is_the_same(desk: Desk) -> None:
    first = desk.parts.store()
    assert not desk.parts.renew()
    assert desk.parts.store() is first


def test_of_a_database_that_is_gone_nothing_is_told_as_done(desk: Desk) -> None:
    desk.app.extensions["monitor"] = parts = replace(desk.parts, open_store=lambda: StoreFile(desk.path).open(create=False))
    token = desk.token()
    away = desk.path.with_name("away.db")
    desk.path.rename(away)
    answer = desk.client.post("/review", base_url=HERE, data={"token": token, "act": "flag", "changes": "20"})
    assert answer.status_code == 503
    assert "it was moved or deleted while this page was open" in words(answer.text)
    with pytest.raises(StoreMissing):
        parts.renew()
    away.rename(desk.path)
    desk.get("/?order=new")
    parts.store().close()


def test_another_database_in_its_place_is_read_and_written(desk: Desk) -> None:
    desk.get("/?order=new")
    other = desk.path.with_name("other.db")
    desk.store.handle.db.execute("VACUUM INTO ?", [str(other)])
    shutil.move(other, desk.path)
    assert desk.post("/review", {"act": "flag", "changes": "20"}).status_code == 303
    assert desk.store.reviews(20) == []  # of the file that is gone
    assert [line.act for line in desk.parts.store().reviews(20)] == ["flag"]

"""Watch words on the page: listed, added, removed; what filters, feeds and the API make of them; hostile ones."""

from __future__ import annotations

import re
from html import unescape

import pytest
from reviewing.desk import Desk, link, rows, words

from monitor.model import Role
from monitor.settings import Program, WatchWord

HOSTILE = '"><script>alert(1)</script>'


def test_a_word_is_added_filters_the_log_has_a_feed_and_is_removed(desk: Desk) -> None:
    assert "No watch word is kept here yet." in words(desk.get("/watch"))
    answer = desk.post("/watch", {"name": "Jang", "spellings": "Jang Song Thaek\r\n장성택"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/watch")
    page = desk.get("/watch")
    assert "Jang is watched for." in words(page)
    assert "Jang Song Thaek, 장성택" in words(page)
    found = desk.get(unescape(link(page, "Jang")) + "&order=new&hidden=yes")
    assert len(rows(found)) >= 1
    assert '<option value="Jang">' in re.sub(r" selected| *>", ">", found) or "Jang" in words(found)
    assert desk.client.get(unescape(re.findall(r'href="(/feeds/[^"]*)"', page)[0])).status_code == 200
    assert [each["name"] for each in desk.client.get("/api/v1/watch").json["words"]] == ["Jang"]
    assert desk.post("/watch/remove", {"name": "jang"}).status_code == 303
    assert desk.store.watched() == []
    assert desk.post("/watch/remove", {"name": "jang"}).status_code == 404
    page = desk.get("/?watch=Jang")  # a view of it still opens, and says why it is empty
    assert "There is no watch word 'Jang'; there is none." in words(page)
    assert rows(page) == []


def test_words_of_the_settings_are_shown_with_their_file_and_stay_there(desk: Desk) -> None:
    program = Program(watch=(WatchWord("Araby", ("Arabien",)),))
    other = Desk(desk.path, desk.clock, desk.sources, program)
    page = words(other.get("/watch"))
    assert "Araby Arabien Atom monitor.toml" in page
    answer = other.post("/watch", {"name": "ARABY", "spellings": "x"})
    assert answer.status_code == 409
    assert "stands in monitor.toml" in words(answer.text)
    other.store.close()
    other.parts.store().close()


def test_a_reader_looks_and_changes_nothing(desk: Desk) -> None:
    reader = desk.sign_in("rita", Role.READER)
    assert "Add a word" not in words(reader.get("/watch"))
    assert reader.post("/watch", {"name": "Jang"}).status_code == 403
    assert reader.post("/watch/remove", {"name": "Jang"}).status_code == 403
    assert desk.store.watched() == []


@pytest.mark.parametrize(("name", "spellings"), [("", ""), ("--", ""), ("x" * 101, ""), ("a\u202eb", ""), ("a", "!")])
def test_a_word_that_makes_no_sense_is_refused(desk: Desk, name: str, spellings: str) -> None:
    assert desk.post("/watch", {"name": name, "spellings": spellings}).status_code == 400
    assert desk.store.watched() == []


def test_no_more_are_kept_than_may_be(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.reviewing.pages.watching._MOST", 1)
    assert desk.post("/watch", {"name": "one"}).status_code == 303
    assert desk.post("/watch", {"name": "two"}).status_code == 409


def test_a_hostile_word_is_shown_as_text(desk: Desk) -> None:
    desk.post("/watch", {"name": HOSTILE, "spellings": HOSTILE})
    page = desk.get("/watch")
    assert "<script>alert" not in page
    assert "<script>alert(1)</script>" in unescape(page)

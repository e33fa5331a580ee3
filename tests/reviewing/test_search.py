"""The search page: words in present and past wordings, with the wording and what became of it; hints where nothing is found."""

from __future__ import annotations

import re
from html import unescape

import pytest
from reviewing.desk import Desk, words

from monitor.jobs.following.indexing import Indexing
from monitor.storing.words import TEXTS_INDEXED


@pytest.fixture(autouse=True)
def _indexed(desk: Desk) -> None:
    Indexing(desk.store).finish()


def hits(page: str) -> list[str]:
    return re.findall(r'<li class="hit">(.*?)</li>', page, re.DOTALL)


def test_a_name_that_stood_once_is_found_with_when_it_stood_and_what_came_after(desk: Desk) -> None:
    page = desk.get('/search?q="jang song thaek"')
    assert "<mark>Jang Song Thaek</mark>" in page
    past = [each for each in hits(page) if "stands now" not in each and "/pname" in each]
    assert len(past) == 7
    assert re.search(r"stood 2026-01-01 \d\d:\d\d to 2026-01-01", words(past[0]))
    compare = unescape(re.search(r'href="(/pages/\d+/compare[^"]*)"', past[0])[1])  # type: ignore[index]
    assert "[-Jang Song Thaek -]" in words(desk.get(compare))
    text = re.search(r'href="(/pages/\d+/versions/\d+\.txt)"', past[0])
    assert text
    assert "Jang Song Thaek" in desk.get(text[1])


def test_what_stands_now_alone_can_be_asked_for(desk: Desk) -> None:
    now = hits(desk.get("/search?q=jang&stands=now"))
    assert now
    assert all("stands now" in each for each in now)
    assert len(now) < len(hits(desk.get("/search?q=jang")))


def test_phrases_beginnings_and_two_syllables_of_korean_are_found(desk: Desk) -> None:
    assert hits(desk.get('/search?q="site 14"'))
    assert not hits(desk.get('/search?q="14 site"'))
    assert hits(desk.get("/search?q=workm* OR worker*"))
    assert "<mark>평양</mark>" in desk.get("/search?q=평양")


def test_pages_of_hits_follow_one_another_and_lose_none(desk: Desk) -> None:
    for order in ("new", "best"):
        whole = hits(desk.get(f"/search?q=site&limit=200&order={order}"))
        found, page = [], desk.get(f"/search?q=site&limit=4&order={order}")
        while True:
            found += hits(page)
            further = re.search(r'id="further" rel="next" href="([^"]*)"', page)
            if further is None:
                break
            page = desk.get(unescape(further[1]))
        assert found == whole
        assert "First page" in page


def test_an_empty_list_says_where_to_look(desk: Desk) -> None:
    assert "Look for words in every wording" in words(desk.get("/search"))
    assert "No wording ever held these words" in words(desk.get("/search?q=zzzz"))
    assert "look in past wordings" in words(desk.get("/search?q=zzzz&stands=now"))
    assert "look everywhere" in words(desk.get("/search?q=zzzz&since=1d"))
    assert "Nothing was found. Type a word to look for" in words(desk.get("/search?q=((("))
    assert "Only words that are not to be there were typed" in words(desk.get("/search?q=-jang"))
    assert hits(desk.get("/search?q=-jang"))
    page = words(desk.get("/search?q=jang&source=kcma"))
    assert "There is no source 'kcma' (do you mean 'kcna'?); there is kcna." in page


def test_words_lead_to_the_changes_that_cut_or_added_them(desk: Desk) -> None:
    page = desk.get('/search?q="jang song thaek"')
    assert "changes cut or added them" in words(page)
    link = unescape(re.search(r'href="(/\?changed=[^"]*)"', page)[1])  # type: ignore[index]
    assert "Jang Song Thaek" in desk.get(link)


def test_what_is_not_in_the_index_yet_is_said(story: Desk) -> None:
    story.store.handle.write("DELETE FROM progress WHERE name = ?", (TEXTS_INDEXED,))
    assert "not in the index yet" in words(story.get("/search?q=meeting"))


@pytest.mark.parametrize("asked", ["/search?q=script", "/search?q=alert", "/search?q=egnihtemos", "/search?q=xxxxx*"])
def test_hostile_texts_stay_text(desk: Desk, asked: str) -> None:
    page = desk.get(asked)
    assert "<script>alert" not in page
    assert "<svg onload" not in page
    assert "\u202e" not in page
    assert len(page) < 200_000


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("q=a&source=nobody", 200), ("q=a&foo=1", 400), ("q=a&after=x", 400), ("q=a&since=never", 400), ("q=%00%ff", 200),
        ("q=%22%22", 200), ("q=" + "x" * 600, 400), ("q=a&after=99999999999999999,1", 200),
    ],
)  # fmt: skip
def test_addresses_nobody_foresaw(desk: Desk, asked: str, status: int) -> None:
    desk.get(f"/search?{asked}", status)


def test_it_is_for_those_who_signed_in(desk: Desk) -> None:
    desk.add("ann")
    for address in ("/search?q=a", "/charts", "/charts/life.csv", "/sources", "/sources/kcna"):
        desk.get(address, 401)


def test_what_was_removed_says_so(desk: Desk) -> None:
    found = [each for each in hits(desk.get("/search?q=opened")) if "then removed" in words(each)]
    assert found
    assert all("/pgone" in each for each in found)

"""The inbox: what is new, what matters most first, by the filters of its address; groups, pages, views, empty lists."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from reviewing.desk import Desk, link, rows, words

from monitor.jobs.triage import Scope
from monitor.model import Act, Kind, LogQuery, Role, StoryKind, View

EVERYTHING = LogQuery(limit=None)


def test_it_shows_what_is_open_the_highest_score_first(story: Desk) -> None:
    shown = rows(story.get("/"))
    scores = [change.judged.score for number in shown if (change := story.store.change(number)) and change.judged]
    assert sorted(shown) == sorted(change.id for change in story.store.changes(EVERYTHING))
    assert scores == sorted(scores, reverse=True)


def test_a_row_says_what_a_reviewer_needs(story: Desk) -> None:
    page = words(story.get("/?kind=edited&class=name"))
    assert "0.60 Meeting of Builders of Ryongsu Power Station Held drops the name Pak Un Hyok" in page
    assert "[-" in page
    assert "edited kcna-kp-en 2026-01-03 00:00" in page


def test_changed_words_stand_in_their_place(desk: Desk) -> None:
    page = words(desk.get(f"/?order=new&story={campaign(desk)}"))
    assert "the vice chairman [-Jang Song Thaek -]opened site" in page


def campaign(desk: Desk) -> int:
    return next(story.id for story in desk.store.campaigns(EVERYTHING))


def test_a_campaign_is_one_row_and_stands_on_top(desk: Desk) -> None:
    page = desk.get("/?order=top")
    story = desk.store.story(campaign(desk))
    assert story is not None
    assert story.kind is StoryKind.CAMPAIGN
    inside = {*desk.store.story_changes(story.id)}
    assert len(inside & {*rows(page)}) == 1
    assert page.index('class="campaign"') < page.index('<ol class="rows"')
    assert f'data-scope="{Scope.STORY}"' in page
    assert rows(desk.get(f"/?story={story.id}")) == sorted(inside, reverse=True)


def test_pages_follow_one_another_and_lose_nothing_and_tell_no_group_twice(desk: Desk) -> None:
    for order in ("top", "new"):
        whole = rows(desk.get(f"/?order={order}"))
        found: list[int] = []
        page = desk.get(f"/?order={order}&limit=3")
        while 'id="further"' in page:
            found += rows(page)
            further = re.search(r'id="further" rel="next" href="([^"]*)"', page)
            assert further
            page = desk.get(further[1].replace("&amp;", "&") + "&limit=3")
        assert found + rows(page) == whole


def test_the_tabs_count_the_states(desk: Desk) -> None:
    total = desk.store.news_count()
    first, second, third = [change.id for change in desk.store.changes(replace(EVERYTHING, limit=3))]
    desk.store.review([first], Act.FLAG, "ann", desk.clock.now())
    desk.store.review([second, third], Act.DISMISS, "ann", desk.clock.now())
    page = words(desk.get("/?state=flagged"))
    assert f"New Open {total - 3} Acknowledged 0 Flagged 1 Dismissed 2 All {total}" in page
    assert link(desk.get("/?state=flagged"), "Dismissed") == "/?state=dismissed"
    assert {*rows(desk.get("/?state=dismissed&hidden=yes"))} == {second, third}


@pytest.mark.parametrize(
    "address",
    ["/?nosuch=1", "/?kind=stolen", "/?least=2", "/?least=nan", "/?since=yesterday", "/?after=x", "/?story=1e9", "/?order=up"],
)
def test_a_filter_nobody_foresaw_is_named(desk: Desk, address: str) -> None:
    page = desk.get(address, 400)
    assert re.split(r"[?=]", address)[1] in words(page).split("Bad Request")[-1]


def test_every_filter_of_the_log_is_a_field_of_the_form(desk: Desk) -> None:
    from monitor.filters import FILTERS

    page = desk.get("/?story=1&above=1&state=open&order=top")
    named = set(re.findall(r'<(?:input|select)[^>]* name="(\w+)"', page.split('id="filters"')[1].split("</form>")[0]))
    assert named == {*FILTERS} - {"after", "limit"}


def test_a_filter_of_somebody_who_is_gone_stays_in_the_form(desk: Desk) -> None:
    desk.store.review([desk.store.newest()], Act.ASSIGN, "ann", desk.clock.now(), "gone")
    assert re.search(r"<option selected>gone</option>", desk.get("/?assigned=gone"))


def test_the_filters_that_are_set_can_be_taken_away_one_by_one(desk: Desk) -> None:
    page = desk.get("/?kind=edited&kind=removed&least=0.2&since=24h&order=top&changed=everyone")
    assert "since=24h" in link(page, "×")
    without = re.findall(r'<a href="([^"]*)" title="without this filter">', page)
    assert len(without) == 5
    assert all(name in page for name in ("kind", "score from", "words in the change"))


def test_what_was_seen_is_new_no_more_and_that_can_be_undone(desk: Desk) -> None:
    assert rows(desk.get("/"))
    answer = desk.post("/seen", {"upto": str(desk.store.newest()), "back": "/"})
    assert answer.headers["Location"] == "/"
    page = desk.get("/")
    assert not rows(page)
    assert "Nothing new since you last looked." in words(page)
    assert "marked as seen" in words(page)
    desk.post("/seen", {"upto": "0"})
    page = desk.get("/")
    assert rows(page)
    assert "new again" in words(page)
    assert "marked as seen. Undo" not in words(page)


def test_what_was_seen_is_remembered_for_each_user(desk: Desk) -> None:
    ann, ben = desk.sign_in("ann"), desk.sign_in("ben", Role.READER)
    ann.post("/seen", {"upto": str(desk.store.newest())})
    assert not rows(ann.get("/"))
    assert rows(ben.get("/"))
    assert 'class="row open new"' in ben.get("/")
    assert ann.post("/seen", {"upto": "x"}).status_code == 400
    ben.post("/seen", {"upto": "9" * 17})
    assert next(user.looked for user in desk.store.users() if user.name == "ben") == desk.store.newest()  # no more than there is


def test_an_empty_list_says_what_to_do(desk: Desk) -> None:
    assert "No change fits these filters." in words(desk.get("/?kind=restored&order=new"))
    assert "The list ends here." in words(desk.get("/?order=new&after=0,1"))


def test_a_source_that_is_not_seen_is_said_above_the_list(desk: Desk) -> None:
    assert "Partly blind" not in desk.get("/")
    with desk.store.atomic():
        desk.store.turn_off_validators("kcna", desk.clock.now(), "<b>it lies</b>")
    page = desk.get("/")
    assert "Partly blind: kcna validators since" in words(page)
    assert 'href="/sources"' in page


def test_a_view_keeps_filters_for_everybody(desk: Desk) -> None:
    ann = desk.sign_in("ann")
    answer = ann.post("/views", {"name": " names  purged ", "query": "class=name&since=24h&order=top&after=0.5,3&text="})
    assert answer.headers["Location"] == "/?class=name&since=24h&order=top"
    assert desk.store.views() == [View("names purged", "class=name&since=24h&order=top", "ann")]
    ben = desk.sign_in("ben", Role.READER)
    assert link(ben.get("/"), "names purged") == "/?class=name&since=24h&order=top"
    assert ben.post("/views", {"name": "mine", "query": ""}).status_code == 403
    assert ann.post("/views", {"name": "names purged", "do": "delete"}).status_code == 303
    assert ann.post("/views", {"name": "names purged", "do": "delete"}).status_code == 404


def test_a_view_is_not_replaced_unasked(desk: Desk) -> None:
    ann, ben = desk.sign_in("ann"), desk.sign_in("ben")
    ann.post("/views", {"name": "mine", "query": "class=name"})
    answer = ben.post("/views", {"name": "mine", "query": "class=date"})
    assert answer.status_code == 409
    assert "“mine” was saved by ann, for everybody: class=name. Nothing is replaced yet." in words(answer.text)
    assert desk.store.views() == [View("mine", "class=name", "ann")]
    ann.post("/views", {"name": "mine", "query": "class=quote", "over": "class=name"})
    late = ben.post("/views", {"name": "mine", "query": "class=date", "over": "class=name"})  # that is not what he saw
    assert late.status_code == 409
    done = ben.post("/views", {"name": "mine", "query": "class=date", "over": "class=quote"})
    assert done.status_code == 303
    assert "The view “mine” is saved in place of the one by ann." in words(ben.get("/?class=date"))
    assert ben.post("/views", {"name": "mine", "query": "class=date"}).status_code == 303
    assert desk.store.views() == [View("mine", "class=date", "ben")]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (" \u00a0", "The view has no name; write one."),
        ("x" * 61, "The name of the view has 61 characters; 60 is the most, so shorten it."),
        ("a\u200bb", "The name of the view has an invisible mark in it (U+200B): a\\u200bb; write it anew without."),
        ("a\u202eb", "(U+202E): a\\u202eb; write"),
    ],
)
def test_what_is_wrong_with_the_name_of_a_view_is_said(desk: Desk, name: str, said: str) -> None:
    answer = desk.post("/views", {"name": name, "query": ""})
    assert answer.status_code == 400
    assert said in words(answer.text)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("source=kcma", "There is no source 'kcma' (do you mean 'kcna'?); there is kcna."),
        ("watch=nobody", "There is no watch word 'nobody'; there is none."),
        ("story=99999", "There is no story 99999;"),
        ("assigned=anne", "There is no user 'anne' (do you mean 'ann'?); there is ann."),
        ("changed=(((", "changed: Type a word to look for"),
        ("text=-jang", "text: Only words that are not to be there were typed"),
    ],
)
def test_filters_that_name_what_there_is_not_say_so_over_the_list(desk: Desk, asked: str, said: str) -> None:
    ann = desk.sign_in("ann")
    desk.store.keep_view(View("old", asked, "ann"))
    page = ann.get(f"/?{asked}")
    assert said in words(page)
    assert (rows(page) == []) == (asked != "text=-jang")


def test_changes_of_somebody_who_left_are_still_found(desk: Desk) -> None:
    desk.store.review([20], Act.ASSIGN, "ann", desk.clock.now(), "gone")
    page = desk.get("/?assigned=gone&hidden=yes&baseline=yes")
    assert rows(page) == [20]
    assert "There is no user" not in words(page)


@pytest.mark.parametrize("fields", [{"name": ""}, {"name": "x" * 61}, {"name": "a\u202eb"}, {"name": "a", "query": "nosuch=1"}])
def test_a_view_that_cannot_be_is_not_saved(desk: Desk, fields: dict[str, str]) -> None:
    assert desk.post("/views", fields).status_code == 400
    assert desk.store.views() == []


def test_a_reader_has_no_buttons_that_answer_no(desk: Desk) -> None:
    page = desk.sign_in("ben", Role.READER).get("/")
    assert 'name="one"' not in page
    assert 'name="changes"' not in page


def test_a_hostile_article_is_text(desk: Desk) -> None:
    page = desk.get("/?order=new")
    assert "<img" not in page
    assert "<svg" not in page
    assert page.count("<script") == 1
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "\\u202e" in page


def test_the_page_is_light(desk: Desk) -> None:
    assert len(desk.get("/?order=top").encode()) < 100_000


def test_links_lead_to_no_other_site(desk: Desk) -> None:
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', desk.get("/?order=top"))
    assert all(address.startswith(("/", "#")) for address in addresses)


def test_kinds_that_bring_no_news_are_shown_when_asked_for(desk: Desk) -> None:
    page = desk.get("/?baseline=yes&order=new&kind=new")
    assert {desk.store.change(number).kind for number in rows(page)} == {Kind.NEW}  # type: ignore[union-attr]
    assert "baseline" in words(page)


def test_what_came_in_since_a_list_was_made_is_told_by_its_filters(story: Desk) -> None:
    last = story.store.newest()

    def said(filters: str) -> str:
        answer = story.client.get(f"/newer?{filters}", base_url="http://localhost")
        return str(answer.json["said"])

    assert said(f"order=top&above={last}") == ""
    assert said("order=top&above=12") == "1 change came in since this list was made."
    assert said("order=top&above=10") == "3 changes came in since this list was made."
    assert said("kind=edited&above=6") == "2 changes came in since this list was made."
    assert f'data-address="/newer?state=open&amp;above={last}' in story.get("/")
    assert 'id="newer"' not in story.get(link(story.get("/?order=new&limit=3"), "Next page"))

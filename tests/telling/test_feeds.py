"""Atom and JSON Feed: valid for every text, with ids that stay, read by a real parser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import feedparser
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from telling.told import hostile, told

from monitor.model import StoryKind, Told
from monitor.telling.feeds import Feed, atom, entry_id, json_feed

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "reviewing" / "atom.rng"))
HERE = "https://m.example/"
OWN, NEXT = f"{HERE}feeds/atom.xml?source=a", f"{HERE}feeds/atom.xml?after=1,2"
FEED = Feed("0f" * 16, "Changes", "source=a+b&class=name", HERE, OWN, NEXT)
_TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d){0,2}:[\w;/?:@&=+$.!~*'()%,-]*")  # RFC 4151, section 2.1


def valid(text: str) -> etree._Element:
    found = etree.fromstring(text.encode())
    assert SCHEMA.validate(found), SCHEMA.error_log
    return found


def test_a_feed_is_valid_and_names_its_next_page() -> None:
    found = valid(atom(FEED, [told(), hostile()]))
    links = {each.get("rel"): each.get("href") for each in found.findall("{*}link")}
    assert links["next"] == FEED.following
    assert links["self"] == FEED.address
    assert valid(atom(FEED, [])) is not None


@given(st.text(), st.text())
def test_a_feed_is_valid_whatever_a_site_says(title: str, words: str) -> None:
    rows = [told(title, cut=words or "x", reason=words)]
    (entry,) = valid(atom(FEED, rows)).findall("{*}entry")
    assert len(json.loads(json_feed(FEED, rows))["items"]) == 1
    content = etree.fromstring(f"<div>{entry.findtext('{*}content')}</div>")
    assert {each.tag for each in content.iter()} <= {"div", "p", "b", "ins", "del", "a"}


def test_ids_are_tags_and_say_nothing_of_the_address() -> None:
    ids = [each.text for each in valid(atom(FEED, [told()])).iter("{*}id")]
    assert all(_TAG.fullmatch(each or "") for each in ids)
    assert ids[1] == entry_id(FEED.database, told().change)
    assert "m.example" not in "".join(map(str, ids))


def test_feedparser_reads_what_was_written() -> None:
    found = feedparser.parse(atom(FEED, [told(), hostile()]).encode())
    assert not found.bozo
    first, second = found.entries
    assert first.title == "edited 0.72: A title"
    assert first.link == f"{HERE}changes/7"
    assert first.summary == "drops the name Pak Un Hyok"
    assert "[-Pak Un Hyok-]" in first.content[0].value
    assert "<script" not in second.content[0].value
    assert [each.href for each in second.links] == [f"{HERE}changes/7"]


def test_a_json_feed_says_the_same() -> None:
    found = json.loads(json_feed(FEED, [told(), hostile()]))
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["next_url"] == FEED.following
    first, second = found["items"]
    assert (first["id"], first["url"]) == (entry_id(FEED.database, told().change), f"{HERE}changes/7")
    assert first["external_url"] == "https://a.example/p"
    assert "external_url" not in second


def test_a_story_says_on_how_many_pages_it_is() -> None:
    from telling.told import CAMPAIGN

    rows: list[Told] = [told(story=CAMPAIGN), told(story=replace(CAMPAIGN, kind=StoryKind.COPIES))]
    titles = [item["title"] for item in json.loads(json_feed(FEED, rows))["items"]]
    assert titles == [
        "campaign 0.72: Jang Song Thaek is cut (14 changes on 12 pages; one of them: edited, A title)",
        "edited 0.72: A title (one of 14 changes on 12 pages)",
    ]

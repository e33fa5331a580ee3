"""The charts: what was counted stands in drawing, table and CSV; days that nobody saw are told as such."""

from __future__ import annotations

import csv
import io
import re

import pytest
from reviewing.desk import HERE, Desk, link, words
from standins import DAY

from monitor.jobs.following.indexing import Indexing
from monitor.model import LogQuery
from monitor.reviewing.pages.charts import NAMES


def rows(desk: Desk, name: str, asked: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(desk.get(f"/charts/{name}.csv?{asked}"))))


@pytest.fixture
def late(story: Desk) -> Desk:
    """The story, looked at on 1 February: its last round was on 13 January."""
    story.clock.move(31 * DAY)
    Indexing(story.store).finish()
    return story


def test_every_change_of_the_story_is_counted(late: Desk) -> None:
    for name in ("kinds", "scores"):
        cells = [int(cell) for row in rows(late, name) for key, cell in row.items() if key not in ("day", "looked")]
        assert sum(cells) == late.store.news_count()


def test_days_that_nobody_saw_are_no_calm_days(late: Desk) -> None:
    states = {(row["source"], row["from"], row["to"], row["state"]) for row in rows(late, "life", "since=60d")}
    assert ("naenara-en", "2026-01-14", "2026-02-01", "not visited") in states
    assert ("naenara-en", "2026-01-06", "2026-01-12", "calm") in states
    assert [row["looked"] for row in rows(late, "kinds") if row["day"] == "2026-01-20"] == ["no"]
    page = late.get("/charts?since=60d")
    assert "naenara-en was not seen on 19 days" in words(page)
    assert "nobody looked; they are hatched" in words(page)


def test_an_incident_is_shown_as_what_it_is(late: Desk) -> None:
    late.store.open_incident("naenara-en", "layout", late.clock.now() - 3 * DAY, "a redesign")
    last = [row for row in rows(late, "life") if row["source"] == "naenara-en"][-1]
    assert (last["state"], last["incidents"], last["days"]) == ("held back", "layout", "4")


def test_a_term_rises_and_falls(late: Desk) -> None:
    weeks = {row["week"]: int(row["pages"]) for row in rows(late, "term", "term=meeting&since=60d")}
    assert max(weeks.values()) == 3
    assert weeks["2026-01-26"] == 0
    assert 'id="term"' in late.get("/charts?term=meeting")
    late.get("/charts/term.csv", 400)


def test_every_chart_has_a_name_a_description_its_numbers_and_a_file(late: Desk) -> None:
    page = late.get("/charts?term=meeting")
    assert len(re.findall(r'<svg class="chart"[^>]* role="img" aria-labelledby="(\w+)-title \1-desc"', page)) == len(NAMES) - 1
    assert page.count("Nothing to draw.") == 1  # no article that came new was edited later
    for name in NAMES:
        assert (name == "seen") != bool(re.search(rf'<title id="{name}-title">[^<]+</title>', page))
        assert (name == "seen") != bool(re.search(rf'<desc id="{name}-desc">[^<]+</desc>', page))
        assert f'href="/charts/{name}.csv?term=meeting"' in page
        assert rows(late, name, "term=meeting")
    assert page.count("<table") == len(NAMES) + 1  # and the one of the keys


def test_nothing_is_styled_in_place_and_the_page_is_light(late: Desk) -> None:
    for asked in ("", "since=3650d", "since=365d&term=meeting"):
        page = late.get(f"/charts?{asked}")
        assert not re.search(r"<[^>]* style=|<style|<script(?! src)", page)
        assert len(page) < 200_000


def test_a_file_says_what_it_is(late: Desk) -> None:
    answer = late.client.get("/charts/kinds.csv", base_url=HERE)
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kinds.csv"'


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("source=nobody", 404), ("since=x", 400), ("since=2026-01-02&until=2026-01-01", 404), ("foo=1", 400), ("term=-x", 200),
        ("term=%3Cscript%3Ealert(1)%3C/script%3E", 200), ("since=0001-01-01", 200), ("until=9999-12-31", 200),
        ("source=kcna-kp-en&source=naenara-en", 200),
    ],
)  # fmt: skip
def test_addresses_nobody_foresaw(late: Desk, asked: str, status: int) -> None:
    assert "<script>alert" not in late.get(f"/charts?{asked}", status)


def test_there_is_no_other_chart(late: Desk) -> None:
    late.get("/charts/none.csv", 404)


def test_charts_of_an_empty_log_are_no_fault(desk: Desk) -> None:
    assert "Changes by kind" in desk.get("/charts?since=2020-01-01&until=2020-02-01")


def test_days_without_changes_say_so_in_both_charts_and_lead_to_the_newest_change(late: Desk) -> None:
    page = late.get("/charts?since=2025-10-01&until=2025-10-31")
    for name in ("kinds", "scores"):
        section = page.split(f'<section class="figure" id="{name}">')[1].split("</section>")[0]
        assert "<svg" not in section
        assert "Nothing to draw." in section
        assert "hatched" not in section
        newest = next(late.store.changes(LogQuery(limit=1, hidden=True))).at.date()
        assert f"The newest change is of {newest}." in section
        followed = late.get(link(section, "Show the 30 days up to it"))
        assert f'<title id="{name}-title">' in followed

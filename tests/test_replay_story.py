"""The replay: the story under ``replay/`` gives exactly the log that is written down for it; and how pages find their homes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from kcna_pages import page
from programs import ROOT, SEEDS

from monitor.article import Article, from_bytes, to_text
from monitor.assemble import House, Options
from monitor.errors import InputError
from monitor.fetching.replay import ReplayFetcher, address_of, name_of, read_moments
from monitor.jobs.replay import START, STEP, Replay, ReplayClock, start_of
from monitor.model import Change, LogQuery, NewPage, Outcome, Page, PageStatus, Seen
from monitor.settings import Source
from monitor.storing.sqlite import SqliteStore

STORY = sorted((ROOT / "tests" / "replay").glob("[0-9]*"))
EVERYTHING = LogQuery(baseline=True, limit=None)
SPEECH = from_bytes((SEEDS / "002_69cb78ecf1b9789a.txt").read_bytes())
PEARS = Article("Fruit Daily", "Pears", date(2026, 1, 1), ("We eat pears.",))
PROSE = "".join(f"<p>In orchard {each} the plums are ripe, and people came from far away to eat them.</p>" for each in range(9))
APPLES = replace(PEARS, title="Apples", paragraphs=("We eat apples.",))


@dataclass
class Theatre:
    """A database, and the replays that are played into it."""

    house: House
    store: SqliteStore
    sources: tuple[Source, ...]

    def play(self, *folders: Path) -> list[tuple[str, Seen]]:
        """Play folders, as the command does; what every visit saw, by NAME."""
        clock, seen = ReplayClock(start_of(self.store)), []

        def note(visited: Page, outcome: Outcome) -> None:
            seen.append((name_of(visited.url) or visited.url, outcome.observation.seen))

        fetcher = ReplayFetcher(clock)
        tools = self.house.tools(self.store, fetcher, clock=clock)
        Replay(self.sources, self.house.made_layout(), fetcher, clock, tools, note).run(read_moments(folders))
        return seen

    def changes(self) -> list[Change]:
        """The whole log, oldest first."""
        return list(self.store.changes(EVERYTHING))[::-1]

    def log(self) -> list[tuple[str, str]]:
        return [(change.kind.value, name_of(change.url) or change.url) for change in self.changes()]

    def pages(self) -> dict[str, PageStatus]:
        return {name_of(status.url) or status.url: status for status in self.store.pages()}

    def homes(self) -> dict[str, str]:
        """The source of every page."""
        return {name: status.source for name, status in self.pages().items()}


@pytest.fixture
def theatre(tmp_path: Path) -> Iterator[Theatre]:
    house = House(Options(tmp_path / "replay.db", ROOT / "config", is_lasting=False), with_sources=True)
    with house.store(create=True) as store:
        yield Theatre(house, store, house.sources())


@dataclass
class Folders:
    """Makes moments under a folder."""

    under: Path
    count: int = 0

    def __call__(self, *, html: dict[str, str] | None = None, **texts: Article) -> Path:
        self.count += 1
        folder = self.under / f"moment{self.count}"
        folder.mkdir()
        for name, article in texts.items():
            (folder / f"{name}.txt").write_text(to_text(article), encoding="utf-8")
        for name, markup in (html or {}).items():
            (folder / f"{name}.html").write_text(markup, encoding="utf-8")
        return folder


@pytest.fixture
def folder(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


def saved(article: Article) -> str:
    """The article as a saved page of KCNA Watch."""
    return page(article, address="https://kcnawatch.org/newstream/1-2/x/", padding=5_000)


# The story


def test_the_story_gives_the_log_that_is_written_down(theatre: Theatre) -> None:
    theatre.play(*STORY)
    moments = {START + number * STEP: moment.name for number, moment in enumerate(STORY)}
    expected = [json.loads(line) for line in (ROOT / "tests" / "replay" / "expected.jsonl").read_text().splitlines()]
    told = [
        {"moment": moments[change.at], "kind": change.kind.value, "name": name_of(change.url), "baseline": change.baseline}
        for change in theatre.changes()
    ]
    assert sorted(told, key=str) == sorted(expected, key=str)
    assert [line["moment"] for line in told] == sorted(line["moment"] for line in told)
    assert len(STORY) >= 8


def test_the_same_moment_again_gives_no_change(theatre: Theatre) -> None:
    theatre.play(*STORY)
    before = theatre.log()
    theatre.play(STORY[-1], STORY[-1])
    assert theatre.log() == before


def test_the_story_in_two_halves_is_the_story(theatre: Theatre, tmp_path: Path) -> None:
    theatre.play(*STORY[:7])
    theatre.play(*STORY[7:])
    house = House(Options(tmp_path / "whole.db", ROOT / "config", is_lasting=False), with_sources=True)
    with house.store(create=True) as store:
        whole = Theatre(house, store, house.sources())
        whole.play(*STORY)
        assert theatre.log() == whole.log()
        assert [change.at for change in theatre.changes()] == [change.at for change in whole.changes()]


def test_what_is_no_article_is_told_of_the_page(theatre: Theatre) -> None:
    seen = theatre.play(*STORY[:12])
    assert [what for name, what in seen if name == "cell-secretaries"][-2:] == [Seen.BROKEN, Seen.BLOCKED]
    status = theatre.pages()["cell-secretaries"]
    assert "kcsc" in status.detail
    assert [what for name, what in seen if name == "opening-speech"] == [Seen.PARSED] * 5 + [Seen.GONE] + [Seen.PARSED] * 6


def bare(article: Article) -> Article:
    return replace(article, masthead=None, cards=())


def test_every_wording_of_the_story_reads_back(theatre: Theatre) -> None:
    theatre.play(*STORY)
    page_of = {name_of(status.url): status.id for status in theatre.store.pages()}
    for moment in read_moments(STORY):
        for saved in moment.pages.values():
            if saved.article is not None:
                found = [bare(version.article) for version in theatre.store.versions(page_of[saved.name])]
                assert bare(saved.article) in found


# Where pages belong


def test_a_text_belongs_to_the_configured_source_of_its_publication(theatre: Theatre, folder: Folders) -> None:
    theatre.play(folder(speech=SPEECH, pears=PEARS))
    assert theatre.homes() == {"speech": "kcna-kp-en", "pears": "fruit-daily"}


def test_a_saved_page_belongs_to_the_layout_that_reads_it_and_the_publication_it_names(theatre: Theatre, folder: Folders) -> None:
    naenara = from_bytes((SEEDS / "000_636cfcdf7a24837f.txt").read_bytes())
    articles = {"a": SPEECH, "b": naenara, "c": replace(SPEECH, publication="X")}
    theatre.play(folder(html={name: saved(article) for name, article in articles.items()}))
    assert theatre.homes() == {"a": "kcna-kp-en", "b": "naenara-en", "c": "kcna-kp-en"}
    assert all(status.seen is Seen.PARSED for status in theatre.pages().values())


def test_a_page_that_nothing_reads_is_watched_all_the_same_and_says_why(theatre: Theatre, folder: Folders) -> None:
    theatre.play(folder(html={"odd": "<p>nothing</p>"}, pears=PEARS))
    assert theatre.homes() == {"odd": "replay", "pears": "fruit-daily"}
    assert theatre.pages()["odd"].seen is Seen.BROKEN
    assert "no title" in theatre.pages()["odd"].detail
    assert theatre.log() == [("new", "pears")]


def test_without_any_layout_saved_pages_are_read_as_those_of_any_site(theatre: Theatre, folder: Folders) -> None:
    theatre.sources = ()
    theatre.play(folder(html={"a": saved(SPEECH)}), folder(html={"a": saved(replace(SPEECH, title="Another headline"))}))
    assert theatre.homes() == {"a": "replay"}
    assert theatre.log() == [("new", "a"), ("edited", "a")]


def test_a_source_without_layouts_has_its_pages_too_after_those_that_a_layout_reads(theatre: Theatre, folder: Folders) -> None:
    theatre.sources = (Source("fruit", publication="Fruit Daily"), *theatre.sources)
    head = "<head><meta property='og:site_name' content='Fruit Daily'></head>"
    page = f"<html>{head}<body><main><h1>Plums</h1>{PROSE}</main></body></html>"
    theatre.play(folder(pears=PEARS, html={"plums": page, "speech": saved(SPEECH)}))
    assert theatre.homes() == {"pears": "fruit", "plums": "fruit", "speech": "kcna-kp-en"}
    assert all(status.seen is Seen.PARSED for status in theatre.pages().values())


def test_a_page_that_is_read_later_belongs_where_it_is_read(theatre: Theatre, folder: Folders) -> None:
    theatre.play(folder(html={"a": "<p>nothing</p>"}), folder(html={"a": saved(SPEECH)}))
    assert theatre.homes() == {"a": "kcna-kp-en"}
    assert theatre.log() == [("new", "a")]


def test_a_page_that_is_read_in_a_later_replay_is_read_all_the_same(theatre: Theatre, folder: Folders) -> None:
    theatre.play(folder(html={"a": "<p>nothing</p>"}))
    theatre.play(folder(html={"a": saved(SPEECH)}))
    assert theatre.homes() == {"a": "replay"}
    assert theatre.log() == [("new", "a")]


def test_a_page_keeps_its_home_and_may_change_its_ending(theatre: Theatre, folder: Folders) -> None:
    theatre.play(folder(a=SPEECH), folder(html={"a": saved(replace(SPEECH, title="Another headline"))}), folder(a=SPEECH))
    assert theatre.homes() == {"a": "kcna-kp-en"}
    assert theatre.log() == [("new", "a"), ("edited", "a"), ("reverted", "a")]


def test_a_publication_that_is_nearly_a_configured_sources_does_not_push_it_aside(theatre: Theatre, folder: Folders) -> None:
    theatre.play(folder(html={"a": saved(SPEECH)}, b=replace(PEARS, publication="KCNA.kp (EN)")))
    assert theatre.homes() == {"a": "kcna-kp-en", "b": "kcna-kp-en"}
    assert all(status.seen is Seen.PARSED for status in theatre.pages().values())


def test_a_publication_without_letters_has_a_source_too(theatre: Theatre, folder: Folders) -> None:
    theatre.play(folder(a=replace(PEARS, publication="로동신문")))
    assert theatre.homes() == {"a": "source"}


def test_names_are_names_whatever_they_hold(theatre: Theatre, folder: Folders) -> None:
    names = ["a b", "ä & ö?", "100%", "김", "x.y", "#"]
    theatre.play(folder(**{name: replace(PEARS, title=f"T {name}") for name in names}))
    assert set(theatre.homes()) == set(names)
    assert all(status.seen is Seen.PARSED for status in theatre.pages().values())


# What a moment means


def test_a_known_page_that_no_folder_has_answers_404(theatre: Theatre, folder: Folders) -> None:
    seen = theatre.play(folder(a=PEARS, b=APPLES), folder(b=APPLES))
    assert seen[2:] == [("a", Seen.GONE), ("b", Seen.PARSED)]
    assert theatre.play(folder(b=APPLES), folder(b=APPLES))[-2:] == [("a", Seen.GONE), ("b", Seen.PARSED)]
    assert theatre.log()[2:] == [("removed", "a")]


def test_an_empty_moment_proves_nothing(theatre: Theatre, folder: Folders) -> None:
    full, empty = folder(a=PEARS, b=APPLES), folder()
    theatre.play(full, empty, empty, empty, empty, full)
    assert theatre.log() == [("new", "a"), ("new", "b")]
    assert {incident.kind for incident in theatre.store.incidents(open_only=False)} == {"blind"}


def test_a_page_of_another_source_speaks_for_the_host(theatre: Theatre, folder: Folders) -> None:
    both, one = folder(a=PEARS, b=SPEECH), folder(b=SPEECH)
    theatre.play(both, one, one, one)
    assert theatre.log()[2:] == [("removed", "a")]


def test_an_edit_while_it_was_away_is_restored_and_edited(theatre: Theatre, folder: Folders) -> None:
    away = folder(b=APPLES)
    theatre.play(folder(a=PEARS, b=APPLES), away, away, away, folder(a=replace(PEARS, title="Plums"), b=APPLES))
    assert theatre.log()[2:] == [("removed", "a"), ("restored", "a"), ("edited", "a")]


def test_a_name_twice_is_an_error(folder: Folders) -> None:
    moment = folder(html={"a": "<p>x"}, a=PEARS)
    with pytest.raises(InputError, match="is the same page; keep one of them"):
        read_moments([moment])


def test_cards_lead_to_no_page(theatre: Theatre) -> None:
    theatre.play(SEEDS)
    assert len(theatre.pages()) == 2


# A database that is there already


def test_it_goes_on_a_day_after_the_last_visit(theatre: Theatre, folder: Folders) -> None:
    theatre.play(folder(a=PEARS), folder(a=PEARS))
    theatre.play(folder(a=APPLES))
    assert [change.at for change in theatre.changes()] == [START, START + 2 * STEP]
    assert theatre.log() == [("new", "a"), ("edited", "a")]


def test_what_it_takes_in_later_is_news(theatre: Theatre, folder: Folders) -> None:
    theatre.play(folder(a=PEARS))
    theatre.play(folder(a=PEARS, b=APPLES))
    assert [change.baseline for change in theatre.changes()] == [True, False]


def test_pages_at_other_addresses_are_left_alone(theatre: Theatre, folder: Folders) -> None:
    theatre.store.sync_sources(["kcna-kp-en"], START)
    theatre.store.add_pages("kcna-kp-en", [NewPage("kcnawatch:1", "https://kcnawatch.org/newstream/1-2/x/")], START)
    before = theatre.pages()["https://kcnawatch.org/newstream/1-2/x/"]
    for _ in range(4):
        theatre.play(folder(speech=SPEECH, pears=PEARS))
    assert theatre.pages()["https://kcnawatch.org/newstream/1-2/x/"] == before
    assert before.last_visit is None


def test_pages_of_sources_that_are_no_longer_configured_are_still_visited(theatre: Theatre, folder: Folders) -> None:
    theatre.play(folder(speech=SPEECH, pears=PEARS))
    theatre.sources = ()
    seen = theatre.play(folder(speech=replace(SPEECH, title="Another"), pears=PEARS))
    assert sorted(seen) == [("pears", Seen.PARSED), ("speech", Seen.PARSED)]
    assert theatre.log()[-1] == ("edited", "speech")


def test_forgotten_pages_stay_forgotten(theatre: Theatre, folder: Folders) -> None:
    theatre.play(folder(a=PEARS, b=APPLES))
    theatre.store.set_page_state(theatre.pages()["a"].id, "forgotten")
    assert theatre.play(folder(a=APPLES, b=APPLES)) == [("b", Seen.PARSED)]


def test_a_replay_ends_each_round_it_begins(theatre: Theatre, folder: Folders) -> None:
    theatre.play(folder(a=PEARS, b=SPEECH), folder(a=PEARS))
    assert theatre.store.handle.value("SELECT count(*) FROM round WHERE ended_at IS NULL") == 0
    assert theatre.store.page_at(address_of("a")) is not None
    assert start_of(theatre.store) == START + timedelta(days=2)

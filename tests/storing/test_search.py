"""Search: whatever stands in a text is found by its words and phrases, in every script, for as long as the wording stood."""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standins import DAY, HOUR, START, article
from storing.steps import Steps
from strategies import articles

from monitor.article import Article
from monitor.errors import InputError
from monitor.model import Act, ChangeWords, Hit, Kind, LogQuery, SearchQuery
from monitor.protocols import Store
from monitor.storing.sqlite import SqliteStore, StoreFile
from monitor.storing.tokens import is_paired, normal, parts


@pytest.fixture
def told(steps: Steps) -> Steps:
    """A page that said two things and says the first again, one that is gone, and one in Korean, of another source."""
    steps.add("one", "gone")
    steps.add("ko", source="b", host="https://b.example")
    first = steps.round()
    steps.read("one", first, article("Apples", "We eat red apples at home."), Kind.NEW)
    steps.read("gone", first, article("Pears", "We eat pears."), Kind.NEW)
    steps.later()
    steps.read("one", steps.round(), article("Apples", "We eat green apples with Pak Un Hyok."), Kind.EDITED)
    steps.read("ko", steps.round("b"), article("북한의 보도", "조선중앙통신은 KCNA가 日本語로 전한다."), Kind.NEW)
    steps.later()
    round_ = steps.round()
    steps.same("one", round_, Kind.REVERTED, back_to=1)
    steps.gone("gone", round_)
    steps.close(round_, steps.store.absences(round_, steps.at))
    while steps.store.index_texts(2):
        pass
    return steps


def found(store: Store, words: str, **rest: object) -> list[tuple[str, int]]:
    """The pages that are found, by the last part of their addresses, and which version of each."""
    hits = store.search(SearchQuery(words, **rest)).hits  # type: ignore[arg-type]
    return [(hit.url.rpartition("/")[2], hit.version) for hit in hits]


def text(hit: Hit) -> str:
    return "".join(f"[{span.text}]" if span.is_match else span.text for span in (*hit.title, *hit.snippet))


def test_past_wordings_are_found_and_say_when_they_stood(told: Steps) -> None:
    (hit,) = told.store.search(SearchQuery('"pak un hyok"')).hits
    assert (hit.source, hit.version, hit.is_current) == ("a", 2, False)
    assert (hit.first_seen, hit.last_seen) == (START + HOUR, START + HOUR)
    assert text(hit) == "ApplesWe eat green apples with [Pak Un Hyok]."


def test_the_newest_texts_come_first(told: Steps) -> None:
    assert found(told.store, "eat") == [("one", 2), ("gone", 1), ("one", 1)]
    assert found(told.store, "apples", limit=1) == [("one", 2)]


def test_what_fits_best_comes_first_where_that_is_asked_for(told: Steps) -> None:
    assert found(told.store, "pears OR eat", is_ranked=True)[0] == ("gone", 1)


def test_only_what_pages_say_now(told: Steps) -> None:
    assert told.page("gone").gone
    assert found(told.store, "eat", past=False) == [("one", 1)]
    assert found(told.store, "hyok", past=False) == []


def test_only_of_some_sources(told: Steps) -> None:
    assert found(told.store, "apples OR 보도", sources=frozenset(["b"])) == [("ko", 1)]
    assert found(told.store, "apples", sources=frozenset(["c"])) == []


def test_only_what_stood_at_a_time(told: Steps) -> None:
    assert found(told.store, "apples", until=START + HOUR) == [("one", 1)]
    assert found(told.store, "hyok", since=START + HOUR) == [("one", 2)]
    assert found(told.store, "hyok", since=START + HOUR + timedelta(minutes=1)) == []
    assert found(told.store, "apples", since=START + DAY * 9) == []


@pytest.mark.parametrize("word", ["북한", "북한의", "한의", "북", "보도", "조선중앙통신", "KCNA가", "日本", "語", "로 전"])
def test_two_syllables_and_one_are_found_in_the_middle_of_words(told: Steps, word: str) -> None:
    assert found(told.store, word) == [("ko", 1)]


@pytest.mark.parametrize("word", ["북의", "한보", "語日", "한보도", "app", "apple"])
def test_what_does_not_stand_there_is_not_found(told: Steps, word: str) -> None:
    assert found(told.store, word) == []


def test_a_search_goes_on_where_it_ended(steps: Steps) -> None:
    names = [f"p{number}" for number in range(25)]
    steps.add(*names)
    round_ = steps.round()
    for number, name in enumerate(names):
        steps.read(name, round_, article("T", f"needle {number // 3}"), Kind.NEW)  # three pages a text
    steps.store.index_texts(100)
    for is_ranked in (False, True):
        seen, start = [], None
        while True:
            some = steps.store.search(SearchQuery("needle", limit=4, start=start, is_ranked=is_ranked))
            seen += [hit.url for hit in some.hits]
            if some.further is None:
                break
            start = some.further
        assert len(seen) == len(set(seen)) == 25, is_ranked


def test_a_search_looks_at_so_many_texts_and_says_where_to_go_on(steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.storing.search._MOST_LOOKED_AT", 6)
    monkeypatch.setattr("monitor.storing.search._BATCH", 3)
    steps.add("b", source="b", host="https://b.example")
    steps.add(*(f"p{number}" for number in range(20)))
    steps.read("b", steps.round("b"), article("T", "the needle"), Kind.NEW)
    round_ = steps.round()
    for number in range(20):
        steps.read(f"p{number}", round_, article("T", f"needle {number}"), Kind.NEW)
    steps.store.index_texts(100)
    query = SearchQuery("needle", sources=frozenset("b"), limit=1)
    first = steps.store.search(query)
    assert first.hits == ()
    assert first.further is not None
    (hit,) = steps.store.search(replace(query, start=first.further)).hits
    assert hit.source == "b"


def test_texts_are_indexed_once_and_in_order(steps: Steps) -> None:
    steps.add("a", "b", "c")
    round_ = steps.round()
    for name in "abc":
        steps.read(name, round_, article(name, f"only {name}"), Kind.NEW)
    assert steps.store.unindexed_texts() == 3
    assert steps.store.index_texts(2) == 2
    assert found(steps.store, "only") == [("b", 1), ("a", 1)]
    assert [steps.store.index_texts(2), steps.store.index_texts(2), steps.store.unindexed_texts()] == [1, 0, 0]
    assert found(steps.store, "only") == [("c", 1), ("b", 1), ("a", 1)]


def test_the_words_of_changes_are_kept_once(steps: Steps) -> None:
    steps.add("a")
    steps.read("a", steps.round(), article("a"), Kind.NEW)
    steps.read("a", steps.round(), article("b"), Kind.EDITED)
    changes = steps.store.unindexed_changes(10)
    assert [change.id for change in changes] == [1, 2]
    words = [ChangeWords(2, "cut", "added", "beside")]
    assert steps.store.index_changes(words, 2) is True
    assert steps.store.index_changes(words, 2) is False
    assert steps.store.unindexed_changes(10) == []


def test_a_damaged_text_holds_up_no_other(sqlite: SqliteStore) -> None:
    steps = Steps(sqlite)
    steps.add("a", "b")
    round_ = steps.round()
    for name in "ab":
        steps.read(name, round_, article(name, "the words"), Kind.NEW)
    sqlite.handle.write("UPDATE text SET data = x'00' WHERE id = 1")
    sqlite.texts._cache.clear()
    assert sqlite.index_texts(10) == 2
    assert found(sqlite, "words") == [("b", 1)]


def _lines(what: Article) -> list[str]:
    return [what.title, *what.paragraphs]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_in_a_text_is_found_by_each_word_and_by_any_phrase(tmp_path: Path, data: st.DataObject) -> None:
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        steps, what = Steps(store), data.draw(articles(min_paragraphs=1))
        name = f"p{store.status().pages}"
        steps.add(name)
        steps.read(name, steps.round(), what, Kind.NEW)
        store.index_texts(10)
        line = data.draw(st.sampled_from(_lines(what)))
        words = re.sub(r'["“”„‟«»＂]', " ", line).split()
        start = data.draw(st.integers(0, len(words)))
        phrase = " ".join(words[start : start + data.draw(st.integers(1, 8))])
        asked = [f'"{phrase}"', *(f'"{word}"' for word in words[:5]), *_pieces(line)]
        for query in asked:
            if normal(query).strip() and len(query) < 500:
                assert (name, 1) in found(store, query, limit=1000), query


def _pieces(line: str) -> list[str]:
    """Every two neighbours of the first runs that are kept in pairs."""
    runs = [part for part in parts(normal(line)) if is_paired(part)][:3]
    return [run[at : at + 2] for run in runs for at in range(min(len(run), 4))]


_SIGNS = ('"', "a", "*", " ", "-", "OR", "(", ")", ":", "북", "^", "+", "{", "NEAR(")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=40) | st.lists(st.sampled_from(_SIGNS)).map("".join))
def test_any_query_gives_hits_or_is_refused_in_words(told: Steps, query: str) -> None:
    for ask in (told.store.search, lambda asked: told.store.count(_log(asked.words))):
        with suppress(InputError):
            ask(SearchQuery(query))


def _log(words: str) -> LogQuery:
    return LogQuery(text=words, changed=words, any_of=(words,))


def test_readers_do_not_wait_for_a_writer(path: Path) -> None:
    """In a write-ahead log they read what was there when they began (https://www.sqlite.org/wal.html)."""
    file = StoreFile(path, lasting=False)
    with file.open() as store:
        steps = Steps(store)
        steps.add(*(f"p{number}" for number in range(30)))
        round_ = steps.round()
        for number in range(30):
            steps.read(f"p{number}", round_, article(f"T{number}", "needle"), Kind.NEW)
        store.index_texts(100)
        counts: list[int] = []
        problems: list[BaseException] = []

        def read() -> None:
            try:
                with file.open() as mine:
                    for _ in range(10):
                        counts.append(len(mine.search(SearchQuery("needle")).hits))
                        assert len(list(mine.changes(_log("needle")))) == 0
            except BaseException as wrong:  # noqa: BLE001 (told to the thread that waits)
                problems.append(wrong)

        readers = [threading.Thread(target=read) for _ in range(20)]
        with store.atomic():  # nobody else can write until this is over
            store.review([1, 2, 3], Act.ACKNOWLEDGE, "a", START)
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join()
        assert problems == []
        assert counts == [30] * 200

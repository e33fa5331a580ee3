"""The words of changes as filters of the log: rare and common ones are found in several ways, and all agree."""

from __future__ import annotations

import pytest
from standins import article
from storing.steps import Steps

from monitor.model import Change, ChangeWords, Kind, LogQuery
from monitor.protocols import Store
from monitor.storing import words

WAYS = {"rare": (10_000, 200), "common": (0, 200), "commonest": (0, 0), "read at first": (0, 2)}


@pytest.fixture
def logged(steps: Steps) -> Steps:
    """A page that said three things, one that was taken away with its words, one that is new."""
    steps.add("one", "gone")
    first = steps.round()
    steps.read("one", first, article("A farm", "Kim opened the farm. Jang Song Thaek was there."), Kind.NEW)
    steps.read("gone", first, article("A mill", "Jang Song Thaek opened the mill."), Kind.NEW)
    steps.close(first)
    steps.later()
    second = steps.round()
    steps.add("new")
    steps.read("one", second, article("A farm", "Kim opened the farm. Others were there."), Kind.EDITED)
    steps.read("new", second, article("The mine", "Kim opened the mine."), Kind.NEW)
    steps.gone("gone", second)
    steps.close(second, steps.store.absences(second, steps.at))
    steps.later()
    steps.read("one", steps.round(), article("A farm", "Ri opened the farm. Others were there."), Kind.EDITED)
    return steps


def index(store: Store) -> None:
    """Index all texts, and the changes as jobs would."""
    while store.index_texts(100):
        pass
    edits = [change.id for change in store.unindexed_changes(100) if change.kind is Kind.EDITED]
    pieces = [("Jang Song Thaek was", "Others were", "the farm. there."), ("Kim", "Ri", "opened the farm. Others")]
    found = [ChangeWords(number, *piece) for number, piece in zip(edits, pieces, strict=True)]
    store.index_changes(found, max(change.id for change in store.unindexed_changes(100)))


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    few, read = WAYS[request.param]
    monkeypatch.setattr(words, "_FEW", few)
    monkeypatch.setattr(words, "_READ", read)


def told(store: Store, **query: object) -> list[str]:
    return [name(change) for change in store.changes(LogQuery(baseline=True, **query))]  # type: ignore[arg-type]


def name(change: Change) -> str:
    return f"{change.kind} {change.url.rpartition('/')[2]}"


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"text": "jang song"}, ["removed gone", "edited one", "new gone", "new one"]),
        ({"text": '"kim opened" -jang'}, ["edited one", "new new", "edited one"]),
        ({"text": "kim", "kinds": frozenset([Kind.NEW])}, ["new new", "new one"]),
        ({"text": "nobody"}, []),
        ({"changed": '"jang song thaek"'}, ["removed gone", "edited one"]),
        ({"changed": "ri OR others"}, ["edited one", "edited one"]),
        ({"changed": "farm"}, []),
        ({"changed": "kim"}, ["edited one"]),
        ({"any_of": ("Jang Song-thaek", "Nobody")}, ["removed gone", "edited one", "new gone", "new one"]),
        ({"any_of": ("the farm",)}, ["edited one", "edited one", "new one"]),
        ({"watch": "a name", "any_of": ()}, []),
        ({"any_of": ("-",)}, []),
        ({"changed": "jang", "text": "mill"}, ["removed gone"]),
    ],
)
def test_words_as_filters(logged: Steps, query: dict[str, object], expected: list[str]) -> None:
    index(logged.store)
    assert told(logged.store, **query) == expected
    assert logged.store.count(LogQuery(baseline=True, **query)) == len(expected)  # type: ignore[arg-type]


@pytest.mark.usefixtures("way")
def test_texts_that_are_not_in_the_index_yet_are_found_too(logged: Steps) -> None:
    expected = ["edited one", "new new", "edited one", "new one"]
    assert told(logged.store, text='"kim opened"') == expected
    logged.store.index_texts(2)
    assert told(logged.store, text='"kim opened"') == expected
    index(logged.store)
    assert told(logged.store, text='"kim opened"') == expected


def test_words_that_ask_for_nothing_find_nothing(logged: Steps) -> None:
    for query in ({"text": "((("}, {"changed": "*"}):
        assert told(logged.store, **query) == []
        assert logged.store.count(LogQuery(**query)) == 0  # type: ignore[arg-type]

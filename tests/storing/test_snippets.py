"""A few words around what was found, with it marked; nothing of the text is altered."""

from __future__ import annotations

from hypothesis import given
from strategies import lines

from monitor.storing.snippets import marked, snippet
from monitor.storing.wanted import wanted

LONG = "First words here. " * 20


def shown(text: str, query: str) -> str:
    return "".join(f"[{span.text}]" if span.is_match else span.text for span in snippet(text, wanted(query).pattern))


def test_what_was_found_is_marked_as_it_is_written() -> None:
    assert shown("The Café of Straße 7", "cafe") == "The [Café] of Straße 7"
    assert shown("오늘 북한의 보도", "북한") == "오늘 [북한]의 보도"
    assert shown("KCNA가 보도", "kcna") == "[KCNA]가 보도"


def test_words_that_follow_one_another_are_one_place() -> None:
    assert shown("said Pak Un Hyok there", "hyok pak un") == "said [Pak Un Hyok] there"


def test_words_are_left_whole_around_it() -> None:
    found = shown(f"{LONG}needle {LONG}", "needle")
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert "[needle]" in found
    assert len(found) < 200
    assert all(word.strip("[]. …") in {"First", "words", "here", "needle", ""} for word in found.split(" "))


def test_three_places_are_shown() -> None:
    text = " ".join(f"{LONG}needle{number}" for number in range(9))
    assert shown(text, "needle*").count("[needle") == 3


def test_a_text_in_which_nothing_can_be_marked_shows_its_beginning() -> None:
    assert shown("Straße", "strasse") == "Straße"
    assert shown(LONG, "strasse").endswith("…")
    assert snippet("", wanted("x").pattern) == ()


@given(lines(), lines())
def test_a_marked_text_is_the_text(text: str, other: str) -> None:
    pattern = wanted(f"x {other[:20]}").pattern
    assert "".join(span.text for span in marked(text, pattern)) == text
    assert all(span.text for span in snippet(text, pattern))

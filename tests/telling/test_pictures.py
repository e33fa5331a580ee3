"""The pictures of a change on a terminal."""

from __future__ import annotations

from monitor.model import Picture
from monitor.telling.pictures import moved, pictures_text

KEPT = Picture("https://a.example/k.jpg", "k")
OLD = Picture("https://a.example/a\x1b[2J.jpg", "a", "Two men", "The port", 2, b"\x01" * 32)
NEW = Picture("https://a.example/b.jpg", "b", place=2)


def test_what_went_and_what_came() -> None:
    assert pictures_text((OLD, KEPT), (NEW, KEPT)).plain.splitlines() == [
        "", "pictures",
        "[-https://a.example/a\\x1b[2J.jpg, at paragraph 2, caption “The port”, alternative text “Two men”,"
        f" SHA-256 {'01' * 32}-]",
        "{+https://a.example/b.jpg, at paragraph 2+}",
        "and 1 that stays as it is",
    ]  # fmt: skip


def test_one_without_an_address_and_none_that_stayed() -> None:
    text = pictures_text((), (Picture("", alt="x"),)).plain
    assert text == "\npictures\n{+(another address at every visit), alternative text “x”+}\n"


def test_what_moved_is_told_apart_from_what_stayed() -> None:
    assert moved((OLD, KEPT), (NEW, KEPT)) == ([OLD], [NEW], 1)

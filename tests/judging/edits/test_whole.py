"""Articles judged as a whole: emptied, swapped, rewritten, and the facts in which two versions differ."""

from __future__ import annotations

from judging.pairs import tuning

from monitor.article import Article
from monitor.judging.edits import edits
from monitor.judging.edits.clip import clipped
from monitor.judging.edits.whole import is_emptied, is_rewritten, is_swapped
from monitor.model import EditClass

PAIRS = {pair.id: pair for pair in tuning()}


def article(*paragraphs: str) -> Article:
    return Article("K", "t", None, paragraphs)


def test_an_article_cut_to_its_first_sentence_was_not_emptied() -> None:
    before = PAIRS["emptied-01"].before
    first = before.paragraphs[0].partition(",")[0] + "."
    assert not is_emptied(before, article(first))
    assert is_emptied(before, article("Removed."))


def test_a_text_like_its_own_before_was_not_swapped() -> None:
    pair = PAIRS["swapped-01"]
    assert is_swapped(pair.before, pair.after, pair.after)
    assert not is_swapped(pair.after, pair.after, pair.after)
    assert not is_swapped(pair.before, pair.after, None)


def test_an_edit_in_every_sentence_is_no_rewriting() -> None:
    before = PAIRS["rewritten-01"].before
    after = article(*(text.replace(" the ", " this ").replace(" and ", " & ") for text in before.paragraphs))
    assert not is_rewritten(before, after)
    assert is_rewritten(before, PAIRS["rewritten-01"].after)


def test_a_rewritten_article_is_looked_into() -> None:
    pair = PAIRS["rewritten-04"]
    assert [(edit.what, edit.before) for edit in edits(pair.before, pair.after)[1:]][-1] == (EditClass.NAME, "Kim Yo Jong")


def test_short_texts_come_back_whole_and_long_ones_with_what_is_beyond() -> None:
    one, other = article("a", "b"), article("a", "c")
    assert clipped(one, other) == (one, other, [])
    long = article("same", *(f"a {at}" for at in range(9000))), article("same", *(f"b {at}" for at in range(9000)))
    before, after, beyond = clipped(*long)
    assert len(before.paragraphs) < 9000
    assert before.paragraphs[0] == after.paragraphs[0] == "same"
    assert [edit.what for edit in beyond] == [EditClass.WORDING]

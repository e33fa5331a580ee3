"""What differs, laid out: lines and rows, numbered edits, gaps, whole articles, bounds. Laws over any two texts."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from standins import article

from monitor.article import Article
from monitor.judging.words import differences
from monitor.model import Op
from monitor.reviewing.wording import Laid, Line, laid_out, plain

SENTENCES = st.lists(
    st.sampled_from(["The mine opened.", "A river ran by it.", "He left.", "It rained on 3 days.", "대회가 열렸다."]), max_size=6
)
TEXTS = st.lists(SENTENCES.map(" ".join).filter(bool), min_size=1, max_size=5).map(lambda found: article("T", *found))


def laid(before: Article, after: Article, *, whole: bool = False, most: int | None = None) -> Laid:
    return laid_out(differences(before, after), after if whole else None, most)


def said(lines: tuple[Line, ...]) -> list[str]:
    marks = {Op.KEPT: "{}", Op.CUT: "[-{}-]", Op.ADDED: "{{+{}+}}"}
    return ["".join(marks[token.op].format(token.text) for token in line if token.text != "\n") for line in lines]


def test_a_paragraph_is_a_line_with_its_edits_numbered() -> None:
    found = laid(article("T", "He said no one came.", "Same."), article("T", "He said everyone came.", "Same."))
    (block,) = found.blocks
    assert (block.name, found.edits) == ("paragraph 1", 1)
    assert said(block.lines) == ["He said [-no one-]{+everyone+} came."]
    assert [(token.edit, token.is_first) for token in block.lines[0] if token.edit] == [(1, True), (1, False)]


def test_sides_hold_one_wording_each() -> None:
    (block,) = laid(article("T", "He said no one came."), article("T", "He said everyone came.")).blocks
    ((before, after),) = block.rows
    assert said(before) == ["He said [-no one-] came."]
    assert said(after) == ["He said {+everyone+} came."]


def test_a_paragraph_that_was_split_or_merged_bears_a_pilcrow() -> None:
    one, two = (
        article("T", "The first sentence is here. The second one follows it."),
        article("T", "The first sentence is here.", "The second one follows it."),
    )
    assert "{+¶+}" in "".join(said(laid(one, two).blocks[0].lines))
    assert "[-¶-]" in "".join(said(laid(two, one).blocks[0].lines))


def test_a_paragraph_that_moved_as_it_was_is_one_edit() -> None:
    texts = [f"Paragraph about the {what} has several words of its own." for what in ("mine", "river", "school", "bridge")]
    found = laid(article("T", *texts), article("T", texts[3], *texts[:3]))
    assert [block.edit for block in found.blocks] == [1]
    assert found.edits == 1


def test_unchanged_words_far_from_an_edit_are_left_out_unless_wanted() -> None:
    words = " ".join(f"word{number}" for number in range(200))
    before, after = article("T", f"{words} old {words}"), article("T", f"{words} new {words}")
    short, whole = laid(before, after), laid(before, after, whole=True)
    assert any(token.is_gap for block in short.blocks for line in block.lines for token in line)
    assert not any(token.is_gap for block in whole.blocks for line in block.lines for token in line)
    assert sum(len(token.text) for block in short.blocks for line in block.lines for token in line) < 500


@example(article("T", "The mine opened. The mine opened.", "He left."), article("T", "He left. The mine opened."))
@given(TEXTS, TEXTS)
def test_the_whole_article_holds_all_of_the_wording_after(before: Article, after: Article) -> None:
    found = laid(before, after, whole=True)
    shown = [[token for line in block.lines for token in line] for block in found.blocks]  # breaks are tokens of their own
    kept = "\n".join("".join(t.text for t in tokens if t.op is not Op.CUT and t.text != "¶") for tokens in shown)
    assert " ".join(kept.split()) == " ".join("\n".join([after.title, *after.paragraphs]).split())


@example(article("T", "The mine opened. A river ran by it."), article("T", "The mine opened.", "A river ran by it."))
@given(TEXTS, TEXTS)
def test_edits_are_numbered_from_one_on_and_each_has_one_place_to_jump_to(before: Article, after: Article) -> None:
    found = laid(before, after)
    inline = [block.edit for block in found.blocks if block.edit]
    inline += [token.edit for block in found.blocks for line in block.lines for token in line if token.is_first]
    assert sorted(inline) == list(range(1, found.edits + 1))
    beside = [block.edit for block in found.blocks if block.edit] + [
        token.edit
        for block in found.blocks
        for row in block.rows
        for side in row
        for line in side
        for token in line
        if token.is_first
    ]
    assert sorted(beside) == sorted(inline)


@given(TEXTS, TEXTS, st.integers(1, 200))
def test_no_more_is_shown_than_may_be(before: Article, after: Article, most: int) -> None:
    found = laid(before, after, whole=True, most=most)
    size = sum(len(token.text) for block in found.blocks for line in block.lines for token in line)
    assert size <= most
    everything = laid(before, after, whole=True)
    assert found.is_cut or found == everything


def test_a_wording_without_another_is_shown_as_it_is() -> None:
    found = plain(article("T", "One.", "Two."))
    assert [said(block.lines) for block in found.blocks] == [["T"], ["One."], ["Two."]]
    assert (found.edits, found.is_cut) == (0, False)
    assert plain(article("T", "x" * 100), 50).is_cut

"""What edits bear on: grave sentences, tables, sport, live pages, lines under articles, names within captions."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from strategies import articles

from monitor.article import Article
from monitor.judging.edits import bearing, edits, judge
from monitor.judging.edits.bearing import FIGURES, LIVE, SPORT, STANDING, Bearing
from monitor.model import Edit, EditClass, Judgement, Kind
from monitor.settings import Weights

DEATHS = "Twelve people were killed when the bridge at Varn fell on Sunday."
TABLE = "Wonsan: rain, 5 to 9 degrees, wind 7 metres a second, chance of rain 80 percent."
MATCH = "Albion scored twice before half-time, and their goalkeeper saved a penalty in the league match at Varn."


def article(*paragraphs: str) -> Article:
    return Article("P", "A title", date(2026, 1, 1), paragraphs)


def edited(text: str, old: str, new: str, *more: str) -> tuple[Article, Article]:
    assert text.count(old) == 1
    return article(text, *more), article(text.replace(old, new), *more)


def routine(before: Article, after: Article) -> set[str]:
    return {Bearing(before, after).routine(edit) for edit in edits(before, after)}


def judged(before: Article, after: Article, *further: Edit) -> Judgement:
    return judge(Kind.EDITED, before, after, Weights(), further=further)


def test_a_figure_among_deaths_outranks_one_in_a_table() -> None:
    deaths, table = judged(*edited(DEATHS, "Twelve", "Three")), judged(*edited(TABLE, "5 to", "4 to"))
    assert deaths.score > 0.6
    assert deaths.reason == "Twelve → Three (killed)"
    assert table.score < 0.25
    assert next(term.what for term in table.terms) == "number in figures"


@pytest.mark.parametrize(
    ("sides", "kind"),
    [
        (edited(TABLE, "5 to", "4 to"), FIGURES),
        (edited(MATCH, "Albion", "Rovers"), SPORT),
        (edited("10:05 Roads are shut.", "shut", "open", "09:10 Snow falls."), ""),
        (edited(DEATHS, "Varn", "Elm"), ""),
        ((article("Snow.", "09:10 It falls."), article("Snow.", "10:05 Roads are shut in Varn.", "09:10 It falls.")), LIVE),
        ((article("He left."), article("He left.", "Follow us on Instagram.")), STANDING),
        ((article("그는 떠났다."), article("그는 떠났다.", "무단전재 및 재배포 금지")), STANDING),
        ((article("He left."), article("He left.", "His brother was told of it in Varn.")), ""),
    ],
)
def test_where_edits_are_a_matter_of_routine(sides: tuple[Article, Article], kind: str) -> None:
    assert routine(*sides) == {kind}


def test_a_death_at_a_match_is_no_matter_of_routine() -> None:
    sides = edited(f"{MATCH} Four people were killed in the stands.", "Four", "Two")
    assert routine(*sides) == {""}


def test_a_threat_that_is_taken_back_outranks_a_plain_rewording() -> None:
    threat = judged(
        *edited("Our army will destroy them without warning.", "destroy them without warning", "take steps in due course")
    )
    plain = judged(
        *edited("Our workers will finish it without delay.", "finish it without delay", "bring it about in due course")
    )
    assert threat.score > plain.score + 0.3
    assert "without “destroy”" in [term.what for term in threat.terms]


def test_one_grave_word_for_another_is_no_threat_taken_back() -> None:
    found = judged(*edited("They will strike the base.", "strike", "attack"))
    assert not [term for term in found.terms if term.what.startswith(("with ", "without "))]


def test_with_a_capital_a_grave_word_is_part_of_a_name() -> None:
    assert bearing.grave("the Fatherland Liberation War Museum") == frozenset()
    assert bearing.grave("after the war") == {"war"}
    assert bearing.grave("적들의 본거지를 초토화할것이다") == {"초토화"}


def test_a_list_in_another_order_is_worth_less_than_a_name_that_went() -> None:
    text = "Present were Kim Jong Sun, Jon Hyang Sun and Ri Hye Jong."
    turned = judged(*edited(text, "Kim Jong Sun, Jon Hyang Sun", "Jon Hyang Sun, Kim Jong Sun"))
    assert turned.score < judged(*edited(text, "Jon Hyang Sun and", "and")).score - 0.2


def test_a_body_that_stands_there_twice_makes_no_other_order() -> None:
    text = "당중앙위원회 비서 조춘룡동지, 당중앙위원회 부장 박훈동지, 총참모장 리영길동지가 동행하였다."
    found = judged(*edited(text, "당중앙위원회 부장 박훈동지, ", ""))
    assert found.reason == "drops the name 박훈"


def test_words_that_only_lost_their_quotation_marks_are_worth_less_than_other_words() -> None:
    marks = judged(*edited('It was "smart" of him to say so.', '"smart"', "smart"))
    words = judged(*edited('"We will never sell it," she said.', "never sell it", "think of a sale"))
    assert marks.score < words.score / 2


def test_one_plain_verb_of_saying_for_another_is_next_to_nothing() -> None:
    plain, loaded = (judged(*edited("It was late, the mayor said.", "said", verb)) for verb in ("told", "claimed"))
    assert plain.score < 0.2 < loaded.score


def test_a_first_vice_premier_who_is_a_vice_premier_now_has_lost_an_office() -> None:
    found = edits(*edited("Kim Tok Hun, first vice-premier of the Cabinet, spoke.", "first vice", "vice"))
    assert [(edit.what, edit.before, edit.after) for edit in found] == [(EditClass.TITLE_OF_PERSON, "first", "")]


def test_nothing_but_is_no_denial() -> None:
    found = edits(*edited("It is nothing but a show.", "nothing but", "just"))
    assert EditClass.NEGATION not in {edit.what for edit in found}


def test_a_name_that_went_from_a_caption_counts_unless_the_article_has_it() -> None:
    caption = Edit(EditClass.PICTURE, "Kim Ri Jun with Pak Il Su", "Kim Ri Jun", "caption of a.jpg")
    gone = judged(article("The two spoke."), article("The two spoke."), caption)
    still = judged(article("He met Pak Il Su."), article("He met Pak Il Su."), caption)
    assert gone.score > 0.6 > still.score
    assert gone.reason == "caption of a.jpg: Kim Ri Jun with Pak Il Su → Kim Ri Jun"


def test_a_swapped_picture_tells_whom_its_caption_no_longer_names() -> None:
    swap = Edit(EditClass.PICTURE, "a.jpg: Kim Ri Jun with Pak Il Su", "b.jpg: Kim Ri Jun", "picture beside the text")
    assert judged(article("They spoke."), article("They spoke."), swap).reason.startswith("drops the name Pak Il Su, swaps ")


def test_a_caption_that_a_layout_reads_as_text_is_told_once() -> None:
    caption = Edit(EditClass.PICTURE, "A hall in Varn", "The new hall in Varn", "caption of a.jpg")
    found = judged(article("It opened.", "A hall in Varn"), article("It opened.", "The new hall in Varn"), caption)
    assert {edit.what for edit in found.edits} == {EditClass.PICTURE}


@settings(deadline=None)
@given(articles(), articles())
def test_of_any_two_articles_each_edit_has_its_bearing(before: Article, after: Article) -> None:
    setting, found = Bearing(before, after), edits(before, after)
    gone, come = setting.turned(found)
    assert not gone & come
    assert {setting.routine(edit) for edit in found} <= {"", FIGURES, SPORT, LIVE, STANDING}

"""What a round logs is judged when it ends, by the settings; other settings judge anew; to and fro is folded."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from jobs.scene import Scene
from standins import article

from monitor.jobs.following.judge import Judge
from monitor.jobs.keeping.verify import verify
from monitor.model import Change, EditClass, Judged, Judgement, LogQuery, Watched
from monitor.protocols import Store
from monitor.settings import Mute, Program
from monitor.storing.sqlite import StoreFile

EVERYTHING = LogQuery(baseline=True, limit=None, hidden=True)


@pytest.fixture
def judged(known: Scene) -> Scene:
    """The scene, with what is logged judged by the usual settings."""
    known.tools = replace(known.tools, judge=Judge(Program(), [known.source]))
    return known


def changes(scene: Scene, query: LogQuery = EVERYTHING) -> list[Change]:
    return list(scene.store.changes(query))


def newest(scene: Scene) -> Judged:
    found = changes(scene)[0].judged
    assert found is not None
    return found


def edit(scene: Scene, text: str, name: str = "p1") -> None:
    scene.site.put(name, article(f"Title of {name}", text))
    scene.round()


def test_a_round_judges_what_it_logged_and_what_was_logged_before(judged: Scene) -> None:
    edit(judged, "word p1 with 15 workers")
    assert [change.judged is not None for change in changes(judged)] == [True, True, True]
    assert newest(judged).classes == (EditClass.NUMBER, EditClass.ADDITION)
    assert newest(judged).reason


def test_what_matters_more_scores_higher(judged: Scene) -> None:
    edit(judged, "The minister will not resign, said Kim Jong Un on Monday in Pyongyang.")
    edit(judged, "The minister will not resign, said Kim Jong Un on Monday in Pyongyang .")
    typography = newest(judged).score
    edit(judged, "The minister will resign, said Kim Jong Un on Monday in Pyongyang .")
    assert newest(judged).classes == (EditClass.NEGATION,)
    assert typography < 0.1 < 0.5 < newest(judged).score


def test_watch_words_lift_a_change_and_other_settings_judge_anew(judged: Scene) -> None:
    edit(judged, "The dam of Ryongsu was built by some brave people.")
    edit(judged, "The dam of Ryongsu was built by some good people.")
    before = newest(judged).score
    judged.tools = replace(judged.tools, judge=Judge(Program(watch=("brave",)), [judged.source]))
    judged.round()
    assert newest(judged).score > before


def test_what_a_standing_rule_mutes_is_out_of_sight_and_back_without_the_rule(judged: Scene) -> None:
    edit(judged, "He said 'yes' to it all.")
    edit(judged, "He said ‘yes’ to it all.")
    assert newest(judged).classes == (EditClass.TYPOGRAPHY,)
    shown = len(changes(judged, LogQuery()))
    rule = Mute(classes=("typography",), sources=(judged.source.name,))
    judged.tools = replace(judged.tools, judge=Judge(Program(mute=(rule,)), [judged.source]))
    judged.round()
    assert len(changes(judged, LogQuery())) == shown - 1
    assert newest(judged).muted
    judged.tools = replace(judged.tools, judge=Judge(Program(), [judged.source]))
    judged.round()
    assert len(changes(judged, LogQuery())) == shown


def test_to_and_fro_is_one_entry_with_a_count(judged: Scene) -> None:
    for word in ("other", "word", "other", "word", "other"):
        judged.put("p1", word=word)
        judged.round()
    assert judged.log() == [("edited", "p1")]
    (entry,) = changes(judged, LogQuery())
    assert entry.judged is not None
    assert entry.judged.folded == 4
    assert [change.kind for change in changes(judged)[:5]] == ["reverted"] * 4 + ["edited"]
    assert list(verify(judged.store)) == []


def test_a_single_return_stays_an_event(judged: Scene) -> None:
    for word in ("other", "word"):
        judged.put("p1", word=word)
        judged.round()
    assert judged.log() == [("edited", "p1"), ("reverted", "p1")]


def test_a_page_that_bears_the_text_of_another_is_swapped(judged: Scene) -> None:
    judged.site.put("p1", article("Title of p2", "word p2"))
    judged.round()
    assert EditClass.SWAPPED in newest(judged).classes


def test_only_so_many_are_judged_at_once_and_the_rest_later(known: Scene) -> None:
    judge = Judge(Program(), [known.source])
    assert judge.judge(known.store, most=1) == 1
    assert [change.judged is not None for change in changes(known)] == [True, False]
    assert judge.judge(known.store) == 1
    assert judge.judge(known.store) == 0


def test_the_recipe_is_that_of_the_settings(known: Scene) -> None:
    usual = Judge(Program(), [known.source]).recipe
    assert Judge(Program(), [known.source]).recipe == usual
    assert Judge(Program(watch=("x",)), [known.source]).recipe != usual
    assert Judge(Program(), [replace(known.source, watch=("x",))]).recipe != usual
    assert Judge(Program(contact="mailto:a@b.example"), [known.source]).recipe == usual


def test_a_word_kept_on_the_page_is_another_recipe_and_judges_anew(judged: Scene) -> None:
    edit(judged, "word p1 with Pak Un Hyok")
    before, judge = newest(judged).score, judged.tools.judge
    assert judge is not None
    usual = judge.recipe_of(judged.store)
    assert usual == judge.recipe
    assert judge.judge(judged.store) == 0
    judged.store.keep_watched(Watched("Park Un-hyok", ("Pak Un Hyok",), "ann", judged.clock.now()))
    assert judge.recipe_of(judged.store) != usual
    assert judge.judge(judged.store) == 3
    assert newest(judged).score > before
    terms = judge.judgement(changes(judged)[0], judged.store).terms
    assert "watch word Park Un-hyok comes" in [term.what for term in terms]
    judged.store.drop_watched("park un-hyok")
    judge.judge(judged.store)
    assert newest(judged).score == before


def test_the_whole_judgement_gives_the_score_that_is_kept(judged: Scene) -> None:
    edit(judged, "word p1 with 15 workers")
    change = changes(judged)[0]
    assert judged.tools.judge is not None
    whole = judged.tools.judge.judgement(change, judged.store)
    assert change.judged is not None
    assert (whole.score, whole.reason, whole.classes) == (change.judged.score, change.judged.reason, change.judged.classes)


def test_a_report_after_the_same_pattern_is_no_copy_of_what_was_edited(judged: Scene) -> None:
    pattern = (
        "A delegation of the friendship association visited {0} County on March 1 and was met by {1}, chairman of the committee.",
        "The guests looked round the museum of history, the kindergarten and the newly built houses of the cooperative farm.",
        "They were deeply impressed by the happy faces of the children, the head of the delegation wrote in the visitors' book.",
        "The delegation left for home by air on the same day, and was seen off by the officials and the people of the county.",
    )
    for name, words in (("p1", ("Anbyon", "Kim Il Nam")), ("p2", ("Orang", "Ri Jong Su"))):
        judged.site.put(name, article("Delegation visits county", *(text.format(*words) for text in pattern)))
        judged.round()
    judged.site.put("p1", article("Delegation visits county", *(text.format("Anbyon", "Kim Il Su") for text in pattern)))
    judged.round()
    edited = changes(judged)[0]
    assert judged.store.copies(edited.id).pages == 1
    assert "alone" not in newest(judged).reason


def test_an_edit_of_one_copy_alone_is_worth_more_and_says_so(judged: Scene) -> None:
    text = ("The mine of Komdok yields 400 tons of ore a day, says its manager.", "The workers are proud of that, and want more.")
    edited = (text[0].replace("400", "900"), text[1])
    for name in ("p1", "p2"):
        judged.site.put(name, article("The same title", *text))
        judged.round()
    judged.site.put("p1", article("The same title", *edited))
    judged.round()
    alone = newest(judged)
    assert alone.reason.endswith("; alone among 2 copies")
    judged.site.put("p2", article("The same title", *edited))
    judged.round()
    both = [change.judged for change in changes(judged)[:2]]
    assert [each.score < alone.score and "alone" not in each.reason for each in both if each] == [True, True]


def test_a_change_that_cannot_be_judged_says_so_and_holds_up_no_other(known: Scene) -> None:
    known.site.put("p1", article("Title of p1", "word p1 with 15 workers"))
    known.site.put("p2", article("Title of p2", "word p2 with 15 workers"))
    known.round()
    text = known.store.handle.value("SELECT text_id FROM version JOIN change ON after_id = version.id WHERE change.id = 3")
    known.store.handle.write("UPDATE text SET data = x'00' WHERE id = ?", (text,))
    with StoreFile(known.store.handle.path).open() as store:  # a handle that has not read it before
        assert Judge(Program(), [known.source]).judge(store) == 4
        assert "damaged" in next(change.title for change in store.changes(EVERYTHING) if change.id == 3)
    reasons = dict(known.store.handle.rows("SELECT change_id, reason FROM judgement"))
    assert reasons[3].startswith("could not be judged")
    assert not reasons[4].startswith("could not be judged")


def test_a_fault_of_ours_says_so_and_holds_up_no_other(known: Scene) -> None:
    class Faulty(Judge):
        def judgement(self, change: Change, store: Store) -> Judgement:
            if change.id == 1:
                raise RecursionError("too deep")
            return super().judgement(change, store)

    assert Faulty(Program(), [known.source]).judge(known.store) == 2
    reasons = dict(known.store.handle.rows("SELECT change_id, reason FROM judgement"))
    assert (reasons[1], reasons[2]) == ("could not be judged (RecursionError: too deep)", "new article")


def test_with_each_turn_to_and_fro_an_edit_falls_in_rank_but_not_out_of_sight(judged: Scene) -> None:
    scores = []
    for turn in range(12):
        judged.put("p1", word=("other", "word")[turn % 2])
        judged.round()
        first = next(change for change in reversed(changes(judged)) if change.kind.value == "edited")
        assert first.judged is not None
        scores.append((first.judged.folded, first.judged.score))
    assert [folds for folds, _ in scores] == [0, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    one, last = scores[0][1], scores[-1][1]
    assert all(later < earlier for (_, earlier), (_, later) in itertools.pairwise(scores[1:7]))
    assert last == pytest.approx(0.4 * one, abs=0.001)
    assert isinstance(judged.tools.judge, Judge)
    found = judged.tools.judge.judgement(first, judged.store)
    assert found.score == pytest.approx(sum(term.value for term in found.terms))
    assert found.terms[-1].what == "11 times more to and fro"

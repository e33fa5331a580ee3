"""The log as a person sees it: golden texts with and without a terminal, stories, and judgements with their sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from standins import DAY, START, article
from telling.printing import console, shown, written

from monitor.judging.words import differences
from monitor.model import (
    Change,
    Edit,
    EditClass,
    Entry,
    Incident,
    Judged,
    Judgement,
    Kind,
    Part,
    Reviewed,
    ReviewState,
    Story,
    StoryKind,
    Term,
)
from monitor.telling import changelog

OLD = article("Dam finished", "The dam rose by 40 metres in January.", "Nothing else happened.")
NEW = replace(OLD, title="Dam not finished", paragraphs=("The dam rose by 60 metres in January.", "Nothing else happened."))
CHANGE = Change(7, START, Kind.EDITED, "kcna", 3, "https://a.example/dam", "Dam not finished", before=1, after=2)
JUDGED = replace(CHANGE, judged=Judged(0.81, "adds a negation: finished → not finished", (EditClass.NEGATION,), folded=2))
LOG = [
    CHANGE,
    Change(6, START, Kind.REMOVED, "kcna", 4, "https://a.example/gone", "Gone", before=1),
    Change(5, START, Kind.NEW, "naenara", 5, "https://b.example/new", "New", baseline=True, after=1),
]
ENTRIES = [Entry(change) for change in LOG]
CAMPAIGN = Story(12, StoryKind.CAMPAIGN, "drops the name X", 300, 310, START, START + DAY)


def words(change: Change) -> Sequence[Part]:
    return differences(OLD, NEW) if change.kind is Kind.EDITED else ()


def test_the_log_in_plain_lines() -> None:
    to = console(is_terminal=False)
    assert changelog.log_lines(to, ENTRIES, words) == 3
    assert written(to).splitlines() == [
        "#7 2026-01-01 00:00 edited kcna Dam not finished https://a.example/dam",
        "#6 2026-01-01 00:00 removed kcna Gone https://a.example/gone",
        "#5 2026-01-01 00:00 new (baseline) naenara New https://b.example/new",
    ]


def test_the_log_as_a_table() -> None:
    assert shown(changelog.log_table(ENTRIES, words), width=90) == "\n".join(
        [
            "#   when (UTC)         score   what             source    article",
            "──────────────────────────────────────────────────────────────────────────────────────────",
            "7   2026-01-01 00:00       -   edited           kcna      Dam not finished",
            "                                                          https://a.example/dam",
            "                                                          {+not+} [-40-] {+60+}",
            "6   2026-01-01 00:00       -   removed          kcna      Gone",
            "                                                          https://a.example/gone",
            "5   2026-01-01 00:00       -   new (baseline)   naenara   New",
            "                                                          https://b.example/new",
        ]
    )


def test_a_judged_change_says_how_much_it_matters_and_why() -> None:
    assert shown(changelog.log_table([Entry(JUDGED)], words), width=100).splitlines()[2:] == [
        "7   2026-01-01 00:00    0.81   edited ×3   kcna     Dam not finished",
        "                                                    https://a.example/dam",
        "                                                    adds a negation: finished → not finished",
        "                                                    {+not+} [-40-] {+60+}",
    ]
    to = console(is_terminal=False)
    changelog.log_lines(to, [Entry(JUDGED)], words)
    assert written(to) == (
        "#7 2026-01-01 00:00 edited ×3 kcna Dam not finished https://a.example/dam"
        " | 0.81 adds a negation: finished → not finished\n"
    )


def test_a_judgement_whole() -> None:
    edits = (
        Edit(EditClass.NEGATION, "finished", "not finished", "title"),
        Edit(EditClass.NUMBER, "40", "60", "paragraph 2"),
    )
    found = Judgement(0.8, "adds a negation", edits, (Term("negation", 0.5), Term("number", 0.3)))
    assert shown(changelog.judgement_text(found)).splitlines() == [
        "",
        "0.80  adds a negation",
        "  negation        title: finished → not finished",
        "  number          paragraph 2: 40 → 60",
        "the score is the sum of",
        "  +0.500  negation",
        "  +0.300  number",
    ]


def test_a_judgement_of_many_edits_is_cut() -> None:
    found = Judgement(0.8, "r", tuple(Edit(EditClass.NUMBER, str(i), "x" * 500, "title") for i in range(50)))
    lines = shown(changelog.judgement_text(found), width=200).splitlines()
    assert "  and 10 more edits" in lines
    assert max(map(len, lines)) < 150


def test_an_empty_log_prints_nothing() -> None:
    for is_terminal in (True, False):
        to = console(is_terminal=is_terminal)
        assert changelog.log_lines(to, [], words) == 0
        assert written(to) == ""


def test_one_change() -> None:
    assert shown(changelog.head(CHANGE)).splitlines() == [
        "#7 edited  2026-01-01 00:00 UTC  kcna",
        "Dam not finished",
        "https://a.example/dam",
        "version 1 → 2",
    ]
    assert "(baseline)" in shown(changelog.head(LOG[2]))


# Stories


def test_an_entry_says_which_story_it_stands_for() -> None:
    assert shown(changelog.campaigns_text([CAMPAIGN])).strip() == (
        "campaign: drops the name X (310 changes on 300 pages, 2026-01-01 to 2026-01-02; `monitor log --story 12`)"
    )
    lines = shown(changelog.log_table([Entry(JUDGED, CAMPAIGN)], words), width=120).splitlines()
    said = "one of 310 changes of a campaign on 300 pages (`monitor log --story 12`)"
    assert " ".join(line[52:].strip() for line in lines[-2:]).endswith(said)
    to = console(is_terminal=False)
    changelog.log_lines(to, [Entry(JUDGED, CAMPAIGN)], words)
    assert written(to).rstrip().endswith(f"not finished | {said}")


def test_what_was_done_to_a_source_is_a_line_of_the_log() -> None:
    note = Incident("kcna", "reparsed", "3 wordings adopted", CHANGE.at, CHANGE.at)
    for is_terminal in (True, False):
        to = console(is_terminal=is_terminal)
        assert changelog.log_lines(to, [Entry(JUDGED), note], words) == 1
        assert "reparsed" in written(to).splitlines()[-1]
        assert "3 wordings adopted" in written(to).splitlines()[-1]


def test_a_muted_change_says_so() -> None:
    assert JUDGED.judged is not None
    muted = replace(JUDGED, judged=replace(JUDGED.judged, muted=True))
    to = console(is_terminal=False)
    changelog.log_lines(to, [Entry(muted)], words)
    assert " edited ×3 (muted) " in written(to)


def test_campaigns_stand_above_the_log() -> None:
    copies = replace(CAMPAIGN, id=3, kind=StoryKind.COPIES, pages=2, changes=2, last=START)
    assert changelog.campaigns_text([CAMPAIGN, copies]).plain.splitlines() == [
        changelog.story_line(CAMPAIGN),
        "the same edit on copies: drops the name X (2 pages, 2026-01-01; `monitor log --story 3`)",
        "",
    ]
    assert changelog.campaigns_text([]).plain == ""


def test_on_a_narrow_terminal_an_entry_is_a_block() -> None:
    lines = shown(changelog.log_list([Entry(JUDGED)], words), width=40).splitlines()
    assert lines[0].startswith("#7  2026-01-01 00:00  0.81  edited")
    assert lines[1].strip() == "Dam not finished"
    assert all(line.startswith("  ") for line in lines[2:-1])
    assert max(map(len, lines[1:])) <= 40


# Reviews


def test_a_row_says_where_a_change_stands_with_its_reviewers() -> None:
    entry = Entry(JUDGED, reviewed=Reviewed(ReviewState.FLAGGED, "kim", 2))
    lines = shown(changelog.log_table([entry], words), width=120).splitlines()
    assert lines[-1].strip() == "flagged, assigned to kim, 2 notes"
    to = console(is_terminal=False)
    changelog.log_lines(to, [entry], words)
    assert written(to).rstrip().endswith("finished → not finished | flagged, assigned to kim, 2 notes")


def test_a_story_is_told_with_its_other_changes() -> None:
    story = replace(CAMPAIGN, changes=4)
    assert changelog.group_text(story, LOG[1:]).plain.splitlines() == [
        "",
        changelog.story_line(story),
        "  #6 removed 2026-01-01 00:00 kcna  Gone",
        "    https://a.example/gone",
        "  #5 new 2026-01-01 00:00 naenara  New",
        "    https://b.example/new",
        "  and 1 more",
    ]
    assert "more" not in changelog.group_text(replace(story, changes=3), LOG[1:]).plain

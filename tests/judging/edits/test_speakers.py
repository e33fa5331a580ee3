"""Who is said to have said it: the words that name the subject of a verb of saying, wherever they stand."""

from __future__ import annotations

import pytest

from monitor.judging.edits.reading import read
from monitor.judging.edits.speakers import speakers


def said_by(sentence: str) -> str:
    tokens = read(sentence)
    return " ".join(tokens[at].text for at in sorted(speakers(tokens, sentence)))


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Police in Calder said two men were held.", "Police in Calder"),
        ("May Holloway, who runs the office, said the wall held.", "May Holloway"),
        ("The harbour master, Ellen Voss, said the port was open.", "The harbour master Ellen Voss"),
        ('"We are ready," said the mayor, Paul Delmas.', "the mayor Paul Delmas"),
        ("They brought in 8 tons, said its chairman, Kim Yong Su.", "its chairman Kim Yong Su"),
        ("According to officials in Seoul, the offer stands.", "officials in Seoul"),
        ("The plan is dead, he was quoted by the paper.", "the paper"),
        ("In the view of the court, the law was broken.", "the court"),
        ("« Le feu est parti du toit », a déclaré le maire, Paul Delmas.", "le maire Paul Delmas"),
        ("Two men were held in Calder.", ""),
    ],
)
def test_the_subject_of_a_verb_of_saying(sentence: str, who: str) -> None:
    assert said_by(sentence) == who


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("경찰은 두 명을 체포했다고 밝혔다.", "경찰"),
        ("비가 온다고 기상청이 밝혔다.", "기상청"),
        ("소방당국에 따르면 불은 2층에서 났다.", "소방당국"),
        ("피해를 입은 댐은 없는 것으로 알려졌다.", ""),
        ("田中健市長は「居場所にしたい」と話した。", "田中健 市長"),
        ("王芳主席说会议很重要。", "王芳 主席"),
    ],
)
def test_the_subject_by_its_particle_or_place(sentence: str, who: str) -> None:
    assert said_by(sentence) == who


def test_a_subject_within_the_quotation_is_not_who_says_it() -> None:
    assert said_by("《우리는 이겨냈다》고 관리위원장은 말하였다.") == "관리위원장"

"""Korean names and offices: which nouns are persons, places, bodies or offices."""

from __future__ import annotations

import pytest

from monitor.judging.edits.korean_names import ends, is_like_person, is_office
from monitor.judging.edits.reading import read
from monitor.judging.edits.tokens import Sort


def names(sentence: str) -> list[str]:
    return [token.text for token in read(sentence) if token.sort is Sort.NAME]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("배우 김서연이 왔다.", ["김서연"]),
        ("김서연과 박도현이 왔다.", ["김서연", "박도현"]),
        ("박성민 의원은 왔다.", ["박성민"]),
        ("수원지법은 무죄를 선고했다.", ["수원지법"]),
        ("주민 대부분이 왔다.", []),
    ],
)
def test_names_by_what_stands_beside_them(sentence: str, found: list[str]) -> None:
    assert names(sentence) == found


def test_the_shape_of_a_person_s_name_is_no_common_noun() -> None:
    assert is_like_person("최지훈")
    assert not is_like_person("정치인")
    assert not is_like_person("지훈")


def test_an_office_by_its_ending() -> None:
    assert is_office("속초시장")
    assert not is_office("시장님들이")


def test_a_noun_may_end_before_each_particle() -> None:
    assert ends("공장에서는")[-1] == len("공장에서는")
    assert len("공장") in ends("공장에서는")

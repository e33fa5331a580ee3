"""What all titles of a site begin or end with is its name, and no part of any."""

from __future__ import annotations

import pytest

from monitor.parsing.proposing.titles import affixes, bare, name_in


@pytest.mark.parametrize(
    ("titles", "around", "name"),
    [
        (["Gazette - Rain", "Gazette - Sun and rain"], ("Gazette - ", ""), "Gazette"),
        (["Rain | The Times", "Sun | The Times"], ("", " | The Times"), "The Times"),
        (["Rain in May – News – Times", "Sun in May – News – Times"], ("", " – News – Times"), "News – Times"),
        (["Rain in the north", "Sun in the north"], ("", ""), ""),
        (["Rain - Times"], ("", ""), ""),
        (["Rain - Times", "Rain - Times"], ("", ""), ""),
        (["Gazette - ", "Gazette - Rain"], ("", ""), ""),
        ([], ("", ""), ""),
    ],
)
def test_what_stands_around_all_titles(titles: list[str], around: tuple[str, str], name: str) -> None:
    assert affixes(titles) == around
    assert name_in(titles) == name


def test_a_title_is_left_without_it() -> None:
    assert bare("Gazette - Rain - Gazette", ("Gazette - ", "")) == "Rain - Gazette"

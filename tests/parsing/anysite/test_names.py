"""Names of elements: what they say, by whole words."""

from __future__ import annotations

import pytest

from monitor.parsing.anysite.names import Role, role_of_names, role_of_tag, words_of


@pytest.mark.parametrize(
    ("names", "role"),
    [
        ("main-nav", Role.CHROME),
        ("comment-list", Role.COMMENT),
        ("relatedArticles", Role.RELATED),
        ("ad-slot", Role.AD),
        ("post_meta", Role.META),
        ("wp-caption-text", Role.CAPTION),
        ("visually-hidden", Role.HIDDEN),
        ("article-teaser", Role.TEASER),
        ("barack commentary headway", Role.NONE),
        ("css-1x2y3z", Role.NONE),
    ],
)
def test_a_name_says_what_an_element_is_by_whole_words(names: str, role: int) -> None:
    assert role_of_names(names, "") == role


def test_a_name_that_says_body_outweighs_the_others() -> None:
    assert role_of_names("sidebar-left entry-content", "comments") == Role.BODY


def test_words_are_cut_at_marks_and_at_capitals() -> None:
    assert words_of("postMeta-date_2 BIGHead") == ["post", "meta", "date", "big", "head"]


def test_a_tag_and_an_aria_role_say_it_too() -> None:
    assert role_of_tag("div", "navigation") == Role.CHROME == role_of_tag("nav", None)

"""Messages: in plain text and HTML, with the head of the chain, and nothing of a site in them that is obeyed."""

from __future__ import annotations

from telling.told import CAMPAIGN, HEAD, hostile, told

from monitor.telling import messages


def test_a_message_about_a_change_says_what_and_where() -> None:
    letter = messages.single(told(), HEAD, "https://m.example")
    assert letter.title == "edited 0.72: A title"
    assert "[-Pak Un Hyok-] {+nobody+}" in letter.text
    assert "https://m.example/changes/7" in letter.text
    assert '<a href="https://m.example/changes/7">' in letter.html
    assert "<del>[-Pak Un Hyok-]</del>" in letter.html
    assert "1:" + "ab" * 32 in letter.text
    assert "1:" + "ab" * 32 in letter.html


def test_without_an_address_of_the_review_page_it_names_the_command() -> None:
    letter = messages.single(told(), None, None)
    assert "monitor show 7" in letter.text
    assert "monitor show 7" in letter.html


def test_where_html_is_read_as_text_the_link_is_still_there() -> None:
    html = messages.single(told(), HEAD, "https://m.example/").html
    assert ">https://m.example/changes/7</a>" in html


def test_a_digest_is_one_message_and_says_how_many_there_are() -> None:
    letter = messages.digest([told(), told("Another", story=CAMPAIGN)], 40, "mornings", HEAD, None)
    assert letter.title == "40 changes (mornings)"
    assert "and 25 more" in letter.text
    assert letter.html.count("<h2>") == 2
    assert messages.digest([told()], 1, "m", None, None).title == "1 change (m)"


def test_nothing_of_a_site_is_markup_or_a_second_line_of_the_title() -> None:
    letter = messages.single(hostile(), HEAD, None)
    assert "<script" not in letter.html
    assert "<img" not in letter.html
    assert "\x1b" not in letter.text + letter.title
    assert "\n" not in messages.single(told("a\nBcc: x@y"), None, None).title


def test_a_test_says_that_nothing_changed() -> None:
    assert "Nothing changed" in messages.test("mornings", HEAD).text

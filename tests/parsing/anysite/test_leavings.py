"""What was left out of an article, and why."""

from __future__ import annotations

from parsing.anysite.made import PROSE, TITLE, ps, read


def test_every_line_that_was_left_out_says_why() -> None:
    inner = f"<p class=byline>By Ada Holm</p>{ps(*PROSE[:2])}<p>Advertisement</p><p class=caption>A bridge</p>{ps(*PROSE[2:])}"
    found = read(f"<article><h1>{TITLE}</h1>{inner}<p><a href=/2>Another story of a bridge</a></p></article>", heading="")
    assert found.paragraphs == PROSE
    assert set(found.dropped) == {
        ("the title", TITLE),
        ("of the article, not in it", "By Ada Holm"),
        ("a line that is no body", "Advertisement"),
        ("a caption", "A bridge"),
        ("a link", "Another story of a bridge"),
    }


def test_a_credit_is_not_left_out() -> None:
    found = read(f"<article>{ps(*PROSE, 'Additional reporting by Ada Holm.')}</article>")
    assert found.paragraphs == (*PROSE, "Additional reporting by Ada Holm.")


def test_a_credit_in_an_element_of_its_own_is_not_left_out() -> None:
    found = read(f"<article>{ps()}<p class=credits>Reporting by Ada Holm; editing by Tom Ash</p></article>")
    assert found.paragraphs[-1] == "Reporting by Ada Holm; editing by Tom Ash"

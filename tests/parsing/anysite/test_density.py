"""Our own reading: which blocks are the article."""

from __future__ import annotations

import pytest
from parsing.anysite.made import MENU, PROSE, TITLE, blocks, ps

from monitor.parsing.anysite.density import own_reading
from monitor.parsing.anysite.roles import assign


def taken(body: str, people: frozenset[str] = frozenset()) -> list[str]:
    page = blocks(f"{MENU}<h1>{TITLE}</h1>{body}")
    title = next(block.number for block in page.blocks if block.text == TITLE)
    assign(page, title)
    return [page.blocks[number].text for number in sorted(own_reading(page, title, TITLE, people).taken)]


@pytest.mark.parametrize(
    "body",
    [
        ps(),
        f"<div>{'<br><br>'.join(PROSE)}</div>",
        "".join(f"<div>{text}</div>" for text in PROSE),
        f"<table><tr><td>{ps()}</td><td><a href=/x>Elsewhere</a></td></tr></table>",
        f"<section class=q>{ps(*PROSE[:2])}<div class=ad>Buy it!</div>{ps(*PROSE[2:])}</section>",
        "".join(f"<p class='meta date'>{text}</p>" for text in PROSE),
    ],
)
def test_the_body_is_found_however_it_is_made(body: str) -> None:
    assert taken(body) == list(PROSE)


def test_headings_lists_and_quotes_are_in() -> None:
    between = "<h2>What next</h2><ul><li>One thing</li><li>Another</li></ul><blockquote>So it is.</blockquote>"
    assert taken(ps(*PROSE[:2]) + between + ps(*PROSE[2:])) == [
        *PROSE[:2],
        "What next",
        "One thing",
        "Another",
        "So it is.",
        *PROSE[2:],
    ]


def test_a_standfirst_before_the_body_is_in() -> None:
    assert (
        taken(f"<p class=standfirst>Why it was closed</p><div>By Jane Doe</div><div class=article-body>{ps()}</div>")[0]
        == "Why it was closed"
    )


@pytest.mark.parametrize(
    "inset",
    [
        "<figure><figcaption>A view of the river in May.</figcaption></figure>",
        "<p><a href=/x>Read this other story of ours</a></p>",
        "<aside><p>This is another thing, said aside.</p></aside>", "<p>Advertisement</p>",
        "<div class=newsletter><p>Get it every day.</p></div>",
        "<div hidden><p>This is not shown to anybody.</p></div>",
    ],
)  # fmt: skip
def test_what_is_set_into_the_body_is_out(inset: str) -> None:
    assert taken(f"<article>{ps(*PROSE[:3])}{inset}{ps(*PROSE[3:])}</article>") == list(PROSE)


@pytest.mark.parametrize(
    "end",
    [
        "<h3>Comments (2)</h3><p>I think that this is all wrong, and always was.</p>",
        "<h2>Related</h2><ul><li>Short</li><li>Things</li></ul>",
        "<h4>About the author</h4><p>She writes about bridges for a living, here and there.</p>", "<p>3 May 2024</p>",
    ],
)  # fmt: skip
def test_what_follows_the_body_is_out(end: str) -> None:
    assert taken(f"<div>{ps()}{end}</div>") == list(PROSE)


def test_the_text_goes_on_behind_a_list_of_other_articles() -> None:
    body = f"{ps(*PROSE[:3])}<h4>Related</h4><ul><li><a href=/x>A story</a></li></ul>{ps(*PROSE[3:])}"
    assert taken(f"<div>{body}</div>") == list(PROSE)


def test_what_is_said_of_the_author_at_the_end_is_out() -> None:
    assert taken(f"<div>{ps()}<p>Jane Doe is a writer.</p></div>", frozenset({"janedoe"})) == list(PROSE)


def test_headings_of_nothing_are_out() -> None:
    assert taken(f"<div>{ps()}<h2>And then</h2></div>") == list(PROSE)

"""The pictures of an article: which count, under which address and caption, where they stand; both readings find the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsing.markup import capture, fragments, layout, source

from monitor.article import Article, Image, to_text
from monitor.errors import ParseError
from monitor.fingerprint import fingerprint
from monitor.parsing.pictures import largest
from monitor.parsing.reader import LayoutReader
from monitor.settings import Rule

READER = LayoutReader()
SOURCE = source(layout(paragraphs=(Rule(css="div.story"),), images=(Rule(css=".lead"), Rule(css="head > meta", attr="content"))))
BASE = "https://a.example/x/"


def page(story: str, *, lead: str = "", head: str = "") -> str:
    return f"<head>{head}</head><body><h1>T</h1>{lead}<div class=story><p>One.</p>{story}<p>Two.</p></div></body>"


def images(story: str, **parts: str) -> tuple[Image, ...]:
    """The pictures that both readings find, which must be the same ones."""
    seen = capture(page(story, **parts), url=BASE)
    matched, whole = READER.read(seen, SOURCE).article, READER.read_whole(seen, SOURCE).article
    assert matched is not None
    assert whole is not None
    assert matched.images == whole.images
    return matched.images


def addresses(story: str, **parts: str) -> list[str]:
    return [each.url.removeprefix(BASE) for each in images(story, **parts)]


def parts(story: str, **rest: str) -> bytes:
    return READER.read(capture(page(story, **rest), url=BASE), SOURCE).parts


def test_a_picture_has_its_address_words_and_place() -> None:
    figure = (
        "<figure><a href=/big.jpg><img src=' a1.jpg ' alt='Two  men'></a><figcaption>In\nthe <b>port</b></figcaption></figure>"
    )
    assert images(figure) == (Image(BASE + "a1.jpg", "Two men", "In the port", "x/a1", 2),)
    assert [each.place for each in images("<p>Half a <img src=/here.jpg> paragraph.</p><img src=/there.jpg>")] == [2, 3]
    assert [each.place for each in images("", lead="<div class=lead><img src=/lead.jpg></div>")] == [0]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<img src=data:image/gif;base64,R0 data-src=late.jpg>", "late.jpg"),
        ("<img src=placeholder.gif data-original=late.jpg>", "late.jpg"),
        ("<img data-srcset='s.jpg 320w, l.jpg 1024w'>", "l.jpg"),
        ("<img srcset='s.jpg 1x,l.jpg 2x'>", "l.jpg"),
        ("<picture><source srcset='big.webp 2x, small.webp'><img src=data:,x></picture>", "big.webp"),
        ("<picture><source srcset='b.webp'><img src=b.jpg></picture>", "b.jpg"),
        ("<amp-img src=amp.jpg></amp-img>", "amp.jpg"),
        ("<noscript><img src=plain.jpg></noscript>", "plain.jpg"),
        ("<img src=//cdn.example/c.jpg>", "https://cdn.example/c.jpg"),
    ],
)
def test_where_the_address_stands(markup: str, found: str) -> None:
    assert addresses(markup) == [found]


@pytest.mark.parametrize(
    "markup",
    [
        "<img alt=x>", "<img src=''>", "<img src=data:image/png;base64,AAAA>", "<img src=t.gif width=1 height=1>",
        "<img src=count.php width=0>", "<img src=/i/arrow.svg>", "<img src=spacer.gif>", "<img src='javascript:x'>",
        "<template><img src=t.jpg></template>", "<img src='http://[bad/a.jpg'>", "<!-- <img src=c.jpg> -->",
    ],
)  # fmt: skip
def test_what_is_no_picture_to_a_reader(markup: str) -> None:
    assert addresses(markup) == []


def test_each_picture_counts_once() -> None:
    late = "<img data-src=visit-640x480.jpg><noscript><img src=visit-1024x768.jpg></noscript>"
    assert addresses(late + "<img class=mobile src=visit-320x240.jpg>") == ["visit-640x480.jpg"]


def test_a_layout_names_pictures_outside_the_text() -> None:
    head = "<meta property=og:image content=/og.jpg>"
    assert addresses("<img src=in.jpg>", head=head) == ["https://a.example/og.jpg", "in.jpg"]
    assert addresses("", head=head, lead="<p class=lead><img src=lead.jpg></p>") == ["lead.jpg"], "the first rule that finds any"
    assert addresses("", lead="<img class=lead src=lead.jpg><img src=beside.jpg>") == ["lead.jpg"]


def test_what_is_dropped_holds_no_pictures() -> None:
    seen = capture(page("<aside><img src=a.jpg></aside><img class=ad src=ad.jpg>"), url=BASE)
    site = source(layout(paragraphs=(Rule(css="div.story"),), drop=("aside", ".ad")))
    for read in (READER.read, READER.read_whole):
        found = read(seen, site).article
        assert found is not None
        assert found.images == ()


def test_a_caption_that_is_no_part_of_the_text_is_one_all_the_same() -> None:
    figure = "<figure><img src=visit.jpg><figcaption>At <b>the</b> port \x01</figcaption></figure>"
    site = source(layout(paragraphs=(Rule(css="div.story"),), drop=("b", "figcaption")))
    for read in (READER.read, READER.read_whole):
        found = read(capture(page(figure), url=BASE), site).article
        assert found is not None
        assert found.paragraphs == ("One.", "Two.")
        assert [each.caption for each in found.images] == ["At port"]


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        ("<img src=visit.jpg?t=1>", "<img src=https://cdn.example/w_640/visit-640x480.webp?t=2>", True),
        ("<img src=visit.jpg>", "<img src=parade.jpg>", False),
        ("<img src=visit.jpg>", "", False),
        ("<img src=visit.jpg>", "<img src=visit.jpg alt=x>", False),
        ("<img src=visit.jpg><img src=parade.jpg>", "<img src=parade.jpg><img src=visit.jpg>", True),
    ],
)
def test_the_digest_of_the_parts_covers_pictures_and_no_tokens(before: str, after: str, is_same: bool) -> None:
    assert (parts(before) == parts(after)) is is_same
    wholes = [READER.read_whole(capture(page(each), url=BASE), SOURCE) for each in (before, after)]
    assert (wholes[0].parts == wholes[1].parts) is is_same


def test_a_whole_reading_tells_of_other_pictures_by_its_parts_alone() -> None:
    seen = capture(page("<img src=visit.jpg>"), url=BASE)
    first = READER.read_whole(seen, SOURCE)
    assert first.article is not None
    again = READER.read_whole(seen, SOURCE, fingerprint(first.article))
    assert again.article is None
    assert again.parts == first.parts


def test_pictures_are_outside_equality_fingerprint_and_text() -> None:
    bare = Article("P", "T", None, ("One.",))
    with_one = Article("P", "T", None, ("One.",), images=(Image("https://a.example/a.jpg"),))
    assert with_one == bare
    assert fingerprint(with_one) == fingerprint(bare)
    assert to_text(with_one) == to_text(bare)


@pytest.mark.parametrize(
    ("offered", "taken"),
    [
        ("a.jpg 1x,b.jpg 2x", "b.jpg"), ("a.jpg, b.jpg 2x", "b.jpg"), ("u,w_640/v.jpg 640w, b.jpg 320w", "u,w_640/v.jpg"),
        ("a.jpg", "a.jpg"), ("a.jpg 320w,\n b.jpg 640w", "b.jpg"), ("", ""), ("a.jpg 2x,", "a.jpg"), ("a.jpg nonsense", "a.jpg"),
    ],
)  # fmt: skip
def test_the_largest_of_a_set(offered: str, taken: str) -> None:
    assert largest(offered) == taken


PIECES = st.sampled_from([
    "<img src=visit.jpg>", "<img src=/p/1.jpg alt='One  two'>", "<figure>", "<figcaption>Words", "</figcaption>", "</figure>",
    "<picture>", "<source srcset='s.webp 1x, l.webp 2x'>", "</picture>", "<noscript><img src=n.jpg></noscript>",
    "<svg><image/></svg>",
    "<img data-src=late.jpg src=data:,>", "<amp-img src=amp.jpg>", "<template>", "</template>",
    "<iframe><img src=i.jpg></iframe>",
])  # fmt: skip


@given(st.lists(st.one_of(PIECES, fragments), max_size=12).map("".join))
def test_both_readings_find_the_same_pictures_in_any_page(story: str) -> None:
    try:
        found = images(story)
    except ParseError:
        return
    assert len({each.name for each in found}) == len(found)
    assert all(each.place > 0 for each in found)

"""The pictures of an article on a page without a layout, and what is none of them."""

from __future__ import annotations

import pytest
from parsing.anysite.made import PROSE, TITLE, URL, ps, read

OG = '<meta property="og:image" content="{}">'


def found(body: str, head: str = "", heading: str = f"<h1>{TITLE}</h1>") -> list[tuple[str, int]]:
    return [(image.name, image.place) for image in read(body, head, heading=heading).images]


def test_pictures_in_the_body_have_their_places() -> None:
    figure = "<figure><img src=/a/quay.jpg><figcaption>A quay</figcaption></figure>"
    (image,) = read(f"<article>{ps(*PROSE[:2])}{figure}{ps(*PROSE[2:])}</article>").images
    assert (image.url, image.caption, image.place) == ("https://www.daily-bugle.example/a/quay.jpg", "A quay", 3)


def test_a_picture_in_a_table_inside_the_text_is_read_with_its_caption() -> None:
    frame = "<table><tr><td><img src=bridge.jpg></td></tr><tr><td><font size=1>A bridge</font></td></tr></table>"
    found = read(f"<table><tr><td>{PROSE[0]}<br><br>{PROSE[1]}{frame}{'<br><br>'.join(PROSE[2:])}</td></tr></table>")
    assert found.paragraphs == PROSE
    assert [(image.name, image.caption, image.place) for image in found.images] == [("bridge", "A bridge", 3)]


def test_the_lead_stands_between_headline_and_body() -> None:
    assert found(f"<img src=lantern.jpg><div class=article-body>{ps()}</div>") == [("lantern", 0)]


def test_a_figure_above_the_headline_leads() -> None:
    body = f"<main><figure><img src=lantern.jpg></figure><h1>{TITLE}</h1>{ps()}</main>"
    assert found(body, heading="") == [("lantern", 0)]


def test_what_the_page_says_leads_only_where_no_picture_stands() -> None:
    said = OG.format("https://cdn.example/lantern.jpg?token=1")
    assert found(f"<article>{ps()}</article>", said) == [("lantern", 0)]
    assert found(f"<img src=quayside.jpg><article>{ps()}</article>", said) == [("quayside", 0)]
    assert found(f"<article>{ps(*PROSE[:2])}<img src=lantern.jpg>{ps(*PROSE[2:])}</article>", said) == [("lantern", 3)]


def test_tokens_sizes_and_hosts_make_no_other_picture() -> None:
    one, other = (
        read(f"<article>{ps()}</article>", OG.format(address)).images[0].name
        for address in ("https://a.example/lantern-640x480.jpg?token=1", "https://b.example/lantern.jpg?sig=xyz&w=90")
    )
    assert one == other


@pytest.mark.parametrize("address", ["/img/logo.png", "/social/default-share.png", "data:image/png;base64,AA", ""])
def test_the_sites_own_picture_is_none(address: str) -> None:
    assert found(f"<article>{ps()}</article>", OG.format(address)) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=related><img src=/a/other-story.jpg><a href=/2>Another story</a></div>",
        "<a href=/2><img src=/a/other-story.jpg><span>Another story of another bridge</span></a>",
        "<a href=https://shop.example/><img src=/a/best-shoes.jpg></a>",
        "<img src=/a/other-story.jpg width=16 height=16>",
        "<img src=/a/share-icon.png>",
        "<div class=ad><img src=/a/best-shoes.jpg></div>",
        "<p class=author><img src=/a/ada-holm.jpg></p>",
        "<img src=/a/dot_line.gif>",
    ],
)
def test_teasers_portraits_signs_and_advertisements_are_none(markup: str) -> None:
    assert found(f"<article>{ps(*PROSE[:2])}{markup}{ps(*PROSE[2:])}</article>") == []


def test_pictures_elsewhere_on_the_page_are_none() -> None:
    aside = "<aside><img src=/a/other-story.jpg></aside><footer><img src=/a/owner-photo.jpg></footer>"
    assert found(f"<article>{ps()}</article>{aside}") == []


def test_addresses_start_where_the_page_says() -> None:
    (image,) = read(f"<article>{ps(*PROSE[:2])}<img src=quay.jpg>{ps(*PROSE[2:])}</article>", "<base href='/deep/'>").images
    assert image.url == URL.replace("/news/1", "/deep/quay.jpg")

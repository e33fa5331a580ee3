"""The name of a picture: the same at every size, host and token, and another for another picture."""

from __future__ import annotations

import string
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.naming import name_of

SITE = "https://a.example"
# each line is one picture, at addresses that sites really use for its sizes
SAME = [
    [f"{SITE}/2026/01/kim-visit.jpg", f"{SITE}/2026/01/kim-visit-300x200.jpg", f"{SITE}/2026/01/kim-visit-scaled.jpg",
     f"{SITE}/2026/01/Kim-Visit.jpg?resize=640%2C480&ssl=1", "https://i0.wp.com/a.example/2026/01/kim-visit.jpg?w=640",
     f"{SITE}/2026/01/kim-visit@2x.jpg", f"{SITE}/2026/01/kim-visit.jpg.webp", f"{SITE}/2026/01/kim-visit_thumb.png"],
    ["https://i.guim.co.uk/img/media/8a7b6c5d/0_0_3000_1800/master/3000.jpg?width=620&s=1f",
     "https://i.guim.co.uk/img/media/8a7b6c5d/0_0_3000_1800/500.jpg?width=140&s=9e"],
    ["https://ichef.bbci.co.uk/news/1024/cpsprodpb/5d2e/live/abc123de.jpg",
     "https://ichef.bbci.co.uk/news/480/cpsprodpb/5d2e/live/abc123de.jpg.webp"],
    ["https://res.cloudinary.com/d/image/upload/w_640,h_480,c_fill/v1612345678/daily/parade.jpg",
     "https://res.cloudinary.com/d/image/upload/c_scale,w_320/v1612345678/daily/parade.jpg"],
    [f"{SITE}/_next/image?url=%2Fup%2Fharbour.jpg&w=640&q=75", f"{SITE}/_next/image?url=%2Fup%2Fharbour.jpg&w=1080&q=75",
     f"{SITE}/up/harbour.jpg"],
    ["https://t.example/aB3=/640x480/smart/https://a.example/p/bridge-9.jpg",
     "https://t.example/unsafe/fit-in/320x/https%3A//a.example/p/bridge-9.jpg"],
    [f"{SITE}/image.php?id=7&w=640", f"{SITE}/image.php?w=320&id=7&token=x"],
    ["https://lh3.g.example/AbCdEfGhIjKl=w640-h480-no", "https://lh3.g.example/AbCdEfGhIjKl=s320"],
    ["https://s3.example/b/port.jpg?X-Amz-Signature=1&X-Amz-Date=2&X-Amz-Expires=300", "https://s3.example/b/port.jpg?X-Amz-Signature=3"],
    [f"{SITE}/photos/4711/original.jpg", f"{SITE}/photos/4711/thumb.jpg", "https://cdn.example/photos/4711/640.jpg"],
]  # fmt: skip
OTHERS = [
    (f"{SITE}/p/1.jpg", f"{SITE}/p/2.jpg"),
    (f"{SITE}/photo-1.jpg", f"{SITE}/photo-2.jpg"),
    (f"{SITE}/events/DSC_0640.jpg", f"{SITE}/events/DSC_0641.jpg"),
    (f"{SITE}/20260101-001.jpg", f"{SITE}/20260101-002.jpg"),
    (f"{SITE}/photos/4711/original.jpg", f"{SITE}/photos/4712/original.jpg"),
    (f"{SITE}/image.php?id=7", f"{SITE}/image.php?id=8"),
    (f"{SITE}/사진/방문.jpg", f"{SITE}/사진/연설.jpg"),
]


@pytest.mark.parametrize("addresses", SAME, ids=lambda each: name_of(each[0]))
def test_one_picture_has_one_name_wherever_and_however_large(addresses: list[str]) -> None:
    assert {name_of(each) for each in addresses} == {name_of(addresses[0])}


@pytest.mark.parametrize(("one", "other"), [*OTHERS, *combinations([each[0] for each in SAME], 2)])
def test_two_pictures_have_two_names(one: str, other: str) -> None:
    assert name_of(one) != name_of(other)


NAMES = st.text(string.ascii_lowercase, min_size=6, max_size=20).filter(
    lambda name: (
        name not in {"master", "images", "photos", "picture", "default", "original", "medium", "thumbnail", "uploads", "download"}
    )
)


@given(
    NAMES,
    st.sampled_from(["a.example", "cdn7.example:8443", "img.example/resize/640", "x.example/v12345/w_640,h_320"]),
    st.sampled_from(["", "-300x200", "_640x0", "@2x", "-scaled", "-1024x768@2x", "_thumb"]),
    st.sampled_from([".jpg", ".JPEG", ".webp", ".jpg.avif", ""]),
    st.dictionaries(
        st.sampled_from(["w", "h", "token", "sig", "Expires", "v", "auto", "X-Amz-Date"]), st.text("0123abc", max_size=5)
    ),
)
def test_size_host_ending_and_token_are_in_no_name(name: str, host: str, size: str, ending: str, query: dict[str, str]) -> None:
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    assert name_of(f"https://{host}/{name}{size}{ending}?{asked}") == name


@given(NAMES, NAMES)
def test_names_of_files_are_told_apart(one: str, other: str) -> None:
    assert (name_of(f"{SITE}/{one}.jpg") == name_of(f"{SITE}/{other}.jpg")) == (one == other)


@given(st.text(max_size=60))
def test_whatever_an_address_holds_it_has_a_name_or_is_empty(text: str) -> None:
    assert name_of("https://a.example/" + text)
    assert isinstance(name_of(text), str)


@pytest.mark.parametrize("text", ["/" * 2000, "https://" * 250, "a.jpg/" * 300, "-1x1" * 500, "?" + "url=" * 400, "w_1," * 500])
def test_no_address_takes_long(text: str) -> None:
    assert name_of(f"https://a.example/{text}")

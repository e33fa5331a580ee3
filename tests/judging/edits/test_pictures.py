"""Pictures before and after: which was which, what was edited, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.article import Article
from monitor.judging.edits import judge
from monitor.judging.edits.pictures import carried, edits, is_shifting, paired, phrases, unaddressed
from monitor.judging.edits.sides import Became
from monitor.judging.looks import SIZE
from monitor.judging.mutes import is_muted
from monitor.model import EditClass, Kind, Picture
from monitor.settings import Mute, Weights

LOOK = bytes(at % 251 for at in range(SIZE))
PATCHED = bytes([*LOOK[:90], 255, *LOOK[91:]])
ARTICLE = Article("P", "T", None, ("One.", "Two."))


def picture(name: str, caption: str = "", alt: str = "", place: int = 1, **file: object) -> Picture:
    return Picture(f"https://a.example/{name}.jpg", name, alt, caption, place, **file)  # type: ignore[arg-type]


A, B, C, D = (picture(name) for name in "abcd")
OF_THAT_NAME = "swaps the photograph a.jpg at paragraph 1 for another of that name"
FILED = picture("a", digest=b"1" * 32, look=LOOK)


def said(before: list[Picture], after: list[Picture]) -> list[str]:
    found = edits(before, after)
    assert {edit.what for edit in found} <= {EditClass.PICTURE}
    return [each.within() if isinstance(each, Became) else each for each in phrases(found)]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([A, B], [A, B], []),
        ([A, B], [B, A], []),
        ([A], [replace(A, place=7)], []),
        ([A, B, C], [A, D, C], ["swaps the photograph b.jpg at paragraph 1 for d.jpg"]),
        ([A, B, C], [A, C], ["cuts the picture b.jpg at paragraph 1"]),
        ([A], [A, picture("x", "The port", place=0)], ["adds the picture with the caption “The port”"]),
        ([picture("a", place=0)], [], ["cuts the picture a.jpg beside the text"]),
        ([picture("a", "Jang")], [picture("a", "Kim")], ["caption of a.jpg: Jang → Kim"]),
        ([picture("a", alt="Jang")], [A], ["alternative text of a.jpg: Jang → nothing"]),
        ([picture("a", "Jang"), B], [B, picture("x", "Jang")], ["swaps the photograph a.jpg at paragraph 1 for x.jpg"]),
    ],
)
def test_what_was_edited(before: list[Picture], after: list[Picture], told: list[str]) -> None:
    assert said(before, after) == told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (FILED, FILED, []),
        (FILED, replace(FILED, digest=b"2" * 32), []),
        (FILED, picture("x", digest=b"1" * 32), []),
        (FILED, picture("x", digest=b"2" * 32, look=LOOK), []),
        (FILED, replace(FILED, digest=b"2" * 32, look=PATCHED), ["retouches the photograph a.jpg at paragraph 1"]),
        (FILED, replace(FILED, digest=b"2" * 32, look=LOOK[::-1]), [OF_THAT_NAME]),
        (FILED, replace(FILED, digest=b"2" * 32, look=None), []),
        (FILED, A, []),
        (A, FILED, []),
        (FILED, picture("x"), ["swaps the photograph a.jpg at paragraph 1 for x.jpg"]),
    ],
    ids=["same", "anew", "renamed", "renamed anew", "retouched", "swapped", "unread", "unknown", "known now", "other name"],
)
def test_what_their_files_tell(before: Picture, after: Picture, told: list[str]) -> None:
    assert said([before], [after]) == told


def test_a_retouch_is_told_with_its_evidence() -> None:
    (edit,) = edits([FILED], [replace(FILED, digest=b"2" * 32, look=PATCHED)])
    assert edit.before == "a.jpg (SHA-256 313131313131…)"
    assert edit.after.startswith("a.jpg (SHA-256 323232323232…), ")
    assert edit.after.endswith(" of 64 bits of its look differ")
    assert edit.place == "retouched picture at paragraph 1"


def test_files_are_carried_over_by_name() -> None:
    seen = replace(A, url="https://b.example/w_640/a.jpg", caption="New")
    (now,) = carried([FILED], [seen])
    assert (now.url, now.caption, now.digest, now.look) == (seen.url, "New", FILED.digest, LOOK)
    assert carried([FILED], [B]) == (B,)


def test_addresses_that_shift_count_no_more() -> None:
    assert is_shifting([A, B], [A, C])
    assert not is_shifting([A, B], [replace(A, url="https://b.example/a.jpg"), B])
    known = unaddressed([A, B], [A, C])
    assert [each.url for each in known] == [A.url, ""]
    assert said([*known], [A, D]) == []
    assert said([*known], [A]) == ["cuts the picture without an address at paragraph 1"]


def test_a_change_of_pictures_alone_is_judged_and_can_be_muted() -> None:
    found = judge(Kind.EDITED, ARTICLE, ARTICLE, Weights(), further=edits([A], [B]))
    assert (found.score, found.classes) == (0.45, (EditClass.PICTURE,))
    assert found.reason == "swaps the photograph a.jpg at paragraph 1 for b.jpg"
    assert is_muted("s", found.edits, [Mute(classes=("picture",))])
    assert is_muted("s", found.edits, [Mute(place="picture")])
    assert not is_muted("s", found.edits, [Mute(place="caption")])


def test_a_caption_is_worth_less_than_the_picture_and_more_than_an_alternative_text() -> None:
    scores = [
        judge(Kind.EDITED, ARTICLE, ARTICLE, Weights(), further=edits([one], [other])).score
        for one, other in ((A, B), (A, picture("a", "Kim")), (A, picture("a", alt="Kim")))
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) > 1


def test_a_watch_word_in_a_caption_lifts_it() -> None:
    found = judge(
        Kind.EDITED, ARTICLE, ARTICLE, Weights(), ["Jang"], further=edits([picture("a", "Jang")], [picture("a", "Kim")])
    )
    assert any("watch word Jang" in term.what for term in found.terms)


def test_two_hundred_pictures_of_unknown_names_take_no_time() -> None:
    looks = [bytes((at * 7 + n * n) % 256 for n in range(SIZE)) for at in range(200)]
    old = [picture(f"o{at}", digest=bytes([at] * 32), look=look) for at, look in enumerate(looks)]
    new = [replace(each, url=f"{each.url}n", name=f"n{at}", digest=bytes([255 - at] * 32)) for at, each in enumerate(old[::-1])]
    begun = perf_counter()
    edits(old, new)
    assert perf_counter() - begun < 3
    assert said(old, old[:5] + old[6:]) == ["cuts the picture o5.jpg at paragraph 1"]


NAMES = st.lists(st.sampled_from("abcdefgh"), max_size=8, unique=True)


@given(NAMES, NAMES)
def test_each_picture_is_paired_once(before: list[str], after: list[str]) -> None:
    old, new = [picture(name) for name in before], [picture(name) for name in after]
    pairs = paired(old, new)
    assert sorted(one.name for one, _ in pairs if one) == sorted(before)
    assert [other.name for _, other in pairs if other] == after
    assert (edits(old, new) == ()) == (set(before) == set(after))


def test_two_pictures_of_one_name_and_captions_that_begin_alike_are_told_apart() -> None:
    other = replace(A, url="https://a.example/other/a.jpg", name="other/a")
    assert said([replace(A, name="one/a")], [other]) == [OF_THAT_NAME]
    captions = [f"The leader looks round the port of Nampho and meets sailors in {season}" for season in ("spring", "autumn")]
    (phrase,) = said(*([picture("a", caption)] for caption in captions))
    assert phrase.endswith("sailors in autumn")
    assert "spring" in phrase

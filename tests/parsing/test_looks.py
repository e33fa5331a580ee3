"""The look of a picture's file: nearly the same however it is encoded, and none for whatever is no picture."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from monitor.judging import looks as judging
from monitor.judging.looks import Alike, alike
from monitor.parsing import looks
from monitor.parsing.looks import look_of


def photograph(seed: int = 1) -> Image.Image:
    """A picture with areas, edges and grain, as a photograph has them."""
    ground = Image.linear_gradient("L").rotate(17 * seed, expand=False).resize((900, 600))
    grain = Image.effect_noise((900, 600), 24)
    picture = Image.merge("RGB", [Image.blend(ground, grain, part) for part in (0.2, 0.3, 0.4)])
    pen = ImageDraw.Draw(picture)
    for at in range(6):
        left, top = (at * 157 * seed) % 800, (at * 211 * seed) % 500
        pen.ellipse((left, top, left + 160, top + 200), fill=((at * 70) % 255, (at * 90) % 255, (at * 40 * seed) % 255))
    return picture


def saved(picture: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def look(file: bytes) -> bytes:
    found, why = look_of(file)
    assert found is not None, why
    return found


def test_both_rooms_mean_the_same_by_a_look() -> None:
    assert (looks.COLUMNS, looks.ROWS) == (judging.COLUMNS, judging.ROWS)
    assert len(look(saved(photograph()))) == judging.SIZE


@pytest.mark.parametrize("seed", range(1, 6))
@pytest.mark.parametrize(
    ("kind", "size", "how"),
    [
        ("JPEG", (900, 600), {"quality": 30}),
        ("JPEG", (450, 300), {"quality": 75}),
        ("JPEG", (300, 200), {"quality": 85, "progressive": True}),
        ("PNG", (640, 427), {}),
        ("WEBP", (1200, 800), {"quality": 60}),
    ],
)
def test_a_picture_encoded_anew_looks_the_same(seed: int, kind: str, size: tuple[int, int], how: dict[str, object]) -> None:
    picture = photograph(seed)
    assert alike(look(saved(picture, quality=92)), look(saved(picture.resize(size), kind, **how))) is Alike.SAME


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_retouched_picture_looks_nearly_the_same(seed: int) -> None:
    before, after = photograph(seed), photograph(seed)
    ImageDraw.Draw(after).rectangle((420, 200, 520, 420), fill=(250, 250, 250) if seed % 2 else (5, 5, 5))
    assert alike(look(saved(before)), look(saved(after, quality=60))) is Alike.NEAR


def test_two_pictures_look_otherwise() -> None:
    assert alike(look(saved(photograph(1))), look(saved(photograph(4)))) is Alike.OTHER


def test_the_first_frame_counts_and_what_is_seen_through_is_white() -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    assert look(saved(clear, "PNG")) == b"\xff" * judging.SIZE
    frames = [Image.new("L", (40, 40), value) for value in (200, 10)]
    assert look(saved(frames[0], "GIF", save_all=True, append_images=frames[1:])) == b"\xc8" * judging.SIZE


def bomb(side: int) -> bytes:
    """A PNG that says it is ``side`` pixels wide and high, and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9999))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"", "cannot be read"),
        (b"<html>hotlinks are forbidden", "cannot be read"),
        (saved(photograph())[:2000], "cannot be read"),
        (saved(photograph(), "BMP"), "cannot be read"),
        (bomb(5_000), "more than 24,000,000 pixels"),
        (bomb(8_000), "DecompressionBomb"),
        (bomb(100_000), "DecompressionBomb"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "cannot be read"),
    ],
    ids=["empty", "page", "cut", "bmp", "large", "larger", "bomb", "eps"],
)
def test_what_is_no_picture_has_no_look(file: bytes, why: str) -> None:
    found, said = look_of(file)
    assert found is None
    assert why in said


@given(st.binary(max_size=300), st.sampled_from(["JPEG", "PNG", "GIF", "WEBP"]), st.integers(0, 400))
def test_no_file_is_an_error(junk: bytes, kind: str, at: int) -> None:
    file = saved(Image.linear_gradient("L").resize((30, 20)), kind)
    for each in (junk, file[:at] + junk + file[at + len(junk) :]):
        found, why = look_of(each)
        assert (found is None) == bool(why)

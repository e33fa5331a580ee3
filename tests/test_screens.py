"""The screenshots in README.md are there, of the size it promises, and of a review page whose frame is still the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from make_screens import PICTURES, SCREENS, SIZE, edition
from PIL import Image

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SCREENS)
def test_a_screenshot_is_shown_with_words_for_it_and_weighs_little(name: str) -> None:
    file = PICTURES / f"{name}.png"
    assert file.stat().st_size < 150_000
    with Image.open(file) as picture:
        assert (picture.format, picture.size, picture.mode) == ("PNG", SIZE, "P")
    assert re.search(rf"^!\[[^]]{{20,}}\]\(tests/pictures/{name}\.png\)$", README, re.MULTILINE)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screenshot_is_of_the_frame_of_today(name: str) -> None:
    with Image.open(PICTURES / f"{name}.png") as picture:
        assert picture.text.get("Source") == edition(), "draw them anew: python -m tests.make_screens"  # type: ignore[attr-defined]

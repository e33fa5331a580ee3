"""Numbers: their values in any writing."""

from __future__ import annotations

import pytest

from monitor.judging.edits import numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5,156", 5156),
        ("5 156", 5156),
        ("5156", 5156),
        ("3.5", 3.5),
        ("3,5", 3.5),
        ("1.234.567", 1234567),
        ("1,234.5", 1234.5),
        ("５", 5),
    ],
)
def test_a_figure_has_one_value_in_all_its_writings(text: str, value: float) -> None:
    assert numbers.figure(text) == value


@pytest.mark.parametrize("text", ["1.2.3", "1" * 40])
def test_a_version_or_a_code_is_no_value(text: str) -> None:
    assert numbers.figure(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("1만 5천", 15000), ("2조 4천억", 2.4e12), ("2조 4천만", 2.00004e12), ("1만4천200", 14200), ("6만", 60000), ("3万", 30000)],
)
def test_korean_and_chinese_orders(text: str, value: float) -> None:
    assert numbers.eastern(text) == value


@pytest.mark.parametrize(("text", "value"), [("二十", 20), ("三百五十", 350), ("十", 10), ("一万二千", 12000)])
def test_numbers_in_chinese_characters(text: str, value: float) -> None:
    assert numbers.han(text) == value


def test_a_unit_is_one_in_all_its_writings() -> None:
    assert numbers.unit("kilometres") == numbers.unit("km")
    assert numbers.unit("$") == numbers.unit("dollars") != numbers.unit("€")


def test_another_unit_of_the_same_value() -> None:
    assert numbers.is_converted(130, "kilometre", 81, "mile")
    assert not numbers.is_converted(130, "kilometre", 90, "mile")

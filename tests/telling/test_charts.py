"""Charts as coordinates: bars stand on their line and in their columns, bands have all their days."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from monitor.telling.charts import LEFT, WIDTH, Bars, Chart, Stretch, bands, one_row, rows_of_bars

BAR = re.compile(r"M([\d.]+) ([\d.]+)v-([\d.]+)h([\d.]+)v[\d.]+z")


def bars(chart: Chart) -> list[tuple[float, float, float, float]]:
    path = next(shape.path for shape in chart.shapes if shape.css.startswith("bar"))
    return [tuple(map(float, found)) for found in BAR.findall(path)]  # type: ignore[misc]


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=400))
def test_a_bar_stands_for_every_number_that_is_not_nothing_and_none_leaves_the_drawing(values: list[int]) -> None:
    for chart in (
        one_row("n", "t", "d", [str(at) for at in range(len(values))], values),
        rows_of_bars("n", "t", "d", [str(at) for at in range(len(values))], [Bars("r", "", tuple(values))]),
    ):
        found = bars(chart)
        assert len(found) == sum(value > 0 for value in values)
        for x, base, height, width in found:
            assert x >= LEFT
            assert x + width <= WIDTH
            assert 0 < height <= base
            assert base <= chart.height


def test_the_higher_number_has_the_higher_bar() -> None:
    low, high = bars(one_row("n", "t", "d", ["a", "b"], [25, 100]))
    assert high[2] == 4 * low[2]


def test_a_scale_is_easy_to_read_and_holds_the_highest_bar() -> None:
    texts = [label.text for label in one_row("n", "t", "d", ["a"], [1234]).labels if label.anchor == "end"]
    assert texts == ["0", "1,000", "2,000"]


def test_each_row_has_its_own_scale_and_says_its_sum() -> None:
    rows = [Bars("new", "", (1, 1)), Bars("removed", "", (0, 1000)), Bars("moved", "", (0, 0))]
    chart = rows_of_bars("n", "t", "d", ["a", "b"], rows)
    texts = [label.text for label in chart.labels]
    assert {"2 in all, most 1", "1,000 in all, most 1,000", "none"} <= {*texts}
    highest = [max(float(size) for size in re.findall(r"v-([\d.]+)", shape.path)) for shape in chart.shapes if "v-" in shape.path]
    assert highest == [40, 40]


def test_columns_that_nobody_looked_at_are_hatched() -> None:
    chart = rows_of_bars("n", "t", "d", ["a", "b", "c"], [Bars("new", "", (1, 0, 1))], unseen=[1])
    hatched = [shape for shape in chart.shapes if shape.pattern == "hatch"]
    assert [shape.title for shape in hatched] == ["nobody looked"]


def test_states_of_a_band_differ_without_colour() -> None:
    names = ("calm", "changed", "part", "held", "blind", "unvisited", "before")
    chart = bands("n", "t", "d", ["d"], {name: [Stretch(name, 0, 0, "what it is")] for name in names})
    looks = {
        (re.findall(r"v([\d.]+)", shape.path)[0], shape.pattern, shape.css == "day unvisited")  # which has an outline alone
        for shape in chart.shapes
    }
    assert len(looks) == len(names)


def test_stretches_of_a_band_lie_side_by_side() -> None:
    chart = bands("n", "t", "d", ["d"] * 100, {"a": [Stretch("calm", 0, 39, ""), Stretch("blind", 40, 99, "")]})
    first, second = (float(re.findall(r"M([\d.]+)", shape.path)[0]) for shape in chart.shapes)
    assert first == LEFT
    assert round((second - LEFT) / (WIDTH - LEFT - 12), 2) == 0.4


def test_a_long_name_is_cut_and_a_chart_without_columns_is_no_fault() -> None:
    assert any(label.text.endswith("…") for label in bands("n", "t", "d", [], {"x" * 64: []}).labels)
    assert one_row("n", "t", "d", [], []).height > 0

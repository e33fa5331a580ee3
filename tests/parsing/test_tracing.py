"""How a layout reads a page: which rule found a field, where, which found nothing, and what was dropped."""

from __future__ import annotations

from parsing.markup import capture

from monitor.model import Dropped, Traced
from monitor.parsing.tracing import trace, trace_any
from monitor.settings import Layout, Rule, Source

PAGE = (
    b'<html><body><main id="m"><article class="a b"><h1 class="t">A  title</h1><p class="d">On 2026-01-02, by us</p>'
    b'<div class="text"><p>One two three.</p><div class="ad">buy <b class="ad">this</b> now</div></div>'
    b'<a class="o" href="/there">original</a></article></main></body></html>'
)
LAYOUT = Layout(
    "plain",
    title=(Rule(css="h1.none"), Rule(css="h1")),
    paragraphs=(Rule(css="div.text"),),
    published=(Rule(css="p.d", match=r"(\d{4}-\d\d-\d\d)"),),
    site=(Rule(css="b.site"),),
    original=(Rule(css="a.o"),),
    drop=(".ad", ".nothing"),
)


def test_every_field_with_a_rule_is_told() -> None:
    found = trace(capture(PAGE), LAYOUT, Source("a", (LAYOUT,), publication="P"))
    assert found.layout == "plain"
    assert found.fields[0] == Traced("title", "h1", "… body > main#m > article.a > h1.t", "A title", 1, ("h1.none",))
    assert [(each.field, each.rule, each.text) for each in found.fields[1:]] == [
        ("published", r"p.d ~ (\d{4}-\d\d-\d\d)", "On 2026-01-02, by us"),
        ("paragraphs", "div.text", "One two three."),
        ("site", "", ""),
        ("original", "a.o", "/there"),
    ]


def test_what_was_dropped_is_counted_once() -> None:
    found = trace(capture(PAGE), LAYOUT, Source("a", (LAYOUT,), publication="P"))
    assert found.dropped == (Dropped(".ad", 1, 3), Dropped(".nothing", 0, 0))


def test_of_a_page_that_cannot_be_read_there_is_nothing() -> None:
    assert trace(capture(b"<div>" * 100_000), LAYOUT, Source("a", (LAYOUT,))).fields == ()


def test_without_a_layout_the_lines_that_were_left_out_are_told() -> None:
    prose = "".join(f"<p>The mayor said for the {n}th time that the bridge would stay closed.</p>" for n in (4, 5, 6))
    body = f"<h1>A bridge</h1>{prose}<p>Advertisement</p>{prose.replace('mayor', 'baker')}"
    page = f"<html><body><article>{body}</article></body></html>"
    found = trace_any(capture(page.encode()))
    assert found is not None
    assert found.layout.startswith("any site: h1 title")
    assert Dropped("a line that is no body", 1, 1, "Advertisement") in found.dropped


def test_of_a_page_that_cannot_be_read_nothing_is_told() -> None:
    assert trace_any(capture(b"<div>" * 5000)) is None

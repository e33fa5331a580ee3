"""Layouts asked of a tree: which rule wins, what it takes, and which cards are cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from parsing.markup import layout

from monitor.parsing.dates import day_reader as days
from monitor.parsing.dates import read_day
from monitor.parsing.layout import SEARCHED, cards, day_reader, fields_read, first, hrefs, in_order, places, said, take
from monitor.parsing.trees import MatchedTree, Tree, WholeTree
from monitor.settings import CardLayout, Rule

Make = Callable[..., Tree]
BASE = "https://a.example/x/"


@pytest.fixture(params=[WholeTree, MatchedTree], ids=["whole", "matched"])
def make(request: pytest.FixtureRequest) -> Make:
    """One kind of tree, made of text."""
    kind = request.param

    def make_tree(html: str) -> Tree:
        tree: Tree = kind(html.encode())
        return tree

    return make_tree


# Rules


def test_the_first_rule_that_gives_a_value_wins(make: Make) -> None:
    tree = make("<h1> </h1><h2>two</h2><h3>three</h3>")
    rules = (Rule(css="h1"), Rule(css="h4"), Rule(css="h3", match="x"), Rule(css="h2"), Rule(css="h3"))
    assert first(tree, rules, str) == "two"
    assert first(tree, rules[:3], str) is None
    assert first(tree, (), str) is None


def test_of_several_elements_the_first_that_gives_a_value_wins(make: Make) -> None:
    tree = make("<p><b></b><p>Date: soon<p>Date: 03/02/2026<p>Date: 04/02/2026")
    rules = (Rule(text="Date:", match="Date: (.+)"),)
    assert first(tree, rules, str) == "soon"
    assert first(tree, rules, lambda text: read_day(text, ("%d/%m/%Y",))) == date(2026, 2, 3)


def test_the_places_that_a_rule_looks_at(make: Make) -> None:
    tree = make("<p>Date: <a href=/x> Origin </a></p><a>Origin x</a><p class=a>three")
    assert [tree.text(node) for node in places(tree, Rule(css="p.a, a"))] == ["Origin", "Origin x", "three"]
    assert [tree.text(node) for node in places(tree, Rule(text="Date:"))] == ["Date: Origin"]
    assert [tree.text(node) for node in places(tree, Rule(link="Origin"))] == ["Origin"]


def test_a_rule_may_take_an_attribute(make: Make) -> None:
    tree = make("<meta name=title content=' A \n title '><meta name=none>")
    assert first(tree, (Rule(css="[name='none']", attr="content"), Rule(css="[name='title']", attr="content")), str) == "A title"
    assert first(tree, (Rule(css="[name='title']", attr="content", match="A (.*)"),), str) == "title"


@pytest.mark.parametrize(
    ("match", "known", "value"),
    [
        (None, {}, "KCNA Naenara (En) A title"),
        ("Naenara", {}, "Naenara"),
        (r"KCNA (\S+)", {}, "Naenara"),
        (r"KCNA( )", {}, None),
        (r"^(\S+) {publication}", {"publication": "Naenara (En)"}, "KCNA"),
        (r"^(.*) {publication} {title}$", {"publication": "Naenara (En)", "title": "A title"}, "KCNA"),
        (r"{publication}", {"publication": ".*"}, None),
        (r"^x", {}, None),
    ],
)
def test_what_a_rule_takes_from_a_text(match: str | None, known: dict[str, str], value: str | None) -> None:
    assert take("KCNA Naenara (En) A title", Rule(css="p", match=match), known) == value


@pytest.mark.parametrize(
    ("text", "formats", "day"),
    [
        ("08/04/2021", ("%d/%m/%Y",), date(2021, 4, 8)),
        ("04/13/2021", ("%d/%m/%Y",), None),
        ("November 19, 2025", ("%d/%m/%Y", "%B %d, %Y"), date(2025, 11, 19)),
        ("November 9, 2025", ("%B %d, %Y",), date(2025, 11, 9)),
        ("2026-02-03", ("%d/%m/%Y", "%Y-%m-%d"), date(2026, 2, 3)),
        ("2026-02-03 10:00", ("%Y-%m-%d",), None),
        ("", ("%Y-%m-%d", "%B %d, %Y"), None),
        ("2026-02-03", (), None),
    ],
)
def test_a_day_is_read_in_the_given_ways_and_never_guessed(text: str, formats: tuple[str, ...], day: date | None) -> None:
    assert read_day(text, formats) == day
    assert day_reader(layout(dates=formats))(text) == day


# What a page says


def test_what_a_page_says_and_where(make: Make) -> None:
    rules = layout(
        publication=(Rule(css="i"), Rule(text="Source:", match="Source: (.*)")),
        published=(Rule(text="Date:", match=r"Date: (\S+)"),),
        paragraphs=(Rule(css="article p"), Rule(css="div")),
        dates=("%d/%m/%Y",),
    )
    tree = make("<h1>A <b>title</b></h1><u>Date: 03/02/2026</u><u>Source: Q</u><div>one<div>two</div></div><div>three</div>")
    seen = said(tree, rules, "P")
    assert (seen.publication, seen.title, seen.published) == ("Q", "A title", date(2026, 2, 3))
    assert seen.paragraphs == ("one", "two", "three")  # an element inside another is not read twice
    assert {name: str(spot.rule) for name, spot in seen.spots.items()} == {
        "title": "h1",
        "publication": "text 'Source:' ~ Source: (.*)",
        "published": r"text 'Date:' ~ Date: (\S+)",
        "paragraphs": "div",
    }
    assert len(seen.spots["paragraphs"].nodes) == 2


# Paragraphs


def body(make: Make, html: str, **rules: object) -> tuple[str, ...]:
    return said(make(html), layout(**rules), "P").paragraphs


def test_of_each_paragraph_a_rule_takes_what_its_expression_matches(make: Make) -> None:
    html = "<h1>T</h1><p>Pyongyang, August 3 (KCNA) -- One.<p>Two.<p>T<p>"
    cut = Rule(css="p", match=r"^(?:\S+, \S+ \d+ \(KCNA\) -- )?(.*)$")
    assert body(make, html, paragraphs=(cut,)) == ("One.", "Two.", "T")
    assert body(make, html, paragraphs=(Rule(css="p", match=r"^.*\.$"),)) == ("Pyongyang, August 3 (KCNA) -- One.", "Two.")
    assert body(make, html, paragraphs=(Rule(css="p", match="^(?!{title}$).*"),))[-1] == "Two."
    assert body(make, html, paragraphs=(Rule(css="p", match="x"), Rule(css="h1"))) == ("T",)


def test_paragraphs_that_are_no_body_are_dropped_by_their_whole_text(make: Make) -> None:
    html = "<p>One.<p>Read more: two<p>Read more: it says<p>Share this"
    assert body(make, html, drop_text=("Read more:.*", "Share")) == ("One.", "Share this")
    assert body(make, html, drop_text=(".*",), paragraphs=(Rule(css="p"), Rule(css="q"))) == ()


def test_a_paragraph_longer_than_expressions_see_is_kept_whole(make: Make) -> None:
    long = "word " * SEARCHED
    html = f"<p>{long}<p>short"
    cut = (Rule(css="p", match="^(.{4})"),)
    assert body(make, html, paragraphs=cut, drop_text=(".*word",)) == (long.strip(), "shor")


def test_an_expression_sees_the_beginning_of_a_long_text_only() -> None:
    rule = Rule(css="p", match="x(y)")
    assert take("-" * (SEARCHED - 2) + "xy", rule) == "y"
    assert take("-" * (SEARCHED - 1) + "xy", rule) is None


def test_a_hostile_text_does_not_hold_up_an_expression_for_long() -> None:
    start = process_time()
    assert take("a " * 1_000_000, Rule(css="p", match=r"(\w.*)x$")) is None
    assert process_time() - start < 5


# Which layouts hold


def test_layouts_that_do_not_hold_yet_are_tried_last() -> None:
    new, newer, ever = layout("new", since=date(2026, 7, 1)), layout("newer", since=date(2026, 8, 1)), layout("ever")
    layouts = (newer, new, ever)
    days = date(2026, 6, 30), date(2026, 7, 1), date(2026, 8, 1)
    names = [[each.name for each in in_order(layouts, day)] for day in days]
    assert names == [["ever", "newer", "new"], ["new", "ever", "newer"], ["newer", "new", "ever"]]


def test_how_much_a_layout_read(make: Make) -> None:
    tree = make("<h1>T</h1><p>One.</p><time>2026-02-03</time>")
    dated, named = layout(published=(Rule(css="time"),)), layout(published=(Rule(css="i"),), publication=(Rule(css="b"),))
    found = [fields_read(said(tree, each, "P"), each) for each in (layout(), dated, named)]
    assert found == [(2, True), (3, True), (2, False)]


def test_days_are_those_of_the_time_zone(make: Make) -> None:
    tree = make("<h1>T</h1><p>One.</p><time datetime='2026-02-03T23:30:00-05:00'>")
    rules = layout(published=(Rule(css="time", attr="datetime"),), dates=("iso",))
    assert said(tree, rules, "P").published == date(2026, 2, 3)
    assert said(tree, replace(rules, time_zone="Asia/Seoul"), "P").published == date(2026, 2, 4)


def test_what_a_page_does_not_say(make: Make) -> None:
    seen = said(make("<p> </p>"), layout(), "P")
    assert (seen.publication, seen.title, seen.published, seen.paragraphs) == ("P", None, None, ())
    assert seen.spots == {}


# Cards

CARD_LAYOUT = CardLayout(item="li", link="h4 > a[href]", title="h4 > a", excerpt="p:not(.date)", date="p.date")
CARD = "<h4><a href='{href}'>{title}</a></h4><p>{excerpt}</p><p class=date> <i>{day}</i></p><p>again</p>"


def one_card(href: str = "/1", title: str = "One", excerpt: str = "What", day: str = "November 19, 2025") -> str:
    return "<li>" + CARD.format(href=href, title=title, excerpt=excerpt, day=day)


def test_cards_are_read_in_the_order_of_the_page(make: Make) -> None:
    tree = make("<ul>" + one_card() + one_card("../2#x", "T<b>w</b>o", "W&amp;", "2026-01-02") + "</ul>")
    found = cards(tree, CARD_LAYOUT, days(("%B %d, %Y", "%Y-%m-%d")), BASE)
    assert [(card.title, card.excerpt, card.published, card.url) for card in found] == [
        ("One", "What", date(2025, 11, 19), "https://a.example/1"),
        ("Two", "W&", date(2026, 1, 2), "https://a.example/2"),
    ]


@pytest.mark.parametrize("missing", [{"title": ""}, {"excerpt": " "}, {"day": ""}, {"day": "yesterday"}])
def test_what_has_less_than_title_excerpt_and_date_is_no_card(make: Make, missing: dict[str, str]) -> None:
    card = one_card(**missing).replace("again", "")
    assert cards(make(f"<ul>{card}{one_card()}"), CARD_LAYOUT, days(("%B %d, %Y",)), BASE) == cards(
        make(f"<ul>{one_card()}"), CARD_LAYOUT, days(("%B %d, %Y",)), BASE
    )


def test_a_card_may_lead_nowhere(make: Make) -> None:
    (card,) = cards(make("<ul>" + one_card("javascript:x")), CARD_LAYOUT, days(("%B %d, %Y",)), BASE)
    assert card.url is None


def test_addresses_are_absolute_and_each_there_once(make: Make) -> None:
    tree = make("<a href=/1>x</a><a>y</a><a href='https://a.example/1#z'>z</a><a href=mailto:a@b>m</a><a href=2>w</a>")
    assert hrefs(tree.select("a"), tree, BASE) == ("https://a.example/1", "https://a.example/x/2")

"""Layouts asked of a tree: which rule wins, what it takes, and which cards are cards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from parsing.markup import layout

from monitor.parsing.layout import cards, day_reader, first, hrefs, places, read_day, said, take
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
        ("November 9, 2025", ("%B %d, %Y",), None),
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
    found = cards(tree, CARD_LAYOUT, ("%B %d, %Y", "%Y-%m-%d"), BASE)
    assert [(card.title, card.excerpt, card.published, card.url) for card in found] == [
        ("One", "What", date(2025, 11, 19), "https://a.example/1"),
        ("Two", "W&", date(2026, 1, 2), "https://a.example/2"),
    ]


@pytest.mark.parametrize("missing", [{"title": ""}, {"excerpt": " "}, {"day": ""}, {"day": "yesterday"}])
def test_what_has_less_than_title_excerpt_and_date_is_no_card(make: Make, missing: dict[str, str]) -> None:
    card = one_card(**missing).replace("again", "")
    assert cards(make(f"<ul>{card}{one_card()}"), CARD_LAYOUT, ("%B %d, %Y",), BASE) == cards(
        make(f"<ul>{one_card()}"), CARD_LAYOUT, ("%B %d, %Y",), BASE
    )


def test_a_card_may_lead_nowhere(make: Make) -> None:
    (card,) = cards(make("<ul>" + one_card("javascript:x")), CARD_LAYOUT, ("%B %d, %Y",), BASE)
    assert card.url is None


def test_addresses_are_absolute_and_each_there_once(make: Make) -> None:
    tree = make("<a href=/1>x</a><a>y</a><a href='https://a.example/1#z'>z</a><a href=mailto:a@b>m</a><a href=2>w</a>")
    assert hrefs(tree.select("a"), tree, BASE) == ("https://a.example/1", "https://a.example/x/2")

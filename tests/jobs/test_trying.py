"""One page read by every way there is."""

from __future__ import annotations

from standins import START

from monitor.jobs.trying import ANY, Trier
from monitor.model import Capture
from monitor.parsing.reader import LayoutReader
from monitor.settings import Finding, Layout, Rule, Source
from monitor.telling.trying import Trial

TEXT = "".join(
    f"<p>Paragraph {n} says that the bridge was opened at noon by the mayor of the town, and why.</p>" for n in range(6)
)
PAGE = f"<html><head><title>The bridge opens</title></head><body><h1>The bridge opens</h1><div class=text>{TEXT}</div>".encode()
GOOD = Layout("good", (Rule(css="h1"),), (Rule(css=".text"),))
HALF = Layout("half", (Rule(css="h1"),), (Rule(css=".text > p:first-child"),))
BAD = Layout("bad", (Rule(css="h2"),), (Rule(css=".text"),))
ONE = Source("one", (BAD, GOOD), publication="P", find=Finding(articles=("/one/",)))
TWO = Source("two", (HALF,), publication="P")


def tried(source: Source | None, url: str = "https://a.example/one/x", page: bytes = PAGE) -> Trial:
    capture = Capture(url, url, 200, (("Content-Type", "text/html"),), page, page, START)
    return Trier((ONE, TWO), LayoutReader()).tried(capture, source)


def test_as_a_page_of_a_source_its_own_layouts_are_tried() -> None:
    trial = tried(ONE)
    assert trial.best is not None
    assert (trial.best.layout, [way.layout for way in trial.others]) == ("good", ["bad", ANY])
    assert trial.others[0].failed is not None
    assert (trial.others[0].failed.field, trial.others[0].failed.tried) == ("title", ("h2",))
    assert trial.trace is not None
    assert [each.rule for each in trial.trace.fields] == ["h1", ".text"]


def test_without_a_source_those_of_all_are_tried_and_the_most_words_win() -> None:
    trial = tried(None)
    assert trial.best is not None
    assert (trial.best.source, trial.best.layout) == ("one", "good")
    assert [way.layout for way in trial.others] == ["bad", "half", ANY]
    assert trial.source.startswith("none: ")


def test_the_source_is_known_by_the_address() -> None:
    trier = Trier((ONE, TWO), LayoutReader())
    assert trier.source_of("https://a.example/one/x") == ONE
    assert trier.source_of("https://a.example/other") is None


def test_what_nothing_reads_is_said_of_every_way() -> None:
    trial = tried(None, page=b"<p>short</p>")
    assert (trial.best, trial.trace) == (None, None)
    assert [way.failed is not None for way in trial.others] == [True] * 4


def test_a_source_without_layouts_is_read_as_any_site() -> None:
    bare = Source("bare", (), publication="P")
    capture = Capture("https://a.example/x", "https://a.example/x", 200, (), PAGE, PAGE, START)
    trial = Trier((bare,), LayoutReader()).tried(capture, bare)
    assert trial.best is not None
    assert (trial.best.layout, trial.others) == (ANY, ())
    assert trial.trace is not None
    assert trial.trace.layout == trial.best.reading.layout if trial.best.reading else False
    assert trial.best.article is not None
    assert trial.best.article.title == "The bridge opens"

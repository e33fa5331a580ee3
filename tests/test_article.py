"""The article format: text in, text out, and what is refused by name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kcna_pages import SEEDS

from monitor.article import Article, Card, fold, from_bytes, from_text, long_date, parse_long_date, to_text
from monitor.errors import FormatError, NotWritable

NAENARA, KCNA = SEEDS / "000_636cfcdf7a24837f.txt", SEEDS / "002_69cb78ecf1b9789a.txt"
CARD = Card("A card", "What it says", date(2026, 2, 4))
PLAIN = Article("Naenara (En)", "A title", paragraphs=("One.", "Two."))
FULL = replace(PLAIN, published=date(2026, 2, 3), site="KCNA", masthead=date(2026, 2, 5), has_original=True, cards=(CARD,))
FULL_TEXT = """\
February 05, 2026Feb 05, 2026
KCNA Naenara (En)

A title

Date: 03/02/2026 | Source: Naenara (En) | Read original version at source

One.

Two.

More From Naenara (En)

A card

A card

What it says

February 04, 2026

What it says

More Articles"""


# The seeds


@pytest.mark.parametrize("seed", [NAENARA, KCNA], ids=lambda path: path.name)
def test_a_seed_reads_and_writes_to_the_same_bytes(seed: Path) -> None:
    data = seed.read_bytes()
    assert to_text(from_bytes(data)).encode() == data


def test_the_facts_about_the_first_seed() -> None:
    article = from_bytes(NAENARA.read_bytes())
    assert (len(article.paragraphs), len(article.cards)) == (31, 20)
    assert article.published == date(2021, 4, 8)
    days = [card.published for card in article.cards]
    assert (days[0], days[-1]) == (date(2025, 11, 19), date(2025, 11, 16))
    assert days == sorted(days, reverse=True)
    assert (article.publication, article.site, article.masthead) == ("Naenara (En)", "KCNA", date(2025, 11, 19))


def test_the_facts_about_the_second_seed() -> None:
    article = from_bytes(KCNA.read_bytes())
    assert (len(article.paragraphs), len(article.cards)) == (28, 15)
    assert [card.title for card in article.cards].count("Press Review") == 2
    assert (article.publication, article.masthead) == ("KCNA.kp (En)", date(2026, 2, 5))
    assert article.has_original
    assert article.paragraphs[-1].endswith(" -0-")


# Writing


def test_every_part_has_its_place() -> None:
    assert to_text(FULL) == FULL_TEXT
    assert from_text(FULL_TEXT) == FULL


@pytest.mark.parametrize(
    ("parts", "begins", "ends"),
    [
        ({"masthead": None}, "KCNA Naenara (En)\n\nA title\n\nDate: ", "More Articles"),
        ({"site": None}, "February 05, 2026Feb 05, 2026\n\nA title\n\nDate: ", "More Articles"),
        ({"masthead": None, "site": None}, "A title\n\nDate: 03/02/2026 | Source: ", "More Articles"),
        ({"published": None}, FULL_TEXT.partition("Date")[0] + "Source: Naenara (En) | Read original", "More Articles"),
        ({"has_original": False}, FULL_TEXT.partition(" | Read")[0] + "\n\nOne.", "More Articles"),
        ({"cards": ()}, FULL_TEXT.partition("\n\nMore")[0], "\n\nOne.\n\nTwo."),
        ({"paragraphs": ()}, FULL_TEXT.partition("\n\nOne.")[0] + "\n\nMore From", "More Articles"),
        ({"paragraphs": (), "cards": ()}, FULL_TEXT.partition("\n\nOne.")[0], "at source"),
    ],
    ids=lambda parts: " ".join(parts) if isinstance(parts, dict) else "",
)
def test_a_part_that_is_missing_leaves_its_line_out(parts: dict[str, object], begins: str, ends: str) -> None:
    article = replace(FULL, **parts)
    text = to_text(article)
    assert text.startswith(begins)
    assert text.endswith(ends)
    assert from_text(text) == article


@pytest.mark.parametrize(
    "paragraph",
    [
        "More From Naenara (En)",
        "More From elsewhere",
        "More Articles",
        "Date: 01/01/2020 | Source: Naenara (En)",
        "Source: Naenara (En)",
        "February 05, 2026Feb 05, 2026",
    ],
)
@pytest.mark.parametrize("cards", [(), (CARD,), (CARD, CARD)], ids=["no card", "one card", "two cards"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_paragraph_may_read_like_another_part(paragraph: str, cards: tuple[Card, ...], at: int) -> None:
    article = replace(FULL, paragraphs=(*PLAIN.paragraphs[:at], paragraph, *PLAIN.paragraphs[at:]), cards=cards)
    assert from_text(to_text(article)) == article


def test_cards_begin_at_the_earliest_heading_after_which_there_are_only_whole_cards() -> None:
    card = ("A card", "A card", "What it says", "February 04, 2026", "What it says")
    blocks = ["A title", "Source: P", "One.", "More From P", "no card", "More From P", *card, "More From P", "x"]
    text = "\n\n".join([*blocks, "More From P", *card, *card, "More Articles"])
    read = from_text(text)
    assert len(read.cards) == 2
    assert read.paragraphs[-2:] == ("More From P", "x")
    assert to_text(read) == text


@pytest.mark.parametrize(
    ("article", "part"),
    [
        (replace(PLAIN, publication="KCNA | Naenara"), "publication"),
        (replace(FULL, publication="KCNA | Read original version at source"), "publication"),
        (replace(PLAIN, publication=""), "publication"),
        (replace(PLAIN, title=""), "title"),
        (replace(PLAIN, title="two\nlines"), "title"),
        (replace(PLAIN, title="February 05, 2026Feb 05, 2026", paragraphs=("Source: x",)), "title"),
        (replace(PLAIN, title="KCNA x", paragraphs=("Source: x",)), "title"),
        (replace(PLAIN, title="KCNA x", paragraphs=("Date: soon | Source: x",)), "title"),
        (replace(FULL, site=""), "site"),
        (replace(FULL, site="a  b"), "site"),
        (replace(PLAIN, paragraphs=("One.", "")), "paragraph 2"),
        (replace(PLAIN, paragraphs=("tab\there",)), "paragraph 1"),
        (replace(PLAIN, paragraphs=("nul\0",)), "paragraph 1"),
        (replace(PLAIN, paragraphs=(" blank in front",)), "paragraph 1"),
        (replace(PLAIN, paragraphs=("hard\xa0space",)), "paragraph 1"),
        (replace(PLAIN, paragraphs=("lone \ud800",)), "paragraph 1"),
        (replace(FULL, cards=(CARD, replace(CARD, title="a\rb"))), "title of card 2"),
        (replace(FULL, cards=(replace(CARD, excerpt=""),)), "excerpt of card 1"),
    ],
)
def test_what_has_no_text_form_is_refused_by_name(article: Article, part: str) -> None:
    with pytest.raises(NotWritable, match=re.escape(part)) as refused:
        to_text(article)
    assert refused.value.part == part


def test_paragraphs_that_read_as_cards_are_refused_by_name() -> None:
    card = ("A card", "A card", "What it says", "February 04, 2026", "What it says")
    article = replace(PLAIN, paragraphs=("More From Naenara (En)", *card, "More Articles"))
    with pytest.raises(NotWritable, match="paragraphs"):
        to_text(article)


@pytest.mark.parametrize("year", [1, 99, 476, 1900, 9999])
def test_years_have_four_digits(year: int) -> None:
    article = replace(
        FULL, published=date(year, 1, 2), masthead=date(year, 5, 31), cards=(replace(CARD, published=date(year, 12, 31)),)
    )
    text = to_text(article)
    assert f"Date: 02/01/{year:04} | " in text
    assert from_text(text) == article


# Reading


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", 1, "it is empty"),
        ("\n", 1, "a blank line too many"),
        ("A title", 1, "it ends before"),
        (FULL_TEXT + "\n", 25, "ends with a line break, which many editors add .* perl -0777"),
        (FULL_TEXT + "\n\n\n", 27, "ends with a line break"),
        (FULL_TEXT.replace("\n", "\r\n"), 1, "end with LF, not CR LF"),
        (FULL_TEXT + "\n\n", 26, "ends with a line break"),
        ("\ufeff" + FULL_TEXT, 1, "U[+]FEFF"),
        (FULL_TEXT.replace("\n", "\r\n"), 1, "U[+]000D"),
        (FULL_TEXT.replace("One.", "O\0ne."), 8, "U[+]0000"),
        (FULL_TEXT.replace("One.", "O\tne."), 8, "U[+]0009"),
        (FULL_TEXT.replace("One.", "O\x1bne."), 8, "U[+]001B"),
        (FULL_TEXT.replace("Two.", "Two  words."), 10, "single spaces"),
        (FULL_TEXT.replace("Two.", "Two. "), 10, "single spaces"),
        (FULL_TEXT.replace("Two.", "Two\xa0words."), 10, "single spaces"),
        (FULL_TEXT.replace("Two.", "\nTwo."), 10, "blank line too many"),
        (FULL_TEXT.replace("One.\n\n", "One.\n"), 9, "blank line is missing"),
        (FULL_TEXT.replace("A title\n\n", "A title\nof two lines\n\n"), 5, "blank line is missing"),
        (FULL_TEXT.replace("03/02/2026", "31/02/2026"), 6, "'31/02/2026' is not a day"),
        (FULL_TEXT.replace("03/02/2026", "3/2/2026"), 6, "'3/2/2026' is not a day"),
        (FULL_TEXT.replace("03/02/2026", "٠٣/02/2026"), 6, "not a day"),
        (
            FULL_TEXT.replace("Source: Naenara", "Source: a | Naenara").replace("KCNA Naenara", "KCNA a | Naenara"),
            6,
            r"holds ` \| `",
        ),
        ("A title\n\nno meta line\n\nOne.", 3, "expected `Date: "),
        ("KCNA Other\n\nA title\n\nSource: Naenara (En)", 3, "expected `Date: "),
    ],
)
def test_what_is_not_in_the_format_is_named_with_its_line(text: str, line: int, problem: str) -> None:
    with pytest.raises(FormatError, match=problem) as wrong:
        from_text(text)
    assert wrong.value.line == line
    assert str(wrong.value).startswith(f"text:{line}: ")


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        (b"", 1, "it is empty"),
        (b"\xef\xbb\xbfA title\n\nSource: P", 1, "byte order mark"),
        (b"A title\n\nSource: P\n\nOn\xe9.", 5, "byte 22 is not UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1, "byte 0 is not UTF-8"),
        ("A title\n\nSource: P".encode("utf-16"), 1, "byte 0 is not UTF-8"),
    ],
)
def test_bytes_that_are_no_text_name_their_file_and_line(data: bytes, line: int, problem: str) -> None:
    with pytest.raises(FormatError, match=problem) as wrong:
        from_bytes(data, "some/file.txt")
    assert str(wrong.value).startswith(f"some/file.txt:{line}: ")


def test_a_card_date_in_other_digits_is_no_date() -> None:
    assert parse_long_date("November 19, 2025") == date(2025, 11, 19)
    for text in (
        "November ١٩, 2025",
        "November 9, 2025",
        "november 19, 2025",
        "Nov 19, 2025",
        "November 31, 2025",
        "May 01, 0000",
    ):
        assert parse_long_date(text) is None


@given(st.dates())
def test_every_day_reads_back(day: date) -> None:
    assert parse_long_date(long_date(day)) == day


# Equality


def test_addresses_are_outside_equality() -> None:
    here = replace(FULL, original_url="http://a.example/", cards=(replace(CARD, url="http://b.example/"),))
    assert here == FULL
    assert hash(here) == hash(FULL)
    assert to_text(here) == FULL_TEXT
    assert replace(FULL, has_original=False) != FULL


# Folding


@given(st.text())
def test_folded_text_is_one_line_and_stays_as_it_is(text: str) -> None:
    line = fold(text)
    assert fold(line) == line
    assert line == " ".join(line.split())
    assert not re.search("[\x00-\x1f\x7f-\x9f\xad\u200b\ufeff\ud800-\udfff]", line)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain text", "plain text"),
        (" a \n\t b\u2003c\xa0 ", "a b c"),
        ("hy\xadphen\u200bated\ufeff", "hyphenated"),
        ("a \xad b", "a b"),
        ("\x00a\x1bb\x7f\x9fc", "abc"),
        ("a\x1cb\x85c", "a b c"),
        ("\ud800x", "x"),
        ("zero\u200djoiner", "zero\u200djoiner"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


# The laws

LINES = st.sampled_from(
    [
        "P", "K P", "Source: P", "Source: K P", "Date: 01/01/2020 | Source: P", "Date: soon | Source: P", "More From P",
        "Source: P | Read original version at source", "More Articles", "November 19, 2025", "November 19, 2025Nov 19, 2025",
        "Read original version at source", "KCNA", "x",
    ]
)  # fmt: skip
ANY_LINE = LINES | st.text(max_size=8) | st.text(alphabet="ab |:\n\t\xa0", max_size=6)
PUBLICATIONS = st.sampled_from(["P", "K P", "Source: P", "P |", "| P", "P | Q", "Naenara (En)"]) | ANY_LINE


def cards(line: st.SearchStrategy[str]) -> st.SearchStrategy[Card]:
    return st.builds(Card, title=line, excerpt=line, published=st.dates(), url=st.none() | st.text(max_size=3))


def articles(publication: st.SearchStrategy[str], line: st.SearchStrategy[str]) -> st.SearchStrategy[Article]:
    return st.builds(
        Article,
        publication=publication,
        title=line,
        published=st.none() | st.dates(),
        paragraphs=st.lists(line, max_size=9).map(tuple),
        site=st.none() | line,
        masthead=st.none() | st.dates(),
        has_original=st.booleans(),
        cards=st.lists(cards(line), max_size=2).map(tuple),
        original_url=st.none() | st.text(max_size=3),
    )


def written(article: Article) -> str | NotWritable:
    try:
        return to_text(article)
    except NotWritable as refused:
        return refused


def read(text: str) -> Article | FormatError:
    try:
        return from_text(text)
    except FormatError as wrong:
        return wrong


@settings(deadline=None, max_examples=200)
@given(articles(PUBLICATIONS, ANY_LINE) | articles(PUBLICATIONS, LINES))
def test_an_article_reads_back_equal_or_is_refused_by_name(article: Article) -> None:
    text = written(article)
    if isinstance(text, NotWritable):
        assert re.fullmatch(r"(title|excerpt) of card \d+|paragraph \d+|paragraphs|title|publication|site", text.part)
    else:
        assert from_text(text) == article
        assert not text.endswith("\n")


@settings(deadline=None, max_examples=200)
@given(st.lists(ANY_LINE, max_size=14).map("\n\n".join) | st.text())
def test_a_text_is_written_again_as_it_was_read_or_refused_with_its_line(text: str) -> None:
    article = read(text)
    if isinstance(article, FormatError):
        assert 1 <= article.line <= text.count("\n") + 1
    else:
        assert to_text(article) == text


@settings(deadline=None, max_examples=200)
@given(st.sampled_from([FULL_TEXT, NAENARA.read_text()]), st.data())
def test_a_text_with_lines_changed_is_written_again_or_refused(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["replace", "insert", "remove", "block"]))
        if change in ("remove", "replace"):
            del lines[at]
        if change in ("insert", "replace"):
            lines.insert(at, data.draw(ANY_LINE))
        if change == "block":
            lines[at:at] = [data.draw(LINES), ""]
        lines = lines or [""]
    text = "\n".join(lines)
    article = read(text)
    if isinstance(article, FormatError):
        assert 1 <= article.line <= text.count("\n") + 1
    else:
        assert to_text(article) == text


@settings(deadline=None, max_examples=200)
@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_an_article_or_a_format_error(data: bytes) -> None:
    try:
        article = from_bytes(data)
    except FormatError:
        return
    assert to_text(article).encode() == data

"""Configuration: the shipped one loads, and every mistake in another is told at once, with its file, line and key."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config import load, load_layout, load_program, load_sources
from monitor.errors import ConfigError
from monitor.parsing.trees import check_selector
from monitor.settings import (
    CardLayout,
    Fields,
    Form,
    Mark,
    Politeness,
    Program,
    Rule,
    Session,
    Settings,
    Source,
)

SHIPPED = Path(__file__).resolve().parent.parent / "config"
GOOD = 'layouts = [{ name = "plain", title = ["h1"], paragraphs = ["p"] }]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty config folder."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "templates").mkdir()
    return tmp_path


def write(folder: Path, name: str, text: str | bytes) -> None:
    """One file of the folder; ``name`` is its path."""
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)


def problems(folder: Path) -> list[str]:
    """What is wrong with a folder, its paths made relative."""
    with pytest.raises(ConfigError) as wrong:
        load(folder, check_selector)
    assert wrong.value.exit_code == 3
    assert str(wrong.value) == "\n".join(wrong.value.problems)
    return [problem.replace(f"{folder}/", "") for problem in wrong.value.problems]


def problem(folder: Path, text: str | bytes, name: str = "sources/a.toml") -> str:
    """The one thing that is wrong with a file."""
    write(folder, name, text)
    (only,) = problems(folder)
    return only


# What is right


def test_the_shipped_configuration() -> None:
    read = load(SHIPPED, check_selector)
    assert [source.name for source in read.sources] == ["kcna-kp-en", "naenara-en"]
    assert [source.publication for source in read.sources] == ["KCNA.kp (En)", "Naenara (En)"]
    assert read.program == Program()
    naenara = read.source("naenara-en")
    assert naenara is not None
    assert naenara.find.listings == ("https://kcnawatch.org/article/163/",)
    assert naenara.find.links  # from the template, whose table was merged
    assert naenara.interval == timedelta(hours=6)
    assert naenara.removal.span == timedelta(hours=1)
    assert naenara.layouts[0].paragraphs == (Rule(css="div.article-content"),)
    assert naenara.layouts[0].original == (Rule(link="Read original version at source"),)
    assert read.source("nobody") is None


def test_every_key_of_the_shipped_program_file_is_explained_and_would_load(folder: Path) -> None:
    lines = (SHIPPED / "monitor.toml").read_text().splitlines()
    write(folder, "monitor.toml", "\n".join(line.removeprefix("# ") for line in lines if re.match(r"# \w+ = ", line)))
    program = load_program(folder)
    for field in dataclasses.fields(Program):
        assert f"# {field.name} = " in "\n".join(lines)
        assert field.default is None or getattr(program, field.name) == field.default


def test_what_is_read_cannot_be_changed_and_can_be_a_key() -> None:
    read = load(SHIPPED, check_selector)
    with pytest.raises(dataclasses.FrozenInstanceError):
        read.sources[0].layouts[0].name = "other"  # type: ignore[misc]
    assert len({source: source.name for source in read.sources}) == 2
    assert read == load(SHIPPED, check_selector)


def test_an_empty_folder_is_a_program_without_sources(tmp_path: Path) -> None:
    assert load(tmp_path, check_selector) == Settings()


def test_a_source_without_a_template_and_with_every_form_of_a_rule(folder: Path) -> None:
    write(
        folder,
        "sources/a.toml",
        """
        interval = "90s"
        [[layouts]]
        name = "plain"
        title = ["h1", { css = "title", match = '^(.*) -' }, { css = "meta[name='title']", attr = "content" }]
        paragraphs = ["p"]
        original = [{ link = "Origin" }]
        published = [{ text = "Date:" }]
        [layouts.cards]
        item = "li"
        """,
    )
    (source,) = load_sources(folder, check_selector)
    assert source.interval == timedelta(seconds=90)
    (layout,) = source.layouts
    assert layout.title == (Rule(css="h1"), Rule(css="title", match="^(.*) -"), Rule(css="meta[name='title']", attr="content"))
    assert (layout.original, layout.published) == ((Rule(link="Origin"),), (Rule(text="Date:"),))
    assert layout.cards is not None
    assert (layout.cards.item, layout.cards.link) == ("li", "a[href]")


def test_a_source_that_needs_a_session(folder: Path) -> None:
    write(
        folder,
        "sources/a.toml",
        GOOD
        + """
        [find]
        articles = ["/detail/"]
        [find.session]
        open = "http://h/en"
        token = ["#token", { css = "meta[name='_csrf']", attr = "content" }]
        in_visits = true
        [[find.forms]]
        address = "http://h:80/list"
        fields = { page = "{page}", _csrf = "{token}", a = "" }
        first = 2
        last = 5
        [[find.forms]]
        address = "http://other/list"
        fields = { q = "all" }
        """,
    )
    (source,) = load_sources(folder, check_selector)
    token = (Rule(css="#token"), Rule(css="meta[name='_csrf']", attr="content"))
    assert source.find.session == Session("http://h/en", token, in_visits=True)
    assert source.find.forms == (
        Form("http://h:80/list", Fields([("page", "{page}"), ("_csrf", "{token}"), ("a", "")]), 2, 5),
        Form("http://other/list", Fields([("q", "all")]), 1, 1),
    )
    assert {source: 1}[source] == 1


def test_tables_of_a_template_are_merged_and_lists_are_replaced(folder: Path) -> None:
    write(folder, "templates/t.toml", GOOD + '[find]\nlinks = ["a"]\narticles = ["x"]\n[polite]\ngap = "1s"\nredirects = 2\n')
    write(folder, "sources/a.toml", 'template = "t"\n[find]\nlinks = ["b", "i"]\n[polite]\ngap = "9s"\n')
    (source,) = load_sources(folder, check_selector)
    assert (source.find.links, source.find.articles) == (("b", "i"), ("x",))
    assert (source.polite.gap, source.polite.redirects) == (timedelta(seconds=9), 2)


def test_a_relative_database_starts_at_the_file_that_names_it(folder: Path) -> None:
    write(folder, "monitor.toml", 'database = "data/m.db"')
    assert load_program(folder).database == str(folder / "data/m.db")
    write(folder, "monitor.toml", 'database = "/var/m.db"')
    assert load_program(folder).database == "/var/m.db"


def test_a_layout_says_from_when_and_in_which_zone(tmp_path: Path) -> None:
    keys = 'title = ["h1"]\nparagraphs = ["p"]\nsince = 2026-07-01\ntime_zone = "Asia/Seoul"\nhidden = true\n'
    lists = 'dates = ["iso", "juche", "ru: %d %B %Y"]\nparagraph = ["span.line"]\napart = ["nobr"]\ndrop_text = ["Share.*"]\n'
    (tmp_path / "l.toml").write_text(f'name = "x"\n{keys}{lists}')
    layout = load_layout(tmp_path / "l.toml", check_selector)
    assert (layout.since, layout.time_zone, layout.hidden) == (date(2026, 7, 1), "Asia/Seoul", True)
    assert (layout.paragraph, layout.apart, layout.drop_text) == (("span.line",), ("nobr",), ("Share.*",))
    assert layout.dates == ("iso", "juche", "ru: %d %B %Y")


def test_a_layout_in_a_file_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "l.toml", 'name = "x"\ntitle = ["h1"]\nparagraphs = ["p"]\n[cards]\nitem = "li"\n')
    assert load_layout(tmp_path / "l.toml", check_selector).title == (Rule(css="h1"),)
    write(tmp_path, "l.toml", 'name = "x"\ntitle = ["h1["]\nparagraphs = ["p"]\n[cards]\nitems = "li"\n')
    with pytest.raises(ConfigError) as wrong:
        load_layout(tmp_path / "l.toml", check_selector)
    assert [line.partition("l.toml:")[2].split(" ")[0] for line in wrong.value.problems] == [
        "2:", "4:", "5:"
    ]  # fmt: skip


# What is wrong


def test_all_mistakes_are_told_at_once_in_a_stable_order(folder: Path) -> None:
    write(folder, "monitor.toml", '# the program\nlog_levle = "info"\nfull_read_every = 0\n')
    write(
        folder,
        "templates/t.toml",
        """\
# shared
interval = "6 hours"

[[layouts]]
name = "t"
title = [
    "h1",
    { css = "div[", match = '^(x' },
]
paragraphs = ["p"]
""",
    )
    write(folder, "sources/a.toml", 'template = "t"\n\n[find]\npages = ["kcnawatch.org/x"]\n')
    write(folder, "sources/b.toml", 'template = "t"\n[removal]\nvisits = "three"\n')
    expected = [
        f"monitor.toml:2: log_levle: unknown key; did you mean 'log_level'? {known(Program)}",
        "monitor.toml:3: full_read_every: should be 1 or more; it is 0",
        'sources/a.toml:4: find.pages[1]: "kcnawatch.org/x" is no address; write it as https://host/path',
        'templates/t.toml:2: interval: write a length of time as a number and s, m, h or d, like "90s" or "6h"; it is "6 hours"',
        'templates/t.toml:8: layouts[1].title[2].css: "div[" is no CSS selector: Malformed attribute selector at position 3',
        'templates/t.toml:8: layouts[1].title[2].match: "^(x" is no regular expression: missing ), unterminated subpattern '
        "at position 1",
        'sources/b.toml:3: removal.visits: should be a whole number; it is "three"',
    ]
    assert problems(folder) == expected
    assert problems(folder) == expected


def known(kind: type) -> str:
    """How the sentence about an unknown key ends."""
    names = [field.name for field in dataclasses.fields(kind)]
    return "known here: " + ", ".join([*names[1:], "template"] if kind is Source else names)


KNOWN = known(Source)


NO_LENGTH = 'write a length of time as a number and s, m, h or d, like "90s" or "6h"; it is'
NO_ARCHIVE = "is no address of an archive; write it as https://host/path/{url}"
NO_ADDRESS = "is no address; write it as https://host/path"
NO_DAY = "does not write a whole day; use strptime's codes, like %d/%m/%Y"
NO_RULE = "a rule needs exactly one of css, text and link; this one has"
UNCLOSED = '"(" is no regular expression: missing ), unterminated subpattern at position 0'
NO_FIELDS = 'write the fields as a table of names and texts, like { page = "{page}" }'
FIND = GOOD + '[find]\narticles = ["/a/"]\n'
FORM = 'forms = [{ address = "http://h/list", fields = { p = "{page}" }, first = 1, last = 3 }]\n'
NO_PSEUDO_CLASS = (
    ":hover is not supported; of the pseudo-classes there are first-child, first-of-type, has, is, last-child, last-of-type, "
    "not, nth-child, nth-last-child, nth-last-of-type, nth-of-type, only-child, only-of-type, where"
)
# Line, key, what is wrong; and the file
MISTAKES: list[tuple[str, str | bytes]] = [
    ('2: interval: should be 1s or more, or the site is asked without a pause; it is "0s"', f'{GOOD}interval = "0s"'),
    ('2: interval: should be 1s or more, or the site is asked without a pause; it is "0.9s"', f'{GOOD}interval = "0.9s"'),
    (f"2: intervall: unknown key; did you mean 'interval'? {KNOWN}", f'{GOOD}intervall = "1h"'),
    (f"2: colour: unknown key; {KNOWN}", f"{GOOD}colour = 1"),
    (f"2: a b: unknown key; {KNOWN}", f'{GOOD}"a b".c = 1'),
    ("2: name: not allowed here; a source's name is its file's name", f'{GOOD}name = "b"'),
    (
        f"3: polite.max_byte: unknown key; did you mean 'max_bytes'? {known(Politeness)}",
        f"{GOOD}[polite]\nmax_byte = 1",
    ),
    ("1: layouts[1].title: missing; it is required: the headline", '[[layouts]]\nname = "x"\nparagraphs = ["p"]'),
    ("1: layouts[1].title: should be a list with an entry; it is an empty list", GOOD.replace('"h1"', "")),
    ('1: layouts[1].title: should be a list in square brackets; it is "h1"', GOOD.replace('["h1"]', '"h1"')),
    ("1: layouts[1].title[1]: should be a CSS selector in quotes or a table; it is 7", GOOD.replace('"h1"', "7")),
    (
        f"1: layouts[1].title[1].cs: unknown key; did you mean 'css'? {known(Rule)}",
        GOOD.replace('"h1"', '{ cs = "h1", css = "i" }'),
    ),
    (f"1: layouts[1].title[1]: {NO_RULE} none", GOOD.replace('"h1"', "{}")),
    (f"1: layouts[1].title[1]: {NO_RULE} css and link", GOOD.replace('"h1"', '{ css = "a", link = "b" }')),
    ("1: layouts[1].title[1].text: should not be empty", GOOD.replace('"h1"', '{ text = " " }')),
    (f'1: layouts[1].title[1].css: "a:hover" is no CSS selector: {NO_PSEUDO_CLASS}', GOOD.replace('"h1"', '"a:hover"')),
    (
        '1: layouts[1].title[1].match: "a{99999999999}" is no regular expression: the repetition number is too large',
        GOOD.replace('"h1"', '{ css = "a", match = "a{99999999999}" }'),
    ),
    (f'1: layouts[1].dates[1]: "%d/%m" {NO_DAY}', GOOD.replace(" }]", ', dates = ["%d/%m"] }]')),
    (
        '1: layouts[1].dates[1]: "%Q" holds %Q, which is no directive here; there are %Y %y %m %d %e %B %b %j %H %I %M %S %f %p'
        " %A %a %z %Z %%",
        GOOD.replace(" }]", ', dates = ["%Q"] }]'),
    ),
    (
        "1: layouts[1].dates[2]: \"jucke\" is no way to write a date; did you mean 'juche'? there are iso, rfc2822, juche,"
        " korean, chinese, japanese, and patterns like %d/%m/%Y",
        GOOD.replace(" }]", ', dates = ["iso", "jucke"] }]'),
    ),
    (
        "1: layouts[1].dates[1]: \"xx: %d %B %Y\" names the language 'xx'; those with month names here are en, ko, ru, es, fr,"
        " de, zh, ja",
        GOOD.replace(" }]", ', dates = ["xx: %d %B %Y"] }]'),
    ),
    (
        '1: layouts[1].time_zone: "Asia/Seul" is no time zone; write an IANA name, like Asia/Seoul or UTC',
        GOOD.replace(" }]", ', time_zone = "Asia/Seul" }]'),
    ),
    (
        '1: layouts[1].since: should be a day, like 2026-07-01; it is "July"',
        GOOD.replace(" }]", ', since = "July" }]'),
    ),
    (
        '1: layouts[1].drop_text[1]: "(" is no regular expression: missing ), unterminated subpattern at position 0',
        GOOD.replace(" }]", ', drop_text = ["("] }]'),
    ),
    (
        f'1: layouts[1].apart[1]: "a:hover" is no CSS selector: {NO_PSEUDO_CLASS}',
        GOOD.replace(" }]", ', apart = ["a:hover"] }]'),
    ),
    (
        '1: layouts[1].drop[1]: "x|y" is no CSS selector: Undefined namespace prefix',
        GOOD.replace(" }]", ', drop = ["x|y"] }]'),
    ),
    (
        '1: layouts[1].cards.item: "" is no CSS selector: Expected a selector at position 0',
        GOOD.replace(" }]", ', cards = { item = "" } }]'),
    ),
    ("2: find: should be a table; it is 3", f"{GOOD}find = 3"),
    ("3: find.links[1]: should be text in quotes; it is 1", f"{GOOD}[find]\nlinks = [1]"),
    ('3: find.links[1]: "a[" is no CSS selector: Malformed attribute selector at position 1', f'{GOOD}[find]\nlinks = ["a["]'),
    (f"3: find.articles[1]: {UNCLOSED}", f'{GOOD}[find]\narticles = ["("]'),
    (
        "2: find.articles: missing; it says which links of the listings lead to articles",
        f'{GOOD}[find]\nlistings = ["https://h/"]',
    ),
    (f'5: find.pages[2]: "http://[h/" {NO_ADDRESS}', f'{GOOD}[find]\npages = [\n  "https://h/",\n  "http://[h/" ]'),
    (f'3: find.pages[1]: "ftp://h/" {NO_ADDRESS}', f'{GOOD}[find]\npages = ["ftp://h/"]'),
    (f'3: find.pages[1]: "https://h:x/" {NO_ADDRESS}', f'{GOOD}[find]\npages = ["https://h:x/"]'),
    (f'2: jitter: {NO_LENGTH} "5"', f'{GOOD}jitter = "5"'),
    (f"2: jitter: {NO_LENGTH} 5", f"{GOOD}jitter = 5"),
    ("2: removal.visits: should be a whole number; it is 2.5", f"{GOOD}removal.visits = 2.5"),
    ("2: removal.visits: should be a whole number; it is true", f"{GOOD}removal.visits = true"),
    ("2: removal.visits: should be 100 or less; it is 101", f"{GOOD}removal.visits = 101"),
    (f"2: identity.pattern: {UNCLOSED}", f'{GOOD}identity.pattern = "("\nidentity.key = "k{{1}}"'),
    (
        "2: identity.pattern: has no group; put what names the article in parentheses",
        f'{GOOD}identity = {{ pattern = "x", key = "k{{1}}" }}',
    ),
    (
        "2: identity.key: names no group; write {1} where the pattern's first group belongs",
        f'{GOOD}identity = {{ pattern = "(x)", key = "key" }}',
    ),
    ("2: identity.key: names group {2}, but the pattern has only 1", f'{GOOD}identity = {{ pattern = "(x)", key = "k{{2}}" }}'),
    (
        '2: reach[2]: "10.1.2.0/33" is no network; write it as 10.1.2.0/24, fd12::/48 or a single address',
        f'{GOOD}reach = ["10.1.2.3", "10.1.2.0/33", "fd00::/8"]',
    ),
    (
        '2: outside.reach[1]: "here" is no network; write it as 10.1.2.0/24, fd12::/48 or a single address',
        f'{GOOD}outside = {{ save = "https://h/{{url}}", reach = ["here"] }}',
    ),
    (
        "2: outside.save: names no page; write {url} where its address belongs, or {quoted} for it percent-encoded",
        f'{GOOD}outside.save = "https://h/save/"',
    ),
    (f'2: outside.save: "https://{{url}}/" {NO_ARCHIVE}', f'{GOOD}outside.save = "https://{{url}}/"'),
    (f'2: outside.save: "https://u:p@h/{{url}}" {NO_ARCHIVE}', f'{GOOD}outside.save = "https://u:p@h/{{url}}"'),
    (f'2: outside.save: "ftp://h/{{quoted}}" {NO_ARCHIVE}', f'{GOOD}outside.save = "ftp://h/{{quoted}}"'),
    ('2: polite.robots: should be true or false; it is "no"', f'{GOOD}polite.robots = "no"'),
    (
        "2: identity.key: missing; it is required: the page's name, with {1}, {2} for the groups",
        f'{GOOD}identity = {{ pattern = "(x)" }}',
    ),
    (
        "2: find.articles: missing; it says which links of the listings lead to articles",
        f"{GOOD}[find]\n{FORM}",
    ),
    (f'4: find.forms[1].address: "/list" {NO_ADDRESS}', f"{FIND}{FORM}".replace("http://h", "")),
    (f'4: find.forms[1].fields: {NO_FIELDS}; it is "a=b"', f"{FIND}{FORM}".replace('{ p = "{page}" }', '"a=b"')),
    (f"4: find.forms[1].fields: {NO_FIELDS}; it is a table", f"{FIND}{FORM}".replace(" }, f", ", q = 1 }, f")),
    (f"4: find.forms[1].page: unknown key; {known(Form)}", f"{FIND}{FORM}".replace("last", "page")),
    ("4: find.forms[1].last: should be 4 or more, the number of the first page; it is 3", f"{FIND}{FORM}".replace("1,", "4,")),
    (
        "4: find.forms[1].fields: no field holds {page}; all pages would be the same",
        f"{FIND}{FORM}".replace("{page}", "1"),
    ),
    (
        "4: find.forms[1].fields: {token} stands for nothing; say in find.session where the token stands",
        f"{FIND}{FORM}".replace("{page}", "{page}{token}"),
    ),
    (
        '4: find.forms[1].address: "http://h/list" is on another site than find.session.open; the token is not sent there',
        f'{FIND}{FORM}session = {{ open = "https://h/en", token = ["b"] }}'.replace("{page}", "{page}{token}"),
    ),
    (f'4: find.session.open: "h/en" {NO_ADDRESS}', f'{FIND}session = {{ open = "h/en" }}'),
    (
        '4: find.session.token[1].css: "b[" is no CSS selector: Malformed attribute selector at position 1',
        f'{FIND}session = {{ open = "http://h/en", token = ["b["] }}',
    ),
    (
        "4: find.session.open: missing; it is required: address of the page that is fetched first, for its cookies and the token "
        "on it",
        f"{FIND}session = {{}}",
    ),
    ("1: template: there is no template 3 in templates (there: none)", "template = 3"),
    ('1: template: there is no template "../sources/a" in templates (there: none)', 'template = "../sources/a"'),
    ('1: not TOML: expected "\'"', "title = 'x"),
    (
        "2: marks[1].example: missing; it is required: a piece of such a page that holds one of the words",
        f'{GOOD}marks = [{{ name = "a queue", words = ["in line"] }}]',
    ),
    (
        "2: marks[1].example: holds none of the words; copy it from a page of this kind",
        f'{GOOD}marks = [{{ name = "a queue", words = ["in line"], example = "<p>Wait</p>" }}]',
    ),
    (
        '2: marks[1].words[2]: "x " is too short to be a sign; use 3 characters or more',
        f'{GOOD}marks = [{{ name = "a queue", words = ["in line", "x "], example = "<p>In  LINE</p>" }}]',
    ),
    (
        "2: marks[1].where: should be one of 'source', 'text' or 'title'; it is \"body\"",
        f'{GOOD}marks = [{{ name = "a queue", words = ["in line"], example = "in line", where = "body" }}]',
    ),
    (
        f"2: marks[1].word: unknown key; did you mean 'words'? {known(Mark)}",
        f'{GOOD}marks = [{{ name = "a queue", word = "x", words = ["in line"], example = "in line" }}]',
    ),
    ("3: not TOML: cannot overwrite a value", "a = 1\nb = 2\na = 3"),
    ("3: not TOML: unterminated string", 'a = """\n\n'),
    ("1: not TOML that can be read: its values nest too deep", "a = " + "[" * 5000),
    (
        "1: not TOML that can be read: exceeds the limit (4300 digits) for integer string conversion",
        "a = " + "1" * 5000,
    ),
    ("2: byte 14 is not UTF-8 text; save the file as UTF-8", b"# \xc3\xa9\ntitle = '\xe9'"),
    ("1: it starts with a byte order mark; save the file as UTF-8 without one", b"\xef\xbb\xbftitle = 'x'"),
]


@pytest.mark.parametrize(("said", "text"), MISTAKES, ids=[said[:50] for said, _ in MISTAKES])
def test_one_mistake_in_a_source(folder: Path, said: str, text: str | bytes) -> None:
    assert problem(folder, text) == f"sources/a.toml:{said}"


def test_a_template_that_is_not_there_hides_no_other_mistake(folder: Path) -> None:
    write(folder, "sources/a.toml", 'template = "t"\ntitel = "x"\n[find]\nlistings = ["https://h/"]\n')
    assert problems(folder) == [
        'sources/a.toml:1: template: there is no template "t" in templates (there: none)',
        f"sources/a.toml:2: titel: unknown key; did you mean 'title'? {KNOWN}",
    ]


NO_CONTACT = (
    "is neither a mail address nor a web page; write it as you@example.org, mailto:you@example.org or https://example.org/about"
)


@pytest.mark.parametrize("contact", ["us@example.org", "mailto:us@example.org", "MAILTO:o'us+x@büro.example", "http://a.example/"])
def test_a_contact_is_a_mail_address_or_a_web_page(folder: Path, contact: str) -> None:
    write(folder, "monitor.toml", f'contact = "{contact}"\n')
    assert load(folder, check_selector).program.contact == contact


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hosts_at_once = '8'", '1: hosts_at_once: should be a whole number; it is "8"'),
        ("\nlog_level = 'loud'", "2: log_level: should be one of 'debug', 'info', 'warning' or 'error'; it is \"loud\""),
        ("contact = 'analyst'", f'1: contact: "analyst" {NO_CONTACT}'),
        ("contact = ''", f'1: contact: "" {NO_CONTACT}'),
        ("contact = 'ftp://example.org/'", f'1: contact: "ftp://example.org/" {NO_CONTACT}'),
        ("contact = 'a b@example.org'", f'1: contact: "a b@example.org" {NO_CONTACT}'),
        ("contact = ['x']", "1: contact: should be text in quotes; it is a list"),
        ("[contact]", "1: contact: should be text in quotes; it is an empty table"),
        ("contact = " + repr("x" * 10 + "\t") + " * 2", "1: not TOML: expected newline or end of document after a statement"),
    ],
)
def test_one_mistake_in_the_program_file(folder: Path, text: str, said: str) -> None:
    assert problem(folder, text, "monitor.toml") == f"monitor.toml:{said}"


@pytest.mark.parametrize("name", ["A.toml", "a b.toml", "-a.toml", "ä.toml", "a" * 65 + ".toml"])
def test_a_file_whose_name_is_no_name_for_a_source(folder: Path, name: str) -> None:
    said = problem(folder, GOOD, f"sources/{name}")
    assert said.startswith(f'sources/{name}:1: name: "{name.removesuffix(".toml")[:58]}')
    assert said.endswith(" is what the file is called; use at most 64 small letters and digits, then also . _ and -")


def test_a_mistake_is_placed_in_the_file_it_was_made_in(folder: Path) -> None:
    write(folder, "templates/t.toml", '[[layouts]]\nname = "t"\nparagraphs = ["p"]\n[layouts.cards]\nitem = "li"\nlinks = "a"\n')
    write(folder, "sources/a.toml", 'template = "t"\n')
    # its own list of layouts replaces that of the template, so what is missing is missing here
    write(folder, "sources/b.toml", '# b\n\ntemplate = "t"\n[[layouts]]\nname = "b"\ntitle = ["h1"]\n')
    assert problems(folder) == [
        "templates/t.toml:1: layouts[1].title: missing; it is required: the headline",
        f"templates/t.toml:6: layouts[1].cards.links: unknown key; did you mean 'link'? {known(CardLayout)}",
        "sources/b.toml:4: layouts[1].paragraphs: missing; it is required: the elements that hold the body; block elements "
        "inside become paragraphs",
    ]


def test_a_mistake_that_a_source_repeats_over_its_template_is_its_own(folder: Path) -> None:
    write(folder, "templates/t.toml", GOOD + '[polite]\ngap = "1s"\n')
    write(folder, "sources/a.toml", 'template = "t"\n[polite]\n\ngap = "soon"\n')
    assert problems(folder)[0].startswith("sources/a.toml:4: polite.gap: write a length of time")


def test_a_broken_template_is_told_once_for_all_its_sources(folder: Path) -> None:
    write(folder, "templates/t.toml", "a = \n")
    for name in "ab":
        write(folder, f"sources/{name}.toml", 'template = "t"\n')
    assert problems(folder) == ["templates/t.toml:1: not TOML: invalid value"]


def test_a_template_cannot_take_over_another(folder: Path) -> None:
    write(folder, "templates/t.toml", GOOD + 'template = "u"')
    assert (
        problem(folder, 'template = "t"') == "templates/t.toml:2: template: not allowed here; a template cannot take over another"
    )


def test_a_folder_that_is_not_there(folder: Path) -> None:
    for path in (folder / "nowhere", folder / "file"):
        (folder / "file").touch()
        with pytest.raises(ConfigError, match="no such folder; name the config folder with --config or MONITOR_CONFIG"):
            load(path, check_selector)


def test_a_source_that_is_a_folder(folder: Path) -> None:
    (folder / "sources" / "a.toml").mkdir()
    assert problems(folder) == ["sources/a.toml: cannot be read: Is a directory"]


KEYS = st.sampled_from(
    ["layouts", "title", "name", "paragraphs", "find", "listings", "links", "articles", "identity", "pattern", "key", "removal",
     "visits", "session", "open", "token", "forms", "address", "fields", "first", "last",
     "interval", "css", "text", "match", "cards", "item", "date", "dates", "template", "drop", "polite", "gap", "x"]
)  # fmt: skip
LEAVES = st.booleans() | st.integers(-9, 9) | st.text(alphabet="a{1}[:>(\\%Y\n", max_size=5)
TABLES = st.dictionaries(
    KEYS,
    st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12),
    max_size=5,
)


@settings(deadline=None, max_examples=150)
@given(TABLES)
def test_any_table_is_a_source_or_a_list_of_sentences(table: dict[str, object]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sources").mkdir()
        write(folder, "sources/a.toml", "".join(f"{key} = {toml(value)}\n" for key, value in table.items()))
        said = sentences(folder)
        assert all(line.startswith(f"{folder}/sources/a.toml:") for line in said)
        assert not any(word in line for line in said for word in ("Input", "Tuple", "dictionary", "dataclass"))


def sentences(folder: Path) -> tuple[str, ...]:
    try:
        load_sources(folder, check_selector)
    except ConfigError as wrong:
        return wrong.problems
    return ()


def toml(value: object) -> str:
    """A value as TOML writes it inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(each) for each in value) + "]"
    if isinstance(value, int):
        return str(value).lower()
    return '"' + str(value).replace("\\", "\\\\").replace("\n", "\\n") + '"'


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{}", "would mute every edit; say which, with classes, words, place"),
        ('{ sources = ["a"] }', "would mute every edit"),
        ('{ classes = ["typo"] }', '"typo" is no class of edit; the classes: typography, spelling,'),
        ('{ clases = ["typography"] }', "did you mean 'classes'?"),
    ],
)
def test_a_standing_rule_says_what_it_mutes(folder: Path, rule: str, said: str) -> None:
    write(folder, "monitor.toml", f"mute = [{rule}]")
    with pytest.raises(ConfigError, match=re.escape(said)):
        load_program(folder)

"""From markup to paragraphs: what separates words and paragraphs and what does not, the same in both trees."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from parsing.markup import broken_fragments, fragments

from monitor.article import fold
from monitor.parsing.elements import Look
from monitor.parsing.trees import MatchedTree, WholeTree
from monitor.parsing.walk import Event, Mark, lxml_events, one_line, paragraphs, soup_events


def both(fragment: str, css: str = "body") -> list[tuple[str, ...]]:
    """The paragraphs that each tree gives for a piece of HTML."""
    page = f"<html><body>{fragment}</body></html>".encode()
    return [tree.paragraphs(tree.select(css)[0]) for tree in (WholeTree(page), MatchedTree(page))]


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        # inline tags never glue and never split
        ("<p>Comrade <nobr><span class='f'>Kim Jong Un</span></nobr> said</p>", ["Comrade Kim Jong Un said"]),
        ("<p>re<b>spec</b>ted</p>", ["respected"]),
        ("<p>one<i> two</i> <u>three</u></p>", ["one two three"]),
        ("<p>a<a href='/'>b</a>c<font>d</font><o:p>e</o:p></p>", ["abcde"]),
        ("<p>one<span>\n</span>two</p>", ["one two"]),
        # neither do comments, break opportunities and soft hyphens
        ("<p>Con<!-- x -->ference of Cell Secr<wbr>etar&shy;ies\xad</p>", ["Conference of Cell Secretaries"]),
        ("<p>a&#8203;b&#xfeff;c</p>", ["abc"]),
        ("<p>one <!-- x --> two</p>", ["one two"]),
        ("<p>one<?pi?>two</p>", ["onetwo"]),
        # white space is folded
        ("<p>\n  one\t two&nbsp; &#160;three\u3000four \r\n</p>", ["one two three four"]),
        # a line break is a space, two of them end a paragraph
        ("<p>one<br>two</p>", ["one two"]),
        ("<p>one<br><br>two<br/> \n <br/>three</p>", ["one", "two", "three"]),
        ("<p>one<br>&nbsp;<br>two</p>", ["one", "two"]),
        ("<p>one<br>&shy;<br>two</p>", ["one", "two"]),
        ("<p>one<br><!-- x --><br>two</p>", ["one", "two"]),
        ("<p>one<br><b><br>two</b></p>", ["one", "two"]),
        ("<p>one<br>x<br>two</p>", ["one x two"]),
        ("<p>one<br><br><br>two<br></p>three", ["one", "two", "three"]),
        ("<p>one<br></p><p><br>two</p>", ["one", "two"]),
        # blocks separate, however they nest
        ("one<p>two<div>three<section>four</section>five</div>six", ["one", "two", "three", "four", "five", "six"]),
        ("<div><div><p>one</p></div><div>two</div></div>", ["one", "two"]),
        ("<b>one<p>two</p></b>three", ["one", "two", "three"]),
        ("<ul><li>one<li>two <b>bold</b><ul><li>three</ul></ul>", ["one", "two bold", "three"]),
        ("<table><caption>c</caption><tr><td>one<td>two<tr><th>three</table>", ["c", "one", "two", "three"]),
        ("<dl><dt>one<dd>two</dl><pre>a\n  b</pre><blockquote>q</blockquote>", ["one", "two", "a b", "q"]),
        ("one<hr>two<h2>three</h2>", ["one", "two", "three"]),
        ("<p>one<p><p>&nbsp;<p>\xad<p>two", ["one", "two"]),
        # what no reader sees
        ("<p>one<script>var x='<p>no</p>'</script>two<style>p{}</style></p>", ["onetwo"]),
        ("<p>one</p><template><p>no</p></template><noscript><p>no</p></noscript><p>two</p>", ["one", "two"]),
        ("<p>one<iframe>no</iframe><svg><text>no</text></svg><object>no</object>two</p>", ["onetwo"]),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby>", ["漢字"]),
        ("<p>a &lt;b&gt; &amp;amp; &quot;c&quot; &rsquo; &#x201d; &copy; &unknown; &</p>", ['a <b> &amp; "c" ’ ” © &unknown; &']),
        ("<![CDATA[x]]>one", ["one"]),
        ("<p title='no'>one<img alt='no'></p>", ["one"]),
        ("<ruby>漢<rb>字</rb><rtc>(kanji)</rtc></ruby>", ["漢字"]),
        ("<p>one<datalist><option>no</datalist> two<select><option>a<option>b</select></p>", ["one two", "a", "b"]),
        # what the page certainly hides
        ("<p>one <span hidden>no</span>two<b style='color:red; DISPLAY : none'>no</b></p>", ["one two"]),
        ("<p>one<div hidden><p>no</p></div>two", ["one", "two"]),
        ("<p>o<span style='display:none'>no</span>ne</p>", ["one"]),
        ("<p hidden=until-found>one</p><p aria-hidden=true>two</p>", ["one", "two"]),
        ("<p style='visibility:hidden'>one</p><p style='--display:none'>two</p>", ["one", "two"]),
        # headings, captions, quotes, definitions and cells are paragraphs in order; custom elements are inline
        (
            "<h2>h</h2><figure><img><figcaption>f</figcaption></figure><blockquote><p>q</p><footer>by</footer></blockquote>",
            ["h", "f", "q", "by"],
        ),
        ("<details><summary>s</summary>d</details><search>x</search>", ["s", "d", "x"]),
        ("<p>a<x-word>b</x-word>c <amp-x><p>d</p></amp-x>", ["abc", "d"]),
        ("", []),
    ],
)
def test_paragraphs(fragment: str, expected: list[str]) -> None:
    whole, matched = both(fragment)
    assert list(whole) == expected
    assert matched == whole


APART = Look(apart=("nobr",))
ONE = Look(paragraph=("span.line", ".one"))


@pytest.mark.parametrize(
    ("look", "fragment", "expected"),
    [
        (APART, "<p>Comrade<nobr><span>Kim Jong Un</span></nobr>set</p>", ["Comrade Kim Jong Un set"]),
        (APART, "<p>Comrade <nobr>Kim Jong Un</nobr> set</p>", ["Comrade Kim Jong Un set"]),
        (APART, "<p>(<nobr>Kim Jong Un</nobr>)</p>", ["(Kim Jong Un)"]),
        (APART, "<p><nobr>Kim Jong Un</nobr>, <nobr>Kim Jong Un</nobr>’s, <nobr>Kim</nobr>-led, “<nobr>Kim</nobr>”</p>",
         ["Kim Jong Un, Kim Jong Un’s, Kim-led, “Kim”"]),
        (APART, "<p>said:<nobr>Kim</nobr>(left)</p>", ["said: Kim (left)"]),
        (APART, "<p>Comrade\xad<nobr>\u200b<b>Kim</b></nobr><nobr>Il</nobr></p>", ["Comrade Kim Il"]),
        (APART, "<p>Comrade<nobr></nobr>Kim foo<b>bar</b></p>", ["Comrade Kim foobar"]),
        (APART, "<p>one<br><nobr>two</nobr></p><nobr>three</nobr>", ["one two", "three"]),
        (APART, "<p>경애하는 <nobr>김정은</nobr>동지께서 2026년<nobr>3월</nobr></p>", ["경애하는 김정은동지께서 2026년3월"]),
        (Look(), "<p>Comrade<nobr>Kim</nobr>set</p>", ["ComradeKimset"]),
        (ONE, "<div><span class=line>one <b>two</b></span><span class=line>three</span>four</div>", ["one two", "three", "four"]),
        (ONE, "<div class=one>one<p>two</p>three<br><br>four</div>five", ["one two three four", "five"]),
        (ONE, "<div class=one>a<div class=one>b</div>c</div>", ["a b c"]),
        (ONE, "<div>x<span class=line> </span>y<span class=line hidden>no</span>z</div>", ["x", "yz"]),
        (Look(paragraph=(".line",), apart=("span",)), "<p>a<span class=line>b</span>c<span>d</span></p>", ["a", "b", "c d"]),
        (Look(hidden=True), "<p>one</p><div style='display:none'>two</div>", ["one", "two"]),
    ],
)  # fmt: skip
def test_paragraphs_as_a_layout_looks_at_elements(look: Look, fragment: str, expected: list[str]) -> None:
    page = f"<html><body>{fragment}</body></html>".encode()
    matched = MatchedTree(page, (), look)
    assert list(matched.paragraphs(matched.select("body")[0])) == expected
    matched.hand_over(matched.select("body"))
    whole = WholeTree(page, (), look)
    assert [list(tree.paragraphs(tree.select("body")[0])) for tree in (matched, whole)] == [expected] * 2


def test_what_is_hidden_is_read_where_it_is_asked_for() -> None:
    assert both("<div hidden><p>one</p><p hidden>no</p></div>", "div") == [("one",)] * 2


def test_a_page_that_hides_itself_until_its_script_runs_is_read() -> None:
    page = b"<html hidden><body style='display:none'><p>one"
    assert [tree.paragraphs(tree.select("html")[0]) for tree in (WholeTree(page), MatchedTree(page))] == [("one",)] * 2


def test_the_asked_element_is_read_even_when_it_is_one_that_is_left_out() -> None:
    assert both("<noscript>one<p>two</noscript>", "noscript") == [("one", "two")] * 2
    assert both("<script>x = 1</script>", "script") == [("x = 1",)] * 2


def test_what_stands_behind_the_asked_element_is_not_read() -> None:
    assert both("<p><b>one</b>two<b>three</b></p>", "b") == [("one",)] * 2


def test_a_line_is_all_paragraphs_with_a_space_between() -> None:
    assert one_line(["one", Mark.BLOCK, " two", Mark.BREAK, Mark.BREAK, "three\n"]) == "one two three"


def test_very_deep_nesting_is_walked() -> None:
    depth = 2000
    assert both("<div>" * depth + "x" + "</div>" * depth) == [("x",)] * 2


# The law: on any HTML, both trees tell the same story.


def plain(events: Iterable[Event]) -> list[Event]:
    """The events with neighbouring texts joined and runs of white space written as one."""
    joined: list[Event] = []
    for event in events:
        if isinstance(event, str) and joined and isinstance(joined[-1], str):
            joined[-1] += event
        else:
            joined.append(event)
    return [re.sub(r"[ \t\r\n\f]+", " ", event) if isinstance(event, str) else event for event in joined]


@settings(deadline=None, max_examples=200)
@given(fragments | broken_fragments)
def test_both_trees_give_the_same_events(fragment: str) -> None:
    page = fragment.encode("utf-8", "replace")
    whole, matched = WholeTree(page), MatchedTree(page)
    assume(whole.select("*"))  # lxml has no tree without an element
    for css in ("html", "body", "p", "div", "a", "td"):
        ours = [plain(soup_events(node)) for node in whole.select(css)]
        theirs = [plain(lxml_events(node)) for node in matched.select(css)]
        assert ours == theirs


@settings(deadline=None, max_examples=100)
@given(fragments | broken_fragments, st.sampled_from([APART, Look(("p", "b"), ("a", "i")), Look(("*",)), Look(("i",), ("*",))]))
def test_both_trees_look_alike(fragment: str, look: Look) -> None:
    page = fragment.replace("class='a'", "class='a' hidden").encode("utf-8", "replace")
    whole, matched, handed = WholeTree(page, (), look), MatchedTree(page, (), look), MatchedTree(page, (), look)
    assume(whole.select("*"))
    handed.hand_over(handed.select("body, p, b"))
    for css in ("html", "body", "p", "b"):
        found = [[tree.paragraphs(node) for node in tree.select(css)] for tree in (whole, matched, handed)]
        assert found[0] == found[1] == found[2]


@given(fragments)
def test_paragraphs_are_folded_lines_and_hold_all_the_words(fragment: str) -> None:
    page = f"<body>{fragment}".encode()
    tree = MatchedTree(page)
    for body in tree.select("body"):
        events = list(lxml_events(body))
        found = paragraphs(events)
        assert all(line and line == fold(line) for line in found)
        assert "".join(found).replace(" ", "") == fold("".join(e for e in events if isinstance(e, str))).replace(" ", "")

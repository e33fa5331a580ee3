"""How a site writes the day of an article: the rule and the format that read it on every sample.

Nothing is guessed: the day is known from elsewhere, and of the forms that a day is written in only one that reads as this day
on all samples is taken. So day first and month first are told apart by the samples, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from monitor.article import fold
from monitor.parsing.dates import read_day
from monitor.parsing.layout import take
from monitor.parsing.proposing.names import named
from monitor.parsing.proposing.samples import Sample
from monitor.settings import Rule

_WRITTEN_OUT = ("%d %B %Y", "%d %b %Y", "fr: %d %B %Y", "ru: %d %B %Y")
_GERMAN, _SPANISH = "de: %d. %B %Y", "es: %d de %B de %Y"
_MONTH_FIRST = ("%B %d, %Y", "%b %d, %Y")
_WHOLE = (
    "iso", "rfc2822", *_MONTH_FIRST, *_WRITTEN_OUT, _GERMAN, _SPANISH, "%Y.%m.%d", "%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y",
    "%m/%d/%Y", "%d-%m-%Y", "korean", "chinese", "japanese", "juche", "%Y%m%d",
)  # fmt: skip
_FORMS = (
    (r"\d{4}-\d{2}-\d{2}", ("%Y-%m-%d",)),
    (r"\d{4}/\d{1,2}/\d{1,2}", ("%Y/%m/%d",)),
    (r"\d{4}\. ?\d{1,2}\. ?\d{1,2}", ("%Y.%m.%d", "%Y. %m. %d")),
    (r"\d{4}년 ?\d{1,2}월 ?\d{1,2}일", ("korean",)),
    (r"\d{4}年 ?\d{1,2}月 ?\d{1,2}日", ("chinese", "japanese")),
    (r"\d{1,2}/\d{1,2}/\d{4}", ("%d/%m/%Y", "%m/%d/%Y")),
    (r"\d{1,2}-\d{1,2}-\d{4}", ("%d-%m-%Y", "%m-%d-%Y")),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", ("%d.%m.%Y",)),
    (r"[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}", _MONTH_FIRST),
    (r"\d{1,2} [A-Z][a-z]{2,8} \d{4}", _WRITTEN_OUT[:2]),
    (r"\d{1,2} [^\W\d_]{3,12} \d{4}", _WRITTEN_OUT),
    (r"\d{1,2}\. [^\W\d_]{3,12} \d{4}", (_GERMAN,)),
    (r"\d{1,2} de [^\W\d_]{3,12} de \d{4}", (_SPANISH,)),
    (r"Juche ?\d{1,3}\.? ?\d{1,2}\. ?\d{1,2}\.?", ("juche",)),
)
_A_DAY = timedelta(days=1)
_LONGEST = 200  # characters of a text in which a day is looked for
_ATTRIBUTES = ("datetime", "content", "title")
_DATA = 'script[type="application/ld+json"]'
_IN_DATA = r'"datePublished"\s*:\s*"(\d{4}-\d{2}-\d{2})'
_HARDLY_MORE = 30  # characters of a text that is a day, and hardly more
_NAMES = 12  # selectors of an element that are tried
_BEFORE_JUCHE = 1911  # the year before Juche 1
_MOST_PLACES = 60  # of a page that are looked at
_MOST_RULES = 60


@dataclass(frozen=True, slots=True)
class Days:
    """The rules that find the day, and how it is written."""

    rules: tuple[Rule, ...]
    formats: tuple[str, ...]


def days_of(samples: Sequence[Sample]) -> Days | None:
    """What reads the day of every sample that has one, and some day of every other; None where nothing does, or none has one.

    A day may be unknown because the way it is written leaves two readings; the samples with one reading then tell which it is.
    """
    found: dict[tuple[Rule, str], float] = {}
    for sample in sorted(samples, key=lambda each: each.published is None)[:2]:
        for day in _possible(sample):
            for rule, form, cost in _candidates(sample, day):
                found[rule, form] = min(cost, found.get((rule, form), cost))
    ordered = sorted(found.items(), key=lambda each: (each[1], len(str(each[0][0]))))
    for (rule, form), _ in ordered[: _MOST_RULES * 4]:
        if all(_reads(rule, form, sample) for sample in samples):
            return Days((rule,), (form,))
    return None


def _possible(sample: Sample) -> tuple[date, ...]:
    """The days that the article may be of."""
    if sample.published is not None:
        return (sample.published,)
    return () if sample.about is None else (sample.about, sample.about - _A_DAY, sample.about + _A_DAY)


def _candidates(sample: Sample, day: date) -> Iterator[tuple[Rule, str, float]]:
    """Rules that may find the day, each with its format and how little it is to be relied on."""
    attributes = ((node, each, sample.tree.attribute(node, each) or "") for node in sample.elements() for each in _ATTRIBUTES)
    for node, attribute, value in islice((each for each in attributes if _may_be(each[2], day)), _MOST_PLACES):
        for match, form in _written(value, day):
            for name in named(node)[:_NAMES]:
                yield Rule(css=name.css, attr=attribute, match=match), form, name.cost
    for node, text in islice((each for each in sample.small() if _may_be(each[1], day)), _MOST_PLACES):
        more = 0.3 if len(text) < _HARDLY_MORE else 1.0 + len(text) / 100
        for match, form in _written(text, day):
            for name in named(node)[:_NAMES]:
                yield Rule(css=name.css, match=match), form, name.cost + more
    for node in sample.tree.select(_DATA):
        found = re.search(_IN_DATA, "".join(node.itertext()))
        if found and read_day(found[1], ("iso",)) == day:
            yield Rule(css=_DATA, match=_IN_DATA), "iso", 6.0


def _may_be(text: str, day: date) -> bool:
    """Whether a text may name the day: it is short, and has the year in it, as it is counted here or in Pyongyang."""
    return len(text) <= _LONGEST and (str(day.year) in text or str(day.year - _BEFORE_JUCHE) in text)


def _written(text: str, day: date) -> Iterator[tuple[str | None, str]]:
    """The forms in which a text names the day: a regular expression for where (None: it is all of it), and a format for how."""
    whole = next((form for form in _WHOLE if read_day(text.strip(), (form,)) == day), None)
    if whole is not None:
        yield None, whole
        return
    for expression, forms in _FORMS:
        for found in re.finditer(rf"\b{expression}(?!\d)", text):
            form = next((form for form in forms if read_day(found[0], (form,)) == day), None)
            if form is not None:
                before = _label(text[: found.start()]) or ("^" if not found.start() else r"\b")
                yield f"{before}({expression})", form
                return


def _label(before: str) -> str:
    """What stands before the day and says what it is, like ``Posted:``, as part of the pattern."""
    found = re.search(r"([^\W\d_]{2,20}(?: [^\W\d_]{1,12})?) ?: ?$", before)
    return re.escape(found[1]) + r"\s*:\s*" if found else ""


def _reads(rule: Rule, form: str, sample: Sample) -> bool:
    """Whether the first day that a rule finds on a page is the right one; where that is not known, whether it finds any."""
    for node in sample.tree.select(rule.css or "*"):
        text = fold(sample.tree.attribute(node, rule.attr) or "") if rule.attr else sample.tree.text(node)
        value = take(text, rule)
        day = read_day(value, (form,)) if value else None
        if day is not None:
            return day in (_possible(sample) or (day,))
    return False

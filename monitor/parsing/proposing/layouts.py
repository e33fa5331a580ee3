"""A layout for a site, from a few of its articles: the selectors that find on every one what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from monitor.article import fold
from monitor.parsing.proposing.bodies import body_of
from monitor.parsing.proposing.chrome import cleaned
from monitor.parsing.proposing.days import days_of
from monitor.parsing.proposing.names import named
from monitor.parsing.proposing.samples import Sample
from monitor.parsing.proposing.titles import affixes, bare
from monitor.parsing.trees import check_selector
from monitor.settings import Layout, Rule

_FEWEST = 2  # samples without which nothing is repeated
_MOST = 20  # elements with the title's text that are looked at
_MANY = 4  # samples of which one may have been read wrongly
_HEAD = ("head", "title", "html", "body")
_HEADS = (
    Rule(css='meta[property="og:title"]', attr="content"),
    Rule(css='meta[name="twitter:title"]', attr="content"),
    Rule(css="head > title"),
)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A layout, or why there is none."""

    layout: Layout | None
    why: str = ""


def layout_of(samples: Sequence[Sample], name: str) -> Proposed:
    """The layout that reads all samples as they are known, or better; none where no selectors do."""
    if len(samples) < _FEWEST:
        return Proposed(None, "a layout needs two articles or more, to see what repeats")
    samples = cleaned(samples)
    title = title_of(samples)
    if title is None:
        return Proposed(None, "no selector finds the title on all of these articles")
    body = body_of(samples)
    if body is None:
        return Proposed(None, "no selector finds the text on all of these articles")
    if body.exact < len(samples) - (len(samples) >= _MANY):
        return Proposed(
            None, f"no selector finds the text alone: {body.css}, the best, reads {body.exact} of {len(samples)} articles right"
        )
    days = days_of(samples)
    if days is None and any(sample.published or sample.about for sample in samples):
        return Proposed(None, "no selector finds the day on all of these articles")
    layout = Layout(name, (title,), (Rule(css=body.css),), drop=body.drop)
    if days is not None:
        layout = replace(layout, published=days.rules, dates=days.formats)
    problems = [problem for css in (title.css, body.css, *body.drop) if css and (problem := check_selector(css))]
    return Proposed(None, problems[0]) if problems else Proposed(layout)


def title_of(samples: Sequence[Sample]) -> Rule | None:
    """What finds the title of every sample, without what stands around all titles, if an element has it so.

    Where there are many samples, one of them may have been read wrongly.
    """
    titles = [sample.title for sample in samples]
    around = affixes(titles)
    for wanted in dict.fromkeys((tuple(bare(title, around) for title in titles), tuple(titles))):
        found = _title_of(samples, wanted)
        if found is not None:
            return found
    return None


def _title_of(samples: Sequence[Sample], wanted: Sequence[str]) -> Rule | None:
    costs: dict[str, float] = {}
    for sample, title in zip(samples, wanted, strict=True):
        having = (node for node, text in sample.small() if text == title and str(node.tag) not in _HEAD)
        for node in islice(having, _MOST):
            for each in named(node)[:20]:
                costs[each.css] = min(each.cost, costs.get(each.css, each.cost))
    ordered = sorted(costs.items(), key=lambda each: (each[1], len(each[0])))
    for allowed in (0, 1 if len(samples) >= _MANY else 0):
        for rule in (*(Rule(css=css) for css, _ in ordered), *_HEADS):
            if _finds(samples, wanted, rule, allowed):
                return rule
    return None


def _finds(samples: Sequence[Sample], wanted: Sequence[str], rule: Rule, allowed: int) -> bool:
    """Whether a rule finds the title of all samples but so many, and on those, too, one that is no other's."""
    found = [_first(sample, rule) for sample in samples]
    wrong = sum(text != title for text, title in zip(found, wanted, strict=True))
    return all(found) and wrong <= allowed and (not wrong or len(set(found)) == len(found))


def _first(sample: Sample, rule: Rule) -> str:
    for node in sample.tree.select(rule.css or "*"):
        text = fold(sample.tree.attribute(node, rule.attr) or "") if rule.attr else sample.tree.text(node)
        if text:
            return text
    return ""

"""CSS selectors for both trees: soupsieve's for BeautifulSoup's, the same as XPath (cssselect) for lxml's.

Only selectors that mean the same in both are allowed. A selector that is looked for *inside* an element sees nothing
but that element: all of its steps lie in there, as if each part of it began with ``:scope``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar

import soupsieve
from cssselect import HTMLTranslator, SelectorError
from cssselect.parser import CombinedSelector, Relation, Token, tokenize
from cssselect.xpath import XPathExpr
from lxml import etree

# Those that both libraries know and understand alike, without state and without a browser.
_PSEUDO_CLASSES = frozenset({
    "not", "is", "where", "has", "first-child", "last-child", "only-child", "nth-child", "nth-last-child", "first-of-type",
    "last-of-type", "only-of-type", "nth-of-type", "nth-last-of-type",
})  # fmt: skip
_COMBINATORS = (">", "+", "~")


@lru_cache(maxsize=1024)
def sieve(css: str) -> soupsieve.SoupSieve:
    """``css`` for BeautifulSoup."""
    return soupsieve.compile(css)


@lru_cache(maxsize=1024)
def sieve_inside(css: str) -> soupsieve.SoupSieve:
    """``css`` for BeautifulSoup, to be looked for inside an element."""
    return soupsieve.compile(", ".join(f":scope {part}" for part in alternatives(css)))


class _Backwards(HTMLTranslator):
    """Selectors as browsers match them: the last step is found, those before it are looked for behind it.

    libxml2 takes the square of the elements that it finds from several starts, which are 20 s on a page of 60 KB.
    """

    _AXES: ClassVar[dict[str, str]] = {" ": "ancestor", ">": "parent", "~": "preceding-sibling"}
    _is_forward = False

    def xpath_combinedselector(self, combined: CombinedSelector) -> XPathExpr:
        if self._is_forward:
            return super().xpath_combinedselector(combined)
        left, right = self.xpath(combined.selector), self.xpath(combined.subselector)
        if combined.combinator == "+":
            left.add_name_test()
            return right.add_condition(f"preceding-sibling::*[1]{f'[{left.condition}]' if left.condition else ''}")
        return right.add_condition(f"{self._AXES[combined.combinator]}::{left}[1]")

    def xpath_relation(self, relation: Relation) -> XPathExpr:
        """What ``:has()`` looks for lies inside, all of it."""
        self._is_forward = True
        try:
            return super().xpath_relation(relation)
        finally:
            self._is_forward = False


@lru_cache(maxsize=1024)
def xpath(css: str) -> etree.XPath:
    """``css`` for lxml. It starts above the root: what stands after ``</html>`` becomes a second root beside the first."""
    return etree.XPath(_Backwards().css_to_xpath(css, prefix="/descendant::"))


@lru_cache(maxsize=1024)
def xpath_inside(css: str) -> etree.XPath:
    """``css`` for lxml, to be looked for inside an element."""
    return etree.XPath(HTMLTranslator().css_to_xpath(css, prefix="descendant::"))


def check_selector(css: str) -> str | None:
    """Why ``css`` is no selector that both trees understand alike, or None."""
    try:
        unknown = next((name for name in _pseudo_classes(css) if name not in _PSEUDO_CLASSES), None)
        if unknown is not None:
            return f":{unknown} is not supported; of the pseudo-classes there are {', '.join(sorted(_PSEUDO_CLASSES))}"
        sieve(css)
        sieve_inside(css)
        xpath(css)(etree.Element("html"))
    except (soupsieve.SelectorSyntaxError, SelectorError, etree.XPathError, ValueError, RuntimeError) as wrong:
        # the last is Python's, of what nests too deep; soupsieve says with a kind of it what it leaves out
        return str(wrong).splitlines()[0].rstrip(":.")
    return None


def _pseudo_classes(css: str) -> list[str]:
    return [str(name.value).lower() for colon, name in pairwise(tokenize(css)) if colon.is_delim(":")]


@lru_cache(maxsize=1024)
def alternatives(css: str) -> tuple[str, ...]:
    """The parts of a list of selectors, split at its commas but not at those in parentheses."""
    commas = [token.pos for token in _outside(css) if token.is_delim(",")]
    starts, ends = [0, *(pos + 1 for pos in commas)], [*commas, len(css)]
    return tuple(css[start:end].strip() for start, end in zip(starts, ends, strict=True))


@lru_cache(maxsize=1024)
def split(css: str) -> tuple[str, str, str]:
    """A selector taken apart at its last combinator: what stands before it, the combinator, what stands behind it.

    The first two are empty where there is none.
    """
    tokens = [token for token in _outside(css) if token.type != "EOF"]
    while tokens and tokens[-1].type == "S":
        del tokens[-1]
    ends = [at for at, token in enumerate(tokens) if _is_between(token)]
    if not ends:
        return "", "", css
    start = end = ends[-1]
    while start and _is_between(tokens[start - 1]):  # comments are no tokens: white space may stand on both sides of one
        start -= 1
    sign = next((str(token.value) for token in tokens[start : end + 1] if token.type != "S"), " ")
    return css[: tokens[start].pos].lstrip(), sign, css[tokens[end + 1].pos :]  # a blank at an end may be an escaped one


def _is_between(token: Token) -> bool:
    """Whether a token is a combinator, or part of one."""
    return token.type == "S" or token.is_delim(*_COMBINATORS)


def _outside(css: str) -> Iterator[Token]:
    """The tokens that stand in no parentheses or brackets, those that open such among them."""
    depth = 0
    for token in tokenize(css):
        if not depth:
            yield token
        depth += token.is_delim("(", "[") - token.is_delim(")", "]")

"""Articles of a site as they were read without a layout: what selectors are looked for on, and held to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from monitor.article import fold
from monitor.parsing.trees import MatchedTree, Node

_MOST = 5000  # elements of a page that are looked at
_FEW = 40  # elements inside one whose text is a headline or a day


@dataclass(frozen=True, slots=True)
class Sample:
    """A page (in UTF-8), its address, and the article that it is known to bear.

    ``about`` is the day that a feed or listing gives it, which may be the one before or after: in another zone it is another day.
    """

    page: bytes
    url: str
    title: str
    published: date | None
    paragraphs: tuple[str, ...]
    about: date | None = None
    tree: MatchedTree = field(init=False, compare=False, repr=False)
    _small: list[tuple[Node, str]] = field(init=False, compare=False, repr=False, default_factory=list)

    def __post_init__(self) -> None:
        """Raises TooDeep."""
        object.__setattr__(self, "tree", MatchedTree(self.page))

    def elements(self) -> Sequence[Node]:
        """All elements of the page, in its order."""
        return self.tree.select("*")

    def small(self) -> list[tuple[Node, str]]:
        """The elements that hold few others, each with its text, up to a number; those without text are left out."""
        if not self._small:
            nodes = (node for node in self.elements() if isinstance(node.tag, str) and _is_few(node))
            texts = ((node, self.tree.text(node)) for node in nodes)
            self._small.extend(islice((each for each in texts if each[1]), _MOST))
        return self._small


def _is_few(node: Node) -> bool:
    return next((False for number, _ in enumerate(node.iterdescendants()) if number >= _FEW), True)


def likeness(ours: Sequence[str], theirs: Sequence[str]) -> tuple[float, float]:
    """How much two texts agree in their words: F1, and how many of ``theirs`` are among ``ours``, from 0 to 1."""
    mine, wanted = _tokens(ours), _tokens(theirs)
    both = (mine & wanted).total()
    if not both:
        return 0.0, 0.0
    recall, precision = both / wanted.total(), both / mine.total()
    return 2 * recall * precision / (recall + precision), recall


def _tokens(paragraphs: Sequence[str]) -> Counter[str]:
    return Counter(word for paragraph in paragraphs for word in fold(paragraph).split())

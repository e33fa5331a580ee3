"""How the pages of a listing follow one another: by links to the next one, or by numbers in an address or in a form.

A *place* names one page of a listing: an address, or a number. It is text, so that it can be kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from monitor.jobs.finding.sheets import Finder
from monitor.model import Listed, Request
from monitor.parsing.address import is_same_site
from monitor.settings import Form, Series
from monitor.settings.finding import PAGE


class Paging(Protocol):
    """A listing of several pages."""

    @property
    def name(self) -> str:
        """What the store knows it by."""

    @property
    def first(self) -> str:
        """The place of its first page."""

    @property
    def most(self) -> int:
        """How many of its pages a round asks for."""

    @property
    def is_open(self) -> bool:
        """Whether it does not say itself which page is its last."""

    def request(self, place: str) -> Request:
        """What asks for the page at ``place``."""

    def where(self, place: str) -> str:
        """The page at ``place``, as problems name it."""

    def following(self, place: str, listed: Listed) -> str | None:
        """The place of the page after ``place``, which holds ``listed``; None where there is none."""


@dataclass(slots=True)
class Linked:
    """A page that lists articles, and the pages that it links to as its next ones. No page follows twice."""

    name: str
    first: str
    most: int
    is_open: bool = False
    _seen: set[str] = field(default_factory=set)

    def request(self, place: str) -> Request:
        self._seen.add(place)
        return Request(place)

    def where(self, place: str) -> str:
        return place

    def following(self, place: str, listed: Listed) -> str | None:
        self._seen.add(place)
        if listed.kind != "page":
            return None
        return next((each for each in listed.further if each not in self._seen and is_same_site(each, self.first)), None)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A listing in numbered pages that are asked for by GET."""

    name: str
    series: Series
    is_open: bool = True

    @property
    def first(self) -> str:
        return str(self.series.first)

    @property
    def most(self) -> int:
        return (self.series.last - self.series.first) // self.series.step + 1

    def request(self, place: str) -> Request:
        return Request(self.series.page(int(place)))

    def where(self, place: str) -> str:
        return self.series.page(int(place))

    def following(self, place: str, listed: Listed) -> str | None:  # noqa: ARG002  a number is followed by the next one
        return str(int(place) + self.series.step)


@dataclass(frozen=True, slots=True)
class Posted:
    """A listing whose pages are asked for by POST."""

    name: str
    form: Form
    is_open: bool = True

    @property
    def first(self) -> str:
        return str(self.form.first)

    @property
    def most(self) -> int:
        return self.form.last - self.form.first + 1

    def request(self, place: str) -> Request:
        fields = tuple((name, text.replace(PAGE, place)) for name, text in self.form.fields)
        return Request(self.form.address, form=fields)

    def where(self, place: str) -> str:
        return self.form.address if self.most == 1 else f"{self.form.address}, page {place}"

    def following(self, place: str, listed: Listed) -> str | None:  # noqa: ARG002
        has_number = any(PAGE in text for _, text in self.form.fields)
        return str(int(place) + 1) if has_number else None


def listings(finder: Finder) -> tuple[Paging, ...]:
    """The listings of a source, in the order in which they are asked for."""
    find = finder.source.find
    depth = find.depth if find.next else 1
    return (
        *(Linked(finder.name("GET", url), url, depth) for url in find.listings),
        *(Numbered(finder.name("GET", each.address, each), each) for each in find.series),
        *(Posted(finder.name("POST", each.address, each), each) for each in find.forms),
    )

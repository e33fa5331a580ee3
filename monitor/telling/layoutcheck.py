"""What of a site's kept pages its layouts do not read any more: for a person, and as an object for a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from monitor.telling.harmless import harmless

_MOST = 20  # kinds of what is wrong that are told of each source
_SHOWN = 5  # pages that are named of each


@dataclass(frozen=True, slots=True)
class Broken:
    """A page that is not read as it was, or as it should be: which field, why, by which selectors it was looked for.

    ``read_by`` is the layout that used to read it; empty for a page of a folder.
    """

    page: str
    field: str
    why: str
    tried: tuple[str, ...] = ()
    read_by: str = ""


@dataclass(slots=True)
class Checked:
    """How the pages of one source fared, or those of one folder: ``what`` it is.

    ``otherwise`` counts kept captures in which today's layouts read other words than were known, ``left_out`` what was not
    read at all, by why.
    """

    what: str
    pages: int = 0
    broken: list[Broken] = field(default_factory=list)
    otherwise: int = 0
    left_out: dict[str, int] = field(default_factory=dict)

    def leave_out(self, why: str) -> None:
        """Count a page that is not read."""
        self.left_out[why] = self.left_out.get(why, 0) + 1


def lines(checked: Sequence[Checked]) -> Iterator[str]:
    """Lines for a person: what is wrong, each once, and on which pages. What came from outside is harmless."""
    for each in checked:
        bad = len({broken.page for broken in each.broken})
        said = f"{bad} of {_pages(each.pages)} broken" if bad else f"{_pages(each.pages)}, none broken"
        yield harmless(f"{each.what}: {said}")
        for broken, pages in list(_alike(each.broken).items())[:_MOST]:
            yield from _broken(broken, pages)
        if each.otherwise:
            yield harmless(f"  {each.otherwise} read otherwise than before; `monitor reparse {each.what}` shows how")
        for why, count in each.left_out.items():
            yield harmless(f"  {count} left out: {why}")


def _alike(found: Sequence[Broken]) -> dict[Broken, list[str]]:
    """What is wrong, and on which pages it is."""
    pages: dict[Broken, list[str]] = {}
    for broken in found:
        pages.setdefault(replace(broken, page=""), []).append(broken.page)
    return dict(sorted(pages.items(), key=lambda each: -len(each[1])))


def _broken(broken: Broken, pages: Sequence[str]) -> Iterator[str]:
    yield harmless(f"  no {broken.field}: {broken.why}" if broken.tried else f"  {broken.field}: {broken.why}")
    for rule in broken.tried:
        yield harmless(f"    found nothing: {rule}")
    if broken.read_by:
        yield harmless(f"    {broken.read_by} used to read it")
    for page in pages[:_SHOWN]:
        yield harmless(f"    {page}")
    if len(pages) > _SHOWN:
        yield f"    and {len(pages) - _SHOWN} more"


def _pages(count: int) -> str:
    return f"{count} page{'' if count == 1 else 's'}"


def as_object(checked: Sequence[Checked]) -> list[dict[str, object]]:
    """What ``--json`` prints."""
    return [
        {
            "what": each.what,
            "pages": each.pages,
            "broken": [
                {"page": one.page, "field": one.field, "why": one.why, "tried": list(one.tried), "read_by": one.read_by or None}
                for one in each.broken
            ],
            "otherwise": each.otherwise,
            "left_out": each.left_out,
        }
        for each in checked
    ]

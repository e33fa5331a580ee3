"""The title: the headline as the page shows it, chosen by what meta tags and JSON-LD say; else theirs less the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from monitor.article import fold
from monitor.parsing.anysite.blocks import Block, Outline, plain, weight_of
from monitor.parsing.anysite.days import without_days
from monitor.parsing.anysite.lines import is_ending
from monitor.parsing.anysite.names import Role, words_of
from monitor.parsing.references import unescaped

_BARS = re.compile(r"\s+(?:[|\-–—·•»«:>/]|::|\|\|)\s+|\s*[|｜]\s*|\s+::\s+|\s*»\s*")
_LONGEST = 400
_TAG = re.compile(r"<[^<>]{1,80}>")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[\da-f]{2,6}|amp|quot|lt|gt|apos|nbsp|[lr][sd]quo|[nm]dash|hellip);", re.IGNORECASE)
_TITLE_WORDS = frozenset({"title", "headline", "titel", "titre", "titulo", "heading", "subject", "tit", "tt"})
_LESSER = frozenset({
    "sub", "subtitle", "section", "category", "deck", "related", "latest", "kicker", "lead", "intro", "site",
})  # fmt: skip
_MOST_FIRSTS = 10
_LEAST_PART = 8  # the weight of a headline that is a whole part of the <title>
_MOSTLY = 0.6  # of a <title>: what is as much of it, with a word of welcome, is all that it says
_MOST_BEFORE = 15  # blocks before the body among which a headline in large letters is looked for
_ELSEWHERE = Role.COMMENT | Role.RELATED | Role.HIDDEN
_MOST_SHOWN = 200  # headings that are looked at
_HEADINGS = {"h1": 0, "h2": 1, "h3": 2, "h4": 3}


@dataclass(frozen=True, slots=True)
class Title:
    """The title, what said so, and the number of the block that shows it (None where none does).

    It is weak where nothing but a ``<title>`` of the same words says that it is more than the site's name.
    """

    text: str = ""
    source: str = ""
    block: int | None = None
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading that may be the headline: the block it begins with, its level (0 for ``<h1>``), and all its text."""

    block: Block
    level: int
    text: str

    def title(self) -> Title:
        return Title(self.text, _named(self.level), self.block.number)


def title_of(
    page: Outline, given: Sequence[tuple[str, str]], page_title: str, sites: Iterable[str], start: int | None = None
) -> Title:
    """The title of an article.

    ``given`` are titles that meta tags and JSON-LD give, each with its source; ``sites`` are names of the site; ``start`` is the
    block where the body begins, where that is known.
    """
    names = [plain(site) for site in sites if site]
    said = [
        (source, cleaned)
        for source, text in given
        if (cleaned := without_site(decoded(text), names)) and plain(cleaned) not in names
    ]
    own = decoded(page_title)
    shown = _shown(page, names)
    best = (
        _pictured(page, decoded(page_title))
        or _best(page, shown, [text for _, text in said], own, start)
        or _line_of(page, own, names, start)
        or _styled(page, own, names, start)
    )
    if best is not None:
        return best
    if said:
        return Title(said[0][1], said[0][0])
    cleaned = without_site(own, names, guess=True)
    return Title(cleaned, "the page's title") if cleaned else Title()


def decoded(text: str) -> str:
    """A title from an attribute or from JSON, where entities and tags may have been left in it; they are taken out once."""
    if _ENTITY.search(text):
        text = unescaped(text)
    return fold(_TAG.sub("", text))


def parts_of(title: str) -> list[str]:
    """What stands between the bars and dashes of a page's ``<title>``; nothing where there are none."""
    parts = [part.strip() for part in _BARS.split(decoded(title))]
    colon = title.partition(": ")
    parts = [each.strip() for each in (colon[0], colon[2])] if len(parts) < 2 and colon[2] else parts
    return [part for part in parts if part] if len(parts) > 1 else []


def without_site(title: str, names: Sequence[str], *, guess: bool = False) -> str:
    """A title without the site's name in front or behind. ``guess``: where no name is known, a short last part is one."""
    for _ in range(3):
        bars = list(_BARS.finditer(title))
        if not bars:
            return title
        head, tail = title[: bars[-1].start()], title[bars[-1].end() :]
        first, rest = title[: bars[0].start()], title[bars[0].end() :]
        if plain(tail) and _is_site(plain(tail), names) and plain(head):
            title = head
        elif plain(first) and _is_site(plain(first), names) and plain(rest):
            title = rest
        elif (
            guess
            and bars[-1].group().strip() not in (":", "/")
            and len(tail) < 40
            and len(head) > len(tail)
            and len(tail.split()) <= 5
        ):
            return head
        else:
            return title
    return title


def _is_site(part: str, names: Sequence[str]) -> bool:
    return any(
        part == name or (len(name) > 3 and (part.startswith(name) or (len(part) > 3 and name.startswith(part))))
        for name in names
        if name
    )


def _shown(page: Outline, names: Sequence[str]) -> list[_Heading]:
    """The headings that may be the headline; what is named a title counts as a heading of the second level."""
    found: list[_Heading] = []
    seen: dict[int, int] = {}
    for block in page.blocks:
        level, number = _level(page, block)
        if level is None or len(block.text) > _LONGEST or block.role & _ELSEWHERE or block.plain in names:
            continue
        if number in seen and level == 0:  # a heading of several lines is one title
            at = seen[number]
            found[at] = replace(found[at], text=f"{found[at].text} {block.text}")
            continue
        seen[number] = len(found)
        found.append(_Heading(block, level, block.text))
        if len(found) >= _MOST_SHOWN:
            break
    return found


def _level(page: Outline, block: Block) -> tuple[int | None, int]:
    """The level of the heading that a block is or stands in, None where it is none, and the number of that element."""
    element = page.elements[block.element]
    for each in [element, *([page.elements[element.outer]] if element.outer >= 0 else [])]:
        level = _HEADINGS.get(each.tag)
        if level is not None:
            return level, each.number
    named = words_of(f"{element.node.get('class') or ''} {element.node.get('id') or ''} {element.node.get('itemprop') or ''}")
    is_named = not _TITLE_WORDS.isdisjoint(named) and len(block.text) < 200
    return 1 if is_named else None, element.number


def _best(page: Outline, shown: list[_Heading], said: list[str], own: str, start: int | None) -> Title | None:
    """The heading that the other titles name; else the only first-level one, or the last of them before the body."""
    if not shown:
        return None
    wanted, whole = [plain(text) for text in said if text], plain(own)
    likeness = [max([_inside(plain(each.text), whole)] + [_alike(plain(each.text), text) for text in wanted]) for each in shown]
    best, like = max(zip(shown, likeness, strict=True), key=lambda each: each[1] - each[0].level * 0.08)
    is_weak = not wanted and plain(best.text) == whole
    if is_weak and start is not None:
        later = _last(page, shown, best.block.number + 1, start)
        if later is not None:
            return later.title()
    if like >= 0.6:
        return Title(_own_part(page, best.block, best.text, wanted), _named(best.level), best.block.number, is_weak)
    return _by_place(page, shown, start, is_any_said=bool(wanted))


def _by_place(page: Outline, shown: list[_Heading], start: int | None, *, is_any_said: bool) -> Title | None:
    """The headline where no other title names it: a first-level one, or, where none is said, the last before the body."""
    firsts = [each for each in shown if each.level == 0 and not each.block.role & (Role.CHROME | Role.FORM)]
    if start is not None:
        firsts = [each for each in firsts if each.block.number <= start + 1][-1:] or firsts[:1]
    if firsts and (len(firsts) == 1 or not is_any_said):
        return firsts[0].title()
    if start is None or is_any_said:
        return None
    before = _last(page, [each for each in shown if len(each.text) >= 8], start - 12, start)
    return None if before is None else before.title()


def _last(page: Outline, shown: list[_Heading], first: int, start: int) -> _Heading | None:
    """The last heading from the block ``first`` to the body's ``start`` that is no lesser title."""
    found = [each for each in shown if first <= each.block.number <= start and not _is_less(page, each.block)]
    return found[-1] if found else None


def _pictured(page: Outline, own: str) -> Title | None:
    """A headline that is a picture, by the words that stand in for it, where the page's ``<title>`` holds them."""
    wanted = plain(own)
    for element in [each for each in page.elements if each.tag == "h1"][:_MOST_FIRSTS]:
        if not fold(element.node.text_content()):
            alts = [fold(image.get("alt") or "") for image in list(element.node.iter("img"))[:3]]
            found = next((alt for alt in alts if len(plain(alt)) >= 10 and plain(alt) in wanted and plain(alt) != wanted), None)
            if found:
                return Title(found, "a picture's words")
    return None


def _own_part(page: Outline, block: Block, text: str, wanted: list[str]) -> str:
    """A heading without a kicker: the element in it whose words are the title that is said, where there is one."""
    if plain(text) in wanted:
        return text
    for node in list(page.elements[block.element].node.iter("span", "strong", "em", "a", "div", "b", "i"))[:20]:
        own = fold(node.text_content())
        if plain(own) in wanted:
            return own
    return text


def _named(level: int) -> str:
    """What a heading of a level is called; those of the second may be named a title only."""
    return f"h{level + 1}"


def _is_less(page: Outline, block: Block) -> bool:
    """Whether a block is named a lesser title: of a section, of what stands beneath a headline, of other news."""
    names = [f"{each.node.get('class') or ''} {each.node.get('id') or ''}" for each in page.chain(block.element, 2)]
    return not _LESSER.isdisjoint(words_of(" ".join(names)))


def _line_of(page: Outline, own: str, names: Sequence[str], start: int | None) -> Title | None:
    """On a page without headings, the first short line before or in the body that the page's ``<title>`` holds.

    One that is a whole part of the ``<title>``, beside the site's name, may be shorter.
    """
    wanted = plain(own)
    parts = {plain(part) for part in parts_of(own)} - set(names)
    for block in page.blocks[: (start or 0) + 40]:
        text = block.plain
        is_part = text in parts and block.weight >= _LEAST_PART and block.linked < 0.5
        is_long = weight_of(text) >= 15 and len(text) >= 0.4 * len(wanted) and text in wanted and text not in names
        if (is_part or is_long) and not block.role & (Role.CHROME | Role.RELATED):
            return Title(block.text, "a line", block.number)
    return None


def _styled(page: Outline, own: str, names: Sequence[str], start: int | None) -> Title | None:
    """On a page without headings, the line in the largest letters before the body: larger than it, or bold where it is not.

    The page's ``<title>`` must say no more than the site's name, or the line's beginning.
    """
    if start is None:
        return None
    said = plain(own)
    is_bare = not said or any(name in said and len(name) >= _MOSTLY * len(said) for name in names)
    body = max(page.blocks[start : start + _MOST_BEFORE], key=lambda each: each.weight)
    before = [each for each in page.blocks[max(0, start - _MOST_BEFORE) : start + 1] if _may_be_headline(each, names)]
    larger = [each for each in before if each.size > body.size or (each.is_bold and not body.is_bold)]
    best = max(larger, key=lambda each: (each.size, each.is_bold, each.number), default=None)
    if best is None or not (is_bare or (len(said) >= _LEAST_PART and best.plain.startswith(said))):
        return None
    return Title(best.text, "the largest line", best.number)


def _may_be_headline(block: Block, names: Sequence[str]) -> bool:
    is_short = _LEAST_PART <= block.weight <= _LONGEST and block.linked < 0.5 and not block.is_junk
    is_other = block.plain not in names and not is_ending(block.text) and len(without_days(block.text)) >= _LEAST_PART / 2
    return is_short and is_other and not block.role & (Role.CHROME | Role.RELATED | Role.COMMENT | Role.HIDDEN | Role.CAPTION)


def _alike(shown: str, said: str) -> float:
    """How much a heading is like a title that is said: 1 for the same, or the same but cut short or with the site's name."""
    if not shown or not said:
        return 0.0
    if shown == said:
        return 1.0
    shorter, longer = sorted((shown, said), key=len)
    if longer.startswith(shorter) or longer.endswith(shorter):
        return max(0.62, len(shorter) / len(longer)) if len(shorter) >= 8 else 0.5 * len(shorter) / len(longer)
    pairs, others = _pairs(shown), _pairs(said)
    return 2 * len(pairs & others) / max(1, len(pairs) + len(others)) * 0.95


def _inside(shown: str, page: str) -> float:
    """The same for the page's ``<title>``, which holds the site's name beside it."""
    if len(shown) < 4 or not page:
        return 0.0
    return 0.9 * (1.0 if shown in page and len(shown) > 0.25 * len(page) else _alike(shown, page))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))

"""A page of a site that nobody described, read: what it says of itself, trafilatura and our own reading, combined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from monitor.article import Image
from monitor.parsing.anysite import combine, days, density, extractor, leavings, roles, sites, structured, titles
from monitor.parsing.anysite.blocks import Block, Outline, plain, weight_of
from monitor.parsing.anysite.combine import Combined, Votes
from monitor.parsing.anysite.days import Day
from monitor.parsing.anysite.density import Own
from monitor.parsing.anysite.images import Body, images_of
from monitor.parsing.anysite.meta import Said, said
from monitor.parsing.anysite.names import NO_BODY, Role
from monitor.parsing.anysite.page import count_of, tree_of
from monitor.parsing.anysite.sites import base_of, host
from monitor.parsing.anysite.sorts import LONGEST_STUB, Shape, Sort, Sorted, sort_of
from monitor.parsing.anysite.structured import Claim, Structured
from monitor.parsing.anysite.titles import Title
from monitor.parsing.anysite.walking import outline

_SURE_ENOUGH = 0.8  # agreement below which trafilatura is asked to look thoroughly
_LESS_SURE = {Sort.VIDEO: 0.4, Sort.LIVE: 0.4, Sort.GALLERY: 0.5, Sort.PRODUCT: 0.5, Sort.THREAD: 0.6}
_SHORT = 250  # letters of a body that is less sure
_LOST = 0.3  # the most that is said of a page that is no article


@dataclass(frozen=True, slots=True)
class AnyArticle:
    """What a page says, and how that was found.

    ``title`` is empty and ``paragraphs`` too where there is none. ``published`` is the day in the offset as written.
    ``publication`` is the name that the page's tags give, empty where they give none: then ``site`` is that in its ``<title>``,
    where one is known. ``sure`` goes from 0 to 1.
    ``how`` says which reader gave what, ``day_source`` what gave the day, ``dropped`` which lines were
    left out: why, and the line.
    """

    title: str
    published: date | None
    publication: str
    paragraphs: tuple[str, ...]
    sure: float
    how: str
    sorted: Sorted
    day_source: str = ""
    images: tuple[Image, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    site: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A page as far as it is understood, for the steps that follow."""

    root: Any
    page: Outline
    claims: Structured
    said: Said
    claim: Claim
    title: Title
    site: str = ""


def read_any(page: bytes, url: str, at: datetime | None = None) -> AnyArticle:
    """What a page in UTF-8 that was asked for at ``url`` says. ``at`` is when: a day after that is none of publication.

    Raises TooDeep for a page that cannot be read in time; everything else is read somehow, and ``sure`` and ``sorted`` say how.
    """
    root = tree_of(page)
    elements = count_of(root)
    claims, meta = structured.structured(root), said(root)
    found = _understood(root, outline(root), claims, meta, url)
    title = found.title
    own = density.own_reading(found.page, title.block, title.text, _people(claims, root))
    if own.taken and (title.block is None or title.is_weak or _is_far(title, own)):
        title = _titled(found, url, start=min(own.taken, default=None))
        if title.block != found.title.block:
            roles.assign(found.page, title.block)
            own = density.own_reading(found.page, title.block, title.text, _people(claims, root))
        found = replace(found, title=title)
    result = _combined(found, own, extractor.is_fit(found.page, elements))
    day = _day(found, own, result, url, at)
    return _said_so(found, own, result, day, url)


def _understood(root: Any, page: Outline, claims: Structured, meta: Said, url: str) -> _Found:
    claim = _main_claim(claims, meta, url)
    roles.assign(page, None)
    named = claim.publisher or meta.publisher or meta.site
    site = "" if named else sites.site_of(root, page, meta.page_title, host(url))
    found = _Found(root, page, claims, meta, claim, Title(), site)
    found = replace(found, title=_titled(found, url))
    roles.assign(page, found.title.block)
    return found


def _is_far(title: Title, own: Own) -> bool:
    return title.block is not None and title.block > max(own.taken)


def _main_claim(claims: Structured, meta: Said, url: str) -> Claim:
    """Of several articles in JSON-LD the page's own: by its address, by its headline, else the first."""
    if not claims.articles:
        return Claim()
    here = {_place(each) for each in (url, meta.canonical) if each}
    for claim in claims.articles:
        if claim.address and _place(claim.address) in here:
            return claim
    wanted = {plain(text) for text in (*meta.titles, meta.page_title) if text}
    for claim in claims.articles:
        if claim.headline and any(plain(claim.headline) in each for each in wanted):
            return claim
    return claims.articles[0]


def _place(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return f"{(parts.netloc or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _titled(found: _Found, url: str, start: int | None = None) -> Title:
    meta, claim = found.said, found.claim
    given = [("json-ld", claim.headline), ("microdata", meta.headline), *(("meta", text) for text in meta.titles)]
    return titles.title_of(found.page, [each for each in given if each[1]], meta.page_title, _sites(found, url), start)


def _sites(found: _Found, url: str) -> list[str]:
    """Names of the site: what the page calls it, and the words of its host."""
    name = host(url)
    claims, meta, claim = found.claims, found.said, found.claim
    return [
        each for each in (meta.site, claim.publisher, meta.publisher, *claims.publishers, found.site, name, base_of(name)) if each
    ]


def _people(claims: Structured, root: Any) -> frozenset[str]:
    names = [name for claim in claims.articles for name in claim.authors]
    names += [
        node.get("content") or ""
        for node in root.xpath("//meta[@name='author' or @property='article:author' or @name='byl']")[:10]
    ]
    found = {plain(name) for name in names}
    return frozenset(each for name in found if name for each in (name, f"by{name}", f"von{name}", f"par{name}", f"por{name}"))


def _combined(found: _Found, own: Own, is_fit: bool) -> Combined:
    page = found.page
    whole = combine.only_in_body(page, found.claim.body, own) if found.claim.body else ()
    if whole:
        return Combined((), 0.7, ("json-ld body",), whole)
    body = combine.in_body(page, found.claim.body, own) if found.claim.body else None
    ours = frozenset(own.taken)
    lines = extractor.paragraphs(found.root, thorough=False) if is_fit else ()
    theirs = combine.matched(page, lines)
    agreement = combine.alike(page, ours, theirs)
    if is_fit and body is None and agreement < _SURE_ENOUGH:
        again = combine.matched(page, extractor.paragraphs(found.root, thorough=True))
        if combine.alike(page, ours, again) > agreement:
            theirs = again
    return combine.combined(page, own, Votes(ours, theirs, body, combine.is_wider(page, ours, theirs)))


def _day(found: _Found, own: Own, result: Combined, url: str, at: datetime | None) -> Day:
    meta, claim = found.said, found.claim
    texts = [("json-ld", claim.published), *meta.published, *(("json-ld", text) for text in found.claims.dates)]
    claimed = days.claimed([(source, text) for source, text in texts if text], meta.language)
    day = days.near(claimed, _shown_day(found, own, result)) if claimed.day is None or claimed.is_utc else claimed
    if day.day is None:
        day = days.of_address(meta.canonical) if days.of_address(meta.canonical).day else days.of_address(url)
    if day.day is not None and at is not None and day.day > (at + timedelta(days=2)).date():
        return Day()
    return day


def _shown_day(found: _Found, own: Own, result: Combined) -> Day:
    """The day that a line beside the headline or right behind the body names."""
    blocks, language = found.page.blocks, found.said.language
    start = min(result.taken, default=0)
    headline = found.title.block if found.title.block is not None else max(start - 4, 0)
    day = days.written(blocks, headline, start, language, _times(found), _above(found))
    if day.day is not None or not result.taken or day.source:
        return day
    behind = [blocks[number] for number, why in own.why_not.items() if why == "a day" and number > max(result.taken)]
    return days.behind(sorted(behind, key=lambda each: each.number), language)


def _above(found: _Found) -> int:
    """How many of the blocks before the headline stand in the smallest element around it that holds more than the headline."""
    number = found.title.block
    if number is None:
        return 0
    page = found.page
    near = 0
    for element in page.chain(page.blocks[number].element, 8)[1:]:
        before = 0
        while before < 5 and number - before - 1 >= 0 and page.inside(page.blocks[number - before - 1].element, element.number):
            before += 1
        if before == 5:
            break
        near = before
    return near


def _times(found: _Found) -> dict[int, str]:
    """The machine's writing of days in ``<time>`` elements, by the block that shows them; those of alterations left out."""
    by_node: dict[Any, int] = {element.node: element.number for element in found.page.elements}
    first_of: dict[int, list[Block]] = {}
    for block in found.page.blocks:
        first_of.setdefault(block.element, []).append(block)
    times: dict[int, str] = {}
    for node in list(found.root.iter("time"))[:60]:
        stamp = node.get("datetime")
        if not stamp or days.is_altered_name(node.get("class") or ""):
            continue
        outer = node.getparent()
        while outer is not None and outer not in by_node:
            outer = outer.getparent()
        text = plain(node.text_content())
        for block in first_of.get(by_node.get(outer, -1), []):
            if text in block.plain:
                times.setdefault(block.number, stamp)
                break
    return times


def _said_so(found: _Found, own: Own, result: Combined, day: Day, url: str) -> AnyArticle:
    paragraphs = result.whole or tuple(found.page.blocks[number].text for number in result.taken)
    letters = sum(map(weight_of, paragraphs))
    sorted_as = sort_of(url, found.claims, found.said, _shape(found, own, letters, len(paragraphs), result))
    sure = result.agreement * (1.0 if letters >= _SHORT else 0.6) * (1.0 if found.title.block is not None else 0.8)
    sure *= _LESS_SURE.get(sorted_as.sort, 1.0)
    if not sorted_as.sort.is_readable:
        sure = min(sure, _LOST)
    how = f"any site: {found.title.source or 'no'} title, {' and '.join(result.heard) or 'no'} text"
    if sorted_as.sort is not Sort.ARTICLE:
        how += f", a {sorted_as.sort.value}"
    body = Body(found.title.block, result.taken, own.container)
    return AnyArticle(
        title=found.title.text,
        published=day.day,
        publication=titles.decoded(found.claim.publisher or found.said.publisher or found.said.site),
        paragraphs=paragraphs,
        sure=round(sure, 2),
        how=how,
        sorted=sorted_as,
        day_source=day.source,
        images=images_of(found.root, found.page, body, found.said.image, url),
        dropped=leavings.left_out(found.page, own, result.taken),
        site=found.site,
    )


def _shape(found: _Found, own: Own, letters: int, count: int, result: Combined) -> Shape:
    blocks, root = found.page.blocks, found.root
    taken = set(result.taken)
    whole = sum(len(block.text) for block in blocks) or 1
    teasers = (block for block in blocks if block.role & Role.REPEATED and not block.role & Role.CHROME)
    cards = len({_card_around(found.page, block) for block in teasers})
    body = found.page.elements[own.container].node if own.container is not None else None
    near = [
        block.text
        for block in blocks
        if block.number in taken or not block.role & (NO_BODY & ~Role.CHROME & ~Role.FORM & ~Role.SHARE)
    ]
    return Shape(
        letters,
        count,
        cards,
        sum(len(block.text) * block.linked for block in blocks) / whole,
        _count(root.iter("video", "iframe", "object"), 5),
        _count(body.iter("img") if body is not None else (), 50),
        " ".join(near)[:20_000] if letters < LONGEST_STUB else "",
        max((blocks[number].weight for number in taken), default=0),
    )


def _card_around(page: Outline, block: Block) -> int | None:
    return next((each.number for each in page.chain(block.element, 8) if each.number in page.cards), None)


def _count(nodes: Iterable[Any], most: int) -> int:
    count = 0
    for _ in nodes:
        count += 1
        if count >= most:
            break
    return count

"""What is read on a page beside the words of its article, and stands on every page of its kind: headline, byline, captions.

A layout that took such lines for paragraphs would report each new caption as an edit, so samples are known without them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from monitor.article import fold
from monitor.parsing.proposing.samples import Sample
from monitor.parsing.proposing.titles import affixes, bare
from monitor.parsing.trees import MatchedTree, Node

CAPTION = "figcaption"
_SAID = re.compile(r"caption|credit", re.IGNORECASE)
_MARK = re.compile(r"^(?:[▲△▼▽◀▶]|\[사진|사진 ?[=:])")
_BOXES = ("figure", "table")  # a small one with a picture in it holds that and its caption
_MOST, _OUTER = 40, 6  # pictures of a page that are looked at, and elements around each
_LONGEST = 300  # characters of a caption
_BYLINE = re.compile(
    r"^(?:by|von|par)\s+[A-Z\w]|^(?:posted|published|updated|written)\b|(?:입력|수정|등록)\s*[:：]|기자\s*$|기자 ?="
    r"|\b(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}\b",
    re.IGNORECASE,
)
_LONGEST_BYLINE = 100
_HEAD = 4  # first paragraphs, among which a headline or byline stands
_MANY = 3  # samples on all of which a paragraph is none of the article's


def cleaned(samples: Sequence[Sample]) -> list[Sample]:
    """The samples without paragraphs that are headline, byline or caption, or that stand on all of them."""
    around = affixes([sample.title for sample in samples])
    counted = Counter(p for sample in samples for p in set(sample.paragraphs))
    common = {p for p, count in counted.items() if count == len(samples) >= _MANY}
    return [_cleaned(sample, common | {sample.title, bare(sample.title, around)}) for sample in samples]


def _cleaned(sample: Sample, known: set[str]) -> Sample:
    apart = known | captions(sample.tree)
    kept = [p for at, p in enumerate(sample.paragraphs) if not (p in apart or is_caption(p) or (at < _HEAD and is_byline(p)))]
    return replace(sample, paragraphs=tuple(kept)) if 0 < len(kept) < len(sample.paragraphs) else sample


def is_byline(paragraph: str) -> bool:
    """Whether a paragraph is a line of who wrote, and when."""
    is_short = len(paragraph) <= _LONGEST_BYLINE and not paragraph.endswith((".", "!", "?", "”", '"'))
    return is_short and _BYLINE.search(paragraph) is not None


def warnings(title: str, paragraphs: Sequence[str]) -> Iterator[str]:
    """What of a text is hardly its words, in sentences."""
    if any(fold(p) == fold(title) for p in paragraphs[:_HEAD]):
        yield "the headline stands in the text, too"
    if any(is_byline(p) for p in paragraphs[:_HEAD]):
        yield "a byline stands in the text"


def captions(tree: MatchedTree) -> set[str]:
    """The paragraphs of a page that stand below its pictures."""
    return {p for node in caption_nodes(tree) for p in tree.paragraphs(node)}


def caption_nodes(tree: MatchedTree) -> Iterable[Node]:
    """The elements of a page that hold the caption of a picture, and nothing else in words."""
    yield from tree.select(CAPTION)
    yield from (node for node in tree.select("[class]") if _is_called(node) and _is_short(tree, node))
    for picture in tree.select("img")[:_MOST]:
        outer = picture.getparent()
        for _ in range(_OUTER):
            if outer is None or not isinstance(outer.tag, str):
                break
            text = tree.text(outer)
            if text and (len(text) > _LONGEST or outer.tag in _BOXES):
                break
            outer = outer.getparent()
        if outer is not None and outer.tag in _BOXES and _is_short(tree, outer):
            yield outer


def is_caption(paragraph: str) -> bool:
    """Whether a paragraph begins like the caption of a picture."""
    return len(paragraph) <= _LONGEST and _MARK.search(paragraph) is not None


def _is_called(node: Node) -> bool:
    return _SAID.search(node.get("class") or "") is not None


def _is_short(tree: MatchedTree, node: Node) -> bool:
    return 0 < len(tree.text(node)) <= _LONGEST

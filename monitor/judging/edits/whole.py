"""An article judged as a whole: emptied, swapped for another page's text, or rewritten."""

from __future__ import annotations

from collections import Counter

from monitor.article import Article
from monitor.judging.edits import sentences
from monitor.judging.edits.tokens import squashed
from monitor.judging.likeness import dice

_NOTICE = 15  # words that a notice in place of a text has at most
_TIMES = 3  # so many times as long was the text that was emptied
_LIKE_OTHER = 0.8  # likeness to another page's text from which a text is that page's
_UNLIKE = 0.6  # ... while it is less like its own before
# Likeness of a text's sentences to the likest ones on the other side, on average, by the words that no fact is made of: names
# and figures stay in a new translation. 0.2 to 0.46 in new translations of one report, 0.74 and more in reports that were
# edited throughout (the eight of KCNA of 2024 that it was measured on).
_REWRITTEN = 0.6
_STAYS = 0.25  # share of a rewritten text that may stand in sentences that are the same
_LIKE = 0.75  # likeness of all their words from which two texts are not asked further
_SHORT = 100  # bytes a text has at least to be called rewritten: some fifteen words, also in scripts of few letters
_MANY = 40_000  # sentences by sentences, beyond which the texts are compared as a whole


def body(article: Article) -> str:
    """The paragraphs, one a line."""
    return "\n".join(article.paragraphs)


def is_emptied(before: Article, after: Article) -> bool:
    """Whether nothing is left, or one line that says nothing of what stood there."""
    if len(after.paragraphs) > 1 or sum(map(len, after.paragraphs)) > 300:
        return False
    old, new = sentences.words(body(before)), sentences.words(body(after))
    if not old.total() or new.total() > _NOTICE or new.total() * _TIMES > old.total():
        return False
    line = body(after)
    if not new:
        return True
    is_from_it = (new & old).total() >= 0.6 * new.total()
    ends = line.rstrip("\"'”’)")[-1:] in (".", "!", "?", "。", "…")
    return not (is_from_it and ends)


def is_swapped(before: Article, after: Article, other: Article | None) -> bool:
    """Whether the text is now that of another page."""
    if other is None or not after.paragraphs:
        return False
    new, theirs = sentences.words(body(after)), sentences.words(body(other))
    own = sentences.words(body(before))
    return sentences.likeness(new, theirs) >= _LIKE_OTHER and sentences.likeness(own, new) < _UNLIKE


def is_rewritten(before: Article, after: Article) -> bool:
    """Whether the text was newly worded throughout: hardly a word of it stands in a sentence that stays."""
    same = sum(map(len, set(before.paragraphs) & set(after.paragraphs)))
    if same > _STAYS * max(sum(map(len, before.paragraphs)), sum(map(len, after.paragraphs))):
        return False
    if sentences.likeness(sentences.words(body(before)), sentences.words(body(after))) > _LIKE:
        return False
    old = [each.text for each in sentences.split(body(before))]
    new = [each.text for each in sentences.split(body(after))]
    bags = Counter(map(squashed, old)) & Counter(map(squashed, new))
    sizes = [len(text) for text in old], [len(text) for text in new]
    is_short = min(len(whole.encode("utf-8", "replace")) for whole in (body(before), body(after))) < _SHORT
    if is_short or sum(len(text) * count for text, count in bags.items()) > _STAYS * max(map(sum, sizes)):
        return False
    return min(_likeness(old, new), _likeness(new, old)) < _REWRITTEN


def _likeness(old: list[str], new: list[str]) -> float:
    """How like the sentences of one text are to the likest ones of the other, on average by length."""
    if len(old) * len(new) > _MANY:
        return sentences.likeness(sentences.words("\n".join(old)), sentences.words("\n".join(new)))
    others = [_plain(text) for text in new]
    bags = [_plain(text) for text in old]
    best = [max(dice(bag, other) for other in others) * len(text) for bag, text in zip(bags, old, strict=True)]
    return sum(best) / sum(map(len, old))


def _plain(text: str) -> frozenset[str]:
    """The words of a sentence without those in capitals and the figures."""
    return frozenset(word for word in sentences.tokens(text) if not (word[0].isupper() or word[0].isdigit()))

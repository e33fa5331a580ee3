"""What is left of a changed run when its facts are explained: words that came, went, or stand in the place of others."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.judging.edits import spelling
from monitor.judging.edits.pairing import Run
from monitor.judging.edits.taking import is_address, is_particle, left
from monitor.judging.edits.tokens import Sort, Token
from monitor.model import Edit, EditClass

_STANDS = 2  # common words that may stand in the place of a fact
_ARTICLES = frozenset({"a", "an", "the"})
_AUXILIARIES = frozenset({"is", "are", "was", "were", "has", "have", "do", "does"})


def explain(run: Run, whole: tuple[str, str], facts: Sequence[Edit], is_in_quote: bool) -> None:
    """Finds the cut, addition or rewording that a run bears beside its ``facts``. ``whole`` is the text of both sides."""
    old, new = left(run.old), left(run.new)
    if _only_follows(old, new, whole, facts):
        return
    what = EditClass.WORDING
    if not (old or new):
        if not (run.old or run.new) or facts or run.found:
            return
    elif not all(is_address(token) for token in (*old, *new)):
        what = _gone_or_come(run, old, new)
    if what is not EditClass.WORDING or not is_in_quote:
        run.found.append(Edit(what, *whole))


def _only_follows(old: Sequence[Token], new: Sequence[Token], whole: tuple[str, str], facts: Sequence[Edit]) -> bool:
    """Whether the words only follow a fact that changed."""
    if not facts:
        return False
    if all(whole) and 0 < len(old) + len(new) <= _STANDS and not (old and new):
        return True  # a common word in the place of a name or number: the company, several
    if not (old and new):
        return False
    if any(edit.what is EditClass.NUMBER for edit in facts) and not any(token.lead for token in (*old, *new)):
        return True  # what is written onto the figure: 3년, 30개월
    return len(old) == len(new) and _are_forms(old, new)  # people were, person was


def _gone_or_come(run: Run, old: Sequence[Token], new: Sequence[Token]) -> EditClass:
    if old and not new and _is_gone(run.new, run.old):
        return EditClass.CUT
    if new and not old and _is_gone(run.old, run.new):
        return EditClass.ADDITION
    if old and new and len(old) != len(new) and _is_shortened(*sorted((run.old, run.new), key=lambda side: len(left(side)))):
        return EditClass.CUT if len(old) > len(new) else EditClass.ADDITION
    return EditClass.WORDING


def _is_shortened(few: Sequence[Token], many: Sequence[Token]) -> bool:
    """Whether all words of one side stand on the other in some form, so that only the others came or went."""
    others, words = iter(left(many)), {token.key for token in many}
    if any(t.sort is Sort.FUNCTION and t.key not in words | _ARTICLES | _AUXILIARIES and not is_particle(t) for t in few):
        return False
    return all(any(_are_forms([token], [other]) for other in others) for token in left(few))


def _are_forms(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether words are the same ones, or forms of them."""
    return all(a.key == b.key or spelling.is_form(a.key, b.key) for a, b in zip(old, new, strict=True))


def _is_gone(instead: Sequence[Token], words: Sequence[Token]) -> bool:
    """Whether nothing stands in the place of words: nothing at all, or an article, a particle, another form of an auxiliary."""
    has_auxiliary = any(token.key in _AUXILIARIES for token in words)
    return len(instead) <= 1 and all(
        token.key in _ARTICLES or is_particle(token) or (has_auxiliary and token.key in _AUXILIARIES) for token in instead
    )

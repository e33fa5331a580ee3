"""Denials, and who is said to have said it, in a changed run."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.judging.edits import spelling
from monitor.judging.edits.lexicon import english, first_of_line, korean
from monitor.judging.edits.pairing import Run
from monitor.judging.edits.taking import ONE_BY_ONE, drop, left, of, take, text
from monitor.judging.edits.tokens import Sort, Token
from monitor.model import Edit, EditClass

_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis", "non-", "不", "불", "비", "미", "무", "부")
_AUXILIARIES = frozenset(["have", "has", "had", "also", "later", "then"])
_CORE = frozenset({
    "say", "claim", "allege", "deny", "admit", "acknowledge", "insist", "argue",
    "assert", "concede", "accuse",
    "말하", "밝히", "주장하", "지적하", "강조하", "전하", "덧붙이",
    "하", "전해지", "부인하", "인정하", "시인하", "언급하", "따르면", "알려지", "说", "表示", "称",
})  # fmt: skip
# Who says it stands behind these.
_WITH_SPEAKER = frozenset(["according", "laut", "selon", "angaben", "teilte", "teilten", "reportedly", "allegedly"])
_IN_A_CLAUSE = frozenset(["would", "will", "could", "might", "had", "has", "have", "was", "were", "is", "are"])
_ADVERBS = frozenset(["later", "then", "again", "earlier", "first", "once", "soon", "now"])
_SPEAKER = 6  # words that may come and go with a verb of saying
_AFTER = 2  # ... behind it: who was told, where; more of them are what was said
_TELL, _TOLD = "tell", 3  # words for who was told, at most
_NOUNS = 1  # words for who says it that may change with the verb
_OTHER_WORDS = 4


def denials(run: Run, phrases: tuple[str, str]) -> None:
    """Takes denials that came or went; two that cancel each other are other words. ``phrases`` are the evidence."""
    old, new = of(run.old, Sort.DENIAL), of(run.new, Sort.DENIAL)
    prefixed = [
        (one, other)
        for one in of(run.old, Sort.WORD)[:12]
        for other in of(run.new, Sort.WORD)[:12]
        if _is_prefixed(one.key, other.key) or _is_prefixed(other.key, one.key)
    ]
    balance = len(old) - len(new) + sum(1 if len(one.key) > len(other.key) else -1 for one, other in prefixed)
    both = [*old, *(one for one, _ in prefixed)], [*new, *(other for _, other in prefixed)]
    if min(len(of(run.old, Sort.WORD)), len(of(run.new, Sort.WORD))) >= _OTHER_WORDS:
        return  # a sentence in quite other words
    if balance % 2 and _is_outweighed(*((run.new, run.old) if balance > 0 else (run.old, run.new))):
        return
    if balance % 2 == 0:
        is_said = bool(of(run.old, Sort.SAYING)) != bool(of(run.new, Sort.SAYING))
        if is_said and [t.text[0] for t in old] == [t.text[0] for t in new]:
            drop(run, old, new)  # 없는 것으로 전해졌다, 없다
            return
        if both[0] or both[1]:
            take(run, EditClass.WORDING, *both)
        return
    run.found.append(Edit(EditClass.NEGATION, *phrases))
    drop(run, *both)
    opposites = english().words["opposites"] | korean().words["existing"]
    drop(run, [t for t in run.old if t.key in opposites], [t for t in run.new if t.key in opposites])
    _drop_forms(run)
    if len(left(run.old)) <= 1 and len(left(run.new)) <= 1 and _is_hangul(run):
        drop(run, left(run.old), left(run.new))  # the verb that was denied, or what stands for it


def _is_outweighed(side: Sequence[Token], denied: Sequence[Token]) -> bool:
    """Whether a word that half denies stands on the one side for the denial on the other: ``failed to``, ``did not``."""
    weak = [token for token in side if token.key in english().words["weak-denials"]]
    return any(not any(spelling.is_form(token.key, other.key) for other in denied) for token in weak)


def _is_hangul(run: Run) -> bool:
    return any("가" <= token.text[0] <= "힣" for token in (*run.old, *run.new))


def _drop_forms(run: Run) -> None:
    """Takes a verb that only changed its form with what was explained."""
    for one in run.old[:ONE_BY_ONE]:
        for other in run.new[:ONE_BY_ONE]:
            if one in run.old and other in run.new and spelling.is_form(one.key, other.key):
                drop(run, [one], [other])
                break


def _drop_stems(run: Run) -> None:
    """Takes a Korean verb whose ending follows a verb of saying that came or went: 난 것으로 알려졌다, 났다."""
    old, new = left(run.old), left(run.new)
    words = [[t for t in side if t.sort is Sort.WORD] for side in (old, new)]
    if len(words[0]) == len(words[1]) == 1 and spelling.jamo(words[0][0].text)[:2] == spelling.jamo(words[1][0].text)[:2]:
        drop(run, words[0], words[1])


def _is_prefixed(long: str, short: str) -> bool:
    return len(short) > 1 and any(long == prefix + short for prefix in _PREFIXES) and (len(short) > 3 or not short.isascii())


def sayings(run: Run, original: tuple[list[Token], list[Token]]) -> None:
    """Takes verbs of saying that came, went or changed, and a speaker who changed."""
    old, new = of(run.old, Sort.SAYING), of(run.new, Sort.SAYING)
    lemmas = {_lemma(t) for t in old}, {_lemma(t) for t in new}
    if old and new and lemmas[0] == lemmas[1]:
        if any(edit.what is EditClass.NEGATION for edit in run.found):
            drop(run, old, new)  # did not say, said
        return
    if (old and new) or any(_is_sure(t) for t in (*old, *new)):
        _drop_taken(run, old, new)
        return
    if not (old or new) and not any(edit.what is EditClass.NEGATION for edit in run.found) and _is_speaker(run, original):
        run.found.append(Edit(EditClass.ATTRIBUTION, text(run.old) or text(original[0]), text(run.new) or text(original[1])))
        drop(run, left(run.old), left(run.new))


def _drop_taken(run: Run, old: list[Token], new: list[Token]) -> None:
    """The verb of saying, and with it who says, where it comes or goes."""
    if old and new:
        nouns = left(run.old), left(run.new)
        sizes = [len(each) for each in nouns]
        small = min(sizes) > 1 and max(sizes) <= 1 + _NOUNS
        is_told = _TELL in (_lemma(old[0]), _lemma(new[0])) and min(sizes) == 1 and max(sizes) <= 1 + _TOLD
        take(run, EditClass.ATTRIBUTION, *((run.old, run.new) if small or is_told else (old, new)))
        return
    side, other = (run.old, run.new) if old else (run.new, run.old)
    words = len([t for t in left(side) if t.sort is Sort.WORD]), len(left(other))
    if words[1]:  # another verb in its place: who says it is the same, or is not asked
        if _is_hangul(run):
            _drop_forms(run)
            _drop_stems(run)
        if _lemma((old or new)[0]) in _CORE or not left(other if other is run.old else run.new):
            replaced = words[1] == 1 and not words[0]
            take(run, EditClass.ATTRIBUTION, old or left(run.old) * replaced, new or left(run.new) * replaced)
        return
    if words[0] <= _SPEAKER and not _holds_what_was_said(side, old or new):
        take(run, EditClass.ATTRIBUTION, run.old, run.new)
    else:
        take(run, EditClass.ATTRIBUTION, old, new)


def _holds_what_was_said(side: Sequence[Token], verbs: Sequence[Token]) -> bool:
    """Whether more came or went than who says it: ``the club said he would miss the rest of the season``."""
    verb = next(
        (token for token in verbs if token.key in english().words["sure-sayings"] and token.key not in _WITH_SPEAKER), None
    )
    if verb is None:
        return False
    behind = [token for token in side if token.at > verb.at]
    return any(t.key in _IN_A_CLAUSE for t in behind) or len([t for t in left(behind) if t.sort is Sort.WORD]) > _AFTER


def _lemma(token: Token) -> str:
    return first_of_line("english", "sayings").get(token.key, token.key)


def _is_sure(token: Token) -> bool:
    return token.key in english().words["sure-sayings"] or not token.text.isascii()


def _is_speaker(run: Run, original: tuple[list[Token], list[Token]]) -> bool:
    """Whether what changed is who says it."""
    old, new = original
    if not all(_nouns(tokens) or _is_pronoun(tokens) for tokens in original):
        return False
    if not (_nouns(run.old) or _nouns(run.new) or any(edit.what is EditClass.NAME for edit in run.found)):
        return False
    if (_is_pronoun(old) and _is_pronoun(new)) or _is_named(run, original) or any(_is_adverb(tokens[-1]) for tokens in original):
        return False
    return all(
        any(token.at in says and (token.sort is not Sort.FUNCTION or _is_pronoun([token])) for token in side)
        for says, side in zip(run.says, original, strict=True)
    )


def _is_named(run: Run, original: tuple[list[Token], list[Token]]) -> bool:
    """Whether somebody is only called otherwise: by a pronoun instead of the name, by another office or trade."""
    names = [edit for edit in run.found if edit.what is EditClass.NAME]
    is_name = bool(names)
    if any(_is_part(edit.before, edit.after) or _is_part(edit.after, edit.before) for edit in names):
        return True
    after = run.after[1]
    is_described = not is_name and after is not None and after.sort is Sort.NAME and after.lead == " "
    if is_described or any(edit.what is EditClass.TITLE_OF_PERSON for edit in run.found):
        return True
    return is_name and any(_is_pronoun(tokens) for tokens in original)


def _is_part(short: str, long: str) -> bool:
    """Whether a name is the beginning or end of another: Banda, Leo Banda; 박, 박성민."""
    return bool(short) and short != long and (f" {long}".endswith(f" {short}") or long.startswith(short))


def _is_adverb(token: Token) -> bool:
    return token.sort is Sort.WORD and (token.key.endswith("ly") or token.key in _ADVERBS)


def _nouns(tokens: Sequence[Token]) -> bool:
    return any(token.sort in (Sort.WORD, Sort.NAME, Sort.TITLE) for token in tokens)


def _is_pronoun(tokens: Sequence[Token]) -> bool:
    pronouns = english().words["pronouns"] | korean().words["pronouns"]
    return any(token.key in pronouns for token in tokens)

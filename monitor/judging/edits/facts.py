"""A changed run explained: facts first, then how it is spelled, then what is left of its words."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.judging.edits import english, numbers, spelling
from monitor.judging.edits.lexicon import chinese, first_of_line, korean
from monitor.judging.edits.lexicon import english as english_lists
from monitor.judging.edits.pairing import Run
from monitor.judging.edits.tokens import Sort, Token, squashed
from monitor.model import Edit, EditClass

_SUBJECT = frozenset({"가", "이", "은", "는", "께서", "께서는", "도", "측은", "측이"})
_SPEAKER = 6  # words that may come and go with a verb of saying
_ORDERS = frozenset({"tell", "tells", "told"})
_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis", "non-", "不", "불", "비", "미", "무", "부")
_OTHER_WORDS = 4


def explain(run: Run, old_text: str, new_text: str, is_in_quote: bool) -> list[Edit]:
    """The edits that a run bears."""
    whole = _cut(run.old, old_text), _cut(run.new, new_text)
    original = list(run.old), list(run.new)
    if _is_typography(run, whole):
        return run.found
    _dates(run)
    _numbers(run)
    had_name = _names(run)
    _spelled(run)
    _titles(run, original, had_name)
    _denials(run, (_around(run, 0, old_text), _around(run, 1, new_text)))
    _sayings(run, original)
    facts = [edit for edit in run.found if edit.what not in (EditClass.TYPOGRAPHY, EditClass.SPELLING)]
    if is_in_quote and (facts or _left(run.old) or _left(run.new) or run.old or run.new):
        run.found.append(Edit(EditClass.QUOTE, *whole))
    _rest(run, whole, facts, is_in_quote)
    return run.found


def _cut(tokens: Sequence[Token], text: str) -> str:
    return text[tokens[0].at : tokens[-1].end] if tokens else ""


def _take(run: Run, what: EditClass, old: Sequence[Token], new: Sequence[Token]) -> None:
    """Explains tokens by one edit."""
    run.found.append(Edit(what, _text(old), _text(new)))
    _drop(run, old, new)


def _drop(run: Run, old: Sequence[Token], new: Sequence[Token]) -> None:
    run.old = [token for token in run.old if token not in old]
    run.new = [token for token in run.new if token not in new]


def _of(tokens: Sequence[Token], *sorts: Sort) -> list[Token]:
    return [token for token in tokens if token.sort in sorts]


def _is_typography(run: Run, whole: tuple[str, str]) -> bool:
    """Whether both sides are the same but for spaces, signs, case, width, or a hyphen."""
    if not (run.old and run.new) or squashed(whole[0]) != squashed(whole[1]) or not squashed(whole[0]):
        return False
    if [t.value for t in _of(run.old, Sort.NUMBER)] != [t.value for t in _of(run.new, Sort.NUMBER)]:
        return False
    hyphened = ("-" in whole[0]) != ("-" in whole[1])
    apart = whole[0].isascii() and (" " in whole[0]) != (" " in whole[1]) and whole[0].casefold() != whole[1].casefold()
    apart = apart and not any(t.sort is Sort.NUMBER for t in run.old)
    run.found.append(Edit(EditClass.SPELLING if hyphened or apart else EditClass.TYPOGRAPHY, *whole))
    return True


# Facts


def _dates(run: Run) -> None:
    old, new = _of(run.old, Sort.DATE), _of(run.new, Sort.DATE)
    if old and new and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            _take(run, EditClass.DATE, [one], [other])
    elif old or new:
        _take(run, EditClass.DATE, old, new)


def _numbers(run: Run) -> None:
    old, new = _of(run.old, Sort.NUMBER), _of(run.new, Sort.NUMBER)
    if not (old and new):  # "one" and "first" alone are hardly numbers
        for token in [each for each in (*old, *new) if english.is_weak(each)]:
            _as_word(run, token)
        old, new = _of(run.old, Sort.NUMBER), _of(run.new, Sort.NUMBER)
    units = _of(run.old, Sort.UNIT), _of(run.new, Sort.UNIT)
    if old and new and not any(units):
        units = _written_on(run.after[0]), _written_on(run.after[1])
    if old and new and _is_converted(old[0], units[0], new[0], units[1]):
        _take(run, EditClass.WORDING, [old[0], *units[0]], [new[0], *units[1]])
        return
    if old and new and len(old) == len(new):
        for at, (one, other) in enumerate(zip(old, new, strict=True)):
            last = at == len(old) - 1
            _take(run, EditClass.NUMBER, [one, *(units[0] if last else [])], [other, *(units[1] if last else [])])
    elif old or new or any(units):
        sides = (old, units[0], 0), (new, units[1], 1)
        one, other = ([*_figure(run.before[at]), *own, *unit, *_figure(run.after[at])] if not old and not new else [*own, *unit] for own, unit, at in sides)
        _take(run, EditClass.NUMBER, one, other)


def _written_on(token: Token | None) -> list[Token]:
    """The sign of a unit right behind a number."""
    return [token] if token is not None and token.sort is Sort.UNIT and not token.lead else []


def _figure(token: Token | None) -> list[Token]:
    """The number beside a unit that changed."""
    return [token] if token is not None and token.sort is Sort.NUMBER else []


def _as_word(run: Run, token: Token) -> None:
    word = Token(Sort.FUNCTION, token.text, token.key, token.lead, token.at)
    run.old = [word if each is token else each for each in run.old]
    run.new = [word if each is token else each for each in run.new]


def _is_converted(old: Token, old_units: Sequence[Token], new: Token, new_units: Sequence[Token]) -> bool:
    if not (old_units and new_units) or old.value is None or new.value is None:
        return False
    one, other = (unit[0].key.removeprefix("unit:") for unit in (old_units, new_units))
    return numbers.is_converted(old.value, one, new.value, other)


def _names(run: Run) -> tuple[bool, bool]:
    old, new = _of(run.old, Sort.NAME), _of(run.new, Sort.NAME)
    if old and new and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            _take(run, EditClass.NAME, [one], [other])
    else:
        for token in old:
            _take(run, EditClass.NAME, [token], [])
        for token in new:
            _take(run, EditClass.NAME, [], [token])
    return bool(old), bool(new)


def _titles(run: Run, original: tuple[list[Token], list[Token]], had_name: tuple[bool, bool]) -> None:
    """Ranks and offices that change at a name that stays; those that go with their name are not told."""
    old, new = (_titled(tokens) for tokens in (run.old, run.new))
    if any(had_name):
        _drop(run, _of(run.old, Sort.TITLE), _of(run.new, Sort.TITLE))
        return
    near = [_is_at_name(tokens, around) for tokens, around in ((original[0], 0), (original[1], 1))]
    around = [each for each in (*run.before, *run.after) if each is not None]
    is_between = bool(run.before[1] and run.after[1]) and run.before[1].sort is Sort.NAME and run.after[1].sort is Sort.TITLE  # type: ignore[union-attr]
    if is_between and not (old or new):
        _take(run, EditClass.TITLE_OF_PERSON, _left(run.old), _left(run.new))
        return
    del near
    is_near = any(token.sort is Sort.NAME for token in around)
    is_near = is_near or (run.after[1] is not None and run.after[1].sort is Sort.TITLE and bool(_ranks(run.old) or _ranks(run.new)))
    if is_near and (old or new):
        _take(run, EditClass.TITLE_OF_PERSON, old, new)


def _is_at_name(tokens: Sequence[Token], side: int) -> bool:
    return any(token.sort is Sort.NAME for token in tokens)


def _titled(tokens: Sequence[Token]) -> list[Token]:
    """The offices and what belongs to them; ranks alone are enough."""
    return [token for token in tokens if token.sort is Sort.TITLE or _is_rank(token)]


def _is_rank(token: Token) -> bool:
    return token.key in english_lists().words["ranks"] or token.text in korean().words["ranks"]


def _ranks(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if _is_rank(token)]


def _spelled(run: Run) -> None:
    """Words that are the same, spelled otherwise."""
    words = (Sort.WORD, Sort.FUNCTION, Sort.SAYING, Sort.TITLE)
    for old in _of(run.old, *words)[:12]:
        for new in _of(run.new, *words)[:12]:
            if _is_contraction(old, new) or (old.key != new.key and len(old.key) > 1 and spelling.is_same_word(old.key, new.key)):
                _take(run, EditClass.SPELLING, [old], [new])
                break


def _is_contraction(old: Token, new: Token) -> bool:
    short = {"'s": ("is", "has"), "'re": ("are",), "'ll": ("will", "shall"), "'ve": ("have",), "'d": ("would", "had"), "'m": ("am",)}
    return new.key in short.get(old.key, ()) or old.key in short.get(new.key, ())


def _denials(run: Run, phrases: tuple[str, str]) -> None:
    old, new = _of(run.old, Sort.DENIAL), _of(run.new, Sort.DENIAL)
    prefixed = [
        (one, other)
        for one in _of(run.old, Sort.WORD)[:12]
        for other in _of(run.new, Sort.WORD)[:12]
        if _is_prefixed(one.key, other.key) or _is_prefixed(other.key, one.key)
    ]
    balance = len(old) - len(new) + sum(1 if len(one.key) > len(other.key) else -1 for one, other in prefixed)
    both = [*old, *(one for one, _ in prefixed)], [*new, *(other for _, other in prefixed)]
    if min(len(_of(run.old, Sort.WORD)), len(_of(run.new, Sort.WORD))) >= _OTHER_WORDS:
        return  # a sentence in quite other words
    if balance % 2 and any(token.key in english_lists().words["weak-denials"] for token in (run.new if balance > 0 else run.old)):
        return
    if balance % 2 == 0:
        if both[0] or both[1]:
            _take(run, EditClass.WORDING, *both)
        return
    run.found.append(Edit(EditClass.NEGATION, *phrases))
    _drop(run, *both)
    opposites = english_lists().words["opposites"] | korean().words["existing"]
    _drop(run, [t for t in run.old if t.key in opposites], [t for t in run.new if t.key in opposites])
    for one in list(run.old):
        for other in list(run.new):
            if one in run.old and (spelling.is_form(one.key, other.key)):
                _drop(run, [one], [other])
                break
    if len(_left(run.old)) <= 1 and len(_left(run.new)) <= 1 and _is_hangul(run):
        _drop(run, _left(run.old), _left(run.new))  # the verb that was denied, or what stands for it


def _is_hangul(run: Run) -> bool:
    return any("가" <= token.text[0] <= "힣" for token in (*run.old, *run.new))


def _around(run: Run, side: int, text: str) -> str:
    """What changed with the word before it and the word after it."""
    first = run.before[side]
    tokens = [*([first] if first is not None and not is_particle(first) else []), *(run.new if side else run.old), *run.after[side : side + 1]]
    found = [token for token in tokens if token is not None]
    return " ".join(text[found[0].at : found[-1].end].split()) if found else ""


def _is_prefixed(long: str, short: str) -> bool:
    return len(short) > 1 and any(long == prefix + short for prefix in _PREFIXES) and (len(short) > 3 or not short.isascii())


def _sayings(run: Run, original: tuple[list[Token], list[Token]]) -> None:
    old, new = _of(run.old, Sort.SAYING), _of(run.new, Sort.SAYING)
    lemmas = {_lemma(t) for t in old}, {_lemma(t) for t in new}
    if old and new and lemmas[0] == lemmas[1]:
        return
    if (old or new) and any(_is_sure(t) for t in (*old, *new)):
        _drop_taken(run, old, new)
        return
    if not (old or new) and not any(edit.what is EditClass.NEGATION for edit in run.found) and _is_speaker(run, original):
        run.found.append(Edit(EditClass.ATTRIBUTION, _text(run.old) or _text(original[0]), _text(run.new) or _text(original[1])))
        _drop(run, _left(run.old), _left(run.new))


def _drop_taken(run: Run, old: list[Token], new: list[Token]) -> None:
    """The verb of saying, and with it who says, where it comes or goes."""
    if old and new:
        _take(run, EditClass.ATTRIBUTION, old, new)
        return
    side, other = (run.old, run.new) if old else (run.new, run.old)
    words = len([t for t in _left(side) if t.sort is Sort.WORD]), len(_left(other))
    if words[1]:  # another verb in its place: who says it is the same, or is not asked
        if (old or new)[0].key not in _ORDERS:
            replaced = words[1] == 1 and not words[0]
            _take(run, EditClass.ATTRIBUTION, old or _left(run.old) * replaced, new or _left(run.new) * replaced)
        return
    if words[0] <= _SPEAKER:
        _take(run, EditClass.ATTRIBUTION, run.old, run.new)
    else:
        _take(run, EditClass.ATTRIBUTION, old, new)


def _lemma(token: Token) -> str:
    return first_of_line("english", "sayings").get(token.key, token.key)


def _is_sure(token: Token) -> bool:
    return token.key in english_lists().words["sure-sayings"] or not token.text.isascii()


def _is_speaker(run: Run, original: tuple[list[Token], list[Token]]) -> bool:
    """Whether what changed is who says it: a noun before or after a verb of saying, or after "according to"."""
    old, new = original
    if not (_nouns(old) and _nouns(new)):
        return False
    if not (_nouns(run.old) or _nouns(run.new) or any(edit.what is EditClass.NAME for edit in run.found)):
        return False
    if _is_pronoun(old) or _is_pronoun(new):
        return False
    after, before = run.after[1], run.before[1]
    if after is not None and _is_verb_of(after, new):
        return True
    is_inverted = before is not None and before.sort is Sort.SAYING and any(c in before.lead for c in ",”\"»")
    return is_inverted or run.is_attributed


def _is_verb_of(token: Token, subject: Sequence[Token]) -> bool:
    if token.sort is not Sort.SAYING or not _is_sure(token) or any(c in token.lead for c in ",;:."):
        return False
    return token.text.isascii() or subject[-1].text in _SUBJECT


def _nouns(tokens: Sequence[Token]) -> bool:
    return any(token.sort in (Sort.WORD, Sort.NAME, Sort.TITLE) for token in tokens)


def _is_pronoun(tokens: Sequence[Token]) -> bool:
    pronouns = english_lists().words["pronouns"] | korean().words["pronouns"]
    return any(token.key in pronouns for token in tokens)


def _text(tokens: Sequence[Token]) -> str:
    return "".join((" " if at and token.lead else "") + token.text for at, token in enumerate(tokens))


# What is left


def _left(tokens: Sequence[Token]) -> list[Token]:
    """The words that say something."""
    return [token for token in tokens if token.sort is not Sort.FUNCTION]


def _rest(run: Run, whole: tuple[str, str], facts: Sequence[Edit], is_in_quote: bool) -> None:
    old, new = _left(run.old), _left(run.new)
    if old and not new and _is_gone(run.old, run.new):
        run.found.append(Edit(EditClass.CUT, whole[0], whole[1]))
    elif new and not old and _is_gone(run.new, run.old):
        run.found.append(Edit(EditClass.ADDITION, whole[0], whole[1]))
    elif old or new:
        if not is_in_quote:
            run.found.append(Edit(EditClass.WORDING, *whole))
    elif (run.old or run.new) and not facts and not is_in_quote and not run.found:
        run.found.append(Edit(EditClass.WORDING, *whole))


def _is_gone(tokens: Sequence[Token], instead: Sequence[Token]) -> bool:
    """Whether nothing stands in the place of words: nothing at all, or fewer words of grammar than there were words."""
    pronouns = english_lists().words["pronouns"] | korean().words["pronouns"]
    return not any(token.key in pronouns for token in instead) and len(instead) < len(_left(tokens)) + 1 and len(instead) <= 1


def is_particle(token: Token) -> bool:
    """Whether a token is a Korean particle or ending, or a Chinese one: it follows what stands before it."""
    return token.sort is Sort.FUNCTION and (("가" <= token.text[0] <= "힣" and not token.lead) or token.text in chinese().words["particles"])

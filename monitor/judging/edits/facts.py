"""A changed run explained: facts first, then how it is spelled, then what is left of its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from monitor.judging.edits import english, leftover, names_alike, numbers, speech, spelling
from monitor.judging.edits.lexicon import english as english_lists
from monitor.judging.edits.lexicon import korean, values
from monitor.judging.edits.pairing import Run
from monitor.judging.edits.taking import ONE_BY_ONE, drop, is_address, is_particle, left, of, take
from monitor.judging.edits.tokens import Sort, Token, as_sort, squashed
from monitor.model import Edit, EditClass

_RESULT = re.compile(r"\d{1,3}(?:[-–:/]\d{1,3})+")
_FIGURES = re.compile(r"\d+")
_APPOSITION = 9  # words of an office behind a name
_ORDINALS = frozenset({"first", "second", "third", "1st", "2nd", "3rd"})


def explain(run: Run, old_text: str, new_text: str, is_in_quote: bool) -> None:
    """Finds the edits that a run bears."""
    whole = _cut(run.old, old_text), _cut(run.new, new_text)
    original = list(run.old), list(run.new)
    if _is_typography(run, whole):
        return
    _dates(run)
    _numbers(run)
    _apposition(run)
    _bodies(run)
    run.old, run.new = names_alike.people(run.old, run.new)
    had_name = _names(run)
    _spelled(run)
    _titles(run, had_name)
    speech.denials(run, (_around(run, 0, old_text), _around(run, 1, new_text)))
    if any(edit.what is EditClass.NEGATION for edit in run.found):  # isn't, 's
        run.found = [edit for edit in run.found if edit.what is not EditClass.SPELLING or "'" not in edit.before + edit.after]
    speech.sayings(run, original)
    facts = [edit for edit in run.found if edit.what not in (EditClass.TYPOGRAPHY, EditClass.SPELLING)]
    if is_in_quote and (facts or left(run.old) or left(run.new) or run.old or run.new):
        run.found.append(Edit(EditClass.QUOTE, *whole))
    leftover.explain(run, whole, facts, is_in_quote)
    if is_in_quote:
        run.found = [edit for edit in run.found if edit.what is not EditClass.WORDING]


def _cut(tokens: Sequence[Token], text: str) -> str:
    return text[tokens[0].at : tokens[-1].end] if tokens else ""


def _is_typography(run: Run, whole: tuple[str, str]) -> bool:
    """Whether both sides are the same but for spaces, signs, case, width, or a hyphen."""
    if not (run.old and run.new) or squashed(whole[0]) != squashed(whole[1]) or not squashed(whole[0]):
        return False
    if any(c.isdigit() for c in whole[0]) and not _are_same_figures(run, whole):
        return False
    hyphened = ("-" in whole[0]) != ("-" in whole[1]) and not whole[0][0].isdigit()
    apart = whole[0].isascii() and whole[0].count(" ") != whole[1].count(" ") and whole[0].casefold() != whole[1].casefold()
    apart = apart and not any(t.sort is Sort.NUMBER for t in run.old)
    run.found.append(Edit(EditClass.SPELLING if hyphened or apart else EditClass.TYPOGRAPHY, *whole))
    return True


def _are_same_figures(run: Run, whole: tuple[str, str]) -> bool:
    """Whether figures have one value, or are the figures of one result with another sign between them: 7-3, 7/3."""
    values = [[t.value for t in of(tokens, Sort.NUMBER)] for tokens in (run.old, run.new)]
    is_result = all(_RESULT.fullmatch(text) for text in whole)
    return values[0] == values[1] or (is_result and len({tuple(_FIGURES.findall(text)) for text in whole}) == 1)


# Facts


def _dates(run: Run) -> None:
    old, new = of(run.old, Sort.DATE), of(run.new, Sort.DATE)
    if len(old) == len(new) <= ONE_BY_ONE and old:
        for one, other in zip(old, new, strict=True):
            take(run, EditClass.DATE, [one], [other])
    elif old or new:
        take(run, EditClass.DATE, old, new)


def _numbers(run: Run) -> None:
    _native_numbers(run)
    old, new = of(run.old, Sort.NUMBER), of(run.new, Sort.NUMBER)
    if not (old and new):  # "one" and "first" alone are hardly numbers
        is_alone = len(left(run.old)) + len(left(run.new)) == 1  # hundreds of strikers
        for token in [each for each in (*old, *new) if english.is_weak(each) and not (is_alone and each.key.endswith("00"))][
            :ONE_BY_ONE
        ]:
            _as_word(run, token)
        old, new = of(run.old, Sort.NUMBER), of(run.new, Sort.NUMBER)
    units = of(run.old, Sort.UNIT), of(run.new, Sort.UNIT)
    if old and new and not any(units):
        units = _written_on(run.after[0]), _written_on(run.after[1])
    if old and new and _is_converted(old[0], units[0], new[0], units[1]):
        take(run, EditClass.WORDING, [old[0], *units[0]], [new[0], *units[1]])
        return
    if len(old) == len(new) <= ONE_BY_ONE and old:
        for one, other in zip(old[:-1], new[:-1], strict=True):
            take(run, EditClass.NUMBER, [one], [other])
        take(run, EditClass.NUMBER, [old[-1], *units[0]], [new[-1], *units[1]])
    elif old or new:
        take(run, EditClass.NUMBER, [*old, *units[0]], [*new, *units[1]])
    elif any(units):
        before = [*_figure(run.before[0]), *units[0], *_figure(run.after[0])]
        take(run, EditClass.NUMBER, before, [*_figure(run.before[1]), *units[1], *_figure(run.after[1])])


def _native_numbers(run: Run) -> None:
    """Korean number words count where another stands in their place, whatever they count: 한 주민, 두 주민."""
    native = values("korean", "native-numbers")
    if all(any(token.text in native and token.sort is not Sort.FUNCTION for token in side) for side in (run.old, run.new)):
        run.old, run.new = (
            [as_sort(t, Sort.NUMBER) if t.sort is Sort.WORD and t.text in native else t for t in side]
            for side in (run.old, run.new)
        )


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


def _names(run: Run) -> bool:
    old, new = of(run.old, Sort.NAME), of(run.new, Sort.NAME)
    if len(old) == len(new) <= ONE_BY_ONE:
        run.found += [Edit(EditClass.NAME, one.text, other.text) for one, other in zip(old, new, strict=True)]
    else:
        run.found += [Edit(EditClass.NAME, token.text, "") for token in old[:ONE_BY_ONE]]
        run.found += [Edit(EditClass.NAME, "", token.text) for token in new[:ONE_BY_ONE]]
    drop(run, old, new)
    return bool(old or new)


def _apposition(run: Run) -> None:
    """An office with the body it belongs to, behind a name that stays: ``Pak Pong Ju, a member of the Presidium, …``."""
    side, before = (run.old, run.before[0]) if run.old else (run.new, run.before[1])
    if (run.old and run.new) or before is None or before.sort is not Sort.NAME or not 0 < len(side) <= _APPOSITION:
        return
    if "," in side[0].lead and of(side, Sort.TITLE) and not of(side, Sort.SAYING, Sort.NUMBER, Sort.DATE, Sort.DENIAL):
        take(run, EditClass.TITLE_OF_PERSON, run.old, run.new)


def _bodies(run: Run) -> None:
    """The body or place within an office at a name that stays is part of the office: ``UN chief``, 한국은행 총재."""
    before, after = run.before[1], run.after[1]
    is_between = before is not None and after is not None and before.sort is Sort.NAME and after.sort is Sort.TITLE
    is_before = after is not None and after.sort is Sort.NAME and after.lead in (" ", "")
    if is_between or is_before:
        run.old, run.new = (_with_bodies(tokens, is_between=is_between) for tokens in (run.old, run.new))


def _with_bodies(tokens: list[Token], *, is_between: bool) -> list[Token]:
    ends = [token.sort is Sort.TITLE and token.lead == " " for token in tokens[1:]] + [is_between]
    return [
        as_sort(token, Sort.TITLE) if token.sort is Sort.NAME and end else token for token, end in zip(tokens, ends, strict=False)
    ]


def _titles(run: Run, had_name: bool) -> None:
    """Ranks and offices that change at a name that stays; those that go with their name are not told."""
    old, new = (_titled(tokens) for tokens in (run.old, run.new))
    if had_name or any(is_address(token) for token in (*run.old, *run.new)):
        drop(run, of(run.old, Sort.TITLE), of(run.new, Sort.TITLE))
        return
    around = [each for each in (*run.before, *run.after) if each is not None]
    before, after = run.before[1], run.after[1]
    is_between = before is not None and after is not None and before.sort is Sort.NAME and after.sort is Sort.TITLE
    if is_between and not (old or new):
        _rank(run)
        return
    is_near = any(token.sort is Sort.NAME for token in around) or _is_office_ahead(run) or _is_in_apposition(run)
    if not (old or new) and _is_office_next(run):
        _rank(run)
        return
    if is_near and (old or new):
        sides = _with_epithet(run.old, old), _with_epithet(run.new, new)
        take(run, EditClass.TITLE_OF_PERSON, *sides)


def _rank(run: Run) -> None:
    """Words before an office: ``vice-premier`` for ``first vice-premier``. Words of grammar are no rank, but an ordinal is."""
    old, new = left(run.old), left(run.new)
    if not (old or new):
        old, new = ([token for token in side if token.text.casefold() in _ORDINALS] for side in (run.old, run.new))
    if old or new:
        take(run, EditClass.TITLE_OF_PERSON, old, new)


def _is_office_ahead(run: Run) -> bool:
    """Whether an office with its name follows, at once or behind what belongs to it: rescue chief Orhan Celik."""
    for at, (office, name) in enumerate(pairwise(run.ahead)):
        if at and office.lead not in (" ", "-"):
            return False
        if name.sort is Sort.NAME:
            return office.sort is Sort.TITLE or _is_rank(office)
        if office.sort not in (Sort.WORD, Sort.TITLE):
            return False
    return False


def _is_in_apposition(run: Run) -> bool:
    """Whether an office follows that stands behind its name, between commas: Ron Day, the police chief."""
    office = next((token for token in run.ahead if token.sort is not Sort.WORD or any(c in ",;:" for c in token.lead)), None)
    if office is None or office.sort is not Sort.TITLE or "," in office.lead:
        return False
    behind = run.behind
    return len(behind) > 1 and behind[-2].sort is Sort.NAME and "," in behind[-1].lead and behind[-1].sort is Sort.FUNCTION


def _is_office_next(run: Run) -> bool:
    """Whether words changed that belong to the office behind them: Environment Minister Nora Quinn."""
    old, new = left(run.old), left(run.new)
    sorts = [token.sort for token in run.ahead[:2]]
    is_next = sorts == [Sort.TITLE, Sort.NAME] or (sorts[:1] == [Sort.TITLE] and _is_in_apposition(run))
    if not is_next or run.ahead[0].lead != " " or not (old or new):
        return False
    is_one_word = len(old) == len(new) == 1  # transport minister, finance minister
    return all(
        token.sort is Sort.WORD and (token.text[0].isupper() or is_one_word) and token.text.isascii() for token in (*old, *new)
    )


def _with_epithet(tokens: Sequence[Token], titles: list[Token]) -> list[Token]:
    """An office with a word before it that comes or goes with it: ``puppet leader``."""
    return left(tokens) if titles and len(left(tokens)) <= len(titles) + 1 else titles


def _titled(tokens: Sequence[Token]) -> list[Token]:
    """The offices and what belongs to them; ranks alone are enough."""
    return [token for token in tokens if token.sort is Sort.TITLE or _is_rank(token)]


def _is_rank(token: Token) -> bool:
    is_one = token.key in english_lists().words["ranks"] or token.text in korean().words["ranks"]
    return is_one and token.sort is not Sort.FUNCTION


def _spelled(run: Run) -> None:
    """Words that are the same, spelled otherwise."""
    words = (Sort.WORD, Sort.FUNCTION, Sort.SAYING, Sort.TITLE)
    for old in of(run.old, *words)[:12]:
        for new in of(run.new, *words)[:12]:
            if _is_contraction(old, new) or (old.key != new.key and len(old.key) > 1 and spelling.is_same_word(old.key, new.key)):
                take(run, EditClass.SPELLING, [old], [new])
                break


def _is_contraction(old: Token, new: Token) -> bool:
    short = {
        "'s": ("is", "has"),
        "'re": ("are",),
        "'ll": ("will", "shall"),
        "'ve": ("have",),
        "'d": ("would", "had"),
        "'m": ("am",),
    }
    return new.key in short.get(old.key, ()) or old.key in short.get(new.key, ())


def _around(run: Run, side: int, whole: str) -> str:
    """What changed with the word before it and the word after it."""
    first = run.before[side]
    tokens = [
        *([first] if first is not None and not is_particle(first) else []),
        *(run.new if side else run.old),
        *run.after[side : side + 1],
    ]
    found = [token for token in tokens if token is not None]
    return " ".join(whole[found[0].at : found[-1].end].split()) if found else ""

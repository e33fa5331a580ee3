"""Any two wordings of a page can be held against each other."""

from __future__ import annotations

import pytest
from jobs.scene import Scene
from standins import article

from monitor.errors import InputError
from monitor.jobs.comparing import compare
from monitor.jobs.following.judge import Judge
from monitor.model import EditClass, Op
from monitor.settings import Program


def test_two_wordings_that_were_never_next_to_each_other(known: Scene) -> None:
    for text in ("Kim Chol Su will come to the dam on Monday.", "He comes.", "Ri Un Ok will come to the dam on Monday."):
        known.site.put("p1", article("Title of p1", text))
        known.round()
    page = known.store.page_at("https://a.example/p1")
    assert page is not None
    found = compare(page, 2, 4, known.store, Judge(Program(), [known.source]))
    pieces = [(piece.op, piece.text.strip()) for part in found.parts for piece in part.pieces if piece.op is not Op.KEPT]
    assert pieces == [(Op.CUT, "Kim Chol Su"), (Op.ADDED, "Ri Un Ok")]
    assert EditClass.NAME in found.judgement.classes
    assert (found.before.number, found.after.number) == (2, 4)
    assert compare(page, 3, 3, known.store, Judge(Program(), [])).parts == ()


def test_a_version_that_there_is_not(known: Scene) -> None:
    page = known.store.page_at("https://a.example/p1")
    assert page is not None
    with pytest.raises(InputError, match="no version 9; it has 1"):
        compare(page, 1, 9, known.store, Judge(Program(), []))

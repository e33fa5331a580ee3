"""Classes as bits: what databases hold stays what it means."""

from __future__ import annotations

from monitor.model import EditClass
from monitor.storing.classes import bits, class_bits

# append here what is appended there; change nothing
CLASSES = [
    "typography", "spelling", "wording", "number", "date", "name", "title-of-person", "quote", "negation", "attribution",
    "addition", "cut", "paragraph order", "headline", "published date", "source", "rewritten", "swapped", "emptied", "picture",
]  # fmt: skip


def test_classes_keep_their_bits() -> None:
    assert [each.value for each in EditClass][: len(CLASSES)] == CLASSES
    assert [bits([name]) for name in CLASSES] == [1 << at for at in range(len(CLASSES))]


def test_bits_of_what_a_judgement_keeps() -> None:
    assert class_bits("") == 0
    assert class_bits("typography,number,number") == 1 + 8
    assert class_bits("no such,wording") == 4

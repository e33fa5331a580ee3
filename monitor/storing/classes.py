"""Classes of edit as bits of one number, so that those of a change stand in its facets and are asked for at once."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.model import EditClass

_BITS = {each.value: 1 << at for at, each in enumerate(EditClass)}  # kept in databases: a new class is added at the end


def class_bits(classes: str) -> int:
    """The bits of classes as a judgement keeps them, their names with commas between."""
    return bits(name for name in classes.split(",") if name)


def bits(names: Iterable[str]) -> int:
    """The bits of these classes; a name that there is not has none."""
    return sum(_BITS.get(name, 0) for name in set(names))

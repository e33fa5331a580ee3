"""What takes long is made again the more seldom."""

from __future__ import annotations

import time

from monitor.reviewing.remembered import Remembered


def test_what_took_a_while_is_not_made_again_at_once() -> None:
    made: list[int] = []

    def slowly() -> int:
        time.sleep(0.05)
        made.append(len(made))
        return made[-1]

    remembered = Remembered()
    assert [remembered.of("key", slowly) for _ in range(3)] == [0, 0, 0]
    assert remembered.of("another", slowly) == 1
    remembered.forget()
    assert remembered.of("key", slowly) == 2


def test_only_so_much_is_remembered() -> None:
    remembered = Remembered()
    for number in range(500):
        assert remembered.of(number, lambda: "x") == "x"
    assert len(remembered._known) == 64

"""Which visits ask unconditionally, and which read the page in full."""

from __future__ import annotations

from visit.scene import FIRST, Scene


def test_one_visit_in_so_many_asks_unconditionally_and_one_in_more_reads_in_full(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    scene.full_read_every, scene.unconditional_every = 20, 5
    unconditional, whole = [], []
    for _ in range(60):
        scene.site.asked.clear()
        scene.reader.calls.clear()
        scene.visit()
        turn = scene.page().visits - 1 + scene.page().id  # before the visit
        if scene.site.asked[0].etag is None:
            unconditional.append(turn)
        if "whole" in scene.reader.calls:
            whole.append(turn)
    assert unconditional == [turn for turn in range(2, 62) if turn % 5 == 0]
    assert whole == [turn for turn in range(2, 62) if turn % 20 == 0]

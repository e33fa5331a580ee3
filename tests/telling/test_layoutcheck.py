"""What broke, each once, and on which pages."""

from __future__ import annotations

import json

from monitor.telling.layoutcheck import Broken, Checked, as_object, lines


def checked() -> Checked:
    broken = [Broken(f"https://a.example/\x1b{n}", "title (layout x)", "nothing matched", ("h1", "h2"), "x") for n in range(7)]
    found = Checked("a", 9, [*broken, Broken("https://a.example/7", "published", "it was read, and is missing now")], 2)
    found.leave_out("the capture is not kept")
    found.leave_out("the capture is not kept")
    return found


def test_alike_is_told_once() -> None:
    assert list(lines([checked()])) == [
        "a: 8 of 9 pages broken",
        "  no title (layout x): nothing matched",
        "    found nothing: h1",
        "    found nothing: h2",
        "    x used to read it",
        *(f"    https://a.example/\\x1b{n}" for n in range(5)),
        "    and 2 more",
        "  published: it was read, and is missing now",
        "    https://a.example/7",
        "  2 read otherwise than before; `monitor reparse a` shows how",
        "  2 left out: the capture is not kept",
    ]


def test_nothing_broken_is_one_line() -> None:
    assert list(lines([Checked("a", 1), Checked("b")])) == ["a: 1 page, none broken", "b: 0 pages, none broken"]


def test_the_object_is_json() -> None:
    (said,) = json.loads(json.dumps(as_object([checked()])))
    assert (said["pages"], len(said["broken"]), said["left_out"]) == (9, 8, {"the capture is not kept": 2})

"""One text at every address of a site, with status 200, round after round: no edit of any page, then or as they come back."""

from __future__ import annotations

from jobs.scene import INTERVAL, Scene
from standins import article

from monitor.article import Article
from monitor.model import Seen

NAMES = tuple(f"p{n}" for n in range(8))
BUSY = article("We are very busy", "Many people look at this just now.", "Please have a little patience.")
LATEST = 20 * INTERVAL  # then every page is due, however often it failed


def long(subject: str) -> Article:
    return article(subject, *(f"{subject}{n} met {subject}er{n} at {subject}hall{n}." for n in range(20)))


def test_rounds_of_one_text_for_all_log_nothing_and_the_edit_made_meanwhile_is_logged_after_it(scene: Scene) -> None:
    scene.list(*NAMES)
    for name in NAMES:
        scene.site.put(name, long(name))
    scene.round()
    for name in NAMES:
        scene.site.put(name, BUSY)
    for _ in range(6):
        run = scene.round(LATEST)
        assert (run.seen, run.changes) == (((Seen.BROKEN, len(NAMES)),), 0)
    assert "one text stands for others" in scene.open()["blind"]
    for name in NAMES:
        scene.site.put(name, long(name))
    scene.site.put("p3", long("rewritten"))
    scene.round(LATEST)
    assert scene.log() == [("edited", "p3")]
    assert scene.open() == {}

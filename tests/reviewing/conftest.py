"""Desks on two databases: the replay story, and a site with a campaign, hostile articles, Korean, and a word of a megabyte."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from jobs.scene import LISTING, Scene
from reviewing.desk import Desk
from standins import SetClock, article, source

from monitor.article import Article
from monitor.assemble import House, Options
from monitor.jobs.following.judge import Judge
from monitor.settings import Finding, Program, Source
from monitor.storing.sqlite import StoreFile

ROOT = Path(__file__).parents[2]
SITE = source("kcna", find=Finding(listings=(LISTING,), articles=("/p",)))
PURGED = tuple(f"pname{number}" for number in range(7))
EDITED = tuple(f"pedit{number}" for number in range(5))
KOREAN = article(
    "제6차 당세포비서대회에서 개회사",
    "대회가 2021년 4월 6일 수도 평양에서 개막되였다.",
    "대회에는 박은혁동지를 비롯한 일군들이 참가하였다.",
)
HOSTILE = article(
    "<script>alert(1)</script></title><svg onload=alert(2)> \u202egnihtemos", "She said <b>nothing</b> of it and left.", "=1+1"
)
LONG = article("A word that does not end", "x" * 1_000_000, "The rest of it is here as before in this paragraph.")


@pytest.fixture(scope="session")
def site_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SetClock]:
    """The database of the made-up site, and its clock."""
    path = tmp_path_factory.mktemp("site") / "monitor.db"
    store = StoreFile(path, lasting=False).open(create=True)
    scene = Scene(store, source=SITE)
    scene.tools = replace(scene.tools, judge=Judge(Program(), [SITE]))
    scene.list(*PURGED, *EDITED, "pkorean", "phostile", "plong", "pgone")
    _first(scene)
    scene.round()
    _second(scene)
    scene.round()
    scene.drop("pgone")
    for _ in range(4):
        scene.round()
    store.close()
    return path, scene.clock


def _text(number: int) -> Article:
    return article(
        f"Guidance at site {number}",
        f"On day {number} the vice chairman Jang Song Thaek opened site {number * 7} with workers of county {number * 3}.",
        f"The output of {100 + number} tons a day was “a success” that no one could have thought of, said county {number * 3}.",
    )


def _first(scene: Scene) -> None:
    for number, name in enumerate((*PURGED, *EDITED, "pgone")):
        scene.site.put(name, _text(number))
    for name, found in (("pkorean", KOREAN), ("phostile", HOSTILE), ("plong", LONG)):
        scene.site.put(name, found)


def _second(scene: Scene) -> None:
    for number, name in enumerate((*PURGED, *EDITED)):
        text, old, new = _text(number), *((" Jang Song Thaek", "") if name in PURGED else ("no one", "everyone"))
        scene.site.put(name, replace(text, paragraphs=tuple(each.replace(old, new) for each in text.paragraphs)))
    cut = (KOREAN.paragraphs[0].replace("4월 6일", "4월 8일"), KOREAN.paragraphs[1].replace("박은혁동지를 비롯한 ", ""))
    scene.site.put("pkorean", replace(KOREAN, paragraphs=cut))
    bad = ("She said <i>everything</i> of it\u202e and left\x1b[31m.", "=1+1")
    scene.site.put("phostile", replace(HOSTILE, title="</title><img src=x onerror=alert(3)>", paragraphs=bad))
    scene.site.put("plong", replace(LONG, paragraphs=("x" * 500_000 + "y" * 500_000, LONG.paragraphs[1])))


@pytest.fixture
def desk(site_file: tuple[Path, SetClock], tmp_path: Path) -> Iterator[Desk]:
    """A desk over the made-up site; nobody has to sign in."""
    path, clock = site_file
    shutil.copy(path, tmp_path / "monitor.db")
    yield from _served(Desk(tmp_path / "monitor.db", SetClock(clock.at), (SITE,)))


@pytest.fixture
def story(told: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk over the replay story."""
    shutil.copy(told, tmp_path / "story.db")
    sources: tuple[Source, ...] = House(Options(None, ROOT / "config"), with_sources=True).sources()
    yield from _served(Desk(tmp_path / "story.db", SetClock(), sources))


def _served(found: Desk) -> Iterator[Desk]:
    yield found
    found.store.close()
    found.parts.store().close()

"""The story of a photograph: swapped, cut, its caption edited, retouched, encoded anew, delivered by another host."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

import pytest
from jobs.scene import LISTING, Scene
from PIL import Image, ImageDraw
from standins import Answer, SetClock, source, url

from monitor.errors import Unreachable
from monitor.fetching.archive import WarcArchive
from monitor.jobs.following.judge import Judge
from monitor.jobs.keeping.evidence import evidence
from monitor.jobs.keeping.reparse import Reparser, Tally
from monitor.jobs.keeping.verify import verify
from monitor.jobs.round import Tools, run_round
from monitor.model import Change, LogQuery
from monitor.parsing.reader import LayoutReader
from monitor.settings import Finding, Layout, Program, Rule, Source
from monitor.storing.sqlite import SqliteStore, StoreFile

LAYOUT = Layout("plain", (Rule(css="h1"),), (Rule(css="div.story"),), publication=(Rule(css="b"),), images=(Rule(css=".lead"),))
PHOTO = '<figure><img src="{}" alt="{}"><figcaption>{}</figcaption></figure>'
ONE = "https://cdn.example/2026/delegation-640x480.jpg?token=1"
OTHER = "https://cdn.example/2026/banquet.jpg"


def page(*photos: str, lead: str = "", words: str = "They met in the capital.") -> Answer:
    """An article with pictures between its two paragraphs."""
    body = f"<b>P</b><h1>A visit</h1>{lead}<div class=story><p>{words}</p>{''.join(photos)}<p>They parted.</p></div>"
    return Answer(f"<!DOCTYPE html><meta charset=utf-8><body>{body}</body></html>".encode())


def photo(address: str = ONE, alt: str = "Two men", caption: str = "") -> str:
    return PHOTO.format(address, alt, caption) if caption else f'<img src="{address}" alt="{alt}">'


@dataclass
class Story:
    """A page that is visited in round after round, by the real reader, into the real store and archive."""

    store: SqliteStore
    archive: WarcArchive
    clock: SetClock
    source: Source = field(default_factory=lambda: source(layouts=(LAYOUT,), find=Finding(listings=(LISTING,), articles=("/p",))))
    occasions: int = 10_000

    def __post_init__(self) -> None:
        scene = Scene(self.store, self.clock, self.source)
        self.scene, self.site = scene, scene.site
        self.site.pages[LISTING] = Answer(f'<a href="{url("p1")}">A visit</a>'.encode())

    def sees(self, answer: Answer, **how: object) -> list[Change]:
        """The changes that the next round logs when the page answers so."""
        self.site.pages[url("p1")] = answer
        known = len(self.log())
        tools = Tools(self.store, self.site, LayoutReader(), self.clock, "w", 10_000, self.archive, judge=Judge(Program(), []))
        self.clock.move(self.source.interval)
        run_round(self.source, replace(tools, unconditional_every=self.occasions, **how))  # type: ignore[arg-type]
        assert list(verify(self.store, self.archive)) == []
        return self.log()[known:]

    def log(self) -> list[Change]:
        return list(self.store.changes(LogQuery(baseline=True, limit=None, hidden=True)))[::-1]

    def reasons(self, answer: Answer) -> list[str]:
        return [change.judged.reason for change in self.sees(answer) if change.judged]

    def asked(self) -> list[str]:
        """The files of pictures that were asked for since the last time."""
        found = [request.url for request in self.site.asked if "cdn.example" in request.url]
        self.site.asked.clear()
        return found


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    clock = SetClock()
    archive = WarcArchive(tmp_path / "archive", clock, most_bytes=10_000_000, software="test/1")
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        yield Story(store, archive, clock)
    archive.close()


def test_a_photograph_that_is_swapped_is_an_edit_of_its_own_class(story: Story) -> None:
    assert [change.kind for change in story.sees(page(photo()))] == ["new"]
    assert story.sees(page(photo())) == []
    (change,) = story.sees(page(photo(OTHER)))
    assert (change.kind, change.before, change.after) == ("edited", 1, 1)
    assert change.judged is not None
    assert change.judged.classes == ("picture",)
    assert change.judged.reason == "swaps the photograph delegation-640x480.jpg at paragraph 2 for banquet.jpg"
    assert change.judged.score == pytest.approx(0.45)
    assert story.sees(page(photo(OTHER))) == []
    assert len(story.store.versions(change.page)) == 1


def test_an_edit_of_pictures_is_sealed_and_proven(story: Story) -> None:
    story.sees(page(photo()))
    (change,) = story.sees(page(photo(OTHER)))
    sealed = next(story.store.sealed_from(change.id))
    assert b'"pictures":{"after":"' in sealed.record
    bundle = evidence(change, story.store, story.archive, story.clock.now())
    assert bundle.missing == []
    shown = bundle.files["shown-before.txt"]
    assert b"delegation-640x480.jpg" in shown
    assert hashlib.sha256(shown).hexdigest().encode() in bundle.files["record.json"]
    (before, _) = story.store.kept_sides(story.sees(page(photo()))[0].id)
    assert before == story.store.kept_sides(change.id)[1], "what showed the pictures before"
    story.store.handle.write("UPDATE picture_change SET before_id = after_id WHERE change_id = ?", (change.id,))
    (flaw,) = verify(story.store, story.archive)
    assert (flaw.table, flaw.row) == ("change", change.id)


@pytest.mark.parametrize(
    "address",
    [
        "https://cdn.example/2026/delegation-640x480.jpg?token=2",
        "https://img7.example/resize/320/delegation.jpg",
        "https://cdn.example/2026/delegation-1024x768.webp?w=1024&sig=ab",
        "https://t.example/h4sh=/300x200/smart/https://cdn.example/2026/delegation.jpg",
    ],
)
def test_another_token_host_or_size_is_no_edit_and_costs_nothing(story: Story, address: str) -> None:
    story.sees(page(photo()))
    assert story.sees(page(photo(address))) == []
    assert [request.url for request in story.site.asked].count(url("p1")) == 2


def test_a_caption_and_an_alternative_text_are_edits_too(story: Story) -> None:
    story.sees(page(photo()))
    assert story.reasons(page(photo(alt="A man"))) == ["alternative text of delegation-640x480.jpg: Two men → A man"]
    lead = '<div class=lead><figure><img src="/l/leader.jpg"><figcaption>{}</figcaption></figure></div>'
    assert story.reasons(page(photo(alt="A man"), lead=lead.format("Jang"))) == ["adds the picture with the caption “Jang”"]
    assert story.reasons(page(photo(alt="A man"), lead=lead.format("Kim"))) == ["caption of leader.jpg: Jang → Kim"]
    assert story.reasons(page(lead=lead.format("Kim"))) == ["cuts the picture with the caption “A man”"]


def test_an_edit_of_text_and_pictures_is_one_change(story: Story) -> None:
    story.sees(page(photo()))
    (change,) = story.sees(page(photo(OTHER), words="They met in the port."))
    assert (change.kind, change.before, change.after) == ("edited", 1, 2)
    assert change.judged is not None
    assert "picture" in change.judged.classes
    assert "wording" in change.judged.classes


def test_a_database_that_knows_no_pictures_takes_them_in_silence(story: Story) -> None:
    story.sees(page(photo()))
    story.store.handle.write("UPDATE page SET pictures_id = NULL, parts = x'00'")
    assert story.sees(page(photo(OTHER))) == []
    assert [change.kind for change in story.sees(page(photo()))] == ["edited"]


def test_another_reader_that_sees_more_pictures_is_no_edit(story: Story) -> None:
    lead = '<div class=lead><img src="/l/leader.jpg"></div>'
    layout, story.source = story.source.layouts[0], replace(story.source, layouts=(replace(LAYOUT, images=()),))
    story.sees(page(photo(), lead=lead))
    story.source = replace(story.source, layouts=(layout,))
    assert story.sees(page(photo(), lead=lead)) == []
    assert story.reasons(page(photo())) == ["cuts the picture leader.jpg beside the text"]


def test_pictures_that_come_and_go_with_every_look_are_no_edits(story: Story) -> None:
    story.sees(page(photo()))
    count = iter(range(100))
    story.site.before = lambda request: story.site.pages.update(
        {url("p1"): page(photo(f"https://cdn.example/x{next(count)}abcd.jpg"))}
    )
    for _ in range(4):
        assert story.sees(page()) == []
    assert [request.url for request in story.site.asked].count(url("p1")) == 6, "that is found out once"
    story.site.before = lambda request: None
    assert story.reasons(page()) == ["cuts the picture with the caption “Two men”"]


def test_a_gallery_that_is_shuffled_is_as_it_was_and_a_swap_in_it_is_told(story: Story) -> None:
    photos = [photo(f"https://cdn.example/gallery-{name}.jpg", alt="") for name in ("port", "ship", "crew")]
    story.sees(page(*photos))
    assert story.sees(page(*photos[::-1])) == []
    turns = [page(photos[1], photos[0], photo(OTHER, alt="")), page(photo(OTHER, alt=""), *photos[:2])]
    story.site.before = lambda r: story.site.pages.update({r.url: turns.pop(0)}) if r.url == url("p1") else None
    (change,) = story.sees(page())
    assert change.judged is not None
    assert change.judged.reason.startswith("swaps the photograph gallery-crew.jpg")


def test_a_difference_that_cannot_be_seen_again_is_told_later(story: Story) -> None:
    story.sees(page(photo()))
    visits = iter((page(photo(OTHER)), Answer(error=Unreachable("down"))))
    story.site.before = lambda r: story.site.pages.update({r.url: next(visits)}) if r.url == url("p1") else None
    assert story.sees(page()) == []
    story.site.before = lambda request: None
    assert [change.kind for change in story.sees(page(photo(OTHER)))] == ["edited"]


def test_pictures_that_go_to_and_fro_are_one_entry(story: Story) -> None:
    for address in (ONE, OTHER, ONE, OTHER, ONE):
        story.sees(page(photo(address)))
    (first,) = story.store.changes(LogQuery())
    assert first.judged is not None
    assert first.judged.folded == 3
    for address in ("https://cdn.example/third.jpg", "https://cdn.example/fourth.jpg"):
        story.sees(page(photo(address)))
    assert len(list(story.store.changes(LogQuery()))) == 3, "what never comes back goes not to and fro"


def test_pages_that_lose_their_pictures_all_at_once_were_redesigned(story: Story) -> None:
    names = [f"p{number}" for number in range(1, 13)]
    story.site.pages[LISTING] = Answer("".join(f'<a href="{url(name)}">x</a>' for name in names).encode())
    for name in names:
        story.site.pages[url(name)] = page(photo(), words=name)
    story.sees(page(photo(), words="p1"))
    for name in names:
        story.site.pages[url(name)] = page(words=name)
    assert story.sees(page(words="p1")) == []
    (incident,) = story.store.incidents()
    assert incident.kind == "layout"
    assert "images are gone" in incident.detail


def test_a_source_that_is_read_in_full_has_its_pictures_compared_too(story: Story) -> None:
    story.sees(page(photo()))
    story.store.turn_off_shortcut("a", story.clock.now(), "why")
    assert story.sees(page(photo())) == []
    assert story.sees(page(photo(ONE + "2"))) == []
    assert story.reasons(page(photo(OTHER))) == ["swaps the photograph delegation-640x480.jpg at paragraph 2 for banquet.jpg"]
    assert story.sees(page(photo(OTHER))) == []


def test_what_is_read_again_by_another_layout_has_its_pictures_adopted(story: Story) -> None:
    lead = '<div class=lead><img src="/l/leader.jpg"></div>'
    layout, story.source = story.source.layouts[0], replace(story.source, layouts=(replace(LAYOUT, images=()),))
    story.sees(page(photo(), lead=lead))
    story.source = replace(story.source, layouts=(layout,))
    tools = story.store, LayoutReader(), story.clock, story.archive, "me"
    Reparser(*tools, is_dry=False).run(story.source, threading.Event(), lambda: None, Tally("a"))
    known = story.store.pictures(1)
    assert known is not None
    assert [each.name for each in known] == ["leader", "delegation"]
    assert story.sees(page(photo(), lead=lead)) == []
    assert story.reasons(page(photo(OTHER), lead=lead)) == [
        "swaps the photograph delegation-640x480.jpg at paragraph 2 for banquet.jpg"
    ]


# With their files


def drawn(*, shift: int = 0, without: bool = False, quality: int = 90, size: tuple[int, int] = (640, 480)) -> Answer:
    """A photograph of two men before a wall; with ``shift`` another one."""
    picture = Image.radial_gradient("L").resize((640, 480)).convert("RGB")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((60 + shift, 80, 220 + shift, 470), fill=(40, 60, 90))
    if not without:
        pen.rectangle((420, 90, 560, 470), fill=(200, 40, 30))
    file = BytesIO()
    picture.resize(size).save(file, "JPEG", quality=quality)
    return Answer(file.getvalue())


@pytest.fixture
def filed(story: Story) -> Story:
    """The same where files are fetched, and every visit is an occasion to look at them again."""
    story.source = replace(story.source, images=True)
    story.occasions = 1
    story.site.pages[ONE] = drawn()
    story.sees(page(photo()))
    assert story.asked() == [ONE]
    return story


def test_a_retouched_photograph_is_told_by_its_file(filed: Story) -> None:
    filed.site.pages[ONE] = drawn(without=True)
    (change,) = filed.sees(page(photo()))
    assert change.judged is not None
    assert change.judged.reason == "retouches the photograph delegation-640x480.jpg at paragraph 2"
    kept = filed.store.kept(change.page)
    assert [each.answered for each in kept if each.answered != url("p1")] == [ONE, ONE], "both files are in the archive"
    bundle = evidence(change, filed.store, filed.archive, filed.clock.now())
    assert bundle.missing == []
    sides = [each["side"] for each in json.loads(bundle.files["manifest.json"])["captures"]]
    assert sides == ["before", "after", "picture before", "picture after"]


def test_another_photograph_under_the_same_address_was_swapped(filed: Story) -> None:
    file = BytesIO()
    Image.linear_gradient("L").rotate(30).save(file, "PNG")
    filed.site.pages[ONE] = Answer(file.getvalue())
    assert filed.reasons(page(photo())) == [
        "swaps the photograph delegation-640x480.jpg at paragraph 2 for another of that name"
    ]


@pytest.mark.parametrize("how", [{"quality": 40}, {"size": (320, 240)}, {"quality": 60, "size": (800, 600)}])
def test_a_photograph_that_was_encoded_anew_is_no_edit(filed: Story, how: dict[str, object]) -> None:
    filed.site.pages[ONE] = drawn(**how)  # type: ignore[arg-type]
    assert filed.sees(page(photo())) == []
    known = filed.store.pictures(1)
    assert known is not None
    assert known[0].digest is not None


def test_what_is_no_picture_and_what_cannot_be_fetched_prove_nothing(filed: Story) -> None:
    for answer in (Answer(b"oops", 500), Answer(error=Unreachable("down")), Answer(b"<p>hotlinks are forbidden"), drawn()):
        filed.site.pages[ONE] = answer
        assert filed.sees(page(photo())) == []


def test_files_are_asked_for_on_occasion_only(filed: Story) -> None:
    filed.occasions = 10_000
    filed.asked()
    filed.sees(page(photo()))
    assert filed.asked() == []
    filed.site.pages[OTHER] = drawn(shift=200)
    filed.sees(page(photo(), photo(OTHER)))
    assert filed.asked() == [OTHER]


def test_the_same_file_under_another_name_is_no_edit(filed: Story) -> None:
    filed.site.pages[OTHER] = drawn()
    assert filed.sees(page(photo(OTHER))) == []


def test_a_photograph_on_a_site_that_nobody_described_is_swapped_likewise(story: Story) -> None:
    story.source = story.scene.source = source(layouts=(), find=Finding(listings=(LISTING,), articles=("/p",)))
    said = "The {} said that the visit had been long, that it had rained, and that nobody had minded."
    prose = [said.format(who) for who in ("host", "guest", "cook")]

    def shown(address: str, token: str) -> Answer:
        photo = f'<figure><img src="{address}"></figure>'
        head = f'<meta charset=utf-8><title>A visit</title><meta property="og:image" content="{address}&share={token}">'
        body = f"<article><h1>A visit</h1><p>{prose[0]}</p>{photo}<p>{prose[1]}</p><p>{prose[2]}</p></article>"
        return Answer(f"<!DOCTYPE html>{head}<body>{body}</body></html>".encode())

    assert [change.kind for change in story.sees(shown(ONE, "a"))] == ["new"]
    assert story.sees(shown(ONE.replace("token=1", "token=2"), "b")) == []
    (change,) = story.sees(shown(OTHER, "c"))
    assert change.judged is not None
    assert change.judged.classes == ("picture",)
    assert len(story.store.versions(change.page)) == 1

"""The review page in a real browser: triage from the keyboard, without a mouse."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from jobs.scene import LISTING, Scene
from reviewing.desk import PASSWORD, Desk
from selenium import webdriver
from standins import SetClock, article, source

from monitor.errors import StoreFull
from monitor.jobs.following.judge import Judge
from monitor.model import Act, LogQuery, ReviewState, Role
from monitor.reviewing.auth import COOKIE
from monitor.reviewing.server import Server
from monitor.settings import Finding, Program, Web
from monitor.storing.sqlite import StoreFile

MANY = 200
PATIENCE = 60  # seconds after which what should have happened has not
WORDS = ("mine", "river", "school", "harbour", "theatre", "bridge", "tractor", "forest", "clinic", "library")


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    for program, package in (("chromium", "chromium"), ("chromedriver", "chromium-driver")):
        if shutil.which(program) is None:
            pytest.skip(f"needs the system package {package}")
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    found.set_window_size(1280, 900)
    yield found
    found.quit()


@dataclass
class Seat:
    """Somebody before the browser, who has a keyboard and counts how often a key is pressed."""

    browser: webdriver.Chrome
    desk: Desk
    address: str
    pressed: int = 0

    def open(self, address: str) -> None:
        self.browser.get(self.address.rstrip("/") + address)

    def press(self, *keys: str) -> None:
        for key in keys:
            webdriver.ActionChains(self.browser).send_keys(key).perform()
            self.pressed += 1

    def save(self) -> None:
        """Ctrl+Enter."""
        webdriver.ActionChains(self.browser).key_down("\ue009").send_keys("\ue007").key_up("\ue009").perform()

    def press_at_once(self, keys: str) -> None:
        """Key after key, faster than anybody would."""
        webdriver.ActionChains(self.browser).send_keys(keys).perform()
        self.pressed += len(keys)

    def js(self, script: str) -> object:
        return self.browser.execute_script(f"return {script}")

    def wait(self, script: str) -> None:
        """Until a script says that it is so."""
        until = time.monotonic() + PATIENCE
        while not self.js(script):
            is_late = time.monotonic() > until
            assert not is_late, f"{script} was never so; {self.js('document.body.innerText')}"
            time.sleep(0.02)

    def said(self) -> str:
        return str(self.js("document.getElementById('said').innerText"))

    def state(self, number: int) -> ReviewState | None:
        found = self.desk.store.reviewed([number]).get(number)
        return found.state if found else None


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SetClock, str]:
    """The database of a site on which 200 articles were edited, each in another way; its clock; the key of ann's session."""
    path = tmp_path_factory.mktemp("many") / "monitor.db"
    store = StoreFile(path, lasting=False).open(create=True)
    site = source("many", find=Finding(listings=(LISTING,), articles=("/p",)))
    scene = Scene(store, source=site)
    scene.tools = replace(scene.tools, judge=Judge(Program(), [site]))
    scene.list(*(f"p{number}" for number in range(MANY)))
    for edit in ("", "edited"):
        for number in range(MANY):
            word, other = WORDS[number % 10], WORDS[number // 10 % 10]
            text = f"The {word} number {number} of the {other} was opened {edit and f'again by {other} {number * 7}'}."
            scene.site.put(f"p{number}", article(f"News of {word} {number}", text, f"It is the {other} of year {number}."))
        scene.round()
    store.close()
    desk = Desk(path, SetClock(scene.clock.at))
    cookie = desk.sign_in("ann").client.get_cookie(COOKIE)
    desk.store.close()
    desk.parts.store().close()
    assert cookie is not None
    return path, scene.clock, cookie.value


@pytest.fixture
def seat(browser: webdriver.Chrome, many: tuple[Path, SetClock, str], tmp_path: Path) -> Iterator[Seat]:
    """A seat before the 200 changes, signed in as ann."""
    shutil.copy(many[0], tmp_path / "monitor.db")
    desk = Desk(tmp_path / "monitor.db", SetClock(many[1].at))
    server, stop = Server(desk.app, Web(listen="127.0.0.1:0"), has_users=True), threading.Event()
    thread = threading.Thread(target=server.run, args=(stop,), daemon=True)
    thread.start()
    browser.delete_all_cookies()
    found = Seat(browser, desk, server.address)
    found.open("/login")
    browser.add_cookie({"name": COOKIE, "value": many[2], "path": "/"})
    found.open("/")
    found.wait("document.querySelectorAll('.row').length > 0")
    yield found
    messages = [entry["message"] for entry in browser.get_log("browser")]
    stop.set()
    thread.join(PATIENCE)
    desk.store.close()
    assert not [each for each in messages if "401 (UNAUTHORIZED)" not in each]


def test_two_hundred_changes_take_a_key_each(seat: Seat) -> None:
    everything = [change.id for change in seat.desk.store.changes(LogQuery(limit=None))]
    assert len(everything) == MANY
    done, acts = 0, {"a": ReviewState.ACKNOWLEDGED, "f": ReviewState.FLAGGED, "d": ReviewState.DISMISSED}
    while True:
        size = int(str(seat.js("document.querySelectorAll('.row').length")))
        has_further = seat.js("Boolean(document.getElementById('further'))")
        seat.js("document.body.toggleAttribute('data-old', true)")
        seat.press_at_once("".join("afd"[number % 3] for number in range(size)))
        done += size
        if not has_further:
            break
        seat.wait("!document.body.hasAttribute('data-old') && document.querySelectorAll('.row').length > 0")
    seat.wait("document.getElementById('said').innerText.includes('That was the last one')")
    states = [reviewed.state for reviewed in seat.desk.store.reviewed(everything).values()]
    assert (len(states), {*states}) == (MANY, {*acts.values()})
    assert seat.pressed <= 1.2 * MANY
    print(f"{seat.pressed / MANY:.2f} key presses a change")


def shown(seat: Seat) -> list[int]:
    return [int(number) for number in seat.js("[...document.querySelectorAll('.row')].map(row => row.dataset.change)")]  # type: ignore[attr-defined]


def test_keys_choose_select_note_and_undo(seat: Seat) -> None:
    first, second, third = shown(seat)[:3]
    seat.press("j", "j", "k")
    assert seat.js("document.activeElement.closest('.row').dataset.change") == str(second)
    seat.press("k", "x", "j", "x", "d")
    seat.wait("document.getElementById('said').innerText.includes('2 changes are dismissed')")
    assert [seat.state(number) for number in (first, second, third)] == [ReviewState.DISMISSED, ReviewState.DISMISSED, None]
    assert seat.js("document.querySelector('.row[aria-current]').dataset.change") == str(third)
    seat.press("u")
    seat.wait("document.getElementById('said').innerText.includes('taken back')")
    assert seat.state(first) is ReviewState.OPEN
    seat.press("j", "j", "n", "look again", "\ue004", "\ue007")
    seat.wait("document.getElementById('said').innerText.includes('noted')")
    (line,) = seat.desk.store.reviews(third)
    assert (line.act, line.text, line.who) == (Act.NOTE, "look again", "ann")


def test_ctrl_enter_saves_a_note_and_the_row_and_the_tabs_show_what_was_done(seat: Seat) -> None:
    first, second = shown(seat)[:2]
    seat.press("n", "ask the desk")
    seat.save()
    seat.wait(f"document.querySelector('#c{first} .stand').innerText.includes('1 note')")
    seat.press("f")
    seat.wait(f"document.querySelector('#c{first} .stand').innerText.includes('flagged by ann')")
    counts = "['open', 'flagged'].map(name => document.querySelector(`[data-count=${name}]`).innerText).join()"
    assert seat.js(counts) == f"{MANY - 1},1"
    seat.press("u")
    seat.wait(f"({counts}) === '{MANY},0'")
    seat.open(f"/changes/{second}")
    seat.press("n", "so do I")
    seat.save()
    seat.wait("document.getElementById('said').innerText.includes('noted')")
    assert [line.text for line in seat.desk.store.reviews(second)] == ["so do I"]


def test_all_like_one_takes_two_keys_and_leads_back_to_its_list_where_undo_brings_it_back(seat: Seat) -> None:
    seat.open("/?state=open&order=new")
    first = shown(seat)[0]
    seat.press("o")
    seat.wait(f"location.pathname === '/changes/{first}'")
    seat.press("D")
    seat.wait("document.activeElement.value === 'dismiss'")
    seat.press("\ue007")
    seat.wait("location.search === '?state=open&order=new' && document.getElementById('said').innerText.includes('dismissed')")
    assert first not in shown(seat)
    seat.press("u")
    seat.wait(f"document.getElementById('c{first}') !== null && document.getElementById('said').innerText.includes('taken back')")


def test_what_came_in_meanwhile_is_told_without_touching_the_list(seat: Seat) -> None:
    before = shown(seat)
    seat.js("document.getElementById('newer').dataset.address = '/newer?order=top&above=390'")
    seat.js("document.dispatchEvent(new Event('visibilitychange'))")
    seat.wait("document.getElementById('newer').innerText.includes('10 changes came in since')")
    assert shown(seat) == before


def test_a_reader_is_told_that_acts_are_for_reviewers(seat: Seat) -> None:
    seat.desk.store.drop_user("ann")
    seat.desk.add("ann", Role.READER)
    seat.open("/login")
    seat.press(*"ann", "\ue004", PASSWORD, "\ue007")
    seat.wait("document.querySelectorAll('.row').length > 0")
    for key in "anu":
        seat.js("document.getElementById('said').replaceChildren()")
        seat.press(key)
        seat.wait("document.getElementById('said').innerText.includes('You may look, but not review')")


def test_a_change_is_opened_looked_through_and_left_for_the_next_one(seat: Seat) -> None:
    first, second, third = shown(seat)[:3]
    seat.press("j", "o")
    seat.wait(f"location.pathname === '/changes/{second}'")
    seat.press("e")
    assert seat.js("document.activeElement.id") == "edit-1"
    seat.press("f")
    seat.wait(f"location.pathname === '/changes/{third}'")
    assert seat.state(second) is ReviewState.FLAGGED
    seat.press("k", "k")
    seat.wait(f"['/changes/{first}', '/changes/{second}'].includes(location.pathname)")
    seat.press("g", "i")
    seat.wait("location.pathname === '/' && document.querySelectorAll('.row').length > 0")


def test_help_search_and_switching_the_keys_off(seat: Seat) -> None:
    seat.press("?")
    seat.wait("document.getElementById('keys').open")
    seat.press(" ", "\ue00c")
    seat.wait("!document.getElementById('keys').open")
    seat.press("d")
    assert seat.js("document.querySelectorAll('.row.done').length") == 0
    seat.press("?", " ", "\ue00c", "/")
    assert seat.js("document.activeElement.id") == "q"
    seat.press("mine d")
    assert seat.js("document.getElementById('q').value") == "mine d"
    assert seat.js("document.querySelectorAll('.row.done').length") == 0


def test_what_somebody_else_did_meanwhile_is_told(seat: Seat) -> None:
    first = shown(seat)[0]
    seat.desk.store.review([first], Act.FLAG, "kim", seat.desk.clock.now())
    seat.press("d")
    seat.wait("document.getElementById('said').innerText.includes('kim flagged')")
    assert [line.who for line in seat.desk.store.reviews(first)] == ["kim", "ann"]


@pytest.mark.parametrize("key", ["f", "d", "a"])
def test_what_somebody_else_did_meanwhile_is_told_on_the_page_after_a_change(seat: Seat, key: str) -> None:
    first, second = shown(seat)[:2]
    seat.press("o")
    seat.wait(f"location.pathname === '/changes/{first}'")
    seat.desk.store.review([first], Act.FLAG, "kim", seat.desk.clock.now())
    seat.press(key)
    seat.wait(f"location.pathname === '/changes/{second}' && document.getElementById('said').innerText.includes('kim flagged')")
    assert "Undo" in seat.said()
    seat.press("u")
    seat.wait("document.getElementById('said').innerText.includes('taken back')")
    seat.browser.refresh()
    assert seat.said().strip() == ""


def test_a_key_after_the_session_ended_is_kept_and_sent_after_signing_in(seat: Seat) -> None:
    first = shown(seat)[0]
    seat.press("o")
    seat.wait(f"location.pathname === '/changes/{first}'")
    seat.desk.store.keep_user("ann", Role.REVIEWER, seat.desk.store.secret("ann") or "")  # her sessions end
    seat.press("f")
    seat.wait("document.querySelector('input[name=password]') !== null")
    assert f"flag change {first}" in str(seat.js("document.body.innerText"))
    seat.press(*"ann", "\ue004", PASSWORD, "\ue007")
    seat.wait(f"document.querySelector('button.primary')?.innerText === 'Send: flag change {first}'")
    seat.browser.find_element("css selector", "button.primary").send_keys("\ue007")
    seat.wait(f"location.pathname === '/changes/{first}' && document.getElementById('said').innerText.includes('flagged')")
    assert seat.state(first) is ReviewState.FLAGGED


def test_a_session_that_ended_in_the_middle_of_a_note_loses_nothing(seat: Seat) -> None:
    first = shown(seat)[0]
    seat.press("n", "half an hour of work")
    seat.desk.store.keep_user("ann", Role.REVIEWER, seat.desk.store.secret("ann") or "")  # her sessions end
    seat.press("\ue004", "\ue007")
    seat.wait("document.querySelector('input[name=password]') !== null")
    seat.press(*"ann", "\ue004", PASSWORD, "\ue007")
    seat.wait("document.querySelector('textarea[name=text]') !== null")
    seat.browser.find_element("css selector", "button.primary").send_keys("\ue007")
    seat.wait("document.getElementById('said').innerText.includes('noted')")
    assert [line.text for line in seat.desk.store.reviews(first)] == ["half an hour of work"]


def test_a_note_that_cannot_be_sent_stays_until_it_is_saved(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = shown(seat)[:2]

    def full(*_: object) -> None:
        raise StoreFull("no space is left; free some")

    with monkeypatch.context() as broken:
        broken.setattr(type(seat.desk.store), "review", full)
        seat.press("n", "half an hour of work", "\ue004", "\ue007")
        said = "It was not done. No space is left; free some."
        seat.wait(f"document.querySelector('#note [role=alert]').innerText.includes('{said}')")
        assert seat.js("document.querySelector('#note textarea').value") == "half an hour of work"
    seat.browser.get_log("browser")  # that the server answered 507 is told there
    seat.press("\ue00c", "j", "n")
    assert seat.js("document.querySelector('#note textarea').value") == ""  # that of another change
    seat.press("\ue00c", "k", "n")
    assert seat.js("document.querySelector('#note textarea').value") == "half an hour of work"
    assert seat.js("document.querySelector('#note [role=alert]').hidden") is True
    seat.press("\ue004", "\ue007")
    seat.wait("document.getElementById('said').innerText.includes('noted') && !document.getElementById('note').open")
    assert [line.text for line in seat.desk.store.reviews(first)] == ["half an hour of work"]
    assert seat.desk.store.reviews(second) == []
    seat.press("n")
    assert seat.js("document.querySelector('#note textarea').value") == ""


def test_any_score_that_an_address_asks_for_can_be_filtered_by_again(seat: Seat) -> None:
    seat.open("/?least=0.123&order=top")
    assert seat.js("document.getElementById('filters').checkValidity()") is True


@pytest.fixture
def gate(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Acts are not done before it is set."""
    found, review = threading.Event(), type(seat.desk.store).review

    def late(*given: Any) -> Any:
        found.wait(PATIENCE)
        return review(*given)

    monkeypatch.setattr(type(seat.desk.store), "review", late)
    yield found
    found.set()


def test_a_note_that_is_begun_while_another_is_on_its_way_stays(seat: Seat, gate: threading.Event) -> None:
    first, second = shown(seat)[:2]
    seat.press("n", "of the first")
    seat.save()
    seat.press("\ue00c")
    seat.wait("!document.getElementById('note').open")
    seat.press("j", "n", "of the second")
    gate.set()
    seat.wait("document.getElementById('said').innerText.includes('noted')")
    assert seat.js("document.getElementById('note').open && document.querySelector('#note textarea').value") == "of the second"
    seat.press("\ue00c")
    seat.wait("!document.getElementById('note').open")
    seat.press("k", "n")
    assert seat.js("document.querySelector('#note textarea').value") == ""  # it is saved, and not to be sent again
    assert [line.text for line in seat.desk.store.reviews(first)] == ["of the first"]
    assert seat.desk.store.reviews(second) == []


def test_acts_that_wait_for_their_turn_are_sent_when_the_page_is_left(seat: Seat, gate: threading.Event) -> None:
    first, second, third = shown(seat)[:3]
    seat.press_at_once("fda")
    seat.open("/search")
    gate.set()
    until = time.monotonic() + PATIENCE
    wanted = [ReviewState.FLAGGED, ReviewState.DISMISSED, ReviewState.ACKNOWLEDGED]
    while [seat.state(number) for number in (first, second, third)] != wanted:
        assert time.monotonic() < until, "an act was lost"
        time.sleep(0.02)


def test_a_page_fits_a_phone_and_weighs_little(seat: Seat) -> None:
    number = shown(seat)[0]
    for width in (390, 1280):
        seat.browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 600}
        )
        for address in ("/", "/?order=new&baseline=yes", f"/changes/{number}?view=side&words=whole", f"/changes/{number}/like"):
            seat.open(address)
            assert seat.js("document.documentElement.scrollWidth <= innerWidth"), (width, address)
            size = seat.js("performance.getEntries().reduce((sum, each) => sum + (each.decodedBodySize || 0), 0)")
            assert isinstance(size, int)
            assert 0 < size < 200_000, (address, size)
    seat.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

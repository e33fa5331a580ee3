"""Every page before axe-core and the keyboard: light and dark, on a laptop and a phone."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import axe_core_python
import pytest
from jobs.scene import LISTING, Scene
from jobs.test_pictures import LAYOUT, OTHER, photo
from jobs.test_pictures import page as photographed_page
from reviewing.conftest import SITE
from reviewing.desk import PASSWORD, Desk
from selenium import webdriver
from standins import Answer, SetClock, source, url

from monitor.assemble import House, Options
from monitor.model import Act, Kind, LogQuery, Role, View, Watched
from monitor.parsing.reader import LayoutReader
from monitor.reviewing.server import Server
from monitor.settings import Finding, Web

ROOT = Path(__file__).parents[2]
AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
CHECK = """
const done = arguments[arguments.length - 1];
for (const each of document.querySelectorAll("details")) each.open = true;
axe.run(document, {resultTypes: ["violations"], preload: false}).then(({violations}) => done(violations.map(
  each => `${each.id}: ${each.help}: ${each.nodes.slice(0, 3).map(node => node.html).join(" ")}`)),
  wrong => done([String(wrong)]));
"""
STORY = (
    "/", "/?order=new&baseline=yes", "/?changed=nowhere", "/changes/8", "/changes/8?view=side&words=whole", "/changes/8/like",
    "/pages/1", "/pages/1/compare?from=1&to=2", "/search", "/search?q=workers", "/search?q=nowhere", "/charts?term=workers",
    "/sources", "/watch", "/changes/99999", "/?kind=none", "/nowhere",
)  # fmt: skip
PHOTOS = source("photos", layouts=(LAYOUT,), find=Finding(listings=(LISTING,), articles=("/x",)))
SHAPES = (("light", 1280), ("dark", 390))  # what a colour is, and what a width moves, is found in any pair of them
_COOKIES: dict[str, list[dict[str, object]]] = {}  # of those who signed in, by address


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    for program, package in (("chromium", "chromium"), ("chromedriver", "chromium-driver")):
        if shutil.which(program) is None:
            pytest.skip(f"needs the system package {package}")
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(argument)
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    yield found
    found.quit()


@pytest.fixture(scope="module")
def address(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the replay story is served, for ann, who has to sign in."""
    path = tmp_path_factory.mktemp("seen") / "story.db"
    shutil.copy(told, path)
    desk = Desk(path, SetClock(), House(Options(None, ROOT / "config"), with_sources=True).sources())
    desk.add("ann")
    with served(desk) as found:
        yield found


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The address at which a desk is served."""
    server, stop = Server(desk.app, Web(listen="127.0.0.1:0"), has_users=True), threading.Event()
    thread = threading.Thread(target=server.run, args=(stop,), daemon=True)
    thread.start()
    yield server.address.rstrip("/")
    stop.set()
    thread.join(15)
    desk.store.close()


@pytest.fixture(scope="module")
def site(site_file: tuple[Path, SetClock], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """Where the made-up site is served, for ann, who may do everything, and what she looks at there."""
    path = tmp_path_factory.mktemp("site") / "monitor.db"
    shutil.copy(site_file[0], path)
    desk = Desk(path, SetClock(site_file[1].at), (SITE, PHOTOS))
    desk.add("ann", Role.ADMIN)
    photographed(desk)
    everything = LogQuery(limit=None, baseline=True, hidden=True)
    numbers = {(each.url.rpartition("/")[2], each.kind): each.id for each in desk.store.changes(everything)}
    handled(desk, numbers["pkorean", Kind.EDITED])
    words = [numbers[name, Kind.EDITED] for name in ("phostile", "pkorean", "plong", "x1", "pname1")]
    campaign = desk.store.campaigns(LogQuery())[0].id
    with served(desk) as found:
        yield found, [
            "/?order=top", f"/?story={campaign}", *(f"/changes/{number}" for number in words), f"/changes/{words[0]}?view=side",
            f"/changes/{numbers['pgone', Kind.REMOVED]}", f"/changes/{words[4]}/like", "/pages/1", "/sources", "/sources/kcna",
            "/watch", "/charts?since=30d", "/search?q=vice", "/pages/1/compare?from=1&to=1", "/pages/1/compare?from=1&to=x",
        ]  # fmt: skip


def photographed(desk: Desk) -> None:
    """Have a source with pictures, one of which was swapped, and another caption given to the other."""
    scene = Scene(desk.store, desk.clock, PHOTOS)
    scene.tools = replace(scene.tools, reader=LayoutReader(), judge=desk.parts.judge)
    scene.site.pages[LISTING] = Answer(f'<a href="{url("x1")}">A visit</a>'.encode())
    for caption, other in (("Kim Chol Su meets them", OTHER), ("They are met", OTHER.replace("banquet", "b" * 90))):
        scene.site.pages[url("x1")] = photographed_page(photo(caption=caption), photo(other))
        scene.round()


def handled(desk: Desk, change: int) -> None:
    """Have people at work: acts on a change, an incident, a saved view, watch words."""
    now = desk.clock.now()
    desk.store.review([change], Act.FLAG, "ann", now)
    desk.store.review([change], Act.NOTE, "ann", now, "Who was he?\n" + "w" * 200)
    desk.store.review([change], Act.ASSIGN, "ann", now, "ann")
    desk.store.open_incident("kcna", "blind", now, "12 of 14 pages could not be read")
    desk.store.keep_view(View("Names", "class=name", "ann"))
    for name in ("Jang Song Thaek", "x" * 90):
        desk.store.keep_watched(Watched(name, ("y" * 90, "장성택"), "ann", now))


@pytest.fixture
def signed_in(browser: webdriver.Chrome, address: str) -> str:
    return sign_in(browser, address)


def sign_in(browser: webdriver.Chrome, address: str) -> str:
    """Sit down as ann: with name and password the first time, then with the cookie that she was given."""
    browser.delete_all_cookies()
    shape(browser, *SHAPES[0])
    browser.get(f"{address}/login")
    if address not in _COOKIES:
        press(browser, *"ann", TAB, PASSWORD, ENTER)
        _COOKIES[address] = browser.get_cookies()
    for cookie in _COOKIES[address]:
        browser.add_cookie(cookie)
    browser.get(f"{address}/")
    assert browser.find_elements("css selector", ".row")
    return address


TAB, ENTER, ESCAPE = "\ue004", "\ue007", "\ue00c"


def press(browser: webdriver.Chrome, *keys: str) -> None:
    for key in keys:
        webdriver.ActionChains(browser).send_keys(key).perform()


def shape(browser: webdriver.Chrome, scheme: str, width: int) -> None:
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    size = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def wrongs(browser: webdriver.Chrome, address: str) -> dict[tuple[str, int], list[str]]:
    """What is wrong with a page in each shape, where anything is."""
    browser.get(address)
    found = {}
    for each in SHAPES:
        shape(browser, *each)
        found[each] = wrong_here(browser)
    return {each: said for each, said in found.items() if said}


def wrong_here(browser: webdriver.Chrome) -> list[str]:
    """What axe-core finds wrong with the page as it is, and whether it is wider than its window."""
    if not browser.execute_script("return Boolean(window.axe)"):
        browser.execute_script(AXE)
    found = [str(each) for each in browser.execute_async_script(CHECK)]
    over = browser.execute_script("return document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["it is wider than the window"] if over else [])]


def test_axe_finds_nothing_wrong_on_any_page(browser: webdriver.Chrome, signed_in: str) -> None:
    found = {page: wrongs(browser, signed_in + page) for page in STORY}
    browser.delete_all_cookies()
    found["/login"] = wrongs(browser, signed_in + "/login")
    assert {page: each for page, each in found.items() if each} == {}


def test_axe_finds_nothing_wrong_with_pictures_incidents_and_hostile_texts(
    browser: webdriver.Chrome, site: tuple[str, list[str]]
) -> None:
    address, pages = site
    sign_in(browser, address)
    assert {page: each for page in pages if (each := wrongs(browser, address + page))} == {}


def test_on_paper_a_chart_has_its_bars_and_a_table_all_its_columns(
    browser: webdriver.Chrome, site: tuple[str, list[str]]
) -> None:
    sign_in(browser, site[0])
    shape(browser, "light", 740)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    browser.get(f"{site[0]}/charts?since=30d")
    look = "const s = getComputedStyle(document.querySelector('.chart .bar')); return [s.display, s.fill]"
    display, fill = browser.execute_script(look)
    assert display != "none"
    assert fill != "rgb(255, 255, 255)"
    browser.get(f"{site[0]}/pages/1")
    assert browser.execute_script("const e = document.querySelector('.wide'); return e.scrollWidth <= e.clientWidth")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_the_mark_of_an_edit_stands_beside_its_first_word(browser: webdriver.Chrome, site: tuple[str, list[str]]) -> None:
    sign_in(browser, site[0])
    shape(browser, "light", 390)
    browser.get(f"{site[0]}/?order=top")
    alone = """return [...document.querySelectorAll(".words ins, .words del")].filter(each => {
      const range = document.createRange(), mark = each.getClientRects()[0];
      range.selectNodeContents(each);
      return range.getClientRects()[0].top > mark.bottom;
    }).map(each => each.textContent)"""
    assert browser.execute_script("return document.querySelectorAll('.words ins, .words del').length") > 5
    assert browser.execute_script(alone) == []


def focused(browser: webdriver.Chrome) -> tuple[str, str]:
    """What has the focus, nothing where nothing has it, and the style of its outline."""
    script = """const e = document.activeElement, name = e.tagName + ' ' + e.innerText.slice(0, 40)
        return e === document.body ? ['', ''] : [name, getComputedStyle(e).outlineStyle]"""
    name, outline = browser.execute_script(script)
    return name, outline


def test_tab_goes_through_a_page_and_shows_where_it_is(browser: webdriver.Chrome, signed_in: str) -> None:
    for page in ("/sources", "/charts", "/search?q=workers", "/changes/8"):
        browser.get(signed_in + page)
        browser.execute_script("document.activeElement.blur()")
        order = []
        for _ in range(200):
            press(browser, TAB)
            name, outline = focused(browser)
            if not name:
                break  # out of the page: nothing trapped it
            assert outline != "none", (page, name)
            order.append(name)
        assert order[0] == "A Skip to the content", page
        assert len(order) < 200, page


def test_the_skip_link_leads_to_the_content(browser: webdriver.Chrome, signed_in: str) -> None:
    browser.get(f"{signed_in}/sources")
    press(browser, TAB, ENTER)
    assert browser.execute_script("return document.activeElement.id") == "main"
    press(browser, TAB)
    assert browser.execute_script("return Boolean(document.activeElement.closest('main'))")


def test_a_dialog_closes_with_escape_and_gives_the_focus_back(browser: webdriver.Chrome, signed_in: str) -> None:
    browser.get(f"{signed_in}/?order=new")
    for key, dialog in (("?", "keys"), ("n", "note")):
        press(browser, "j")
        before = browser.execute_script("return document.activeElement.id")
        press(browser, key)
        assert browser.execute_script(f"return document.getElementById('{dialog}').open")
        assert browser.execute_script(f"return Boolean(document.activeElement.closest('#{dialog}'))")
        assert wrong_here(browser) == []
        press(browser, ESCAPE)
        assert not browser.execute_script(f"return document.getElementById('{dialog}').open")
        assert browser.execute_script("return document.activeElement.id") == before

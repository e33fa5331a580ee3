"""Draws what the review page looks like, ``tests/pictures/inbox.png`` and ``change.png``: ``python -m tests.make_screens``.

The replay story is served from a database in a temporary folder, and a headless Chromium (the system package ``chromium``)
takes its screenshots. The palette is cut to 128 colours, so that a picture weighs little.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from selenium import webdriver

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "tests" / "pictures"
SIZE = (1280, 800)
COLOURS = 128
SCREENS = {"inbox": "/", "change": "/changes/6?words=whole"}
_NAMELESS = """
for (const each of document.querySelectorAll("option")) each.textContent = each.textContent.replace(/.*@.*/, "ann");
"""  # who ran this, and where, is nobody's business
_MONITOR = (sys.executable, "-m", "monitor")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the replay story is served, from a database in ``folder``."""
    database, room = str(folder / "story.db"), {**os.environ, "PYTHONPATH": str(ROOT)}
    folders = sorted(str(each) for each in (ROOT / "tests" / "replay").iterdir() if each.is_dir())
    subprocess.run([*_MONITOR, "replay", *folders, "--db", database], cwd=ROOT, env=room, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    command = [*_MONITOR, "web", "--db", database, "--listen", "127.0.0.1:0"]
    with subprocess.Popen(command, cwd=ROOT, env=room, text=True, stderr=subprocess.STDOUT, stdout=subprocess.PIPE) as program:  # noqa: S603
        try:
            said = program.stdout.readline() if program.stdout else ""
            found = re.search(r"http://[\d.:]+", said)
            if not found:
                raise SystemExit(f"the review page did not start: {said}")
            yield found[0]
        finally:
            program.terminate()


def edition() -> str:
    """A digest of what a page's look comes from: its frame and the navigation within it."""
    return sha256((ROOT / "monitor" / "reviewing" / "templates" / "base.html").read_bytes()).hexdigest()


def draw() -> None:
    """Takes all screenshots, and writes them as PNG files with a palette."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        size = {"width": SIZE[0], "height": SIZE[1], "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address:
            for name, page in SCREENS.items():
                browser.get(address + page)
                browser.execute_script(_NAMELESS)
                picture = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
                about = PngInfo()
                about.add_text("Source", edition())
                small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
                small.save(PICTURES / f"{name}.png", optimize=True, pnginfo=about)
    finally:
        browser.quit()


if __name__ == "__main__":
    draw()

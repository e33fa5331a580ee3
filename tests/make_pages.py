"""Writes the saved pages and the replay story under ``tests/``: ``python -m tests.make_pages``.

The same bytes come out each time, so running it again changes nothing unless this file, ``kcna_pages``, ``sites/`` or the
seeds changed. :func:`files` gives what it would write.

- ``pages/SOURCE/NAME.html`` and ``NAME.txt``: a page and the text that reading it must give, byte for byte. Those of KCNA Watch
  are made here, those of other sites in ``sites/``.
- ``pages/SOURCE/NAME.listing.html`` (or ``.xml``) and ``NAME.listing.txt``: a listing and the links that reading it must give.
- ``replay/NN-what-happens/``: all pages of a small site at one moment, a day apart. A NAME is the same page in all
  moments; ``.html`` is a saved page, ``.txt`` the article in the text format. A page that is not there was not found.
- ``replay/expected.jsonl``: the log that watching these moments in order must give.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from monitor.article import Article, from_bytes, to_text
from tests import sites
from tests.kcna_pages import SEEDS, address, encoded, page

TESTS = Path(__file__).resolve().parent
GOLDEN, REPLAY = "pages/kcna-watch", "replay"
_NAENARA, _KCNA = "000_636cfcdf7a24837f.txt", "002_69cb78ecf1b9789a.txt"


def files() -> dict[str, bytes]:
    """Everything this script writes, by path under ``tests/``."""
    seeds = {seed.name: seed.read_bytes() for seed in SEEDS.glob("*.txt")}
    return _golden_pairs() | sites.files(seeds) | _story() | {f"{REPLAY}/expected.jsonl": _expected_log()}


def main() -> None:
    made = files()
    for old in [*TESTS.glob("pages/*/*"), *TESTS.glob(f"{REPLAY}/[0-9][0-9]-*/*")]:
        if str(old.relative_to(TESTS)) not in made:
            old.unlink()
    for name, data in made.items():
        path = TESTS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(f"{len(made)} files, {sum(map(len, made.values())) // 1024} KB")


# Golden pairs


_GOLDEN = (
    ("naenara-utf8", _NAENARA, "utf-8", 11),
    ("naenara-cp1252", _NAENARA, "windows-1252", 12),
    ("kcna-kp-utf8", _KCNA, "utf-8", 21),
    ("kcna-kp-cp1252", _KCNA, "windows-1252", 25),  # leaves the dash of the body as a byte of the charset
)


def _golden_pairs() -> dict[str, bytes]:
    made = {}
    for name, seed, charset, dirt in _GOLDEN:
        text = (SEEDS / seed).read_bytes()
        article = from_bytes(text)
        html = page(article, address=_address(article, 100), dirt=dirt)
        made[f"{GOLDEN}/{name}.html"] = encoded(html, charset)
        made[f"{GOLDEN}/{name}.txt"] = text
    return made


def _address(article: Article, number: int) -> str:
    return address(1_617_900_000 + 3_600 * number, 730_000_000 + number, article.title)


# The replay story: what is there at the start


_FIRST_DAY = date(2026, 2, 5)
_CARDS_SHOWN = 5
_TEXT_PAGES = ("opening-speech", "tree-nursery", "new-houses")
# The long page gets little chrome, the short ones some: the files stay near 20 KB.
_PADDING = {"cell-secretaries": 0}

_POWER_STATION = Article(
    publication="KCNA.kp (En)",
    title="Meeting of Builders of Ryongsu Power Station Held",
    published=date(2026, 2, 3),
    paragraphs=(
        "Pyongyang, February 3 (KCNA) -- A meeting of the builders of the Ryongsu Power Station took place on the spot "
        "on February 2.",
        "Present there were Ri Chol Ryong, Pak Un Hyok, Choe Kyong Su, Jon Myong Ho and other officials concerned, and "
        "builders.",
        "A reporter and speakers said that the builders finished the concreting of the dam 40 days ahead of schedule, "
        "true to the decisions of the Party congress made under the guidance of the respected Comrade Kim Jong Un.",
        "Referring to the fact that over 5,156 cubic metres of rock were removed in January alone, they called for "
        "completing the waterway tunnel and the assembly of generator No. 2 before the flood season.",
        "They stressed the need to put main emphasis on the quality of work and to improve the living conditions of "
        "the builders.",
        "A letter to the builders' families was adopted at the meeting. -0-",
    ),
    site="KCNA",
    has_original=True,
)
_TREE_NURSERY = Article(
    publication="Naenara (En)",
    title="Saplings Grown in Hwaphyong County",
    published=date(2026, 2, 2),
    paragraphs=(
        "The tree nursery of Hwaphyong County, Jagang Province, is preparing for the spring planting season.",
        "Its employees have grown over 1.2 million saplings of pine, larch and nut pine in the past year by relying on "
        "greenhouses that they rebuilt with local materials.",
        '"A sapling is like a child," says Ryu Sun Ok, who has worked at the nursery for 23 years. "It needs a hand '
        'every day."',
        "The nursery introduced a spraying system which is controlled by the temperature and humidity of the soil, and "
        "saved much manpower and water.",
        "The saplings will be sent to 14 ris of the county by the middle of March.",
        "KCNA",
    ),
    site="KCNA",
    has_original=True,
)
_PHOTO_EXHIBITION = Article(
    publication="KCNA.kp (En)",
    title="Photo Exhibition on Rivers and Mountains Opens",
    published=date(2026, 2, 4),
    paragraphs=(
        "Pyongyang, February 4 (KCNA) -- A photo exhibition on the rivers and mountains of the country opened at the "
        "Culture Hall of Rimsan County on Tuesday.",
        "On display at the venue are over 180 photos, among them those showing President Kim Il Sung and Chairman Kim "
        "Jong Il among the people.",
        "Visitors saw pictures of Mt Paektu, Mt Kumgang and Mt Myohyang in the four seasons & listened to the "
        "explanations with keen interest.",
        "Also exhibited are works by amateur photographers aged from 12 to 81 – teachers, miners and schoolchildren.",
        "The exhibition will go on until February 20. -0-",
    ),
    site="KCNA",
    has_original=True,
)
_NEW_HOUSES = Article(
    publication="Naenara (En)",
    title="New Houses Built at Unsan Farm",
    published=date(2026, 2, 16),
    paragraphs=(
        "Over 60 dwelling houses have been built at the Unsan Farm in Sokhu County, and farmers moved into them with a "
        "dance party held in the village.",
        "The county raised its own building forces and produced roof tiles, window frames and paints at its factories.",
        "Each house has a vegetable plot, a storehouse and a methane tank.",
        "Farmers said that they would repay the favour with a bumper harvest this year.",
        "KCNA",
    ),
    site="KCNA",
    has_original=True,
)


def _first_articles() -> dict[str, Article]:
    return {
        "cell-secretaries": from_bytes((SEEDS / _NAENARA).read_bytes()),
        "opening-speech": from_bytes((SEEDS / _KCNA).read_bytes()),
        "photo-exhibition": _PHOTO_EXHIBITION,
        "power-station": _POWER_STATION,
        "tree-nursery": _TREE_NURSERY,
    }


# What happens in it. The log below is written down, not worked out: it is what the story means.


_MOMENTS = (
    "01-first-sight",
    "02-chrome-only",
    "03-name-dropped",
    "04-curly-quotes",
    "05-headline",
    "06-page-away",
    "07-page-back-another-gone",
    "08-still-gone",
    "09-gone-for-good",
    "10-restored",
    "11-redesign",
    "12-block-page",
    "13-reverted-copied-new",
)
# Missing in 07, 08 and 09: three visits that agree, a day apart, each beside pages of the same host that were read.
# The page away in 06 alone, the broken layout of 11 and the block page of 12 must log nothing.
_EXPECTED = (
    ("01-first-sight", "new", "cell-secretaries"),
    ("01-first-sight", "new", "opening-speech"),
    ("01-first-sight", "new", "photo-exhibition"),
    ("01-first-sight", "new", "power-station"),
    ("01-first-sight", "new", "tree-nursery"),
    ("03-name-dropped", "edited", "power-station"),
    ("04-curly-quotes", "edited", "cell-secretaries"),
    ("05-headline", "edited", "tree-nursery"),
    ("09-gone-for-good", "removed", "photo-exhibition"),
    ("10-restored", "restored", "photo-exhibition"),
    ("13-reverted-copied-new", "new", "new-houses"),
    ("13-reverted-copied-new", "copied", "photo-exhibition-again"),
    ("13-reverted-copied-new", "reverted", "power-station"),
)


def _expected_log() -> bytes:
    """One event a line, oldest first; those of one moment by name."""
    lines = [
        json.dumps({"moment": moment, "kind": kind, "name": name, "baseline": moment == _MOMENTS[0]})
        for moment, kind, name in _EXPECTED
    ]
    return ("\n".join(lines) + "\n").encode()


def _story() -> dict[str, bytes]:
    made = {}
    for number, moment in enumerate(_MOMENTS, 1):
        for name, article in _articles(number).items():
            suffix, data = _saved(name, _as_fetched(article, number), number)
            made[f"{REPLAY}/{moment}/{name}.{suffix}"] = data
    return made


def _articles(number: int) -> dict[str, Article]:
    """What the site holds at moment ``number``, chrome aside."""
    articles = _first_articles()
    if 3 <= number < 13:
        articles["power-station"] = _without(articles["power-station"], "Pak Un Hyok, ")
    if number >= 4:
        articles["cell-secretaries"] = _curly(articles["cell-secretaries"])
    if number >= 5:
        articles["tree-nursery"] = replace(articles["tree-nursery"], title="1.2 Million Saplings Grown in County")
    if number == 6:
        del articles["opening-speech"]
    if 7 <= number <= 9:
        del articles["photo-exhibition"]
    if number == 13:
        articles |= {"photo-exhibition-again": articles["photo-exhibition"], "new-houses": _NEW_HOUSES}
    return articles


def _without(article: Article, words: str) -> Article:
    return replace(article, paragraphs=tuple(text.replace(words, "") for text in article.paragraphs))


def _curly(article: Article) -> Article:
    """The article with typographic quotes and apostrophes for straight ones."""
    curled = tuple(re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’") for text in article.paragraphs)
    return replace(article, title=article.title.replace("'", "’"), paragraphs=curled)


def _as_fetched(article: Article, number: int) -> Article:
    """The article with the masthead and the cards of the day; a newer card comes in with each moment."""
    seed = _NAENARA if article.publication == "Naenara (En)" else _KCNA
    cards = from_bytes((SEEDS / seed).read_bytes()).cards
    first = len(_MOMENTS) - number
    return replace(
        article,
        masthead=_FIRST_DAY + timedelta(days=number - 1),
        cards=cards[first : first + _CARDS_SHOWN],
    )


# How it is saved


_PAGE_NUMBERS = {
    "cell-secretaries": 1,
    "opening-speech": 2,
    "power-station": 3,
    "tree-nursery": 4,
    "photo-exhibition": 5,
    "photo-exhibition-again": 6,
    "new-houses": 7,
}


def _saved(name: str, article: Article, number: int) -> tuple[str, bytes]:
    """The file's ending and its bytes."""
    if name in _TEXT_PAGES:
        return "txt", to_text(article).encode()
    if name == "cell-secretaries" and _MOMENTS[number - 1] == "12-block-page":
        return "html", encoded(_BLOCK_PAGE, "euc-kr")
    # The address stays when the headline changes: the slug was made when the site took the article in.
    url = _address(_first_articles().get(name, article), _PAGE_NUMBERS[name])
    html = page(article, address=url, dirt=100 * number + _PAGE_NUMBERS[name], padding=_PADDING.get(name, 5_000))
    if name == "cell-secretaries" and _MOMENTS[number - 1] == "11-redesign":
        html = _redesigned(html)
    return "html", encoded(html, "utf-8")


def _redesigned(html: str) -> str:
    """The page in a layout that the selectors do not know: the same words under other names, without the meta line."""
    html = re.sub(r"<h1[^>]*>(.*?)</h1>", r'<div class="headline">\1</div>', html, flags=re.DOTALL)
    html = re.sub(r"<p>Date: .*?</p>\n", "", html, flags=re.DOTALL)
    html = html.replace('<div class="article-content">', '<section class="story">')
    return html.replace("</div><!-- .article-content -->", "</section><!-- .story -->")


_BLOCK_PAGE = """<!DOCTYPE html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="kcsc" content="blocking">
<title>불법·유해 정보(사이트)에 대한 차단 안내</title>
<style>body { margin: 0; text-align: center; font-family: sans-serif }</style>
</head>
<body>
<h1>불법·유해 정보(사이트)에 대한 차단 안내</h1>
<p>지금 접속하려고 하는 정보(사이트)에서 불법·유해 내용이 제공되고 있어 
해당 정보(사이트)에 대한 접속이 차단되었음을 알려드립니다.</p>
<p>해당 정보(사이트)는 관련 법령에 따라 심의를 거쳐 차단이 이루어진 것입니다.</p>
</body>
</html>
"""


if __name__ == "__main__":
    main()

"""What it costs to read a page of 100 KB with a layout: python -m tests.benchmarks.reading

A page of the site after the seeds, dirty and of realistic size, is read as a visit does: unchanged (its parts are known), changed
(the article is built), in full (BeautifulSoup over the whole page), and by the better of two layouts. CPU milliseconds, the
median of many, beside what lxml alone takes to parse the same page, which this machine's speed can be told by.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from kcna_pages import SEEDS, page
from lxml import etree
from parsing.markup import URL, capture, configured

from monitor.article import from_bytes
from monitor.parsing.reader import LayoutReader
from monitor.settings import Rule

_SIZE = 100_000
_ROUNDS = 60
_LIMIT = 10.0  # milliseconds for a page of 100 KB by its matched parts


def cost(do: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """The median of the CPU milliseconds that it takes."""
    found = []
    for _ in range(rounds):
        start = process_time()
        do()
        found.append((process_time() - start) * 1000)
    return median(found)


def main() -> None:
    """Prints the table."""
    article = from_bytes(sorted(SEEDS.glob("*.txt"))[0].read_bytes())
    html = page(article, address=URL, dirt=7)
    body = html.replace("</body>", f"<!-- {'x' * max(0, _SIZE - len(html.encode()) - 9)} --></body>").encode()
    seen, source, reader = capture(body), configured("naenara-en"), LayoutReader()
    known, (layout, *_) = reader.read(seen, source), source.layouts
    worse = replace(layout, name="worse", published=(Rule(css=".none"),))
    both = replace(source, layouts=(worse, layout))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False)
    bare = cost(lambda: etree.fromstring(body, parser))
    rows = {
        "bare lxml parse": bare,
        "unchanged (parts known)": cost(lambda: reader.read(seen, source, known.parts)),
        "changed (article built)": cost(lambda: reader.read(seen, source)),
        "the better of two layouts": cost(lambda: reader.read(seen, both)),
        "whole page": cost(lambda: reader.read_whole(seen, source), 10),
    }
    print(f"a page of {len(body):,} bytes, {body.count(b'<'):,} tags, {len(article.paragraphs)} paragraphs; CPU, median")
    for name, spent in rows.items():
        verdict = "" if name not in ("unchanged (parts known)", "changed (article built)") else "  over the limit"
        print(f"{name:28} {spent:7.2f} ms {spent / bare:6.1f} x{verdict if spent > _LIMIT else ''}")


if __name__ == "__main__":
    main()

"""The addresses of every page of the review page and its API, as people ask for them of a large log."""

from __future__ import annotations

import random
from collections.abc import Iterator

from monitor.storing.sqlite import SqliteStore

COLD = (
    *("/", "/?order=new", "/changes/{newest}", "/search?q=inspected", "/charts", "/sources"),
    "/?text=inspected&source=source-03",  # all texts with the word are listed, which is done once
)
_DAY = "2026-02-01"  # some weeks before the end of the log
_WEEK = "since=2025-03-01&until=2025-03-08"
_FILTERS = {
    "new": "",
    "newest": "order=new",
    "top": "order=top",
    "all of all": "order=new&baseline=yes&hidden=yes",
    "open": "state=open&order=top",
    "flagged": "state=flagged",
    "acknowledged": "state=acknowledged&order=top",
    "dismissed, top": "state=dismissed&order=top",
    "two states": "state=flagged&state=dismissed",
    "assigned": "assigned=alice",
    "assigned to nobody known": "assigned=nobody",
    "a source": "source=source-04",
    "a source, top": "source=source-04&order=top",
    "no such kind": "kind=moved",
    "no such kind, top": "kind=moved&order=top",
    "a kind": "kind=removed",
    "a class": "class=negation&order=top",
    "no such class": "class=picture",
    "no such class, top": "class=picture&order=top",
    "score": "least=0.9",
    "score 1, newest": "least=1",
    "a day": f"since={_DAY}",
    "a week a year ago": _WEEK,
    "a week a year ago, top": f"{_WEEK}&order=top",
    "before all": "until=2020-01-01",
    "before all, top": "until=2020-01-01&order=top",
    "a campaign": "story=1",
    "a campaign, top": "story=1&order=top",
    "rare words of a change": "changed=%22coal+mine+765%22",
    "common word of a change": "changed=school",
    "common word of a change, top": "changed=school&order=top",
    "words of no change": "changed=qwertz",
    "rare name in texts": "text=%22Pak+Un+Hyok%22",
    "common word in texts": "text=inspected",
    "common word in texts, top": "text=inspected&order=top",
    "common word where none is": "text=inspected&source=source-03",
    "common word where none is, top": "text=inspected&source=source-03&order=top",
    "no such word": "text=qwertz",
    "Korean": "text=%EB%B6%81%ED%95%9C",
    "Korean, one syllable": "text=%EB%B6%81",
    "a prefix": "text=inspe*",
    "a rare watch word": "watch=rare",
    "a common watch word": "watch=common",
    "a common watch word, top": "watch=common&order=top",
    "source, class, score, time": f"source=source-07&class=name&least=0.5&since={_DAY}",
    "source, class, kind, state, word": "source=source-07&class=name&kind=edited&state=open&changed=school&order=top",
    "all that finds nothing": "source=source-07&class=cut&kind=moved&state=flagged&assigned=alice&text=inspected",
    "class in a source, flagged": "source=source-02&class=quote&state=flagged",
    "far down": "order=new&after=0,500000",
    "far down, top": "order=top&after=0.2,500000",
    "far down a word": "text=inspected&after=0,500000",
    "above nearly all": "above=999990&state=open&order=top",
    "above half, a class": "above=500000&class=negation&order=top",
}
_OTHERS = {
    "search: nothing asked": "/search",
    "search: rare": "/search?q=%22Pak+Un+Hyok%22",
    "search: common": "/search?q=inspected",
    "search: common, best": "/search?q=inspected&order=best",
    "search: Korean": "/search?q=%EB%B6%81%ED%95%9C",
    "search: none": "/search?q=qwertz",
    "search: word of a source": "/search?q=inspected&source=source-04",
    "search: where none is": "/search?q=inspected&source=source-03",
    "search: now": "/search?q=inspected&stands=now",
    "charts": "/charts?since=90d",
    "charts, a year": "/charts?since=365d",
    "charts, 3 years": "/charts?since=1095d",
    "charts, a source": "/charts?since=365d&source=source-04",
    "charts, rare term": "/charts?since=365d&term=%22Pak+Un+Hyok%22",
    "charts, common term": "/charts?since=365d&term=inspected",
    "charts, common term, 3 years": "/charts?since=1095d&term=inspected",
    "chart as CSV": "/charts/kinds.csv?since=1095d",
    "sources": "/sources",
    "a source's page": "/sources/source-04",
    "a source's blocked": "/sources/source-04?stand=blocked",
    "watch words": "/watch",
    "Atom": "/feeds/atom.xml",
    "Atom, top": "/feeds/atom.xml?order=top",
    "Atom, a word": "/feeds/atom.xml?text=inspected",
    "JSON Feed": "/feeds/feed.json?state=open",
    "CSV, first bytes": "/export/changes.csv",
    "JSON Lines, first bytes": "/export/changes.jsonl?order=top",
    "CSV of a word, first bytes": "/export/changes.csv?text=inspected",
    "report, first bytes": "/export/report.html",
    "API: changes": "/api/v1/changes",
    "API: changes, a word": "/api/v1/changes?text=inspected",
    "API: changes, none": "/api/v1/changes?kind=moved",
    "API: stories": "/api/v1/stories",
    "API: stories of a source": "/api/v1/stories?source=source-04",
    "API: story": "/api/v1/stories/1",
    "API: pages": "/api/v1/pages",
    "API: blocked pages": "/api/v1/pages?stand=blocked",
    "API: gone pages": "/api/v1/pages?stand=gone&source=source-04",
    "API: search": "/api/v1/search?q=inspected",
    "API: sources": "/api/v1/sources",
    "API: incidents": "/api/v1/incidents",
    "API: all incidents": "/api/v1/incidents?which=all",
    "API: status": "/api/v1/status",
    "API: reviews": "/api/v1/reviews",
    "API: views": "/api/v1/views",
    "API: watch": "/api/v1/watch",
    **{
        f"API: statistics {name}": f"/api/v1/statistics/{name}?since=1095d"
        for name in ("kinds", "scores", "life", "published", "seen")
    },
    "API: statistics term": "/api/v1/statistics/term?since=365d&term=inspected",
    "API: description": "/api/v1/openapi.json",
}
_OF_A_CHANGE = {
    "a change": "/changes/{}",
    "a change, side by side, whole": "/changes/{}?view=side&words=whole",
    "all like it": "/changes/{}/like",
    "API: a change": "/api/v1/changes/{}",
}
_OF_A_PAGE = {
    "a page": "/pages/{}",
    "compared": "/pages/{}/compare?from=1&to=2",
    "API: a page": "/api/v1/pages/{}",
    "API: compared": "/api/v1/pages/{}/compare?from=1&to=2",
}


def addresses(store: SqliteStore, repeats: int) -> Iterator[tuple[str, list[str]]]:
    """What each page is called, and so many addresses of it."""
    for name, filters in _FILTERS.items():
        yield f"inbox: {name}", [f"/?{filters}" if filters else "/"] * repeats
    rng = random.Random(3)
    edits = "SELECT id, page_id FROM change WHERE id >= ? AND kind IN ('edited', 'reverted') AND NOT baseline LIMIT 1"
    found = [row for _ in range(repeats) if (row := store.handle.row(edits, (rng.randrange(store.newest()),)))]
    widest = store.story_changes(1)[-repeats:]
    for name, address in _OF_A_CHANGE.items():
        yield name, [address.format(change) for change, _ in found]
        yield f"{name}, of a campaign", [address.format(change) for change in widest]
    for name, address in _OF_A_PAGE.items():
        yield name, [address.format(page) for _, page in found]
    for name, address in _OTHERS.items():
        yield name, [address] * repeats

"""Stories: changes that belong together, beside the log and never in it. All of it can be made anew from the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from monitor.model import Clue, Cluster, Copies, Kind, LogQuery, Sighting, Story, StoryKind
from monitor.storing.database import Row
from monitor.storing.likeness import LikenessTable
from monitor.storing.values import from_instant, instant, maybe_instant

_FOLLOWED = "stories"  # up to which change the clues were taken, in the table `progress`
_BATCH = 500
_STORY = "story.id, story.kind, story.what, story.pages, story.changes, story.first_at, story.last_at FROM story"
# the widest story of a change tells the most of it; of several the one that says it in the most words
_WIDEST = "ORDER BY story.kind = 'campaign' DESC, story.pages DESC, length(story.what) DESC, story.key, story.first_id"
# a campaign most of whose changes belong to one that is wider by that order: a part of the name, or one that stood beside it
_SHADE = """UPDATE story SET is_shadow = (SELECT 2 * count(*) > story.changes FROM story_change mine
    WHERE mine.story_id = story.id AND EXISTS (SELECT 1 FROM story_change also JOIN story wide ON wide.id = also.story_id
    WHERE also.change_id = mine.change_id AND wide.kind = 'campaign'
    AND (wide.pages, length(wide.what), story.key, story.first_id) > (story.pages, length(story.what), wide.key, wide.first_id)))
    WHERE kind = 'campaign' AND id IN (SELECT beside.story_id FROM story touched JOIN story_change mine
    ON mine.story_id = touched.id JOIN story_change beside ON beside.change_id = mine.change_id WHERE touched.key = ?)"""
_FIRST = ", ".join(f"'{kind.value}'" for kind in Kind if kind.is_first)
_SAME_FAMILY = """SELECT v.page_id FROM version v WHERE v.text_id = f.family OR v.text_id IN
    (SELECT text_id FROM signature WHERE family = f.family AND family <> text_id)"""


class StoriesTable(LikenessTable):
    """Implements of the protocol ``Store`` what tells of stories, on a handle."""

    # Clues

    def to_follow(self, limit: int) -> list[int]:
        sql = "SELECT id FROM change WHERE id > ? AND NOT baseline ORDER BY id LIMIT ?"
        return [number for (number,) in self.handle.rows(sql, (self._progress(_FOLLOWED) or 0, limit))]

    def keep_clues(self, change: int, clues: Sequence[Clue]) -> None:
        with self.atomic():
            for clue in clues:
                self.handle.write(
                    "INSERT INTO clue (key, change_id, page_id, at, weight) SELECT ?, id, page_id, at, ? FROM change WHERE id = ?"
                    " ON CONFLICT (key, change_id) DO UPDATE SET weight = max(weight, excluded.weight)",
                    (clue.key, clue.weight, change),
                )

    def followed(self, change: int) -> None:
        if change > (self._progress(_FOLLOWED) or 0):
            self.keep_progress(_FOLLOWED, change)

    def begun(self) -> datetime | None:
        return maybe_instant(self.handle.value("SELECT at FROM change ORDER BY id LIMIT 1"))

    def sightings(self, key: bytes, limit: int) -> list[Sighting]:
        sql = "SELECT change_id, page_id, at, weight FROM clue WHERE key = ? ORDER BY at DESC, change_id DESC LIMIT ?"
        return [Sighting(change, page, instant(at), weight) for change, page, at, weight in self.handle.rows(sql, (key, limit))]

    # Stories

    def keep_stories(self, clue: Clue, found: Sequence[Cluster]) -> None:
        with self.atomic():
            known: dict[int, int] = dict(self.handle.rows("SELECT first_id, id FROM story WHERE key = ?", (clue.key,)))
            wanted = {cluster.sightings[0].change: cluster for cluster in found}
            for first in known.keys() - wanted.keys():
                self._drop(known[first])
            for cluster in wanted.values():
                self._keep_story(clue, cluster)

    def _drop(self, story: int) -> None:
        self.handle.write("DELETE FROM story_change WHERE story_id = ?", (story,))
        self.handle.write("DELETE FROM story WHERE id = ?", (story,))

    def _keep_story(self, clue: Clue, cluster: Cluster) -> None:
        first, changes = cluster.sightings[0].change, [each.change for each in cluster.sightings]
        self.handle.write(
            "INSERT INTO story (key, kind, what, pages, changes, first_id, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (key, first_id) DO UPDATE SET pages = excluded.pages, changes = excluded.changes,"
            " last_at = excluded.last_at",
            (
                clue.key,
                clue.kind.value,
                clue.what,
                cluster.pages,
                len(changes),
                first,
                from_instant(cluster.first),
                from_instant(cluster.last),
            ),
        )
        story = int(self.handle.value("SELECT id FROM story WHERE key = ? AND first_id = ?", (clue.key, first)))
        known = {each for (each,) in self.handle.rows("SELECT change_id FROM story_change WHERE story_id = ?", (story,))}
        for change in sorted({*changes} - known):
            self.handle.write("INSERT INTO story_change (change_id, story_id) VALUES (?, ?)", (change, story))
        for change in sorted(known - {*changes}):
            self.handle.write("DELETE FROM story_change WHERE change_id = ? AND story_id = ?", (change, story))

    def shade_stories(self, keys: Iterable[bytes]) -> None:
        with self.atomic():
            for key in keys:
                self.handle.write(_SHADE, (key,))

    def forget_stories(self) -> None:
        with self.atomic():
            for table in ("story_change", "story", "clue"):
                self.handle.write(f"DELETE FROM {table}")
            self.keep_progress(_FOLLOWED, 0)

    # What is told of them

    def stories(self, change: int) -> list[Story]:
        sql = f"SELECT {_STORY} JOIN story_change ON story_id = story.id WHERE change_id = ? AND NOT is_shadow {_WIDEST}"
        return [_story(row) for row in self.handle.rows(sql, (change,))]

    def story_of(self, changes: Sequence[int]) -> dict[int, Story]:
        found: dict[int, Story] = {}
        for start in range(0, len(changes), _BATCH):
            some = changes[start : start + _BATCH]
            marks = ", ".join("?" * len(some))
            rows = self.handle.rows(
                f"SELECT {_STORY.replace(' FROM', ', change_id FROM')} JOIN story_change ON story_id = story.id"
                f" WHERE change_id IN ({marks}) AND NOT is_shadow {_WIDEST}",
                some,
            )
            for row in rows:
                found.setdefault(row[7], _story(row))
        return found

    def story(self, number: int) -> Story | None:
        row = self.handle.row(f"SELECT {_STORY} WHERE id = ?", (number,))
        return _story(row) if row else None

    def story_changes(self, number: int) -> list[int]:
        sql = "SELECT change_id FROM story_change JOIN change ON change.id = change_id WHERE story_id = ? ORDER BY at, change_id"
        return [change for (change,) in self.handle.rows(sql, (number,))]

    def campaigns(self, query: LogQuery) -> list[Story]:
        since = from_instant(query.since) if query.since is not None else None
        marks = ", ".join("?" * len(query.sources))
        of_sources = f" AND source.name IN ({marks})" if query.sources else ""
        rows = self.handle.rows(
            f"SELECT {_STORY} WHERE kind = 'campaign' AND NOT is_shadow AND (? IS NULL OR last_at >= ?) AND EXISTS"
            " (SELECT 1 FROM story_change JOIN change ON change.id = change_id JOIN page ON page.id = change.page_id"
            f" JOIN source ON source.id = page.source_id WHERE story_id = story.id{of_sources})"
            " ORDER BY story.pages DESC, story.last_at DESC, story.id LIMIT ?",
            (since, since, *sorted(query.sources), -1 if query.limit is None else query.limit),
        )
        return [_story(row) for row in rows]

    # Copies and moves

    def family_of(self, change: int) -> int | None:
        found = self.handle.value(
            "SELECT coalesce(family, version.text_id) FROM change JOIN version ON version.id = coalesce(before_id, after_id)"
            " LEFT JOIN signature ON signature.text_id = version.text_id WHERE change.id = ?",
            (change,),
        )
        return None if found is None else int(found)

    def copies(self, change: int) -> Copies:
        alike = self._alike(change)
        rows = self.handle.rows(
            "WITH f (family, page, at) AS (SELECT ?, page_id, at FROM change WHERE id = ?)"
            f" SELECT page.id FROM f JOIN page ON page.id <> f.page AND page.id IN ({_SAME_FAMILY}) WHERE NOT page.gone"
            " AND EXISTS (SELECT 1 FROM version WHERE version.page_id = page.id AND version.first_seen_at <= f.at)",
            (self.family_of(change), change),
        )
        others = frozenset(number for (number,) in rows) - alike
        return Copies(len(alike) + len(others), len(alike), others)

    def _alike(self, change: int) -> set[int]:
        """The other pages that were changed in the same way."""
        rows = self.handle.rows(
            "SELECT clue.page_id FROM change JOIN story_change mine ON mine.change_id = change.id"
            " JOIN story ON story.id = story_id"
            " JOIN clue ON clue.key = story.key WHERE change.id = ? AND story.kind = ? AND clue.page_id <> change.page_id",
            (change, StoryKind.COPIES.value),
        )
        return {number for (number,) in rows}

    def moves(self, change: int, window: timedelta) -> list[tuple[int, int]]:
        # the plus keeps SQLite from going through all pages of the source, for want of numbers of how few bear the text
        width = window // timedelta(milliseconds=1)
        rows = self.handle.rows(
            f"WITH f (family, page, at, is_removal, source) AS (SELECT ?, page.id, change.at, change.kind = 'removed', source_id"
            " FROM change JOIN page ON page.id = change.page_id WHERE change.id = ?)"
            " SELECT other.page_id, max(other.id) FROM f JOIN page ON page.id <> f.page AND +page.source_id = f.source"
            f" AND page.id IN ({_SAME_FAMILY}) JOIN change other ON other.page_id = page.id AND other.id < ?"
            f" AND NOT other.baseline AND CASE WHEN f.is_removal THEN other.kind IN ({_FIRST}) ELSE other.kind = 'removed' END"
            " AND abs(other.at - f.at) <= ? AND NOT (other.kind = 'removed' AND EXISTS (SELECT 1 FROM change back"
            " WHERE back.page_id = other.page_id AND back.kind = 'restored' AND back.id > other.id AND back.id < ?))"
            " GROUP BY other.page_id ORDER BY other.page_id",
            (self.family_of(change), change, change, width, change),
        )
        return [(page, number) for page, number in rows]


def _story(row: Row) -> Story:
    return Story(row[0], StoryKind(row[1]), row[2], row[3], row[4], instant(row[5]), instant(row[6]))

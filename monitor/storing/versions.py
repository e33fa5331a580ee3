"""The versions of a page: each wording written once, with its text as it is kept; and what another reader made of one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from monitor.article import Card
from monitor.model import Adopted, Page, VersionRef, Wording
from monitor.storing.database import Handle
from monitor.storing.postings import Postings
from monitor.storing.texts import Texts, cards_content, text_content
from monitor.storing.values import Names, from_day, from_instant


class VersionsTable:
    """What writes versions, on a handle."""

    def __init__(self, handle: Handle) -> None:
        self.handle = handle
        self.texts = Texts(handle, "text")
        self.postings = Postings(handle)
        self.cards = Texts(handle, "cards")
        self.names = Names(handle)

    def adopted(self, page: Page, what: Adopted, at: datetime) -> Page:
        """The page as it is known once it bears what today's reader makes of its last capture. No change is logged for that.

        The wording as it was read before stays, and ends with the last visit. The new one begins ``at`` the instant when it
        was adopted: what the page was known to say earlier was said by the reader of that time.
        """
        self.end_version(page)
        version = self.new_version(page, what.wording, at, what.capture)
        self.handle.write("UPDATE page SET version_id = ? WHERE id = ?", (version, page.id))
        fields = frozenset(["published"] if what.wording.article.published else [])
        return replace(page, current=VersionRef(version, what.wording.fingerprint, fields))

    def end_version(self, page: Page) -> None:
        """Note of the version that the page bears until when it was seen."""
        if page.current is not None:
            self.handle.write(
                "UPDATE version SET last_seen_at = (SELECT last_read_at FROM page WHERE id = ?) WHERE id = ?",
                (page.id, page.current.id),
            )

    def new_version(self, page: Page, wording: Wording, at: datetime, capture: int | None) -> int:
        """A further version of the page, first seen ``at``, read from ``capture``."""
        article = wording.article
        last = self.handle.row(
            "SELECT number, text_id, cards_id FROM version WHERE page_id = ? ORDER BY number DESC LIMIT 1", (page.id,)
        )
        number, base_text, base_cards = last or (0, None, None)
        text = self.texts.keep(wording.text_digest, text_content(article), base_text)
        cards = self._keep_cards(article.cards, base_cards) if article.cards else None
        return self.handle.insert(
            "INSERT INTO version (page_id, number, fingerprint, text_id, publication_id, published, site_id, masthead,"
            " has_original, cards_id, layout_id, first_seen_at, capture_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                page.id,
                number + 1,
                wording.fingerprint,
                text,
                self.names.number(article.publication),
                from_day(article.published),
                self.names.number(article.site),
                from_day(article.masthead),
                int(article.has_original),
                cards,
                self.names.number(wording.layout),
                from_instant(at),
                capture,
            ),
        )

    def _keep_cards(self, cards: tuple[Card, ...], base: int | None) -> int:
        content = cards_content(cards)
        if base is None:  # the latest cards of all are most like these: the pages of a source show the same ones
            base = self.handle.value("SELECT max(id) FROM cards")
        return self.cards.keep(cards_digest(content), content, base)


def cards_digest(content: bytes) -> bytes:
    """The digest by which cards are kept once."""
    return hashlib.sha256(content).digest()[:16]

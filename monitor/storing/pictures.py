"""The pictures of pages: sets of them, each kept once, which set a page is known to show, and between which sets a change lies.

A set is kept as JSON, a picture a line, under its SHA-256 (FIPS 180-4) with a recipe byte in front. A change of pictures has
both digests in its record in the hash chain.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode

from monitor.errors import StoreDamaged
from monitor.model import Picture, Pictured, Pictures
from monitor.storing.database import Handle
from monitor.storing.texts import Texts
from monitor.storing.versions import VersionsTable

RECIPE = 1
_FIELDS = ("url", "name", "alt", "caption", "place", "etag", "last_modified")


class PicturesTable(VersionsTable):
    """Implements of the protocol ``Store`` what keeps pictures, on a handle."""

    def __init__(self, handle: Handle) -> None:
        super().__init__(handle)
        self.picture_sets = Texts(handle, "pictures")

    def pictures(self, page: int) -> Pictures | None:
        return self._set(self.handle.value("SELECT pictures_id FROM page WHERE id = ?", (page,)))

    def pictured(self, change: int) -> tuple[Pictures, Pictures] | None:
        row = self.handle.row("SELECT before_id, after_id FROM picture_change WHERE change_id = ?", (change,))
        before, after = (self._set(number) for number in row or (None, None))
        return None if before is None or after is None else (before, after)

    def _set(self, number: int | None) -> Pictures | None:
        if number is None:
            return None
        try:
            return unpacked(self.picture_sets.content(number))
        except (KeyError, TypeError, ValueError) as wrong:
            raise StoreDamaged(f"{self.handle.path}: pictures {number} cannot be read ({wrong})") from wrong

    def set_flaw(self, number: int, digest: bytes) -> str:
        """What is wrong with a set that is kept; empty where it is whole."""
        try:
            content = self.picture_sets.content(number)
            unpacked(content)
        except (KeyError, StoreDamaged, TypeError, ValueError) as wrong:
            return f"cannot be read: {wrong}"
        return (
            "" if digest == pictures_digest(content) else "altered: the pictures do not give the digest that stands beside them"
        )

    def keep_pictures(self, page: int, pictures: Pictures) -> None:
        known = self.handle.value("SELECT pictures_id FROM page WHERE id = ?", (page,))
        number = self._kept_set(pictures, known)
        if number != known:
            self.handle.write("UPDATE page SET pictures_id = ? WHERE id = ?", (number, page))

    def log_pictures(self, change: int, pictured: Pictured) -> None:
        """Note of a change which pictures there were before and after."""
        before = self._kept_set(pictured.before or (), None)
        values = (change, before, self._kept_set(pictured.after, before))
        self.handle.write("INSERT INTO picture_change (change_id, before_id, after_id) VALUES (?, ?, ?)", values)

    def _kept_set(self, pictures: Pictures, base: int | None) -> int:
        content = packed(pictures)
        return self.picture_sets.keep(pictures_digest(content), content, base)


def packed(pictures: Pictures) -> bytes:
    """A set of pictures as it is kept: a JSON object a line, without what is empty."""
    lines = []
    for each in pictures:
        said = {name: value for name in _FIELDS if (value := getattr(each, name))}
        said |= {"sha256": each.digest.hex()} if each.digest else {}
        said |= {"look": b64encode(each.look).decode()} if each.look else {}
        lines.append(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    return "\n".join(lines).encode("utf-8", "replace")


def unpacked(content: bytes) -> Pictures:
    """The pictures of :func:`packed`. Raises KeyError, TypeError or ValueError where it is none of its making."""
    found = []
    for line in content.decode("utf-8").split("\n") if content else ():
        said = json.loads(line)
        digest, look = said.pop("sha256", None), said.pop("look", None)
        said = {"url": ""} | said
        found.append(Picture(**said, digest=bytes.fromhex(digest) if digest else None, look=b64decode(look) if look else None))
    return tuple(found)


def pictures_digest(content: bytes) -> bytes:
    """The digest by which a set is kept once."""
    return bytes([RECIPE]) + hashlib.sha256(content).digest()

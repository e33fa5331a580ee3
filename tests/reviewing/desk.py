"""A reviewer's desk: the review page on a real database, a browser that keeps cookies, and short hands for its forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from standins import SetClock
from werkzeug.test import TestResponse

from monitor.fetching.archive import WarcArchive
from monitor.jobs.following.judge import Judge
from monitor.model import Role
from monitor.reviewing.app import create_app
from monitor.reviewing.auth import FORM_TOKEN
from monitor.reviewing.parts import Parts
from monitor.reviewing.passwords import digest_of
from monitor.settings import Program, Source
from monitor.storing.sqlite import SqliteStore, StoreFile

HERE = "http://localhost"
PASSWORD = "correct horse"  # noqa: S105  a test's
_SECRET = digest_of(PASSWORD)  # made once: it takes a while on purpose


class Compiled(BytecodeCache):
    """Templates, compiled once for all desks."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


_COMPILED = Compiled()


@dataclass
class Desk:
    """The application over the database at ``path``, and the browser of one person."""

    path: Path
    clock: SetClock
    sources: tuple[Source, ...] = ()
    program: Program = field(default_factory=Program)
    store: SqliteStore = field(init=False)
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        file = StoreFile(self.path, lasting=False)
        self.store = file.open()
        self.parts = Parts(
            file.open, self.clock, self.program, self.sources, Judge(self.program, self.sources),
            WarcArchive(self.path.with_name("archive"), self.clock, most_bytes=1_000_000, software="test"), "owner",
        )  # fmt: skip
        self.app = create_app(self.parts)
        self.app.jinja_env.bytecode_cache = _COMPILED
        self.client = self.app.test_client()

    def get(self, address: str, status: int = 200) -> str:
        """The text of a page, which answers with that status."""
        answer = self.client.get(address, base_url=HERE)
        assert answer.status_code == status, words(answer.text)
        return answer.text

    def post(self, address: str, fields: Mapping[str, Any], **headers: str) -> TestResponse:
        """What a form answers that is sent with the token of this session."""
        data = {FORM_TOKEN: self.token(), **fields}
        return self.client.post(address, base_url=HERE, data=data, headers={"Origin": HERE, **headers})

    def ask(self, address: str, fields: Mapping[str, Any]) -> Any:
        """What ``app.js`` would be answered."""
        answer = self.post(address, fields, Accept="application/json")
        assert answer.status_code == 200, words(answer.text)
        return answer.json

    def token(self) -> str:
        """The token of a form on a page of this session."""
        found = re.search(rf'name="{FORM_TOKEN}" value="(\w*)"', self.client.get("/?order=new", base_url=HERE).text)
        return found[1] if found else ""

    def add(self, name: str, role: Role = Role.REVIEWER) -> None:
        """A user who has PASSWORD."""
        self.store.keep_user(name, role, _SECRET)

    def sign_in(self, name: str, role: Role = Role.REVIEWER) -> Desk:
        """The browser of a user, who is added, and signed in there."""
        self.add(name, role)
        other = self.beside()
        answer = other.client.post("/login", base_url=HERE, data={"name": name, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return other

    def beside(self) -> Desk:
        """Another browser on the same server."""
        other = object.__new__(Desk)
        other.__dict__.update(self.__dict__)
        other.client = self.app.test_client()
        return other


def words(page: str) -> str:
    """What a page says, without its markup: white space folded, additions and cuts in their marks."""
    page = re.sub(r"<script.*?</script>|<dialog.*?</dialog>", "", page, flags=re.DOTALL)
    page = re.sub(r"<(ins|del)[^>]*>", lambda found: "{+" if found[1] == "ins" else "[-", page)
    page = page.replace("</ins>", "+}").replace("</del>", "-]")
    page = re.sub(r"</?(?:span|a|bdi|strong)\b[^>]*>", "", page)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def rows(page: str) -> list[int]:
    """The changes of a list, in their order."""
    return [int(number) for number in re.findall(r'<li class="row[^>]* data-change="(\d+)"', page)]


def link(page: str, text: str) -> str:
    """Where a link with this text leads."""
    found = re.search(rf'<a [^>]*href="([^"]*)"[^>]*>\s*{re.escape(text)}', page)
    assert found, f"there is no link {text!r}"
    return unescape(found[1])

"""Users: who may sign in, in which role, and the labels of their tokens. Neither passwords nor tokens, not even their digests."""

from __future__ import annotations

from monitor.model import Role
from monitor.reviewing import auth
from monitor.reviewing.api.routes import Table
from monitor.telling.objects import Object

table = Table()


@table.add("GET", "/users", "Who may sign in, by name, with the labels of their tokens", "Users", role=Role.ADMIN)
def users() -> Object:
    """All of them; none where the page answers this machine only."""
    store = auth.store()
    return {
        "users": [
            {"name": user.name, "role": user.role.value, "tokens": [label for label, _ in store.keys(user.name)]}
            for user in store.users()
        ]
    }

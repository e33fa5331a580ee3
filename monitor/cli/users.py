"""``monitor user``: who may sign in to the review page."""

from __future__ import annotations

import re
import sys

import click

from monitor.assemble import House, Options, secret
from monitor.cli.main import database_options
from monitor.errors import EXIT_OK, InputError
from monitor.model import Role
from monitor.protocols import Store
from monitor.reviewing.auth import digest, new_key
from monitor.reviewing.passwords import digest_of, problem_of

ROLES = [role.value for role in Role]
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_PASSWORD = click.option("--password", "given", metavar="REFERENCE", help="env:NAME or file:/path instead of a question.")


@click.group()
@database_options
def user(options: Options) -> int:  # noqa: ARG001 (its commands take them)
    """Who may sign in to the review page."""
    return EXIT_OK


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default=Role.REVIEWER.value, show_default=True, help="What they may do.")
@_PASSWORD
@database_options
def add(options: Options, name: str, role: str, given: str | None) -> int:
    """Add a user: a reader looks, a reviewer also reviews, an admin also sees to users and sources."""
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r} is no name of a user; it has up to 64 letters, digits and . _ @ -")
    with House(options).store(create=True) as store:
        if store.user(name) is not None:
            raise InputError(f"there is a user {name} already; `monitor user password {name}` gives another password")
        store.keep_user(name, Role(role), digest_of(_password(given)))
    click.echo(f"{name} may sign in as {role}")
    return EXIT_OK


@user.command("password")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), help="Give another role, too.")
@_PASSWORD
@database_options
def password(options: Options, name: str, role: str | None, given: str | None) -> int:
    """Give a user another password; their sessions end."""
    with House(options).store() as store:
        known = _known(store, name)
        store.keep_user(name, Role(role) if role else known, digest_of(_password(given)))
    click.echo(f"{name} has another password; whoever was signed in as {name} no longer is")
    return EXIT_OK


@user.command("remove")
@click.argument("name")
@database_options
def remove(options: Options, name: str) -> int:
    """Take a user away with sessions and tokens; what they reviewed stays."""
    with House(options).store() as store:
        _known(store, name)
        store.drop_user(name)
        left = len(store.users())
    click.echo(f"{name} may sign in no more" + ("" if left else "; there is no user left, so only this machine is answered now"))
    return EXIT_OK


@user.command("token")
@click.argument("name")
@click.argument("label")
@click.option("--revoke", is_flag=True, help="Take the token of this label back.")
@database_options
def token(options: Options, name: str, label: str, revoke: bool) -> int:
    """A token for programs that read the API as a user. It is shown once; the database has only its digest."""
    with House(options).store() as store:
        _known(store, name)
        if label == "session" or not 0 < len(label) <= 100 or not label.isprintable():
            raise InputError("the label should be a word or two that says what the token is for")
        if revoke:
            if not store.drop_keys(name, label):
                raise InputError(f"{name} has no token {label!r}; `monitor user list` shows them")
            click.echo(f"the token {label} of {name} holds no more")
            return EXIT_OK
        if label in [what for what, _ in store.keys(name)]:
            raise InputError(f"{name} has a token {label!r} already; --revoke takes it back")
        key = new_key()
        store.keep_key(digest(key), name, label, None)
    click.echo(key)
    return EXIT_OK


@user.command("list")
@database_options
def list_users(options: Options) -> int:
    """The users, their roles, and the labels of their tokens."""
    with House(options).store() as store:
        users = [(each, [label for label, _ in store.keys(each.name)]) for each in store.users()]
    for each, labels in users:
        click.echo(f"{each.name}  {each.role}" + (f"  tokens: {', '.join(labels)}" if labels else ""))
    if not users:
        click.echo("no users; the review page answers this machine only (`monitor user add NAME` adds one)")
    return EXIT_OK


def _known(store: Store, name: str) -> Role:
    found = store.user(name)
    if found is None:
        raise InputError(f"there is no user {name!r}; `monitor user list` shows them")
    return found.role


def _password(given: str | None) -> str:
    """The password that a reference names, or that is asked for twice. Raises InputError for one that nobody should have."""
    if given is not None:
        found = secret(given)
    elif sys.stdin.isatty():
        found = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        raise InputError("there is no terminal to ask for the password; name it with --password env:NAME or file:/path")
    problem = problem_of(found)
    if problem:
        raise InputError(f"{problem}; choose another")
    return found

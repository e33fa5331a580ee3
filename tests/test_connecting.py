"""A source's `[connection]` in its config file: what is right, and every mistake with its key and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.assemble import secret
from monitor.config import load
from monitor.errors import ConfigError
from monitor.parsing.trees import check_selector
from monitor.settings import Connection

GOOD = 'layouts = [{ name = "plain", title = ["h1"], paragraphs = ["p"] }]\n'
PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
PRINT = "0a" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("sources", "templates"):
        (tmp_path / name).mkdir()
    return tmp_path


def read(folder: Path, table: str, name: str = "sources/a.toml", before: str = GOOD) -> Connection:
    """The connection of the source `a`, of which a file holds this table."""
    (folder / name).write_text(f"{before}[connection]\n{table}")
    (source,) = load(folder, check_selector).sources
    return source.connection


def test_a_connection_with_everything(folder: Path) -> None:
    (folder / "sources" / "ours.pem").write_text(PEM)
    assert read(
        folder,
        'proxy = "https://proxy.example:3128"\nproxy_login = "env:PROXY_LOGIN"\nca = "ours.pem"\noldest_tls = "1.0"',
    ) == Connection(
        proxy="https://proxy.example:3128",
        proxy_login="env:PROXY_LOGIN",
        ca=str(folder / "sources" / "ours.pem"),
        oldest_tls="1.0",
    )


@pytest.mark.parametrize("text", [PRINT, PRINT.upper(), ":".join(["0A"] * 32)])
def test_a_fingerprint_as_openssl_prints_it(folder: Path, text: str) -> None:
    assert read(folder, f'certificate = "{text}"').certificate == text


def test_without_a_word_of_it_nothing_is_special(folder: Path) -> None:
    assert read(folder, "") == Connection() == Connection(None, None, None, "1.2", None)


def test_a_template_s_certificates_are_found_from_the_template(folder: Path) -> None:
    (folder / "templates" / "ours.pem").write_text(PEM)
    (folder / "sources" / "a.toml").write_text('template = "t"\n[connection]\noldest_tls = "1.1"\n')
    assert read(folder, 'ca = "ours.pem"', "templates/t.toml").ca == str(folder / "templates" / "ours.pem")


NO_PROXY = "is no address of a proxy; write it as http://host:port or https://host:port"
NO_PLACE = "names no place; write env:NAME or file:/path, where `user:password` stands"


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('proxi = "x"', "connection.proxi: unknown key; did you mean 'proxy'? "),
        ('proxy = "proxy.example:3128"', f'connection.proxy: "proxy.example:3128" {NO_PROXY}'),
        ('proxy = "http://proxy.example"', f'connection.proxy: "http://proxy.example" {NO_PROXY}'),
        ('proxy = "socks5://h:1"', f'connection.proxy: "socks5://h:1" {NO_PROXY}'),
        ('proxy = "http://h:99999"', f'connection.proxy: "http://h:99999" {NO_PROXY}'),
        ('proxy = "http://h:1/path"', f'connection.proxy: "http://h:1/path" {NO_PROXY}'),
        ('proxy = "http://u:word@h:1"', "connection.proxy: holds a login; write that to where `proxy_login` refers: "),
        ('proxy = "http://h:1"\nproxy_login = "us:word"', f"connection.proxy_login: {NO_PLACE}"),
        ('proxy = "http://h:1"\nproxy_login = "file:word"', f"connection.proxy_login: {NO_PLACE}"),
        ('proxy_login = "env:A"', "connection.proxy_login: there is no proxy to log in at; name it with `proxy`"),
        ('ca = "none.pem"', "connection.ca: {folder}/sources/none.pem cannot be read: No such file or directory"),
        ('ca = "a.toml"', "connection.ca: {folder}/sources/a.toml holds no certificate in PEM; it should have a line -----BEGIN"),
        ('oldest_tls = "3"', "connection.oldest_tls: should be one of '1.0', '1.1', '1.2' or '1.3'; it is \"3\""),
        ("oldest_tls = 1.0", "connection.oldest_tls: should be one of '1.0', '1.1', '1.2' or '1.3'; it is 1.0"),
        ('certificate = "any"', 'connection.certificate: "any" is no SHA-256 fingerprint; write the 64 hex digits that `openssl'),
        (f'certificate = "{PRINT}"\nca = "x"', "connection.certificate: not together with `ca`: "),
    ],
)
def test_one_mistake(folder: Path, table: str, says: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        read(folder, table)
    (problem,) = wrong.value.problems
    line = 2 + len(table.split("\n")) if "\n" in table and "ca =" not in table else 3
    assert problem.startswith(f"{folder}/sources/a.toml:{line}: " + says.format(folder=folder))
    assert "word" not in problem.replace("user:password", "")


def test_secrets_are_looked_up(tmp_path: Path) -> None:
    (tmp_path / "login").write_text("us:word\n")
    assert secret("env:A", {"A": "us:word"}) == "us:word"
    assert secret(f"file:{tmp_path}/login") == "us:word"


def test_secrets_that_are_missing(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "bytes").write_bytes(b"\xff")
    for reference, says in {
        "env:A": "the environment has no A; the secret that env:A refers to belongs there",
        f"file:{tmp_path}/none": f"the file {tmp_path}/none cannot be read: No such file or directory",
        f"file:{tmp_path}/bytes": f"the file {tmp_path}/bytes cannot be read: it is no text",
        f"file:{tmp_path}/empty": f"the file {tmp_path}/empty is empty; the secret that ",
    }.items():
        with pytest.raises(ConfigError) as wrong:
            secret(reference, {"A": ""})
        (problem,) = wrong.value.problems
        assert problem.startswith(says)

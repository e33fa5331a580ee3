"""What the types cannot say of a source's ``[connection]``: its proxy, its certificates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from monitor.config.files import Table
from monitor.config.sentences import Problem, shown

_FINGERPRINT = r"[0-9a-f]{64}|[0-9a-f]{2}(:[0-9a-f]{2}){31}"
REFERENCE = r"env:[A-Za-z_][A-Za-z0-9_]*|file:/.+"
_BEGIN = b"-----BEGIN CERTIFICATE-----"


def connection_problems(connection: Table) -> Iterator[Problem]:
    """What is wrong with the table ``connection`` of a source."""
    proxy, login, certificate = (connection.get(key) for key in ("proxy", "proxy_login", "certificate"))
    if isinstance(proxy, str):
        wrong = _proxy_problem(proxy)
        if wrong:
            yield ("connection", "proxy"), wrong
    if isinstance(login, str) and not re.fullmatch(REFERENCE, login):  # not shown: it may be the secret itself
        yield ("connection", "proxy_login"), "names no place; write env:NAME or file:/path, where `user:password` stands"
    elif login is not None and proxy is None:
        yield ("connection", "proxy_login"), "there is no proxy to log in at; name it with `proxy`"
    if isinstance(certificate, str) and not re.fullmatch(_FINGERPRINT, certificate, re.IGNORECASE):
        yield (
            ("connection", "certificate"),
            f"{shown(certificate)} is no SHA-256 fingerprint; write the 64 hex digits that `openssl x509 -noout -fingerprint "
            "-sha256` prints",
        )
    elif certificate is not None and "ca" in connection:
        yield ("connection", "certificate"), "not together with `ca`: the one certificate is accepted, whoever issued it"


def ca_problem(path: Path) -> str | None:
    """Why the file of certificates at ``path`` cannot be used, or None."""
    try:
        is_pem = _BEGIN in path.read_bytes()
    except OSError as wrong:
        return f"{path} cannot be read: {wrong.strerror}"
    return None if is_pem else f"{path} holds no certificate in PEM; it should have a line {_BEGIN.decode()}"


def _proxy_problem(proxy: str) -> str | None:
    try:
        parts = urlsplit(proxy)
        is_whole = bool(parts.hostname) and bool(parts.port) and parts.scheme in ("http", "https") and _is_bare(parts)
    except ValueError:
        return f"{shown(proxy)} is no address of a proxy; write it as http://host:port or https://host:port"
    if parts.username is not None or "@" in proxy:
        return "holds a login; write that to where `proxy_login` refers: env:NAME or file:/path"
    return None if is_whole else f"{shown(proxy)} is no address of a proxy; write it as http://host:port or https://host:port"


def _is_bare(parts: SplitResult) -> bool:
    return parts.path in ("", "/") and not parts.query and not parts.fragment and not re.search(r"\s", parts.netloc)

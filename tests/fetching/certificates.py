"""Certificates and servers that bear them, made for a test."""

from __future__ import annotations

import hashlib
import ssl
import warnings
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from fetching.standins import a_source
from trustme import CA, KeyType, LeafCert

from monitor.settings import Connection, Source

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
AGO = datetime(2001, 1, 2, tzinfo=UTC)


def issued(ca: CA, name: str = "127.0.0.1", *, is_expired: bool = False, is_old: bool = False) -> LeafCert:
    """A certificate for ``name``; an old one has a key that old servers know."""
    kind = KeyType.RSA if is_old else KeyType.ECDSA
    if is_expired:
        return ca.issue_cert(name, not_before=LONG_AGO, not_after=AGO, key_type=kind)
    return ca.issue_cert(name, key_type=kind)


def of_server(leaf: LeafCert) -> ssl.SSLContext:
    """The context of a server that bears this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return context


def old_server(leaf: LeafCert, newest: ssl.TLSVersion) -> ssl.SSLContext:
    """The context of a server that speaks TLS up to ``newest`` only."""
    context = of_server(leaf)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = newest
    return context


def fingerprint(leaf: LeafCert) -> str:
    """The SHA-256 fingerprint of a certificate."""
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(leaf.cert_chain_pems[0].bytes().decode())).hexdigest()


def saved(ca: CA, folder: Path) -> str:
    """A file that holds the certificate of ``ca``."""
    path = folder / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return str(path)


def connected(**connection: str) -> Source:
    """A source on this machine that is connected to so."""
    return replace(a_source(), connection=Connection(**connection))  # type: ignore[arg-type]

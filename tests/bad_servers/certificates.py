"""Servers of https with certificates that are good or bad, made for one run of the tests."""

from __future__ import annotations

import socket
import ssl
import warnings
from datetime import timedelta
from functools import cache
from pathlib import Path

import trustme
from fetching.servers import Answer, RawServer
from standins import DAY

from monitor.assemble import SystemClock

HOST = "127.0.0.1"
GOOD, EXPIRED, EARLY, SELF_SIGNED, WRONG_NAME, OLD = "good", "expired", "early", "self-signed", "wrong name", "old TLS"


class Secure(RawServer):
    """Gives its answer over TLS. Without a certificate it gives it to the first bytes that come, and speaks no TLS."""

    def __init__(self, answer: Answer, certificate: str) -> None:
        super().__init__(answer, _context(certificate) if certificate else None)
        self.url = f"https://{HOST}:{self.port}"

    def _head(self, sock: socket.socket) -> bytes | None:
        return super()._head(sock) if self._context else sock.recv(65536) or None


def trusted(folder: Path) -> str:
    """The file of the certificates that clients are to trust, written into ``folder``."""
    file = str(folder / "trusted.pem")
    _authority().cert_pem.write_to_path(file)
    return file


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


@cache
def _context(kind: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if kind == OLD:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            made.set_ciphers("DEFAULT:@SECLEVEL=0")
            made.minimum_version = ssl.TLSVersion.TLSv1
            made.maximum_version = ssl.TLSVersion.TLSv1_1
    _issued(kind).configure_cert(made)
    return made


def _issued(kind: str) -> trustme.LeafCert:
    now, long_ago = SystemClock().now(), timedelta(days=800)
    if kind == SELF_SIGNED:  # by an authority that nobody knows
        return trustme.CA().issue_cert(HOST)
    if kind == WRONG_NAME:
        return _authority().issue_cert("other.example")
    if kind == EXPIRED:
        return _authority().issue_cert(HOST, not_before=now - long_ago, not_after=now - DAY)
    if kind == EARLY:
        return _authority().issue_cert(HOST, not_before=now + DAY, not_after=now + long_ago)
    return _authority().issue_cert(HOST)

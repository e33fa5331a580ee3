"""TLS as a source wants it: whom to trust, and how old a version may be. Something is always verified."""

from __future__ import annotations

import ssl
import threading
import warnings
from functools import lru_cache

from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.util.ssl_ import create_urllib3_context

from monitor.fetching.guard import Refused
from monitor.settings import Connection

_NEW = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
_OLD = {"1.0": ssl.TLSVersion.TLSv1, "1.1": ssl.TLSVersion.TLSv1_1}
_LEGACY = 0x4  # SSL_OP_LEGACY_SERVER_CONNECT of OpenSSL 3: servers without RFC 5746; Python 3.11 has no name for it
_warnings = threading.Lock()  # `catch_warnings` is for one thread at a time


def context_for(connection: Connection) -> ssl.SSLContext:
    """What connections to a source's servers are made with. Raises Refused for a `ca` that cannot be used.

    It may be shared by threads. With a ``certificate`` it verifies nothing itself: who connects compares the fingerprint.
    """
    return _context(connection.ca, connection.oldest_tls, bool(connection.certificate))


def context_for_proxy(connection: Connection) -> ssl.SSLContext:
    """What connections to a source's proxy are made with, of today's TLS. Raises Refused."""
    return _context(connection.ca, "1.2", False)


@lru_cache(maxsize=64)
def _context(ca: str | None, oldest: str, is_pinned: bool) -> ssl.SSLContext:
    """``ca`` names those that are trusted, and no others; without it they are those that browsers trust (certifi).

    Loading them takes longer than the connection, so it is done once; a file that changes is seen after a restart.
    """
    made = _old(oldest) if oldest in _OLD else create_urllib3_context(ssl_minimum_version=_NEW[oldest])
    made.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF  # else a connection that was cut looks like one that was ended
    if is_pinned:
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
        return made
    try:
        made.load_verify_locations(ca or DEFAULT_CA_BUNDLE_PATH)
    except OSError as wrong:  # SSLError is one
        why = "it holds no certificate that can be read" if isinstance(wrong, ssl.SSLError) else wrong.strerror
        raise Refused(f"not asked: the file {ca} (`connection.ca`) cannot be used: {why}") from wrong
    return made


def _old(oldest: str) -> ssl.SSLContext:
    """For servers of before 2008: OpenSSL takes their signatures (SHA-1) and short keys at security level 0 only."""
    made = create_urllib3_context(ciphers="DEFAULT:@SECLEVEL=0", ssl_minimum_version=ssl.TLSVersion.TLSv1_2)
    with _warnings, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        made.minimum_version = _OLD[oldest]
    made.options |= _LEGACY
    return made

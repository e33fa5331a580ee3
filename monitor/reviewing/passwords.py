"""Passwords: kept as scrypt digests (RFC 7914), compared in constant time.

The cost is one of those that OWASP's Password Storage Cheat Sheet gives for scrypt (N = 2^15, r = 8, p = 3: 32 MB, some 0.2 s).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

_COST, _BLOCK, _PARALLEL = 15, 8, 3
_MEMORY = 64 * 1024 * 1024
SHORTEST = 10
_LONGEST = 1024


def problem_of(password: str) -> str | None:
    """Why somebody should not have this password, or None."""
    if len(password) < SHORTEST:
        return f"a password has {SHORTEST} characters or more"
    if len(password) > _LONGEST:
        return f"a password has {_LONGEST} characters or less"
    return "a password is not one character again and again" if len(set(password)) < 4 else None


def digest_of(password: str) -> str:
    """What is kept of a password: ``scrypt$15$8$3$salt$digest``."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_COST}${_BLOCK}${_PARALLEL}${salt.hex()}${_scrypt(password, salt, _COST, _BLOCK, _PARALLEL).hex()}"


def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one that is kept. Without one kept it takes as long, and is False."""
    if kept is None:
        _scrypt(password, bytes(16), _COST, _BLOCK, _PARALLEL)
        return False
    try:
        kind, cost, block, parallel, salt, digest = kept.split("$")
        wanted = bytes.fromhex(digest)
        found = _scrypt(password, bytes.fromhex(salt), int(cost), int(block), int(parallel))
    except ValueError:  # altered in the database
        return False
    return kind == "scrypt" and hmac.compare_digest(found, wanted)


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    given = password[:_LONGEST].encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=2**cost, r=block, p=parallel, maxmem=_MEMORY, dklen=32)

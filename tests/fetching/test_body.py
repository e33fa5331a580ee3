"""Content codings: undone whole or refused, and never beyond the limit."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import BadAnswer, FetchError, TooLarge
from monitor.fetching.body import decode

LIMIT = 100_000
PAGE = b"<p>Some page</p>" * 100


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(data)


def zstd_unsized(data: bytes) -> bytes:
    packer = zstandard.ZstdCompressor().compressobj()
    return packer.compress(data) + packer.flush()


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd_unsized}


def undone(wire: bytes, codings: str | None, limit: int = LIMIT) -> bytes:
    return decode(wire, codings, limit=limit, url="http://h/x")


@pytest.mark.parametrize(
    ("codings", "wire"),
    [
        (None, PAGE),
        ("", PAGE),
        ("identity", PAGE),
        ("gzip", gzip.compress(PAGE, mtime=0)),
        (" GZip ", gzip.compress(PAGE, mtime=0)),
        ("x-gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", raw_deflate(PAGE)),
        ("gzip, identity", gzip.compress(PAGE, mtime=0)),
        ("deflate, gzip", gzip.compress(zlib.compress(PAGE), mtime=0)),
        ("gzip", gzip.compress(PAGE[:50], mtime=0) + gzip.compress(PAGE[50:], mtime=0)),
        ("gzip", gzip.compress(PAGE, mtime=0) + b"\0\0\0\0"),
        ("gzip", gzip.compress(PAGE, mtime=0) + b"\r\nstray"),
        ("br", brotli.compress(PAGE)),
        ("BR", brotli.compress(PAGE)),
        ("zstd", zstd(PAGE)),
        ("zstd", zstd_unsized(PAGE)),
        ("zstd", zstd(PAGE[:50]) + zstd(PAGE[50:])),
        ("zstd", zstd(PAGE) + b"\r\nstray"),
        ("br, zstd", zstd(brotli.compress(PAGE))),
    ],
)
def test_codings_are_undone(codings: str | None, wire: bytes) -> None:
    assert undone(wire, codings) == PAGE


@pytest.mark.parametrize("codings", ["gzip", "deflate", "gzip, gzip", "br", "zstd"])
def test_nothing_is_nothing(codings: str) -> None:
    assert undone(b"", codings) == b""


PACKED = gzip.compress(PAGE, mtime=0)


@pytest.mark.parametrize("wire", [PACKED[:-9], PACKED[:-1], PACKED[:5], b"\x1f"])
def test_a_body_cut_short_is_refused(wire: bytes) -> None:
    with pytest.raises(BadAnswer, match=r"^http://h/x: the gzip body is cut short$"):
        undone(wire, "gzip")


@pytest.mark.parametrize("missing", [1, 3, 4, 5, 9])
@pytest.mark.parametrize(("codings", "pack"), [("br", brotli.compress), ("zstd", zstd), ("zstd", zstd_unsized)])
def test_br_and_zstd_cut_short_are_refused(codings: str, pack: Callable[[bytes], bytes], missing: int) -> None:
    with pytest.raises(BadAnswer, match=rf"^http://h/x: the {codings} body is cut short$"):
        undone(pack(PAGE)[:-missing], codings)


@pytest.mark.parametrize("codings", ["br", "zstd"])
def test_what_is_not_br_or_zstd_is_refused(codings: str) -> None:
    with pytest.raises(BadAnswer, match=rf"^http://h/x: the {codings} body is damaged \([\w ]+\)$") as caught:
        undone(b"<html>not compressed at all</html>", codings)
    assert caught.value.__cause__ is not None


def test_a_zstd_window_beyond_the_bound_is_refused() -> None:
    settings = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    packer = zstandard.ZstdCompressor(compression_params=settings).compressobj()
    with pytest.raises(BadAnswer, match="requires too much memory"):
        undone(packer.compress(b"x" * 1000) + packer.flush(), "zstd")


def test_a_second_member_cut_short_is_refused() -> None:
    with pytest.raises(BadAnswer, match="cut short"):
        undone(gzip.compress(PAGE) + gzip.compress(PAGE)[:-3], "gzip")


def test_a_damaged_body_is_refused() -> None:
    wire = bytearray(gzip.compress(PAGE))
    wire[-6] ^= 1
    with pytest.raises(BadAnswer, match=r"^http://h/x: the gzip body is damaged \(incorrect data check\)$") as caught:
        undone(bytes(wire), "gzip")
    assert isinstance(caught.value.__cause__, zlib.error)
    with pytest.raises(BadAnswer, match="damaged"):
        undone(b"<html>not compressed at all</html>", "gzip")
    with pytest.raises(BadAnswer, match="damaged"):
        undone(b"<html>not compressed at all</html>", "deflate")


@pytest.mark.parametrize("codings", ["compress", "dcb", "gzip, compress", "\x1b[31m"])
def test_an_unknown_coding_is_refused(codings: str) -> None:
    with pytest.raises(BadAnswer, match="only gzip, deflate, br, zstd were asked for"):
        undone(PAGE, codings)


def test_too_many_codings_are_refused() -> None:
    with pytest.raises(BadAnswer, match="coded 9 times over"):
        undone(PAGE, ",".join(["gzip"] * 9))


def test_the_limit_is_exact() -> None:
    assert len(undone(gzip.compress(b"x" * 5000), "gzip", 5000)) == 5000
    with pytest.raises(TooLarge, match="larger than 5000 bytes; raise max_bytes under"):
        undone(gzip.compress(b"x" * 5001), "gzip", 5000)
    with pytest.raises(TooLarge):
        undone(b"x" * 5001, None, 5000)


@pytest.mark.parametrize("codings", ["gzip", "deflate", "gzip, gzip", "br", "zstd", "zstd, gzip"])
def test_a_bomb_is_never_unpacked(codings: str) -> None:
    bomb = b"\0" * 50_000_000
    for coding in codings.split(", "):
        bomb = PACKERS[coding](bomb)
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            undone(bomb, codings)
        assert tracemalloc.get_traced_memory()[1] < 9_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("codings", ["br", "zstd"])
def test_the_limit_is_exact_there_too(codings: str) -> None:
    assert len(undone(PACKERS[codings](b"x" * 5000), codings, 5000)) == 5000
    with pytest.raises(TooLarge):
        undone(PACKERS[codings](b"x" * 5001), codings, 5000)


def test_the_first_bytes_alone() -> None:
    assert decode(gzip.compress(b"x" * 5001), "gzip", limit=5000, url="http://h/x", only=True) == b"x" * 5000
    assert decode(b"x" * 9, None, limit=5000, url="http://h/x", only=True) == b"x" * 9


def test_a_bomb_of_many_frames_is_refused() -> None:
    with pytest.raises(BadAnswer, match="more than 100 members"):
        undone(zstd(b"") * 5_000, "zstd", 10_000_000)


def test_a_bomb_of_many_members_is_refused() -> None:
    with pytest.raises(BadAnswer, match="more than 100 members"):
        undone(gzip.compress(b"") * 50_000, "gzip", 10_000_000)


@given(st.binary(max_size=2000), st.sampled_from(["gzip", "deflate", "identity", "gzip, deflate", "br", "zstd"]))
def test_any_bytes_decode_or_fail_with_our_error(wire: bytes, codings: str) -> None:
    try:
        assert len(undone(wire, codings)) <= LIMIT
    except FetchError as wrong:
        assert str(wrong).startswith("http://h/x: ")  # noqa: PT017


@given(st.binary(max_size=5000))
def test_what_was_coded_comes_back(body: bytes) -> None:
    assert undone(gzip.compress(body), "gzip") == body
    assert undone(zlib.compress(body), "deflate") == body
    assert undone(raw_deflate(body), "deflate") == body
    assert undone(brotli.compress(body), "br") == body
    assert undone(zstd(body), "zstd") == body

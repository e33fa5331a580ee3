"""The tape: what was sent and what came, but for the login at a proxy; heads within bounds."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetching.wire import Tape, TapedAnswer

HEADS = st.lists(st.from_regex(rb"\A[A-Za-z][A-Za-z-]{0,12}: [!-~]{0,20}\Z"), max_size=20)


@given(HEADS, st.sampled_from([b"Proxy-Authorization", b"proxy-authorization"]), st.integers(0, 20))
def test_all_is_kept_but_the_login(lines: list[bytes], name: bytes, place: int) -> None:
    tape = Tape()
    kept = [line for line in lines if not line.lower().startswith(b"proxy-authorization")]
    said = [*kept[:place], name + b": Basic c2VjcmV0", *kept[place:]]
    tape.add(b"GET / HTTP/1.1\r\n" + b"".join(line + b"\r\n" for line in said) + b"\r\n")
    tape.add(b"body")
    assert tape.sent == b"GET / HTTP/1.1\r\n" + b"".join(line + b"\r\n" for line in kept) + b"\r\nbody"
    tape.clear()
    assert (tape.sent, tape.head) == (b"", b"")


@given(st.sampled_from([b"\r\n", b"\n"]), HEADS, st.integers(0, 5))
def test_the_head_of_the_last_answer_is_kept(end: bytes, lines: list[bytes], interim: int) -> None:
    ours, theirs = socket.socketpair()
    tape = Tape()
    lines = [line for line in lines if not line.lower().startswith((b"content-length", b"transfer-encoding"))]
    head = end.join([b"HTTP/1.1 200 OK", *lines, b"", b""])
    with ours, theirs:
        for number in range(interim):
            theirs.sendall(end.join([b"HTTP/1.1 %d Early" % (100 + number % 4), b"Link: x", b"", b""]))
        theirs.sendall(head + b"body")
        theirs.shutdown(socket.SHUT_WR)
        with TapedAnswer(tape, ours) as answer:
            answer.begin()
            assert answer.read() == b"body"
    assert tape.head == head


@pytest.mark.parametrize("more", [b"", b"A: b", b"A: b\r\n"])
def test_of_half_a_head_nothing_is_kept(more: bytes) -> None:
    ours, theirs = socket.socketpair()
    tape = Tape()
    with ours, theirs:
        theirs.sendall(b"HTTP/1.1 200 OK\r\n" + more)
        theirs.shutdown(socket.SHUT_WR)
        with TapedAnswer(tape, ours) as answer, pytest.raises(Exception, match="breaks off in its head"):
            answer.begin()
    assert tape.head == b""

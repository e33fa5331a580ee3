"""Messages through Apprise: a real server takes one, and what goes wrong is a sentence without the address."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from types import TracebackType

import pytest
from pytest_httpserver import HTTPServer

from monitor.model import Letter
from monitor.sending import AppriseSender, blotted


class PostOffice:
    """A mail server (RFC 5321, as little of it as a client asks for) that keeps what it takes. ``refused``: who takes nothing."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.refused = "bad@"
        office = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                office.serve(self.rfile.readline, lambda line: self.wfile.write(f"{line}\r\n".encode()))

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> PostOffice:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def address(self, to: str) -> str:
        return f"mailto://127.0.0.1:{self._server.server_address[1]}?from=monitor@example.org&to={to}"

    def serve(self, read: Callable[[], bytes], say: Callable[[str], object]) -> None:
        say("220 post")
        to = ""
        while line := read().decode().strip():
            if line.upper().startswith("RCPT"):
                to = line.partition("<")[2].partition(">")[0]
                say("550 nobody here" if self.refused in to else "250 yes")
            elif line.upper() == "DATA":
                say("354 go on")
                body = list(iter(read, b".\r\n"))
                self.taken.append((to, b"".join(body)))
                say("250 taken")
            else:
                say("221 bye" if line.upper() == "QUIT" else "250 yes")


def sent(address: str) -> str:
    return AppriseSender().send(address, LETTER).problem


LETTER = Letter("edited 0.72: A title", "plain words", "<p>marked words</p>")


def test_a_server_is_handed_the_letter(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook", method="POST").respond_with_data("taken")
    assert sent(f"json://127.0.0.1:{httpserver.port}/hook") == ""
    ((request, _),) = httpserver.log
    found = json.loads(request.get_data())
    assert (found["title"], found["message"]) == ("edited 0.72: A title", "plain words")


def test_a_service_that_shows_html_is_handed_html(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook", method="POST").respond_with_data("taken")
    assert sent(f"json://127.0.0.1:{httpserver.port}/hook?format=html") == ""
    assert json.loads(httpserver.log[0][0].get_data())["message"] == "<p>marked words</p>"


def test_a_refusal_is_a_sentence_without_the_secret(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook/topsecret").respond_with_data("no", status=500)
    problem = sent(f"json://127.0.0.1:{httpserver.port}/hook/topsecret")
    assert "500" in problem or "did not take" in problem
    assert "topsecret" not in problem


@pytest.mark.parametrize("address", ["", "nonsense", "nosuch://host", "json://", "http://["])
def test_what_is_no_address_is_named_as_that(address: str) -> None:
    found = AppriseSender().send(address, LETTER)
    assert "no address that Apprise knows" in found.problem
    assert found.is_wrong


def test_nobody_there_is_a_problem() -> None:
    with socket.socket() as held:  # a port that nobody listens at
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    problem = sent(f"json://127.0.0.1:{port}/hook")
    assert "refused" in problem
    assert "refused" in sent(f"mailto://127.0.0.1:{port}?from=monitor@example.org&to=ed@example.org")


def test_a_redirect_is_no_proof_that_a_letter_was_taken(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/old").respond_with_data("", status=302, headers={"Location": "/login"})
    httpserver.expect_request("/login").respond_with_data("who are you?")
    assert "302" in sent(f"json://127.0.0.1:{httpserver.port}/old")


# Mail


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


def test_a_mail_has_the_words_as_text_and_as_html(post: PostOffice) -> None:
    assert sent(post.address("ed@example.org")) == ""
    ((to, data),) = post.taken
    mail = message_from_bytes(data, policy=default)
    assert (to, mail["subject"]) == ("ed@example.org", "edited 0.72: A title")
    bodies = {part.get_content_type(): part.get_content().strip() for part in mail.walk() if not part.is_multipart()}
    assert bodies == {"text/plain": "marked words", "text/html": "<p>marked words</p>"}


def test_no_title_is_a_second_header_of_a_mail(post: PostOffice) -> None:
    letter = Letter("edited: A\r\nBcc: spy@example.org\r\n\r\nnew body", "t", "<p>t</p>")
    assert AppriseSender().send(post.address("ed@example.org"), letter).problem == ""
    mail = message_from_bytes(post.taken[0][1], policy=default)
    assert mail["bcc"] is None
    assert mail["subject"] == "edited: A Bcc: spy@example.org new body"


def test_who_has_a_mail_is_not_sent_it_again_when_another_refuses(post: PostOffice) -> None:
    address = post.address("ed@example.org,bad@example.org")
    found = AppriseSender().send(address, LETTER)
    assert "1 of 2 recipients did not take it" in found.problem
    assert "550" in found.problem, "and what the server answered"
    again = AppriseSender().send(address, LETTER, found.taken)
    assert again.taken == found.taken
    assert [to for to, _ in post.taken] == ["ed@example.org"]
    post.refused = "nobody"
    assert AppriseSender().send(address, LETTER, again.taken).problem == ""
    assert [to for to, _ in post.taken] == ["ed@example.org", "bad@example.org"]


def test_pieces_of_an_address_are_blotted_out() -> None:
    said = "failed at https://hooks.example/T0/abcdef?token=s%20ecret because"
    assert blotted(said, "https://hooks.example/T0/abcdef?token=s%20ecret") == "failed at ***://***/T0/***?***=*** because"

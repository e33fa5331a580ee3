"""Messages through Apprise: a real server takes one, and what goes wrong is a sentence without the address."""

from __future__ import annotations

import json
import socket

import pytest
from pytest_httpserver import HTTPServer

from monitor.model import Letter
from monitor.sending import AppriseSender, blotted

LETTER = Letter("edited 0.72: A title", "plain words", "<p>marked words</p>")


def test_a_server_is_handed_the_letter(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook", method="POST").respond_with_data("taken")
    assert AppriseSender().send(f"json://127.0.0.1:{httpserver.port}/hook", LETTER) == ""
    ((request, _),) = httpserver.log
    found = json.loads(request.get_data())
    assert (found["title"], found["message"]) == ("edited 0.72: A title", "plain words")


def test_a_service_that_shows_html_is_handed_html(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook", method="POST").respond_with_data("taken")
    assert AppriseSender().send(f"json://127.0.0.1:{httpserver.port}/hook?format=html", LETTER) == ""
    assert json.loads(httpserver.log[0][0].get_data())["message"] == "<p>marked words</p>"


def test_a_refusal_is_a_sentence_without_the_secret(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook/topsecret").respond_with_data("no", status=500)
    problem = AppriseSender().send(f"json://127.0.0.1:{httpserver.port}/hook/topsecret", LETTER)
    assert "500" in problem or "did not take" in problem
    assert "topsecret" not in problem


@pytest.mark.parametrize("address", ["", "nonsense", "nosuch://host", "json://", "http://["])
def test_what_is_no_address_is_named_as_that(address: str) -> None:
    assert "no address that Apprise knows" in AppriseSender().send(address, LETTER)


def test_nobody_there_is_a_problem() -> None:
    with socket.socket() as held:  # a port that nobody listens at
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    assert AppriseSender().send(f"json://127.0.0.1:{port}/hook", LETTER)


def test_pieces_of_an_address_are_blotted_out() -> None:
    said = "failed at https://hooks.example/T0/abcdef?token=s%20ecret because"
    assert blotted(said, "https://hooks.example/T0/abcdef?token=s%20ecret") == "failed at ***://***/T0/***?***=*** because"

"""TLS: whom a source trusts, what it accepts instead, and how old a server may be. Real servers, real certificates."""

from __future__ import annotations

import hashlib
import re
import ssl
from pathlib import Path

import pytest
from fetching.certificates import connected, fingerprint, issued, of_server, old_server, saved
from fetching.servers import RawServer, page
from fetching.standins import a_source
from trustme import CA

from monitor.errors import Forbidden, Unreachable
from monitor.fetching.http import HttpFetcher
from monitor.model import Request
from monitor.settings import Source

OURS = CA()
THEIRS = CA()


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> str:
    return saved(OURS, tmp_path_factory.mktemp("ca"))


def failure(fetcher: HttpFetcher, server: RawServer, source: Source) -> str:
    """Why a page cannot be had; the request must not have been sent."""
    with pytest.raises(Unreachable) as caught:
        fetcher.fetch(Request(server.url), source)
    assert server.heads == []
    return re.sub(r"127\.0\.0\.1:\d+", "H", str(caught.value))


def test_the_right_ca(fetcher: HttpFetcher, ca: str) -> None:
    with RawServer(page(b"x"), of_server(issued(OURS))) as server:
        capture = fetcher.fetch(Request(server.url), connected(ca=ca))
        assert (capture.body, capture.sent) == (b"x", server.heads[0])
        fetcher.fetch(Request(server.url), connected(ca=ca))
        assert server.connections == 1


@pytest.mark.parametrize(
    ("is_expired", "name", "has_ca", "why"),
    [
        (False, "127.0.0.1", False, "unable to get local issuer certificate"),
        (True, "127.0.0.1", True, "certificate has expired"),
        (False, "elsewhere.example", True, "IP address mismatch, certificate is not valid for '127.0.0.1'"),
    ],
    ids=["nobody's", "expired", "another name"],
)
def test_certificates_that_are_not_trusted(
    fetcher: HttpFetcher, ca: str, is_expired: bool, name: str, has_ca: bool, why: str
) -> None:
    with RawServer(page(b"x"), of_server(issued(OURS, name, is_expired=is_expired))) as server:
        said = failure(fetcher, server, connected(ca=ca) if has_ca else a_source())
        assert said == f"https://H: TLS: the certificate of H is not trusted: {why}"


def test_a_ca_that_did_not_issue_it(fetcher: HttpFetcher, ca: str) -> None:
    with RawServer(page(b"x"), of_server(issued(THEIRS))) as server:
        assert "is not trusted: " in failure(fetcher, server, connected(ca=ca))


def test_a_self_signed_certificate(fetcher: HttpFetcher, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_both(THEIRS, tmp_path))
    with RawServer(page(b"x"), context) as server:
        assert failure(fetcher, server, a_source()).endswith("is not trusted: self-signed certificate")
        print_of_it = _fingerprint_of_itof(THEIRS)
        assert fetcher.fetch(Request(server.url), connected(certificate=print_of_it)).body == b"x"


def _both(ca: CA, folder: Path) -> str:
    path = folder / "self.pem"
    ca.private_key_pem.write_to_path(str(path))
    ca.cert_pem.write_to_path(str(path), append=True)
    return str(path)


def _fingerprint_of_itof(ca: CA) -> str:
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(ca.cert_pem.bytes().decode())).hexdigest()


@pytest.mark.parametrize("form", [str.lower, str.upper, lambda text: ":".join(re.findall("..", text.upper()))])
def test_a_certificate_that_is_accepted_though_expired_and_of_another_name(fetcher: HttpFetcher, form: object) -> None:
    leaf = issued(THEIRS, "elsewhere.example", is_expired=True)
    with RawServer(page(b"x"), of_server(leaf)) as server:
        source = connected(certificate=form(fingerprint(leaf)))  # type: ignore[operator]
        assert fetcher.fetch(Request(server.url), source).body == b"x"


def test_another_certificate_than_the_accepted_one(fetcher: HttpFetcher) -> None:
    accepted, other = issued(THEIRS), issued(THEIRS)
    with RawServer(page(b"x"), of_server(other)) as server:
        said = failure(fetcher, server, connected(certificate=fingerprint(accepted)))
    assert said.partition("; ")[0] == "https://H: TLS: H has another certificate than `connection.certificate` names"
    assert said.endswith(f"; its fingerprint is {fingerprint(other)}")


def test_what_one_source_accepts_another_does_not(fetcher: HttpFetcher) -> None:
    leaf = issued(THEIRS)
    with RawServer(page(b"x"), of_server(leaf)) as server:
        fetcher.fetch(Request(server.url), connected(certificate=fingerprint(leaf)))
        with pytest.raises(Unreachable, match="not trusted"):
            fetcher.fetch(Request(server.url), a_source())
        fetcher.fetch(Request(server.url), connected(certificate=fingerprint(leaf)))


def test_a_file_of_certificates_that_vanished(fetcher: HttpFetcher, tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("-----BEGIN CERTIFICATE-----\nx\n")
    with RawServer(page(b"x"), of_server(issued(OURS))) as server:
        with pytest.raises(Forbidden, match=r"gone\.pem \(`connection\.ca`\) cannot be used: No such file or directory$"):
            fetcher.fetch(Request(server.url), connected(ca=str(tmp_path / "gone.pem")))
        with pytest.raises(Forbidden, match=r"none\.pem \(`connection\.ca`\) cannot be used: it holds no certificate"):
            fetcher.fetch(Request(server.url), connected(ca=str(tmp_path / "none.pem")))


@pytest.mark.parametrize(("newest", "oldest"), [(ssl.TLSVersion.TLSv1, "1.0"), (ssl.TLSVersion.TLSv1_1, "1.1")])
def test_an_old_server_is_asked_only_when_its_version_is_named(
    fetcher: HttpFetcher, ca: str, newest: ssl.TLSVersion, oldest: str
) -> None:
    if not (ssl.HAS_TLSv1 and ssl.HAS_TLSv1_1):
        pytest.skip("this OpenSSL was built without TLS 1.0 and 1.1")
    with RawServer(page(b"x"), old_server(issued(OURS, is_old=True), newest)) as server:
        assert "TLS: no secure connection to H: " in failure(fetcher, server, connected(ca=ca))
        if oldest == "1.0":
            assert "TLS: no secure connection to H: " in failure(fetcher, server, connected(ca=ca, oldest_tls="1.1"))
        assert fetcher.fetch(Request(server.url), connected(ca=ca, oldest_tls=oldest)).body == b"x"


def test_an_old_server_is_verified_all_the_same(fetcher: HttpFetcher) -> None:
    with RawServer(page(b"x"), of_server(issued(OURS))) as server:
        assert "is not trusted" in failure(fetcher, server, connected(oldest_tls="1.0"))


def test_today_only(fetcher: HttpFetcher, ca: str) -> None:
    leaf = issued(OURS)
    context = of_server(leaf)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with RawServer(page(b"x"), context) as server:
        assert "TLS: no secure connection" in failure(fetcher, server, connected(ca=ca, oldest_tls="1.3"))
        assert fetcher.fetch(Request(server.url), connected(ca=ca)).body == b"x"

"""WARC files as other programs write them, made with warcio's writer."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HTML = ("Content-Type", "text/html")


class _Writer(WARCWriter):
    """warcio's, which leaves temporary files unclosed."""

    _create_temp_file = staticmethod(io.BytesIO)


class Foreign:
    """A WARC file that is being written. ``ids`` are those of its records, in order."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ids: list[str] = []
        self._out = io.BytesIO()
        self._writer = _Writer(self._out, gzip=path.suffix == ".gz")

    def response(
        self,
        url: str,
        at: datetime,
        body: bytes = b"",
        *headers: tuple[str, str],
        status: str = "200 OK",
        warc: Sequence[tuple[str, str]] = (),
    ) -> Foreign:
        """One more answer."""
        head = StatusAndHeaders(status, [HTML, *headers], protocol="HTTP/1.1")
        dated = {"WARC-Date": iso(at), **dict(warc)}
        made = self._writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=head, warc_headers_dict=dated)
        return self._write(made)

    def resource(self, url: str, at: datetime, body: bytes, kind: str = "text/html") -> Foreign:
        dated = {"WARC-Date": iso(at)}
        made = self._writer.create_warc_record(url, "resource", io.BytesIO(body), warc_content_type=kind, warc_headers_dict=dated)
        return self._write(made)

    def revisit(self, url: str, at: datetime, payload: str, *, profile: str | None = None) -> Foreign:
        """An answer whose bytes are those of an earlier record with this payload digest."""
        head = StatusAndHeaders("200 OK", [HTML, ("X-Own", "yes")], protocol="HTTP/1.1")
        made = self._writer.create_revisit_record(
            url, payload, url, iso(at), http_headers=head, warc_headers_dict={"WARC-Date": iso(at)}
        )
        if profile:
            made.rec_headers.replace_header("WARC-Profile", profile)
        return self._write(made)

    def request(self, url: str) -> Foreign:
        head = StatusAndHeaders("GET / HTTP/1.1", [("Host", "a.example")], is_http_request=True)
        return self._write(self._writer.create_warc_record(url, "request", http_headers=head))

    def payload(self) -> str:
        """The payload digest of the last record."""
        return self._last.rec_headers.get_header("WARC-Payload-Digest")

    def _write(self, record: object) -> Foreign:
        self._last = record
        self.ids.append(record.rec_headers.get_header("WARC-Record-ID"))  # type: ignore[attr-defined]
        self._writer.write_record(record)
        return self

    def save(self) -> Path:
        self.path.write_bytes(self._out.getvalue())
        return self.path


def iso(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

"""Bad servers, first part of the table: what goes wrong below HTTP's status codes."""

from __future__ import annotations

from bad_servers import answers as a
from bad_servers import certificates as c
from bad_servers.answers import (
    CHUNKED,
    GOOD,
    HALF,
    HANGS,
    SIZED,
    UNSIZED,
    chunk,
    coded,
    dripping,
    ended,
    endless,
    good,
    gzipped,
    status,
)
from bad_servers.rows import At, Row
from fetching.servers import CLOSE, RESET, page

from monitor.model import Seen

READ, BROKEN, SILENT = Seen.PARSED, Seen.BROKEN, Seen.UNREACHABLE
_OK = b"HTTP/1.1 200 OK\r\n"
_EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
_N = len(GOOD)
_CHUNKS = chunk(GOOD) + b"0\r\n\r\n"
_NO_NAME = r"the name site\.example:\d+ was not found within 0\.8 s \(polite\.timeout\): DNS did not answer$"
_NOT_WHOLE, _SHORT, _LARGE = "this is no whole HTTP answer: ", "the body was cut short: ", "is larger than 1000000 bytes"
_NOTHING, _LATE, _OFF = r"sent nothing for 0\.8 s", r"no whole answer within 1\.2 s", "broke off the connection$"

# fmt: off
# name | what the server does | what was seen | what the detail says | open incidents | what they say | what misbehaves
TIME = (
    Row("a slow first byte", [HANGS], SILENT, _NOTHING),
    Row("silence in the status line", [b"HTTP/1.1 2", HANGS], SILENT, _NOTHING),
    Row("silence in the headers", [_OK + b"Content-", HANGS], SILENT, _NOTHING),
    Row("silence in the body", [SIZED % _N + HALF, HANGS], SILENT, _NOTHING),
    Row("silence in a chunk", [CHUNKED + chunk(HALF, "999"), HANGS], SILENT, _NOTHING),
    Row("silence after the last chunk", [CHUNKED + chunk(GOOD), HANGS], SILENT, _NOTHING),
    Row("silence in the trailers", [CHUNKED + chunk(GOOD) + b"0\r\nA: b\r\n", HANGS], SILENT, _NOTHING),
    Row("silence to everything", [HANGS], SILENT, _NOTHING, "blind", "2 unreachable", At.HOST),
    Row("silence at the connection", [HANGS], SILENT, _NOTHING, "blind", "2 unreachable", At.ACCEPT),
    Row("a slow drip of the head", dripping(good()), SILENT, _LATE),
    Row("a slow drip of headers without end", endless(_OK, more=b"A: b\r\n", pause=0.05), SILENT, _LATE),
    Row("a slow drip of the body", [SIZED % _N, *dripping(GOOD)], SILENT, _LATE),
    Row("a slow drip of chunks", [CHUNKED, *(s for b in GOOD for s in (chunk(bytes([b])), 0.1))], SILENT, _LATE),
    Row("a slow drip of a body without length", endless(UNSIZED, more=b"x", pause=0.05), SILENT, _LATE),
    Row("a slow drip of interim answers", endless(more=_EARLY, pause=0.05), SILENT, _LATE),
)

SIZE = (
    Row("50 MB by its Content-Length", SIZED % 50_000_000 + b"x" * 1000, BROKEN, _LARGE),
    Row("an endless body", endless(UNSIZED, more=b"x" * 10_000), BROKEN, _LARGE),
    Row("an endless chunked body", endless(CHUNKED, more=chunk(b"x" * 10_000)), BROKEN, _LARGE),
    Row("one endless chunk", endless(CHUNKED + b"7fffffff\r\n", more=b"x" * 10_000), BROKEN, _LARGE),
    Row("endless chunks of a byte", endless(CHUNKED, more=chunk(b"x") * 1000), SILENT, _LATE),
    Row("an endless chunk size", endless(CHUNKED, more=b"1" * 10_000), BROKEN, _NOT_WHOLE + "got more than 65536 bytes"),
    Row("an endless chunk extension", endless(CHUNKED + b"5;", more=b"x" * 10_000), BROKEN, _NOT_WHOLE + "got more than"),
    Row("endless trailers", endless(CHUNKED + chunk(GOOD) + b"0\r\n", more=b"A: b\r\n" * 1000), SILENT, _LATE),
    Row("an endless trailer", endless(CHUNKED + chunk(GOOD) + b"0\r\nA: ", more=b"b" * 10_000), BROKEN, _NOT_WHOLE + "got more"),
    Row("a gzip bomb", coded("gzip", a.gzip_bomb()), BROKEN, _LARGE),
    Row("a deflate bomb", coded("deflate", a.deflate_bomb()), BROKEN, _LARGE),
    Row("a br bomb", coded("br", a.brotli_bomb()), BROKEN, _LARGE),
    Row("a zstd bomb", coded("zstd", a.zstd_bomb()), BROKEN, _LARGE),
    Row("a zstd frame that wants 128 MiB", coded("zstd", a.zstd_window_bomb()), BROKEN, "requires too much memory"),
    Row("a bomb in a bomb", coded("gzip, gzip", gzipped(a.gzip_bomb())), BROKEN, _LARGE),
    Row("a thousand gzip members", coded("gzip", gzipped() * 1000), BROKEN, "more than 100 members"),
)

HEAD = (
    Row("an endless status line", endless(b"HTTP/1.1 200 ", more=b"x" * 10_000), BROKEN, _NOT_WHOLE + "got more than 65536"),
    Row("an endless header", endless(_OK + b"A: ", more=b"b" * 10_000), BROKEN, _NOT_WHOLE + "got more than 65536 bytes"),
    Row("headers without end", endless(_OK, more=b"A: b\r\n" * 100), BROKEN, _NOT_WHOLE + "got more than 100 headers"),
    Row("101 headers", _OK + b"A: b\r\n" * 101 + b"\r\n", BROKEN, _NOT_WHOLE + "got more than 100 headers"),
    Row("a head of 300 KB", _OK + b"A: %s\r\n" % (b"b" * 60_000) * 5 + b"\r\n", BROKEN, "its head is larger than 262144"),
    Row("cookies without end", endless(_OK, more=b"Set-Cookie: a=%s\r\n" % (b"x" * 4000)), BROKEN, "its head is larger"),
    Row("ninety cookies", good(*(f"Set-Cookie: c{i}={'x' * 1000}" for i in range(90))), READ),
    Row("a flood of 100", endless(more=b"HTTP/1.1 100 Continue\r\n\r\n" * 100), BROKEN, "its head is larger"),
    Row("a flood of 103", endless(more=_EARLY.replace(b"/a", b"/a" * 500) * 10), BROKEN, "its head is larger"),
    Row("a few interim answers", _EARLY * 3 + good(), READ),
    Row("101 nobody asked for", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n" + b"\0" * 100, SILENT, _NOTHING),
    Row("a header without a colon", good("what is this"), READ),
    Row("a header with a control character in its name", good("A\x0bb: c"), READ),
    Row("a header with NUL", good("A: b\0c"), READ),
    Row("a header with an escape sequence", good("ETag: \x1b]0;x\x07\x1b[31m"), READ),
    Row("a header over two lines", good("A: b\r\n c"), READ),
    Row("an injected length behind a bare CR", good("A: b\rContent-Length: 3"), BROKEN, _NOT_WHOLE + "it has two lengths"),
    Row("an injected length", good("A: b", "Content-Length: 3"), BROKEN, _NOT_WHOLE + "it has two lengths"),
    Row("an injected empty line", ended(_OK + b"Content-Length: 9\r\n\r\n" + good()[17:]), BROKEN, "no title|more"),
    Row("an injected answer before the own", ended(SIZED % 0 + good()), BROKEN, "the page is empty|more"),
    Row("an answer more than was asked for", good() + page(a.html("injected")), BROKEN, "more came than"),
    Row("a reason with an escape sequence", status("500 \x1b]0;x\x07bad"), BROKEN, r"answered 500 \]0;xbad$"),
    Row("line feeds alone", good().replace(b"\r\n", b"\n"), READ),
    Row("no reason", good().replace(b" OK", b""), READ),
)

NOT_HTTP = (
    Row("SSH", ended(b"SSH-2.0-OpenSSH_9.0\r\n"), BROKEN, _NOT_WHOLE + "SSH-2.0"),
    Row("SMTP", ended(b"220 mail.example ESMTP\r\n"), BROKEN, _NOT_WHOLE + "220 mail"),
    Row("a server that talks first", [b"220 hello\r\n", CLOSE], BROKEN, _NOT_WHOLE, "blind", "220 hello", At.ACCEPT),
    Row("HTTP/0.9", ended(GOOD), BROKEN, _NOT_WHOLE + "<!DOCTYPE"),
    Row("random bytes", ended(bytes(range(256)) * 9), BROKEN, _NOT_WHOLE),
    Row("random bytes to everything", ended(bytes(range(256)) * 9), BROKEN, _NOT_WHOLE, "blind", "2 broken", At.HOST),
    Row("an empty line first", ended(b"\r\n" + good()), BROKEN, _NOT_WHOLE),
    Row("a status that is no number", ended(b"HTTP/1.1 abc\r\n\r\n"), BROKEN, _NOT_WHOLE),
    Row("status 99", ended(b"HTTP/1.1 099 Low\r\n\r\n"), BROKEN, _NOT_WHOLE),
    Row("status 1000", ended(b"HTTP/1.1 1000 High\r\n\r\n"), BROKEN, _NOT_WHOLE),
    Row("HTTP/2 in letters", ended(b"HTTP/2 200 OK\r\nContent-Length: %d\r\n\r\n" % _N + GOOD), BROKEN, _NOT_WHOLE),
    Row("an HTTP/2 frame", ended(b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80"), BROKEN, _NOT_WHOLE),
    Row("ICY", ended(b"ICY 200 OK\r\n\r\n" + GOOD), BROKEN, _NOT_WHOLE + "ICY"),
    Row("a TLS alert", ended(b"\x15\x03\x01\x00\x02\x02\x46"), BROKEN, _NOT_WHOLE),
)

LENGTHS = (
    Row("shorter than its Content-Length", ended(SIZED % (_N + 9) + GOOD), BROKEN, _SHORT + f"{_N} of {_N + 9} bytes came"),
    Row("longer than its Content-Length", SIZED % len(HALF) + GOOD, BROKEN, f"more came than the {len(HALF)} bytes"),
    Row("longer than its Content-Length, later", ended(SIZED % len(HALF) + HALF, 0.1, GOOD), BROKEN, "breaks off"),
    Row("half a page without a length", ended(UNSIZED + HALF), BROKEN, "breaks off"),
    Row("two lengths", page(GOOD, "Content-Length: 3"), BROKEN, "it has two lengths"),
    Row("a negative length", ended(_OK + b"Content-Length: -5\r\n\r\n" + HALF), BROKEN, "Content-Length is no number$"),
    Row("a length that is no number", ended(_OK + b"Content-Length: abc\r\n\r\n" + HALF), BROKEN, "Content-Length is no number$"),
    Row("a length and chunks", page(chunk(GOOD) + b"0\r\n\r\n", "Transfer-Encoding: chunked"), READ),
    Row("a wrong length and chunks", ended(CHUNKED[:-2] + b"Content-Length: 3\r\n\r\n" + _CHUNKS), READ),
    Row("a length and chunks that are none", ended(page(GOOD, "Transfer-Encoding: chunked")), BROKEN, _SHORT),
    Row("chunks after 304", b"HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", BROKEN, "answered 304"),
    Row("chunks in HTTP/1.0", ended(CHUNKED.replace(b"HTTP/1.1", b"HTTP/1.0") + _CHUNKS), READ),
    Row("chunks that are said twice", CHUNKED[:-2] + b"Transfer-Encoding: Chunked\r\n\r\n" + _CHUNKS, READ),
    Row("chunks with white space behind", CHUNKED.replace(b": chunked", b": chunked \t") + _CHUNKS, READ),
    Row("a transfer coding that is none", page(GOOD, "Transfer-Encoding: identity"), READ),
    Row("gzip as a transfer coding", page(gzipped(), "Transfer-Encoding: gzip"), BROKEN, "its Transfer-Encoding 'gzip' was"),
    Row("gzip in chunks as a transfer coding", page(chunk(gzipped()) + b"0\r\n\r\n", "Transfer-Encoding: gzip, chunked"), BROKEN,
        "its Transfer-Encoding 'chunked, gzip' was not asked for"),
    Row("a transfer coding nobody knows", page(GOOD, "Transfer-Encoding: \x1b[31mx"), BROKEN, "Transfer-Encoding '.*x' was"),
    Row("a chunk size that is no number", ended(CHUNKED + chunk(GOOD, "zz")), BROKEN, _SHORT),
    Row("a negative chunk size", ended(CHUNKED + chunk(GOOD, "-5")), BROKEN, _SHORT),
    Row("a chunk size of 80 bits", ended(CHUNKED + chunk(GOOD, "f" * 20)), BROKEN, _SHORT),
    Row("a chunk longer than its size", ended(CHUNKED + chunk(GOOD, "ff") + b"0\r\n\r\n"), BROKEN, _SHORT),
    Row("no last chunk", ended(CHUNKED + chunk(GOOD)), BROKEN, _SHORT),
    Row("no chunks at all", ended(CHUNKED + GOOD), BROKEN, _SHORT),
)

CONNECTIONS = (
    Row("closed at the connection", [CLOSE], SILENT, "closed the connection|broke off", "blind", "2 unreachable", At.ACCEPT),
    Row("reset at the connection", [RESET], SILENT, "closed the connection|broke off", "blind", "2 unreachable", At.ACCEPT),
    Row("closed after the request", [CLOSE], SILENT, "closed the connection without an answer$"),
    Row("reset after the request", [RESET], SILENT, "closed the connection|broke off"),
    Row("closed in the status line", ended(b"HTTP/1.1 2"), BROKEN, _NOT_WHOLE),
    Row("reset in the status line", [b"HTTP/1.1 2", 0.05, RESET], SILENT, _OFF),
    Row("closed in the headers", ended(_OK + b"Content-"), BROKEN, _NOT_WHOLE + "it breaks off in its head$"),
    Row("reset in the headers", [_OK + b"Content-", 0.05, RESET], SILENT, _OFF),
    Row("closed in the body", ended(SIZED % _N + HALF), BROKEN, _SHORT + f"{len(HALF)} of {_N} bytes came$"),
    Row("reset in the body", [SIZED % _N + HALF, 0.05, RESET], SILENT, _OFF),
    Row("reset in a body without length", [UNSIZED + HALF, 0.05, RESET], SILENT, _OFF),
    Row("closed in a chunk", ended(CHUNKED + b"999\r\n" + HALF), BROKEN, _SHORT),
    Row("reset in a chunk", [CHUNKED + b"999\r\n" + HALF, 0.05, RESET], SILENT, _OFF),
    Row("reset on IPv6", [RESET], SILENT, r"http://\[::1\]:\d+/page: .*(closed the connection|broke off)", loopback="::1"),
    Row("a body cut short on IPv6", ended(SIZED % _N + HALF), BROKEN, _SHORT, loopback="::1"),
)

CODINGS = (
    Row("gzip cut short", coded("gzip", gzipped()[:-20]), BROKEN, "the gzip body is cut short$"),
    Row("gzip with a wrong checksum", coded("gzip", gzipped()[:-8] + bytes(8)), BROKEN, "the gzip body is damaged"),
    Row("gzip that is none", coded("gzip", GOOD), BROKEN, "the gzip body is damaged"),
    Row("deflate that is none", coded("deflate", GOOD), BROKEN, "the deflate body is damaged"),
    Row("br that is none", coded("br", GOOD), BROKEN, "the br body is (damaged|cut short)"),
    Row("zstd that is none", coded("zstd", GOOD), BROKEN, "the zstd body is (damaged|cut short)"),
    Row("gzip of which nobody speaks", page(gzipped()), BROKEN, "no title"),
    Row("gzip that is said twice", coded("gzip, gzip", gzipped()), BROKEN, "the gzip body is damaged"),
    Row("an unknown coding", coded("compress", GOOD), BROKEN, "coded as 'compress'; only gzip, deflate, br, zstd were asked for"),
    Row("a coding with an escape sequence", coded("\x1b[31mred", GOOD), BROKEN, r"coded as '\\x1b\[31mred'"),
    Row("coded a hundred times", coded(", ".join(["gzip"] * 100), GOOD), BROKEN, "coded 100 times over"),
    Row("nothing, in gzip", coded("gzip", b""), BROKEN, "the page is empty"),
)

TLS = (
    Row("https that is well", good(), READ, at=At.TLS, log="moved", certificate=c.GOOD),
    Row("an expired certificate", good(), SILENT, "certificate has expired$", at=At.TLS, certificate=c.EXPIRED),
    Row("a certificate of tomorrow", good(), SILENT, "certificate is not yet valid$", at=At.TLS, certificate=c.EARLY),
    Row("a certificate nobody vouches for", good(), SILENT, "is not trusted: ", at=At.TLS, certificate=c.SELF_SIGNED),
    Row("another host's certificate", good(), SILENT, "is not trusted: .* mismatch", at=At.TLS, certificate=c.WRONG_NAME),
    Row("TLS 1.1", good(), SILENT, "TLS: no secure connection", at=At.TLS, certificate=c.OLD),
    Row("plain HTTP on a port of https", ended(good()), SILENT, "TLS: no secure connection", at=At.TLS),
    Row("silence on a port of https", [HANGS], SILENT, r"0\.8 s", at=At.TLS),
    Row("reset in the handshake", [RESET], SILENT, "127.0.0.1", at=At.TLS),
    Row("closed in the handshake", [CLOSE], SILENT, "127.0.0.1", at=At.TLS),
    Row("a slow drip of a handshake", [b"\x16\x03\x03\x40\x00", *dripping(bytes(300))], SILENT, r"0\.8 s", at=At.TLS),
    Row("half a handshake", [b"\x16\x03\x03\x00\x40\x02", HANGS], SILENT, r"0\.8 s", at=At.TLS),
    Row("TLS cut in the body", ended(SIZED % _N + HALF), BROKEN, _SHORT, at=At.TLS, certificate=c.GOOD),
    Row("TLS cut in a body without length", ended(UNSIZED + HALF), SILENT, "TLS: .*EOF", at=At.TLS, certificate=c.GOOD),
    Row("TLS with a slow first byte", [HANGS], SILENT, _NOTHING, at=At.TLS, certificate=c.GOOD),
    Row("TLS with a slow drip", endless(UNSIZED, more=b"x", pause=0.05), SILENT, _LATE, at=At.TLS, certificate=c.GOOD),
    Row("TLS with an endless body", endless(UNSIZED, more=b"x" * 10_000), BROKEN, _LARGE, at=At.TLS, certificate=c.GOOD),
)

DNS = (
    Row("a name that is unknown", b"", SILENT, "was not found", "blind", "was not found", At.HOST, dns=a.refuses_name),
    Row("a name without an address", b"", SILENT, "no connection", "blind", "no connection", At.HOST, dns=a.leads_to()),
    Row("a name with a garbled address", b"", SILENT, "failed", "blind", "failed", At.HOST, dns=a.leads_to("nowhere")),
    Row("a name that leads inwards", b"", BROKEN, "is 10.0.0.1, private", "blind", "", At.HOST, dns=a.leads_to("10.0.0.1")),
    Row("a name that also leads inwards", b"", BROKEN, "private", "blind", "", At.HOST, dns=a.leads_to("127.0.0.1", "10.0.0.1")),
    Row("a name that changes between check and use", good(), READ, dns=a.turns()),
    Row("a name with a thousand addresses", good(), READ, dns=a.leads_to(*["127.0.0.1"] * 1000)),
    Row("a name that is not found in time", b"", SILENT, _NO_NAME, "blind", "DNS did not answer", At.HOST, dns=a.sleeps),
)
# fmt: on

BELOW_HTTP = (*TIME, *SIZE, *HEAD, *NOT_HTTP, *LENGTHS, *CONNECTIONS, *CODINGS, *TLS, *DNS)

"""Bad servers, second part of the table: status codes, redirects, robots.txt, listings, and pages that are none."""

from __future__ import annotations

from bad_servers import answers as a
from bad_servers.answers import GOOD, HALF, HANGS, SIZED, UNSIZED, coded, dripping, ended, endless, good, html, status, to
from bad_servers.rows import At, Row
from fetching.servers import RESET, page, path

from monitor.model import Seen

READ, GONE, BLOCKED, BROKEN, SILENT, MOVED = (
    Seen.PARSED, Seen.GONE, Seen.BLOCKED, Seen.BROKEN, Seen.UNREACHABLE, Seen.REDIRECTED
)  # fmt: skip
_N = len(GOOD)
_WESTERN = GOOD.decode().encode("cp1252")
_CIRCLE, _ENDLESS, _NOWHERE = "it redirects in a circle: ", "it redirects more than 5 times", "it redirects to '.*', "
_SCHEME, _INWARDS = _NOWHERE + "no http or https address$", r"not asked \(`reach = "
_CLOSED = "without it nothing is fetched"
_REST = "blind resting"
_NOTHING, _LATE = r"sent nothing for 0\.8 s", r"no whole answer within 1\.2 s"

# fmt: off
# name | what the server does | what was seen | what the detail says | open incidents | what they say | what misbehaves
STATUS = (
    *(Row(f"{line[:3]}", status(line), BROKEN, f"the server answered {line}$") for line in (
        "202 Accepted", "203 Non-Authoritative", "300 Multiple Choices", "400 Bad Request", "402 Payment Required",
        "405 Method Not Allowed", "407 Proxy Authentication Required", "408 Request Timeout", "421 Misdirected Request",
        "425 Too Early", "500 Internal Server Error", "501 Not Implemented", "502 Bad Gateway", "503 Service Unavailable",
        "504 Gateway Timeout", "520 Unknown", "599 Network", "999 Denied",
    )),
    *(Row(f"{line[:3]}", status(line), BLOCKED, f"the server refused with {line}$") for line in (
        "401 Unauthorized", "403 Forbidden", "429 Too Many Requests", "451 Unavailable For Legal Reasons",
    )),
    Row("404", status("404 Not Found"), GONE, "answered 404 Not Found$", log="removed", again="restored edited"),
    Row("410", status("410 Gone"), GONE, "answered 410 Gone$", log="removed", again="restored edited"),
    Row("404 to everything", status("404 Not Found"), GONE, "answered 404", "blind", "2 gone", At.HOST),
    Row("404 cut short", ended(b"HTTP/1.1 404 Not Found\r\nContent-Length: 99\r\n\r\nSor"), BROKEN, "cut short"),
    Row("404 in damaged gzip", page(b"Sorry", "Content-Encoding: gzip", status="404 Not Found"), BROKEN, "damaged"),
    Row("206 without a Content-Range", status("206 Partial Content", body=GOOD), BROKEN, "answered 206"),
    Row("204", b"HTTP/1.1 204 No Content\r\n\r\n", BROKEN, "answered 204 No Content$"),
    Row("204 with a body", b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", BROKEN, "answered 204 No Content$"),
    Row("206 without a range", status("206 Partial Content", "Content-Range: bytes 0-99/900", body=HALF), BROKEN, "answered 206"),
    Row("304 nobody asked for", b"HTTP/1.1 304 Not Modified\r\n\r\n", BROKEN, "answered 304"),
    Row("304 with a body", SIZED.replace(b"200 OK", b"304 Not Modified") % _N + GOOD, BROKEN, "answered 304"),
    Row("429 that asks for an hour", status("429 Slow", "Retry-After: 3600"), BLOCKED, "refused with 429", _REST, "for 3600 s"),
    Row("503 that asks for ever", status("503 Busy", "Retry-After: " + "9" * 80), BROKEN, "503", _REST, "for 86400 s"),
    Row("503 until the year 9999", status("503 Busy", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"), BROKEN, "503", _REST, "864"),
    Row("503 with a garbled wait", status("503 Busy", "Retry-After: soon\x1b[31m"), BROKEN, "503"),
)

REDIRECTS = (
    Row("to itself", to("{path}"), BROKEN, _CIRCLE),
    Row("to itself, with a cookie", to("{path}", "Set-Cookie: seen=1"), BROKEN, _CIRCLE),
    Row("to a place on itself", to("#top"), BROKEN, _CIRCLE),
    Row("to an empty address", to(""), BROKEN, _CIRCLE),
    Row("in a circle", lambda head: to("/page" if path(head) == "/b" else "/b")(head), BROKEN, _CIRCLE),
    Row("without end", to("{path}x"), BROKEN, _ENDLESS),
    Row("without end, growing", to("{path}{path}"), BROKEN, _ENDLESS),
    Row("without end, slowly", lambda head: [0.15, to("{path}x")(head)], BROKEN, _ENDLESS),
    Row("without end, too slowly", lambda head: [0.5, to("{path}x")(head)], SILENT, _LATE + ", redirects included "),
    Row("without an address", status("302 Found"), BROKEN, "answered 302 Found$"),
    Row("to garbage", to("http://[::1"), BROKEN, _NOWHERE + "no address$"),
    Row("to port 99999", to("http://site.example:99999/"), BROKEN, _NOWHERE + "no address$"),
    Row("to 3,000 letters", to("/" + "x" * 3000), BROKEN, _NOWHERE + "too long an address$"),
    Row("to control characters", to("/\x1b[31m\x07"), BROKEN, _CIRCLE),
    Row("to two addresses", to("/neighbour", "Location: /page"), BROKEN, "redirect"),
    Row("to a user and password", to("http://a:b@{host}/page"), BROKEN, _NOWHERE + "an address with a user name in it$"),
    Row("to file:", to("file:///etc/passwd"), BROKEN, _SCHEME),
    Row("to ftp:", to("ftp://{host}/x"), BROKEN, _SCHEME),
    Row("to javascript:", to("javascript:alert(1)"), BROKEN, _SCHEME),
    Row("to data:", to("data:text/html,<h1>x</h1>"), BROKEN, _SCHEME),
    Row("to a private address", to("http://10.0.0.1/"), BROKEN, "private.*" + _INWARDS),
    Row("to a private address in hex", to("http://0x0a000001/"), BROKEN, "private.*" + _INWARDS),
    Row("to a private address in one number", to("http://167772161/"), BROKEN, "private.*" + _INWARDS),
    Row("to a private address in IPv6", to("http://[::ffff:10.0.0.1]/"), BROKEN, "private.*" + _INWARDS),
    Row("to a cloud's metadata", to("http://169.254.169.254/latest/"), BROKEN, "metadata.*" + _INWARDS),
    Row("to the port of mail", to("http://{host}/".replace("{host}", "127.0.0.1:25")), BROKEN, "port 25 is another service's"),
    Row("to the front page", lambda head: to("/")(head) if path(head) == "/page" else good(), BROKEN, "sent to the front page"),
    Row("to the neighbour", to("/neighbour"), MOVED, "it redirects to another page, "),
    Row("to a page that is gone", lambda head: to("/off")(head) if path(head) == "/page" else status("404 No"), GONE, "404",
        log="removed", again="restored edited"),
    Row("cut short in the address", ended(b"HTTP/1.1 302 Found\r\nLocation: /neigh"), BROKEN, "it breaks off in its head$"),
    Row("with an endless body", endless(b"HTTP/1.1 302 Found\r\nLocation: /neighbour\r\n\r\n", more=b"x" * 9999), MOVED, "other"),
)

ROBOTS = (
    Row("robots.txt: 404", status("404 Not Found"), READ, at=At.ROBOTS),
    Row("robots.txt: 403", status("403 Forbidden"), READ, at=At.ROBOTS),
    Row("robots.txt: 500", status("500 Error"), SILENT, _CLOSED, "blind resting", "answered 500", At.ROBOTS),
    Row("robots.txt: 503 for an hour", status("503 Busy", "Retry-After: 3600"), SILENT, _CLOSED, _REST, "503", At.ROBOTS),
    Row("robots.txt: nothing", [HANGS], SILENT, _CLOSED, _REST, _NOTHING, At.ROBOTS),
    Row("robots.txt: a reset", [RESET], SILENT, _CLOSED, _REST, "robots.txt", At.ROBOTS),
    Row("robots.txt: a slow drip", [SIZED % 1000, *dripping(b"x" * 1000)], SILENT, _CLOSED, _REST, _LATE, At.ROBOTS),
    Row("robots.txt: cut short", ended(SIZED % 99 + b"User-agent: *\nDis"), SILENT, _CLOSED, _REST, "cut short", At.ROBOTS),
    Row("robots.txt: redirects for ever", to("{path}"), READ, at=At.ROBOTS),
    Row("robots.txt: a redirect inwards", to("http://10.0.0.1/robots.txt"), BROKEN, _INWARDS, "blind", "private", At.ROBOTS),
    Row("robots.txt: 50 MB", SIZED % 50_000_000 + b"Disallow: /x\n" * 3_846_153, READ, at=At.ROBOTS),
    Row("robots.txt: a line of 50 MB", SIZED % 50_000_000 + b"User-Agent:*\nDisallow: /" + b"x" * 50_000_000, READ, at=At.ROBOTS),
    Row("robots.txt: endless", endless(UNSIZED + b"User-agent: *\n", more=b"Disallow: /*/x/y$\n" * 999), READ, at=At.ROBOTS),
    Row("robots.txt: HTML", good(), READ, at=At.ROBOTS),
    Row("robots.txt: a bomb", coded("gzip", a.gzip_bomb()), READ, at=At.ROBOTS),
    Row("robots.txt: random bytes", page(bytes(range(256)) * 100), READ, at=At.ROBOTS),
    Row("robots.txt: keep out", page(b"User-agent: *\nDisallow: /"), BLOCKED, "line 2: Dis", "blind", "2 blocked", At.ROBOTS),
)

LISTINGS = (
    Row("a listing: 500", status("500 Error"), READ, "^$", "listing", "answered 500", At.LISTING),
    Row("a listing: nothing", [HANGS], READ, "^$", "listing", _NOTHING, At.LISTING),
    Row("a listing: empty", page(b""), READ, "^$", "listing", "the page is empty", At.LISTING),
    Row("a listing: no links", page(b"<p>Hello"), READ, "^$", "listing", "no link to an article", At.LISTING),
    Row("a listing: cut short", ended(SIZED % 900 + b"<a href=/page"), READ, "^$", "listing", "cut short", At.LISTING),
    Row("a listing: a bomb", coded("gzip", a.gzip_bomb()), READ, "^$", "listing", "larger than", At.LISTING),
    Row("a listing: a challenge", page(html("Just a moment", body="Checking browser")), READ, "^$", "listing", "", At.LISTING),
    Row("a listing: links inwards", page(b"<a href='http://10.0.0.1/x'>x</a><a href=file:///page>y</a><a href=/page>z</a>"), READ,
        at=At.LISTING),
)

PAGES = (
    Row("an empty page", page(b""), BROKEN, "the page is empty"),
    Row("white space", page(b" \r\n" * 99), BROKEN, "the page is empty"),
    Row("NUL bytes", page(bytes(5000)), BROKEN, "no title"),
    Row("NUL bytes in between", page(GOOD.replace(b" ", b" \0").replace(b"wording", b"word\0ing")), READ),
    Row("NUL bytes for half of it", page(HALF + bytes(_N - len(HALF))), BROKEN, "breaks off"),
    Row("a charset lie: UTF-8 as EUC-KR", good().replace(b"text/html", b"text/html; charset=euc-kr"), READ),
    Row("a charset lie: Windows-1252 as UTF-8", page(_WESTERN).replace(b"text/html", b"text/html; charset=utf-8"), READ),
    Row("a charset that is none", good().replace(b"text/html", b"text/html; charset=\x1b[31m"), READ),
    Row("UTF-16 under its mark", page(GOOD.decode().encode("utf-16")), READ),
    Row("an image", page(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50), BROKEN, "no title"),
    Row("a PDF", page(b"%PDF-1.7\n" + bytes(range(256)) * 50), BROKEN, "no title"),
    Row("JSON", page(b'{"error": "not today"}'), BROKEN, "no title"),
    Row("a page that goes on elsewhere", page(b"<meta http-equiv=refresh content='0;url=/neighbour'>"), BROKEN, "no title"),
    Row("a challenge page", page(html(title="Just a moment...", body="<p>Checking.</p>")), BLOCKED, "a challenge page"),
    Row("a block page", page(html(head="<meta name='kcsc' content='blocking'>", body="<p>Sorry</p>")), BLOCKED, "a block page"),
    Row("a consent wall", page(html(title="Before you continue", body="<p>Choose.</p>")), BROKEN, "a consent wall"),
    Row("a login wall", page(html(title="Log in", body="<p>Name and password.</p>")), BROKEN, "a login wall"),
    Row("a soft 404", page(html(title="Page not found", body="<p>Sorry.</p>")), BROKEN, "a page that says it is not found"),
    Row("a maintenance page", page(html(title="Sorry", body="<p>We'll be back soon!</p>")), BROKEN, "a maintenance page"),
    Row("an empty <main>", page(b"<html><body><nav>Home</nav><main> </main></body></html>"), BROKEN, "an empty page"),
    Row("a fatal error", page(b"<h1>Fatal error</h1><p>Uncaught Exception in /var/www/index.php:3"), BROKEN, "no title"),
    Row("no date any more", page(GOOD.replace(b"<time", b"<span")), BROKEN, "published: read on this page before, and missing"),
    Row("100,000 elements in one another", page(b"<div>" * 100_000 + GOOD), BROKEN, "nest more than"),
    Row("30,000 attributes", page(a.attributes(30_000)), BROKEN, "attributes"),
    Row("the front page for every address", page(html(title="The Site", body="<p>Sport</p><p>Weather</p>")), BROKEN,
        "another page", "blind", "2 broken", At.HOST),
)
# fmt: on

ABOVE_HTTP = (*STATUS, *REDIRECTS, *ROBOTS, *LISTINGS, *PAGES)

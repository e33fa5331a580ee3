"""Where a web archive says that it keeps a page: what its save endpoint answered, by RFC 9110 and RFC 7089 (Memento)."""

from __future__ import annotations

from urllib.parse import quote

from requests.utils import parse_header_links

from monitor.model import Capture

PLACE, QUOTED = "{url}", "{quoted}"
_LONGEST = 20_000  # characters of a Link header


def save_address(template: str, url: str) -> str:
    """The address that asks an archive to save ``url``, which stands in ``template`` as it is or percent-encoded."""
    return template.replace(QUOTED, quote(url, safe="")).replace(PLACE, url)


def links_of(capture: Capture) -> list[str]:
    """What may be the copy's address, the best first; as the archive gave it, so relative or anything else.

    ``Content-Location`` (RFC 9110, section 8.7), the ``memento`` of a ``Link`` header (RFC 7089, section 2.2), and the address
    that answered after redirects.
    """
    found = [value for value in [capture.header("content-location")] if value]
    for name, value in capture.headers:
        if name.lower() == "link":
            links = parse_header_links(value[:_LONGEST])
            found += [each["url"] for each in links if "memento" in each.get("rel", "").lower().split()]
    return [*found, capture.answered] if capture.hops else found

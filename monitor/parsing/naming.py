"""What of a picture's address is the picture: the name by which it is known again at another size, host or token.

Sites that deliver pictures write the wanted size, format and a signature into the address, and move them between hosts; none of
that makes it another picture. What is left is most often the name of its file:

- An address inside another one (``/resize/640/https://…/a.jpg``, ``?url=%2Fa.jpg&w=640``) is the picture's own.
- The name of a file loses its ending, and what says a size at its end: ``a-300x200.jpg``, ``a@2x.png``, ``a-scaled.webp``.
- A name that many pictures bear (``640.jpg``, ``image.png``, ``original``) is told apart by the folders that it lies in.
- A query counts only where the path names no file (``/image.php?id=7&w=640``), and there less sizes, formats and signatures.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

_ENDING = r"(?:jpe?g|jfif|png|gif|webp|avif|bmp|tiff?|heic)"
_FILE = re.compile(rf"\.{_ENDING}$", re.IGNORECASE)
_INSIDE = re.compile(rf"(?:https?:)?//?[^?&]+?\.{_ENDING}(?=$|[?&])", re.IGNORECASE)
_NESTED = re.compile(r"https?:/{1,2}[^/]", re.IGNORECASE)
_WIDTHS = (
    "320|360|375|400|480|540|600|640|720|750|768|800|828|900|960|1000|1024|1080|1200|1280|1366|1440|1536|1600|1920|2048|2560"
)
_SIZE = re.compile(
    rf"""(?:[-_.]\d{{2,4}}x\d{{0,4}}(?:[-_](?:c|crop|\d{{1,3}}))?   # a-300x200, a_640x0, a-300x200-c
    | @[1-4]x | [-_]scaled | [-_][whsq]_?\d{{2,4}} | [-_]\d{{2,4}}(?:w|px) | [-_](?:{_WIDTHS})
    | [-_](?:thumb|thumbnail|small|medium|large|xlarge|xl|lg|md|sm|xs|mobile|desktop|tablet|preview|full|fullsize)
    | [-_](?:orig|original|hd)
    | =[whsn]\d+(?:-\w+)*                            # a=w640-h480
    )$""",
    re.VERBOSE,
)
# a name that many pictures bear, and a folder that says how a picture is delivered, and not which one it is
_COMMON = rf"""\d{{1,4}}x\d{{0,4}} | (?:[1-9]\d{{1,2}}0|{_WIDTHS})(?:w|px|h)? | \d{{1,4}}(?:w|px|h) | thumb(?:s|nails?)? | small
    | medium | large | full | original | orig | master | default | img | image | images | picture | photo | photos | pic | main
    | lead | cover | index | media | file | download | scaled"""
_MANY = re.compile(_COMMON, re.VERBOSE)
_MANNER = re.compile(
    rf"""{_COMMON} | v\d{{5,}} | (?:[a-z]{{1,3}}_[\w.:-]+)(?:,[a-z]{{1,3}}_[\w.:-]+)* | [a-z]+:[^/]* | resized? | fit(?:-in)?
    | crop(?:ped)? | unsafe | smart | format | quality | width | height | rs | upload | uploads | static | assets | cdn | auto
    | webp""",
    re.VERBOSE,
)
_DELIVERY = re.compile(
    r"""w|h|q|s|width|height|quality|size|sz|resize|fit|crop|rect|dpr|scale|zoom|fm|format|f|fmt|auto|auto_?optimize|strip|ssl|im
    |impolicy|imwidth|blur|sharp|sharpen|bg|mode|usm|ar|c|op_\w+|ixlib|ixid|t|ts|time|timestamp|v|ver|version|cb|cachebust(?:er)?
    |rnd|rand|random|nocache|_|hash|token|sig|sign|signature|expires?|exp|e|st|hmac|auth|key-pair-id|policy|x-amz-[\w-]+
    |x-goog-[\w-]+|se|sp|sv|sr|utm_\w+|itok|h?mac|dl""",
    re.VERBOSE | re.IGNORECASE,
)
_TELLING = re.compile(r".{6}|(?=.{0,3}\D).{4}")  # what a name begins with that two pictures are not likely to bear
_FOLDERS = 2  # folders that tell apart what one name does not
_NESTS = 3  # addresses inside one another that are looked into


@lru_cache(maxsize=8192)
def name_of(address: str) -> str:
    """The name by which the picture at ``address`` is known; never empty, and never an error."""
    try:
        return _named(address, _NESTS) or _tidy(address)
    except ValueError:
        return _tidy(address)


def _named(address: str, nests: int) -> str:
    parts = urlsplit(address)
    inner = _inner(parts.path, parts.query) if nests else None
    if inner is not None:
        return _named(inner, nests - 1)
    folders = [_tidy(each) for each in parts.path.split("/") if each]
    last = folders.pop() if folders else ""
    query = "" if _FILE.search(last) else _telling(parts.query)
    stem = _stem(last)
    if query:
        return f"{last}?{query}"
    if _TELLING.match(stem) and not _MANY.fullmatch(stem):
        return stem
    more = [each for each in folders if not _MANNER.fullmatch(each)][-_FOLDERS:]
    kept = stem if stem and (not _MANY.fullmatch(stem) or not more) else ""
    return "/".join([*more, *([kept] if kept else [])]) or last


def _inner(path: str, query: str) -> str | None:
    """The picture's own address, where one that delivers it bears it in its path or in a field of its query."""
    for _, value in parse_qsl(query):
        if _INSIDE.fullmatch(value) or (_FILE.search(value) and "/" in value):
            return value
    written = unquote(path)
    nested = [found.start() for found in _NESTED.finditer(written)]
    return written[nested[-1] :].replace(":/", "://", 1).replace(":///", "://", 1) if nested else None


def _telling(query: str) -> str:
    """The fields of a query that may say which picture it is."""
    fields = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _DELIVERY.fullmatch(name)]
    return "&".join(f"{_tidy(name)}={_tidy(value)}" for name, value in sorted(fields))


def _stem(name: str) -> str:
    """The name of a file less its endings and what says a size."""
    while True:
        shorter = _SIZE.sub("", _FILE.sub("", name))
        if shorter in ("", name):
            return name
        name = shorter


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", unquote(text)).casefold().strip()

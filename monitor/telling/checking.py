"""The README.txt of an evidence: what is in it, and how somebody checks it without us, in those steps that can be done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from monitor.fingerprint import printed
from monitor.model import Change, Head, Sealed
from monitor.telling.harmless import harmless

CAPTURES, RECORD, CHAIN = "captures.warc.gz", "record.json", "chain.jsonl"
_INDENT = "   "
_SUMS = ("Nothing was altered since it was made:", ("sha256sum -c SHA256SUMS     (macOS: shasum -a 256 -c SHA256SUMS)",), "")
_WARC = (
    "The captures are whole:",
    (f"warcio check -v {CAPTURES}     (pip install warcio)",),
    """\
manifest.json says at which byte of that file the records of each capture begin, and gives the SHA-256 of the body as it
came over the wire, which is the WARC-Payload-Digest of its record. Where a capture has the very bytes of another one, its
record refers to that, and "twin" says where it lies. A replay tool such as pywb shows the pages.""",
)
_FINGERPRINT = """\
python3 -c "
import hashlib, json
a = json.load(open('{name}.json', encoding='utf-8'))
parts = [a['publication'], a['title'], a['published'], *a['paragraphs']]
print('1:' + hashlib.sha256('\\n'.join(parts).encode('utf-8', 'replace')).hexdigest())\""""
_TEXTS = """\
The fingerprint of a version is SHA-256 over its publication, title, day (like 2026-01-31, or nothing) and paragraphs, one
a line with a line feed between two, in UTF-8; in each of them every run of white space is one blank, none stands at either
end, and Unicode is composed (NFC). {names} exactly these. The text digest is made of title and paragraphs alone."""
_LINK = """\
python3 -c "
import hashlib
before = bytes.fromhex('{previous}')
print('1:' + hashlib.sha256(before + open('record.json', 'rb').read()).hexdigest())\""""
_LINKED = """\
It is SHA-256 over the 32 bytes of the digest before it ("previous") and {record}, byte for byte what was sealed. That holds
the fingerprints, the instant, and the SHA-256 of the body of the capture that led to the change; where pictures changed,
also that of shown-before.txt and of shown-after.txt."""
_LINKS = """\
python3 -c "
import hashlib, json
digest = bytes.fromhex('{digest}')
for line in open('chain.jsonl', encoding='ascii'):
    digest = hashlib.sha256(digest + json.loads(line)['record'].encode('utf-8', 'surrogateescape')).digest()
print('1:' + digest.hex())\""""
_PRIVATE = """\

Before you hand it on
The captures are exact, so nothing was taken out of them, and some hold what a session was known by. Who has that may be able
to go on with the session while it lasts; end it on the site, or hand on the texts and the manifest without {captures}.
{private}
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an evidence holds: each file and what it is, what could not be had, what is not for everybody, and its seal.

    ``fingerprints`` are those of its versions, as printed, by the name of their side.
    """

    what: Mapping[str, str]
    missing: Sequence[str] = ()
    private: Sequence[str] = ()
    fingerprints: Mapping[str, str] | None = None
    seal: Sealed | None = None
    head: Head | None = None


def readme(change: Change, contents: Contents) -> str:
    """The whole text."""
    at = f"{change.at:%Y-%m-%d %H:%M:%S} UTC"
    title = f"Evidence of change {change.id} of the change log of article-monitor: {change.kind.value}, {at}"
    listed = [f"  {name:<17} {what}" for name, what in contents.what.items()]
    lines = [title, harmless(change.url), "", "What is here", *listed, ""]
    if contents.missing:
        lines += ["What is not here", *(f"  {harmless(each)}" for each in contents.missing), ""]
    lines.append("How to check it, with tools that are not ours")
    for number, (first, commands, more) in enumerate(_steps(contents), 1):
        lines += [f"{number}. {first}", *commands, *(f"{_INDENT}{line}" for line in more.splitlines()), ""]
    private = "\n".join(f"  {each}" for each in contents.private)
    return "\n".join(lines) + (_PRIVATE.format(captures=CAPTURES, private=private) if private else "")


def _holding(sides: Collection[str]) -> str:
    return " and ".join(f"{name}.json" for name in sides) + (" holds" if len(sides) == 1 else " hold")


def _steps(contents: Contents) -> list[tuple[str, Sequence[str], str]]:
    """What can be done with what is there: what it shows, the commands, and more about it."""
    steps: list[tuple[str, Sequence[str], str]] = [_SUMS]
    if CAPTURES in contents.what:
        steps.append(_WARC)
    sides = contents.fingerprints or {}
    if sides:
        texts = " and ".join(f"{name}.txt" for name in sides if f"{name}.txt" in contents.what)
        beside = " beside the captures" if CAPTURES in contents.what else ""
        said = f"The texts are what the pages say: read {texts}{beside}." if texts else "The texts are what was logged."
        commands = [f"{_FINGERPRINT.format(name=name)}\nprints {digest}" for name, digest in sides.items()]
        steps.append((f"{said} Their digests:", commands, _TEXTS.format(names=_holding(sides))))
    if contents.seal is not None:
        previous, digest = contents.seal.previous[1:].hex(), contents.seal.digest
        link = f"{_LINK.format(previous=previous)}\nprints {printed(digest)}"
        steps.append(("The change was in the log, with this digest:", [link], _LINKED.format(record=RECORD)))
        if CHAIN in contents.what and contents.head is not None:
            links = f"{_LINKS.format(digest=digest[1:].hex())}\nprints {printed(contents.head.digest)}"
            why = "Whoever noted a head of the chain earlier finds it among the digests on the way."
            steps.append((f"From there the chain leads on to its head, change {contents.head.change}:", [links], why))
    return steps

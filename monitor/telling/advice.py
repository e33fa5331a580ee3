"""What an incident means for what is seen of its source, and what to do about it, in a sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sight(StrEnum):
    """How much is seen of a source while an incident lasts."""

    WHOLE = "whole"
    PART = "part"
    HELD = "held back"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Advice:
    """What a kind of incident ``means``, what a person should ``do``, and how much is seen meanwhile."""

    means: str
    do: str
    sight: Sight


_UNKNOWN = Advice("Something about this source is not as it should be.", "Read what it says, and the service's log.", Sight.PART)
_ADVICE = {
    "blind": Advice(
        "No page of it could be read in its last round: what changes there meanwhile is not seen.",
        "Look at the site in a browser. If it is well there, `monitor check --explain URL` says what its pages answer to us; a"
        " few are tried in every round, and all when one is read again.",
        Sight.NOTHING,
    ),
    "block": Advice(
        "The site turns us away, or shows us another page than readers see.",
        "Visit it less often (`interval`, `polite.gap`), and ask its owner to let the monitor in; `contact` says who you are.",
        Sight.NOTHING,
    ),
    "outage": Advice(
        "The site does not answer.",
        "Wait; its pages are tried in every round. If readers reach it, look at proxy and network.",
        Sight.NOTHING,
    ),
    "silence": Advice(
        "Nothing new came from it for longer than is usual.",
        "Look whether the site has gone quiet or its listings moved; `find.listings` in the source's file names them.",
        Sight.PART,
    ),
    "listing": Advice(
        "A listing could not be read or shows no article: new articles may be missed, known ones are visited as ever.",
        "Open the listing in a browser. If it moved or was rebuilt, put its address or `find.links` right in the source's file.",
        Sight.PART,
    ),
    "layout": Advice(
        "Its pages look redesigned, so what differs is held back from the log until it is known to be no edit.",
        "Give the source a layout for the new design (`monitor try URL` shows how a page reads), or press Accept where the"
        " articles really say so now.",
        Sight.HELD,
    ),
    "reader": Advice(
        "Pages are read by another layout or program than before, and their last captures are no longer kept to compare.",
        "Nothing must be done; look through its edits of that day, which may be none. `monitor reparse` reads all at once.",
        Sight.WHOLE,
    ),
    "resting": Advice(
        "Its host asked for rest or kept failing, and is left alone until the time it says: its pages stay due.",
        "Wait. If it comes back again and again, visit the source less often (`interval`, `polite.gap`).",
        Sight.PART,
    ),
    "shortcut": Advice(
        "The quick way of reading its pages and the slow one disagreed, so all are read the slow way now.",
        "Nothing must be done; it costs time alone. After a change of its layout press Trust to try the quick way again.",
        Sight.WHOLE,
    ),
    "validators": Advice(
        "Its server's ETag or Last-Modified misled us, so it is asked for whole pages now.",
        "Nothing must be done; it costs the site some traffic. Press Trust when the server was put right.",
        Sight.WHOLE,
    ),
    "clock": Advice(
        "The clock of this machine went back.", "Let it keep its time by NTP; all pages were made due again.", Sight.WHOLE
    ),
    "seal": Advice(
        "The log holds a row that does not fit what it rests on: somebody may have put it there by hand.",
        "Run `monitor verify`, which names the row, and keep a copy of the database before anything else is done.",
        Sight.WHOLE,
    ),
    "notify": Advice(
        "A notification could not be delivered; it is kept and tried again.",
        "Look at the address of the rule and at the service it goes to; `monitor notify --pending` says what waits.",
        Sight.WHOLE,
    ),
    "reparsed": Advice("Its captures were read anew on purpose.", "Nothing must be done.", Sight.WHOLE),
}


def advice(kind: str) -> Advice:
    """What a kind of incident means and what to do; of a kind that nobody described, something that is always true."""
    return _ADVICE.get(kind, _UNKNOWN)

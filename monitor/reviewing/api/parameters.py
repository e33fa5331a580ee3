"""The parameters that several resources of the API have: the filters of the log, spans of days, pages of lists."""

from __future__ import annotations

from monitor.filters import MOST
from monitor.model import EditClass, Kind, ReviewState
from monitor.reviewing.api.routes import Query
from monitor.reviewing.api.schemas import SHARE, TRUTH, Schema, one_of
from monitor.reviewing.asking import STANDS

WHEN: Schema = {
    "anyOf": [
        {"type": "string", "format": "date-time"},
        {"type": "string", "format": "date"},
        {"type": "string", "pattern": r"^[0-9]{1,4}[smhd]$"},
    ]
}
WORDS: Schema = {"type": "string", "minLength": 1, "maxLength": 500}
NAME = WORDS
_ID: Schema = {"type": "integer", "minimum": 0, "maximum": 10**17 - 1}


def limit(most: int) -> Query:
    """How many at once."""
    return Query("limit", {"type": "integer", "minimum": 1, "maximum": most}, "at most so many")


def after(text: str = "where to go on; the address in `next` has it") -> Query:
    """Where to go on, as text that only we make."""
    return Query("after", {"type": "string", "pattern": r"^(0(\.[0-9]{1,20})?|1(\.0{1,20})?),[0-9]{1,17}$"}, text)


AFTER_ID = Query("after", _ID, "where to go on: after the one of this number")
SINCE = Query("since", WHEN, "from this instant or day on, or a length of time ago like 24h")
UNTIL = Query("until", WHEN, "up to this instant or day")
SOURCE = Query("source", NAME, "of this source", is_many=True)
ONE_SOURCE = Query("source", NAME, "of this source")
STAND = Query("stand", one_of(STANDS), "what the last visit proved, or how the page stands")
Q = Query("q", WORDS, 'words, `"a phrase"`, `beginning*`, `-without`, `this OR that`', is_required=True)
TERM = Query("term", WORDS, "the words whose rise and fall is counted", is_required=True)
SPAN = (SINCE, UNTIL, SOURCE)

FILTERS = (
    SOURCE,
    Query("kind", one_of(Kind), "of this kind", is_many=True),
    Query("class", one_of(EditClass), "with an edit of this class", is_many=True),
    Query("state", one_of(ReviewState), "where it stands with its reviewers", is_many=True),
    Query("least", SHARE, "the lowest score"),
    SINCE,
    UNTIL,
    Query("text", WORDS, "words in the article, before or after"),
    Query("changed", WORDS, "words that were cut or added"),
    Query("watch", WORDS, "a watch word"),
    Query("assigned", NAME, "assigned to this user"),
    Query("story", _ID, "of this story"),
    Query("above", _ID, "after the change of this number"),
    Query("baseline", TRUTH, "also what a first round took in"),
    Query("hidden", TRUTH, "also what is muted or folded"),
    Query("order", one_of(("new", "top")), "the newest first, or the highest score"),
    after(),
    limit(MOST),
)

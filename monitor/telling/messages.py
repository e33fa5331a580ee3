"""What a notification says, as plain text and as HTML: one change, or a digest with what matters most first.

Each ends with the head of the evidence chain: who keeps the message can later prove that the log was not made anew since
(``monitor verify --head``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.fingerprint import printed
from monitor.model import Head, Letter, Told
from monitor.telling.feeds import content_of, summary_of, title_of
from monitor.telling.marked import clean, in_words, plain
from monitor.telling.terminal import when

_TITLE = 150  # characters of the title of a message
_WORDS = 400  # of the words that changed, in plain text
_AGAIN = "This may have reached you before: the program was ended while it sent it."
_TEST = "This is a test of article-monitor. Nothing changed."


def single(told: Told, head: Head | None, base: str | None) -> Letter:
    """A message about one change, or about the story that it stands for. ``base`` is the review page's address."""
    title = title_of(told)
    text = "\n".join([*_lines(told, base), "", *_end(head)])
    return Letter(_short(title), text, f"{_block(told, base)}\n{_end_html(head)}")


def digest(rows: Sequence[Told], total: int, rule: str, head: Head | None, base: str | None) -> Letter:
    """A message about several changes; ``total`` of them, of which ``rows`` are shown."""
    title = f"{total} {'change' if total == 1 else 'changes'} ({rule})"
    more = total - sum(told.story.changes if told.story else 1 for told in rows)
    rest = [f"and {more} more"] if more > 0 else []
    text = "\n".join([title, "", *(line for told in rows for line in (*_lines(told, base), "")), *rest, "", *_end(head)])
    blocks = "\n<hr>\n".join(_block(told, base) for told in rows)
    tail = "".join(f"<p>{clean(each)}</p>\n" for each in rest)
    return Letter(_short(title), text, f"<h1>{clean(title)}</h1>\n{blocks}\n{tail}{_end_html(head)}")


def test(rule: str, head: Head | None) -> Letter:
    """A message that says no more than that messages of this rule arrive."""
    text = "\n".join([_TEST, f"Messages of the rule {rule} arrive here.", "", *_end(head)])
    html = f"<p>{clean(_TEST)}</p>\n<p>Messages of the rule {clean(rule)} arrive here.</p>\n{_end_html(head)}"
    return Letter(f"article-monitor: test of {rule}", text, html)


def again(letter: Letter) -> Letter:
    """The same message, saying that it may have arrived before."""
    return Letter(letter.title, f"{_AGAIN}\n\n{letter.text}", f"<p><i>{_AGAIN}</i></p>\n{letter.html}")


def _lines(told: Told, base: str | None) -> Iterator[str]:
    change = told.change
    yield title_of(told)
    yield summary_of(told)
    words = in_words(told.parts)
    if words:
        yield words if len(words) <= _WORDS else f"{words[:_WORDS]} …"
    yield f"{when(change.at)} UTC, {plain(change.source)}, {plain(change.url)}"
    yield f"{base.rstrip('/')}/changes/{change.id}" if base else f"monitor show {change.id}"


def _block(told: Told, base: str | None) -> str:
    change = told.change
    href = clean(f"{base.rstrip('/')}/changes/{change.id}") if base else ""
    title = f'<a href="{href}">{clean(title_of(told))}</a>' if href else clean(title_of(told))
    where = f"<p>#{change.id}, {when(change.at)} UTC, {clean(change.source)}</p>"
    more = f'<a href="{href}">{href}</a>' if href else f"<code>monitor show {change.id}</code>"
    return f"<h2>{title}</h2>\n{where}\n{content_of(told)}\n<p>{more}</p>"  # in words, too: mail is read as text as well


def _end(head: Head | None) -> list[str]:
    return ["--", f"evidence chain up to change {head.change}: {printed(head.digest)}"] if head else []


def _end_html(head: Head | None) -> str:
    if head is None:
        return ""
    return f"<hr>\n<p>Evidence chain up to change {head.change}: <code>{printed(head.digest)}</code></p>"


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[:_TITLE]} …"

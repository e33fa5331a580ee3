"""The change log on a terminal: a table, or a line each where there is none; what a judgement is made of; campaigns.

Everything that came from a site goes through :func:`harmless` and is never read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monitor.model import Change, Entry, Incident, Judgement, Kind, Part, Story, StoryKind
from monitor.telling.diff import glance
from monitor.telling.harmless import harmless
from monitor.telling.reviews import standing
from monitor.telling.terminal import note_line, plain_table, when

KIND_STYLES = {
    Kind.NEW: "green",
    Kind.COPIED: "cyan",
    Kind.SYNDICATED: "cyan",
    Kind.MOVED: "cyan",
    Kind.EDITED: "bold yellow",
    Kind.REVERTED: "bold magenta",
    Kind.REMOVED: "bold red",
    Kind.RESTORED: "bold green",
    Kind.IMPORTED: "blue",
}
_HIGH, _MIDDLING = 0.6, 0.3  # scores that are painted
_MOST_EDITS = 40  # shown of a judgement
_EDITED = 100  # characters shown of each side of an edit
_WIDE = 100  # columns from which on the log is a table
_TITLE = 300  # characters of a title shown in the log


def log_lines(console: Console, lines: Iterable[Entry | Incident], words: Callable[[Change], Sequence[Part]]) -> int:
    """Print entries, and what was done to sources, in the order given: a table on a terminal, else a line each.

    ``words`` says what differs between the wordings before and after a change; the table shows the first of it. The number of
    entries.
    """
    if not console.is_terminal:
        count = 0
        for line in lines:
            console.out(harmless(_line(line)), highlight=False)
            count += isinstance(line, Entry)
        return count
    rows = list(lines)
    if rows and console.width >= _WIDE:
        console.print(log_table(rows, words))
    elif rows:
        console.print(log_list(rows, words))
    return sum(isinstance(row, Entry) for row in rows)


def _line(entry: Entry | Incident) -> str:
    if isinstance(entry, Incident):
        return note_line(entry)
    change = entry.change
    line = f"#{change.id} {when(change.at)} {_what(change)} {change.source} {_short(change.title)} {change.url}"
    judged = f" | {change.judged.score:.2f} {change.judged.reason}" if change.judged else ""
    reviewed = f" | {standing(entry.reviewed)}" if standing(entry.reviewed) else ""
    return line + judged + reviewed + (f" | {_story_of(entry.story)}" if entry.story else "")


def log_table(lines: Sequence[Entry | Incident], words: Callable[[Change], Sequence[Part]]) -> Table:
    """The change log as a table; see :func:`log_lines`."""
    table = plain_table()
    table.add_column("#", justify="right", style="dim", no_wrap=True)
    table.add_column("when (UTC)", no_wrap=True)
    table.add_column("score", no_wrap=True, justify="right")
    table.add_column("what", no_wrap=True)
    table.add_column("source", no_wrap=True)
    table.add_column("article", ratio=1)
    for entry in lines:
        if isinstance(entry, Incident):
            detail = Text(harmless(entry.detail), "dim")
            table.add_row("", when(entry.started), "", Text(entry.kind, "dim"), Text(entry.source), detail)
            continue
        change = entry.change
        table.add_row(str(change.id), when(change.at), _score(change), _kind(change), Text(change.source), _told(entry, words))
    return table


def log_list(lines: Sequence[Entry | Incident], words: Callable[[Change], Sequence[Part]]) -> Group:
    """The change log for a narrow terminal: what is a row of the table is a line there, with the article below it."""
    parts: list[RenderableType] = []
    for entry in lines:
        if isinstance(entry, Incident):
            done = Text(f"{when(entry.started)}  {entry.kind}  {entry.source}", "dim")
            parts += [done, _indented(Text(harmless(entry.detail), "dim"))]
            continue
        change = entry.change
        head = Text().append(f"#{change.id}  {when(change.at)}  ", "dim").append_text(_score(change)).append("  ")
        parts += [head.append_text(_kind(change)).append(f"  {change.source}", "dim"), _indented(_told(entry, words))]
    return Group(*parts)


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 1, 2))


def _kind(change: Change) -> Text:
    return Text(_what(change), "dim" if _is_baseline(change) else KIND_STYLES[change.kind])


def _told(entry: Entry, words: Callable[[Change], Sequence[Part]]) -> Text:
    """The article of an entry, why it matters, what was cut and added, what reviewers made of it, and its story."""
    change = entry.change
    article = Text(_short(change.title)).append("\n" + harmless(change.url), "dim")
    if change.judged and not _is_baseline(change):
        article.append("\n" + harmless(change.judged.reason), "bold")
    if change.kind in (Kind.EDITED, Kind.REVERTED):
        article.append("\n").append_text(glance(words(change)))
    if standing(entry.reviewed):
        article.append("\n" + standing(entry.reviewed), "magenta")
    if entry.story is not None:
        article.append("\n" + harmless(_story_of(entry.story)), "cyan")
    return article


_STORIES = {StoryKind.CAMPAIGN: "campaign", StoryKind.COPIES: "the same edit on copies", StoryKind.MOVED: "moved"}


def story_line(story: Story) -> str:
    """A story in a line: what its changes have in common, on how many pages, when, and how to see them all."""
    what = _STORIES[story.kind]
    days = f"{story.first:%Y-%m-%d}" + (f" to {story.last:%Y-%m-%d}" if story.last.date() != story.first.date() else "")
    size = f"{story.changes} changes on {story.pages} pages" if story.changes != story.pages else f"{story.pages} pages"
    said = what if story.what == what else f"{what}: {_short(story.what)}"
    return f"{said} ({size}, {days}; `monitor log --story {story.id}`)"


def _story_of(story: Story) -> str:
    """The story of a row of the log. What a campaign is about stands above the log."""
    if story.kind is not StoryKind.CAMPAIGN:
        return story_line(story)
    return f"one of {story.changes} changes of a campaign on {story.pages} pages (`monitor log --story {story.id}`)"


def campaigns_text(stories: Sequence[Story]) -> Text:
    """Campaigns, one a line, to stand above the log; nothing where there are none."""
    text = Text()
    for story in stories:
        text.append(harmless(story_line(story)) + "\n", "bold red")
    return text.append("\n") if stories else text


def _what(change: Change) -> str:
    """The kind of a change, how many like it were folded into it, and whether a standing rule mutes it."""
    often = f" ×{change.judged.folded + 1}" if change.judged and change.judged.folded else ""
    muted = " (muted)" if change.judged and change.judged.muted else ""
    return f"{change.kind}{often}{' (baseline)' if _is_baseline(change) else ''}{muted}"


def _score(change: Change) -> Text:
    """How much a change matters, from 0 to 1; a dash where nobody judged it yet."""
    if change.judged is None:
        return Text("-", "dim")
    score = change.judged.score
    return Text(f"{score:.2f}", "bold red" if score >= _HIGH else ("yellow" if score >= _MIDDLING else "dim"))


def judgement_text(judgement: Judgement) -> Text:
    """A judgement whole: the edits with their classes, and the sum behind the score."""
    text = Text(f"\n{judgement.score:.2f}  ", "bold").append(harmless(judgement.reason) + "\n")
    for edit in judgement.edits[:_MOST_EDITS]:
        text.append(f"  {edit.what:<16}", "cyan").append(f"{edit.place}: ", "dim")
        before, after = harmless(_cut(edit.before)), harmless(_cut(edit.after))
        if before and after:
            text.append(before, "red").append(" → ", "dim").append(after + "\n", "green")
        else:  # marked as in the word diff, so that no arrow leads to nothing
            text.append(f"[-{before}-]\n" if before else f"{{+{after}+}}\n", "red" if before else "green")
    if len(judgement.edits) > _MOST_EDITS:
        text.append(f"  and {len(judgement.edits) - _MOST_EDITS} more edits\n", "dim")
    text.append("the score is the sum of\n", "dim")
    for term in judgement.terms:
        text.append(f"  {term.value:+.3f}  {harmless(term.what)}\n")
    return text


def reason_text(change: Change) -> Text:
    """How much a change matters, and why, in a line; nothing where nobody judged it yet."""
    if change.judged is None:
        return Text()
    return Text("\n").append_text(_score(change)).append(f"  {harmless(change.judged.reason)}\n", "bold")


def later_text(later: Sequence[Change]) -> Text:
    """What happened to the page after a change, oldest first: the next of it, and how many more there are."""
    if not later:
        return Text()
    change, more = later[0], len(later) - 1
    text = Text("since then ", "dim").append(_what(change), KIND_STYLES[change.kind])
    text.append(f" #{change.id} {when(change.at)} UTC", "dim")
    text.append(f"  {harmless(change.judged.reason)}" if change.judged else "")
    return text.append(f"; {more} more\n" if more else "\n", "dim")


def _cut(words: str) -> str:
    """Words of an edit as they fit into a line."""
    words = words.replace("\n", " ")
    return words if len(words) <= _EDITED else words[:_EDITED] + " …"


def _is_baseline(change: Change) -> bool:
    """What is imported is no news either, and says so by its name."""
    return change.baseline and change.kind is not Kind.IMPORTED


def _short(title: str) -> str:
    """A title as one line that leaves room for others."""
    return harmless(title if len(title) <= _TITLE else title[:_TITLE] + " …")


# One change


def head(change: Change) -> Text:
    """The first lines about a change: what, when, where."""
    text = Text(f"#{change.id} ").append(change.kind, KIND_STYLES[change.kind])
    text.append(f"  {when(change.at)} UTC  {change.source}{'  (baseline)' if _is_baseline(change) else ''}\n", "dim")
    text.append(harmless(change.title) + "\n", "bold").append(harmless(change.url), "dim")
    if change.before or change.after:
        text.append(f"\nversion {change.before or '-'} → {change.after or '-'}", "dim")
    return text


def group_text(story: Story, others: Sequence[Change]) -> Text:
    """A story that a change belongs to, and its other changes, as many as are given."""
    text = Text("\n" + harmless(story_line(story)) + "\n", "cyan")
    for change in others:
        text.append(f"  #{change.id} {change.kind} {when(change.at)} {change.source}  {_short(change.title)}\n")
        text.append(f"    {harmless(change.url)}\n", "dim")
    more = story.changes - 1 - len(others)
    return text.append(f"  and {more} more\n", "dim") if more > 0 else text

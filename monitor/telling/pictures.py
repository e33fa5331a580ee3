"""The pictures of a change as a person sees them: what each was, what it is now, and where its file can be had.

What came from a site goes through :func:`harmless`.
"""

from __future__ import annotations

from rich.text import Text

from monitor.model import Picture, Pictures
from monitor.telling.harmless import harmless

_CUT, _ADDED = ("[-", "-]", "red strike"), ("{+", "+}", "green")


def pictures_text(before: Pictures, after: Pictures) -> Text:
    """The pictures before and after a change, those that stayed as they are by their number alone."""
    gone, come, same = moved(before, after)
    text = Text("\npictures\n", "bold cyan")
    for (opening, closing, style), pictures in ((_CUT, gone), (_ADDED, come)):
        for each in pictures:
            text.append(f"{opening}{harmless(_line(each))}{closing}\n", style)
    return (
        text.append(f"and {same} that {'stayed' if same > 1 else 'stays'} as {'they are' if same > 1 else 'it is'}\n", "dim")
        if same
        else text
    )


def moved(before: Pictures, after: Pictures) -> tuple[list[Picture], list[Picture], int]:
    """The pictures that went, those that came, and how many stayed as they are."""
    old, new = set(map(_shown, before)), set(map(_shown, after))
    come = [each for each in after if _shown(each) not in old]
    return [each for each in before if _shown(each) not in new], come, len(after) - len(come)


def _line(picture: Picture) -> str:
    """All that is known of a picture, in a line."""
    said = [picture.url or "(another address at every visit)"]
    said += [f"at paragraph {picture.place}"] if picture.place else []
    said += [f"caption “{picture.caption}”"] if picture.caption else []
    said += [f"alternative text “{picture.alt}”"] if picture.alt else []
    said += [f"SHA-256 {picture.digest.hex()}"] if picture.digest else []
    return ", ".join(said)


def _shown(picture: Picture) -> tuple[object, ...]:
    return picture.name, picture.alt, picture.caption, picture.digest

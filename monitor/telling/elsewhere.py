"""What is said of captures and copies that are not ours: from which file one was imported, where an archive keeps another."""

from __future__ import annotations

from rich.text import Text

from monitor.model import Kept, OutsideCopy
from monitor.telling.harmless import harmless
from monitor.telling.terminal import when


def elsewhere(imported: Kept | None, copy: OutsideCopy | None) -> Text:
    """What else there is of a change: the capture that was ``imported``, the ``copy`` that an archive outside keeps."""
    text = Text()
    if imported is not None:
        text.append(f"captured {when(imported.at)} UTC, imported from {harmless(imported.origin or '-')}\n", "dim")
    if copy is not None and copy.link:
        text.append("kept outside at ", "dim").append(harmless(copy.link) + "\n")
    elif copy is not None:
        asked = "once" if copy.tries == 1 else f"{copy.tries} times"
        text.append(f"not kept outside yet, asked {asked}, last {when(copy.asked)} UTC: ", "yellow")
        text.append(harmless(copy.problem) + "\n", "yellow")
    return text

"""Samples for the tests of selectors: pages of one site with their articles."""

from __future__ import annotations

from datetime import date

from monitor.parsing.proposing.samples import Sample

DAYS = (date(2025, 11, 3), date(2025, 11, 19), date(2025, 12, 24))
TEXTS = (
    ("The bridge was opened at noon by the mayor of the town.", "Some two hundred people came to see it."),
    ("A plan for the market has failed for want of money, it is said.", "Nobody was there to mourn it but one.", "Rain fell."),
    ("No trains ran between the two cities on Monday evening at all.", "The reason is not known."),
)
TITLES = ("The bridge opens", "A plan fails", "No trains on Monday")


def samples(page: str, *, days: bool = True, strange: str = "") -> list[Sample]:
    """Three samples of a page in which ``TITLE``, ``DAY`` (ISO), ``BODY`` (paragraphs) and ``BREAKS`` stand for what they say.

    ``strange`` is a paragraph that was taken for part of each.
    """
    found = []
    for title, day, text in zip(TITLES, DAYS, TEXTS, strict=True):
        body, broken = "".join(f"<p>{each}</p>" for each in text), "<br><br>".join(text)
        written = {"TITLE": title, "DAY": day.isoformat(), "LONG": f"{day.day} {day:%B %Y}", "US": f"{day:%m/%d/%Y}"}
        html = page.replace("BODY", body).replace("BREAKS", broken)
        for name, value in written.items():
            html = html.replace(name, value)
        known = (*text, strange) if strange else text
        found.append(Sample(html.encode(), f"https://a.example/{day}", title, day if days else None, known))
    return found

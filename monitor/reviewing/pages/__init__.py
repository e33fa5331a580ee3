"""The pages, one blueprint a file."""

from __future__ import annotations

from flask import Blueprint

from monitor.reviewing.pages import change, charts, exports, feeds, inbox, page, search, signing, sources, triage, watching

BLUEPRINTS: tuple[Blueprint, ...] = (
    inbox.blueprint,
    change.blueprint,
    page.blueprint,
    triage.blueprint,
    search.blueprint,
    charts.blueprint,
    sources.blueprint,
    signing.blueprint,
    feeds.blueprint,
    exports.blueprint,
    watching.blueprint,
)

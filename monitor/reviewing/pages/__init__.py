"""The pages, one blueprint a file."""

from __future__ import annotations

from flask import Blueprint

from monitor.reviewing.pages import change, inbox, page, signing, triage

BLUEPRINTS: tuple[Blueprint, ...] = (
    inbox.blueprint,
    change.blueprint,
    page.blueprint,
    triage.blueprint,
    signing.blueprint,
)

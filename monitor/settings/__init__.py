"""What a person may set, as frozen values: the program, a source, a layout and the rules that read a field.

The values are plain dataclasses so that every room can use them; ``monitor/config/`` fills them from TOML and checks
them (the ``metadata`` of a field is what it checks and what it explains). Lengths of time are ``timedelta``.
"""

from __future__ import annotations

from monitor.settings.conduct import Connection, Outside, Politeness, Removal
from monitor.settings.described import STRICT, Duration, about, weight
from monitor.settings.finding import Fields, Finding, Form, Series, Session
from monitor.settings.layouts import CardLayout, Identity, Layout, Rule
from monitor.settings.notifying import AT_ONCE, Notify
from monitor.settings.program import Mute, Program, Settings, Weights
from monitor.settings.source import Mark, Source
from monitor.settings.watching import WatchWord
from monitor.settings.web import Web

__all__ = [
    "AT_ONCE",
    "STRICT",
    "CardLayout",
    "Connection",
    "Duration",
    "Fields",
    "Finding",
    "Form",
    "Identity",
    "Layout",
    "Mark",
    "Mute",
    "Notify",
    "Outside",
    "Politeness",
    "Program",
    "Removal",
    "Rule",
    "Series",
    "Session",
    "Settings",
    "Source",
    "WatchWord",
    "Web",
    "Weights",
    "about",
    "weight",
]

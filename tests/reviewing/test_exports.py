"""Exports from the page: with its filters, streamed, and saved rather than shown."""

from __future__ import annotations

import csv
import io
import json

from reviewing.desk import HERE, Desk


def test_a_spreadsheet_holds_what_the_filters_let_through(desk: Desk) -> None:
    answer = desk.client.get("/export/changes.csv?hidden=yes&kind=edited", base_url=HERE)
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
    assert {row["kind"] for row in rows} == {"edited"}
    assert answer.headers["Content-Disposition"] == 'attachment; filename="changes.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "Content-Length" not in answer.headers, "it is written while it is sent"
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_json_lines_and_a_report_come_with_the_same_filters(desk: Desk) -> None:
    lines = desk.get("/export/changes.jsonl?kind=removed").splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["removed"]
    answer = desk.client.get("/export/report.html?hidden=yes", base_url=HERE)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "<script" not in answer.text.lower()
    assert "What changed" in answer.text


def test_a_filter_that_there_is_not_is_named(desk: Desk) -> None:
    assert "nosuch" in desk.get("/export/changes.csv?nosuch=1", status=400)
    assert "kcna" in desk.get("/export/changes.csv?source=kcma", status=404)


def test_nobody_gets_one_without_signing_in(desk: Desk) -> None:
    ann = desk.sign_in("ann")
    desk.beside().get("/export/changes.csv", status=401)
    ann.get("/export/changes.csv")

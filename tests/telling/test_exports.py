"""CSV and JSON Lines: safe against formulas, one row a change whatever it holds, and never all of it in memory."""

from __future__ import annotations

import csv
import io
import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling.told import EVIL, hostile, told

from monitor.telling.exports import COLUMNS, cell, csv_lines, json_lines


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_change_is_a_row_with_the_words_that_were_cut_and_added() -> None:
    (row,) = rows("".join(csv_lines([told()])))
    assert tuple(row) == COLUMNS
    assert (row["id"], row["score"], row["classes"], row["state"], row["assigned"]) == ("7", "0.72", "name", "flagged", "ann")
    assert (row["cut"], row["added"]) == ("Pak Un Hyok", "nobody")


def test_lines_end_as_rfc_4180_wants_it() -> None:
    lines = list(csv_lines([told("with \n a break, and a comma")]))
    assert lines[0].startswith("\ufeffid,")
    assert all(line.endswith("\r\n") and line.count("\n") == 1 for line in lines)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", " =", "\u3000=", '"=', "'=", " “@", "\t ="])
def test_no_cell_is_a_formula(start: str) -> None:
    assert cell(f"{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("inner", [";=1+1", "; =1+1", ';"=1+1', ";\t@SUM(1)", ";;-1"])
def test_no_cell_is_a_formula_where_a_semicolon_ends_one(inner: str) -> None:
    (line,) = [line for line in csv_lines([told(f"Prices{inner}")]) if "Prices" in line]
    for found in csv.reader([line.rstrip()], delimiter=";"):
        assert not any(each.strip(" \"'").startswith(tuple("=+-@")) and not each.startswith("'") for each in found)


def test_what_is_no_formula_stays_as_it_is() -> None:
    for text in ("A title; and more", "5 - 3 = 2", "e-mail a@b.example", "“Quoted”"):
        assert cell(text) == text


@given(st.text())
def test_no_text_at_all_is_a_formula_or_breaks_its_row(text: str) -> None:
    found = cell(text)
    assert not found.startswith(tuple("=+-@\t\r"))
    assert rows("".join(csv_lines([told(text, cut=text or "x")])))[0]["title"] == found


def test_a_number_stays_a_number() -> None:
    assert [cell(value) for value in (-1, 0.5, True, None)] == ["-1", "0.5", "true", ""]


def test_a_word_of_a_megabyte_fits_a_cell() -> None:
    assert len(cell("x" * 1_000_000)) < 32_767


def test_json_lines_are_objects_in_ascii() -> None:
    first, second = (json.loads(line) for line in json_lines([told(), hostile()]))
    assert first["changed"] == [
        {"place": "paragraph 2", "op": "cut", "text": "Pak Un Hyok"}, {"place": "paragraph 2", "op": "added", "text": "nobody"},
    ]  # fmt: skip
    assert (first["state"], first["notes"]) == ("flagged", 1)
    assert second["title"] == f"=1+1{EVIL}"
    assert "".join(json_lines([hostile()])).isascii()


def test_rows_are_written_as_they_come() -> None:
    endless = (told(number=number) for number in itertools.count())
    assert next(itertools.islice(csv_lines(endless), 3, None)).startswith("2,")

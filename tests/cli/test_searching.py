"""``monitor search`` and the words of ``monitor log`` as a person uses them: what is printed, where, and the exit code."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

NO_WORD = "Type a word to look for: letters or digits. Signs alone are not looked for.\n"
Run = Callable[..., tuple[int, str, str]]


def test_where_a_name_ever_stood(run: Run, told: Path) -> None:
    status, out, err = run("search", '"pak un hyok"', "--db", told)
    assert (status, err) == (0, "")
    head, words = out.splitlines()
    assert head.startswith(
        "2026-01-01 00:00 to 2026-01-03 00:00, 2026-01-13 00:00 to 2026-01-13 00:00  now   kcna-kp-en  Meeting of Builders"
    )
    assert head.endswith("https://replay.invalid/power-station  version 1")
    assert "[Pak Un Hyok]" in words


def test_words_need_no_quotes(run: Run, told: Path) -> None:
    assert run("search", "pak", "un", "hyok", "--db", told) == run("search", "pak un hyok", "--db", told)


def test_only_what_is_said_now(run: Run, told: Path) -> None:
    past = run("search", '"power station"', "--json", "--db", told)[1].splitlines()
    now = run("search", '"power station"', "--json", "--now", "--db", told)[1].splitlines()
    assert len(now) < len(past)
    assert all(json.loads(line)["current"] for line in now)


def test_json_says_all_of_a_hit(run: Run, told: Path) -> None:
    (line,) = run("search", "hyok", "--json", "-s", "kcna-kp-en", "--until", "2026-01-02", "--db", told)[1].splitlines()
    hit = json.loads(line)
    assert hit["url"] == "https://replay.invalid/power-station"
    assert (hit["source"], hit["version"], hit["first_seen"]) == ("kcna-kp-en", 1, "2026-01-01T00:00:00.000Z")
    assert [piece["text"] for piece in hit["snippet"] if piece["match"]] == ["Hyok"]


def test_nothing_found_is_said(run: Run, told: Path) -> None:
    assert run("search", "nosuchword", "--db", told) == (0, "", "no wording holds these words\n")
    assert run("search", "the", "-n", "1", "--db", told)[2] == "the first 1 are shown; --limit N shows more\n"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ([], 2, "Missing argument"),
        (["-army"], 2, "words that begin with a dash go behind --, as in `monitor search -- -a"),
        (["--no\x1bw"], 2, "there is no option"),
        (["x", "--source", "nosuch"], 4, "there is no source 'nosuch'; there are kcna-kp-en, naenara-en"),
        (["x", "--since", "soon"], 2, "is no time"),
    ],
)
def test_what_cannot_be_looked_for(run: Run, told: Path, arguments: list[str], status: int, said: str) -> None:
    found, out, err = run("search", "--db", told, *arguments)
    assert (found, out) == (status, "")
    assert said in err


def test_nothing_that_is_typed_is_an_error(run: Run, told: Path) -> None:
    for words in ("*", "(((", '"', ""):
        assert run("search", words, "--db", told) == (0, "", f"{NO_WORD}no wording holds these words\n")
    assert run("search", "AND", "--db", told)[0] == 0
    status, out, err = run("search", "--db", told, "--", "-hyok")
    assert (status, out) == (0, run("search", "hyok", "--db", told)[1])
    assert err.startswith("Only words that are not to be there were typed")


def test_a_wording_that_went_and_came_back_says_each_time(run: Run, told: Path) -> None:
    lines = run("search", "hyok", "--json", "--db", told)[1].splitlines()
    (stood,) = [json.loads(line)["stood"] for line in lines if json.loads(line)["url"].endswith("power-station")]
    assert len(stood) == 2
    assert stood[0]["to"] < stood[1]["from"]
    versions = run("article", "power-station", "--versions", "--db", told)[1].splitlines()
    assert versions[0].count(" to ") == 2


def test_what_is_not_in_the_index_is_put_there_first(run: Run, told: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(told, tmp_path / "older.db"))
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO text_words (text_words) VALUES ('delete-all')")
    connection.execute("INSERT INTO change_words (change_words) VALUES ('delete-all')")
    connection.execute("DELETE FROM progress WHERE name LIKE 'indexed%'")
    connection.commit()
    connection.close()
    assert run("log", "--text", "hyok", "--db", path) == run("log", "--text", "hyok", "--db", told)
    assert run("search", "hyok", "--db", path)[1] == run("search", "hyok", "--db", told)[1] != ""
    assert run("log", "--changed", "hyok", "--db", path)[1] == run("log", "--changed", "hyok", "--db", told)[1] != ""


def test_the_log_by_what_was_cut_or_added(run: Run, told: Path) -> None:
    lines = run("log", "--json", "--changed", '"pak un hyok"', "--db", told)[1].splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["reverted", "edited"]
    assert run("log", "--changed", "nosuchword", "--db", told)[1].startswith("no change fits these filters")
    assert run("log", "--changed", '"', "--db", told) == (
        0, "no change fits these filters; 8 are in the log without them\n", f"--changed: {NO_WORD}"
    )  # fmt: skip


def test_the_log_by_a_phrase_or_without_a_word(run: Run, told: Path) -> None:
    whole = run("log", "--json", "--text", '"pak un hyok"', "--db", told)[1]
    assert len(whole.splitlines()) == 2
    assert run("log", "--json", "--text", '"hyok un pak"', "--db", told)[1] == ""
    assert run("log", "--json", "--text", '"pak un hyok" -builders', "--db", told)[1] == ""

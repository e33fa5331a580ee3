"""Watch words in the filters of the log."""

from __future__ import annotations

import pytest
from jobs.scene import Scene
from standins import START, source

from monitor.errors import InputError
from monitor.jobs.watching import read, resolved, with_kept, words
from monitor.model import LogQuery, Watched
from monitor.settings import Program, WatchWord

PAK = WatchWord("Pak Un Hyok", ("박은혁", "Park Un-hyok"))
PROGRAM = Program(watch=(PAK,))


def test_a_name_stands_for_its_spellings_in_any_case() -> None:
    assert resolved(LogQuery(watch="pak un hyok"), PROGRAM).any_of == ("Pak Un Hyok", "박은혁", "Park Un-hyok")
    assert resolved(LogQuery(), PROGRAM) == LogQuery()


def test_a_name_that_nobody_watches_is_no_filter() -> None:
    with pytest.raises(InputError, match="no watch word 'nobody'"):
        resolved(LogQuery(watch="nobody"), PROGRAM)


def test_words_of_the_sources_count_and_one_of_both_has_all_spellings() -> None:
    found = words(PROGRAM, [source(watch=(WatchWord("pak un hyok", ("朴恩赫",)), WatchWord("Araby")))])
    assert [word.name for word in found] == ["Araby", "Pak Un Hyok"]
    assert {"박은혁", "朴恩赫"} <= set(found[1].forms)


def test_kept_words_join_those_of_the_settings(scene: Scene) -> None:
    store = scene.store
    assert with_kept(PROGRAM, store) is PROGRAM
    store.keep_watched(Watched("PAK UN HYOK", ("朴恩赫",), "ann", START))
    store.keep_watched(Watched("Araby", (), "ann", START))
    found = with_kept(PROGRAM, store).watch
    assert [word.name for word in found] == ["Pak Un Hyok", "Araby"]
    assert found[0].forms == ("Pak Un Hyok", "박은혁", "Park Un-hyok", "PAK UN HYOK", "朴恩赫")
    assert resolved(LogQuery(watch="araby"), with_kept(PROGRAM, store)).any_of == ("Araby",)


def test_a_word_is_read_as_somebody_wrote_it() -> None:
    assert read("  Pak  Un Hyok ", " 박은혁\r\n\r\n박은혁\nPark Un-hyok") == PAK


@pytest.mark.parametrize(
    ("name", "spellings", "why"),
    [
        ("", "", "no letter and no digit"),
        ("Pak", "--", "no letter and no digit"),
        ("x" * 101, "", "up to 100 printable characters"),
        ("a\u202eb", "", "up to 100 printable characters"),
        ("Pak", "\n".join(map(str, range(51))), "50 is the most"),
    ],
)
def test_a_word_that_makes_no_sense_is_refused(name: str, spellings: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read(name, spellings)

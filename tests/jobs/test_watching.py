"""Watch words in the filters of the log."""

from __future__ import annotations

import pytest
from standins import source

from monitor.errors import InputError
from monitor.jobs.watching import resolved, words
from monitor.model import LogQuery
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

"""Writing exports: never over a file, never half of one; wordings as texts that read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from jobs.scene import Scene
from standins import START, article

from monitor.article import from_text
from monitor.errors import InputError
from monitor.fingerprint import fingerprint
from monitor.jobs.passing_on.exports import Texts, summary, wordings, write_file
from monitor.jobs.passing_on.log import every, folded
from monitor.model import LogQuery
from monitor.storing.sqlite import StoreFile

ALL = LogQuery(baseline=True, limit=None)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        found = Scene(store)
        found.list("p1", "p2")
        found.put("p1", "p2")
        found.round()
        found.site.put("p1", article("Title of p1", "other words"))
        found.round()
        yield found


def write(folder: Path, scene: Scene, query: LogQuery = ALL) -> Texts:
    texts = Texts(folder)
    for version, url in wordings(scene.store, query):
        texts.write(version, url)
    return texts


def test_each_wording_is_a_file_that_reads_back(scene: Scene, tmp_path: Path) -> None:
    assert write(tmp_path / "out", scene).written == 3
    files = sorted((tmp_path / "out").iterdir())
    assert [file.name[:4] for file in files] == ["000_", "001_", "002_"]
    for file in files:
        found = fingerprint(from_text(file.read_text(encoding="utf-8")))
        assert file.name[4:] == f"{found[1:].hex()[:16]}.txt"
    assert "other words" in files[-1].read_text(), "the oldest come first"


def test_a_second_export_adds_what_is_new_and_alters_nothing(scene: Scene, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write(folder, scene)
    before = {file: file.read_bytes() for file in folder.iterdir()}
    scene.site.put("p2", article("Title of p2", "newer words"))
    scene.round()
    again = write(folder, scene)
    assert again.written == 1
    assert {file: file.read_bytes() for file in before} == before
    assert len(list(folder.glob("003_*.txt"))) == 1


def test_what_was_there_is_told_from_what_is_told_twice(scene: Scene, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    first, again = write(folder, scene), write(folder, scene)
    assert (first.written, first.same) == (3, 0), "a wording before one change and after another is one"
    assert (again.written, again.same, again.in_the_way) == (0, 3, [])
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_file_that_holds_another_text_than_its_name_says_is_in_the_way(scene: Scene, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write(folder, scene)
    altered, broken, *_ = sorted(folder.iterdir())
    altered.write_text(altered.read_text().replace("Title of", "Title behind"))
    broken.unlink()
    broken.mkdir()
    again = write(folder, scene)
    assert (again.written, again.same) == (0, 1)
    assert [each.partition(":")[0] for each in again.in_the_way] == [str(altered), str(broken)]
    assert "Title behind" in altered.read_text()


def test_one_without_a_text_form_is_left_out_and_named(scene: Scene, tmp_path: Path) -> None:
    texts = Texts(tmp_path / "out")
    version = scene.store.version(1)
    assert version is not None
    texts.write(replace(version, article=replace(version.article, publication="A | B")), "https://a.example/p1")
    assert texts.left_out == ["https://a.example/p1, version 2: publication: it holds ` | `"]
    assert texts.written == 0


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine")
    with pytest.raises(InputError, match="left as it is"):
        write_file(path, ["theirs"], lambda _: None)
    assert path.read_text() == "mine"
    with pytest.raises(InputError, match="none; make it first"):
        write_file(tmp_path / "none" / "out.csv", ["x"], lambda _: None)


def test_half_a_file_is_not_left_behind(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "one line"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "out.csv", broken(), lambda _: None)
    assert list(tmp_path.glob("out*")) == []


def test_changes_come_with_their_words_and_reviews(scene: Scene) -> None:
    from monitor.model import Act

    (edit, *_) = every(scene.store, LogQuery(limit=None))
    scene.store.review([edit.change.id], Act.FLAG, "ann", START)
    (again, *_) = folded(scene.store, LogQuery(limit=None))
    assert (again.reviewed.state, edit.reviewed.state) == ("flagged", "open")
    assert [piece.text for part in again.parts for piece in part.pieces if piece.op == "cut"]


def test_a_summary_counts_what_the_filters_let_through(scene: Scene) -> None:
    found = summary(scene.store, replace(ALL, limit=1, since=START), START + timedelta(days=1))
    assert (found.total, dict(found.kinds)["edited"], dict(found.sources)) == (3, 1, {"a": 3})
    assert found.filters == "from 2026-01-01 00:00 baseline yes"

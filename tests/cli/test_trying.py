"""``monitor try``: a saved page or one that is fetched, read by every way there is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.conftest import Run
from fetching.servers import RawServer, page
from programs import ROOT

PAGES = ROOT / "tests" / "pages" / "kcna-watch"
CONFIG = ("--config", ROOT / "config")


@pytest.mark.parametrize("name", ["kcna-kp-cp1252", "kcna-kp-utf8"])
def test_a_saved_page_is_read_without_network_or_database(name: str, run: Run, tmp_path: Path) -> None:
    status, out, err = run("try", PAGES / f"{name}.html", "--source", "kcna-kp-en", *CONFIG)
    assert (status, err) == (0, "")
    text = (PAGES / f"{name}.txt").read_text("utf-8")
    assert text in out
    head = out.partition("\nthe article")[0]
    assert "\nlayout        kcna-watch\n" in head
    assert head.count("\n  by          ") >= 4
    assert list(tmp_path.iterdir()) == []


def test_as_json_it_is_one_object(run: Run) -> None:
    status, out, _ = run("try", PAGES / "kcna-kp-utf8.html", "--source", "kcna-kp-en", "--json", *CONFIG)
    said = json.loads(out)
    assert (status, said["best"]["layout"], said["others"][-1]["source"]) == (0, "kcna-watch", "kcna-kp-en")
    assert {each["field"] for each in said["trace"]["fields"]} >= {"title", "published", "paragraphs"}


def test_an_address_is_fetched_once_and_nothing_is_kept(run: Run, tmp_path: Path) -> None:
    with RawServer(page((PAGES / "kcna-kp-utf8.html").read_bytes())) as site:
        status, out, _ = run("try", f"{site.url}/a", "--source", "kcna-kp-en", "--reach", "127.0.0.1", *CONFIG)
        assert (status, "\nseen          an article\n" in out) == (0, True)
    assert list(tmp_path.iterdir()) == []


def test_without_sources_the_reader_for_any_site_is_tried(run: Run, tmp_path: Path) -> None:
    (tmp_path / "short.html").write_text("<p>short")
    status, out, err = run("try", "short.html")
    assert (status, "any site" in out, "monitor add URL" in err) == (1, True, True)


def test_what_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    assert run("try", "none.html")[::2] == (
        4,
        "none.html: no such file; name a saved page, or an address with http:// or https://\n",
    )
    (tmp_path / "x.html").write_text("<p>x")
    status, _, err = run("try", "x.html", "--source", "nobody", *CONFIG)
    assert (status, "there is no source 'nobody' (there: kcna-kp-en" in err) == (4, True)
    assert run("try", "x.html", "--url", "nowhere")[0] == 4
    assert run("try", "mailto:x", *CONFIG)[0] == 4

"""One change: its words in every form, why it matters, versions, captures, evidence; hostile and endless texts; 404s."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from reviewing.desk import HERE, Desk, words

from monitor.model import Act, Kind, LogQuery, Role


def number_of(desk: Desk, name: str, kind: Kind = Kind.EDITED) -> int:
    """The change of this kind of the page whose address ends so."""
    found = desk.store.changes(LogQuery(limit=None, kinds=frozenset({kind}), baseline=True, hidden=True))
    return next(change.id for change in found if change.url.endswith(name))


def test_it_shows_what_was_cut_and_added_where_it_stands(desk: Desk) -> None:
    page = words(desk.get(f"/changes/{number_of(desk, 'pname3')}"))
    assert "paragraph 1 On day 3 the vice chairman [-Jang Song Thaek -]opened site 21" in page
    assert "1 edit 1" in page
    assert "The output of 103 tons" not in page


def test_the_whole_article_is_shown_when_asked_for(desk: Desk) -> None:
    page = words(desk.get(f"/changes/{number_of(desk, 'pname3')}?words=whole"))
    assert "Guidance at site 3 paragraph 1 On day 3 the vice chairman [-Jang Song Thaek -]opened" in page
    assert "The output of 103 tons a day was “a success” that no one could have thought of" in page


def test_both_wordings_stand_side_by_side(desk: Desk) -> None:
    page = words(desk.get(f"/changes/{number_of(desk, 'pedit0')}?view=side"))
    assert "before after" in page
    assert "that [-no one-] could have thought of" in page
    assert "that {+everyone+} could have thought of" in page


@pytest.mark.parametrize("option", ["view=upside", "words=none", "all=1"])
def test_an_option_that_there_is_not_is_named(desk: Desk, option: str) -> None:
    page = words(desk.get(f"/changes/{number_of(desk, 'pname3')}?{option}", 400))
    assert f"The option {option.partition('=')[0]} of this page is one of" in page


def test_each_edit_can_be_jumped_to(desk: Desk) -> None:
    page = desk.get(f"/changes/{number_of(desk, 'pkorean')}")
    anchors, links = re.findall(r'id="edit-(\d+)"', page), re.findall(r'href="#edit-(\d+)"', page)
    assert anchors == links
    assert anchors == [str(number + 1) for number in range(len(anchors))]
    assert len(anchors) >= 2


def test_the_score_is_shown_with_its_sum_and_the_edits_with_their_classes(desk: Desk) -> None:
    number = number_of(desk, "pname3")
    change = desk.store.change(number)
    assert change is not None
    judgement = desk.parts.judge.judgement(change, desk.store)
    page = words(desk.get(f"/changes/{number}"))
    assert f"Why {judgement.score:.2f}" in page
    for term in judgement.terms:
        assert f"{term.what} {term.value:+.3f}" in page
    for edit in judgement.edits:
        assert f"{edit.what} {edit.place}" in page


def test_versions_captures_and_their_digests_are_there(desk: Desk) -> None:
    number = number_of(desk, "pname3")
    page = desk.get(f"/changes/{number}")
    before, after = desk.store.kept_sides(number)
    assert before is not None
    assert after is not None
    assert before.digest.hex() in page
    assert after.digest.hex() in page
    assert "Version 1" in words(page)
    assert "Version 2" in words(page)
    assert 'action="/pages/4/compare"' in page


def test_the_other_pages_of_its_story_are_there(desk: Desk) -> None:
    number = number_of(desk, "pname3")
    page = desk.get(f"/changes/{number}")
    (campaign, *_) = desk.store.stories(number)
    assert f'href="/?story={campaign.id}"' in page
    assert sum(f'href="/changes/{other}"' in page for other in desk.store.story_changes(campaign.id)) == campaign.changes


def test_the_article_says_where_it_stands_and_no_site_learns_from_where_a_reader_comes(desk: Desk) -> None:
    page = desk.get(f"/changes/{number_of(desk, 'pname3')}")
    links = re.findall(r'<a href="(https?:[^"]*)"([^>]*)>', page)
    assert [address for address, _ in links] == ["https://a.example/pname3"]
    assert all('rel="noreferrer noopener nofollow"' in rest for _, rest in links)


def test_what_is_gone_shows_what_stood_there_last(desk: Desk) -> None:
    page = words(desk.get(f"/changes/{number_of(desk, 'pgone', Kind.REMOVED)}"))
    assert "This stood there last. Guidance at site 12" in page


def test_what_is_new_is_shown_as_it_is(desk: Desk) -> None:
    assert "as it was first seen. Guidance at site 3 On day 3" in words(
        desk.get(f"/changes/{number_of(desk, 'pname3', Kind.NEW)}")
    )


def test_a_hostile_article_is_text_in_every_view(desk: Desk) -> None:
    number = number_of(desk, "phostile")
    page_id = desk.store.change(number).page  # type: ignore[union-attr]
    addresses = [
        f"/changes/{number}{options}" for options in ("", "?view=side", "?words=whole", "?view=side&words=whole&all=yes")
    ]
    addresses += [f"/pages/{page_id}", f"/pages/{page_id}/compare?from=1&to=2", f"/changes/{number}/like"]
    for address in addresses:
        page = desk.get(address)
        assert not re.search(r"<(img|svg|i|b)\b", page), address
        assert page.count("<script") == 1, address
        assert page.count("</title>") == 1, address
        assert not re.search("[\u202e\x1b]", page), address
    assert "\\u202e" in desk.get(f"/changes/{number}")


def test_a_word_of_a_megabyte_is_cut_and_can_be_shown_whole(desk: Desk) -> None:
    number = number_of(desk, "plong")
    page = desk.get(f"/changes/{number}")
    assert len(page.encode()) < 200_000
    assert "only its beginning is shown" in page
    whole = desk.get(f"/changes/{number}?all=yes")
    assert "only its beginning is shown" not in whole
    assert len(whole) > 1_000_000
    assert len(desk.get(f"/changes/{number}?words=whole&view=side").encode()) < 200_000


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30, "-1", "abc", "1e3"])
def test_a_change_that_there_is_not_is_not_found(desk: Desk, number: str) -> None:
    for address in (f"/changes/{number}", f"/changes/{number}/evidence.zip", f"/changes/{number}/like", f"/pages/{number}"):
        assert "404 Not Found" in words(desk.get(address, 404))


def test_the_evidence_is_a_zip_file_for_reviewers(desk: Desk) -> None:
    address = f"/changes/{number_of(desk, 'pname3')}/evidence.zip"
    assert desk.sign_in("ben", Role.READER).client.get(address, base_url=HERE).status_code == 403
    answer = desk.sign_in("ann").client.get(address, base_url=HERE)
    assert answer.headers["Content-Disposition"] == f"attachment; filename={address.split('/')[2]}.zip".replace("=", "=change-")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert packed.testzip() is None
        assert {"README.txt", "SHA256SUMS", "manifest.json", "diff.txt", "before.txt", "after.txt"} <= {*packed.namelist()}
    answer.close()


def test_a_change_without_its_seal_is_shown_and_says_so(desk: Desk) -> None:
    """A row that somebody put into the log is never sealed: the reviewer has to see it."""
    number = number_of(desk, "pname3")
    desk.store.seal()
    desk.store.handle.write("DELETE FROM seal WHERE change_id = ?", (number,))
    page = words(desk.get(f"/changes/{number}"))
    assert "Jang Song Thaek" in page
    assert f"the seal of change {number} is missing; `monitor verify` says more" in page
    assert desk.client.get(f"/api/v1/changes/{number}", base_url=HERE).json["seal"] is None


def test_what_became_of_it_since_stands_on_top(story: Desk) -> None:
    page = words(story.get("/changes/6"))
    assert "drops the name Pak Un Hyok Since then reverted change 11 2026-01-13 00:00 UTC back to an earlier wording" in page
    assert "Since then restored change 10" in words(story.get("/changes/9"))
    assert "Since then" not in words(story.get("/changes/11"))


def test_a_removal_stands_with_the_wording_that_it_took_away(story: Desk) -> None:
    page = words(story.get("/changes/10"))
    assert page.index("change 2 ") < page.index("change 9 ") < page.rindex("change 10 ")


def test_what_people_made_of_it_is_told_line_by_line(desk: Desk) -> None:
    number, now = number_of(desk, "pname3"), desk.clock.now()
    assert "Nobody has looked at it yet." in words(desk.get(f"/changes/{number}"))
    desk.store.review([number], Act.FLAG, "ann", now)
    desk.store.review([number], Act.NOTE, "<b>ben</b>", now, "first line\n<script>")
    desk.store.review([number], Act.ASSIGN, "ann", now, "ben")
    desk.store.undo("ann", now)
    page = words(desk.get(f"/changes/{number}"))
    assert "ann flagged" in page
    assert "<b>ben</b> noted first line <script>" in page
    assert "ann assigned to ben (taken back)" in page
    assert "flagged by ann" in page


def test_a_damaged_text_is_said_and_harms_no_other_page(desk: Desk) -> None:
    number = number_of(desk, "pname3")
    with desk.store.atomic():
        desk.store.handle.write("UPDATE text SET data = x'00' WHERE id = (SELECT text_id FROM version JOIN change"
                                " ON change.after_id = version.id WHERE change.id = ?)", (number,))  # fmt: skip
    fresh = Desk(desk.path, desk.clock)
    assert "damaged" in words(fresh.get(f"/changes/{number}", 500))
    assert "this text is damaged" in words(fresh.get("/?order=new&hidden=yes"))

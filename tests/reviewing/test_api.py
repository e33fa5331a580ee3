"""The API: everything the pages show as JSON, as its description says; tokens, conditional requests, problems."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from reviewing.conforming import Schema, faults
from reviewing.desk import HERE, Desk, rows, words
from werkzeug.test import TestResponse

from monitor.filters import FILTERS
from monitor.jobs.following.indexing import Indexing
from monitor.model import Act, Role
from monitor.reviewing.api import ROUTES, parameters
from monitor.reviewing.api.describing import description
from monitor.reviewing.api.routes import BASE, Route
from monitor.reviewing.auth import digest

DESCRIPTION: Schema = description(ROUTES)
_PROBLEM = DESCRIPTION["components"]["schemas"]["Problem"]

def ask(desk: Desk, path: str, status: int = 200, **headers: str) -> Any:
    """What the API answers, held against its description."""
    answer = desk.client.get(f"{BASE}{path}", base_url=HERE, headers=headers, buffered=True)
    return checked(answer, "GET", path.partition("?")[0], status)


def send(desk: Desk, method: str, path: str, sent: Any, status: int = 200, **headers: str) -> Any:
    answer = desk.client.open(f"{BASE}{path}", method=method, base_url=HERE, json=sent, headers=headers)
    return checked(answer, method, path, status)


def route_of(method: str, path: str) -> Route:
    """The row of the table that answers there."""
    return next(each for each in ROUTES if each.method == method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", each.path), path))


def checked(answer: TestResponse, method: str, path: str, status: int) -> Any:
    assert answer.status_code == status, answer.text
    route = route_of(method, path)
    if status >= 400:
        assert answer.mimetype == "application/problem+json"
        assert faults(answer.json, _PROBLEM, DESCRIPTION) == []
    elif route.media == "application/json":
        schema = DESCRIPTION["paths"][route.path][method.lower()]["responses"]["200"]["content"][route.media]["schema"]
        assert faults(answer.json, schema, DESCRIPTION) == []
    if route.media == "application/zip" and status == 200:
        return zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    return answer.json if answer.is_json or status >= 400 else answer.text


@pytest.fixture(autouse=True)
def _indexed(desk: Desk) -> None:
    Indexing(desk.store).finish()


# The description


def test_the_description_is_of_the_routes_that_there_are(desk: Desk) -> None:
    served = {
        (method, re.sub(r"<(?:[^:>]*:)?(\w+)>", r"{\1}", rule.rule.removeprefix(BASE)))
        for rule in desk.app.url_map.iter_rules() if rule.rule.startswith(BASE)
        for method in {*(rule.methods or ())} - {"HEAD", "OPTIONS"}
    }  # fmt: skip
    described = {(method.upper(), path) for path, methods in ask(desk, "/openapi.json")["paths"].items() for method in methods}
    assert served == described


def test_every_schema_that_is_named_is_there_and_every_operation_has_a_name_of_its_own() -> None:
    named = {name.rpartition("/")[2] for name in re.findall(r"#/components/schemas/\w+", str(DESCRIPTION))}
    assert named == set(DESCRIPTION["components"]["schemas"])
    names = [each["operationId"] for methods in DESCRIPTION["paths"].values() for each in methods.values()]
    assert len(names) == len(set(names)) == len(ROUTES)


def test_the_filters_are_those_of_the_log() -> None:
    assert {query.name for query in parameters.FILTERS} == set(FILTERS)


# What it answers


def addresses(desk: Desk) -> list[str]:
    """An address for every GET route, of each number and name that the site has one."""
    campaign = ask(desk, "/stories")["stories"][0]["id"]
    numbers = [change["id"] for change in ask(desk, "/changes?baseline=yes&hidden=yes&limit=1000")["changes"]]
    found = [f"/changes/{number}" for number in numbers]
    found += [f"/pages/{page['id']}" for page in ask(desk, "/pages")["pages"]]
    asked = {"{id}": "1", "{version}": "1", "{name}": "kcna"}
    for route in ROUTES:
        if route.method == "GET":
            path = route.path.replace("/stories/{id}", f"/stories/{campaign}")
            for name, value in asked.items():
                path = path.replace(name, value)
            found.append(path + {"/search": "?q=site", "/statistics/term": "?term=site"}.get(route.path, ""))
    return [each.replace("/compare", "/compare?from=1&to=2") for each in found]


def test_every_answer_is_as_it_is_described(desk: Desk) -> None:
    asked = addresses(desk)
    answered = {route_of("GET", address.partition("?")[0]).path for address in asked}
    assert answered == {route.path for route in ROUTES if route.method == "GET"}
    for address in asked:
        ask(desk, address)


def test_changes_are_paged_by_what_follows(desk: Desk) -> None:
    for order in ("new", "top"):
        whole = [each["id"] for each in ask(desk, f"/changes?order={order}&hidden=yes&limit=1000")["changes"]]
        found, address = [], f"/changes?order={order}&hidden=yes&limit=4"
        while address:
            some = ask(desk, address)
            found += [each["id"] for each in some["changes"]]
            address = (some["next"] or "").removeprefix(BASE)
        assert found == whole


@pytest.mark.parametrize(
    ("path", "name"), [("/pages?limit=3", "pages"), ("/search?q=site&limit=3", "hits"), ("/reviews?limit=2", "reviews")]
)
def test_other_lists_too(desk: Desk, path: str, name: str) -> None:
    for number in range(1, 6):
        desk.store.review([number], Act.FLAG, "owner", desk.clock.now())
    whole = ask(desk, re.sub(r"limit=\d", "limit=200", path))[name]
    found, address = [], path
    while address:
        some = ask(desk, address)
        found += some[name]
        address = (some["next"] or "").removeprefix(BASE)
    assert found == whole
    assert len(found) > 4


def test_a_change_says_what_its_page_does(desk: Desk) -> None:
    number = ask(desk, "/changes?changed=jang&kind=edited")["changes"][0]["id"]
    found = ask(desk, f"/changes/{number}")
    cut = [piece["text"] for part in found["parts"] for piece in part["pieces"] if piece["op"] == "cut"]
    assert cut == ["Jang Song Thaek "]
    assert found["judgement"]["score"] == pytest.approx(sum(term["value"] for term in found["judgement"]["terms"]), abs=0.01)
    assert re.fullmatch("1:[0-9a-f]{64}", found["seal"])
    assert found["captures"]["after"]["status"] == 200


def test_a_version_is_had_as_text_too(desk: Desk) -> None:
    whole = ask(desk, "/pages/1/versions/1")
    assert whole["article"]["title"] in ask(desk, "/pages/1/versions/1/text")


def test_a_wording_that_came_back_says_each_time_it_stood(story: Desk) -> None:
    (hit, *_) = [each for each in ask(story, "/search?q=hyok")["hits"] if each["url"].endswith("power-station")]
    assert len(hit["stood"]) == 2
    first, second = ask(story, f"/pages/{hit['page']}/versions")["versions"]
    assert first["stood"] == hit["stood"]
    (other,) = second["stood"]
    assert hit["stood"][0]["to"] <= other["from"] <= other["to"] <= hit["stood"][1]["from"]
    assert ask(story, f"/pages/{hit['page']}/compare?from=1&to=2")["before"]["stood"] == hit["stood"]
    page = words(story.get(f"/pages/{hit['page']}"))
    assert "Version 1 2026-01-01 00:00 to 2026-01-03 00:00 , 2026-01-13 00:00 to 2026-01-13 00:00" in page


def test_the_inbox_is_had_with_its_stories_folded(desk: Desk) -> None:
    shown, address = [], "/entries?order=top&limit=3"
    while address:
        some = ask(desk, address)
        shown += [each["id"] for each in some["entries"]]
        address = (some["next"] or "").removeprefix(BASE)
    assert shown == rows(desk.get("/?order=top"))
    assert len(shown) < ask(desk, "/statistics/changes")["changes"]
    (story, *_) = ask(desk, "/stories")["stories"]
    assert [each["whole_story"]["id"] for each in ask(desk, "/entries")["entries"] if each["whole_story"]].count(story["id"]) == 1


def test_what_an_act_on_all_that_is_alike_takes_in_is_said_before(desk: Desk) -> None:
    first = ask(desk, f"/stories/{ask(desk, '/stories')['stories'][0]['id']}")["changes"][0]
    likes = {each["scope"]: each for each in ask(desk, f"/changes/{first}/like")["likes"]}
    done = send(desk, "POST", "/reviews", {"changes": [first], "act": "dismiss", "scope": "story"})
    assert sorted(likes["story"]["changes"]) == sorted(line["change"] for line in done["reviews"])


def test_the_evidence_is_had_and_is_not_sent_twice(desk: Desk) -> None:
    assert "README.txt" in ask(desk, "/changes/20/evidence")
    first = desk.client.get(f"{BASE}/changes/20/evidence", base_url=HERE, buffered=True)
    desk.clock.move(timedelta(hours=1))
    again = desk.client.get(f"{BASE}/changes/20/evidence", base_url=HERE, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_words_that_are_watched_for_say_where_they_are_written(desk: Desk) -> None:
    desk.post("/watch", {"name": "Jang", "spellings": "Jang Song Thaek"})
    found = ask(desk, "/watch")
    assert found["words"] == [{"name": "Jang", "spellings": ["Jang Song Thaek"]}]
    assert [(each["name"], each["who"]) for each in found["kept"]] == [("Jang", "owner")]
    assert found["settled"] == []


def test_users_are_for_admins_and_show_no_secrets(desk: Desk) -> None:
    ann, root = token(desk, "ann", Role.REVIEWER), token(desk, "root", Role.ADMIN)
    ask(desk, "/users", 403, **ann)
    found = ask(desk, "/users", **root)["users"]
    assert found == [
        {"name": "ann", "role": "reviewer", "tokens": ["test"]}, {"name": "root", "role": "admin", "tokens": ["test"]}
    ]  # fmt: skip
    assert ask(desk, "/status", **ann)["assignees"] == ["ann", "root"]


def test_the_status_counts_what_the_tabs_of_the_inbox_do(desk: Desk) -> None:
    desk.store.review([20, 21], Act.FLAG, "owner", desk.clock.now())
    assert ask(desk, "/status")["states"]["flagged"] == 2
    assert ask(desk, "/statistics/changes?state=flagged") == {"changes": 2, "more": False}


# Conditional requests, problems


def test_every_answer_to_a_get_can_be_asked_for_conditionally(desk: Desk) -> None:
    for address in addresses(desk):
        tag = desk.client.get(f"{BASE}{address}", base_url=HERE, buffered=True).headers["ETag"]
        again = desk.client.get(f"{BASE}{address}", base_url=HERE, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b""), address


def test_what_is_as_before_is_not_sent_again(desk: Desk) -> None:
    first = desk.client.get(f"{BASE}/changes", base_url=HERE)
    tag = first.headers["ETag"]
    again = desk.client.get(f"{BASE}/changes", base_url=HERE, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    desk.store.review([first.json["changes"][0]["id"]], Act.FLAG, "owner", desk.clock.now())  # type: ignore[index]
    assert desk.client.get(f"{BASE}/changes", base_url=HERE, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/changes/999999", 404), ("/changes/x", 404), ("/pages/999999", 404), ("/pages/1/versions/99", 404),
        ("/stories/99999", 404),
        ("/sources/nobody", 404), ("/changes?foo=1", 400), ("/changes?kind=eaten", 400), ("/changes?source=nobody", 404),
        ("/changes?since=", 400), ("/changes?least=2", 400), ("/changes?order=top&order=new", 400), ("/search", 400),
        ("/search?q=a&limit=0", 400), ("/pages?stand=x", 400), ("/pages/1/compare?from=1", 400),
        ("/pages/1/compare?from=1&to=0", 400), ("/statistics/term", 400), ("/changes?watch=nobody", 404),
        ("/stories?limit=201", 400),
        ("/incidents?which=x", 400),
    ],
)  # fmt: skip
def test_problems_are_told_as_such(desk: Desk, path: str, status: int) -> None:
    answer = desk.client.get(f"{BASE}{path}", base_url=HERE)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert faults(answer.json, _PROBLEM, DESCRIPTION) == []


def test_what_there_is_not_and_what_cannot_be_done_are_problems_too(desk: Desk) -> None:
    assert desk.client.get(f"{BASE}/nothing", base_url=HERE).mimetype == "application/problem+json"
    answer = desk.client.delete(f"{BASE}/changes", base_url=HERE)
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")


# Who asks


def token(desk: Desk, name: str, role: Role) -> dict[str, str]:
    desk.add(name, role)
    desk.store.keep_key(digest(f"key of {name}"), name, "test", None)
    return {"Authorization": f"Bearer key of {name}"}


def test_a_token_says_who_asks_and_without_one_nobody_is_answered(desk: Desk) -> None:
    ann = token(desk, "ann", Role.READER)
    assert ask(desk, "/status", **ann)["user"] == "ann"
    answer = desk.client.get(f"{BASE}/status", base_url=HERE)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer realm=monitor")
    ask(desk, "/status", 401, Authorization="Bearer wrong")


def test_every_route_asks_who_it_is(desk: Desk) -> None:
    desk.add("ann")
    for route in ROUTES:
        path = re.sub(r"\{\w+\}", "1", route.path)
        assert desk.client.open(f"{BASE}{path}", method=route.method, base_url=HERE, json={}).status_code == 401, route.path


def test_every_role_does_what_it_may(desk: Desk) -> None:
    reader, reviewer, admin = (token(desk, role.value, role) for role in Role)
    flag = {"changes": [1], "act": "flag"}
    send(desk, "POST", "/reviews", flag, 403, **reader)
    send(desk, "POST", "/reviews", flag, **reviewer)
    send(desk, "POST", "/sources/kcna/acts", {"act": "pause"}, 403, **reviewer)
    send(desk, "POST", "/sources/kcna/acts", {"act": "pause"}, **admin)
    assert desk.store.source_state("kcna") == "paused"


# Acts


def test_reviews_are_written_and_taken_back(desk: Desk) -> None:
    done = send(desk, "POST", "/reviews", {"changes": [20, 21], "act": "note", "text": "look"})
    assert [(line["change"], line["act"], line["text"], line["who"]) for line in done["reviews"]] == [
        (20, "note", "look", "owner"), (21, "note", "look", "owner"),
    ]  # fmt: skip
    assert send(desk, "POST", "/reviews/undo", {"batch": float(done["batch"])})["reviews"][0]["act"] == "undo"
    assert send(desk, "POST", "/reviews/undo", {}) == {"batch": None, "reviews": []}
    assert ask(desk, "/changes/20")["notes"] == 0


def test_of_an_act_on_changes_that_there_are_not_nothing_is_done_and_they_are_named(desk: Desk) -> None:
    problem = send(desk, "POST", "/reviews", {"changes": [20, 99999, 21, 88888], "act": "flag"}, 404)
    assert problem["missing"] == [99999, 88888]
    assert problem["detail"] == "There is no change #99999, #88888; nothing was done with the others either."
    assert desk.store.review_log() == []
    assert "batch 99999" in send(desk, "POST", "/reviews/undo", {"batch": 99999}, 404)["detail"]


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("/changes?source=kcma", 404, "source"), ("/changes?watch=x", 404, "watch"), ("/changes?story=99999", 404, "story"),
        ("/changes?assigned=x", 404, "assigned"), ("/search?q=a&source=x", 404, "source"), ("/stories?source=x", 404, "source"),
        ("/pages?source=x", 404, "source"), ("/incidents?source=x", 404, "source"),
        ("/statistics/kinds?source=x", 404, "source"), ("/changes?class=nam", 400, "class"),
        ("/changes?colour=red", 400, "colour"), ("/changes?since=", 400, "since"), ("/changes?since=soon", 400, "since"),
        ("/search", 400, "q"), ("/search?q=", 400, "q"),
        ("/statistics/term?term=a&since=2026-01-02&until=2026-01-01", 404, "since"),
        ("/search?q=a&limit=0", 400, "limit"), ("/stories?limit=201", 400, "limit"),
    ],
)  # fmt: skip
def test_a_problem_names_the_parameter_that_is_wrong(desk: Desk, path: str, status: int, parameter: str) -> None:
    problem = ask(desk, path, status)
    assert problem["parameter"] == parameter
    assert re.fullmatch(r"[A-Z][^\n]*[^.]\.", problem["detail"])


def test_a_parameter_that_is_needed_is_not_to_be_left_out(desk: Desk) -> None:
    assert ask(desk, "/search?q=", 400)["detail"] == "The parameter q is empty; write something."
    assert ask(desk, "/changes?text=", 400)["detail"] == "The parameter text is empty; leave it out."


def test_an_address_that_is_too_long_is_a_problem_that_is_described(desk: Desk) -> None:
    said = ask(desk, f"/changes?{'source=a&' * 5000}", 414)["detail"]
    assert said == "This address is too long; take some filters away."
    for methods in DESCRIPTION["paths"].values():
        for operation in methods.values():
            assert "20,000 characters" in operation["responses"]["414"]["description"]


def test_the_names_that_are_described_are_those_that_can_be() -> None:
    def fits(path: str, name: str) -> bool:
        schema = DESCRIPTION["paths"][path]["delete" if path == "/views/{name}" else "get"]["parameters"][0]["schema"]
        least, most = schema.get("minLength", 0), schema.get("maxLength", 1000)
        return re.search(schema["pattern"], name) is not None and least <= len(name) <= most

    assert [fits("/views/{name}", name) for name in ("names", "내 목록", "a b", "a  b", " a", "a/b", "", "a" * 61)] == [
        True, True, True, False, False, False, False, False,
    ]  # fmt: skip
    assert [fits("/sources/{name}", name) for name in ("kcna-kp-en", "a" * 64, "a" * 65, "A", "a b")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_whatever_is_looked_for_is_an_answer(desk: Desk) -> None:
    for typed in ("(((", '"', " ", "%22%22"):
        found = ask(desk, f"/search?q={typed}")
        assert found["hits"] == []
        assert found["hint"].startswith("Type a word")
    assert ask(desk, "/search?q=AND")["hint"] == ""
    assert ask(desk, "/search?q=-jang")["hits"]
    assert ask(desk, "/changes?text=(((")["changes"] == []


def test_an_act_takes_in_the_whole_story(desk: Desk) -> None:
    story = ask(desk, "/stories")["stories"][0]
    first = ask(desk, f"/stories/{story['id']}")["changes"][0]
    done = send(desk, "POST", "/reviews", {"changes": [first], "act": "dismiss", "scope": "story"})
    assert len(done["reviews"]) == story["changes"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ([], 400), ({}, 400), ({"changes": [1]}, 400), ({"changes": [], "act": "flag"}, 400),
        ({"changes": [True], "act": "flag"}, 400),
        ({"changes": ["1"], "act": "flag"}, 400), ({"changes": [1], "act": "eat"}, 400), ({"changes": [1], "act": "undo"}, 400),
        ({"changes": [1], "act": "note"}, 400), ({"changes": [1], "act": "flag", "more": 1}, 400),
        ({"changes": [10**30], "act": "flag"}, 400),
        ({"changes": [99999], "act": "flag"}, 404), ({"changes": [1, 2], "act": "flag", "scope": "story"}, 400),
        ({"changes": [1], "act": "assign", "text": "nobody"}, 404), ({"changes": [1], "act": "note", "text": "x" * 10_001}, 400),
        ({"changes": [0.5], "act": "flag"}, 400),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_with_why(desk: Desk, sent: Any, status: int) -> None:
    assert send(desk, "POST", "/reviews", sent, status)["detail"]
    assert desk.store.review_log() == []


def test_what_is_no_json_is_refused(desk: Desk) -> None:
    form = "application/x-www-form-urlencoded"
    for body, kind, status in ((b"{", "application/json", 400), (b"\xff", "application/json", 400), (b"changes=1", form, 415)):
        answer = desk.client.post(f"{BASE}/reviews", base_url=HERE, data=body, content_type=kind)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_another_sites_page_can_do_nothing(desk: Desk) -> None:
    send(desk, "POST", "/reviews", {"changes": [1], "act": "flag"}, 403, Origin="https://elsewhere.example")
    answer = desk.client.delete(f"{BASE}/views/x", base_url=HERE)
    assert answer.status_code == 400
    assert desk.store.review_log() == []


def test_views_are_saved_and_deleted(desk: Desk) -> None:
    saved = send(desk, "PUT", "/views/names", {"query": "class=name&above=3&after=0.5,7"})
    assert saved == {"name": "names", "query": "class=name", "who": "owner", "replaced": None}
    replaced = saved.pop("replaced") or saved
    assert ask(desk, "/views")["views"] == [saved]
    again = {"query": "class=date"}
    send(desk, "PUT", "/views/names", again, 412, **{"If-None-Match": "*"})
    assert send(desk, "PUT", "/views/names", again)["replaced"] == replaced
    for name, why in (("a%E2%80%8Bb", "an invisible mark"), ("a%CD%B8b", "U+0378"), ("a%20%20b", "single spaces"), ("a%2Fb", "")):
        assert why in send(desk, "PUT", f"/views/{name}", again, 404)["detail"]
    send(desk, "PUT", "/views/names", {"query": "foo=1"}, 400)
    send(desk, "DELETE", "/views/names", {})
    send(desk, "DELETE", "/views/names", {}, 404)


def test_half_a_character_and_what_nests_deep_are_no_bodies(desk: Desk) -> None:
    number = desk.store.newest()
    send(desk, "POST", "/reviews", {"act": "note", "changes": [number], "text": "\ud800"}, 400)
    send(desk, "PUT", "/views/mine", {"query": "text=\udfff"}, 400)
    deep = desk.client.post(f"{BASE}/reviews", base_url=HERE, data="[" * 200_000, content_type="application/json")
    assert deep.status_code == 400
    assert desk.store.review_log() == []

"""Reviewing on pages: signed in, without script, under one's name, with undo; nothing is rewritten."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from kill_claims import made
from pleio.claims.tables.review import reviews, state_of

from .conftest import form_token, sign_in, site_of


@pytest.fixture
def reviewing(own_client: TestClient) -> TestClient:
    """Signed in, with sixty proposals."""
    site_of(own_client).kept().lay("proposed", "proposal", made("proposed"), digest="proposed")
    sign_in(own_client)
    return own_client


def proposed(client: TestClient) -> list[str]:
    return [each["digest"] for each in client.get("/review.json").json()["proposals"]]


def decide(client: TestClient, digest: str, decision: str, **more: str) -> int:
    form = {"form_token": form_token(client, f"/review/{digest}"), "decision": decision, **more}
    return client.post(f"/review/{digest}", data=form).status_code


def test_without_signing_in_nothing_is_shown_or_taken(own_client: TestClient) -> None:
    site_of(own_client).kept().lay("proposed", "proposal", made("proposed"), digest="proposed")
    digest = "0" * 64
    assert own_client.get("/review").headers["location"] == "/signin?next=/review"
    assert own_client.get(f"/review/{digest}").status_code == 303
    assert own_client.get("/review.json").status_code == 401
    token = form_token(own_client, "/audit")
    assert own_client.post(f"/review/{digest}", data={"form_token": token, "decision": "accept"}).status_code == 401
    assert own_client.post("/review/undo", data={"form_token": token, "number": "1"}).status_code == 401
    assert own_client.get("/api/v1/proposals").status_code == 401
    assert own_client.post(f"/api/v1/proposals/{digest}", json={"decision": "accept"}).status_code == 401
    assert own_client.post("/api/v1/reviews/undo", json={}).status_code == 401


def test_going_through_proposals_and_reviews_misses_none_while_they_are_decided(reviewing: TestClient) -> None:
    every, cursor = [], ""
    while cursor is not None:
        page = reviewing.get("/api/v1/proposals", params={"limit": 25, "cursor": cursor}).json()
        assert page["total"] == 60 - len(every)
        every += [each["digest"] for each in page["items"]]
        for each in page["items"]:
            answer = reviewing.post(f"/api/v1/proposals/{each['digest']}", json={"decision": "reject"})
            assert answer.status_code == 200, answer.text
        cursor = page["next"]
    assert len(every) == len(set(every)) == 60
    first = reviewing.get("/api/v1/reviews", params={"limit": 20}).json()
    reviewing.post("/api/v1/reviews/undo", json={})
    rest = reviewing.get("/api/v1/reviews", params={"limit": 200, "cursor": first["next"]}).json()
    assert [each["number"] for each in first["items"] + rest["items"]] == list(range(60, 0, -1))


def test_accept_reject_and_undo(reviewing: TestClient) -> None:
    store = site_of(reviewing).kept()
    first, second, *_ = proposed(reviewing)
    assert decide(reviewing, first, "accept", why="seen in the paper") == 303
    assert decide(reviewing, second, "reject", why="<script>no</script>") == 303
    assert (state_of(store, first), state_of(store, second)) == ("accepted", "rejected")
    assert first not in proposed(reviewing)
    done = reviews(store)
    assert [(r.who, r.decision, r.why) for r in done] == [
        ("Ada Curator", "accept", "seen in the paper"),
        ("Ada Curator", "reject", "<script>no</script>"),
    ]
    page = reviewing.get("/review").text
    assert "seen in the paper" in page and "&lt;script&gt;no" in page
    token = form_token(reviewing, "/review")
    for number, status in ((done[0].number, 303), (done[0].number, 404), (99, 404), ("x", 404)):
        answer = reviewing.post("/review/undo", data={"form_token": token, "number": str(number)})
        assert answer.status_code == status
    assert state_of(store, first) == "proposed" and first in proposed(reviewing)
    assert [r.decision for r in reviews(store)] == ["accept", "reject", "undo"], "nothing is rewritten"


def test_an_edit_takes_the_claims_place(reviewing: TestClient) -> None:
    store = site_of(reviewing).kept()
    digest = proposed(reviewing)[0]
    page = reviewing.get(f"/review/{digest}").text
    assert 'name="field-relation-0"' in page and 'name="field-finding-1"' in page
    assert decide(reviewing, digest, "edit", **{"field-relation-0": "decreases", "field-finding-1": "it fell"}) == 303
    (done,) = reviews(store)
    assert done.decision == "edit" and done.replacement
    assert (state_of(store, digest), state_of(store, done.replacement)) == ("replaced", "accepted")
    edited = reviewing.get(f"/api/v1/claims/{done.replacement}").json()["claim"]
    assert edited["relation"] == "decreases"
    assert "it fell" in {item["finding"] for item in edited["evidence"]}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"field-relation-0": "explodes"}, "relation"),
        ({"field-subject-0": "no curie at all"}, "subject"),
        ({"field-says-1": ""}, ""),
        ({"field-nothing-0": "x"}, "is no field of this claim"),
        ({"field-finding-9": "x"}, "is no field of this claim"),
        ({}, "changes nothing"),
    ],
)
def test_what_is_wrong_with_an_edit_is_said_and_what_was_typed_stays(
    reviewing: TestClient, fields: dict[str, str], said: str
) -> None:
    digest = proposed(reviewing)[0]
    form = {"form_token": form_token(reviewing, f"/review/{digest}"), "decision": "edit", "why": "my reason", **fields}
    answer = reviewing.post(f"/review/{digest}", data=form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text and said in answer.text
    assert "my reason" in answer.text
    assert reviews(site_of(reviewing).kept()) == ()


def test_only_ones_own_decisions_are_undone(reviewing: TestClient) -> None:
    from pleio.claims.tables.review import decide as decide_as

    store = site_of(reviewing).kept()
    other = decide_as(store, proposed(reviewing)[0], "accept", who="Grace")
    token = form_token(reviewing, "/review")
    answer = reviewing.post("/review/undo", data={"form_token": token, "number": str(other.number)})
    assert answer.status_code == 404
    answer = reviewing.post("/api/v1/reviews/undo", json={"number": other.number})
    assert (answer.status_code, answer.json()["error"]["what"]) == (
        400,
        f"decision {other.number} is not one of Ada Curator",
    )


def test_what_is_accepted_has_a_page_and_is_found(reviewing: TestClient) -> None:
    digest = proposed(reviewing)[0]
    id = reviewing.get(f"/review/{digest}.json").json()["claim"]["id"]
    assert reviewing.get(f"/claim/{id}").status_code == 404
    decide(reviewing, digest, "accept")
    page = reviewing.get(f"/claim/{id}")
    assert page.status_code == 200 and "rose 0" in page.text
    assert id in {hit["id"] for hit in reviewing.get(f"/api/v1/claims?q={id}").json()["items"]}


def test_private_claims_are_for_those_who_are_signed_in(reviewing: TestClient) -> None:
    store = site_of(reviewing).kept()
    store.lay("mine", "private", made("secret"), digest="mine")
    secret = next(claim for claim in store.claims(layer="mine") if claim.id.startswith("secret"))
    for path in (f"/claim/{secret.id}", f"/api/v1/claims/{secret.id}", f"/claim/{secret.digest}"):
        assert reviewing.get(path).status_code == 200
    reviewing.cookies.delete("pleio_session")
    for path in (f"/claim/{secret.id}", f"/api/v1/claims/{secret.id}", f"/claim/{secret.digest}"):
        assert reviewing.get(path).status_code == 404
    assert reviewing.get(f"/api/v1/claims?q={secret.id}").json()["items"] == []
    assert secret.id not in reviewing.get(f"/search.json?q={secret.id}").text.partition('"hits"')[2]
    assert secret.id not in reviewing.get("/api/v1/contests?limit=200").text

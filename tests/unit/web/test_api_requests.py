"""What the interface asks of a request before any operation sees it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

BASE = "/api/v1"
MODEL = b'{"text": "species S = 1; R: S => ; 0.1 * S", "until": 1, "points": 2}'


def test_a_parameter_with_a_slip_is_refused_and_not_ignored(client: TestClient) -> None:
    """Ignored, `contextt=mouse` would list what is claimed of every species."""
    answer = client.get(f"{BASE}/claims?contextt=mouse&limit=2&zz=1")
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert (error["where"], error["help"]) == ("query.contextt", "did you mean 'context'?")
    assert [each["where"] for each in error["more"]] == ["query.zz"]
    assert client.get(f"{BASE}/models?limit=2").json()["error"]["help"] == "it takes none"
    assert client.get(f"{BASE}/claims?context=mouse&limit=2").status_code == 200


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", ""]
)
def test_a_body_that_is_not_said_to_be_json(client: TestClient, kind: str) -> None:
    answer = client.post(f"{BASE}/simulate", content=MODEL, headers={"content-type": kind})
    assert answer.status_code == 415
    assert answer.json()["error"]["help"] == "send content-type: application/json"


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"{", 422, "is not JSON: Expecting property name enclosed in double quotes"),
        (b'{"text": "\xff"}', 400, "There was an error parsing the body"),
    ],
)
def test_what_is_wrong_with_json_is_said(client: TestClient, body: bytes, status: int, said: str) -> None:
    answer = client.post(f"{BASE}/simulate", content=body, headers={"content-type": "application/json; charset=utf-8"})
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["what"] == said
    assert error["help"]


ANTIMONY = "species S; S = 1; k = 2; J: S -> ; k*S\n"


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"parameters": {"k": True}}, "body.parameters.k"),
        ({"parameters": {"k": [0.5, "1"]}}, "body.parameters.k.1"),
        ({"until": True}, "body.until"),
        ({"points": "3"}, "body.points"),
        ({"rtol": "1e-6"}, "body.rtol"),
        ({"doses": [{"species": "S", "amount": "1"}]}, "body.doses.0.amount"),
    ],
)
def test_what_is_no_number_in_json_is_none_here(client: TestClient, asked: dict[str, object], where: str) -> None:
    answer = client.post(f"{BASE}/simulate", json={"text": ANTIMONY, "until": 1, "points": 2, **asked})
    assert answer.status_code == 422
    error = answer.json()["error"]
    wrong = [(each["where"], each["what"]) for each in (error, *error["more"])]
    assert any(place == where and "number" in what for place, what in wrong), wrong


def test_a_start_is_an_amount_or_a_concentration(client: TestClient) -> None:
    text = "compartment C = 2; species S in C = 1; k = 2\n"
    for given, first in (("S", 5.0), ("[S]", 10.0)):
        asked = {"text": text, "until": 1, "points": 2, "parameters": {given: 10}}
        assert client.post(f"{BASE}/simulate", json=asked).json()["concentrations"][0][0] == [first]


def test_whole_numbers_are_numbers(client: TestClient) -> None:
    asked = {"text": ANTIMONY, "until": 1, "points": 2.0, "parameters": {"k": 1}}
    assert client.post(f"{BASE}/simulate", json=asked).status_code == 200
    for wrong in ({"worlds": "16"}, {"seed": True}):
        assert client.post(f"{BASE}/jobs", json={"study": "bone", **wrong}).status_code in (401, 403, 422)


@pytest.mark.parametrize("path", ["/models", "/openapi.json", "/claims?limit=1"])
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    read, head = client.get(BASE + path), client.head(BASE + path)
    assert head.status_code == read.status_code == 200
    assert head.headers["etag"] == read.headers["etag"]
    assert head.headers["content-type"] == read.headers["content-type"]


def test_what_only_takes_post_has_no_head(client: TestClient) -> None:
    assert client.head(f"{BASE}/simulate").status_code == 405
    assert client.head(f"{BASE}/jobs/nosuch/events").status_code == 405
    assert client.head(f"{BASE}/nosuch").status_code == 404

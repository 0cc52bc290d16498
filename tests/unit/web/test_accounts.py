"""Accounts: passwords and tokens that cannot be read back, sessions, forms of our own only, few guesses."""

from __future__ import annotations

import sqlite3

import pytest
from starlette.testclient import TestClient

from pleio.base.errors import InputError
from pleio.web.accounts import Accounts
from pleio.web.accounts.attempts import BY_NAME, BY_PLACE, WINDOW, Attempts

from .conftest import PASSWORD, form_token, sign_in, site_of


def test_what_is_kept_cannot_be_turned_back(own_client: TestClient) -> None:
    accounts = site_of(own_client).accounts
    accounts.add("Ada Curator", PASSWORD)
    token = accounts.make_token("Ada Curator", "a script")
    session = accounts.sign_in("Ada Curator", PASSWORD)
    assert session
    store = accounts.store
    with store.read() as connection:
        (hashed,) = connection.execute("SELECT password FROM account").fetchone()
    assert hashed.startswith("$argon2id$")
    store.close()
    connection = sqlite3.connect(store.database)
    dump = "\n".join(connection.iterdump())
    connection.close()
    for secret in (PASSWORD, token, session):
        assert secret not in dump and secret.encode().hex().upper() not in dump


@pytest.mark.parametrize(
    ("name", "password", "where"),
    [
        ("", PASSWORD, "name"),
        (" Ada", PASSWORD, "name"),
        ("Ada\n", PASSWORD, "name"),
        ("<script>", PASSWORD, "name"),
        ("a" * 80, PASSWORD, "name"),
        ("Ada", "short", "password"),
        ("Ada", "aaaaaaaaaaaaaaa", "password"),
        ("Ada Lovelace", "ada lovelace", "password"),
        ("Ada", "x" * 500, "password"),
    ],
)
def test_an_account_needs_a_name_and_a_password(own_client: TestClient, name: str, password: str, where: str) -> None:
    with pytest.raises(InputError) as caught:
        site_of(own_client).accounts.add(name, password)
    assert where in {problem.where for problem in caught.value.problems}


def test_a_name_is_given_once_and_a_closed_account_is_closed_at_once(own_client: TestClient) -> None:
    accounts = site_of(own_client).accounts
    accounts.add("Ada", PASSWORD)
    with pytest.raises(InputError, match="is taken"):
        accounts.add("Ada", PASSWORD)
    session, token = accounts.sign_in("Ada", PASSWORD), accounts.make_token("Ada", "x")
    assert session and accounts.of_session(session) and accounts.of_token(token)
    accounts.close("Ada")
    assert accounts.of_session(session) is None and accounts.of_token(token) is None
    assert accounts.sign_in("Ada", PASSWORD) is None
    assert accounts.sign_in("Nobody", PASSWORD) is None


def test_another_password_signs_everyone_out(own_client: TestClient) -> None:
    accounts = site_of(own_client).accounts
    accounts.add("Ada", PASSWORD)
    session = accounts.sign_in("Ada", PASSWORD)
    accounts.set_password("Ada", "another long secret")
    assert session and accounts.of_session(session) is None
    assert accounts.sign_in("Ada", PASSWORD) is None
    assert accounts.sign_in("Ada", "another long secret")


def test_signing_in_and_out(own_client: TestClient) -> None:
    assert own_client.get("/account").headers["location"] == "/signin?next=/account"
    sign_in(own_client)
    assert "Ada Curator" in own_client.get("/account").text
    assert own_client.get("/api/v1/").json()["signed_in_as"] == "Ada Curator"
    cookies = {cookie.name: cookie for cookie in own_client.cookies.jar}
    for name in ("pleio_session", "pleio_form"):
        assert cookies[name].has_nonstandard_attr("HttpOnly")
        assert cookies[name].get_nonstandard_attr("SameSite").lower() == "strict"
    kept = own_client.cookies["pleio_session"]
    assert own_client.post("/signout", data={"form_token": form_token(own_client, "/account")}).status_code == 303
    own_client.cookies.set("pleio_session", kept)
    assert own_client.get("/api/v1/").json()["signed_in_as"] is None, "the session itself has ended"


def test_a_wrong_password_says_nothing_of_which_part_was_wrong(own_client: TestClient) -> None:
    site_of(own_client).accounts.add("Ada", PASSWORD)
    token = form_token(own_client, "/signin")
    answers = [
        own_client.post("/signin", data={"form_token": token, "name": name, "password": "wrong wrong wrong"})
        for name in ("Ada", "Nobody")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].text.replace("Ada", "") == answers[1].text.replace("Nobody", "")


def test_guessing_is_ended(own_client: TestClient) -> None:
    site_of(own_client).accounts.add("Ada", PASSWORD)
    token = form_token(own_client, "/signin")
    form = {"form_token": token, "name": "ada", "password": "wrong wrong wrong"}
    for _ in range(BY_NAME):
        assert own_client.post("/signin", data=form).status_code == 401
    refused = own_client.post("/signin", data={**form, "name": "Ada", "password": PASSWORD})
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 60
    assert "pleio_session" not in own_client.cookies


def test_failures_are_forgotten_in_time_and_counted_by_place() -> None:
    now = [1000.0]
    attempts = Attempts(lambda: now[0])
    for i in range(BY_PLACE):
        assert attempts.wait(f"name{i}", "here") == 0
        attempts.failed(f"name{i}", "here")
    assert attempts.wait("another", "here") == pytest.approx(WINDOW)
    assert attempts.wait("another", "there") == 0
    now[0] += WINDOW + 1
    assert attempts.wait("another", "here") == 0
    for _ in range(BY_NAME - 1):
        attempts.failed("Ada", "here")
    attempts.failed("Ada", "here")
    attempts.succeeded("ada", "here")
    assert attempts.wait("ADA", "here") == 0


@pytest.mark.parametrize(
    "next", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\t//x"]
)
def test_signing_in_leads_nowhere_else(own_client: TestClient, next: str) -> None:
    site_of(own_client).accounts.add("Ada", PASSWORD)
    token = form_token(own_client, "/signin")
    form = {"form_token": token, "name": "Ada", "password": PASSWORD, "next": next}
    assert own_client.post("/signin", data=form).headers["location"] == "/review"


def test_tokens_are_shown_once_and_can_be_revoked(own_client: TestClient) -> None:
    import re

    sign_in(own_client)
    token = form_token(own_client, "/account")
    page = own_client.post("/account/tokens", data={"form_token": token, "label": "<b>script</b>"}).text
    secret = re.search(r"pleio_[\w-]{43}", page)
    assert secret and "&lt;b&gt;script" in page
    shown = own_client.get("/account").text
    assert secret[0] not in shown
    program = {"authorization": f"Bearer {secret[0]}"}
    own_client.cookies.delete("pleio_session")
    assert own_client.get("/api/v1/", headers=program).json()["signed_in_as"] == "Ada Curator"
    assert own_client.get("/api/v1/proposals", headers=program).status_code == 200
    sign_in(own_client)
    number = re.search(r"/account/tokens/(\d+)/revoke", shown)
    assert number
    path = f"/account/tokens/{number[1]}/revoke"
    assert own_client.post(path, data={"form_token": form_token(own_client, "/account")}).status_code == 303
    refused = own_client.get("/api/v1/", headers=program)
    assert (refused.status_code, refused.json()["error"]["where"]) == (401, "authorization")


def test_another_person_cannot_revoke(own_client: TestClient) -> None:
    accounts: Accounts = site_of(own_client).accounts
    accounts.add("Grace", PASSWORD)
    secret = accounts.make_token("Grace", "hers")
    sign_in(own_client, "Ada")
    path = f"/account/tokens/{accounts.tokens('Grace')[0].number}/revoke"
    assert own_client.post(path, data={"form_token": form_token(own_client, "/account")}).status_code == 404
    assert accounts.of_token(secret)

"""The application over a small published artifact, without a network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pleio.artifacts import Archive
from pleio.store import open_store
from pleio.web import create_app
from pleio.web.site import Site
from published_sample import publish_sample


@pytest.fixture
def archive(home: Path) -> Archive:
    return Archive()


PASSWORD = "a long enough secret"


def site_of(client: TestClient) -> Site:
    """The parts of the application that a client talks to."""
    found: Site = client.app.app.state.site  # type: ignore[attr-defined]
    return found


def form_token(client: TestClient, path: str) -> str:
    """The token that the forms of a page carry; asking for the page gives the client its cookie."""
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', client.get(path).text)
    assert found, f"{path} has no form"
    return found[1]


def sign_in(client: TestClient, name: str = "Ada Curator") -> None:
    """Make an account and sign in with it."""
    accounts = site_of(client).accounts
    if name not in {account.name for account in accounts.all()}:
        accounts.add(name, PASSWORD)
    token = form_token(client, "/signin")
    answer = client.post("/signin", data={"form_token": token, "name": name, "password": PASSWORD})
    assert answer.status_code == 303, answer.text


def client_of(archive: Archive) -> TestClient:
    return TestClient(create_app(archive), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The sample, for tests that change nothing."""
    archive = Archive(open_store(tmp_path_factory.mktemp("home")))
    publish_sample(archive)
    return client_of(archive)


@pytest.fixture
def own_client(archive: Archive) -> TestClient:
    """The sample in an archive of the test's own."""
    publish_sample(archive)
    return client_of(archive)

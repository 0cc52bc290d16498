"""The application over a small published artifact, without a network."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pleio.artifacts import Archive
from pleio.store import open_store
from pleio.web import create_app
from pleio.web.site import Site
from pleio.web.work import Desk, Pool
from published_sample import publish_sample

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


def client_of(archive: Archive, pool: Pool | None = None) -> TestClient:
    client = TestClient(create_app(archive), base_url="http://127.0.0.1", follow_redirects=False)
    if pool is not None:
        site_of(client).desk = Desk(archive.store.folder, pool)
    return client


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    """Child processes for all tests: each takes seconds to warm up."""
    made = Pool(workers=1)
    yield made
    made.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the sample published and the library laid, to be copied."""
    folder: Path = tmp_path_factory.mktemp("prepared") / "home"
    archive = Archive(open_store(folder))
    publish_sample(archive)
    site_of(client_of(archive)).kept()
    with archive.store.write() as connection:
        connection.execute("SELECT 1")
    archive.store.close()
    return folder


@pytest.fixture(scope="session")
def client(prepared: Path, tmp_path_factory: pytest.TempPathFactory, pool: Pool) -> TestClient:
    """The sample, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("shared") / "home"
    shutil.copytree(prepared, folder)
    return client_of(Archive(open_store(folder)), pool)


@pytest.fixture
def archive(home: Path) -> Archive:
    """An archive of the test's own, empty."""
    return Archive()


@pytest.fixture
def own_archive(prepared: Path, home: Path) -> Archive:
    """The sample in an archive of the test's own."""
    shutil.copytree(prepared, home)
    return Archive()


@pytest.fixture
def own_client(own_archive: Archive, pool: Pool) -> TestClient:
    return client_of(own_archive, pool)

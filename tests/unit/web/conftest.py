"""The application over a small published artifact, without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pleio.artifacts import Archive
from pleio.store import open_store
from pleio.web import create_app
from published_sample import publish_sample


@pytest.fixture
def archive(home: Path) -> Archive:
    return Archive()


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

"""The application over a small published artifact, without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pleio.artifacts import Archive
from pleio.web import create_app
from published_sample import publish_sample


@pytest.fixture
def archive(home: Path) -> Archive:
    return Archive()


@pytest.fixture
def client(archive: Archive) -> TestClient:
    publish_sample(archive)
    return TestClient(create_app(archive), base_url="http://127.0.0.1", follow_redirects=False)

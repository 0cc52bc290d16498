"""What tests share: the reference data beside the checkout, and a data directory of their own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the checkout; tests that use it skip where it is absent."""
    folder = Path(os.environ.get("PLEIO_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the reference data are not beside this checkout")
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of the test's own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("PLEIO_HOME", str(folder))
    return folder

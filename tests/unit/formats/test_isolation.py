"""The child process that reads models: it is limited, and its death is an error message, not ours."""

from __future__ import annotations

import pytest

from pleio.base.errors import ModelError
from pleio.formats.isolation import DOCUMENTS, Isolation

MODEL = "model m\n k = 1\nend"


@pytest.fixture
def isolation():  # type: ignore[no-untyped-def]
    made = Isolation()
    yield made
    made.close()


def test_it_lives_on_after_a_bad_document(isolation: Isolation) -> None:
    with pytest.raises(ModelError, match="line 1: syntax error"):
        isolation.ask("x", "antimony", text="model m ((( end")
    child = isolation._child
    assert isolation.ask("x", "antimony", text=MODEL)["model"]["id"] == "m"
    assert isolation._child is child


def test_it_is_started_again_after_it_died(isolation: Isolation) -> None:
    isolation.ask("x", "antimony", text=MODEL)
    first = isolation._child
    assert first is not None
    first.kill()
    first.wait()
    assert isolation.ask("x", "antimony", text=MODEL)["model"]["id"] == "m"


def test_it_is_replaced_after_two_hundred_documents(isolation: Isolation) -> None:
    isolation.ask("x", "antimony", text=MODEL)
    first, isolation._asked = isolation._child, DOCUMENTS
    isolation.ask("x", "antimony", text=MODEL)
    assert isolation._child is not first


def test_a_document_that_takes_too_long_is_given_up(isolation: Isolation) -> None:
    with pytest.raises(ModelError, match="reading it ended the process that reads models"):
        isolation.ask("x", "antimony", text=MODEL, seconds=0.001)
    assert isolation.ask("x", "antimony", text=MODEL)["model"]["id"] == "m"


def test_limits_hold(isolation: Isolation) -> None:
    resource = pytest.importorskip("resource")
    isolation.ask("x", "antimony", text=MODEL)
    assert isolation._child is not None
    assert resource.prlimit(isolation._child.pid, resource.RLIMIT_FSIZE) == (0, 0)
    assert resource.prlimit(isolation._child.pid, resource.RLIMIT_AS)[1] == 2 << 30

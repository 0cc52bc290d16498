"""The child process that reads models: it is limited, and its death is an error message, not ours."""

from __future__ import annotations

import signal

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
    child = isolation.child.process
    assert isolation.ask("x", "antimony", text=MODEL)["model"]["id"] == "m"
    assert isolation.child.process is child


def test_it_is_started_again_after_it_died(isolation: Isolation) -> None:
    isolation.ask("x", "antimony", text=MODEL)
    first = isolation.child.process
    assert first is not None
    first.kill()
    first.wait()
    assert isolation.ask("x", "antimony", text=MODEL)["model"]["id"] == "m"


def test_it_is_replaced_after_two_hundred_documents(isolation: Isolation) -> None:
    isolation.ask("x", "antimony", text=MODEL)
    first, isolation.child.asked = isolation.child.process, DOCUMENTS
    isolation.ask("x", "antimony", text=MODEL)
    assert isolation.child.process is not first


def test_a_document_that_takes_too_long_is_given_up(isolation: Isolation) -> None:
    with pytest.raises(ModelError, match="reading it ended the process that reads models"):
        isolation.ask("x", "antimony", text=MODEL, seconds=0.001)
    assert isolation.ask("x", "antimony", text=MODEL)["model"]["id"] == "m"


def test_limits_hold(isolation: Isolation) -> None:
    resource = pytest.importorskip("resource")
    isolation.ask("x", "antimony", text=MODEL)
    assert isolation.child.process is not None
    assert resource.prlimit(isolation.child.process.pid, resource.RLIMIT_FSIZE) == (0, 0)
    assert resource.prlimit(isolation.child.process.pid, resource.RLIMIT_AS)[1] == 2 << 30


def test_an_interrupted_question_does_not_leave_its_answer_to_the_next(isolation: Isolation) -> None:
    isolation.ask("x", "antimony", text=MODEL)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    many = "\n".join(f"k{i} = {i}" for i in range(20_000))  # takes a while to read
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(KeyboardInterrupt):
            isolation.ask("x", "antimony", text=f"model slow\n{many}\nend")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert isolation.ask("x", "antimony", text=MODEL)["model"]["id"] == "m"

"""An answer is made once for each state of the store, and never for someone it was not made for."""

from __future__ import annotations

import time
from typing import Any

import pytest
from starlette.testclient import TestClient

from apart import run_apart
from pleio.artifacts import seal
from pleio.store import Watch, open_store
from pleio.web.remembered import MOST_BYTES, OVERHEAD, Answer, Remembered

from .conftest import sign_in, site_of

PAGES = ("/artifact/il11", "/claims", "/claims.json", "/atlas", "/study/sample-study", "/api/v1/claims", "/")
CPU = 0.005  # seconds of processor time that an answer made before may take


def made_of(client: TestClient) -> Remembered:
    """The layer that remembers."""
    found = client.app
    while not isinstance(found, Remembered):
        found = getattr(found, "middleware_stack", None) or found.app  # type: ignore[union-attr,attr-defined]
    return found


def count(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that reach the application itself."""
    client.get("/healthz")  # puts the layers together
    layer, reached = made_of(client), []
    inner = layer.app

    async def counted(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope["path"])
        await inner(scope, receive, send)

    monkeypatch.setattr(layer, "app", counted)
    return reached


def test_what_was_answered_is_not_made_again(own_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = count(own_client, monkeypatch)
    for path in ("/artifact/il11", "/claims.json", "/api/v1/claims", "/static/pleio.css"):
        first, second = own_client.get(path), own_client.get(path)
        assert first.status_code == second.status_code == 200
        assert first.content == second.content and dict(first.headers) == dict(second.headers)
        assert reached.count(path) == 1, path
        assert own_client.get(path, headers={"if-none-match": first.headers["etag"]}).status_code == 304
        plain = own_client.get(path, headers={"accept-encoding": "identity"})
        assert "content-encoding" not in plain.headers and plain.text == first.text
        assert reached.count(path) == 2


def test_a_change_of_the_store_is_seen_at_once(own_client: TestClient) -> None:
    archive = site_of(own_client).archive
    envelope = archive.load("sample-audit")
    before = own_client.get("/artifact/sample-audit/history.json").json()
    assert own_client.get("/artifact/sample-audit/history.json").json() == before
    archive.save(seal("audit", "Another", {**envelope.content, "title": "Another"}), name="sample-audit")
    after = own_client.get("/artifact/sample-audit/history.json").json()
    assert len(after["versions"]) == len(before["versions"]) + 1


def test_who_is_signed_in_gets_answers_of_their_own(own_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = count(own_client, monkeypatch)
    own_client.get("/api/v1/claims")
    sign_in(own_client)
    reached.clear()
    for _ in range(2):
        assert own_client.get("/api/v1/claims").status_code == 200
        own_client.get("/api/v1/claims", headers={"authorization": "Bearer nothing"})
    assert reached.count("/api/v1/claims") == 4


def test_what_is_not_to_be_kept_is_made_each_time(own_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = count(own_client, monkeypatch)
    for path in ("/healthz", "/audit", "/signin", "/jobs", "/api/v1/artifacts/il11/verify", "/nothing"):
        own_client.get(path), own_client.get(path)
        assert reached.count(path) == 2, path


def test_memory_is_bounded(own_client: TestClient) -> None:
    layer = Remembered(lambda scope, receive, send: None, Watch(open_store().database))  # type: ignore[arg-type,return-value]
    for number in range(3 * MOST_BYTES // 1_000_000):
        layer.keep((number,), Answer((1, 1), '"x"', [], bytes(1_000_000)))
    assert layer._size <= MOST_BYTES
    assert layer._size == sum(answer.size for answer in layer._answers.values())
    assert min(layer._answers)[0] > 0, "the oldest are forgotten first"
    assert Answer((1, 1), "", [], b"").size == OVERHEAD


def test_an_address_with_the_digest_of_a_file_is_kept_for_good(client: TestClient) -> None:
    from pleio.web.templates import static_address

    assert "immutable" in client.get(static_address("pleio.css")).headers["cache-control"]
    for address in ("/static/pleio.css", "/static/pleio.css?v=0123"):
        assert client.get(address).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", PAGES)
def test_an_answer_made_before_takes_little_of_the_processor(client: TestClient, path: str) -> None:
    """Through the application alone: what the HTTP protocol takes comes on top, and `bench/serving.py` has it."""
    headers = [(b"host", b"127.0.0.1"), (b"accept-encoding", b"gzip")]
    raw, _, query = path.partition("?")
    scope = {"type": "http", "method": "GET", "path": raw, "raw_path": raw.encode(), "query_string": query.encode(),
             "headers": headers, "scheme": "http", "server": ("127.0.0.1", 80), "client": None}  # fmt: skip
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    async def ask() -> float:
        await client.app(dict(scope), receive, send)  # type: ignore[arg-type]
        await client.app(dict(scope), receive, send)  # type: ignore[arg-type]
        begun = time.thread_time()
        for _ in range(50):
            await client.app(dict(scope), receive, send)  # type: ignore[arg-type]
        return (time.thread_time() - begun) / 50

    assert run_apart(ask()) < CPU
    assert sent[-2]["status"] == 200

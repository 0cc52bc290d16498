"""What other sites, slow clients, large bodies, odd hosts and hostile texts are answered."""

# ruff: noqa: E501 -- tables of cases
from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from apart import run_apart
from pleio.artifacts import Archive
from pleio.web import create_app, limits, patience
from pleio.web.limits import DOCUMENT, SMALL
from pleio.web.routes import routes

from .conftest import form_token, sign_in, site_of

CHANGING = [route.path for route in routes() if isinstance(route, Route) and route.methods == {"POST"}]


def filled(path: str) -> str:
    return (
        path.replace("{number:int}", "1")
        .replace("{digest}", "0" * 64)
        .replace("{id}", "none")
        .replace("{name}", "il11")
    )


def every_address(client: TestClient) -> list[str]:
    """Every route of pages and of the interface, with something in the place of each parameter."""
    api = client.app.app.state.api  # type: ignore[attr-defined]
    pages = [filled(route.path) for route in routes() if not isinstance(route, Mount)]  # type: ignore[attr-defined]
    programs = ["/api/v1" + filled(path).replace("{reference}", "il11") for path in api.openapi()["paths"]]
    return [*pages, *programs, "/static/pleio.css", "/api/v1/openapi.json"]


def test_every_address_carries_the_policy_and_refuses_frames(client: TestClient) -> None:
    asked = [path.replace("{curie}", "cl:0000233").replace("{suffix}", "bib") for path in every_address(client)]
    assert len(asked) > 60
    heavy = ("/verify", "/graph/paths", "/playground", "/events")
    for path in asked:
        if any(part in path for part in heavy) or "{" in path:
            continue
        headers = client.get(path).headers
        framable = path.startswith("/embed/")
        ancestors = "*" if framable else "'none'"
        assert f"frame-ancestors {ancestors}" in headers["content-security-policy"], path
        assert "script-src 'self'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff", path
        if framable:
            assert "set-cookie" not in headers, path
        else:
            assert headers["x-frame-options"] == "DENY", path
        assert "access-control-allow-origin" not in headers, path


# forms of other sites


def test_there_are_addresses_that_change_something() -> None:
    assert len(CHANGING) >= 8


@pytest.mark.parametrize("path", CHANGING)
@pytest.mark.parametrize("token", ["", "0" * 64, "another browser's"])
def test_a_form_without_this_browsers_token_is_refused(client: TestClient, path: str, token: str) -> None:
    if token == "another browser's":
        other = TestClient(client.app, base_url="http://127.0.0.1")
        token = form_token(other, "/audit")
    form_token(client, "/audit")
    answer = client.post(filled(path), data={"form_token": token, "decision": "accept"})
    assert answer.status_code == 403, path
    assert "was not sent from a page" in answer.text


@pytest.mark.parametrize("path", [*CHANGING, "/api/v1/jobs", "/api/v1/audit", "/api/v1/reviews/undo"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1.evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_comes_from_another_site_is_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    token = form_token(client, "/audit")
    answer = client.post(filled(path), data={"form_token": token}, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.text


def test_a_session_cookie_alone_changes_nothing_through_the_interface(own_client: TestClient) -> None:
    """A page of another site can make a browser send a form to the interface, as text: no JSON is taken so."""
    sign_in(own_client)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = own_client.post("/api/v1/reviews/undo", content=b'{"number": 1}', headers={"content-type": kind})
        assert answer.status_code == 415, kind
    assert own_client.put("/api/v1/jobs").status_code == 405
    assert own_client.delete("/review/" + "0" * 64).status_code == 405


# where others reach the server


def test_where_others_reach_the_server_work_needs_an_account(own_archive: Archive) -> None:
    client = TestClient(create_app(own_archive, open_work=False), base_url="http://127.0.0.1", follow_redirects=False)
    assert client.post("/api/v1/jobs", json={"study": "oprelvekin-platelets"}).status_code == 401
    token = form_token(client, "/audit")
    assert client.post("/jobs", data={"form_token": token, "study": "oprelvekin-platelets"}).status_code == 401
    assert client.post("/job/none/cancel", data={"form_token": token}).status_code == 401
    keep = {"form_token": token, "text": "IL11", "keep": "1"}
    assert client.post("/audit", data=keep).status_code == 401
    assert "sign in" in client.get("/jobs").text
    assert site_of(client).jobs.page() == []


# paths


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/....//app.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/pleio.css%00.js",
        "/artifact/../../etc/passwd",
        "/artifact/..%2f..%2fetc%2fpasswd",
        "/artifact/%2e%2e%5c%2e%2e%5cetc",
        "/study/..%2f..%2fpyproject",
        "/audit/..%2f..%2fx",
        "/claim/..%2f..%2fx",
        "/job/..%2fx",
        "/api/v1/models/..%2f..%2fetc%2fpasswd",
        "/api/v1/models/%2Fetc%2Fpasswd",
        "/api/v1/studies/..%2F..%2Fetc%2Fpasswd",
        "/api/v1/artifacts/..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_path_leads_out_of_the_house(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404, 422), f"{path} {answer.status_code}"
    assert "root:" not in answer.text and "import " not in answer.text


def test_no_study_or_model_is_read_from_a_path(client: TestClient, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("title: a secret\n", encoding="utf-8")
    for asked in ({"study": str(secret)}, {"definition": str(secret)}):
        answer = client.post("/api/v1/jobs", json=asked)
        assert answer.status_code == 400 and "a secret" not in answer.text
    model = tmp_path / "secret.ant"
    model.write_text("hidden_species = 1; A -> B; 1", encoding="utf-8")
    for text in (str(model), f'import "{model}"\nA -> B; 1', f"file://{model}"):
        answer = client.post("/api/v1/simulate", json={"text": text, "until": 1})
        assert answer.status_code in (400, 422) and "hidden_species" not in answer.text


# names of hosts


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0", "[::ffff:127.0.0.1]", "169.254.169.254",
     "127.0.0.1@evil.example", "127.0.0.1, evil.example", "127.1", "2130706433", "", "a" * 300],
)  # fmt: skip
def test_a_name_that_was_made_to_lead_here_is_misdirected(client: TestClient, host: str) -> None:
    for path in ("/", "/api/v1/claims", "/api/v1/jobs", "/embed/artifact/il11"):
        answer = client.get(path, headers={"host": host, "x-forwarded-host": "127.0.0.1"})
        assert answer.status_code == 421
    assert client.post("/api/v1/jobs", json={"study": "x"}, headers={"host": host}).status_code == 421


def test_a_page_names_this_server_only_by_a_name_it_has(client: TestClient) -> None:
    page = client.get("/artifact/il11", headers={"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}).text
    assert "evil.example" not in page


def test_nothing_here_asks_another_host() -> None:
    """No address that is given to the server can make it ask another: it holds no client.

    `reading/endpoint.py` asks the one address that a user names on the command line; no page or interface reaches it.
    """
    import ast

    import pleio

    clients = {"httpx", "requests", "urllib3", "aiohttp", "http.client", "urllib.request", "ftplib", "smtplib"}
    package = Path(pleio.__file__).parent
    for file in package.rglob("*.py"):
        if file == package / "reading" / "endpoint.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            assert not clients & set(names), f"{file} imports {names}"
    assert not [
        file for file in (package / "web").rglob("*.py") if "endpoint import" in file.read_text(encoding="utf-8")
    ]


# sizes


@pytest.mark.parametrize(
    ("path", "most"), [("/jobs", SMALL), ("/signin", SMALL), ("/audit", DOCUMENT), ("/api/v1/jobs", SMALL)]
)
def test_a_body_that_says_it_is_too_large_is_not_read(client: TestClient, path: str, most: int) -> None:
    kind = "application/json" if path.startswith("/api") else "application/x-www-form-urlencoded"
    headers = {"content-length": str(most + 1), "content-type": kind}
    answer = client.post(path, content=iter([b"x"]), headers=headers)
    assert answer.status_code == 413
    assert f"{most:,}" in answer.text


@pytest.mark.parametrize("path", ["/jobs", "/api/v1/jobs", "/api/v1/reviews/undo"])
def test_a_body_that_does_not_say_is_counted(client: TestClient, path: str) -> None:
    kind = "application/json" if path.startswith("/api") else "application/x-www-form-urlencoded"
    answer = client.post(path, content=(b"x" * 65_536 for _ in range(40)), headers={"content-type": kind})
    assert answer.status_code == 413


def test_a_form_of_very_many_fields_is_refused(client: TestClient) -> None:
    token = form_token(client, "/audit")
    body = f"form_token={token}&" + "&".join(f"f{i}=1" for i in range(5_000))
    answer = client.post("/jobs", content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 400


def test_json_that_nests_deeply_is_refused(client: TestClient) -> None:
    for body in (b"[" * 100_000, b'{"study": ' * 50_000, b'{"definition": "' + b"[" * 90_000 + b'"}'):
        answer = client.post("/api/v1/jobs", content=body, headers={"content-type": "application/json"})
        assert answer.status_code in (400, 422)


# slow clients


@contextmanager
def served(archive: Archive) -> Iterator[tuple[str, int]]:
    import uvicorn

    from pleio.web.patience import Patient
    from pleio.web.serving import bind

    taken = bind(port=0)
    config = uvicorn.Config(create_app(archive), log_level="critical", access_log=False, http=Patient, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    yield taken.getsockname()
    server.should_exit = True
    thread.join(timeout=10)


def closed_within(connection: socket.socket, seconds: float) -> bytes:
    """What is answered until the server closes; fails where it does not."""
    connection.settimeout(seconds)
    answered = b""
    try:
        while part := connection.recv(65_536):
            answered += part
    except ConnectionResetError:
        pass
    return answered


def test_clients_that_dawdle_are_not_waited_for(own_archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEADERS", 0.6)
    monkeypatch.setattr(limits, "PAUSE", 0.6)
    with served(own_archive) as where:
        silent, dripping, halting = (socket.create_connection(where) for _ in range(3))
        head = b"POST /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        dripping.sendall(head)
        halting.sendall(head + b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
        for i in range(10):  # headers that come one by one and never end
            try:
                dripping.sendall(f"X-{i}: y\r\n".encode())
            except OSError:
                break
            time.sleep(0.1)
        assert closed_within(silent, 20) == b""
        assert closed_within(dripping, 20) == b""
        assert b" 408 " in closed_within(halting, 20).split(b"\r\n")[0]
        other = socket.create_connection(where)
        other.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert b" 200 " in closed_within(other, 20).split(b"\r\n")[0]
        for each in (silent, dripping, halting, other):
            each.close()


def test_an_answer_that_is_not_read_is_given_up(own_archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "READING", 0.5)
    with served(own_archive) as where:
        greedy = socket.socket()
        greedy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        greedy.connect(where)
        asked = b"GET /artifact/il11 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        ended = time.monotonic() + 20
        closed = False
        while time.monotonic() < ended and not closed:  # asks again and again, and reads nothing
            try:
                greedy.settimeout(0.2)
                greedy.sendall(asked * 20)
            except TimeoutError:
                continue
            except OSError:
                closed = True
        assert closed
        greedy.close()


def test_a_connection_that_is_quick_is_kept(own_archive: Archive) -> None:
    import httpx

    with served(own_archive) as (host, port), httpx.Client(base_url=f"http://{host}:{port}") as client:
        for _ in range(20):
            assert client.get("/healthz").status_code == 200


# hostile models


@pytest.mark.parametrize(
    "text",
    [
        "A -> B; " + "(" * 5_000 + "1" + ")" * 5_000,
        "A -> B; " + "+".join(["A"] * 20_000),
        "\n".join(f"S{i} -> S{i + 1}; 1" for i in range(1_100)),
        "A -> B; __import__('os').system('touch /tmp/x')",
        "A -> B; eval(1)",
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sbml>&a;</sbml>',
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]><sbml>&b;</sbml>',
        "<sbml" + " a='b'" * 10_000 + ">",
        "model x()\n  A -> B; 1/0\n",
        "\x00\x01\x02\n",
        "A -> B; 1e400 * A\nA = 1e308\n",
    ],
    ids=range(11),
)  # fmt: skip
def test_a_hostile_model_is_refused_or_run_and_the_server_lives(client: TestClient, text: str) -> None:
    answer = client.post("/api/v1/simulate", json={"text": text, "until": 1, "points": 3})
    assert answer.status_code in (200, 400, 422), answer.text[:300]
    assert "root:" not in answer.text and "Traceback" not in answer.text
    if answer.status_code != 200:
        assert set(answer.json()["error"]) == {"status", "where", "what", "help", "more"}
    assert client.get("/healthz").status_code == 200


def test_after_all_that_a_good_model_runs(client: TestClient) -> None:
    text = "A -> ; k*A\nA = 1; k = 1\n"
    asked = {"text": text, "until": 1, "points": 2, "parameters": {"k": [1, 2]}}
    answer = client.post("/api/v1/simulate", json=asked)
    assert answer.status_code == 200, answer.text
    last = [member[-1][0] for member in answer.json()["concentrations"]]
    assert last == pytest.approx([0.36788, 0.13534], rel=1e-4)


def test_a_request_for_too_much_is_refused_before_it_is_begun(client: TestClient) -> None:
    model = "A -> ; k*A\nA = 1; k = 1\n"
    for change in ({"points": 10**9}, {"until": -1}, {"until": 1e300}, {"rtol": 0}, {"parameters": {"k": [1.0] * 300}}):
        answer = client.post("/api/v1/simulate", json={"text": model, "until": 1, **change})
        assert answer.status_code == 422, change
    many = {"text": "\n".join(f"S{i} -> ; S{i}" for i in range(40)), "until": 1, "points": 10_001}
    answer = client.post("/api/v1/simulate", json={**many, "parameters": {"S0": [1.0] * 256}})
    assert answer.status_code == 400 and "numbers" in answer.text


def test_work_that_takes_too_long_is_ended_and_the_next_is_done(tmp_path: Path) -> None:
    from pleio.web.work import Desk, Pool, TooLong

    pool = Pool(workers=1)
    desk = Desk(tmp_path, pool)
    with pytest.raises(TooLong):
        desk.ask("models", seconds=0.05, library="il11")
    assert desk.ask("models", library="il11")
    pool.close()


def test_more_than_can_wait_are_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    from pleio.web.work import Busy, Pool

    pool, go_on = Pool(workers=1, waiting=0), threading.Event()
    monkeypatch.setattr(pool._children[0], "exchange", lambda line, seconds: go_on.wait(30) and {"value": line})
    first = pool.submit("x", 1)
    with pytest.raises(Busy):
        pool.submit("y", 1)
    go_on.set()
    assert first.result(timeout=10) == {"value": "x"}
    assert pool.exchange("z", 1) == {"value": "z"}, "there is room again"
    pool.close()


def test_whoever_asks_again_before_being_answered_holds_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten that drag a slider do not keep an eleventh waiting for more than one turn of each."""
    from pleio.web.work import Overtaken, Pool

    pool, go_on, done = Pool(workers=1), threading.Event(), list[str]()

    def exchange(line: str, seconds: float) -> dict[str, Any]:
        go_on.wait(30)
        done.append(line)
        return {"value": line}

    monkeypatch.setattr(pool._children[0], "exchange", exchange)
    under_way = pool.submit("under way", 1, "a")
    while not under_way.running():
        time.sleep(0.01)
    moves = {f"{who}{n}": pool.submit(f"{who}{n}", 1, who) for n in range(5) for who in "bcd"}
    last = pool.submit("e0", 1, "e")
    go_on.set()
    assert last.result(timeout=10) == {"value": "e0"}
    assert done == ["under way", "b4", "c4", "d4", "e0"]
    for name, answer in moves.items():
        if name.endswith("4"):
            assert answer.result(timeout=10) == {"value": name}
        else:
            assert isinstance(answer.exception(timeout=10), Overtaken)
    pool.close()


def test_who_leaves_is_not_worked_for_and_who_waits_at_the_end_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    from pleio.web.work import Busy, Pool

    pool, go_on, done = Pool(workers=1), threading.Event(), list[str]()
    monkeypatch.setattr(
        pool._children[0], "exchange", lambda line, seconds: done.append(line) or go_on.wait(30) or None
    )
    first = pool.submit("first", 1)
    while not first.running():
        time.sleep(0.01)
    left, stays = pool.submit("left", 1), pool.submit("stays", 1)
    assert left.cancel()
    pool.close()
    assert isinstance(stays.exception(timeout=10), Busy)
    go_on.set()
    assert done == ["first"]


def test_a_move_that_was_overtaken_is_said_to_be(own_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from pleio.web.work import Overtaken

    async def overtaken(*_: Any, **__: Any) -> None:
        raise Overtaken("later")

    monkeypatch.setattr(site_of(own_client).desk, "answer", overtaken)
    answer = own_client.get("/playground/answer?dose=3", headers={"x-pleio-asker": "me"})
    assert answer.status_code == 409 and "later move" in answer.text


def test_a_busy_desk_is_said_with_when_to_ask_again(own_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from pleio.web.work import Busy

    def busy(*_: Any, **__: Any) -> None:
        raise Busy("many")

    monkeypatch.setattr(site_of(own_client).desk, "ask", busy)
    answer = own_client.post("/api/v1/audit", json={"text": "IL11"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_asyncio_is_not_blocked_by_heavy_work(own_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the desk works for one, pages are answered to others."""
    import httpx

    begun = threading.Event()

    def slow(*_: Any, **__: Any) -> dict[str, Any]:
        begun.set()
        time.sleep(3)
        return {"name": "x", "digest": "", "findings": [], "statements": []}

    monkeypatch.setattr(site_of(own_client).desk, "ask", slow)

    async def both() -> float:
        transport = httpx.ASGITransport(own_client.app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            heavy = asyncio.create_task(client.post("/api/v1/audit", json={"text": "IL11"}))
            while not begun.is_set():
                await asyncio.sleep(0.01)
            start = time.monotonic()
            assert (await client.get("/healthz")).status_code == 200
            took = time.monotonic() - start
            assert not heavy.done()
            assert (await heavy).status_code == 200
            return took

    assert run_apart(both()) < 2

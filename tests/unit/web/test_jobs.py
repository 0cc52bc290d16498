"""Jobs: from a form to a result, followed, cancelled, resumed, and none lost when the server is killed."""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from kill_claims import made
from pleio.artifacts import Archive, verify
from pleio.claims.tables.layers import ClaimStore
from pleio.claims.tables.review import reviews
from pleio.store import Store
from pleio.web.accounts import Accounts
from pleio.web.jobs import Jobs
from serving_child import STUDY, processes_of, server, wait_for

from .conftest import form_token, site_of

LONG = STUDY.replace("size: 2", "size: 64")


def events(text: str) -> list[dict[str, Any]]:
    """The jobs that a stream of events tells of."""
    return [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: {")]


@pytest.fixture
def running(own_client: TestClient) -> Any:
    with own_client as client:
        yield client


def test_a_study_runs_from_the_page_and_is_watched_to_its_end(running: TestClient) -> None:
    token = form_token(running, "/jobs")
    form = {"form_token": token, "study": "", "definition": STUDY, "worlds": "16", "seed": "", "belief": "sceptic"}
    answer = running.post("/jobs", data=form)
    assert answer.status_code == 303, answer.text
    page = answer.headers["location"]
    id = page.rpartition("/")[2]
    told = events(running.get(f"/api/v1/jobs/{id}/events").text)
    assert [each["revision"] for each in told] == sorted({each["revision"] for each in told})
    assert told[-1]["state"] == "done"
    shares = [each["done"] / each["total"] for each in told if each["total"]]
    assert shares and shares == sorted(shares) and shares[-1] == 1
    result = told[-1]["result"]
    assert result == f"own-study-run-{id[:8]}"
    shown = running.get(page).text
    assert f'href="/study/{result}"' in shown and "see what it found" in shown
    study = running.get(f"/study/{result}.json").json()
    assert (study["worlds"], study["band"], study["seed"]) == (16, "sceptic", 11)
    assert running.get(f"/study/{result}").status_code == 200
    assert running.get("/jobs").text.count(f"/job/{id}") == 1
    cited = running.get(f"/api/v1/artifacts/{result}/cite").text
    assert len(cited.splitlines()) > 2, "the papers behind the claims and numbers that it used"
    assert site_of(running).jobs.get(id).share == 1.0  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"study": "none"}, "does not exist"),
        ({"study": "../../etc/passwd"}, "does not exist"),
        ({"study": "oprelvekin-platelets", "definition": STUDY}, "study"),
        ({"study": "", "definition": ""}, "study"),
        ({"study": "", "definition": STUDY.replace("of: oprelvekin_plasma", "of: nothing")}, "nothing"),
        ({"study": "", "definition": "!!python/object:os.system x"}, "definition"),
        ({"worlds": "1e9"}, "worlds"),
        ({"worlds": "-5", "seed": "x", "belief": "angry"}, "belief"),
    ],
)
def test_what_is_wrong_with_a_job_is_said_before_it_is_queued(
    client: TestClient, change: dict[str, str], where: str
) -> None:
    token = form_token(client, "/jobs")
    form = {
        "form_token": token,
        "study": "oprelvekin-platelets",
        "definition": "",
        "worlds": "",
        "seed": "",
        "belief": "",
    }
    answer = client.post("/jobs", data={**form, **change})
    assert answer.status_code == 400
    assert where in answer.text and 'role="alert"' in answer.text
    assert site_of(client).jobs.page() == []


def test_the_same_request_is_one_job_while_it_waits(client: TestClient) -> None:
    asked = {"study": "oprelvekin-platelets", "worlds": 16, "seed": 1}
    first, second = (client.post("/api/v1/jobs", json=asked).json() for _ in range(2))
    assert first["id"] == second["id"]
    other = client.post("/api/v1/jobs", json={**asked, "seed": 2}).json()
    assert other["id"] != first["id"]
    listed = client.get("/api/v1/jobs?limit=1").json()
    assert listed["items"][0]["id"] == other["id"] and listed["next"]
    rest = client.get(f"/api/v1/jobs?limit=1&cursor={listed['next']}").json()
    assert rest["items"][0]["id"] == first["id"] and rest["next"] is None
    for job in (first, other):
        assert client.post(f"/api/v1/jobs/{job['id']}/cancel").json()["state"] == "cancelled"
    over = client.post(f"/api/v1/jobs/{first['id']}/cancel").json()
    assert (over["state"], over["revision"]) == ("cancelled", 2), "what is over does not change"
    assert client.get(f"/job/{first['id']}").text.count("go on from where it was") == 1


def test_a_job_is_cancelled_and_goes_on_from_where_it_was(running: TestClient, home: Path) -> None:
    asked = {"definition": LONG, "worlds": 240}
    job = running.post("/api/v1/jobs", json=asked).json()
    wait_for(lambda: running.get(f"/api/v1/jobs/{job['id']}").json()["done"] > 0)
    assert running.post(f"/api/v1/jobs/{job['id']}/cancel").json()["state"] == "cancelled"
    wait_for(lambda: not _job_processes(home))
    stopped = running.get(f"/api/v1/jobs/{job['id']}").json()
    assert stopped["state"] == "cancelled" and 0 < stopped["done"] < stopped["total"]
    kept = {file: file.stat().st_mtime_ns for file in (home / "cache" / "studies").glob("*.json")}
    assert kept
    assert running.post(f"/api/v1/jobs/{job['id']}/resume").json()["state"] == "queued"
    ended = wait_for(lambda: _if_over(running, job["id"]))
    assert (ended["state"], ended["attempt"]) == ("done", 2)
    assert all(file.stat().st_mtime_ns == when for file, when in kept.items()), "what was finished is computed again"


def _job_processes(home: Path) -> list[int]:
    found = []
    for number in processes_of(home):
        try:
            if b"jobs.child" in Path(f"/proc/{number}/cmdline").read_bytes():
                found.append(number)
        except OSError:
            continue
    return found


@pytest.mark.timeout(900)  # four processes start anew; on a busy machine each takes long
@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(home: Path) -> None:
    """A job runs, documents are uploaded and proposals reviewed, all at once; then the server is killed."""
    store = Store(home)
    ClaimStore(store).lay("proposed", "proposal", made("proposed"), digest="proposed")
    accounts = Accounts(store)
    accounts.add("Ada Curator", "a long enough secret")
    bearer = {"authorization": f"Bearer {accounts.make_token('Ada Curator', 'test')}"}
    acknowledged: dict[str, list[str]] = {"jobs": [], "audits": [], "reviews": []}
    with server(home) as first:
        workers = [
            threading.Thread(target=work, args=(first, bearer, acknowledged), daemon=True)
            for work in (_upload_forever, _review_forever)
        ]
        for worker in workers:
            worker.start()
        with first.client() as client:
            wait_for(lambda: acknowledged["audits"] and acknowledged["reviews"])
            for seed, worlds in ((1, 160), (2, 4)):
                asked = {"definition": LONG, "worlds": worlds, "seed": seed}
                acknowledged["jobs"].append(client.post("/api/v1/jobs", json=asked).raise_for_status().json()["id"])
            running = acknowledged["jobs"][0]
            wait_for(lambda: client.get(f"/api/v1/jobs/{running}").json()["done"] > 0)
        time.sleep(random.Random(7).uniform(0, 0.1))
        first.kill()
        for worker in workers:
            worker.join(timeout=30)
        wait_for(lambda: not processes_of(home), 30)  # nothing that it started outlives it
    store.close()
    after = Store(home)
    assert after.check() == "ok"
    archive = Archive(after)
    assert verify(archive).whole
    for name in acknowledged["audits"]:
        assert archive.load(name).type == "audit"
    decided = {review.number: review.claim for review in reviews(ClaimStore(after))}
    for line in acknowledged["reviews"]:
        number, claim = line.split()
        assert decided[int(number)] == claim
    jobs = Jobs(after)
    before = jobs.get(running)
    assert before is not None and before.state == "running" and before.attempt == 1
    with server(home) as second, second.client() as client:
        ended = wait_for(lambda: _if_over(client, running))
        assert ended["state"] == "done", ended
        other = client.get(f"/api/v1/jobs/{acknowledged['jobs'][1]}").json()
        assert other["state"] in ("queued", "running", "done"), "what waited waits still, or is next"
        resumed = client.get(f"/api/v1/jobs/{running}").json()
        assert resumed["attempt"] == 2
        digest = client.get(f"/api/v1/studies/{resumed['result']}/result").json()["digest"]
    assert digest == _uninterrupted()


def _if_over(client: httpx.Client | TestClient, id: str) -> dict[str, Any] | None:
    job: dict[str, Any] = client.get(f"/api/v1/jobs/{id}").json()
    return job if job["state"] in ("done", "failed", "cancelled") else None


def _uninterrupted() -> str:
    """The digest of the same run without a server, without anything computed before."""
    from pleio.library.opened import open as open_library
    from pleio.web.jobs.asking import asked_of

    asked = asked_of(open_library("il11"), "", LONG)
    return asked.run(asked.worlds(160, seed=1)).digest


def _upload_forever(at: Any, bearer: dict[str, str], acknowledged: dict[str, list[str]]) -> None:
    import re

    with at.client() as client:
        for number in range(10_000):
            try:
                found = re.search(r'name="form_token" value="(\w+)"', client.get("/audit").text)
                assert found
                form = {"form_token": found[1], "text": f"IL11 (gene ID 3609) raises ERK, note {number}.", "keep": "1"}
                answer = client.post("/audit", data=form)
            except httpx.HTTPError:
                return
            assert answer.status_code == 303, answer.text
            acknowledged["audits"].append(answer.headers["location"].rpartition("/")[2])


def _review_forever(at: Any, bearer: dict[str, str], acknowledged: dict[str, list[str]]) -> None:
    with at.client(headers=bearer) as client:
        waiting = client.get("/api/v1/proposals?limit=60").json()["items"]
        for proposal in waiting:
            try:
                answer = client.post(
                    f"/api/v1/proposals/{proposal['digest']}", json={"decision": "accept", "why": "test"}
                )
            except httpx.HTTPError:
                return
            assert answer.status_code == 200, answer.text
            done = answer.json()
            acknowledged["reviews"].append(f"{done['number']} {done['claim']}")
            time.sleep(0.05)

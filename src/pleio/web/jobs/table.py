"""Jobs in the store: what was asked, by whom, how far it is, what came of it.

A job that was acknowledged is a row on the disk.  `revision` grows with every change, so that whoever follows a job
knows what they have seen.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ...base.digests import canonical
from ...base.errors import InputError, Problem
from ...store import Schema, Store

QUEUED, RUNNING, DONE, FAILED, CANCELLED = STATES = ("queued", "running", "done", "failed", "cancelled")
MOST_WAITING = 50

SCHEMA = Schema(
    "jobs",
    (
        (
            """CREATE TABLE job (
                number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, request TEXT NOT NULL, title TEXT NOT NULL,
                who TEXT NOT NULL, state TEXT NOT NULL, stage TEXT NOT NULL DEFAULT '',
                done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0,
                attempt INTEGER NOT NULL DEFAULT 0, revision INTEGER NOT NULL DEFAULT 1,
                created TEXT NOT NULL, started TEXT, ended TEXT, result TEXT NOT NULL DEFAULT '',
                problems TEXT NOT NULL DEFAULT '[]'
            ) STRICT""",
            "CREATE INDEX job_by_state ON job (state, number)",
        ),
    ),
)


@dataclass(frozen=True)
class Job:
    """One job.

    Attributes:
        request: what was asked: `library`, `study` or `definition`, `worlds`, `seed`, `belief`.
        state: queued, running, done, failed or cancelled.
        stage: what is being done now; `done` of `total` trajectories are.
        attempt: how often it was begun; `revision` counts every change.
        result: the name of the artifact that came of it.
        problems: why it failed: where, what and what would help.
    """

    number: int
    id: str
    request: Mapping[str, Any]
    title: str
    who: str
    state: str
    stage: str
    done: int
    total: int
    attempt: int
    revision: int
    created: str
    started: str | None
    ended: str | None
    result: str
    problems: tuple[Mapping[str, str], ...]

    @property
    def is_over(self) -> bool:
        return self.state in (DONE, FAILED, CANCELLED)

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return 1.0 if self.state == DONE else min(1.0, self.done / self.total) if self.total else 0.0

    def to_json(self) -> dict[str, Any]:
        """Give the job as a JSON object."""
        return {**vars(self), "request": dict(self.request), "problems": [dict(each) for each in self.problems]}


class Jobs:
    """The jobs of one data directory."""

    def __init__(self, store: Store) -> None:
        self.store = store
        store.ensure(SCHEMA)

    def add(self, request: Mapping[str, Any], title: str, who: str = "") -> Job:
        """Queue a job; when this returns it is on the disk.  One that asks the same and is not over is given instead.

        Raises:
            InputError: too many wait.
            StoreError: the data directory cannot be written.
        """
        text = canonical(dict(request)).decode()
        with self.store.write() as connection:
            sql = "SELECT * FROM job WHERE request = ? AND state IN (?, ?) ORDER BY number LIMIT 1"
            row = connection.execute(sql, (text, QUEUED, RUNNING)).fetchone()
            if row is None:
                waiting = connection.execute("SELECT count(*) FROM job WHERE state = ?", (QUEUED,)).fetchone()[0]
                if waiting >= MOST_WAITING:
                    problem = Problem("", f"{waiting} jobs wait already", "wait for some, or cancel them")
                    raise InputError("jobs", problem)
                sql = "INSERT INTO job (id, request, title, who, state, created) VALUES (?, ?, ?, ?, ?, ?) RETURNING *"
                values = (secrets.token_hex(8), text, title[:300], who, QUEUED, now())
                row = connection.execute(sql, values).fetchone()
            return _job(row)

    def get(self, id: str) -> Job | None:
        """Give a job by its id."""
        with self.store.read() as connection:
            row = connection.execute("SELECT * FROM job WHERE id = ?", (id,)).fetchone()
        return _job(row) if row else None

    def page(self, *, before: int | None = None, limit: int = 50, state: str = "") -> list[Job]:
        """List jobs, newest first, those with a number below `before`."""
        sql = """SELECT * FROM job WHERE (?1 IS NULL OR number < ?1) AND (?3 = '' OR state = ?3)
            ORDER BY number DESC LIMIT ?2"""
        with self.store.read() as connection:
            return [_job(row) for row in connection.execute(sql, (before, limit, state))]

    def cancel(self, id: str) -> Job | None:
        """Cancel a job that is not over; its process is ended by whoever runs it."""
        return self._change(id, "state = 'cancelled', ended = :now", "state IN ('queued', 'running')")

    def resume(self, id: str) -> Job | None:
        """Queue a job again that was cancelled or failed; what it had finished is not computed again."""
        again = "state = 'queued', ended = NULL, problems = '[]', stage = ''"
        return self._change(id, again, "state IN ('cancelled', 'failed')")

    def requeue(self) -> int:
        """Queue again what was running when its server ended; give how many."""
        with self.store.write() as connection:
            sql = "UPDATE job SET state = 'queued', revision = revision + 1 WHERE state = 'running'"
            return connection.execute(sql).rowcount

    def begin(self) -> Job | None:
        """Take the job that has waited longest."""
        with self.store.read() as connection:
            if connection.execute("SELECT 1 FROM job WHERE state = 'queued' LIMIT 1").fetchone() is None:
                return None
        with self.store.write() as connection:
            sql = """UPDATE job SET state = 'running', started = ?, attempt = attempt + 1, revision = revision + 1
                WHERE number = (SELECT min(number) FROM job WHERE state = 'queued') RETURNING *"""
            row = connection.execute(sql, (now(),)).fetchone()
        return _job(row) if row else None

    def report(self, job: Job, stage: str, done: int, total: int) -> None:
        """Say how far a job is."""
        self._change(job.id, "stage = :stage, done = :done, total = :total", RUNS, job, stage, done, total)

    def finish(self, job: Job, result: str) -> None:
        """Say what came of a job."""
        self._change(job.id, f"state = '{DONE}', stage = '', ended = :now, result = :result", RUNS, job, result=result)

    def fail(self, job: Job, problems: list[dict[str, str]]) -> None:
        """Say why a job failed."""
        text = json.dumps(problems, ensure_ascii=False)
        self._change(job.id, f"state = '{FAILED}', ended = :now, problems = :problems", RUNS, job, problems=text)

    def _change(
        self, id: str, what: str, where: str, job: Job | None = None, stage: str = "", done: int = 0, total: int = 0,
        result: str = "", problems: str = "",
    ) -> Job | None:  # fmt: skip
        """Change a job where it is in a state that allows it; give it as it is then."""
        values = {
            "id": id, "now": now(), "stage": stage, "done": done, "total": total, "result": result,
            "problems": problems, "attempt": job.attempt if job else 0,
        }  # fmt: skip
        sql = f"UPDATE job SET {what}, revision = revision + 1 WHERE id = :id AND {where}"  # noqa: S608 -- our own text
        with self.store.write() as connection:
            connection.execute(sql, values)
            row = connection.execute("SELECT * FROM job WHERE id = ?", (id,)).fetchone()
        return _job(row) if row else None


RUNS = "state = 'running' AND attempt = :attempt"


def now() -> str:
    """Give the time, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _job(row: sqlite3.Row) -> Job:
    values = dict(row)
    return Job(
        **{**values, "request": json.loads(values["request"]), "problems": tuple(json.loads(values["problems"]))}
    )

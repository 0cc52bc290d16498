"""The commands: exit statuses, one JSON document on standard output, errors that say what would help."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pleio.cli.main import run

PAGE = """# IL6 Gene

| Property | Value |
|---|---|
| Symbol | IL6 |
| NCBI Gene ID | 3630 |

## Overview

Interleukin-6 increases C-reactive protein secretion by hepatocytes [@nobody2001].

## References
"""


def pleio(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(list(arguments))
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_read_prints_json_lines_with_exact_spans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE)
    status, out, _ = pleio(capsys, "read", str(page), "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert rows
    assert all(PAGE[row["start"] : row["end"]] == row["quote"] for row in rows)


def test_audit_finds_and_says_so_by_its_exit_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE)
    status, out, _ = pleio(capsys, "audit", str(page), "--json")
    kinds = {json.loads(line)["kind"] for line in out.splitlines()}
    assert status == 1
    assert {"wrong_ncbi", "citation_without_reference"} <= kinds


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (None, "does not exist"),
        (b"", "is empty"),
        (b"\x00\x01\x02binary\x00" * 50, "binary"),
        (b"caf\xe9 " * 30, "UTF-8"),
        (b"a" * 51_000_000, "documents of up to"),
    ],
)
@pytest.mark.parametrize("verb", ["read", "audit"])
def test_documents_that_cannot_be_read(
    verb: str, content: bytes | None, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "doc.md"
    if content is not None:
        path.write_bytes(content)
    status, out, err = pleio(capsys, verb, str(path))
    assert status == 2
    assert out == ""
    assert str(path) in err or "doc.md" in err
    assert what in err


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["model", "check", "receptr"], "did you mean 'receptor'?"),
        (["study", "run", "oprelvekin-platlets"], "did you mean 'oprelvekin-platelets'?"),
        (["claims", "show", "no-such-claim"], "does not exist"),
        (["artifact", "show", "nothing"], "is no artifact that is kept here"),
        (["artifact", "list", "--type", "modle"], "did you mean 'model'?"),
        (["simulate", "receptor", "--until", "1", "--set", "k", "--scan", "k=1:2"], "settings has 2 problems"),
        (["simulate", "receptor", "--until", "1", "--scan", "k=1:2:1000000000"], "1,000,000,000 points"),
        (["claims", "contests", "--belief", "optimist"], "optimist"),
        (["frobnicate"], "No such command 'frobnicate'"),
    ],
)
def test_bad_arguments_are_named(
    arguments: list[str], what: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = pleio(capsys, *arguments)
    assert status == 2
    assert what in err


def test_a_port_in_use_is_known_before_anything_is_computed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        started = time.monotonic()
        status, _, err = pleio(capsys, "up", "--port", str(port))
    assert status == 2
    assert "is in use" in err
    assert "--port" in err
    assert time.monotonic() - started < 5


def test_json_output_is_one_document(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    for arguments in (["claims", "list"], ["claims", "contests"], ["model", "list"], ["study", "list"], ["home"]):
        status, out, _ = pleio(capsys, *arguments, "--json")
        assert status == 0
        assert json.loads(out)


def test_home_says_where_data_lie_and_clears_them(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = pleio(capsys, "home")
    assert status == 0
    assert str(home) in out
    assert "pleio home --clear" in out


def test_help_and_import_are_light() -> None:
    code = (
        "import sys, pleio;"
        "heavy = {'scipy', 'xarray', 'pydantic', 'spacy', 'llvmlite', 'libsbml', 'starlette', 'typer'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
    shown = subprocess.run([sys.executable, "-m", "pleio.cli", "--help"], capture_output=True, text=True, check=True)
    assert "audit" in shown.stdout


def test_a_closed_pipe_is_no_fault(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE * 50)
    command = f"{sys.executable} -m pleio.cli audit {page} --json | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env={**os.environ}, check=False)
    assert "Traceback" not in done.stderr
    assert "fault" not in done.stderr


@pytest.mark.parametrize("arguments", ["model show receptor", "model show receptor --json"])
def test_a_closed_pipe_is_no_finding(arguments: str) -> None:
    """Status 1 says that something was found; a table and JSON end in the same way when their reader leaves."""
    command = f"{sys.executable} -m pleio.cli {arguments} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Broken" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_is_no_fault_of_ours() -> None:
    command = f"{sys.executable} -m pleio.cli home > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "pleio: what was to be written: no space left on device; free some, or write elsewhere\n"


def test_an_interrupted_study_says_so_and_goes_on(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pleio.cli", "study", "run", "anti-il11-fibrosis", "--worlds", "2048"]
    environment = {**os.environ, "PLEIO_HOME": str(tmp_path)}
    child = subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    )  # fmt: skip
    kept = tmp_path / "cache" / "studies"
    deadline = time.monotonic() + 120
    while not list(kept.rglob("*.npy")) and time.monotonic() < deadline:
        time.sleep(0.2)  # until a first part of the study is done
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "interrupted; what was finished is kept" in said
    assert list(kept.rglob("*.npy"))

"""Accounts on the command line: made from a line of standard input, listed, given tokens, closed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from pleio.cli.main import run
from pleio.store import open_store
from pleio.web.accounts import Accounts


def test_an_account_is_made_listed_given_a_token_and_closed(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a long enough secret\n"))
    assert run(["reviewer", "add", "Ada Curator"]) == 0
    accounts = Accounts(open_store())
    assert accounts.sign_in("Ada Curator", "a long enough secret")
    capsys.readouterr()
    assert run(["reviewer", "list", "--json"]) == 0
    assert [each["name"] for each in json.loads(capsys.readouterr().out)] == ["Ada Curator"]
    assert run(["reviewer", "token", "Ada Curator"]) == 0
    token = capsys.readouterr().out.strip()
    found = accounts.of_token(token)
    assert found is not None and found.name == "Ada Curator"
    assert run(["reviewer", "close", "Ada Curator"]) == 0
    assert accounts.of_token(token) is None


def test_what_is_wrong_is_said(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert run(["reviewer", "add", "<Ada>"]) == 2
    said = capsys.readouterr().err
    assert "cannot be one" in said and "5 characters" in said
    assert run(["reviewer", "token", "nobody"]) == 2
    assert "there is no open account" in capsys.readouterr().err

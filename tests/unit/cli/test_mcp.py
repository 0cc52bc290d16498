"""The tools over MCP, asked by the package's own client over standard input and output."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from apart import run_apart

mcp = pytest.importorskip("mcp")
STUDIES = Path(__file__).parents[3] / "src" / "pleio" / "library" / "il11" / "studies"


def test_the_tools_answer_over_standard_input_and_output(home: Path) -> None:
    from mcp import Client, StdioServerParameters

    server = StdioServerParameters(
        command=sys.executable, args=["-m", "pleio.cli", "mcp"], env={**os.environ, "PLEIO_HOME": str(home)}
    )

    async def journey() -> None:
        async with Client(server, read_timeout_seconds=120) as client:
            await _tools_are_typed(client)
            await _claims_are_found(client)
            await _a_contest_is_explained(client)
            await _a_scenario_runs_and_is_valued(client)
            await _what_is_wrong_is_said(client)

    run_apart(journey())


async def _tools_are_typed(client: Any) -> None:
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {"search_claims", "contests_about", "explain_contest", "run_scenario", "value_of_information"}
    for tool in tools.values():
        assert tool.description
        assert tool.output_schema and "claim_ids" in tool.output_schema["properties"]
        assert tool.annotations.read_only_hint
        assert tool.input_schema["additionalProperties"] is False
    assert tools["run_scenario"].input_schema["properties"]["worlds"]["maximum"] == 4096


async def _claims_are_found(client: Any) -> None:
    found = (await client.call_tool("search_claims", {"query": "ERK fibroblast"})).structured_content
    assert "il11-erk-fibroblast" in found["claim_ids"]
    assert all("‹" in claim["snippet"] for claim in found["claims"])


async def _a_contest_is_explained(client: Any) -> None:
    found = (await client.call_tool("contests_about", {"about": "ERK", "context": "fibroblast"})).structured_content
    contest = next(each for each in found["contests"] if "il11-erk-fibroblast" in each["claim_ids"])
    again = (await client.call_tool("explain_contest", {"contest": contest["id"]})).structured_content
    assert again == contest
    spelt = (await client.call_tool("contests_about", {"about": "IL-11"})).structured_content
    assert spelt == (await client.call_tool("contests_about", {"about": "IL11"})).structured_content
    assert sum(contest["outcomes"].values()) == pytest.approx(1)
    assert contest["why"] and contest["evidence"]
    assert {side["claim_id"] for side in contest["evidence"]} <= set(contest["claim_ids"])


async def _a_scenario_runs_and_is_valued(client: Any) -> None:
    asked = {"study": "oprelvekin-platelets", "worlds": 64, "seed": 7}
    result = await client.call_tool("run_scenario", asked)
    run = result.structured_content
    assert (run["worlds"], run["seed"], run["belief"]) == (64, 7, "neutral")
    assert run["claim_ids"]
    rises = {row["arm"]: row["median"] for row in run["endpoints"] if row["endpoint"] == "platelet_rise"}
    assert max(rises.values()) > rises["placebo"]
    assert {row["label"] for row in run["endpoints"]} == {"platelet rise", "haematocrit change"}
    assert run["answer"].startswith("50 µg/kg: platelet rise +") and run["unmoved"] == {} and run["limits"] == []
    heart = (await client.call_tool("run_scenario", {"study": "anti-il11-heart", "worlds": 8})).structured_content
    assert "tenon_collagen_change" in heart["unmoved"]["anti-IL-11"]
    assert any("leads from 'anti-IL-11' to" in sentence and "Tenon" in sentence for sentence in heart["limits"])
    again = (await client.call_tool("run_scenario", asked)).structured_content
    assert again["digest"] == run["digest"]
    text = (STUDIES / "oprelvekin-platelets.yaml").read_text(encoding="utf-8")
    small = re.sub(r"size: \d+", "size: 1", re.sub(r"horizon: \d+ d\nsave", "horizon: 21 d\nsave", text))
    assert "size: 1," in small or "size: 1\n" in small
    value = await client.call_tool("value_of_information", {"definition": small, "worlds": 768})
    found = value.structured_content
    assert not value.is_error, value.content[0].text
    assert found["evpi"] >= 0 and found["best"] in rises
    assert sum(found["chances"].values()) == pytest.approx(1)
    assert any(row["kind"] == "contest" and row["claim_ids"] for row in found["findings"])
    assert found["claim_ids"]


async def _what_is_wrong_is_said(client: Any) -> None:
    for tool, asked, words in [
        ("run_scenario", {"study": "../../etc/passwd"}, "does not exist"),
        ("run_scenario", {"study": "none", "worlds": 10**9}, "4096"),
        ("value_of_information", {"study": "oprelvekin-platelets", "worlds": 64}, "at least 400 are needed"),
        ("explain_contest", {"contest": "none"}, "does not exist"),
        ("search_claims", {"about": "unheard of"}, "is in no claim"),
        ("contests_about", {"about": "unheard of"}, "is in no contest"),
        ("contests_about", {"about": "platelets"}, "did you mean 'platelet'?"),
        ("contests_about", {"about": "ERK", "context": "fibroblasts"}, "did you mean 'fibroblast'?"),
        ("contests_about", {}, "contests_about: about: is missing"),
        ("search_claims", {"query": "ERK", "relatoin": "binds"}, "is no argument; did you mean 'relation'?"),
        ("search_claims", {"relation": "grows"}, "known: increases"),
        ("search_claims", {"limit": 0}, "search_claims: limit: input should be greater than or equal to 1"),
        ("run_scenario", {"study": "bone", "worlds": "64"}, "run_scenario: worlds: input should be a number, not text"),
        ("run_scenario", {"study": "bone", "seed": True}, "run_scenario: seed: input should be a number, not true"),
        ("run_scenario", {}, "neither is given"),
        ("run_scenario", {"study": "bone", "definition": "a: 1"}, "both are given"),
    ]:
        answer = await client.call_tool(tool, asked)
        assert answer.is_error
        assert words in answer.content[0].text, answer.content[0].text


def test_without_the_package_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pleio.cli.main import run

    monkeypatch.setitem(sys.modules, "mcp.server", None)
    assert run(["mcp"]) == 2
    assert "pip install 'pleio[mcp]'" in capsys.readouterr().err

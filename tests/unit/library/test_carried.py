"""Every reaction and parameter leads to claims, sources and trust; what leads nowhere is reported."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from pleio.base import yaml
from pleio.cli.commands import app
from pleio.library import open as open_library
from pleio.library.modules.carried import bare_reactions, carried, unused_claims

IL11 = open_library("il11")


def test_each_step_names_its_sources_with_their_trust() -> None:
    found = {step.name: behind for step, behind in carried(IL11, IL11.mechanism("receptor+jak_stat"))}
    assert "doi:10.1182/blood.v90.11.4403.4403_4403_4412" in {one.source for one in found["il11_bind"]}
    assert [(one.source, one.claim) for one in found["GP130_loss"]] == [("pmc:PMC5640784", "")]
    assert found["IL11RA_made"] == ()
    for behind in found.values():
        assert all(one.trust for one in behind)
    assert {one.says for one in found["trans_signalling"] if one.claim == "sil11ra-nash"} == {"null"}


def test_the_command_lists_them_and_reports_what_leads_nowhere() -> None:
    shown = CliRunner().invoke(app, ["model", "show", "receptor"])
    assert shown.exit_code == 0
    assert "sil11ra-nash" in shown.output
    assert "(abstract, null)" in " ".join(shown.output.split())
    assert "no claim supports" in shown.stderr
    assert "IL11RA_made" in shown.stderr
    assert "no module uses" in shown.stderr
    steps = {
        step["name"]: step
        for step in json.loads(CliRunner().invoke(app, ["model", "show", "receptor", "--json"]).stdout)
    }
    assert steps["il11_bind"]["sources"][0].keys() == {"source", "trust", "claim", "says"}


def test_claims_without_a_module_are_those_of_which_no_mechanism_is_made() -> None:
    unused = unused_claims(IL11)
    assert "il11-ncbi-gene" in unused
    assert len(unused) <= 20
    kinds = ("ncbi", "uniprot", "omim", "ensembl", "locus", "length", "alias")
    rest = {claim for claim in unused if not any(kind in claim for kind in kinds)}
    assert rest == {"il11-neutrophils", "il11-ms-investigated", "peg-half-life", "il11-plasmacytoma"}


def test_a_loss_that_only_balances_a_making_wants_no_claim_and_one_without_a_making_does() -> None:
    assert bare_reactions(IL11.module("platelets")) == bare_reactions(IL11.module("erythroid")) == ((), ())
    wanting, returns = bare_reactions(IL11.module("culture"))  # nothing there is made
    assert "il11_fades" in wanting
    assert not returns
    wanting, returns = bare_reactions(IL11.module("receptor"))
    assert wanting == ("IL11RA_made",)
    assert {"IL11RA_lost", "BLOCKED_IL11RA_lost"} <= set(returns)


def test_what_takes_thrombopoietin_away_is_carried_by_the_experiments_that_showed_it() -> None:
    found = {step.name: behind for step, behind in carried(IL11, IL11.mechanism("platelets+chemotherapy"))}
    assert {"pubmed:8630374"} <= {one.source for one in found["tpo_cleared"]}
    assert {one.source for one in found["progenitors_killed"]} == {"pubmed:7130827", "pubmed:6662215"}
    assert {one.says for one in found["tpo_cleared"]} == {"supports", "null"}


@pytest.mark.parametrize("row", yaml.load(IL11.folder / "coverage.yaml").value, ids=lambda row: row["statement"][:50])
def test_every_statement_is_carried_by_a_module_that_uses_its_claims_or_says_why_not(row: dict) -> None:
    assert row["statement"].strip()
    if "module" in row:
        assert IL11.module(row["module"]).claims & set(row["claims"])
    else:
        assert row["no_mechanism"].strip()

"""A module's table: everything that is wrong with it, at once, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pleio.base.errors import ModelError
from pleio.base.yaml import load
from pleio.library.modules.module import check_claims, load_module, make_module

TEXT = "substanceOnly species A\nA = 0\nin: -> A; rate * drive\nout: A -> ; loss * A\n"
TABLE = """\
title: A pool
species: {A: {unit: nmol, meaning: "what is in it"}}
inputs: {drive: {value: 1, unit: "1", meaning: "stimulus"}}
parameters:
  rate: {value: "range(1, 4)", unit: nmol/h, trust: unv-L, meaning: "inflow"}
  loss: {value: lognormal(0.002, 30 %), unit: 1/min, trust: abstract, source: "pubmed:35916739", claims: [a-claim]}
"""


def made(table: str, text: str = TEXT) -> object:
    return make_module("pool", text, load(table, name="pool.yaml"))


def problems(table: str, text: str = TEXT) -> list[str]:
    with pytest.raises(ModelError) as caught:
        made(table, text)
    return [str(problem) for problem in caught.value.problems]


def test_a_good_table_gives_units_medians_sources_and_trust() -> None:
    module = make_module("pool", TEXT, load(TABLE, name="pool.yaml"))
    rate, loss = module.network.parameters["rate"], module.network.parameters["loss"]
    assert (rate.value, rate.unit, rate.trust) == (pytest.approx(2.0), "nmol/h", "unv-L")
    assert (loss.value, loss.source, loss.trust) == (pytest.approx(0.002), "pubmed:35916739", "abstract")
    assert module.network.species["A"].unit == "nmol"
    assert module.network.parameters["drive"].value == 1
    assert module.priors["loss"].claims == ("a-claim",)


def test_all_that_is_wrong_with_values_comes_at_once() -> None:
    found = problems(
        TABLE.replace("unit: nmol/h", "unit: nmol/hr")
        .replace("range(1, 4)", "range(4, 1)")
        .replace("trust: abstract", "trust: abstrct")
        .replace("title:", "titel:")
        .replace("meaning: \"inflow\"", "maening: \"inflow\"")
        .replace("pubmed:35916739", "pumbed:35916739")
    )  # fmt: skip
    text = "\n".join(found)
    for expected in (
        "unknown key 'titel'; did you mean 'title'?",
        "'title' is missing",
        "unknown key 'maening'",
        "unknown unit 'hr'",
        "must lie below its highest",
        "unknown trust tag 'abstrct'",
        "unknown prefix 'pumbed'",
    ):
        assert expected in text
    assert all("pool.yaml:" in line for line in found)


def test_names_that_only_one_of_the_two_files_has() -> None:
    found = "\n".join(problems(TABLE.replace("  loss:", "  lss:").replace("{A:", "{B:")))
    assert "'loss' is missing from the parameters and inputs; did you mean 'lss'?" in found
    assert "'lss' does not occur in the Antimony; did you mean 'loss'?" in found
    assert "'A' is missing from the species" in found
    assert "'B' does not occur in the Antimony" in found


def test_a_value_with_another_kind_of_unit_is_refused() -> None:
    assert "is not in nmol/h or the like" in problems(TABLE.replace("range(1, 4)", "lognormal(2 mg/h, 30 %)"))[0]


def test_a_value_in_another_scale_is_converted() -> None:
    module = make_module(
        "pool", TEXT, load(TABLE.replace("range(1, 4)", "lognormal(48 nmol/d, 30 %)"), name="pool.yaml")
    )
    assert module.network.parameters["rate"].value == pytest.approx(2.0)


def test_a_value_without_a_source_may_not_claim_to_have_been_seen() -> None:
    assert "has no 'source'" in problems(TABLE.replace(', source: "pubmed:35916739"', ""))[0]


def test_switches_name_what_exists() -> None:
    table = TABLE + (
        "switches:\n  - {id: s, claim: c, reaction: inn, driver: drve, gain: {value: 1, trust: unv-L}, "
        "half: {value: 1, unit: '1', trust: unv-L}, direction: 2}\n"
    )
    assert "is 1 or -1, not 2" in problems(table)[0]
    found = "\n".join(problems(table.replace(", direction: 2", "")))
    assert "acts on 'inn', which is no reaction" in found
    assert "driven by 'drve', which nothing here names; did you mean 'drive'?" in found


def test_a_dangling_claim_is_named() -> None:
    module = make_module("pool", TEXT, load(TABLE, name="pool.yaml"))
    (problem,) = check_claims({"pool": module}, ["another-claim"])
    assert "parameter 'loss' rests on the claim 'a-claim', which does not exist" in str(problem)
    assert check_claims({"pool": module}, ["a-claim"]) == []


def test_a_module_without_its_antimony_says_so(tmp_path: Path) -> None:
    (tmp_path / "lonely.yaml").write_text(TABLE)
    with pytest.raises(ModelError, match=r"lonely\.ant"):
        load_module(tmp_path / "lonely.yaml")

"""Several things in one dish as papers word it, and how many lay below a level."""

from __future__ import annotations

from typing import Any

import pytest

from pleio.inference.wording import as_the_form_has_it
from pleio.inference.wording.dish import held_in_comparator


def worded(**parts: Any) -> dict[str, Any]:
    """Give an entry as the form has it; no readout is known by name."""
    entry = {"readout": "il11_in_medium_ratio", "module": "il11_secretion", "direction": "decreases", **parts}
    return as_the_form_has_it(entry, lambda name, module: True)


@pytest.mark.parametrize(
    ("stimulus", "comparator"),
    [
        (["TGF-β1", "anti-IL-11 antibody"], "TGFβ1 and IgG"),
        ("TGF-β1 5 ng/mL + anti-IL-11 antibody 2 µg/mL", "TGF-beta1 alone"),
        ([{"agent": "anti-IL-11 antibody"}, {"agent": "TGFb1", "concentration": "5 ng/mL"}], "TGFβ without antibody"),
        ({"agent": "TGFβ1 and anti-IL-11 antibody"}, {"agent": "TGFβ1"}),
        ([{"agent": "TGFβ1"}, {"agent": "anti-IL-11 antibody"}], {"condition": "DMSO", "agent": "TGF-β1"}),
    ],
)
def test_the_row_is_about_what_the_comparator_lacked(stimulus: Any, comparator: Any) -> None:
    found = worded(stimulus=stimulus, comparator=comparator)
    assert found["stimulus"]["agent"] == "anti-IL-11 antibody"
    (beside,) = found["beside"]
    assert beside["in_both"] and beside["agent"].startswith("TGF") and "agent" not in found["comparator"]


def test_what_an_untreated_dish_lacked_is_in_one_dish_alone() -> None:
    found = worded(stimulus=["IL-1β", "TGFβ1"], comparator="unstimulated")
    assert found["stimulus"]["agent"] == "IL-1β" and [one["in_both"] for one in found["beside"]] == [False]


def test_a_name_within_another_is_not_that_other() -> None:
    found = worded(stimulus=["IL-11", "anti-IL-11 antibody"], comparator="IL-11 and IgG")
    assert found["stimulus"]["agent"] == "anti-IL-11 antibody"
    found = worded(stimulus=["IL-1", "IL-11"], comparator="IL-11 alone")
    assert found["stimulus"]["agent"] == "IL-1"
    found = worded(stimulus=["IL-11", "soluble IL-11Rα", "sgp130Fc"], comparator="IL-11 and soluble IL-11Rα")
    assert found["stimulus"]["agent"] == "sgp130Fc" and all(one["in_both"] for one in found["beside"])


@pytest.mark.parametrize(
    ("agent", "other", "held"),
    [
        ("IL-11", "anti-IL-11", False), ("IL-11", "anti-IL-11 antibody", False), ("gp130", "soluble gp130", False),
        ("MEK", "a MEK inhibitor", False), ("MEK", "inhibitor of MEK", False), ("IL-11", "neutralising IL-11", False),
        ("IL-11", "recombinant human IL-11", True), ("TGF-β1", "TGFb1 and IgG", True),
        ("IL-11", "without IL-11", False), ("IL-11", "hyperIL-11", True), ("TGF-β1", "latent TGFβ1", True),
    ],
)  # fmt: skip
def test_what_acts_against_something_is_not_that_thing(agent: str, other: str, held: bool) -> None:
    assert held_in_comparator(agent, other) == held


def test_amounts_of_each_are_kept() -> None:
    found = worded(stimulus="IL-11 5 ng/mL and ruxolitinib 1 µM", comparator="IL-11 (5 ng/mL)")
    assert found["stimulus"] == {"agent": "ruxolitinib", "amount": "1 µM"}
    assert found["beside"] == [{"agent": "IL-11", "amount": "5 ng/mL", "in_both": True}]


@pytest.mark.parametrize(
    "stimulus",
    [
        "IL-1α (1 ng/mL) in the presence of IFN-γ (100 U/mL)",
        "1 ng/mL IL-1α plus 100 units/mL of IFN-γ",
        {"agent": "IL-1α", "amount": "1 ng/mL", "with": "IFN-γ 100 U/mL"},
    ],
)
def test_amounts_stand_in_brackets_and_in_units_of_activity(stimulus: Any) -> None:
    found = worded(stimulus=stimulus, comparator="IL-1α")
    assert found["stimulus"] == {"agent": "IFN-γ", "amount": "100 U/mL"}
    assert found["beside"] == [{"agent": "IL-1α", "amount": "1 ng/mL", "in_both": True}]


def test_what_stands_beside_is_what_the_comparator_lacked_where_it_held_the_stimulus() -> None:
    found = worded(stimulus={"agent": "TGF-β1"}, beside="SB431542", comparator="TGFβ1 alone")
    assert found["stimulus"]["agent"] == "SB431542"
    assert found["beside"] == [{"agent": "TGF-β1", "in_both": True}]


def test_a_comparator_that_held_all_of_it_is_left_for_the_form_to_refuse() -> None:
    stimulus = [{"agent": "IL-11"}, {"agent": "TGFβ1"}]
    assert worded(stimulus=stimulus, comparator="IL-11 and TGFβ1")["stimulus"] == stimulus


@pytest.mark.parametrize(
    ("value", "level", "kind"),
    [
        ("10 of 11 below 85", 85, "upper bound"),
        ("3/11 < 85", 85, "lower bound"),
        ("2 of 12 above 31", 31, "upper bound"),
        ("12 of 12 undetectable (<31)", 31, "upper bound"),
    ],
)
def test_how_many_lay_below_bounds_the_median(value: str, level: float, kind: str) -> None:
    found = worded(value=value, direction=None)
    assert (found["value"], found["spread"], found["statistic"]) == (level, {"kind": kind}, "median")
    assert found["n"] in (11, 12)


def test_half_below_bounds_nothing() -> None:
    assert worded(value="6 of 12 below 85", direction=None)["value"] == "6 of 12 below 85"


def test_a_vector_by_its_route_is_another_agent() -> None:
    found = worded(regimen={"agent": "IL-11", "route": "local vector in the brain"})
    assert found["regimen"] == {"agent": "IL-11 vector", "route": "brain"}


def test_no_effect_is_a_change_of_nothing() -> None:
    found = worded(direction="no effect", readout="il11_in_medium")
    assert (found["value"], found["unit"], found["spread"]) == (0, "%", {"kind": "null"})
    assert found["readout"] == "il11_in_medium_change" and "direction" not in found
    assert worded(direction="none", spread={"kind": "null", "margin": 20})["spread"] == {"kind": "null", "margin": 20}

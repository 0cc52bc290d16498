"""Genotypes in a row's words: the gene that is lost, what of it modules cannot say, and what is another gene's."""

from __future__ import annotations

from typing import Any

import pytest

from pleio.inference.observations import Observation
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation.rows import NotModelled, plan

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
FIRST = next(row for row in read_all(IL11) if row.id == "platelets-onset")


def seen(condition: str, comparator: str = "wild type", **values: Any) -> Observation:
    told: dict[str, Any] = {
        **FIRST.model_dump(exclude_none=True), "id": "genes", "module": "bone", "readout": "bone_mass_ratio",
        "population": {"species": "mouse", "condition": condition}, "comparator": {"condition": comparator},
        "regimen": None, "time": "12 weeks", "unit": "1", "value": None, "direction": "decreases",
        "spread": {"kind": "direction"}, **values,
    }  # fmt: skip
    return Observation.model_validate(told)


@pytest.mark.parametrize(
    "condition",
    [
        "Il11-/- mice", "Il11ra1−/− mice", "IL-11Rα null mice", "mice lacking IL-11", "IL-11-deficient mice",
        "Il11ra-deficient, ovariectomised", "knock-out mice", "female knockout mice", "Il11ra1-/- ApoE-/- mice",
        "interleukin-11 receptor alpha knock-out mice", "mice lacking the IL-11 receptor",
    ],
)  # fmt: skip
def test_a_loss_of_il11_or_its_receptor_is_understood(condition: str) -> None:
    one = plan(seen(condition), READOUTS)
    assert one.side.lost == ("il11_resting_osteoblast",)
    assert one.against is not None and one.against.lost == ()


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("Il11-transgenic mice", "a transgene makes"),
        ("mice overexpressing IL-11 in the heart", "a transgene makes"),
        ("Il11ra1+/- mice", "one copy of the gene"),
        ("heterozygous Il11 mice", "one copy of the gene"),
        ("Il11ra1 floxed mice with Col1a2-Cre", "some cells alone"),
        ("osteoblast-specific Il11 knockout mice", "some cells alone"),
        ("Il6-/- mice", "do not differ"),
        ("Stat3-deficient mice", "do not differ"),
    ],
)
def test_other_genotypes_are_refused_with_a_reason(condition: str, why: str) -> None:
    with pytest.raises(NotModelled, match=why):
        plan(seen(condition), READOUTS)


def test_a_comparator_of_such_genes_is_refused_too() -> None:
    with pytest.raises(NotModelled, match="a transgene makes"):
        plan(seen("wild-type mice", "Il11-transgenic littermates"), READOUTS)


def test_another_gene_beside_an_antibody_is_a_background() -> None:
    given = {"agent": "X203", "amount": "20 mg/kg", "route": "intraperitoneal", "every": "7 d", "times": 12}
    one = plan(seen("ApoE-/- mice", "IgG", regimen=given), READOUTS)
    assert one.side.lost == () and one.side.agents == ("X203",)


def test_a_null_between_groups_that_do_not_differ_here_is_no_success() -> None:
    row = seen("Stat3-deficient mice", value=1.0, direction="no_effect", spread={"kind": "null", "margin": 0.3})
    with pytest.raises(NotModelled, match="do not differ"):
        plan(row.model_copy(update={"readout": "bone_mass"}), READOUTS)

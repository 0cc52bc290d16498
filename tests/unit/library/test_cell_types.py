"""The table of cell types: complete, read by the modules of one cell, honest about gaps; what the cells then do."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.base.errors import ModelError
from pleio.base.yaml import load
from pleio.library import open as open_library
from pleio.library.modules.cell_types import make_cell_types
from pleio.library.modules.members import draw_members
from pleio.simulation import Baseline, Dose, integrate

IL11 = open_library("il11")
FIFTEEN = """
    megakaryocyte fibroblast cardiac_fibroblast cancer_associated_fibroblast osteoblast osteoclast chondrocyte astrocyte
    microglia neuron oligodendrocyte hepatocyte epithelial_cell endometrial_stroma adipocyte
""".split()
TABLE = """\
title: Two cells
parameters: {IL11RA_total: receptor}
unknown: {IL11RA_total: {value: "range(0.1, 8)", trust: unv-L}}
cells:
  one: {title: One, receptor: seen, known: {IL11RA_total: {value: 3, trust: unv-L}}}
  other: {title: Other, receptor: none seen, known: {}}
"""


def test_all_fifteen_are_there_with_every_abundance() -> None:
    table = IL11.cell_types
    assert table is not None
    assert list(table.cells) == FIFTEEN
    for name in ("IL11RA_total", "GP130_total", "STAT3_total", "SOCS3_ki", "SHP2_half"):
        assert set(table.known[name]) == set(FIFTEEN)


def test_what_was_seen_has_a_source_and_what_was_not_is_a_wide_guess() -> None:
    table = IL11.cell_types
    assert table is not None
    for name, cells in table.known.items():
        for cell, prior in cells.items():
            if prior.trust != "unv-L":
                assert prior.source, (name, cell)
            if (name, cell) in table.gaps:
                low, high = (float(prior.distribution.quantile(np.array([q]))[0]) for q in (0.05, 0.95))
                assert prior.trust == "unv-L"
                assert high / low > 8, (name, cell)
    counted = {cell for cell, prior in table.known["IL11RA_total"].items() if prior.trust != "unv-L"}
    assert counted == {"adipocyte"}  # 3T3-L1 is the only count that was found


def test_a_chosen_cell_type_gives_the_modules_its_numbers() -> None:
    hepatocyte = IL11.mechanism("receptor+jak_stat+hepatocyte")
    assert hepatocyte.priors["GP130_total_hepatocyte"].source == "pmc:PMC5640784"
    assert hepatocyte.network.parameters["SOCS3_ki_hepatocyte"].value == pytest.approx(1.6)
    assert "hexamer_hepatocyte" in hepatocyte.network.assignments
    both = IL11.mechanism("receptor+jak_stat+mapk_erk+fibroblast+microglia")
    assert {"pERK_fibroblast", "pERK_microglia"} <= set(both.network.species)
    everything = IL11.mechanism("receptor+cell_types")
    assert {f"IL11RA_{cell}" for cell in FIFTEEN} <= set(everything.network.species)


def test_the_same_numbers_reach_a_module_that_acts_in_the_cell() -> None:
    alone, joined = IL11.mechanism("receptor+fibroblast"), IL11.mechanism("receptor+fibrosis")
    assert str(alone.priors["IL11RA_total_fibroblast"]) == str(joined.priors["IL11RA_total_fibroblast"])


def test_a_name_that_is_no_parameter_is_said_with_its_line() -> None:
    def made(table: str) -> object:
        return make_cell_types(load(table, name="cell_types.yaml"))

    with pytest.raises(ModelError) as caught:
        made(TABLE.replace("known: {IL11RA_total", "known: {IL11RA_totl").replace("unknown: {IL11", "unknown: {IL12"))
    found = [str(problem) for problem in caught.value.problems]
    assert len(found) == 2
    assert "cell_types.yaml:5" in found[1]
    assert "did you mean 'IL11RA_total'?" in found[1]
    with pytest.raises(ModelError, match=r"'IL11RA_totl' is no parameter of 'receptor'; did you mean 'IL11RA_total'"):
        make_cell_types(load(TABLE.replace("IL11RA_total", "IL11RA_totl"))).given_to(IL11.module("receptor"))


def test_no_cell_type_has_the_name_of_a_module() -> None:
    assert not set(FIFTEEN) & set(IL11.module_names)


def signalling(dose: float, times: list[float], count: int = 200) -> dict[str, np.ndarray]:
    mechanism = IL11.mechanism("culture+receptor+jak_stat+mapk_erk+cell_types")
    save = [f"{what}_{cell}" for what in ("pSTAT3_fraction", "pERK") for cell in FIFTEEN]
    found = integrate(
        mechanism.network, times, members=count, parameters=draw_members(mechanism, count, 7), baseline=Baseline(),
        doses=[Dose("added_il11", dose / 19000.0)], save=save,
    )  # fmt: skip
    assert set(found.status) == {""}
    return {name: found.values[:, :, i] for i, name in enumerate(found.names)}


def test_signals_rise_with_dose_and_differ_where_something_is_known() -> None:
    times = [0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 1.0, 4.0, 24.0]
    low, high = signalling(1.0, times), signalling(100.0, times)
    for cell in FIFTEEN:
        weak, strong = low[f"pSTAT3_fraction_{cell}"], high[f"pSTAT3_fraction_{cell}"]
        assert np.mean(strong.max(axis=1) >= weak.max(axis=1) * 0.999) >= 0.95, cell
        assert np.mean(high[f"pERK_{cell}"][:, -1] >= low[f"pERK_{cell}"][:, -1] * 0.999) >= 0.95, cell
    carrying = ("fibroblast", "cardiac_fibroblast", "megakaryocyte", "endometrial_stroma", "adipocyte", "osteoblast")
    for cell in carrying:
        strong = high[f"pSTAT3_fraction_{cell}"]
        assert np.mean(strong.max(axis=1) > 2 * strong[:, 0]) >= 0.95, cell
    fibroblast = high["pSTAT3_fraction_fibroblast"]
    left = (fibroblast[:, -1] - fibroblast[:, 0]) / (fibroblast.max(axis=1) - fibroblast[:, 0])
    assert np.median(left) < 0.25
    sustained = high["pERK_fibroblast"]
    assert np.mean(sustained[:, -1] > 0.5 * sustained.max(axis=1)) >= 0.95
    few, many = (np.median(high[f"pSTAT3_fraction_{cell}"].max(axis=1)) for cell in ("microglia", "adipocyte"))
    assert few < many / 3

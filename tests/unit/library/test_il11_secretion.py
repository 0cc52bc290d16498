"""IL-11 that cells in a dish secrete: which rows are understood, what stimuli do, what reaches nothing is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pleio.inference.observations import Observation
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation.rows import NotModelled, Plan, plan
from pleio.simulation.ensemble import integrate
from pleio.simulation.protocol import Baseline, Dose

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
ROW = next(row for row in read_all(IL11) if row.id == "il11-airway-muscle-tgfb")


def asked(agent: str, amount: str | None = "10 ng/mL", condition: str = "lung fibroblasts", **values: Any) -> Plan:
    stimulus = ROW.stimulus.model_copy(update={"agent": agent, "amount": amount}) if ROW.stimulus else None
    population = ROW.population.model_copy(update={"condition": condition})
    row: Observation = ROW.model_copy(update={"stimulus": stimulus, "population": population, **values})
    return plan(row, READOUTS)


@pytest.mark.parametrize(
    ("agent", "amount", "given"),
    [
        ("TGF-β1", "5 ng/mL", "TGFb1-in-medium"),
        ("TGF-beta1", "5 ng/mL", "TGFb1-in-medium"),
        ("IL-1α", "1 ng/mL", "IL1-in-medium"),
        ("TNFα", "10 ng/mL", "TNF-in-medium"),
        ("PTH", "10 nM", "PTH-in-medium"),
        ("prostaglandin E2", "1 µM", "PGE2-in-medium"),
        ("RSV", None, "virus-in-medium"),
    ],
)
def test_what_raises_il11_is_given_to_a_dish(agent: str, amount: str | None, given: str) -> None:
    assert asked(agent, amount, "osteoblasts").side.agents == (given,)


@pytest.mark.parametrize(
    ("readout", "module"),
    [("IL-11 secretion", "il11_source"), ("IL-11 release", "bone"), ("IL-11 protein in supernatant", "il11_source")],
)
def test_secreted_il11_is_found_whatever_module_a_row_names(readout: str, module: str) -> None:
    one = asked("TGFb1", readout=readout, module=module)
    assert one.of == "il11_in_medium_fibroblast" and one.readout.against == "untreated"


@pytest.mark.parametrize("agent", ["TGFb1", "TNF", "IL-1", "PGE2"])
def test_stroma_of_the_womb_answers_in_its_own_module(agent: str) -> None:
    one = asked(agent, "10 nM", "endometrial stromal cells", module="endometrium", readout="il11_secretion_ratio")
    assert "il11_secretion" in one.side.mechanism


def test_what_is_given_must_reach_what_is_read_off() -> None:
    with pytest.raises(NotModelled, match="'PTH-in-medium' acts on nothing that 'igfbp1_relative' depends on"):
        asked("PTH", "10 nM", "endometrial stromal cells", module="endometrium", readout="igfbp1_relative", unit="%")


def medium(**signs: float) -> Any:
    mechanism = IL11.mechanism(["culture", "il11_secretion"])
    hold = {f"sign_{switch.id}": 0.0 for switch in mechanism.switches}
    doses = [Dose("added_tgfb", 0.0004), Dose("added_il1", 0.0001)]
    return integrate(
        mechanism.network,
        [0.0, 6.0, 24.0],
        parameters={name: np.array([value]) for name, value in {**hold, **signs}.items()},
        doses=doses,
        baseline=Baseline(hold=hold),
        save=["il11_in_medium", "il11_stimulated"],
        rtol=1e-8,
    ).values[0]


def test_medium_is_fresh_at_time_0_and_two_stimuli_multiply() -> None:
    none, tgfb, il1, both = (
        medium(**{f"sign_il11_on_{name}": 1.0 for name in names})
        for names in ((), ("tgfb",), ("il1",), ("tgfb", "il1"))
    )
    assert none[0, 0] == pytest.approx(0.0, abs=1e-6)
    assert none[2, 0] > none[1, 0] > 0
    assert none[:, 1] == pytest.approx(1.0)
    assert tgfb[2, 0] > 1.5 * none[2, 0] and il1[2, 0] > 1.2 * none[2, 0]
    assert both[2, 1] == pytest.approx(tgfb[2, 1] * il1[2, 1], rel=0.1)

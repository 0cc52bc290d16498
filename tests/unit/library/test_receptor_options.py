"""What the receptor can do besides: soluble receptor and soluble gp130, limiting gp130, the rest of the IL-6 family."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from pleio.library import open as open_library
from pleio.library.modules.members import draw_members
from pleio.simulation import Baseline, Dose, integrate

IL11 = open_library("il11")
COUNT = 100
KDA = {"il11": 19.0, "sil11ra": 40.0, "sgp130": 90.0, "il6": 21.0, "lif": 20.0, "osm": 23.0}
TRANS = IL11.mechanism("culture+receptor+jak_stat+fibroblast+microglia")
FAMILY = IL11.mechanism("culture+receptor+il6_family+jak_stat+fibroblast+hepatocyte")
WORLDS = draw_members(TRANS, COUNT, 5) | {name: np.zeros(COUNT) for name in ("sil11ra", "sgp130")}
WORLDS |= {"IL11RA_total_microglia": np.full(COUNT, 1e-5), "GP130_total_microglia": WORLDS["GP130_total_fibroblast"]}
ON, OFF = {"trans_signalling": 1.0}, {"trans_signalling": 0.0}


def dish(mechanism=TRANS, save="pSTAT3_fraction_microglia", hours=1.0, draws=WORLDS, more=OFF, **added: float):
    """Simulate a dish with proteins added, in ng/mL.  Shape (members, times)."""
    doses = [Dose(f"added_{name}", amount / KDA[name] / 1000) for name, amount in added.items() if amount]
    values = draws | {name: np.full(COUNT, value) for name, value in more.items()}
    found = integrate(
        mechanism.network, np.linspace(0, hours, 11), members=COUNT, parameters=values, doses=doses,
        baseline=Baseline(), save=[save],
    )  # fmt: skip
    assert set(found.status) == {""}
    return found.values[:, :, 0]


def half_of(doses: NDArray[np.float64], responses: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the dose of half the largest response for each world.  Shape (members,)."""
    at = responses / responses.max(axis=0)
    return np.array([np.exp(np.interp(0.5, column, np.log(doses))) for column in np.maximum.accumulate(at).T])


def test_trans_signalling_is_off_by_default() -> None:
    assert IL11.mechanism("receptor").network.parameters["trans_signalling"].value == 0
    rest = dish()
    assert dish(il11=10.0, sil11ra=1000.0) == pytest.approx(rest, abs=1e-4)  # no receptor of its own: no answer
    with_it = dish(save="pSTAT3_fraction_fibroblast", il11=10.0, sil11ra=1000.0)
    assert with_it == pytest.approx(dish(save="pSTAT3_fraction_fibroblast", il11=10.0), rel=1e-5)


def test_soluble_receptor_lets_cells_with_gp130_alone_answer_and_sgp130fc_prevents_it() -> None:
    rest = dish(more=ON, sil11ra=1000.0)
    answer = dish(more=ON, il11=10.0, sil11ra=1000.0)
    held = dish(more=ON, il11=10.0, sil11ra=1000.0, sgp130=10000.0)
    assert np.mean(answer.max(axis=1) > 2 * rest.max(axis=1)) >= 0.95
    assert np.median((held.max(axis=1) - rest[:, 0]) / (answer.max(axis=1) - rest[:, 0])) < 0.1
    serum = dish(more=ON, il11=10.0, sil11ra=10.0)  # the most that serum was guessed to hold
    assert np.median(serum.max(axis=1) / rest.max(axis=1)) < 1.5


def test_soluble_receptor_needs_ten_to_twenty_times_the_il11() -> None:
    doses = np.geomspace(0.1, 20000, 14)
    soluble = [dish(save="trimers_microglia", more=ON, il11=dose, sil11ra=100.0)[:, -1] for dose in doses]
    membrane = [dish(save="trimers_fibroblast", il11=dose)[:, -1] for dose in doses]
    ratio = half_of(doses, np.array(soluble)) / half_of(doses, np.array(membrane))
    low, middle, high = np.quantile(ratio, [0.05, 0.5, 0.95])
    assert 10 <= middle <= 20
    assert low < 10
    assert high > 20


def test_soluble_receptor_holds_cells_with_a_receptor_back_in_some_worlds_and_helps_in_others() -> None:
    change = (
        dish(save="trimers_fibroblast", more=ON, il11=1.0, sil11ra=1000.0)[:, -1]
        / dish(save="trimers_fibroblast", more=ON, il11=1.0)[:, -1]
    )
    assert np.mean(change < 0.9) > 0.1
    assert np.mean(change > 1.1) > 0.1


def test_gp130_limits_what_can_form() -> None:
    formed = dish(save="trimers_fibroblast", more=ON, il11=1000.0, sil11ra=1000.0, hours=24.0)
    assert np.all(formed <= WORLDS["GP130_total_fibroblast"][:, None] * (1 + 1e-6))


def test_the_family_takes_gp130_from_il11_and_signals_itself() -> None:
    draws = draw_members(FAMILY, COUNT, 5)
    given = {"il6": 40.0, "lif": 40.0, "osm": 40.0}

    def run(save: str, **added: float) -> NDArray[np.float64]:
        return dish(FAMILY, save, 4.0, draws, {}, **added)

    for cell in ("fibroblast", "hepatocyte"):
        name = f"[DRUG_IL11RA_GP130_{cell}]"
        alone, beside = run(name, il11=10.0)[:, 1:], run(name, il11=10.0, **given)[:, 1:]
        assert np.all(beside.mean(axis=1) < alone.mean(axis=1))
    stat3 = run("pSTAT3_fraction_hepatocyte", il6=40.0)
    assert np.mean(stat3.max(axis=1) > 2 * stat3[:, 0]) >= 0.95
    assert run("pSTAT3_fraction_fibroblast") == pytest.approx(
        np.repeat(run("pSTAT3_fraction_fibroblast")[:, :1], 11, axis=1), rel=1e-4
    )


def test_without_the_family_the_receptor_is_as_it_was() -> None:
    with_it = dish(FAMILY, "pSTAT3_fraction_fibroblast", 1.0, draw_members(FAMILY, COUNT, 5), {}, il11=10.0)
    without = IL11.mechanism("culture+receptor+jak_stat+fibroblast")
    plain = dish(without, "pSTAT3_fraction_fibroblast", 1.0, draw_members(without, COUNT, 5), {}, il11=10.0)
    assert with_it == pytest.approx(plain, rel=1e-5)

"""Chemotherapy, transfusions, and red cells: mass apart from concentration."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from pleio.inference.courses import Course
from pleio.library import open as open_library
from pleio.library.modules.members import draw_members
from pleio.simulation import Baseline, Dose, integrate

IL11 = open_library("il11")
DAY = 24.0
WORLDS, SUBJECTS = 30, 8
BLOOD = IL11.mechanism("oprelvekin_pk+receptor+chemotherapy+platelets+erythroid+volume_and_acute_phase")
DRAWS = draw_members(BLOOD, WORLDS, 5, subjects=SUBJECTS)
NEVER = {f"sign_{one.id}": 0.0 for one in BLOOD.switches}


def cycle(
    dose: float, save: list[str], days: float = 28.0, cycles: float = 1.0, **fixed: float
) -> tuple[NDArray[np.float64], ...]:
    """Simulate a cycle of chemotherapy and oprelvekin from the next day.  Each of shape (members, times)."""
    doses = [Dose("chemotherapy", cycles)] if cycles else []
    if dose:
        doses.append(Dose("oprelvekin_depot", dose * 70 / 19, start=DAY, every=DAY, times=17))
    values = DRAWS | {name: np.full(WORLDS * SUBJECTS, value) for name, value in fixed.items()}
    found = integrate(
        BLOOD.network, np.arange(0, days + 0.1, 0.5) * DAY, members=WORLDS * SUBJECTS, parameters=values, doses=doses,
        baseline=Baseline(hold=NEVER), save=save,
    )  # fmt: skip
    assert set(found.status) == {""}
    return tuple(np.moveaxis(found.values, 2, 0))


def test_few_on_placebo_and_more_on_the_drug_need_no_transfusion() -> None:
    shares = [cycle(dose, ["transfusion_free"])[0][:, -1].mean() for dose in (0, 25, 50)]
    assert 0.001 < shares[0] < 0.19  # 1 of 27, with the exact limits of a share
    assert 0.06 < shares[1] < 0.37  # 5 of 28
    assert 0.14 < shares[2] < 0.50  # 8 of 27
    assert shares[0] < shares[1] <= shares[2]


def test_counts_fall_to_a_nadir_and_come_back_and_sooner_on_the_drug() -> None:
    placebo, drug = (cycle(dose, ["platelets"], days=60, sign_red_cells=0.0)[0] for dose in (0, 50))
    middle = np.median(placebo, axis=0)
    assert 10 <= middle.argmin() * 0.5 <= 24
    assert middle[-1] > 0.7 * middle[0]
    below = [np.mean((count < 50).sum(axis=1) * 0.5) for count in (placebo, drug)]
    assert below[1] < below[0] - 1


def test_where_hardly_a_progenitor_is_left_the_drug_does_little() -> None:
    usual = [cycle(dose, ["transfusion_free"])[0][:, -1].mean() for dose in (0, 50)]
    ablated = [cycle(dose, ["transfusion_free"], cycles=2.0)[0][:, -1].mean() for dose in (0, 50)]
    # above the lower 95 % limit of 8 of 27 against 1 of 27, which is 0.059 by the method of Newcombe
    assert usual[1] - usual[0] > 0.06
    assert ablated[1] - ablated[0] < 0.02


def test_without_chemotherapy_nobody_is_transfused_and_progenitors_rest() -> None:
    free, progenitors = cycle(50, ["transfusion_free", "mk_progenitors"], cycles=0)
    assert free == pytest.approx(1.0)
    assert progenitors == pytest.approx(1.0, rel=1e-6)


def test_the_drug_dilutes_red_cells_and_leaves_their_mass() -> None:
    mass, share, plasma = cycle(50, ["red_cell_mass", "haematocrit", "plasma_volume"], 17, 0, sign_red_cells=0.0)
    assert np.all(share[:, -1] < share[:, 0])
    assert np.all(plasma[:, -1] > plasma[:, 0])
    assert np.all(np.abs(mass[:, :15] - 1) < 0.02)  # a week, as in volunteers, whose mass was unchanged
    assert np.quantile(mass[:, -1], 0.95) < 1.06  # erythropoietin answers the dilution a little later
    assert np.all(mass[:, -1] >= 1 - 1e-6)


def test_chemotherapy_costs_red_cell_mass_slowly() -> None:
    mass, _ = cycle(0, ["red_cell_mass", "haematocrit"])
    assert np.all(mass[:, -1] < 0.95)
    assert np.all(mass[:, -1] > 1 - 28 / 100)  # no more than what ages in the time


def test_a_contested_effect_on_red_cells_moves_their_mass_either_way() -> None:
    up, none, down = (cycle(50, ["red_cell_mass"], 28, 0, sign_red_cells=sign)[0][:, -1] for sign in (1, 0, -1))
    assert np.all(up > none)
    assert np.all(down < none)


def test_red_cells_answer_to_bleeding() -> None:
    network = IL11.mechanism("erythroid").network
    times = np.arange(0, 100) * DAY
    lost = [Dose(f"red_cell_{i}", -0.05) for i in (1, 2, 3, 4)]
    found = integrate(network, times, doses=lost, baseline=Baseline(), save=["red_cell_mass", "erythropoietin"])
    mass, signal = found.values[0].T
    assert mass[0] == pytest.approx(0.8, rel=0.01) or mass[1] == pytest.approx(0.8, rel=0.02)
    assert signal.max() > 1.5
    assert mass[-1] > 0.95


def test_the_drug_raises_platelets_and_the_knock_out_has_normal_counts_in_every_world() -> None:
    mechanism = IL11.mechanism("oprelvekin_pk+il11_source+receptor+platelets")
    draws = draw_members(mechanism, 200, 3)

    def counts(**fixed: float) -> NDArray[np.float64]:
        found = integrate(
            mechanism.network, np.arange(0, 22) * DAY, members=200,
            parameters=draws | {name: np.full(200, value) for name, value in fixed.items()},
            doses=[Dose("oprelvekin_depot", 50 * 70 / 19, every=DAY, times=14)],
            baseline=Baseline(hold={f"sign_{one.id}": 0.0 for one in mechanism.switches}), save=["platelets"],
        )  # fmt: skip
        return found.values[:, :, 0]

    drug = counts()
    assert np.all(drug.max(axis=1) > drug[:, 0])
    without = counts(IL11RA_total_megakaryocyte=1e-9)
    assert without[:, 0] == pytest.approx(draws["platelets_normal"], rel=1e-4)
    assert without == pytest.approx(np.repeat(without[:, :1], 22, axis=1), rel=1e-3)  # no receptor, no answer


def test_transfusions_are_as_many_as_a_count_is_low_for_and_never_fewer_than_who_had_one() -> None:
    mechanism = IL11.mechanism("receptor+chemotherapy+platelets")
    draws = draw_members(mechanism, 60, 5) | {"chemotherapy_share": np.linspace(0.2, 1.0, 60)}
    save = ["transfused_share", "platelet_transfusions"]
    found = integrate(
        mechanism.network, np.arange(0, 29) * DAY, members=60, parameters=draws, doses=[Dose("chemotherapy", 1.0)],
        baseline=Baseline(), save=[*save, "transfusion_cover", "platelets"],
    )  # fmt: skip
    share, number, cover, platelets = np.moveaxis(found.values, 2, 0)
    assert np.all(number >= share - 1e-6)
    assert np.all(number[:, -1] <= 1 + 28 * 24 / draws["transfusion_holds"])
    assert np.all((cover > -1e-6) & (cover < 1))
    never = platelets.min(axis=1) > draws["transfusion_trigger"]
    assert never.any() and (~never).any()
    assert number[never, -1] == pytest.approx(0, abs=1e-6)
    assert np.all(number[~never, -1] > 0)


def test_how_long_a_count_is_low_and_when_it_is_back() -> None:
    times = np.arange(0.0, 11.0)
    count = np.array([9, 7, 4, 3, 4, 6, 8, 9, 9, 9, 9], dtype=float)
    course = Course(times, np.stack([count, count + 5])[None], np.array([[9.0, 14.0]]))
    assert course.take("time_of_minimum", at=10.0)[0] == pytest.approx([3, 3])
    assert course.take("under", at=10.0, beyond=5)[0] == pytest.approx([3, 0])
    assert course.take("back_over", at=10.0, beyond=5)[0] == pytest.approx([5, 0])
    assert course.take("ever_under", at=10.0, beyond=5)[0] == pytest.approx([1, 0])
    lowest = course.take("time_of_minimum", at=10.0)[0][0]
    assert course.take("since_lowest", at=10.0, beyond=5)[0] == pytest.approx([5 - lowest, 0])
    assert course.take("back_over", at=3.0, beyond=5)[0] == pytest.approx([3, 0])  # not back in the time looked at


def test_the_furthest_from_untreated_is_above_or_below() -> None:
    times = np.arange(0.0, 4.0)
    course = Course(times, np.array([[[0.4, 0.6, 0.5, 0.4], [0.4, 0.1, 0.3, 0.9]]]), np.array([[0.4, 0.4]]))
    assert course.take("furthest", at=3.0)[0] == pytest.approx([0.6, 0.9])
    assert course.take("furthest", at=2.0)[0] == pytest.approx([0.6, 0.1])
    flat = Course(times, np.full((1, 1, 4), 0.4), np.array([[0.4]]))
    assert flat.take("furthest", at=3.0)[0] == pytest.approx([0.4])

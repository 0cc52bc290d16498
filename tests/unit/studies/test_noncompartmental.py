"""Against Phoenix WinNonlin on the public Theoph and Indometh data, and against closed forms.

The WinNonlin results are those that the NonCompart-tests repository publishes (dose 320 mg and 25 mg).
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from pleio.base.errors import StudyError
from pleio.studies.endpoints.noncompartmental import analyse, areas

THEOPH = {
    1: ([0.0, 0.25, 0.57, 1.12, 2.02, 3.82, 5.1, 7.03, 9.05, 12.12, 24.37],
        [0.74, 2.84, 6.57, 10.5, 9.66, 8.58, 8.36, 7.47, 6.89, 5.94, 3.28]),
    6: ([0.0, 0.27, 0.58, 1.15, 2.03, 3.57, 5.0, 7.0, 9.22, 12.1, 23.85],
        [0.0, 1.29, 3.08, 6.44, 6.32, 5.53, 4.94, 4.02, 3.46, 2.78, 0.92]),
    10: ([0.0, 0.37, 0.77, 1.02, 2.05, 3.55, 5.05, 7.08, 9.38, 12.1, 23.7],
         [0.24, 2.89, 5.22, 6.41, 7.83, 10.21, 9.18, 8.02, 7.14, 5.68, 2.42]),
}  # fmt: skip
WINNONLIN_LINEAR = {  # cmax, tmax, AUClast, AUCinf, lambda z, half-life, CL/F, Vz/F, % extrapolated
    1: (10.5, 1.12, 148.923050, 216.611933, 0.048457, 14.304378, 1.477296, 30.486748, 31.248917),
    6: (6.44, 1.15, 73.775550, 84.254418, 0.087796, 7.894998, 3.798020, 43.259735, 12.437174),
    10: (10.21, 3.55, 138.368100, 170.652061, 0.074960, 9.246916, 1.875160, 25.015540, 18.918002),
}
WINNONLIN_LOG = {  # AUClast, AUCinf, CL/F, Vz/F
    1: (147.234748, 214.923632, 1.488901, 30.726232),
    6: (71.697015, 82.175883, 3.894087, 44.353935),
    10: (135.576070, 167.860031, 1.906350, 25.431626),
}
INDOMETH_TIMES = [0.25, 0.5, 0.75, 1.0, 1.25, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0]
INDOMETH = {
    1: [1.5, 0.94, 0.78, 0.48, 0.37, 0.19, 0.12, 0.11, 0.08, 0.07, 0.05],
    4: [1.85, 1.39, 1.02, 0.89, 0.59, 0.4, 0.16, 0.11, 0.1, 0.07, 0.07],
    6: [2.31, 1.44, 1.03, 0.84, 0.64, 0.42, 0.24, 0.17, 0.13, 0.1, 0.09],
}
WINNONLIN_BOLUS = {  # lambda z, C0, AUClast, AUCinf, Vz, CL
    1: (0.158320, 2.393617, 2.040452, 2.356267, 67.015978, 10.610002),
    4: (0.455445, 2.462230, 2.785279, 2.938974, 18.677030, 8.506369),
    6: (0.353521, 3.705625, 3.335703, 3.590285, 19.696834, 6.963235),
}


@pytest.mark.parametrize("subject", THEOPH)
def test_theophylline_by_mouth(subject: int) -> None:
    found = analyse(*THEOPH[subject], 320.0, falling="linear")
    got = (found.cmax, found.tmax, found.auc_last, found.auc_inf, found.lambda_z, found.half_life, found.clearance,
           found.vz, 100 * found.extrapolated)  # fmt: skip
    assert got == pytest.approx(WINNONLIN_LINEAR[subject], rel=1e-5)
    log = analyse(*THEOPH[subject], 320.0)
    assert (log.auc_last, log.auc_inf, log.clearance, log.vz) == pytest.approx(WINNONLIN_LOG[subject], rel=1e-6)
    assert math.isnan(log.vss)


@pytest.mark.parametrize("subject", INDOMETH)
def test_indomethacin_as_a_bolus(subject: int) -> None:
    found = analyse(INDOMETH_TIMES, INDOMETH[subject], 25.0, route="bolus", falling="linear")
    got = (found.lambda_z, found.c0, found.auc_last, found.auc_inf, found.vz, found.clearance)
    assert got == pytest.approx(WINNONLIN_BOLUS[subject], rel=1e-5)
    assert (found.cmax, found.tmax) == (INDOMETH[subject][0], 0.25)


def test_one_compartment_bolus_is_exact() -> None:
    times = np.array([0.0, 0.5, 1, 2, 4, 8, 12, 24])
    found = analyse(times, 100 / 20 * np.exp(-0.1 * times), 100.0, route="bolus")
    assert found.clearance == pytest.approx(2.0, rel=1e-12)
    assert (found.vz, found.vss) == pytest.approx((20.0, 20.0), rel=1e-12)
    assert (found.mrt, found.half_life) == pytest.approx((10.0, math.log(2) / 0.1), rel=1e-12)
    assert found.points == 8


def test_an_infusion_has_the_volume_of_its_bolus() -> None:
    k, volume, length, dose = 0.2, 10.0, 2.0, 50.0
    times = np.concatenate([np.linspace(0, 2, 400), np.linspace(2.01, 40, 400)])
    running = dose / length / (k * volume) * (1 - np.exp(-k * np.minimum(times, length)))
    found = analyse(
        times, running * np.exp(-k * np.maximum(times - length, 0)), dose, route="infusion", duration=length
    )
    assert (found.clearance, found.vss) == pytest.approx((k * volume, volume), rel=1e-5)


def test_two_compartments_have_different_volumes() -> None:
    times = np.concatenate([np.linspace(0, 5, 2000), np.linspace(5.02, 120, 1000)])
    a, alpha, b, beta = 8.0, 1.0, 2.0, 0.05
    found = analyse(times, a * np.exp(-alpha * times) + b * np.exp(-beta * times), 100.0, route="bolus")
    auc, aumc = a / alpha + b / beta, a / alpha**2 + b / beta**2
    # the rule takes more points where R² is within 0.0001 of the best, so the slope holds a trace of the first phase
    assert found.auc_inf == pytest.approx(auc, rel=1e-4)
    assert found.vss == pytest.approx(100 * aumc / auc**2, rel=1e-3)
    assert found.lambda_z == pytest.approx(beta, rel=0.01)
    assert found.vz == pytest.approx(100 / found.auc_inf / found.lambda_z) and found.vz > found.vss


def test_what_cannot_be_told_is_nan() -> None:
    rising = analyse([0, 1, 2, 3], [0, 1, 2, 3], 1.0)
    assert math.isnan(rising.half_life) and math.isnan(rising.clearance)
    assert (rising.cmax, rising.auc_last) == (3, 4.5)
    assert math.isnan(analyse([0, 1], [0, 0], 1.0).auc_last)


def test_bad_profiles_are_refused_with_every_problem() -> None:
    with pytest.raises(StudyError) as caught:
        analyse([0, 2, 1, 3], [0, -1, 2, 1], 1.0)
    assert len(caught.value.problems) == 2
    with pytest.raises(StudyError, match="fewer than two"):
        analyse([0, 1], [np.nan, 1], 1.0)


def test_areas_of_a_line_and_of_an_exponential() -> None:
    assert areas(np.array([0.0, 2.0]), np.array([1.0, 3.0])) == (4.0, 6.0)
    area, moment = areas(np.array([1.0, 3.0]), np.exp(-np.array([1.0, 3.0])))
    assert area == pytest.approx(math.exp(-1) - math.exp(-3))
    assert moment == pytest.approx(2 * math.exp(-1) - 4 * math.exp(-3))

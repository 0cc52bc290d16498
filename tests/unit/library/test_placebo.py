"""Chances on placebo are those of the meta-analyses that they cite, as shares of patients."""

from __future__ import annotations

import math

import pytest

import pleio

NORMAL_95 = 1.645  # of five trials in a hundred each way


@pytest.mark.parametrize(
    ("name", "pooled", "lowest", "highest"),
    [("remission_odds_placebo", 0.18, 0.082, 0.303), ("arthritis_response_odds_placebo", 0.29, 0.10, 0.462)],
)
def test_the_middle_is_what_was_pooled_and_trials_reach_about_as_far_as_they_did(
    name: str, pooled: float, lowest: float, highest: float
) -> None:
    prior = pleio.open("il11").mechanism("oprelvekin_pk+inflammation").priors[name]
    assert prior.value / (1 + prior.value) == pytest.approx(pooled, abs=0.005)
    spread = prior.distribution.second
    reach = [pooled / (1 - pooled) * math.exp(sign * NORMAL_95 * spread) for sign in (-1, 1)]
    shares = [odds / (1 + odds) for odds in reach]
    assert shares == pytest.approx([lowest, highest], abs=0.1)

"""What the playground remembers changes no answer; `bench/remembered.py` moves for as long as wished."""

from __future__ import annotations

import random

import pytest

from scenario_moves import answered, differences, forget, moves


@pytest.mark.parametrize("seed", [1, 2])
def test_an_answer_from_memory_is_that_without_one(seed: int) -> None:
    forget()
    asked = list(moves(random.Random(seed), 12))
    warm = [answered(one) for one in asked]
    assert sum(not isinstance(one, str) for one in warm) > 6, "most of what is asked can be answered"
    for scenario, remembered in zip(asked, warm, strict=True):
        forget()
        assert differences(remembered, answered(scenario)) == [], scenario

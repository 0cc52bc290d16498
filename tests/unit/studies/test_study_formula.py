"""A formula of a study means what the same formula of a mechanism means, element by element."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.mechanisms import parse_formula
from pleio.mechanisms.interpret import evaluate as interpreted
from pleio.studies.formula import evaluate

VALUES = {"a": np.array([-1.5, 0.0, 0.5, 2.0, np.nan]), "b": np.array([2.0, 1.0, 0.5, -0.5, 1.0])}


@pytest.mark.parametrize(
    "text",
    [
        "piecewise(1, a > 1, 2, a > 0, 3)", "piecewise(1, a > 1, 2, a > 0)", "piecewise(a, a > b, b, a < b)",
        "max(a, b, 0)", "a + b - 2", "a * b / 3", "a^2", "abs(a) ^ b", "exp(a)", "ln(b)", "log10(b)", "sqrt(b)",
        "a < b && b > 0", "a < b || b > 1", "!(a <= b)", "a == 0.5", "a != 0.5", "a >= b", "-a", "pi * a",
        "min(a, b, 1)",
    ],
)  # fmt: skip
def test_a_study_reads_a_formula_as_a_mechanism_does(text: str) -> None:
    expected = interpreted(parse_formula(text), VALUES)
    np.testing.assert_allclose(evaluate(text, VALUES), np.broadcast_to(expected, (5,)), rtol=1e-14)


def test_of_several_conditions_that_hold_the_first_decides() -> None:
    assert evaluate("piecewise(1, a > 1, 2, a > 0, 3)", {"a": np.array([2.0, 0.5, -1.0])}).tolist() == [1, 2, 3]
    assert np.isnan(evaluate("piecewise(1, a > 1)", {"a": 0.0}))

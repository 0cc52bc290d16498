"""Members of an ensemble drawn straight from a mechanism's priors: one subject of one world each.

For calibration, tests and tables, where no study is run: signs stand at what their claims claim.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ...assembly.module import Mechanism
from ...studies.subjects.cohort import evenly
from ...studies.subjects.draws import uniforms

Array = NDArray[np.float64]


def draw_members(
    mechanism: Mechanism,
    count: int,
    seed: int,
    *,
    at: Mapping[str, float] | None = None,
    subjects: int = 1,
    even: bool = False,
) -> dict[str, Array]:
    """Draw parameters for `count` worlds with `subjects` subjects each.

    Args:
        at: medians to use in place of what is known of some parameters; they do not differ between worlds then.
        even: spread the subjects of each world evenly over what they differ in.
    Returns:
        Parameter → values in its unit.  Shape (count * subjects,), subjects running fastest.
    """
    given = dict(at or {})
    worlds = np.repeat(np.arange(count), subjects)
    subject = np.tile(np.arange(subjects), count)
    values: dict[str, Array] = {}
    for name, prior in mechanism.priors.items():
        if name in given:
            values[name] = np.full(len(worlds), given[name])
        elif not prior.distribution.is_constant:
            values[name] = np.asarray(prior.distribution.quantile(uniforms(seed, f"parameter {name}", worlds)))
        if prior.between_subjects:
            base = values.get(name, np.full(len(worlds), prior.value))
            uniform = uniforms(seed, f"subject {name}", worlds, subject)
            if even:
                places = uniforms(seed, f"place of {name}", worlds, subject)
                uniform = evenly(uniform.reshape(count, subjects), places.reshape(count, subjects)).ravel()
            values[name] = base * _factor(prior.between_subjects, uniform)
    return values


def _factor(variation: float, uniform: Array) -> Array:
    """Give log-normal factors with median 1 and a coefficient of variation."""
    from scipy.special import ndtri

    return np.asarray(np.exp(math.sqrt(math.log1p(variation**2)) * ndtri(uniform)))

"""What a PEtab problem is, once it is read: a network at its nominal values, and what was done and measured."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ...mechanisms.expression import Expression
from ...mechanisms.network import Network

Given = float | str  # a number, or the id of a parameter


@dataclass(frozen=True)
class Observable:
    """What is measured: a formula of the model, the formula of its noise, on which scale, with which errors.

    Attributes:
        scale: lin, log or log10: where residuals are taken.
        law: normal or laplace.
    """

    formula: Expression
    noise: Expression
    scale: str = "lin"
    law: str = "normal"


@dataclass(frozen=True)
class Measurement:
    """One measured value.

    Attributes:
        where: the file and the line.
        before: the condition in which the model comes to rest first; "" where it starts as it is stated.
        time: in the model's time unit; infinite for the steady state.
        overrides: placeholder of the observable's formulas → what stands for it here.
    """

    where: str
    observable: str
    before: str
    condition: str
    time: float
    value: float
    overrides: Mapping[str, Given]


@dataclass(frozen=True, repr=False)
class Petab:
    """A parameter estimation problem.

    Attributes:
        network: the model, its parameters at their nominal values.
        nominal: parameter → nominal value, on the linear scale; also of those that are not in the model.
        estimated: the parameters that are to be estimated.
        conditions: condition → what it sets of the model, and to what; NaN is left out.
    """

    network: Network
    nominal: Mapping[str, float]
    estimated: tuple[str, ...]
    conditions: Mapping[str, Mapping[str, Given]]
    observables: Mapping[str, Observable]
    measurements: tuple[Measurement, ...]

    def __repr__(self) -> str:
        counts = f"conditions {len(self.conditions)}, observables {len(self.observables)}"
        return f"<Petab {self.network.name}: {counts}, measurements {len(self.measurements)}>"

    def number(self, given: Given) -> float:
        """Give a number as it is, and of a parameter its nominal value, or what the model states; NaN if none."""
        if isinstance(given, float):
            return given
        if given in self.nominal:
            return self.nominal[given]
        stated = self.network.parameters[given].value
        return math.nan if stated is None or given in self.network.assignments else stated

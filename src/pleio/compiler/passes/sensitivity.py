"""How a solution changes with its parameters: more states of the same system, from the same graph.

With s = ∂y/∂p, differentiating y' = f(y, p) gives s' = (∂f/∂y) s + ∂f/∂p. A parameter is treated as a state that stands
still, so that one derivative pass gives both matrices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...mechanisms.equations import Equations
from ...mechanisms.expression import ZERO
from ..graph import Graph
from .derivative import TIME, Gradient, gradients


@dataclass(frozen=True)
class Extension:
    """The rates of the slopes, and the slopes of the outputs: for each parameter all of them, one after the other."""

    rates: list[int]
    outputs: list[int]


def with_states(equations: Equations, to: Sequence[str]) -> Equations:
    """Let some constants be states that stand still."""
    if not to:
        return equations
    return replace(
        equations,
        constants=tuple(key for key in equations.constants if key not in to),
        states=(*equations.states, *to),
        rates={**equations.rates, **dict.fromkeys(to, ZERO)},
    )


def slope_names(of: Iterable[str], to: Sequence[str]) -> list[str]:
    """Name the slopes, in the order of `Extension`."""
    names = list(of)
    return [f"∂{name}/∂{key}" for key in to for name in names]


def extend(graph: Graph, rates: Sequence[int], outputs: Sequence[int], parameters: Sequence[int]) -> Extension:
    """Differentiate a system by some of its states that stand still.

    Args:
        rates: of all states, those that stand still among them.
        parameters: their indices.
    """
    count = len(rates)
    rate_slopes, output_slopes = gradients(graph, rates), gradients(graph, outputs)
    more_rates, more_outputs = [], []
    for place in range(len(parameters)):
        slopes = [graph.state(count * (place + 1) + i) for i in range(count)]
        more_rates += [_along(graph, gradient, slopes) for gradient in rate_slopes]
        more_outputs += [_along(graph, gradient, slopes) for gradient in output_slopes]
    return Extension(more_rates, more_outputs)


def _along(graph: Graph, gradient: Gradient, slopes: Sequence[int]) -> int:
    """Σ (∂f/∂y) s; the slope of the parameter itself is a state that stays 1."""
    return graph.sum(graph.mul(term, slopes[variable]) for variable, term in gradient.items() if variable != TIME)

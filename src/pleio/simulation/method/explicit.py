"""Explicit Runge–Kutta methods for networks that are not stiff: no matrix, so a step costs a fraction.

    kₛ = f(t + cₛ h, y + h Σ aₛⱼ kⱼ)

The last stage's argument is the new value, and its rate is the first stage of the next step.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Explicit:
    """A method of this form.

    Attributes:
        order: of the solution; the error estimate has one less.
        a, nodes: rows s of aₛⱼ, j < s, and cₛ.
        error: weights of the stages in the error estimate, to be multiplied by h.
        dense: weights of the stages in the highest term of the interpolant (`simulation.lockstep.explicit`).
    """

    name: str
    order: int
    a: Rows
    nodes: tuple[float, ...]
    error: tuple[float, ...]
    dense: tuple[float, ...]
    source: str

    @property
    def stages(self) -> int:
        return len(self.nodes)


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(Fraction(part)) for part in text.split())


DORMAND_PRINCE: Final = Explicit(
    name="Dormand–Prince 5(4)",
    order=5,
    a=(
        (),
        _numbers("1/5"),
        _numbers("3/40 9/40"),
        _numbers("44/45 -56/15 32/9"),
        _numbers("19372/6561 -25360/2187 64448/6561 -212/729"),
        _numbers("9017/3168 -355/33 46732/5247 49/176 -5103/18656"),
        _numbers("35/384 0 500/1113 125/192 -2187/6784 11/84"),
    ),
    nodes=_numbers("0 1/5 3/10 4/5 8/9 1 1"),
    error=_numbers("71/57600 0 -71/16695 71/1920 -17253/339200 22/525 -1/40"),
    dense=_numbers(
        "-12715105075/11282082432 0 87487479700/32700410799 -10690763975/1880347072 "
        "701980252875/199316789632 -1453857185/822651844 69997945/29380423"
    ),
    source="Dormand & Prince 1980, doi:10.1016/0771-050X(80)90013-3; dense output of Hairer, Nørsett & Wanner 1993, "
    "Solving Ordinary Differential Equations I, section II.6",
)

"""Contested effects as switches: factors on rate laws, neutral until something differs from the untreated state.

A switch multiplies its reaction's rate by exp(sign · gain · (h(x) − h(x₀))) with h(x) = x / (half + x) and x₀ the value
of x at the end of the baseline phase.  Rates stay positive, the untreated steady state is untouched whatever the sign,
and with sign 0 the factor is exactly 1.

A switch `of_loss` has h(x) − h(x₀) over the larger of the two: its gain is what losing all of x does, however much of
the range of the effect x₀ holds, and no rise of x does more than the loss of all of it.  Where there is no x₀ to lose,
the factor stays 1 as long as x stays 0.

A switch `made_up_by` something asks what a loss of x does, and a drug that does what x does makes up for that loss: up
to x₀, x is what is left of it and what makes up for it; beyond x₀ it is x alone.  What the drug does beyond that is
another switch's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..mechanisms.expression import Expression, apply, baseline, name, number
from ..mechanisms.network import Network, Parameter
from .module import Switch

TINY = 1e-9
"""Keeps a share of nothing from being divided by."""


def add_switches(network: Network, switches: Iterable[Switch]) -> Network:
    """Multiply each switch's rate law by its factor, and add its parameters sign_<id>, gain_<id> and half_<id>.

    The driver and the reaction of each switch must exist in the network.
    """
    reactions, parameters = dict(network.reactions), dict(network.parameters)
    for switch in switches:
        reaction = reactions[switch.reaction]
        assert reaction.rate is not None, "library reactions have rate laws"
        reactions[switch.reaction] = replace(reaction, rate=apply("times", reaction.rate, factor(switch)))
        parameters[f"sign_{switch.id}"] = Parameter(float(switch.sign), "1", label=f"sign of {switch.claim}")
        for part, prior in (("gain", switch.gain), ("half", switch.half)):
            parameters[f"{part}_{switch.id}"] = Parameter(
                prior.value, prior.unit, label=prior.meaning, source=prior.source, trust=prior.trust
            )
    return network.replace(reactions=reactions, parameters=parameters)


def factor(switch: Switch) -> Expression:
    """Give the factor that a switch puts on its reaction's rate."""
    half = name(f"half_{switch.id}")
    now, before = name(switch.driver), baseline(switch.driver)
    if switch.made_up_by:
        with_it = apply("plus", now, name(switch.made_up_by))
        now = apply("max", now, apply("min", with_it, before))
    change = apply("plus", _share(now, half), apply("negative", _share(before, half)))
    if switch.of_loss:
        larger = apply("max", _share(now, half), _share(before, half))
        change = apply("divide", change, apply("plus", larger, number(TINY)))
    if switch.direction < 0:
        change = apply("negative", change)
    return apply("exp", apply("times", name(f"sign_{switch.id}"), name(f"gain_{switch.id}"), change))


def _share(x: Expression, half: Expression) -> Expression:
    return apply("divide", x, apply("plus", half, x))

"""Rare combinations of SBML's quantities, rules and formulas, each with its solution in closed form.

name: (Level 3 model in short, what is saved, solution over the time).
"""

# ruff: noqa: E501  # a model in short stays on one line

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

Case = tuple[str, str, Callable[[Any], tuple[Any, ...]]]
exp, nan = np.exp, np.nan
C = '<compartment id="C" size="2"/>'
GROWING = '<compartment id="C" size="1" constant="false"/><rateRule variable="C" math="1"/>'  # 1 + t
X = '<parameter id="x" value="0" constant="false"/>'
Y = '<parameter id="y" value="0" constant="false"/>'
TICKING = Y + '<rateRule variable="y" math="1"/>'


def rule(formula: str, key: str = "x") -> str:
    return f'<parameter id="{key}" constant="false"/><assignmentRule variable="{key}" math="{formula}"/>'


def _fibonacci(t: Any) -> Any:
    """`y' = y(t − 0.5)`, 1 before 0: by steps, y is a polynomial of one degree more on each half unit."""
    total = np.zeros_like(t)
    for n in range(8):
        part = t - 0.5 * (n - 1)
        total = total + np.where(part > 0, np.abs(part) ** n / math.factorial(n), 0.0)
    return total


MODELS: dict[str, Case] = {
    # species, units of substance, compartments
    "an amount in formulas, a growing compartment": (
        GROWING
        + '<species id="S" initialConcentration="3" hasOnlySubstanceUnits="true"/><reaction id="r" from="S" rate="0.3*S"/>',
        "[S]",
        lambda t: (3 * exp(-0.3 * t) / (1 + t),),
    ),
    "a boundary species dilutes": (
        GROWING
        + '<species id="S" initialAmount="3" boundaryCondition="true"/><species id="P" initialAmount="0"/><reaction id="r" from="S" to="P" rate="S"/>',
        "[S] P",
        lambda t: (3 / (1 + t), 3 * np.log1p(t)),
    ),
    "a boundary species with the rate of its concentration": (
        GROWING
        + '<species id="S" initialConcentration="1" boundaryCondition="true"/><rateRule variable="S" math="2"/><species id="P" initialAmount="0"/><reaction id="r" from="S" to="P" rate="S"/>',
        "S P",
        lambda t: ((1 + 2 * t) * (1 + t), t + t * t),
    ),
    "a concentration held by a rule of zero rate": (
        GROWING + '<species id="S" initialConcentration="3"/><rateRule variable="S" math="0"/>',
        "S",
        lambda t: (3 * (1 + t),),
    ),
    "a constant species in a growing compartment": (
        GROWING
        + '<species id="S" initialAmount="6" constant="true" boundaryCondition="true"/><species id="P" initialAmount="0"/><reaction id="r" from="S" to="P" rate="S"/>',
        "[S] P",
        lambda t: (6 / (1 + t), 6 * np.log1p(t)),
    ),
    "a compartment that shrinks as what it holds grows": (
        '<compartment id="C" size="4" constant="false"/><rateRule variable="C" math="-0.5*C"/><species id="S" initialAmount="2"/><reaction id="r" to="S" rate="S*C"/>',
        "[S] C",
        lambda t: (0.5 * exp(1.5 * t), 4 * exp(-0.5 * t)),
    ),
    "a compartment by a rule over a species in it": (
        '<compartment id="C" constant="false"/><assignmentRule variable="C" math="1+S"/><species id="S" initialAmount="1" hasOnlySubstanceUnits="true"/><reaction id="r" to="S" rate="2"/>',
        "[S] C",
        lambda t: ((1 + 2 * t) / (2 + 2 * t), 2 + 2 * t),
    ),
    "a compartment by a rule over a state, a concentration with reactions": (
        '<compartment id="C" constant="false"/><assignmentRule variable="C" math="1+y"/>'
        + TICKING
        + '<species id="S" initialConcentration="3"/><reaction id="r" from="S" rate="0.3*S*C"/>',
        "[S]",
        lambda t: (3 * exp(-0.3 * t) / (1 + t),),
    ),
    "a compartment without a size": (
        '<compartment id="C"/><species id="S" initialAmount="3" hasOnlySubstanceUnits="true"/><reaction id="r" from="S" rate="S"/>',
        "S C",
        lambda t: (3 * exp(-t), nan),
    ),
    "a compartment whose size only an initial assignment gives": (
        '<compartment id="C"/><initialAssignment symbol="C" math="2*3"/><species id="S" initialConcentration="3"/><reaction id="r" from="S" rate="S"/>',
        "S C",
        lambda t: (18 * exp(-t / 6), 6),
    ),
    "an area": (
        '<compartment id="C" spatialDimensions="2" size="5" constant="false"/><rateRule variable="C" math="5"/><species id="S" initialConcentration="2"/><reaction id="r" from="S" rate="S"/>',
        "S",
        lambda t: (10 * (1 + t) ** -0.2,),
    ),
    "dimensions that are no whole number": (
        '<compartment id="C" spatialDimensions="2.5" size="4"/><species id="S" initialConcentration="2"/><reaction id="r" from="S" rate="4*S"/>',
        "S",
        lambda t: (8 * exp(-t),),
    ),
    "from a point to a volume": (
        '<compartment id="Q" spatialDimensions="0"/><compartment id="C" size="4"/><species id="A" compartment="Q" initialAmount="3"/><species id="B" initialAmount="0"/><reaction id="r" from="A" to="B" rate="0.5*A"/>'
        + rule("A+10*B"),
        "A [B] x",
        lambda t: (
            3 * exp(-0.5 * t),
            0.75 * (1 - exp(-0.5 * t)),
            3 * exp(-0.5 * t) + 7.5 * (1 - exp(-0.5 * t)),
        ),
    ),
    "two compartments of different sizes": (
        '<compartment id="C" size="2"/><compartment id="D" size="8"/><species id="A" initialConcentration="4"/><species id="B" compartment="D" initialConcentration="0"/>'
        '<reaction id="r" from="A" to="B" rate="A-B" reversible="true"/>',
        "[A] [B]",
        lambda t: (0.8 + 3.2 * exp(-0.625 * t), 0.8 - 0.8 * exp(-0.625 * t)),
    ),
    "one assigned as amount, one as concentration": (
        '<compartment id="C" size="4"/><species id="S" hasOnlySubstanceUnits="true"/><assignmentRule variable="S" math="time"/><species id="P"/><assignmentRule variable="P" math="time"/>',
        "[S] P",
        lambda t: (t / 4, 4 * t),
    ),
    "starts of an amount and of a concentration by assignment": (
        '<compartment id="C" size="4"/><species id="S" initialConcentration="9" hasOnlySubstanceUnits="true"/><initialAssignment symbol="S" math="2"/><species id="P" initialAmount="9"/><initialAssignment symbol="P" math="2"/>',
        "S P",
        lambda t: (2, 8),
    ),
    # conversion factors
    "a conversion factor over a growing compartment, an amount": (
        GROWING.replace("C", "C")
        + '<parameter id="f" value="4"/><species id="S" initialAmount="1" conversionFactor="f" hasOnlySubstanceUnits="true"/><reaction id="r" to="3 S" rate="0.5"/>',
        "[S]",
        lambda t: ((1 + 6 * t) / (1 + t),),
    ),
    "a conversion factor with a start of its own": (
        C
        + '<parameter id="f"/><initialAssignment symbol="f" math="2+1"/><species id="S" initialAmount="0" conversionFactor="f"/><reaction id="r" to="n=1 S" rate="1"/><assignmentRule variable="n" math="time"/>',
        "S n",
        lambda t: (1.5 * t * t, t),
    ),
    "a conversion factor does not touch what a rule sets": (
        C
        + '<parameter id="f" value="7"/><species id="S" initialAmount="0" conversionFactor="f" boundaryCondition="true"/><rateRule variable="S" math="1"/><species id="P" initialAmount="0" conversionFactor="f"/><reaction id="r" from="S" to="P" rate="1"/>',
        "S P",
        lambda t: (2 * t, 7 * t),
    ),
    # stoichiometries
    "a stoichiometry by a rule over a concentration": (
        C
        + '<species id="S" initialConcentration="1"/><reaction id="r" to="n=1 S" rate="2"/><assignmentRule variable="n" math="S"/>',
        "[S] n",
        lambda t: (exp(t), exp(t)),
    ),
    "a stoichiometry that algebra gives": (
        C + '<species id="S" initialAmount="0"/><reaction id="r" to="n=1 S" rate="1"/><algebraicRule math="n-2-time"/>',
        "S",
        lambda t: (2 * t + t * t / 2,),
    ),
    "a start of a stoichiometry, used elsewhere": (
        C
        + '<species id="S" initialAmount="1"/><parameter id="k" value="3"/><reaction id="r" to="n=7 S" rate="n"/><initialAssignment symbol="n" math="k/2"/>'
        + rule("2*n"),
        "S x n",
        lambda t: (1 + 2.25 * t, 3, 1.5),
    ),
    "stoichiometries of one species on both sides": (
        C
        + '<species id="S" initialAmount="1"/><reaction id="r" from="n=1 S" to="m=1 S" rate="1"/><assignmentRule variable="n" math="2"/><rateRule variable="m" math="2"/>',
        "S m",
        lambda t: (1 - t + t * t, 1 + 2 * t),
    ),
    "a negative stoichiometry and a zero": (
        C
        + '<species id="S" initialAmount="1"/><species id="P" initialAmount="1"/><reaction id="r" from="-2 S+0 P" rate="1"/>',
        "S P",
        lambda t: (1 + 2 * t, 1),
    ),
    # rateOf
    "rateOf a species, a compartment, a parameter": (
        GROWING
        + TICKING
        + '<species id="S" initialAmount="5" hasOnlySubstanceUnits="true"/><reaction id="r" from="S" rate="0.4*S"/>'
        + rule("rateOf(S) + 100*rateOf(C) + 10*rateOf(y)"),
        "x",
        lambda t: (-2 * exp(-0.4 * t) + 110,),
    ),
    "rateOf what is constant": (
        C + '<parameter id="k" value="3"/><species id="S" initialAmount="1"/>' + rule("rateOf(k)+rateOf(C)+rateOf(S)"),
        "x",
        lambda t: (0,),
    ),
    "rateOf in a start": (
        TICKING.replace('math="1"', 'math="7+y"') + X + '<initialAssignment symbol="x" math="rateOf(y)"/>',
        "x",
        lambda t: (7,),
    ),
    "rateOf in a start, of a concentration": (
        '<compartment id="C" size="4"/><species id="S" initialConcentration="2"/><reaction id="r" from="S" rate="6*S"/>'
        + X
        + '<initialAssignment symbol="x" math="rateOf(S)"/>',
        "x",
        lambda t: (-3,),
    ),
    "rateOf in a kinetic law": (
        C
        + TICKING.replace('math="1"', 'math="time"')
        + '<species id="S" initialAmount="0"/><reaction id="r" to="S" rate="rateOf(y)*2"/>',
        "S",
        lambda t: (t * t,),
    ),
    "rateOf in a rate rule, of another": (
        TICKING.replace('math="1"', 'math="cos(time)"') + X + '<rateRule variable="x" math="rateOf(y)*3"/>',
        "x",
        lambda t: (3 * np.sin(t),),
    ),
    "rateOf in a function": (
        '<functionDefinition id="f" math="lambda(a, a*rateOf(a))"/>'
        + TICKING.replace('math="1"', 'math="2"')
        + rule("f(y)"),
        "x",
        lambda t: (4 * t,),
    ),
    "rateOf a boundary species with a rate": (
        C
        + '<species id="S" initialConcentration="1" boundaryCondition="true"/><rateRule variable="S" math="time"/><reaction id="r" from="S" rate="S"/>'
        + rule("rateOf(S)"),
        "x",
        lambda t: (t,),
    ),
    "rateOf with a conversion factor": (
        C
        + '<parameter id="f" value="5"/><species id="S" initialAmount="1" conversionFactor="f"/><reaction id="r" to="S" rate="3"/>'
        + rule("rateOf(S)"),
        "x",
        lambda t: (7.5,),
    ),
    # delay
    "a rate with a delay": (
        '<parameter id="y" value="1" constant="false"/><rateRule variable="y" math="delay(y, 0.5)"/>',
        "y",
        lambda t: (_fibonacci(t),),
    ),
    "delay of a reaction": (
        C + '<species id="S" initialAmount="1"/><reaction id="r" from="S" rate="S"/>' + rule("delay(r, 0.7)"),
        "x",
        lambda t: (np.where(t < 0.7, 0.5, 0.5 * exp(-0.5 * (t - 0.7))),),
    ),
    "delay of a concentration in a growing compartment": (
        GROWING + '<species id="S" initialAmount="3"/>' + rule("delay(S, 0.33)"),
        "x",
        lambda t: (np.where(t < 0.33, 3, 3 / (0.67 + t)),),
    ),
    "delay of the time and of a sum": (
        TICKING + rule("delay(time, 0.5) + delay(y*y+1, 0.5)"),
        "x",
        lambda t: (t - 0.5 + np.where(t < 0.5, 1, (t - 0.5) ** 2 + 1),),
    ),
    "delay by nothing, and of a constant": (
        TICKING + '<parameter id="k" value="4"/>' + rule("delay(y, 0) + delay(k, 1)"),
        "x",
        lambda t: (t + 4,),
    ),
    "delay of a delay": (
        TICKING + rule("delay(delay(y, 0.25), 0.5)"),
        "x",
        lambda t: (np.clip(t - 0.75, 0, None),),
    ),
    "a delay in a kinetic law, in a start": (
        C
        + TICKING
        + '<species id="S" initialAmount="0"/><reaction id="r" to="S" rate="delay(y, 1)"/><initialAssignment symbol="S" math="delay(C, 3)"/>',
        "S",
        lambda t: (4 + np.clip(t - 1, 0, None) ** 2 / 2,),
    ),
}

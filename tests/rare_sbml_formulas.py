"""Rare combinations of SBML's formulas, functions, local names and algebra, as `rare_sbml_quantities.py`."""

# ruff: noqa: E501  # a model in short stays on one line

from __future__ import annotations

import math

import numpy as np

from rare_sbml_quantities import TICKING, C, Case, X, rule

exp, nan = np.exp, np.nan

MODELS: dict[str, Case] = {
    # formulas
    "chains of relations": (rule("leq(1, 1, 2) + 2*geq(3, 2, 2) + 4*eq(1, 1, 1) + 8*gt(3, 2, 2)"), "x", lambda t: (7,)),
    "logic of one": (rule("and(true) + 2*or(false) + 4*xor(true) + 8*and(time &lt; 9)"), "x", lambda t: (13,)),
    "sums and products of one": (rule("plus(time) + times(3)"), "x", lambda t: (t + 3,)),
    "numbers as truths": (
        rule("piecewise(1, 2.5, 7) + piecewise(10, 0, 70) + 100*not(0.3) + 1000*and(2, 0.1) + 10000*xor(3, 0)"),
        "x",
        lambda t: (11071,),
    ),
    "truths as numbers": (rule("(time &lt; 5) + true*3 + (true == 1)*10 - false"), "x", lambda t: (14,)),
    "piecewise with nothing but otherwise": (rule("piecewise(time)"), "x", lambda t: (t,)),
    "piecewise takes the first that is true": (
        rule("piecewise(1, time &lt; 0.72, 2, time &lt; 1.33, 3, time &lt; 9, 4)"),
        "x",
        lambda t: (np.where(t < 0.72, 1, np.where(t < 1.33, 2, 3)),),
    ),
    "max and min of one and with no number": (
        '<parameter id="n" value="NaN"/>' + rule("max(time) + min(4)"),
        "x n",
        lambda t: (t + 4, nan),
    ),
    "quotient and rem of all signs": (
        rule("quotient(7, -2) + 10*rem(7, -2) + 100*quotient(-7, -2) + 1000*rem(-7, -2) + 1e5*rem(5.5, 2)"),
        "x",
        lambda t: (-3 + 10 + 300 - 1000 + 150000,),
    ),
    "rem of a state": (
        TICKING.replace('math="1"', 'math="3"') + rule("rem(y, 1.7)"),
        "x",
        lambda t: (np.fmod(3 * t, 1.7),),
    ),
    "implies": (
        rule("implies(true, false) + 2*implies(false, false) + 4*implies(time &gt; 9, 0) + 8*implies(1, 1)"),
        "x",
        lambda t: (14,),
    ),
    "factorial, floor and ceiling of states": (
        TICKING.replace('math="1"', 'math="2.9"') + rule("factorial(floor(y + 0.05)) + 100*ceil(y + 0.07)"),
        "x",
        lambda t: (
            np.array([math.factorial(int(v)) for v in np.floor(2.9 * t + 0.05)]) + 100 * np.ceil(2.9 * t + 0.07),
        ),
    ),
    "inverse functions of circles": (
        TICKING + rule("arcsin(y/3)+arccos(y/3)*10+arctan(y)*100+arcsec(y+2)*1e3+arccsc(-y-2)*1e4+arccot(y-1.01)*1e5"),
        "x",
        lambda t: (
            np.arcsin(t / 3)
            + 10 * np.arccos(t / 3)
            + 100 * np.arctan(t)
            + 1e3 * np.arccos(1 / (t + 2))
            - 1e4 * np.arcsin(1 / (t + 2))
            + 1e5 * np.arctan(1 / (t - 1.01)),
        ),
    ),
    "inverse functions of hyperbolas": (
        TICKING
        + rule("arcsinh(y)+arccosh(y+1)*10+arctanh(y/3)*100+arcsech(1/(y+1))*1e3+arccsch(y+1)*1e4+arccoth(y+2)*1e5"),
        "x",
        lambda t: (
            np.arcsinh(t)
            + 10 * np.arccosh(t + 1)
            + 100 * np.arctanh(t / 3)
            + 1e3 * np.arccosh(t + 1)
            + 1e4 * np.arcsinh(1 / (t + 1))
            + 1e5 * np.arctanh(1 / (t + 2)),
        ),
    ),
    "functions of circles and hyperbolas in a rate": (
        X
        + '<rateRule variable="x" math="sec(time/2)^2 + csch(time+1)*coth(time+1) + sech(time)^2 - csc(time+1)*cot(time+1)"/>',
        "x",
        lambda t: (
            2 * np.tan(t / 2) + 1 / np.sinh(1) - 1 / np.sinh(t + 1) + np.tanh(t) + 1 / np.sin(t + 1) - 1 / np.sin(1),
        ),
    ),
    "logarithms and roots": (
        TICKING + rule("log(2, y+8) + 10*log10(y+1) + 100*ln(y+1) + 1e3*root(3, y+1) + 1e4*sqrt(y) + 1e5*log(y+2, 7)"),
        "x",
        lambda t: (
            np.log2(t + 8)
            + 10 * np.log10(t + 1)
            + 100 * np.log1p(t)
            + 1e3 * np.cbrt(t + 1)
            + 1e4 * np.sqrt(t)
            + 1e5 * np.log(7) / np.log(t + 2),
        ),
    ),
    "numbers with units, and of all kinds": (
        rule("3 second + 1e2 metre + (1/4) + 2.5e-1 + INF*0*false"),
        "x",
        lambda t: (nan,),
    ),
    "names that are words": (
        '<parameter id="time_" value="1"/><parameter id="define" value="2"/><parameter id="lambda" value="3"/><parameter id="None" value="4"/><parameter id="i32" value="5"/><parameter id="__class__" value="6"/>'
        '<parameter id="double" value="7"/><parameter id="t" value="8"/><parameter id="d" value="9"/>'
        + rule("define + 10*None + 100*i32 + 1e3*__class__ + 1e4*double + 1e5*t + 1e6*d + 1e7*time_"),
        "x",
        lambda t: (2 + 40 + 500 + 6e3 + 7e4 + 8e5 + 9e6 + 1e7,),
    ),
    # functions and local names
    "a function in a function, its argument named as a parameter": (
        '<functionDefinition id="g" math="lambda(k, k*k)"/><functionDefinition id="f" math="lambda(x, k, g(x) + k)"/><functionDefinition id="pi_" math="lambda(pi*1)"/><parameter id="k" value="5"/>'
        + rule("f(k, 2) + g(time) + pi_()"),
        "x",
        lambda t: (27 + t * t + np.pi,),
    ),
    "a function of Avogadro's number": (
        '<functionDefinition id="f" math="lambda(a, a*avogadro/1e23)"/>' + rule("f(2)"),
        "x",
        lambda t: (12.04428358,),
    ),
    "a local name before a species, a compartment, a reaction and a function": (
        C
        + '<species id="S" initialAmount="4"/><species id="P" initialAmount="0"/><reaction id="r" to="P" rate="S*C*r" local="S=1 C=2 r=3"/><reaction id="q" from="S" to="S+P" rate="S"/>',
        "P r q",
        lambda t: (8 * t, 6, 2),
    ),
    "local names in a function's call": (
        '<functionDefinition id="f" math="lambda(a, b, a-b)"/>'
        + C
        + '<species id="S" initialAmount="0"/><parameter id="k" value="1"/><reaction id="r" to="S" rate="f(k, q)" local="k=9 q=4"/>',
        "S",
        lambda t: (5 * t,),
    ),
    "reactions in formulas": (
        C
        + '<species id="S" initialAmount="4"/><reaction id="r" from="S" rate="S"/><reaction id="q" to="S" rate="r/2"/>'
        + rule("r + q")
        + '<parameter id="z" constant="false"/><initialAssignment symbol="z" math="r*10"/>',
        "S x z",
        lambda t: (4 * exp(-0.25 * t), 3 * exp(-0.25 * t), 20),
    ),
    "a start that asks for what a rule gives later": (
        '<parameter id="a" constant="false"/><assignmentRule variable="a" math="b+time"/><parameter id="b"/><initialAssignment symbol="b" math="3*c"/><parameter id="c" value="2"/>'
        + X
        + '<initialAssignment symbol="x" math="a*2"/>',
        "x a",
        lambda t: (12, 6 + t),
    ),
    # algebra
    "a compartment that algebra gives": (
        '<compartment id="C" size="1" constant="false"/><algebraicRule math="C-2-time"/><species id="S" initialAmount="3"/><reaction id="r" from="S" rate="S"/>',
        "C [S]",
        lambda t: (2 + t, 3 * 2 / (2 + t) / (2 + t)),
    ),
    "algebra over a concentration in a compartment of 4": (
        '<compartment id="C" size="4"/><species id="S" initialConcentration="3"/><species id="P"/><reaction id="r" from="S" rate="4*S"/><algebraicRule math="S+P-3"/>',
        "S P",
        lambda t: (12 * exp(-t), 12 - 12 * exp(-t)),
    ),
    "two algebraic rules through an assignment": (
        '<parameter id="a" value="1" constant="false"/><parameter id="b" value="1" constant="false"/><algebraicRule math="a+b-s"/><algebraicRule math="a-b-time"/>'
        + rule("10 + time", "s"),
        "a b",
        lambda t: (5 + t, 5),
    ),
    "an algebraic rule over a rate": (
        TICKING.replace('math="1"', 'math="z"')
        + '<parameter id="z" value="1" constant="false"/><algebraicRule math="z+y-2"/>',
        "y z",
        lambda t: (2 - 2 * exp(-t), 2 * exp(-t)),
    ),
    "a boundary species by algebra, taking part": (
        C
        + '<species id="S" boundaryCondition="true" initialAmount="1"/><species id="P" initialAmount="0"/><reaction id="r" from="S" to="P" rate="S"/><algebraicRule math="S-4+P"/>',
        "P",
        lambda t: (8 - 8 * exp(-t / 2),),
    ),
}

"""Random networks in which features of SBML meet: two ways of saying the same, and both paths, agree.

Variable compartments, amounts and concentrations, conversion factors, local parameters that hide global ones, named
stoichiometries with rules and events, delays, priorities and triggers of every kind, in one model at a time.
"""

from __future__ import annotations

import random
import re

import numpy as np
import pytest

from pleio.formats.load import load
from pleio.simulation import integrate

TIMES = np.linspace(0.0, 5.0, 26)
SAVED = ["A", "B", "C", "D", "c1", "c2", "q", "k1"]
SIMULATED_TIME = "http://www.sbml.org/sbml/symbols/time"
TIME = f'<csymbol encoding="text" definitionURL="{SIMULATED_TIME}"> time </csymbol>'


def math(inner: str) -> str:
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inner}</math>'


def ap(op: str, *args: str) -> str:
    return f"<apply><{op}/>{''.join(args)}</apply>"


def ci(name: str) -> str:
    return f"<ci> {name} </ci>"


class Maker:
    """One random model as SBML text."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.kinds = {c: self.r.choice(["fixed", "rate", "assignment", "set"]) for c in ("c1", "c2")}
        self.rules: list[tuple[str, str, str]] = []
        self.named: dict[str, str] = {}
        self.made = self.model()

    def value(self, low: float = 0.2, high: float = 2.0) -> float:
        return round(self.r.uniform(low, high), 3)

    def cn(self, low: float = 0.2, high: float = 2.0) -> str:
        return f"<cn> {self.value(low, high)} </cn>"

    def say(self, chance: float) -> str:
        return "true" if self.r.random() < chance else "false"

    def compartment(self, key: str) -> str:
        if self.kinds[key] == "rate":
            self.rules.append(("rate", key, ap("times", self.cn(-0.2, 0.3), ci(key))))
        if self.kinds[key] == "assignment":
            self.rules.append(("assignment", key, ap("plus", self.cn(1, 2), ap("times", self.cn(0, 0.1), TIME))))
        constant = "true" if self.kinds[key] == "fixed" else "false"
        return f'<compartment id="{key}" spatialDimensions="3" size="{self.value(0.5)}" constant="{constant}"/>'

    def species(self, key: str) -> str:
        start, compartment = self.r.choice(["initialConcentration", "initialAmount"]), self.r.choice(["c1", "c2"])
        factor = ' conversionFactor="cf2"' if self.r.random() < 0.2 else ""
        return (
            f'<species id="{key}" compartment="{compartment}" {start}="{self.value()}" constant="false" '
            f'hasOnlySubstanceUnits="{self.say(0.35)}" boundaryCondition="{self.say(0.15)}"{factor}/>'
        )

    def reference(self, number: int, key: str) -> str:
        name = f"n{number}{key}"
        kind = self.r.choice(["plain", "plain", "assignment", "set"])
        if kind == "plain":
            return f'<speciesReference species="{key}" stoichiometry="{self.value()}" constant="true"/>'
        self.named[name] = kind
        if kind == "assignment":
            self.rules.append(("assignment", name, ap("plus", self.cn(), ap("times", self.cn(0, 0.2), ci("q")))))
        return f'<speciesReference id="{name}" species="{key}" stoichiometry="{self.value()}" constant="false"/>'

    def reaction(self, number: int) -> str:
        keys = self.r.sample("ABCD", 3)
        left, right, other = keys[: self.r.randint(0, 2)], [keys[2]], self.r.choice("ABCD")
        k = self.r.choice(["k1", "k2", "k3"])
        law = ap("divide", ap("times", ci(k), *map(ci, left)), ap("plus", "<cn> 1 </cn>", ci(other)))
        local = f'<localParameter id="{k}" value="{self.value()}"/>' if self.r.random() < 0.3 else ""
        sides = "".join(
            f"<listOf{side}>{''.join(self.reference(number, key) for key in group)}</listOf{side}>"
            for side, group in (("Reactants", left), ("Products", right))
            if group
        )
        modifier = "" if other in (*left, *right) else f'<modifierSpeciesReference species="{other}"/>'
        modifiers = f"<listOfModifiers>{modifier}</listOfModifiers>" if modifier else ""
        locals_ = f"<listOfLocalParameters>{local}</listOfLocalParameters>" if local else ""
        return (
            f'<reaction id="J{number}" reversible="false" fast="false">{sides}{modifiers}'
            f"<kineticLaw>{math(law)}{locals_}</kineticLaw></reaction>"
        )

    def event(self, number: int) -> str:
        at = ap(self.r.choice(["gt", "geq"]), TIME, f"<cn> {self.r.choice([1.03, 2.03, 3.07])} </cn>")
        crossing = ap(self.r.choice(["gt", "lt"]), ci(self.r.choice("ABCD")), self.cn(0.3, 1.5))
        trigger = self.r.choice([at, crossing])
        delay = f"<delay>{math(f'<cn> {self.r.choice([0.51, 1.01])} </cn>')}</delay>" if self.r.random() < 0.4 else ""
        targets = [*"ABCD", "k1", "k2", *(key for key, kind in {**self.kinds, **self.named}.items() if kind == "set")]
        assignments = "".join(
            f'<eventAssignment variable="{target}">{math(ap("plus", ci(target), self.cn(0.1, 0.5)))}</eventAssignment>'
            for target in self.r.sample(targets, self.r.randint(1, 2))
        )
        return (
            f'<event id="E{number}" useValuesFromTriggerTime="{self.say(0.5)}">'
            f'<trigger initialValue="{self.say(0.5)}" persistent="{self.say(0.7)}">{math(trigger)}</trigger>{delay}'
            f"<priority>{math(f'<cn> {number + self.value()} </cn>')}</priority>"
            f"<listOfEventAssignments>{assignments}</listOfEventAssignments></event>"
        )

    def model(self) -> str:
        compartments = "".join(map(self.compartment, self.kinds))
        species = "".join(map(self.species, "ABCD"))
        q = ap("plus", self.cn(), ap("times", self.cn(), ci(self.r.choice("ABCD"))))
        self.rules.append((self.r.choice(["rate", "assignment"]), "q", q))
        reactions = "".join(self.reaction(number) for number in range(3))
        events = "".join(self.event(number) for number in range(self.r.randint(1, 3)))
        keys = ("k1", "k2", "k3", "q", "cf", "cf2")
        parameters = "".join(
            f'<parameter id="{key}" value="{self.value()}" constant="{"true" if "f" in key else "false"}"/>'
            for key in keys
        )
        rules = "".join(f'<{kind}Rule variable="{target}">{math(law)}</{kind}Rule>' for kind, target, law in self.rules)
        factor = ' conversionFactor="cf"' if self.r.random() < 0.3 else ""
        return (
            f'<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="m"{factor}>'
            f"<listOfCompartments>{compartments}</listOfCompartments><listOfSpecies>{species}</listOfSpecies>"
            f"<listOfParameters>{parameters}</listOfParameters><listOfRules>{rules}</listOfRules>"
            f"<listOfReactions>{reactions}</listOfReactions><listOfEvents>{events}</listOfEvents></model></sbml>"
        )


def with_algebraic_rules(text: str) -> str:
    """The same model with 0 = law − x in the place of x = law; stoichiometries keep their rules."""

    def algebraic(found: re.Match[str]) -> str:
        return f"<algebraicRule>{math(ap('minus', found[2], ci(found[1])))}</algebraicRule>"

    return re.sub(r'<assignmentRule variable="(c1|c2|q)"><math[^>]*>(.*?)</math></assignmentRule>', algebraic, text)


def trajectory(text: str, members: int = 1) -> np.ndarray:
    run = integrate(load(text), TIMES, save=SAVED, rtol=1e-9, members=members, threads=1)
    assert run.status[0] == ""
    return run.values[0]


@pytest.mark.parametrize("seed", range(6))
def test_a_law_as_assignment_or_algebraic_rule_and_both_paths_agree(seed: int) -> None:
    text = Maker(seed).made
    alone = trajectory(text)
    np.testing.assert_allclose(trajectory(text, members=4), alone, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(trajectory(with_algebraic_rules(text)), alone, rtol=1e-5, atol=1e-6)

"""Documents of Levels 1 and 2, each with its solution, as `rare_sbml_quantities.py`.

`{k*S}` stands for the formula as MathML.
"""

# ruff: noqa: E501  # a list stays on one line

from __future__ import annotations

import re

import numpy as np

from rare_sbml_events import after
from rare_sbml_quantities import Case
from sbml_in_short import mathml

exp = np.exp


def document(level: int, version: int, model: str, *, attributes: str = "", head: str = "") -> str:
    """An SBML document around lists; `head` are attributes of its root, `attributes` those of the model."""
    core = (
        f"level{level}"
        + (f"/version{version}" if level == 2 and version > 1 else "")
        + (f"/version{version}/core" if level == 3 else "")
    )
    if not model.lstrip().startswith(("<comp:", "<model")):
        model = f'<model id="main" {attributes}>{model}</model>'
    model = re.sub(r"\{(.*?)\}", lambda match: mathml(match[1]), model)
    return f'<sbml xmlns="http://www.sbml.org/sbml/{core}" {head} level="{level}" version="{version}">{model}</sbml>'


def two(*lists: str, version: int = 4) -> str:
    """A Level 2 document of one compartment C; `lists` are elements by list: `species: <species …/>`."""
    body = ""
    for part in lists:
        key, _, content = part.partition(":")
        body += f"<listOf{key}>{content}</listOf{key}>"
    return document(2, version, body)


C2 = 'Compartments:<compartment id="C" size="2"/>'
S2 = 'Species:<species id="S" compartment="C" initialAmount="4"/>'


def made(stoichiometry: str, rate: str = "1") -> str:
    return f'Reactions:<reaction id="r" reversible="false"><listOfProducts><speciesReference species="S"{stoichiometry}</listOfProducts><kineticLaw>{{{rate}}}</kineticLaw></reaction>'


def used(rate: str, fast: str = "") -> str:
    return f'Reactions:<reaction id="r" reversible="false"{fast}><listOfReactants><speciesReference species="S"/></listOfReactants><kineticLaw>{{{rate}}}</kineticLaw></reaction>'


def set_at(trigger: str, key: str, formula: str, *, delay: str = "", attributes: str = "") -> str:
    delay = f"<delay>{{{delay}}}</delay>" if delay else ""
    return f'<event {attributes}><trigger>{{{trigger}}}</trigger>{delay}<listOfEventAssignments><eventAssignment variable="{key}">{{{formula}}}</eventAssignment></listOfEventAssignments></event>'


LEVEL_2: dict[str, Case] = {
    "a stoichiometry over a parameter that moves": (
        two(
            C2,
            S2,
            'Parameters:<parameter id="p" value="1" constant="false"/>',
            "Rules:<rateRule variable='p'>{2}</rateRule>",
            made("><stoichiometryMath>{p*3}</stoichiometryMath></speciesReference>"),
        ),
        "S",
        lambda t: (4 + 3 * t + 3 * t * t,),
    ),
    "a stoichiometry over a concentration": (
        two(C2, S2, made("><stoichiometryMath>{S*2}</stoichiometryMath></speciesReference>")),
        "S",
        lambda t: (4 * exp(t),),
    ),
    "a stoichiometry over what an event sets": (
        two(
            C2,
            S2,
            'Parameters:<parameter id="p" value="1" constant="false"/>',
            made("><stoichiometryMath>{p}</stoichiometryMath></speciesReference>"),
            "Events:" + set_at("time >= 0.72", "p", "p+4"),
        ),
        "S",
        lambda t: (4 + t + 4 * np.clip(t - 0.72, 0, None),),
    ),
    "a stoichiometry over a start": (
        two(
            C2,
            S2,
            'Parameters:<parameter id="p" value="1"/>',
            "InitialAssignments:<initialAssignment symbol='p'>{7-2}</initialAssignment>",
            made("><stoichiometryMath>{p/2}</stoichiometryMath></speciesReference>"),
        ),
        "S",
        lambda t: (4 + 2.5 * t,),
    ),
    "a stoichiometry with an id, and a constant formula": (
        two(C2, S2, made(' id="n"><stoichiometryMath>{6/4}</stoichiometryMath></speciesReference>')),
        "S",
        lambda t: (4 + 1.5 * t,),
    ),
    "a stoichiometry over the time, in a reactant": (
        two(
            C2,
            S2,
            made("><stoichiometryMath>{time}</stoichiometryMath></speciesReference>").replace("Products", "Reactants"),
        ),
        "S",
        lambda t: (4 - t * t / 2,),
    ),
    "a stoichiometry that is a fraction, Version 1": (
        two(
            C2,
            S2,
            made(
                '><stoichiometryMath><math xmlns="http://www.w3.org/1998/Math/MathML"><cn type="rational">3<sep/>2</cn></math></stoichiometryMath></speciesReference>'
            ),
            version=1,
        ),
        "S",
        lambda t: (4 + 1.5 * t,),
    ),
    "units of the size of a species, Version 2": (
        two(
            C2,
            'Species:<species id="S" compartment="C" initialConcentration="2" spatialSizeUnits="volume" charge="3"/>',
            used("C*S"),
            version=2,
        ),
        "S",
        lambda t: (4 * exp(-t),),
    ),
    "types of compartments and species, Version 3": (
        two(
            'CompartmentTypes:<compartmentType id="ct"/>',
            'SpeciesTypes:<speciesType id="st"/>',
            'Compartments:<compartment id="E" size="9"/><compartment id="C" size="2" outside="E" compartmentType="ct"/>',
            'Species:<species id="S" compartment="C" speciesType="st" initialConcentration="2"/>',
            used("S"),
            version=3,
        ),
        "S",
        lambda t: (4 * exp(-t / 2),),
    ),
    "a compartment without a size, amounts": (
        two(
            'Compartments:<compartment id="C"/>',
            'Species:<species id="S" compartment="C" initialAmount="4" hasOnlySubstanceUnits="true"/>',
            used("S"),
        ),
        "S",
        lambda t: (4 * exp(-t),),
    ),
    "a membrane": (
        two('Compartments:<compartment id="C" spatialDimensions="2" size="2"/>', S2, used("S")),
        "S",
        lambda t: (4 * exp(-t / 2),),
    ),
    "a point": (
        two('Compartments:<compartment id="C" spatialDimensions="0"/>', S2, used("S")),
        "S",
        lambda t: (4 * exp(-t),),
    ),
    "an event, late, with the values of the trigger by default": (
        two(
            C2,
            S2,
            'Parameters:<parameter id="p" value="1" constant="false"/>',
            used("S"),
            "Events:" + set_at("time > 0.2", "p", "time", delay="0.52") + set_at("time < 5", "S", "99"),
        ),
        "p S",
        lambda t: (after(0.72, 0.2, 1)(t), 4 * exp(-t / 2)),
    ),
    "an event with the values of its execution, Version 4": (
        two(
            C2,
            S2,
            'Parameters:<parameter id="p" value="1" constant="false"/>',
            "Events:" + set_at("time > 0.2", "p", "time", delay="0.52", attributes='useValuesFromTriggerTime="false"'),
        ),
        "p",
        lambda t: (after(0.72, 0.72, 1)(t),),
    ),
    "a delay and constraints": (
        two(
            C2,
            S2,
            'Parameters:<parameter id="p" constant="false"/>',
            "Rules:<assignmentRule variable='p'>{delay(S, 0.5)}</assignmentRule>",
            "Constraints:<constraint>{S > 100}</constraint>",
            used("S"),
        ),
        "p",
        lambda t: (np.where(t < 0.5, 2, 2 * exp(-(t - 0.5) / 2)),),
    ),
    "a fast reaction": (
        two(
            C2,
            'Species:<species id="S" compartment="C" initialAmount="4"/><species id="P" compartment="C" initialAmount="0"/>',
            'Reactions:<reaction id="r" fast="true"><listOfReactants><speciesReference species="S"/></listOfReactants><listOfProducts><speciesReference species="P"/></listOfProducts><kineticLaw>{50*(S-3*P)}</kineticLaw></reaction><reaction id="q"><listOfReactants><speciesReference species="P"/></listOfReactants><kineticLaw>{P}</kineticLaw></reaction>',
        ),
        "S P",
        lambda t: (3 * exp(-t / 8), exp(-t / 8)),
    ),
    "a fast reaction beside an event": (
        two(
            C2,
            'Species:<species id="S" compartment="C" initialAmount="4"/><species id="P" compartment="C" initialAmount="0"/>',
            'Reactions:<reaction id="r" fast="true"><listOfReactants><speciesReference species="S"/></listOfReactants><listOfProducts><speciesReference species="P"/></listOfProducts><kineticLaw>{50*(S-3*P)}</kineticLaw></reaction>',
            "Events:" + set_at("time > 0.72", "S", "S+4"),
        ),
        "S P",
        lambda t: (after(0.72, 9, 3)(t), after(0.72, 3, 1)(t)),
    ),
    "fast reactions in a chain with a stoichiometry of two": (
        two(
            C2,
            'Species:<species id="S" compartment="C" initialAmount="8"/><species id="P" compartment="C" initialAmount="0"/><species id="Q" compartment="C" initialAmount="0"/>',
            'Reactions:<reaction id="r" fast="true"><listOfReactants><speciesReference species="S" stoichiometry="2"/></listOfReactants><listOfProducts><speciesReference species="P"/></listOfProducts><kineticLaw>{50*(S*S-P)}</kineticLaw></reaction><reaction id="q" fast="true"><listOfReactants><speciesReference species="P"/></listOfReactants><listOfProducts><speciesReference species="Q"/></listOfProducts><kineticLaw>{9*(P-2*Q)}</kineticLaw></reaction>',
        ),
        # s + 2p + 2q = 4 in concentrations, p = s², q = p / 2
        "[S] [P] [Q]",
        lambda t: ((-1 + 7) / 6, 1.0, 0.5),
    ),
    "algebra": (
        two(
            C2,
            'Species:<species id="S" compartment="C" initialAmount="4"/><species id="P" compartment="C"/>',
            "Rules:<algebraicRule>{S+P-7}</algebraicRule>",
            used("S"),
        ),
        "P",
        lambda t: (14 - 4 * exp(-t / 2),),
    ),
}
ONE = '<?xml version="1.0" encoding="UTF-8"?><sbml xmlns="http://www.sbml.org/sbml/level1" level="1" version="{v}"><model name="main"><listOfCompartments><compartment name="C" volume="2"/></listOfCompartments><listOf{s}><{s} name="S" compartment="C" initialAmount="4"/><{s} name="B" compartment="C" initialAmount="6" boundaryCondition="true"/></listOf{s}><listOfParameters><parameter name="k" value="0.5"/><parameter name="y" value="0"/><parameter name="z" value="0"/></listOfParameters><listOfRules><parameterRule name="y" formula="k * S"/><parameterRule name="z" formula="2 * k" type="rate"/></listOfRules><listOfReactions><reaction name="r" reversible="false"><listOfReactants><{r} {a}="S" stoichiometry="3" denominator="2"/></listOfReactants><kineticLaw formula="k2 * S * C * pow(B, 0)"><listOfParameters><parameter name="k2" value="0.1"/></listOfParameters></kineticLaw></reaction></listOfReactions></model></sbml>'
LEVEL_1: dict[str, Case] = {
    "Level 1 Version 2": (
        ONE.format(v=2, s="species", r="speciesReference", a="species").replace("listOfspecies", "listOfSpecies"),
        "S y z B",
        lambda t: (4 * exp(-0.15 * t), exp(-0.15 * t), t, 6),
    ),
    "Level 1 Version 1": (
        ONE.format(v=1, s="specie", r="specieReference", a="specie").replace("listOfspecie>", "listOfSpecies>"),
        "S y z B",
        lambda t: (4 * exp(-0.15 * t), exp(-0.15 * t), t, 6),
    ),
}


MODELS: dict[str, Case] = {**LEVEL_2, **LEVEL_1}

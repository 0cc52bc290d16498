"""Hierarchical models and packages, each with its solution, as `rare_sbml_quantities.py`; formulas as in older levels."""

# ruff: noqa: E501  # a list stays on one line

from __future__ import annotations

import numpy as np

from rare_sbml_events import after
from rare_sbml_older_levels import document
from rare_sbml_quantities import Case

exp = np.exp
COMP = "http://www.sbml.org/sbml/level3/version1/comp/version1"
FBC = "http://www.sbml.org/sbml/level3/version1/fbc/version2"


def nested(definitions: str, main: str, *, version: int = 1) -> str:
    """A hierarchical document; `definitions` are models, by `<comp:modelDefinition>`."""
    text = f'<comp:listOfModelDefinitions>{definitions}</comp:listOfModelDefinitions><model id="main">{main}</model>'
    return document(3, version, text, head=f'xmlns:comp="{COMP}" comp:required="true"')


def submodels(*parts: str) -> str:
    return f"<comp:listOfSubmodels>{''.join(parts)}</comp:listOfSubmodels>"


def sub(key: str, model: str, attributes: str = "", *deleted: str) -> str:
    deletions = "".join(f"<comp:deletion {part}/>" for part in deleted)
    deletions = f"<comp:listOfDeletions>{deletions}</comp:listOfDeletions>" if deletions else ""
    return f'<comp:submodel comp:id="{key}" comp:modelRef="{model}" {attributes}>{deletions}</comp:submodel>'


def replaces(*parts: str) -> str:
    return f"<comp:listOfReplacedElements>{''.join(f'<comp:replacedElement {part}/>' for part in parts)}</comp:listOfReplacedElements>"


def parameter(key: str, value: str, constant: str = "true", inside: str = "") -> str:
    return f'<parameter id="{key}" value="{value}" constant="{constant}">{inside}</parameter>'


DECAY = (
    '<comp:modelDefinition id="decay"><listOfCompartments><compartment id="C" spatialDimensions="3" size="2" constant="true"/></listOfCompartments>'
    '<listOfSpecies><species id="S" compartment="C" initialAmount="4" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/></listOfSpecies>'
    "<listOfParameters>" + parameter("k", "0.5") + parameter("y", "0", "false") + "</listOfParameters>"
    "<listOfRules><rateRule variable='y'>{1}</rateRule></listOfRules>"
    '<listOfReactions><reaction id="r" reversible="false" fast="false"><listOfReactants><speciesReference species="S" stoichiometry="1" constant="true"/></listOfReactants><kineticLaw>{k*S*C}</kineticLaw></reaction></listOfReactions>'
    '<listOfEvents><event id="e" useValuesFromTriggerTime="true"><trigger initialValue="true" persistent="true">{time > 0.72}</trigger><listOfEventAssignments><eventAssignment variable="y">{100}</eventAssignment></listOfEventAssignments></event></listOfEvents>'
    '<comp:listOfPorts><comp:port comp:id="k_port" comp:idRef="k"/><comp:port comp:id="S_port" comp:idRef="S"/><comp:port comp:id="e_port" comp:idRef="e"/></comp:listOfPorts></comp:modelDefinition>'
)
TWICE = (
    '<comp:modelDefinition id="twice">'
    + "<listOfParameters>"
    + parameter("q", "0.25", inside=replaces('comp:submodelRef="a" comp:portRef="k_port"'))
    + "</listOfParameters>"
    + submodels(sub("a", "decay"), sub("b", "decay"))
    + "</comp:modelDefinition>"
)
SPECIES = '<species id="T" compartment="D" initialAmount="9" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false">{}</species>'
D = '<listOfCompartments><compartment id="D" spatialDimensions="3" size="2" constant="true">{}</compartment></listOfCompartments>'
HIERARCHY: dict[str, Case] = {
    "a parameter replaced through a port": (
        nested(
            DECAY,
            "<listOfParameters>"
            + parameter("K", "1", inside=replaces('comp:submodelRef="A" comp:portRef="k_port"'))
            + "</listOfParameters>"
            + submodels(sub("A", "decay")),
        ),
        "A__S A__y K",
        lambda t: (4 * exp(-t), after(0.72, lambda t: 99.28 + t, lambda t: t)(t), 1),
    ),
    "a species and its compartment replaced": (
        nested(
            DECAY,
            D.format(replaces('comp:submodelRef="A" comp:idRef="C"'))
            + "<listOfSpecies>"
            + SPECIES.format(replaces('comp:submodelRef="A" comp:portRef="S_port"'))
            + "</listOfSpecies>"
            + submodels(sub("A", "decay")),
        ),
        "T",
        lambda t: (9 * exp(-0.5 * t),),
    ),
    "one species for two submodels": (
        nested(
            DECAY,
            D.format(replaces('comp:submodelRef="A" comp:idRef="C"', 'comp:submodelRef="B" comp:idRef="C"'))
            + "<listOfSpecies>"
            + SPECIES.format(
                replaces('comp:submodelRef="A" comp:portRef="S_port"', 'comp:submodelRef="B" comp:portRef="S_port"')
            )
            + "</listOfSpecies>"
            + submodels(sub("A", "decay"), sub("B", "decay")),
        ),
        "T",
        lambda t: (9 * exp(-t),),
    ),
    "an element of a submodel in the place of one outside": (
        nested(
            DECAY,
            "<listOfParameters>"
            + parameter("K", "7", inside='<comp:replacedBy comp:submodelRef="A" comp:portRef="k_port"/>')
            + parameter("x", "0", "false")
            + "</listOfParameters><listOfRules><assignmentRule variable='x'>{K*10}</assignmentRule></listOfRules>"
            + submodels(sub("A", "decay")),
        ),
        "K x",
        lambda t: (0.5, 5),
    ),
    "a reaction deleted": (nested(DECAY, submodels(sub("A", "decay", "", 'comp:idRef="r"'))), "A__S", lambda t: (4,)),
    "an event deleted through a port": (
        nested(DECAY, submodels(sub("A", "decay", "", 'comp:portRef="e_port"'))),
        "A__y",
        lambda t: (t,),
    ),
    "time at half the pace": (
        nested(
            DECAY,
            "<listOfParameters>"
            + parameter("f", "2")
            + "</listOfParameters>"
            + submodels(sub("A", "decay", 'comp:timeConversionFactor="f"')),
        ),
        "A__S A__y",
        lambda t: (4 * exp(-t / 4), after(1.44, lambda t: 100 + (t - 1.44) / 2, lambda t: t / 2)(t)),
    ),
    "time and extent converted": (
        nested(
            DECAY,
            "<listOfParameters>"
            + parameter("f", "2")
            + parameter("g", "3")
            + "</listOfParameters>"
            + submodels(sub("A", "decay", 'comp:timeConversionFactor="f" comp:extentConversionFactor="g"')),
        ),
        "A__S",
        lambda t: (4 * exp(-0.75 * t),),
    ),
    "a submodel of a submodel, twice": (
        nested(DECAY + TWICE, submodels(sub("A", "twice"), sub("B", "twice"))),
        "A__a__S A__b__S B__a__S A__q",
        lambda t: (4 * exp(-0.25 * t), 4 * exp(-0.5 * t), 4 * exp(-0.25 * t), 0.25),
    ),
    "a reference into a submodel of a submodel": (
        nested(
            DECAY + TWICE,
            "<listOfParameters>"
            + parameter(
                "K",
                "2",
                inside='<comp:listOfReplacedElements><comp:replacedElement comp:submodelRef="A" comp:idRef="b"><comp:sBaseRef comp:portRef="k_port"/></comp:replacedElement></comp:listOfReplacedElements>',
            )
            + "</listOfParameters>"
            + submodels(sub("A", "twice")),
        ),
        "A__a__S A__b__S",
        lambda t: (4 * exp(-0.25 * t), 4 * exp(-2 * t)),
    ),
    "conversion of a replaced parameter": (
        nested(
            DECAY,
            "<listOfParameters>"
            + parameter("c", "4")
            + parameter(
                "K", "1", inside=replaces('comp:submodelRef="A" comp:portRef="k_port" comp:conversionFactor="c"')
            )
            + "</listOfParameters>"
            + submodels(sub("A", "decay")),
        ),
        "A__S",
        lambda t: (4 * exp(-0.25 * t),),
    ),
    "the rate of a state at half the pace": (
        nested(
            DECAY.replace(
                'id="y" value="0" constant="false"></parameter>',
                'id="y" value="0" constant="false"></parameter><parameter id="v" constant="false"/>',
            )
            .replace(
                "<listOfRules>", "<listOfRules><assignmentRule variable='v'>{rateOf(y) + rateOf(S)}</assignmentRule>"
            )
            .replace(' fast="false"', "")
            .replace("comp:port ", "comp:port "),
            "<listOfParameters>"
            + parameter("f", "2")
            + "</listOfParameters>"
            + submodels(sub("A", "decay", 'comp:timeConversionFactor="f"')),
            version=2,
        ),
        "A__S A__v",
        lambda t: (4 * exp(-t / 4), 1 - exp(-t / 4)),
    ),
}

# packages
FLUXES = document(
    3,
    1,
    '<model id="main" fbc:strict="false">'
    + D.format("")
    + "<listOfSpecies>"
    + SPECIES.format("").replace("<species ", '<species fbc:charge="2" fbc:chemicalFormula="H2O" ')
    + "</listOfSpecies><listOfParameters>"
    + parameter("low", "0")
    + parameter("up", "10")
    + "</listOfParameters>"
    '<listOfReactions><reaction id="r" reversible="false" fast="false" fbc:lowerFluxBound="low" fbc:upperFluxBound="up"><listOfReactants><speciesReference species="T" stoichiometry="1" constant="true"/></listOfReactants></reaction></listOfReactions>'
    '<fbc:listOfObjectives fbc:activeObjective="o"><fbc:objective fbc:id="o" fbc:type="maximize"><fbc:listOfFluxObjectives><fbc:fluxObjective fbc:reaction="r" fbc:coefficient="1"/></fbc:listOfFluxObjectives></fbc:objective></fbc:listOfObjectives></model>',
    head=f'xmlns:fbc="{FBC}" fbc:required="false"',
)
PACKAGES: dict[str, Case] = {
    "fluxes without laws": (FLUXES, "T r", lambda t: (9, 0)),
    "an unknown package that is not required": (
        document(
            3,
            2,
            '<model id="main"><listOfParameters><parameter id="x" value="3" constant="true" odd:word="7"/></listOfParameters><odd:listOfThings><odd:thing odd:id="x"/></odd:listOfThings></model>',
            head='xmlns:odd="http://www.sbml.org/sbml/level3/version1/odd/version1" odd:required="false"',
        ),
        "x",
        lambda t: (3,),
    ),
    "notes and annotations full of words": (
        document(
            3,
            2,
            '<model id="main"><notes><p xmlns="http://www.w3.org/1999/xhtml">&lt;species id="S"/&gt; externalModelDefinition</p></notes><annotation><a xmlns="urn:a"><species id="S"/><externalModelDefinition source="/etc/passwd"/><c:externalModelDefinition xmlns:c="COMP_URI" c:source="other.xml"/></a></annotation><listOfParameters><parameter id="x" value="3" constant="true"><annotation><b xmlns="urn:b">{{x}}</b></annotation></parameter></listOfParameters></model>'.replace(
                "COMP_URI", COMP
            ).replace("{{x}}", "x"),
        ),
        "x",
        lambda t: (3,),
    ),
}
MODELS: dict[str, Case] = {**HIERARCHY, **PACKAGES}

"""SBML written in short: formulas as attributes in infix, lists and usual attributes filled in.

`<reaction id="r" from="2 S" to="n=1 P" rate="k*S" local="k=1"/>`, where `n=1` names a stoichiometry, and
`<event trigger="time &gt; 1" delay="2" set="x=3; y=x"/>` stand for the long forms.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

import libsbml

LISTS = "functionDefinition compartment species parameter initialAssignment rule reaction event".split()
USUAL = {
    "compartment": {"spatialDimensions": "3", "constant": "true"},
    "species": {"compartment": "C"}
    | dict.fromkeys(["hasOnlySubstanceUnits", "boundaryCondition", "constant"], "false"),
    "parameter": {"constant": "true"},
    "reaction": {"reversible": "false"},
    "event": {"useValuesFromTriggerTime": "true"},
}


def sbml(body: str, *, version: int = 2, model: str = "") -> str:
    """Write a Level 3 document; `model` are further attributes of the model."""
    groups: dict[str, list[ElementTree.Element]] = {kind: [] for kind in LISTS}
    for element in ElementTree.fromstring(f"<all>{body}</all>"):
        usual = USUAL.get(element.tag, {}) | ({"fast": "false"} if (element.tag, version) == ("reaction", 1) else {})
        for key, value in usual.items():
            element.attrib.setdefault(key, value)
        _spell_out(element)
        groups["rule" if element.tag.endswith("Rule") else element.tag].append(element)
    lists = ""
    for kind, elements in groups.items():
        if elements:
            plural = f"listOf{kind[0].upper()}{kind[1:]}{'' if kind == 'species' else 's'}"
            lists += f"<{plural}>{''.join(ElementTree.tostring(e, encoding='unicode') for e in elements)}</{plural}>"
    lists = re.sub(r'<formula text="(.*?)" />', lambda match: mathml(match[1]), lists)
    core = f"http://www.sbml.org/sbml/level3/version{version}/core"
    return f'<sbml xmlns="{core}" level="3" version="{version}"><model id="main" {model}>{lists}</model></sbml>'


def _spell_out(element: ElementTree.Element) -> None:
    take = element.attrib.pop
    if "math" in element.attrib:
        _formula(element, take("math"))
    for side, plural in (("from", "listOfReactants"), ("to", "listOfProducts")):
        if side in element.attrib:
            _participants(ElementTree.SubElement(element, plural), take(side))
    if "rate" in element.attrib:
        law = ElementTree.SubElement(element, "kineticLaw")
        _formula(law, take("rate"))
        local = [pair.split("=") for pair in take("local", "").split()]
        known = ElementTree.SubElement(law, "listOfLocalParameters") if local else law
        for key, value in local:
            ElementTree.SubElement(known, "localParameter", {"id": key, "value": value})
    if "trigger" in element.attrib:
        when = {"initialValue": take("initial", "true"), "persistent": take("persistent", "true")}
        _formula(ElementTree.SubElement(element, "trigger", when), take("trigger"))
    for part in ("delay", "priority"):
        if part in element.attrib:
            _formula(ElementTree.SubElement(element, part), take(part))
    if "set" in element.attrib:
        assignments = ElementTree.SubElement(element, "listOfEventAssignments")
        for one in take("set").split(";"):
            key, _, formula = one.partition("=")
            _formula(ElementTree.SubElement(assignments, "eventAssignment", {"variable": key.strip()}), formula)


def _participants(parent: ElementTree.Element, text: str) -> None:
    for part in text.split("+"):
        count, _, species = part.strip().rpartition(" ")
        key, _, value = count.partition("=") if "=" in count else ("", "", count or "1")
        attributes = {"species": species, "stoichiometry": value, "constant": "false" if key else "true"}
        ElementTree.SubElement(parent, "speciesReference", attributes | ({"id": key} if key else {}))


def _formula(parent: ElementTree.Element, text: str) -> None:
    if text.strip():
        ElementTree.SubElement(parent, "formula", {"text": text})


def mathml(text: str) -> str:
    """Write a formula in infix as a `math` element."""
    plain = text.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")
    tree = libsbml.parseL3Formula(plain)
    assert tree is not None, libsbml.getLastParseL3Error()
    return str(libsbml.writeMathMLToString(tree)).split("?>", 1)[1]

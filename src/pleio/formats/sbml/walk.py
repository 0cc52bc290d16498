"""An SBML document as plain values, read by libsbml; runs in the limited child process only.

Hierarchical models are flattened, older levels converted to Level 3. What cannot be run is named under `refused`.
"""

from __future__ import annotations

from typing import Any

from ..screening import MOST_ENTRIES
from .faults import Refusal, errors, refuse_packages
from .hierarchy import at_pace, flatten
from .mathml import Trees, UnreadMath


def read_document(text: str = "", path: str = "") -> dict[str, Any]:
    """Read SBML text, or a file whose neighbours it refers to; `problems` or `refused` where it cannot be used."""
    import libsbml

    document = libsbml.readSBMLFromFile(path) if path else libsbml.readSBMLFromString(text)
    try:
        refuse_packages(document, libsbml)
        if problems := errors(document, libsbml):
            return {"problems": problems}
        document, paced = flatten(document, libsbml)
        problems = _size(document.getModel()) or _check(document, libsbml)
        if problems:
            return {"problems": problems}
        _to_level_3(document)
        return {"model": _Walk(document.getModel(), libsbml, paced).model()}
    except Refusal as refusal:
        return {"refused": str(refusal)}
    except UnreadMath as element:
        return {"refused": f"MathML '{element}'"}


def _size(model: Any) -> list[list[str]]:
    """Flattening can turn a few lines into millions."""
    if model is None:
        return [["", "has no model"]]
    parts = (model.getNumSpecies(), model.getNumParameters(), model.getNumReactions(), model.getNumCompartments())
    return [["", f"has more than {MOST_ENTRIES:,} quantities and reactions"]] if sum(parts) > MOST_ENTRIES else []


def _check(document: Any, libsbml: Any) -> list[list[str]]:
    """Run libsbml's own checks for what would change the meaning: ids, structure, mathematics, rules that clash.

    Its search for circles takes time with the cube of the length of a chain of rules, a minute for 700. `mechanisms`
    finds circles too; so the general checks are made of a copy in which no assignment uses another.
    """
    kinds = "GENERAL IDENTIFIER MATHML UNITS SBO".split()
    every = {kind: getattr(libsbml, f"LIBSBML_CAT_{kind}_CONSISTENCY") for kind in kinds}
    others = (libsbml.LIBSBML_CAT_OVERDETERMINED_MODEL, libsbml.LIBSBML_CAT_MODELING_PRACTICE)
    wanted = {every["IDENTIFIER"], every["MATHML"], libsbml.LIBSBML_CAT_OVERDETERMINED_MODEL}
    found = []
    for one, checks in ((_without_dependence(document, libsbml), {every["GENERAL"]}), (document, wanted)):
        for category in (*every.values(), *others):
            one.setConsistencyChecks(category, category in checks)
        one.getErrorLog().clearLog()
        one.checkConsistency()
        found += [problem for problem in errors(one, libsbml) if problem not in found]
    return found


def _without_dependence(document: Any, libsbml: Any) -> Any:
    """A copy of a document in which every assignment rule and initial assignment is a number."""
    copy = document.clone()
    model, zero = copy.getModel(), libsbml.parseL3Formula("0")
    for items in (model.getListOfRules(), model.getListOfInitialAssignments()) if model is not None else ():
        for item in (items.get(i) for i in range(items.size())):
            if item.isSetMath() and item.getElementName() in ("assignmentRule", "initialAssignment"):
                item.setMath(zero)
    return copy


def _to_level_3(document: Any) -> None:
    if document.getLevel() < 3 and not document.setLevelAndVersion(3, 1, False):
        raise Refusal(f"Level {document.getLevel()} document that cannot be converted")


def _given(item: Any, attribute: str) -> float | None:
    return float(getattr(item, f"get{attribute}")()) if getattr(item, f"isSet{attribute}")() else None


class _Walk:
    """One pass over a flat Level 3 model."""

    def __init__(self, model: Any, libsbml: Any, paced: bool) -> None:
        self.source, self.libsbml, self.paced = model, libsbml, paced
        self.tree = Trees().of

    def math(self, item: Any) -> list[Any] | None:
        return self.written(item.getMath() if item is not None else None)

    def written(self, node: Any) -> list[Any] | None:
        """The tree of a formula; an empty `<math/>` is the same as none."""
        empty = node is None or (node.getType() == self.libsbml.AST_UNKNOWN and not node.getNumChildren())
        if empty:
            return None
        return at_pace(self.tree(node)) if self.paced else self.tree(node)

    def each(self, plural: str) -> list[Any]:
        items = getattr(self.source, f"getListOf{plural}")()
        return [items.get(i) for i in range(items.size())]

    def model(self) -> dict[str, Any]:
        source = self.source
        return {
            "id": source.getId(),
            "name": source.getName(),
            "conversion": source.getConversionFactor(),
            "default_units": {
                kind: getattr(source, f"get{kind}Units")()
                for kind in ("Time", "Substance", "Volume", "Area", "Length", "Extent")
            },
            "units": {item.getId(): self.unit(item) for item in self.each("UnitDefinitions")},
            "functions": [self.function(item) for item in self.each("FunctionDefinitions")],
            "compartments": [self.compartment(item) for item in self.each("Compartments")],
            "species": [self.species(item) for item in self.each("Species")],
            "parameters": [self.parameter(item) for item in self.each("Parameters")],
            "initial": [[item.getSymbol(), self.math(item)] for item in self.each("InitialAssignments")],
            "rules": [self.rule(item) for item in self.each("Rules")],
            "reactions": [self.reaction(item) for item in self.each("Reactions")],
            "events": [self.event(item) for item in self.each("Events")],
        }

    def unit(self, definition: Any) -> list[list[Any]]:
        kind = self.libsbml.UnitKind_toString
        units = [definition.getUnit(i) for i in range(definition.getNumUnits())]
        return [[kind(u.getKind()), u.getExponentAsDouble(), u.getScale(), u.getMultiplier()] for u in units]

    def function(self, item: Any) -> dict[str, Any]:
        arguments = [item.getArgument(i).getName() for i in range(item.getNumArguments())]
        return {"id": item.getId(), "arguments": arguments, "body": self.written(item.getBody())}

    def compartment(self, item: Any) -> dict[str, Any]:
        dimensions = item.getSpatialDimensionsAsDouble() if item.isSetSpatialDimensions() else 3.0
        return {
            "id": item.getId(),
            "size": _given(item, "Size"),
            "unit": item.getUnits(),
            "constant": item.getConstant(),
            "dimensions": dimensions,
            "label": item.getName(),
        }

    def species(self, item: Any) -> dict[str, Any]:
        amount, concentration = _given(item, "InitialAmount"), _given(item, "InitialConcentration")
        return {
            "id": item.getId(),
            "compartment": item.getCompartment(),
            "initial": amount if amount is not None else concentration,
            "concentration": amount is None and concentration is not None,
            "unit": item.getSubstanceUnits(),
            "only_substance": item.getHasOnlySubstanceUnits(),
            "boundary": item.getBoundaryCondition(),
            "constant": item.getConstant(),
            "conversion": item.getConversionFactor(),
            "label": item.getName(),
        }

    def parameter(self, item: Any) -> dict[str, Any]:
        return {
            "id": item.getId(),
            "value": _given(item, "Value"),
            "unit": item.getUnits(),
            "constant": item.getConstant() if hasattr(item, "isSetConstant") else True,
            "label": item.getName(),
        }

    def rule(self, item: Any) -> list[Any]:
        kind = "algebraic" if item.isAlgebraic() else "rate" if item.isRate() else "assignment"
        return [kind, item.getVariable(), self.math(item)]

    def reaction(self, item: Any) -> dict[str, Any]:
        law = item.getKineticLaw()
        local = []
        if law is not None:
            local = [self.parameter(law.getLocalParameter(i)) for i in range(law.getNumLocalParameters())]
        return {
            "id": item.getId(),
            "reactants": [self.participant(item.getReactant(i)) for i in range(item.getNumReactants())],
            "products": [self.participant(item.getProduct(i)) for i in range(item.getNumProducts())],
            "modifiers": [item.getModifier(i).getSpecies() for i in range(item.getNumModifiers())],
            "rate": self.math(law),
            "local": local,
            "reversible": item.getReversible(),
            "fast": bool(item.getFast()),
            "compartment": item.getCompartment(),
            "label": item.getName(),
        }

    def participant(self, item: Any) -> dict[str, Any]:
        stoichiometry = item.getStoichiometry() if item.isSetStoichiometry() else None
        if item.getStoichiometryMath() is not None and self.source.getRule(item.getId()) is None:
            raise Refusal("stoichiometryMath that could not be converted")
        return {
            "species": item.getSpecies(),
            "id": item.getId(),
            "stoichiometry": stoichiometry,
            "constant": item.getConstant(),
        }

    def event(self, item: Any) -> dict[str, Any]:
        trigger = item.getTrigger()
        assignments = [item.getEventAssignment(i) for i in range(item.getNumEventAssignments())]
        return {
            "id": item.getId(),
            "trigger": self.math(trigger),
            "initial": trigger.getInitialValue() if trigger is not None and trigger.isSetInitialValue() else True,
            "persistent": trigger.getPersistent() if trigger is not None and trigger.isSetPersistent() else True,
            "delay": self.math(item.getDelay()),
            "priority": self.math(item.getPriority()),
            "values_at_trigger": item.getUseValuesFromTriggerTime(),
            "assignments": [[a.getVariable(), self.math(a)] for a in assignments],
            "label": item.getName(),
        }

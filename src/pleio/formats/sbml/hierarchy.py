"""Hierarchical models: submodels replaced by what they contain; within the child process only.

libsbml flattens, and leaves two things out, which are seen to here: a submodel's own conversion factor, and
`rateOf` where a submodel's time runs at another pace. It does convert the lag of a `delay`; so while it flattens,
`rateOf(x)` stands as `delay(rateOf(x), 1)`, and the lag becomes the pace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .faults import Refusal, errors

_RATE = re.compile(r"<apply>\s*<csymbol[^>]*/symbols/rateOf[^>]*>[^<]*</csymbol>\s*<ci>[^<]*</ci>\s*</apply>")
_LAG = '<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/delay"> delay </csymbol>'


def flatten(document: Any, libsbml: Any) -> tuple[Any, bool]:
    """Replace submodels by what they contain; the second value says whether `at_pace` must read each formula."""
    plugin = document.getModel().getPlugin("comp") if document.getModel() else None
    definitions = document.getPlugin("comp")
    if plugin is None or (definitions is None and not plugin.getNumSubmodels()):
        return document, False
    models = _models(document, set())
    paced = _runs_at_another_pace(models)
    if paced:
        _mark_rates(models, libsbml)
    _spread_conversion(models)
    options = libsbml.ConversionProperties()
    options.addOption("flatten comp", True)
    options.addOption("performValidation", False)
    options.addOption("abortIfUnflattenable", "none")
    options.addOption("leavePorts", False)
    document.getErrorLog().clearLog()
    if document.convert(options) != libsbml.LIBSBML_OPERATION_SUCCESS:
        reasons = "; ".join(what for _, what in errors(document, libsbml))
        raise Refusal(f"hierarchical model that cannot be flattened ({reasons or 'no reason given'})")
    return document, paced


def _models(document: Any, seen: set[str]) -> list[Any]:
    """The model of a document, those it defines, and those of the documents it refers to."""
    definitions = document.getPlugin("comp")
    models = [document.getModel()] if document.getModel() is not None else []
    if definitions is None:
        return models
    models += [definitions.getModelDefinition(i) for i in range(definitions.getNumModelDefinitions())]
    for i in range(definitions.getNumExternalModelDefinitions()):
        model = definitions.getExternalModelDefinition(i).getReferencedModel()
        other = model.getSBMLDocument() if model is not None else None
        if other is not None and other.getLocationURI() not in seen:
            seen.add(other.getLocationURI())
            models += _models(other, seen)
    return models


def _spread_conversion(models: Iterable[Any]) -> None:
    """Give each species its own model's conversion factor: flattening would keep that of the outermost model only."""
    for model in models:
        for i in range(model.getNumSpecies() if model.isSetConversionFactor() else 0):
            species = model.getSpecies(i)
            if not species.isSetConversionFactor():
                species.setConversionFactor(model.getConversionFactor())
        model.unsetConversionFactor()


def _runs_at_another_pace(models: Iterable[Any]) -> bool:
    """Whether a submodel has a time conversion factor and some formula asks for a rate."""
    submodels = [
        plugin.getSubmodel(i)
        for plugin in (model.getPlugin("comp") for model in models)
        if plugin is not None
        for i in range(plugin.getNumSubmodels())
    ]
    scaled = any(submodel.isSetTimeConversionFactor() for submodel in submodels)
    return scaled and any("sbml/symbols/rateOf" in model.toSBML() for model in models)


def _mark_rates(models: Iterable[Any], libsbml: Any) -> None:
    """Write `delay(rateOf(x), 1)` for each `rateOf(x)`."""
    for model in models:
        elements = model.getListOfAllElements()
        for item in (elements.get(i) for i in range(elements.getSize())):
            formula = item.getMath() if hasattr(item, "setMath") else None
            text = libsbml.writeMathMLToString(formula) if formula is not None else ""
            marked = _RATE.sub(lambda match: f"<apply>{_LAG}{match[0]}<cn> 1 </cn></apply>", text)
            if marked != text:
                item.setMath(libsbml.readMathMLFromString(marked))


def at_pace(tree: list[Any]) -> list[Any]:
    """Give the tree of a flattened formula, the rates of a submodel in its own time."""
    op, *rest = tree
    parts = [at_pace(part) if isinstance(part, list) else part for part in rest]
    if op == "delay" and parts[0][0] == "rateOf":  # only a mark stands directly around a rate
        return parts[0] if parts[1][:2] == ["cn", "1.0"] else ["times", parts[1], parts[0]]
    return [op, *parts]

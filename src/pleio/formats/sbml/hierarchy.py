"""Hierarchical models: submodels replaced by what they contain; within the child process only.

libsbml flattens, and leaves two things out, which are seen to here: a submodel's own conversion factor, and
`rateOf` where a submodel's time runs at another pace.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .faults import Refusal, errors


def flatten(document: Any, libsbml: Any) -> Any:
    """Replace submodels by what they contain."""
    plugin = document.getModel().getPlugin("comp") if document.getModel() else None
    definitions = document.getPlugin("comp")
    if plugin is None or (definitions is None and not plugin.getNumSubmodels()):
        return document
    models = _models(document, set())
    _refuse_scaled_rates(models)
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
    return document


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


def _refuse_scaled_rates(models: Iterable[Any]) -> None:
    """Flattening scales the time of a submodel, but not what `rateOf` gives there."""
    submodels = [
        plugin.getSubmodel(i)
        for plugin in (model.getPlugin("comp") for model in models)
        if plugin is not None
        for i in range(plugin.getNumSubmodels())
    ]
    scaled = any(submodel.isSetTimeConversionFactor() for submodel in submodels)
    if scaled and any("sbml/symbols/rateOf" in model.toSBML() for model in models):
        raise Refusal("rateOf beside a submodel with a time conversion factor")

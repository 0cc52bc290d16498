"""SBML text or file to a network; the document itself is read in the limited child process."""

from __future__ import annotations

import math
import re
import tempfile
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ...base.errors import ModelError, Problem
from ...mechanisms.equations import Refused
from ...mechanisms.expression import Expression
from ...mechanisms.network import (
    Compartment,
    Event,
    FunctionDefinition,
    Network,
    Parameter,
    Participant,
    Reaction,
    Species,
)
from ..isolation import ask
from ..screening import read_text, screen_xml
from .mathml import to_expression
from .units import spell

_COMP = "http://www.sbml.org/sbml/level3/version1/comp/version1"
_ROOT = re.compile(r"(?:<\?.*?\?>|<!--.*?-->|\s)*<([\w:.-]+)", re.DOTALL)
MOST_FILES = 20


def read_sbml(text: str, *, name: str = "SBML") -> Network:
    """Read a network from SBML text.

    Raises:
        ModelError: the text is not SBML, or not valid.
        Refused: it uses a construct that is not run.
    """
    text = _screened(text, name)
    if _sources(text):
        raise Refused(name, "a model definition in another file", "externalModelDefinition", "read it from its file")
    return to_network(ask(name, "sbml", text=text), name)


def read_sbml_file(path: Path) -> Network:
    """Read a network from an SBML file; it may refer to files in the same folder.

    Raises:
        ModelError, Refused: as `read_sbml`.
    """
    files = _with_neighbours(path)
    if len(files) == 1:
        return read_sbml(files[path.name], name=str(path))
    with tempfile.TemporaryDirectory() as folder:  # the child reads copies, never the place the model came from
        for key, text in files.items():
            (Path(folder) / key).write_text(text, encoding="utf-8")
        return to_network(ask(str(path), "sbml", path=str(Path(folder) / path.name)), str(path))


def _screened(text: str, name: str) -> str:
    """Screen XML whose outermost element is `sbml`."""
    text = screen_xml(text, name)
    root = _ROOT.match(text)
    if root is None or root[1].rpartition(":")[2] != "sbml":
        found = f"its outermost element is <{root[1]}>" if root else ""
        raise ModelError(name, Problem("", "is XML and not SBML", found))
    return text


def _sources(text: str) -> list[str]:
    """The files that a document's external model definitions name; what stands in notes and annotations is none."""
    if "externalModelDefinition" not in text:
        return []
    found: list[str] = []
    words = ("annotation", "notes")
    depth = 0

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += element.rpartition(" ")[2] in words
        if not depth and element == f"{_COMP} externalModelDefinition":
            found.append(attributes.get(f"{_COMP} source", attributes.get("source", "")))

    def end(element: str) -> None:
        nonlocal depth
        depth -= element.rpartition(" ")[2] in words

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(text.encode("utf-8"), True)
    return found


def _with_neighbours(path: Path) -> dict[str, str]:
    """Read a file and those it refers to, all screened, all of one folder."""
    files: dict[str, str] = {}
    waiting = [path.name]
    while waiting:
        key = waiting.pop()
        if key in files:
            continue
        if len(files) == MOST_FILES:
            raise ModelError(str(path), f"refers to more than {MOST_FILES} files")
        files[key] = _screened(read_text(path.parent / key), str(path.parent / key))
        for source in (source.removeprefix("./") for source in _sources(files[key])):
            if not re.fullmatch(r"[\w][\w.-]*", source):
                help = "only files in the same folder are read"
                raise ModelError(str(path), Problem("externalModelDefinition", f"refers to '{source}'", help))
            waiting.append(source)
    return files


def to_network(answer: dict[str, Any], subject: str) -> Network:
    """Build the network from what the child process read."""
    if "refused" in answer:
        raise Refused(subject, answer["refused"], "")
    try:
        return _Build(answer["model"]).network()
    except (ValueError, RecursionError) as fault:
        if isinstance(fault, ModelError):
            raise
        raise ModelError(subject, f"cannot be read: {fault}") from None


class _Build:
    """From the child's plain values to the network's."""

    def __init__(self, model: dict[str, Any]) -> None:
        self.model = model
        self.units = {key: spell(parts) for key, parts in model["units"].items()}

    def unit(self, id: str) -> str:
        return self.units.get(id, "") if id in self.units else spell([[id, 1.0, 0, 1.0]]) if id else ""

    def math(self, tree: list[Any] | None) -> Expression | None:
        return None if tree is None else to_expression(tree, _Units(self))

    def network(self) -> Network:
        model, defaults = self.model, self.model["default_units"]
        rules: dict[str, list[Any]] = {"assignment": [], "rate": [], "algebraic": []}
        for kind, target, tree in model["rules"]:
            formula = self.math(tree)
            if formula is not None:  # a rule without mathematics says nothing
                rules[kind].append((target, formula))
        return Network(
            name=model["id"],
            label=model["name"],
            compartments={item["id"]: self.compartment(item) for item in model["compartments"]},
            species={item["id"]: self.species(item) for item in model["species"]},
            parameters={item["id"]: self.parameter(item) for item in model["parameters"]},
            reactions={item["id"]: self.reaction(item) for item in model["reactions"]},
            assignments=dict(rules["assignment"]),
            rates=dict(rules["rate"]),
            algebraic=tuple(formula for _, formula in rules["algebraic"]),
            initial={key: formula for key, tree in model["initial"] if (formula := self.math(tree)) is not None},
            events={item["id"] or f"_event{i}": self.event(item) for i, item in enumerate(model["events"])},
            functions={
                f["id"]: FunctionDefinition(tuple(f["arguments"]), self.math(f["body"])) for f in model["functions"]
            },
            conversion=model["conversion"],
            time_unit=self.unit(defaults["Time"]),
            substance_unit=self.unit(defaults["Substance"]),
            volume_unit=self.unit(defaults["Volume"]),
            area_unit=self.unit(defaults["Area"]),
            length_unit=self.unit(defaults["Length"]),
            extent_unit=self.unit(defaults["Extent"]),
        )

    def compartment(self, item: dict[str, Any]) -> Compartment:
        kind = {3.0: "Volume", 2.0: "Area", 1.0: "Length"}.get(item["dimensions"], "")
        unit = self.unit(item["unit"] or (self.model["default_units"][kind] if kind else ""))
        return Compartment(_number(item["size"]), unit, item["constant"], item["dimensions"], item["label"])

    def species(self, item: dict[str, Any]) -> Species:
        values = {key: value for key, value in item.items() if key not in ("id", "unit", "initial")}
        unit = self.unit(item["unit"] or self.model["default_units"]["Substance"])
        return Species(initial=_number(item["initial"]), unit=unit, **values)

    def parameter(self, item: dict[str, Any]) -> Parameter:
        return Parameter(_number(item["value"]), self.unit(item["unit"]), item["constant"], item["label"])

    def reaction(self, item: dict[str, Any]) -> Reaction:
        return Reaction(
            reactants=tuple(map(_participant, item["reactants"])),
            products=tuple(map(_participant, item["products"])),
            modifiers=tuple(item["modifiers"]),
            rate=self.math(item["rate"]),
            local={parameter["id"]: self.parameter(parameter) for parameter in item["local"]},
            reversible=item["reversible"],
            fast=item["fast"],
            compartment=item["compartment"],
            label=item["label"],
        )

    def event(self, item: dict[str, Any]) -> Event:
        assignments = {
            target: formula for target, tree in item["assignments"] if (formula := self.math(tree)) is not None
        }
        return Event(
            trigger=self.math(item["trigger"]),
            assignments=assignments,
            delay=self.math(item["delay"]),
            priority=self.math(item["priority"]),
            initial=item["initial"],
            persistent=item["persistent"],
            values_at_trigger=item["values_at_trigger"],
            label=item["label"],
        )


class _Units(dict[str, str]):
    """Looks unit ids of a document up, its own definitions and SBML's."""

    def __init__(self, build: _Build) -> None:
        super().__init__()
        self._build = build

    def get(self, key: str, default: Any = "") -> Any:
        return self._build.unit(key)


def _participant(item: dict[str, Any]) -> Participant:
    return Participant(item["species"], _number(item["stoichiometry"]), item["id"], item["constant"])


def _number(value: float | None) -> float | None:
    return None if value is None or (isinstance(value, float) and math.isnan(value)) else float(value)

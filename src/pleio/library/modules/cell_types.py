"""What cell types carry: the one table that the modules of one cell read their abundances from.

    parameters: name → the module that it belongs to
    unknown:    name → what a cell has of it where nothing is known
    cells:      cell type → {title, term, receptor, source, known: name → {value, trust, source, claims, meaning}}

A cell type joins a mechanism as a module does, by its name; `cell_types` joins as all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ...assembly.module import Module, Prior
from ...base.errors import ModelError, Problem, nearest
from ...base.yaml import Loaded, load, validate
from ...mechanisms.network import Network, Parameter
from .form import CellTypesForm
from .module import SUBSTANCE, TIME, VOLUME, prior_of
from .text import head

NAME = "cell_types"


@dataclass(frozen=True)
class CellType:
    """One cell type: its title, ontology term, what is known of its receptor, and where that was said."""

    name: str
    title: str
    term: str
    receptor: str
    source: str


@dataclass(frozen=True)
class CellTypes:
    """The table.

    Attributes:
        cells: name → cell type, in the order of the file.
        owners: parameter → the module that it belongs to.
        known: parameter → cell type → what is known of it there.
        gaps: parameter and cell type of which nothing is known, so that the prior is that of the unknown.
    """

    title: str
    about: str
    cells: Mapping[str, CellType]
    owners: Mapping[str, str]
    known: Mapping[str, Mapping[str, Prior]]
    gaps: frozenset[tuple[str, str]]

    def given_to(self, module: Module) -> Module:
        """Give a module its parameters by cell type; what the module itself states of a cell stands.

        Raises:
            ModelError: the table names a parameter that the module does not have.
        """
        mine = [name for name, owner in self.owners.items() if owner == module.name]
        missing = [name for name in mine if name not in module.priors]
        if missing:
            problems = [
                Problem(f"{NAME}.yaml", f"'{n}' is no parameter of '{module.name}'", nearest(n, module.priors))
                for n in missing
            ]
            raise ModelError(f"module '{module.name}'", problems)
        by_cell = {name: {**self._of(module, name), **module.in_cell.get(name, {})} for name in mine}
        return replace(module, in_cell={**module.in_cell, **by_cell})

    def _of(self, module: Module, name: str) -> dict[str, Prior]:
        unit = module.priors[name].unit
        return {cell: replace(prior, unit=unit) for cell, prior in self.known[name].items()}

    def as_module(self, owners: Mapping[str, Module], cells: Sequence[str] | None = None) -> Module:
        """Give the table, or some of its rows, as a module that sets the modules of one cell up in these cells.

        Args:
            owners: the modules that the parameters belong to, by name, for their units.
            cells: all where not given.
        """
        chosen = tuple(self.cells if cells is None else cells)
        priors = {
            f"{name}_{cell}": owners[owner].in_cell[name][cell]
            for name, owner in self.owners.items()
            for cell in chosen
            if cell in self.known[name]
        }
        parameters = {
            name: Parameter(prior.value, prior.unit, label=prior.meaning, source=prior.source, trust=prior.trust)
            for name, prior in priors.items()
        }
        title = self.title if cells is None else ", ".join(self.cells[cell].title for cell in chosen)
        name = NAME if cells is None else "+".join(chosen)
        network = Network(
            name=name, parameters=parameters, time_unit=TIME, substance_unit=SUBSTANCE, volume_unit=VOLUME
        )
        return Module(name=name, title=title, network=network, priors=priors, cells=chosen, about=self.about)


def load_cell_types(path: Path) -> CellTypes:
    """Read `cell_types.yaml` and the head of the `cell_types.ant` beside it.

    Raises:
        ModelError: one problem for each thing that is wrong.
    """
    loaded = load(path, name=path.name, error=ModelError)
    return make_cell_types(loaded, head(path.with_suffix(".ant").read_text(encoding="utf-8")))


def make_cell_types(table: Loaded, about: str = "") -> CellTypes:
    """Check a table that was read; see `load_cell_types`.

    Raises:
        ModelError: one problem for each row that names what is not there.
    """
    form = validate(table, CellTypesForm, error=ModelError)
    problems = list(_unknown_names(form, table))
    if problems:
        raise ModelError(table.name, problems)
    known: dict[str, dict[str, Prior]] = {name: {} for name in form.parameters}
    gaps = set()
    for cell, row in form.cells.items():
        for name in form.parameters:
            if name in row.known:
                known[name][cell] = prior_of(row.known[name], "")
            elif name in form.unknown:
                known[name][cell] = prior_of(form.unknown[name], "")
                gaps.add((name, cell))
    cells = {
        name: CellType(name, row.title, row.term or "", row.receptor, row.source or "")
        for name, row in form.cells.items()
    }
    return CellTypes(form.title, about, cells, form.parameters, known, frozenset(gaps))


def _unknown_names(form: CellTypesForm, table: Loaded) -> Iterator[Problem]:
    for name in form.unknown:
        if name not in form.parameters:
            place = table.where(("unknown", name))
            yield Problem(place, f"'{name}' is not among the parameters", nearest(name, form.parameters))
    for cell, row in form.cells.items():
        for name in row.known:
            if name not in form.parameters:
                place = table.where(("cells", cell, "known", name))
                yield Problem(place, f"'{name}' is not among the parameters", nearest(name, form.parameters))

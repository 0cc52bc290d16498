"""A study on the pathway diagram: what stands for each entity, over time, in each arm, in the median of few worlds.

`pathway.yaml` says which quantity stands for an entity.  The study is run as the playground runs one: a subject in each
world, and the playground's tolerance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError, nearest
from ...studies.endpoints.quantiles import weighted_quantiles
from ...studies.labels import label_of
from ...studies.quantities import known_names, unit_of_name
from ..scenarios.answer import RTOL
from .pathway import read_plan

if TYPE_CHECKING:
    from ..opened import Library
    from ..question import StudyInLibrary

Array = NDArray[np.float64]

WORLDS = 64
NOTHING = 1e-9  # of the highest value: what is below is what integration leaves of zero
UNCHANGED = 0.02  # of the highest value: what moves less is drawn as unchanged


@dataclass(frozen=True, eq=False)
class Course:
    """What stands for one entity.

    Attributes:
        name: of the quantity in the mechanism.
        values: the median over worlds, in `unit`; 0 in arms that do not give what it is.  Shape (arms, times).
        low, high: over all arms and times.
    """

    name: str
    label: str
    unit: str
    values: Array

    @property
    def low(self) -> float:
        return float(np.nanmin(self.values))

    @property
    def high(self) -> float:
        return float(np.nanmax(self.values))

    @property
    def changes(self) -> bool:
        """Whether it moves at all, over time or between arms."""
        return self.high - self.low > UNCHANGED * max(abs(self.high), abs(self.low))


@dataclass(frozen=True, eq=False)
class Activity:
    """A study on the diagram.

    Attributes:
        cell, cells: the cell type whose signals are shown, and those there are, with their names.
        times: Shape (times,), in hours.
        courses: entity → what stands for it; entities that the mechanism does not have are missing.
    """

    study: str
    cell: str
    cells: Mapping[str, str]
    arms: tuple[str, ...]
    times: Array
    courses: Mapping[str, Course]
    worlds: int


@lru_cache(maxsize=16)
def activity(library: Library, study: str, cell: str = "") -> Activity:
    """Run a study of the library for the diagram.

    Args:
        cell: a cell type of the study; its first by default.

    Raises:
        StudyError: there is no such study, or no such cell type in it.
    """
    asked = library.study(study)
    network, plan = asked.mechanism.network, read_plan(library)
    known = known_names(network)
    cells = _cells(library, plan.activity, known)
    if cell and cell not in cells:
        raise StudyError(f"study '{study}'", Problem("", f"has no cell type '{cell[:60]}'", nearest(cell, cells)))
    cell = cell or next(iter(cells), "")
    chosen = {entity: name for entity, names in plan.activity.items() for name in _first(names, cell, known)}
    if not chosen:
        raise StudyError(f"study '{study}'", "computes nothing that the diagram shows")
    times, medians = _run(asked, tuple(dict.fromkeys(chosen.values())))
    courses = {}
    for entity, name in chosen.items():
        values = medians[name].copy()
        if entity in library.agents:
            given = [any(dosing.agent == entity for dosing in arm) for arm in asked.stated.arms.values()]
            values[~np.array(given)] = 0.0
        values[np.abs(values) < NOTHING * np.nanmax(np.abs(values), initial=0.0)] = 0.0
        courses[entity] = Course(name, label_of(network, name), unit_of_name(network, name), values)
    return Activity(study, cell, cells, tuple(asked.stated.arms), times, courses, WORLDS)


def _run(asked: StudyInLibrary, names: tuple[str, ...]) -> tuple[Array, dict[str, Array]]:
    """Give the times in hours, and for each name the median over worlds, of shape (arms, times)."""
    from ...base.units import parse
    from ...studies.check import check
    from ...studies.running.chunk import Setup, compute
    from ...studies.study import Endpoint
    from ..question import StudyInLibrary

    stated = asked.stated
    few = stated.model_copy(
        update={
            "cohort": stated.cohort.model_copy(update={"size": 1}),
            "worlds": stated.worlds.model_copy(update={"count": WORLDS}),
            "observe": names,
            "endpoints": {"last": Endpoint(of=names[0], take="final")},
            "every": None,
            "decision": None,
        }
    )
    small = StudyInLibrary(asked.library, asked.name, few)
    worlds = small.worlds()
    check(small.study, small.mechanism, worlds, small.agents)
    setup = Setup(small.study, small.mechanism, small.agents, RTOL)
    spread = compute(setup, worlds).spread[:, :, :, 2, :].astype(np.float64)  # arms, worlds, names, times
    medians = weighted_quantiles(spread, worlds.weights, [0.5], axis=1)[0]
    hours = parse(small.mechanism.network.time_unit or "h").factor_to(parse("h"))
    return setup.times * hours, {name: medians[:, i] for i, name in enumerate(names)}


def _cells(library: Library, wanted: Mapping[str, Sequence[str]], known: Collection[str]) -> dict[str, str]:
    """Name the cell types in which a mechanism computes signals, in the order of the mechanism."""
    if library.cell_types is None:
        return {}
    every = library.cell_types.cells
    places = list(known)
    names = [name for names in wanted.values() for name in names]
    found = {
        cell: min(places.index(of) for name in names if (of := _in_cell(name, cell)) in known)
        for cell in every
        if any(_in_cell(name, cell) in known for name in names)
    }
    return {cell: every[cell].title for cell in sorted(found, key=found.__getitem__)}


def _first(names: Sequence[str], cell: str, known: Collection[str]) -> Iterator[str]:
    """Yield the first of some quantities that a mechanism has, by itself or in a cell type."""
    for name in names:
        for of in (name, _in_cell(name, cell)):
            if of in known:
                yield of
                return


def _in_cell(name: str, cell: str) -> str:
    """Name a quantity in a cell type.

    Example:
        >>> _in_cell("pERK", "fibroblast"), _in_cell("[il11]", "fibroblast")
        ('pERK_fibroblast', '[il11_fibroblast]')
    """
    return f"[{name[1:-1]}_{cell}]" if name.startswith("[") else f"{name}_{cell}"

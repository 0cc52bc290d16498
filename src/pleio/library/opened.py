"""A library, opened: claims, modules, agents, studies and experiments, each read when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..base.errors import InputError, ModelError, Problem, StudyError, nearest
from ..base.expected import expect

if TYPE_CHECKING:
    from ..assembly.module import Mechanism, Module
    from ..claims.assumption import Assumption
    from ..claims.belief.beliefs import Beliefs
    from ..claims.collection import ClaimSet
    from ..claims.contest import Contest
    from ..claims.reference import Reference
    from ..inference.observations import Observation
    from .agents import Agent
    from .experiments import Experiment
    from .modules.cell_types import CellTypes
    from .question import StudyInLibrary

HERE = Path(__file__).parent
MOST_KEPT = 32  # mechanisms put together last


@dataclass(frozen=True)
class Library:
    """What ships about one cytokine; a folder of data files.

    Attributes:
        name: how it is opened, such as il11.
        folder: where its files are.
    """

    name: str
    folder: Path

    @cached_property
    def claims(self) -> ClaimSet:
        """All claims, with the assumptions and references that they name."""
        from ..claims.read import read_claim_set

        return read_claim_set(self.folder / "claims", self.folder / "assumptions.yaml", self._reference_files)

    def with_claims(self, claims: ClaimSet) -> Library:
        """Give the same library with other claims in place of those of its files."""
        other = Library(self.name, self.folder)
        other.__dict__["claims"] = claims  # where cached_property looks first
        return other

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        return self.claims.assumptions

    @cached_property
    def references(self) -> Mapping[str, Reference]:
        """CURIE → what it stands for."""
        from ..claims.read import read_references

        return {one.curie: one for one in read_references(self._reference_files)}

    @property
    def _reference_files(self) -> list[Path]:
        return sorted(self.folder.glob("*references.yaml"))

    def contests(self, name: str | None = None, *, context: str | None = None) -> tuple[Contest, ...]:
        """Give the contests about an entity, in a cell, tissue or disease, as `ClaimSet.contests` does."""
        expect("contests", name, (str, type(None)), "the name or CURIE of an entity")
        return self.claims.contests(name, context=context)

    def belief(
        self, band: str = "neutral", species: str = "human", elsewhere: Mapping[str, str] | None = None
    ) -> Beliefs:
        """Give what is believed of every contest and assumption in a band: sceptic, neutral or believer.

        Args:
            species: whom it is believed of.  What a paper saw in mice counts in full of mice, and of people as far as
                mice speak for them.
            elsewhere: contest → the species that this one is believed of instead.
        """
        key = (band, species, tuple(sorted((elsewhere or {}).items())))
        if key not in self._beliefs:
            from ..claims.belief.beliefs import believe
            from ..claims.claim import Context

            self._beliefs[key] = believe(self.claims, band, Context(species=species), species=elsewhere)
        return self._beliefs[key]

    @cached_property
    def _beliefs(self) -> dict[tuple[str, str, tuple[tuple[str, str], ...]], Beliefs]:
        return {}

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """What was published and can be forecast, one printed number each.

        Raises:
            StudyError: all that is wrong in one of the files.
        """
        from .readouts.readouts import read_files

        return read_files(self, sorted((self.folder / "observations").glob("*.yaml")))

    @cached_property
    def module_names(self) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in (self.folder / "modules").glob("*.yaml")))

    @cached_property
    def modules(self) -> Mapping[str, Module]:
        """Name → module.

        Raises:
            ModelError: for each problem of each module.
        """
        problems: list[Problem] = []
        found: dict[str, Module] = {}
        for name in self.module_names:
            try:
                found[name] = self.module(name)
            except InputError as fault:
                problems += [Problem(f"{fault.subject} {p.where}".strip(), p.what, p.help) for p in fault.problems]
        if problems:
            raise ModelError(f"the modules of {self.name}", problems)
        return found

    def module(self, name: str) -> Module:
        """Give one module.

        Raises:
            ModelError: there is none of that name, or it is not well formed.
        """
        expect("module", name, str, "a name")
        if name not in self._modules:
            self._modules[name] = self._load_module(name)
        return self._modules[name]

    def _load_module(self, name: str) -> Module:
        from .modules.module import load_module

        table = self.cell_types
        if table is not None and (name == "cell_types" or name in table.cells):
            owners = {owner: self.module(owner) for owner in table.owners.values()}
            return table.as_module(owners, None if name == "cell_types" else [name])
        if name not in self.module_names:
            raise ModelError(f"module '{name}'", Problem("", "does not exist", nearest(name, self._joinable)))
        module = load_module(self.folder / "modules" / f"{name}.yaml")
        return module if table is None else table.given_to(module)

    @cached_property
    def cells(self) -> frozenset[str]:
        """The cells that modules of one cell can be of: those of the table, and those that modules name."""
        named = (module.cell for module in self.modules.values())
        return frozenset({*(self.cell_types.cells if self.cell_types else ()), *(one for one in named if one)})

    @cached_property
    def cell_types(self) -> CellTypes | None:
        """What cell types carry; None where the library has no such table."""
        from .modules.cell_types import load_cell_types

        path = self.folder / "modules" / "cell_types.yaml"
        table = load_cell_types(path) if path.exists() else None
        both = sorted(set(table.cells) & set(self.module_names)) if table else []
        if both:
            raise ModelError(path.name, [Problem(name, "is a module too", "rename the cell type") for name in both])
        return table

    @property
    def _joinable(self) -> tuple[str, ...]:
        """What a mechanism can name: modules, and cell types that the modules of one cell are set up in."""
        return (*self.module_names, *(self.cell_types.cells if self.cell_types else ()))

    @cached_property
    def _modules(self) -> dict[str, Module]:
        return {}

    def mechanism(self, names: Sequence[str] | str) -> Mechanism:
        """Join modules by name: a list, or text such as `receptor+jak_stat+platelets`.

        A cell type, as in `receptor+jak_stat+hepatocyte`, sets the modules of one cell up in it; `cell_types` in all.

        Raises:
            ModelError: a module does not exist, or two do not fit together; all problems at once.
        """
        from ..assembly.compose import compose

        wanted = [part.strip() for part in names.split("+")] if isinstance(names, str) else list(names)
        problems = [self._unjoinable(name) for name in wanted if name not in self._joinable]
        if problems:
            known = list(dict.fromkeys(name for name in wanted if name in self._joinable))
            if known:
                try:
                    compose([self.module(name) for name in known])
                except ModelError as fault:  # what is wrong between those that exist, at once with the rest
                    problems += fault.problems
            raise ModelError("mechanism " + "+".join(wanted), problems)
        key = tuple(wanted)
        if key not in self._mechanisms:
            while len(self._mechanisms) >= MOST_KEPT:
                self._mechanisms.pop(next(iter(self._mechanisms)), None)
            self._mechanisms[key] = compose([self.module(name) for name in wanted])
        return self._mechanisms[key]

    def _unjoinable(self, name: str) -> Problem:
        """Say why a name is no part of a mechanism, and what would be."""
        if not name:
            return Problem("", "a name is empty", "write modules joined by +, such as receptor+jak_stat")
        parts = [part for part in re.split(r"[^\w-]+", name) if part]
        if len(parts) > 1 and any(part in self._joinable for part in parts):
            return Problem(name, "is no module", f"join names with +: {'+'.join(parts)}")
        help = nearest(name.lower(), self._joinable) or "`pleio model list` names them"
        return Problem(name, "is no module", help)

    @cached_property
    def _mechanisms(self) -> dict[tuple[str, ...], Mechanism]:
        return {}

    @cached_property
    def agents(self) -> Mapping[str, Agent]:
        """Name → agent."""
        from .agents import load_agent

        return {path.stem: load_agent(path) for path in sorted((self.folder / "agents").glob("*.yaml"))}

    @cached_property
    def experiments(self) -> tuple[Experiment, ...]:
        from .experiments import load_experiments

        return load_experiments(self.folder / "experiments")

    @cached_property
    def studies(self) -> tuple[str, ...]:
        """The names of the studies."""
        return tuple(sorted(path.stem for path in (self.folder / "studies").glob("*.yaml")))

    def study(self, name: str | Path, changes: Mapping[str, Any] | None = None) -> StudyInLibrary:
        """Give a study with the mechanism, agents and beliefs that it needs, ready to run.

        Args:
            name: a study of the library, or the path of a YAML file.
            changes: path → value that takes the place of what the file says, as `studies.settings.changed` has it.

        Raises:
            StudyError: there is none of that name, or its file is wrong.
        """
        from ..studies.study import read_study
        from .question import StudyInLibrary
        from .study_file import read_checked

        name = str(name) if isinstance(name, Path) else name
        expect("study", name, str, "the name of a study, or the path of its file")
        if name.endswith((".yaml", ".yml")):
            return StudyInLibrary(self, Path(name).stem, read_checked(self, Path(name), name, changes))
        if name not in self.studies:
            help = nearest(name, self.studies) or "`pleio study list` names them"
            raise StudyError(f"study '{name}'", Problem("", "does not exist", help))
        path = self.folder / "studies" / f"{name}.yaml"
        stated = read_checked(self, path, path.name, changes) if changes else read_study(path, name=path.name)
        return StudyInLibrary(self, name, stated)

    def problems(self) -> list[Problem]:
        """Name what the files say of each other that is not so: claims, references, modules and agents that do not
        exist."""
        from .consistency import problems_of

        return problems_of(self)


def libraries() -> tuple[str, ...]:
    """Name the libraries that ship."""
    return tuple(sorted(path.parent.name for path in HERE.glob("*/claims") if path.is_dir()))


@lru_cache(maxsize=8)
def open(name: str = "il11") -> Library:
    """Open a library by name; nothing is read yet.

    Raises:
        InputError: there is none of that name.
    """
    expect("library", name, str, "a name", "pleio.open('il11')")
    known = libraries()
    if name not in known:
        raise InputError(f"library '{name}'", Problem("", "does not exist", nearest(name, known)))
    return Library(name, HERE / name)

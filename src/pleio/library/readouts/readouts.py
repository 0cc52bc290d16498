"""What a readout of an observation is in the modules: `readouts.yaml`, read and checked against the library."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...base.errors import InputError, ModelError, Problem, StudyError, nearest
from ...base.quantities import parse_quantity
from ...base.units import Unit, parse
from ...inference.observation_file import Sifted, read_observations, sift_observations
from ...inference.observations import Observation
from ...studies.quantities import unit_of_name
from ...studies.study import Cohort
from ..validation.reach import acts_on
from ..validation.regimens import read_regimens
from .by_rule import for_row, is_over_another, measured_in
from .names import ENDINGS, OF_SHARES, RELATIONS, Ending, like, part
from .table import Readout, Settings, read_table
from .wording import LETTERS, joined, wordings

if TYPE_CHECKING:
    from ...assembly.module import Mechanism
    from ...mechanisms.network import Network
    from ..opened import Library


SURELY_A_CHANGE = 60.0
"""Per cent: a level that is printed as more could be a share of the control's."""
SEXES = ("male", "female", "both")
"""What `{sex}` in a quantity's name stands for."""
NOTHING = ("", "none")
"""An agent of a row in which nothing is given."""
RELEASED = r"(?:_(?:in|of|from)?_?(?:the_)?(?:culture_)?(?:medium|media|supernatants?|secretion|release|production))?"
"""What a name may say of where a cell's product was measured."""


class LibraryReadouts:
    """The readouts of a library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.table = read_table(library.folder)
        self.regimens = read_regimens(library.folder)
        self._names: dict[tuple[str, str], Readout | None] = {}

    @property
    def names(self) -> Collection[str]:
        """The names that have an entry, families written out; those by rule are in `readout_names`."""
        return {*self.table.readouts, *self.of_families}

    def _rule_problems(self) -> Iterator[Problem]:
        modules = self.library.module_names
        for module, others in self.table.joins.items():
            for name in sorted({module, *others} - set(modules)):
                yield Problem(f"joins of '{module}'", f"'{name}' is no module", nearest(name, modules))
        known = {name for module in self.library.modules.values() for name in names_of_network(module.network)}
        for word, of in self.table.words.items():
            held = of.strip("[]").replace("{sex}", "male")
            if held not in known and not any(self._has(module, held) for module in modules):
                yield Problem(f"word '{word}'", f"'{held}' is no quantity", nearest(held, known))

    @cached_property
    def of_families(self) -> Mapping[str, Readout]:
        return {
            name: one.model_copy(update={"of": name})
            for pattern, one in self.table.families.items()
            for name in names_of(self.library.mechanism(one.mechanism))
            if fnmatchcase(name, pattern)
        }

    def named(self, name: str, module: str) -> Readout | None:
        """Give what a readout is by its name and the module of its row; None if it is not known.

        A name without an entry is taken apart: a quantity of the modules that the row's module stands with, or an
        everyday word for one, and an ending; also in another spelling, and without the name of what the module is
        about (`half_life` in `antibody_pk`), or a name with an entry and an ending that sets it in relation
        (`platelets_nadir_ratio`), or with another threshold (`days_to_platelets_75`).  Its mechanism is then without
        what brings an agent.  What is known to be in no module is given with the reason.
        """
        if (name, module) not in self._names:
            self._names[name, module] = self._looked_up(name, module)
        return self._names[name, module]

    def knows(self, readout: str, module: str) -> bool:
        """Whether a readout is known by exactly this name."""
        return self._exactly(_spaced(readout), module) is not None

    def in_cells(self, readout: str, condition: str) -> str:
        """Give a name as it is of the cells of a condition: TNF in the medium of macrophages is `tnf_macrophage`."""
        name = joined(readout).lower()
        for pattern, cells in self.table.in_cells.items():
            match = re.fullmatch(rf"(?:{pattern}){RELEASED}(?P<ending>_(?:ratio|change|fold|peak).*)?", name)
            for words, of in cells.items() if match else ():
                if match and re.search(words, condition, re.IGNORECASE):
                    return f"{of}{match['ending'] or ''}"
        return readout

    def homes(self, readout: str, agent: str = "", people: str = "") -> tuple[str, ...]:
        """Name the modules that a readout can be of whose row names none: those that have the quantity themselves.

        Of several, the one that brings the agent, and where none is given one that brings none; and the one whose cells
        the row's people, or cells, are.
        """
        found = {module: self.named(readout, module) for module in self.library.module_names}
        own = tuple(module for module, one in found.items() if one is not None and one.of and self._has(module, one.of))
        own = self._of_cells(own, people)
        own = tuple(one for one in own if (of := found[one]) and self._has_exactly(one, of.of)) or own
        held = self.library.agents.get(self.agent(agent)) if agent else None
        if held is not None and held.module in own:
            return (held.module,)
        bring = {one.module for one in self.library.agents.values()}
        without = tuple(
            module
            for module in own  # a half-life is a property of what is given, whether or not the row says so
            if module not in bring or ((one := found[module]) is not None and one.single_dose)
        )
        return without if without and agent.lower() in NOTHING else own

    def _of_cells(self, modules: tuple[str, ...], people: str) -> tuple[str, ...]:
        """Choose the modules whose cells are named; those of no cells of their own where none is."""
        cells = {one: self.table.module_cells[one] for one in modules if one in self.table.module_cells}
        named = tuple(
            one for one, of in cells.items() if re.search(of.named or "(?!)", people, re.I) and not of.said(people)
        )
        return named or tuple(one for one in modules if one not in cells or len(modules) == 1)

    def _has_exactly(self, module: str, of: str) -> bool:
        """Whether a module has a quantity itself, by just this name."""
        return of.replace("{sex}", "male").strip("[]") in self._own_names(module)

    def _own_names(self, module: str) -> frozenset[str]:
        return frozenset(names_of_network(self.library.module(module).network) - self._inputs(module))

    def _has(self, module: str, of: str) -> bool:
        """Whether a module has a quantity itself, or as that of one of the cells that it can be of."""
        names = self._own_names(module)
        name = of.replace("{sex}", "male").strip("[]")
        return name in names or any(name == f"{one}_{cell}" for cell in self.library.cells for one in names)

    def _looked_up(self, name: str, module: str) -> Readout | None:
        ways = [_spaced(name), *wordings(name, self.table.loosened)]
        for way in ways:
            if (found := self._exactly(way, module)) is not None:
                return found
        for way in ways:
            tried = self._tried(way, module)
            for pattern, why in self.table.no_module.items():
                if any(fnmatchcase(one.lower(), pattern) for one in tried):
                    return Readout(unit="", not_modelled=why)
        return None

    def _exactly(self, name: str, module: str) -> Readout | None:
        tried = self._tried(name, module)
        only_in = self.table.only_in.items()
        if any(fnmatchcase(way.lower(), one) and module != own for way in tried for one, own in only_in):
            return None
        entries = (self.table.readouts.get(one) or self.of_families.get(one) for one in tried)
        by_rule = (self._named(one, module) or self._elsewhere(one, module) for one in tried)
        found = (
            *entries,
            *map(self._of_threshold, tried),
            *by_rule,
            self._over(name, module),
            self._until(name, module),
        )
        return next((one for one in found if one is not None), None)

    def _tried(self, name: str, module: str) -> tuple[str, ...]:
        """Give a name in our spelling too, and with what the module is about and what its readouts end in."""
        own = self.table.words_in.get(module, {}).get(name.lower())
        spelled = name
        for pattern, ours in self.table.spellings.items():
            spelled = re.sub(pattern, ours, spelled, flags=re.IGNORECASE)
        prefix = self.table.prefixes.get(module, "")
        ending = self.table.usual_ending.get(module, "")
        own = own or self.table.words_in.get(module, {}).get(spelled.lower())
        if own is not None:  # what it is elsewhere, as an entry or a quantity, it is not here
            return (own,)
        names = (name, spelled, *((f"{prefix}_{name}", f"{prefix}_{spelled}") if prefix else ()))
        written = [*names, f"{name}{ending}", f"{spelled}{ending}"]
        return tuple(dict.fromkeys([*written, *map(str.lower, written)]))

    def _of_threshold(self, name: str) -> Readout | None:
        """Give a readout with an entry at another threshold: `days_to_platelets_75` as `days_to_platelets_50`."""
        threshold = re.search(r"(?<=_)[1-9][0-9]*(?=_|$)", name)
        if threshold is None:
            return None
        same = re.compile(re.escape(name[: threshold.start()]) + r"[0-9]+" + re.escape(name[threshold.end() :]))
        for entry, one in self.table.readouts.items():
            if one.beyond and same.fullmatch(entry):
                return one.model_copy(update={"beyond": float(threshold.group())})
        return None

    def _until(self, name: str, module: str) -> Readout | None:
        """Give an area up to a time that its name states: `AUC0-24`, `auc_24h`, `AUC 0-72 h`."""
        match = re.fullmatch(r"(.*?)auc_?(?:0_?(?:to_)?)?([1-9][0-9]*)_?(?:h|hr|hours)?", name.lower())
        found = match and self._exactly(f"{match[1]}auc", module)
        if not match or not found or found.take != "auc":
            return None
        return found.model_copy(update={"at": parse_quantity(f"{match[2]} h")})

    def _over(self, name: str, module: str) -> Readout | None:
        """Give a level or a share that has a name of its own in relation to another group's, or to its own start."""
        for ending, (unit, settings) in OF_SHARES.items():
            found = self.named(name.removesuffix(ending), module) if name.endswith(ending) else None
            if found is not None and found.scale == "log odds" and found.against is None:
                return found.model_copy(update={"unit": unit, **settings})
        for ending, (unit, settings) in RELATIONS.items():
            found = self.named(name.removesuffix(ending), module) if name.endswith(ending) else None
            if found is None or found.relative or found.against or found.of_comparator:
                continue
            if found.of and found.take in ("value", "maximum", "minimum") and found.scale == "log":
                return found.model_copy(update={"unit": unit, "by_rule": True, **settings})
        return None

    def _elsewhere(self, name: str, module: str) -> Readout | None:
        """Give a readout of another module than the row's, where that module itself has the quantity."""
        for other in self.library.module_names if module in self.library.module_names else ():
            if part(name, names_of_network(self.library.module(other).network) - self._inputs(other), self.table.words):
                return self._named(name, other)
        return None

    def _inputs(self, module: str) -> set[str]:
        return set(self.library.module(module).inputs)

    def _named(self, name: str, module: str) -> Readout | None:
        found = self.table.readouts.get(name) or self.of_families.get(name)
        if found is not None or module not in self.library.module_names:
            return found
        mechanism = self.table.joins.get(module, (module,))
        network = self.library.mechanism(mechanism).network
        meant = {*self.table.words_in.get(module, {}).values()}  # what is meant in a module is no word for another
        words = {word: of for word, of in self.table.words.items() if word not in meant}
        parted = part(name, names_of_network(network), words)
        if parted is None:
            return None
        if not parted.ending and (entry := self.table.readouts.get(parted.quantity)) is not None:
            return entry
        bare = parted.quantity.strip("[]")  # what one module has as a species, another may be given as a number
        of = parted.quantity if bare in network.species else bare
        ending = ENDINGS.get(parted.ending, Ending("", {}, ""))
        unit = ending.unit
        if unit in ("", "*h"):
            own = unit_of_name(network, of.replace("{sex}", "male"))
            unit = f"({own})*h" if unit else own
        aged = module in self.table.from_first_dose
        settings = {**ending.settings, "from_first_dose": aged, "by_rule": True}
        return Readout(unit=unit, mechanism=mechanism, of=of, **settings)

    def of(self, observation: Observation) -> Readout | None:
        """Give what a row's readout is; None if it is not known."""
        found = self.named(observation.readout, observation.module)
        if found is None or found.not_modelled:
            return found
        if self._is_change(observation.readout, observation.unit):
            if abs(observation.observed or 0.0) > SURELY_A_CHANGE:
                return Readout(
                    unit="%", not_modelled="a share of the control's, or a change? write '% change', or weeks"
                )
            found = self.table.readouts[f"{_spaced(observation.readout).lower()}_relative_change"]
        if is_over_another(found, observation):
            found = self.named(f"{observation.readout}_ratio", observation.module) or found
        try:
            return for_row(found, observation, self)
        except ModelError as fault:
            if observation.regimen and any("culture" in problem.what for problem in fault.problems):
                why = "it is of cells in a dish, which have no regimen; write what was put into the dish as 'stimulus'"
                return Readout(unit=observation.unit, not_modelled=why)
            return Readout(unit=observation.unit, not_modelled=f"its modules do not join: {fault}")

    def stimulus(self, agent: str, mechanism: tuple[str, ...], of: str) -> str | None:
        """Name the stimulus that something given stands for where no module brings it to what is read off."""
        held = self.library.agents.get(self.agent(agent, in_dish="culture" in mechanism))
        if held is not None and held.module in mechanism:
            network = self.library.mechanism(mechanism).network
            if acts_on(network, of, self.touched_by(held.name)):
                return None
        return next((name for name in self.table.stimuli if _folded(name) == _folded(agent)), None)

    def touched_by(self, agent: str) -> set[str]:
        """Name where an agent's doses enter, and what it sets."""
        held = self.library.agents[agent]
        return {*held.routes.values(), *held.parameters, *held.uncertain}

    def is_agent(self, name: str, *, in_dish: bool = False) -> bool:
        """Whether a name is that of something that can be given."""
        known = self.agent(name, in_dish=in_dish) in self.library.agents
        return known or any(_folded(one) == _folded(name) for one in self.table.stimuli)

    def genes(self, condition: str) -> Settings:
        """Give what a knock-out that a condition names sets."""
        return {name: text for one in self.table.genotypes if one.named(condition) for name, text in one.set.items()}

    def genes_not_modelled(self, condition: str) -> str:
        """Say why the genes that a condition names are in no module; "" where it names none of that kind."""
        for pattern, why in self.table.genotypes_not_modelled.items():
            if match := re.search(pattern, condition, re.IGNORECASE):
                return f"{why} ({match[0].strip()})"
        return ""

    def agent(self, name: str, *, in_dish: bool = False) -> str:
        """Give the library's name of an agent, whatever case, Greek letters and spaces a paper writes it with."""
        bare = _folded(re.sub(r"\(.*?\)", "", name)) or _folded(name)
        bare = _folded(name) if _folded(name) in self._agents else bare
        for pattern, one in self.table.agent_words.items():
            if re.fullmatch(pattern, bare):
                return one.dish if in_dish else one.body
        found = self._agents.get(bare, name)
        return self.table.in_dish.get(found, found) if in_dish else found

    def agent_not_modelled(self, name: str) -> str:
        """Say why an agent that is known by its name is not in the library; "" where nothing is known of it."""
        found = self.table.agents_not_modelled.items()
        return next((why for pattern, why in found if re.fullmatch(pattern, _folded(name))), "")

    @cached_property
    def _agents(self) -> Mapping[str, str]:
        """Name as folded → agent: ids, titles and aliases of the library, and names in papers."""
        known = {
            _folded(one): id for id, agent in self.library.agents.items() for one in (agent.title, *agent.aliases, id)
        }
        return known | {_folded(one): id for one, id in self.table.agents.items()}

    def unit_of(self, readout: str, module: str) -> str | None:
        found = self.named(readout, module)
        return None if found is None else found.unit

    def _is_change(self, readout: str, unit: str) -> bool:
        """Whether it is a level with a unit, printed in per cent, whose change has an entry: a median life span."""
        name = _spaced(readout).lower()
        level = self.table.readouts.get(name) if unit == "%" else None
        both = level is not None and f"{name}_relative_change" in self.table.readouts
        return both and level is not None and not parse(level.unit).is_dimensionless

    def measured_in(self, readout: str, module: str, unit: Unit) -> bool:
        found = self.named(readout, module)
        if self._is_change(readout, str(unit)):
            return True
        if found is not None and str(unit) == "fold" and self.named(f"{readout}_ratio", module) is not None:
            return True
        return found is not None and measured_in(found, unit, self)

    def help_for(self, readout: str, module: str) -> str | None:
        """Say what could have been meant by a readout that is not known, or why it is in no module."""
        if (found := self.named(readout, module)) is not None and found.not_modelled:
            return found.not_modelled
        if module not in self.library.module_names:
            return nearest(_spaced(readout).lower(), [*self.names, *self.table.words])
        quantities = names_of(self.library.mechanism(self.table.joins.get(module, (module,))))
        return nearest(readout, [*self.names, *like(readout, quantities, self.table.words)]) or (
            f"'pleio validate --readouts' lists those of {module} and of every other module"
        )

    def settings(
        self, species: str, condition: str, *, of_its_genes: bool = True, before_data: bool = False
    ) -> Settings:
        """Give what a population sets: parameter → value or distribution, as text.

        Args:
            before_data: what was known of it before any fit.
        """
        found = dict(self.table.species.get(species, {}))
        found[self.regimens.parameter] = self.regimens.of(condition, before_data=before_data)[1]
        for people in self.table.populations:
            if people.named(condition):
                found |= people.set
        return found | (self.genes(condition) if of_its_genes else {})

    def problems(self) -> Iterator[Problem]:
        """Name every module, quantity, agent and parameter that the file names and the library has not."""
        for name, one in {**self.table.readouts, **self.of_families}.items():
            if one.not_modelled:
                continue
            if one.of_course and ((cycle := self.table.after.get(one.after)) is None or cycle.cycles is None):
                help = "give 'cycles' to what comes before it, under 'after' of groups.yaml"
                yield Problem(
                    f"readout '{name}'", "is of a course, and how many cycles that counts as is not said", help
                )
            try:
                known = names_of(self.library.mechanism(one.mechanism))
            except ModelError as fault:
                yield from (Problem(f"readout '{name}'", str(p)) for p in fault.problems)
                continue
            for of in {one.of.replace("{sex}", sex).strip("[]") for sex in SEXES} - known:
                yield Problem(f"readout '{name}'", f"'{of}' is no quantity of its mechanism", nearest(of, known))
        by_words = [(pattern, id) for pattern, one in self.table.agent_words.items() for id in (one.dish, one.body)]
        by_words += [*self.table.in_dish.items(), *((id, id) for id in self.table.agent_cells)]
        for written, id in [*by_words, *self.table.agents.items(), *((id, id) for id in self.table.usual)]:
            if id not in self.library.agents:
                yield Problem(f"agent '{written}'", f"'{id}' is no agent", nearest(id, self.library.agents))
        yield from self._rule_problems()
        parameters = {name for module in self.library.modules.values() for name in module.network.parameters}
        if (share := self.regimens.parameter) not in parameters:
            yield Problem("regimens", f"'{share}' is no parameter", nearest(share, parameters))
        for people in (*self.table.populations, *self.table.genotypes):
            for name in sorted({*people.set} - parameters):
                yield Problem(f"population '{people.when[0]}'", f"'{name}' is no parameter", nearest(name, parameters))


def _spaced(name: str) -> str:
    return re.sub(r"[\s:/-]+", "_", name.strip())


def _folded(name: str) -> str:
    told = re.sub("beta|alpha", lambda match: match[0][0], name.translate(LETTERS).lower())
    return "".join(letter for letter in told if letter.isalnum())


def names_of(mechanism: Mechanism) -> set[str]:
    """Name what can be read off a mechanism."""
    return names_of_network(mechanism.network)


def names_of_network(network: Network) -> set[str]:
    """Name what can be read off a network."""
    return {*network.species, *network.parameters, *network.observables, *network.assignments}


def read_all(library: Library, file: Path | None = None) -> tuple[Observation, ...]:
    """Give the library's observations, or read those of a file from outside in the same format.

    Raises:
        StudyError: all that is wrong in the file; of the library's, in each of its files.
    """
    return library.observations if file is None else read_files(library, [file])


def read_files(library: Library, files: Iterable[Path]) -> tuple[Observation, ...]:
    """Read files of observations.

    Raises:
        StudyError: all that is wrong in one of them.
    """
    readouts = LibraryReadouts(library)
    return tuple(
        one for path in files for one in read_observations(path, readouts, library.module_names, name=path.name)
    )


def sift(library: Library, file: Path) -> Sifted:
    """Read what can be read of a file of observations from outside; the rest is told, entry by entry.

    Raises:
        StudyError: it is no YAML, or no list.
    """
    return sift_observations(file, LibraryReadouts(library), library.module_names, name=file.name)


def cohort_of(size: int, species: str, covariates: Mapping[str, str]) -> Cohort:
    """Make a cohort with covariates written as text, spread evenly: it stands for everybody of whom a row is.

    Raises:
        StudyError: a species that cohorts do not have, or a covariate that is no distribution.
    """
    value: dict[str, Any] = {"size": size, "species": species, "even": True, **covariates}
    try:
        return Cohort.model_validate(value)
    except (ValueError, InputError) as fault:
        raise StudyError(f"population of {species}", str(fault)) from None

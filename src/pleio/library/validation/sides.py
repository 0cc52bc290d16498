"""One group of an observation as it is simulated: who, under which conditions, and what was given.

A regimen that was printed as a range, such as 25 to 100 µg/kg, is simulated at both ends and in the middle, and what
the three give is pooled: the paper does not say which gave which.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ...base.errors import ModelError, nearest
from ...base.quantities import Distribution, parse_distribution, parse_quantity
from ...inference.observations import Beside, Given, ends
from ...studies.regimens.dosing import Dosing
from ..readouts.table import Readout, Usual
from .doses import NotModelled as NotModelled
from .doses import as_dose, with_middle
from .reach import acts_on, only_kinetics
from .regimens import key

if TYPE_CHECKING:
    from ..readouts.readouts import LibraryReadouts

Pairs = tuple[tuple[str, str], ...]
Arms = tuple[tuple[Dosing, ...], ...]
OF_SUBJECTS = ("weight", "renal_function")
"""What a population sets that subjects differ in; all else holds for a world."""


def _stated(text: str) -> bool:
    return parse_distribution(text).is_constant


@dataclass(frozen=True)
class Side:
    """One group of an experiment.

    Attributes:
        mechanism: names of modules.
        covariates, conditions: parameter → value or distribution, as text; what a subject has, what holds for all.
        arms: what is given, one entry for each end of a range; empty where nothing is.
        earlier: the conditions as they were known before any fit, where that is something else.
        lost: parameters that a knock-out has lost: 0 from time 0 on.
        regimen: the regimen of chemotherapy by name, where something is known of it.
        fell: the level below which its people fell without the drug, where they were chosen by that; else 0.
        then: whether they did so in another cycle than the row's.
    """

    mechanism: tuple[str, ...]
    species: str
    covariates: Pairs
    conditions: Pairs
    arms: Arms
    earlier: Pairs = ()
    lost: tuple[str, ...] = ()
    regimen: str = ""
    fell: float = 0.0
    then: bool = False

    @property
    def chosen_by(self) -> Side | None:
        """The same people without the drug, by whose lowest level they were chosen; None where they were not."""
        return replace(self, arms=(self.arms[0][:1],), fell=0.0, then=False) if self.fell else None

    @property
    def before_data(self) -> Side:
        """The same group with what was known of its conditions before any fit."""
        return replace(self, conditions=self.earlier) if self.earlier else self

    def known_by(self, others: Mapping[str, Distribution]) -> Side:
        """The same group with its uncertain conditions as other sources put them; a condition that is stated stays."""

        def put(name: str, law: str) -> str:
            return law if _stated(law) else str(others.get(key(name, self.regimen), law))

        found = tuple((name, put(name, law)) for name, law in self.conditions)
        return self if found == self.conditions else replace(self, conditions=found)

    @property
    def agents(self) -> tuple[str, ...]:
        return tuple(sorted({dosing.agent for arm in self.arms for dosing in arm}))


@dataclass(frozen=True)
class Group:
    """A group as an observation words it.

    Attributes:
        at: the time until which doses without a number are given, in h.
        in_dish: whether cells in a medium were looked at.
        of_its_genes: whether a knock-out in the condition is this group's; not for the controls beside it.
        beside: what else was in its dish.
    """

    species: str
    condition: str
    given: Given | None
    at: float
    in_dish: bool = False
    of_its_genes: bool = True
    beside: tuple[Beside, ...] = ()


def side_of(group: Group, readout: Readout, readouts: LibraryReadouts) -> Side:
    """Say how a group is simulated.

    Raises:
        NotModelled: its modules do not join, or what was given cannot be.
    """
    library = readouts.library
    try:
        network = library.mechanism(readout.mechanism).network
    except ModelError as fault:
        raise NotModelled(f"its modules do not join: {fault}") from None
    fell, then = _fell(group, readout, readouts)
    given = _once_fallen(group.given, readout, readouts) if fell and not then else group.given
    stimulus = None if given is None else readouts.stimulus(given.agent, readout.mechanism, readout.of)
    under = tuple(
        s for one in group.beside if (s := readouts.stimulus(one.agent, readout.mechanism, readout.of)) is not None
    )
    stimuli = (*under, *(() if stimulus is None else (stimulus,)))
    settings, earlier = (_settings(group, stimuli, readouts, before_data=before) for before in (False, True))
    own = readouts.table.own_levels.get(readout.of.strip("[]"))
    if own is not None:
        printed = {**own.of_all, **(own.set if own.word(group.condition) else {})}
        settings, earlier = ({**one, **printed} for one in (settings, earlier))
    covariates = {name: text for name, text in settings.items() if name in OF_SUBJECTS}

    def of_network(of: Mapping[str, str]) -> dict[str, str]:
        every = {
            one: text for name, text in of.items() for one in (name, *(f"{name}_{cell}" for cell in library.cells))
        }
        return {one: text for one, text in every.items() if one not in OF_SUBJECTS and one in network.parameters}

    lost = _lost(group, stimuli, readouts)
    gone = of_network(dict.fromkeys(lost, "0"))

    def held(of: Mapping[str, str]) -> Pairs:
        return _pairs({k: v for k, v in of_network(of).items() if k not in gone} | readout.conditions)

    conditions = dict(held(settings))
    acting = {*conditions, *gone}
    if stimulus is not None and given is not None and not any(one in acting for one in _set_by(stimulus, readouts)):
        raise NotModelled(
            f"'{given.agent}' acts on nothing in {'+'.join(readout.mechanism)}, the modules of this readout"
        )
    arms: Arms = ((),)
    if given is not None and stimulus is None:
        arms = _arms(given, readout, readouts, group)
    for one in _dosed_beside(group, readout, readouts):
        arms = tuple((*more, *arm) for arm in arms for more in _arms(one, readout, readouts, group))
    if readout.after:
        first = Dosing.model_validate({"agent": readout.after, "amount": "1 nmol", "route": "intravenous"})
        arms = tuple((first, *arm) for arm in arms)
    known = held(earlier)
    return Side(
        readout.mechanism,
        group.species,
        _pairs(covariates),
        _pairs(conditions),
        arms,
        () if known == _pairs(conditions) else known,
        tuple(sorted(gone)),
        readouts.regimens.of(group.condition)[0] if readouts.regimens.parameter in conditions else "",
        fell,
        then,
    )


def _dosed_beside(group: Group, readout: Readout, readouts: LibraryReadouts) -> Iterator[Given]:
    """Give what else is put into the dish: what was in both and moves nothing that is read off makes no difference."""
    network = readouts.library.mechanism(readout.mechanism).network
    for one in group.beside:
        name = readouts.agent(one.agent, in_dish=group.in_dish)
        if readouts.stimulus(one.agent, readout.mechanism, readout.of) is not None:
            continue
        known = name in readouts.library.agents
        if known and one.in_both and not acts_on(network, readout.of, readouts.touched_by(name)):
            continue
        yield Given(**one.model_dump(exclude={"in_both"}))


def _fell(group: Group, readout: Readout, readouts: LibraryReadouts) -> tuple[float, bool]:
    """Give the level below which a group's people fell without the drug, 0 where none is named, and whether earlier."""
    chosen = readouts.table.after[readout.after].chosen if readout.after else None
    level = chosen.level(group.condition) if chosen else 0.0
    return level, bool(chosen and level and chosen.was_earlier(group.condition))


def _once_fallen(given: Given | None, readout: Readout, readouts: LibraryReadouts) -> Given | None:
    """Give a regimen of people whom a low count chose: where no start is stated, it began when they had fallen."""
    low = readouts.table.after[readout.after].low
    if given is None or given.start is not None or low is None:
        return given
    return given.model_copy(update={"start": f"{low.to('d'):g} d"})


def _lost(group: Group, stimuli: tuple[str, ...], readouts: LibraryReadouts) -> set[str]:
    """Name the parameters that a knock-out in a group's words, or given to it, sets to nothing."""
    found = dict(readouts.genes(group.condition)) if group.of_its_genes else {}
    for stimulus in stimuli:
        found |= readouts.table.stimuli[stimulus].set
    return {name for name, text in found.items() if _stated(text) and parse_distribution(text).median == 0}


def _settings(
    group: Group, stimuli: tuple[str, ...], readouts: LibraryReadouts, *, before_data: bool
) -> dict[str, str]:
    """Give what the group's words and what its cells are under set."""
    settings = readouts.settings(
        group.species, group.condition, of_its_genes=group.of_its_genes, before_data=before_data
    )
    if group.in_dish or stimuli:
        for one in readouts.table.stimuli.values():
            settings |= one.without
        for stimulus in stimuli:
            settings |= readouts.table.stimuli[stimulus].set
    return settings


def _set_by(stimulus: str, readouts: LibraryReadouts) -> tuple[str, ...]:
    """Name the parameters that a stimulus sets, in every cell type."""
    names = readouts.table.stimuli[stimulus].set
    return tuple(one for name in names for one in (name, *(f"{name}_{cell}" for cell in readouts.library.cells)))


def _pairs(values: Mapping[str, str]) -> Pairs:
    return tuple(sorted(values.items()))


def _arms(given: Given, readout: Readout, readouts: LibraryReadouts, group: Group) -> Arms:
    library = readouts.library
    name = readouts.agent(given.agent, in_dish=group.in_dish)
    if name not in library.agents:
        why = readouts.agent_not_modelled(given.agent)
        raise NotModelled(why or f"the library has no agent '{given.agent}'{_meant(name, readouts)}")
    if library.agents[name].module not in readout.mechanism:
        raise NotModelled(f"{library.agents[name].module}, which '{name}' is given by, is no part of this readout")
    whole = _completed(given, name, readout, readouts, group)
    amounts = [
        as_dose(text, library.mechanism(readout.mechanism).network) for text in with_middle(str(whole["amount"]))
    ]
    numbers = [int(part) for part in ends(str(whole.get("times", 1)))]
    try:
        given_as = [
            Dosing.model_validate({**whole, "amount": amount, "times": count})
            for amount, count in product(amounts, numbers)
        ]
    except ValidationError as fault:
        why = fault.errors()[0]["msg"].removeprefix("Value error, ")
        raise NotModelled(f"the regimen is none that can be given: {why}") from None
    routes = library.agents[name].routes
    if given_as[0].route == "medium" and not group.in_dish:
        raise NotModelled(
            f"'{given.agent}' is described in a dish alone, and this is a body; what is put into a dish is a 'stimulus'"
        )
    if given_as[0].route not in routes:
        raise NotModelled(f"'{name}' is not given by the route '{given_as[0].route}', but {', '.join(routes)}")
    return tuple((dosing,) for dosing in given_as)


def _completed(
    given: Given, name: str, readout: Readout, readouts: LibraryReadouts, group: Group
) -> dict[str, str | int]:
    """Give a regimen with the parts that were not printed as they usually are."""
    usual = readouts.table.usual.get(name)
    if usual is not None and usual.in_animals and group.species != "human":
        usual = usual.model_copy(update={"amount": usual.in_animals})
    stated = given.model_dump(exclude_none=True)
    if "route" in stated:
        stated["route"] = readouts.table.routes.get(str(stated["route"]).lower(), stated["route"])
    if "infused" in stated:
        stated["duration"] = stated.pop("infused")
    whole = {**(usual.model_dump(exclude_none=True, exclude={"in_animals"}) if usual else {}), **stated, "agent": name}
    if "amount" not in whole:
        raise NotModelled(f"how much of '{given.agent}' was given is not stated")
    if readout.from_first_dose:
        whole.pop("start", None)
    elif readout.after:
        whole.setdefault("start", "1 d")  # as a rule 6 to 24 h after chemotherapy
    whole["times"] = _how_many(whole, stated, usual, group.at, once=only_kinetics(readout, readouts))
    if readout.single_dose or whole["times"] == 1:
        whole["times"] = 1
        whole.pop("every", None)
    return whole


def _how_many(
    whole: dict[str, str | int], stated: Mapping[str, str | int], usual: Usual | None, at: float, *, once: bool
) -> str | int:
    """Count the doses of a regimen: as stated, over the time they lasted, as usual, or up to the time of the row.

    Args:
        at: that time, in h.
        once: whether an amount of which no more is said is a single dose.
    Raises:
        NotModelled: how long doses were given is stated, and neither how often nor how often as a rule.
    """
    if "times" in stated:
        return stated["times"]
    if "lasting" in whole:
        spans = [parse_quantity(part).to("h") for part in ends(str(whole.pop("lasting")))]
        if "every" not in whole:
            raise NotModelled(f"how often '{stated['agent']}' was given is not stated")
        return " to ".join(f"{_count(str(whole['every']), span)}" for span in spans)
    if once and "amount" in stated and "every" not in stated:
        return 1
    as_usual = usual is not None and usual.every is not None and _alike(str(whole.get("every")), usual.every)
    if as_usual and usual and usual.times:
        return usual.times
    return _count(str(whole["every"]), at) if "every" in whole else 1


def _meant(name: str, readouts: LibraryReadouts) -> str:
    help = nearest(name, [*readouts.library.agents, *readouts.table.agents])
    return f"; {help}" if help else ""


def _alike(every: str, usual: str) -> bool:
    return math.isclose(parse_quantity(every).to("h"), parse_quantity(usual).to("h"))


def _count(every: str, at: float) -> int:
    """Count the doses up to a time."""
    return max(1, math.ceil(at / parse_quantity(every).to("h") - 1e-9))

"""The steps from a network to its equations; `equations.py` says what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ..base.errors import ModelError, Problem, nearest
from .equations import Equations, EventEquations, Refused
from .expression import ONE, ZERO, Expression, apply, name, names, number, rewrite
from .functions import NAN, Functions
from .matching import in_order
from .network import Network, Participant, Reaction, Species, Table
from .undetermined import equilibria, match_unknowns


@lru_cache(maxsize=8)
def write_equations(network: Network, *, settling: bool = False) -> Equations:
    """Spell a network out; what was written last is kept, since checking, routing and running each ask for it.

    Args:
        settling: for the baseline phase, in which `baseline(x)` is the current x.

    Raises:
        ModelError: a name is unknown, a definition is circular, or algebraic rules and unknowns do not match.
        Refused: a construct that is not run.
    """
    return Writer(network, settling).write()


class Writer:
    """The steps from network to equations, in the order of `write`."""

    def __init__(self, network: Network, settling: bool) -> None:
        self.network = network
        self.settling = settling
        self.subject = f"model '{network.name}'" if network.name else "model"
        self.functions = Functions(network, self.subject)
        self.rate_names: dict[str, None] = {}  # the x of every `rateOf(x)`
        self.baseline_names: dict[str, None] = {}
        self.stoichiometries = self._named_stoichiometries()
        self.taking_part: dict[str, list[tuple[str, Participant, int]]] = {}
        for reaction, participant, sign in network.participants():
            self.taking_part.setdefault(participant.species, []).append((reaction, participant, sign))
        self.moved = self._moved_by_reactions()
        self.ruled = {**network.assignments, **network.rates}
        self.at_events = {target: None for event in network.events.values() for target in event.assignments}
        self.sized = {*network.initial, *network.assignments, *network.rates, *self.at_events}
        self.fixed: dict[str, None] = {}
        self.quantities = self._quantities()
        self.unknowns = match_unknowns(self)
        self.by_value = {key for key in network.species if self._is_by_value(key)}
        self.meaning = {key: self._meant(key) for key in self.quantities} | {
            key: name(key) for key in network.reactions
        }

    def write(self) -> Equations:
        network = self.network
        assigned = {key: self.formula(rule) for key, rule in network.assignments.items()}
        for key, reaction in network.reactions.items():
            assigned[key] = self.formula(reaction.rate, reaction, key) if reaction.rate else ZERO
        sums, fast_rates, fast_unknowns, fast_zero = equilibria(self)
        rates = {k: e for k, e in self._rates().items() if k not in fast_unknowns} | fast_rates
        algebraic = tuple(self.formula(rule) for rule in network.algebraic) + fast_zero
        events = {key: self._event(key) for key in network.events}
        observables = {key: self.formula(item.expression) for key, item in network.observables.items()}
        initial = self._initial()
        for key in self.rate_names:  # grows while it is read, where one rate names another
            assigned[f"rateOf({key})"] = self._rate_of(key, rates, assigned, {*self.unknowns, *fast_unknowns})
        baselines = {f"baseline({key})": self.meaning[key] for key in self.baseline_names}
        assigned = in_order(assigned, self.subject, "is defined by itself")
        unknowns = (*self.unknowns, *fast_unknowns)
        held = tuple(k for k in self.quantities if k in self.at_events and k not in {*rates, *assigned, *unknowns})
        changing = {*held, *rates, *assigned, *unknowns}
        start = in_order({**initial, **baselines, **assigned, **sums}, self.subject, "starts from itself")
        return Equations(
            network=network,
            constants=(*(k for k in initial if k not in changing), *baselines),
            held=held,
            states=tuple(rates),
            unknowns=unknowns,
            rates=Table(rates),
            assigned=Table(assigned),
            algebraic=algebraic,
            sums=Table(sums),
            initial=Table(start),
            events=Table(events),
            meaning=Table(self.meaning | self._unnamed_stoichiometries() | observables),
            amounts=Table({key: self._amount(key) for key in network.species}),
            concentrations=Table(
                {key: self._concentration(key) for key in network.species if self._size(network.species[key])}
            ),
            baselines=Table(baselines),
            fixed=frozenset(self.fixed),
            relaxation=Table({key: self.net_rate(key, fast=True) for key in fast_unknowns}),
        )

    # what there is

    def _named_stoichiometries(self) -> dict[str, float | None]:
        """Participants whose stoichiometry something names; the others are numbers."""
        network = self.network
        formulas = [*network.assignments.values(), *network.rates.values(), *network.algebraic]
        formulas += [*network.initial.values(), *(o.expression for o in network.observables.values())]
        formulas += [reaction.rate for reaction in network.reactions.values() if reaction.rate]
        for event in network.events.values():
            formulas += [*event.assignments.values()]
            formulas += [e for e in (event.trigger, event.delay, event.priority) if e is not None]
        used = names(*formulas) | {*network.assignments, *network.rates, *network.initial}
        used |= {target for event in network.events.values() for target in event.assignments}
        return {p.id: p.stoichiometry for _, p, _ in network.participants() if p.id and p.id in used}

    def _unnamed_stoichiometries(self) -> dict[str, Expression]:
        """What the ids of participants mean that no formula names: they are numbers, and may still be asked for."""
        found = [p for _, p, _ in self.network.participants() if p.id and p.id not in self.stoichiometries]
        return {p.id: _given(p.stoichiometry) for p in found}

    def _moved_by_reactions(self) -> set[str]:
        species = self.network.species
        moved = {key for key in self.taking_part if key in species}
        return {key for key in moved if not species[key].boundary and not species[key].constant}

    def _quantities(self) -> dict[str, bool]:
        """Every stored quantity that the network names, and whether it is declared constant."""
        network = self.network
        found = {key: item.constant for key, item in network.compartments.items()}
        found |= {key: item.constant for key, item in network.species.items()}
        found |= {key: item.constant for key, item in network.parameters.items()}
        found |= dict.fromkeys(self.stoichiometries, False)
        return found

    def _size(self, species: Species) -> str:
        """The compartment whose size turns amount into concentration; "" where there is none."""
        place = self.network.compartments.get(species.compartment)
        if place is None:
            return ""
        has_size = place.dimensions != 0 or place.size is not None or species.compartment in self.sized
        return species.compartment if has_size else ""

    def _is_by_value(self, key: str) -> bool:
        species = self.network.species[key]
        if key in self.network.assignments or key in self.unknowns:
            return True
        place = species.compartment
        return key in self.network.rates and (place in self.network.assignments or place in self.unknowns)

    def _meant(self, key: str) -> Expression:
        species = self.network.species.get(key)
        if species is None or species.only_substance or not self._size(species) or key in self.by_value:
            return name(key)
        return apply("divide", name(key), name(species.compartment))

    def _amount(self, key: str) -> Expression:
        species = self.network.species[key]
        if key in self.by_value and not species.only_substance and self._size(species):
            return apply("times", name(key), name(species.compartment))
        return name(key)

    def _concentration(self, key: str) -> Expression:
        species = self.network.species[key]
        if key in self.by_value and not species.only_substance:
            return name(key)
        return apply("divide", name(key), name(species.compartment))

    # formulas

    def formula(self, written: Expression, reaction: Reaction | None = None, key: str = "") -> Expression:
        """Put a formula of the network into stored names."""
        expanded = self.functions.expand(written)
        local = {k: name(f"{key}.{k}") for k in reaction.local} if reaction else {}

        def change(node: Expression) -> Expression:
            if node.op not in ("name", "rateOf", "baseline"):
                return node
            word = str(node.value)
            if word in local:
                return local[word] if node.op in ("name", "baseline") else ZERO
            meant = self.meaning.get(word)
            if meant is None:
                raise ModelError(self.subject, Problem(key, f"unknown name '{word}'", nearest(word, self.meaning)))
            if node.op == "name" or (node.op == "baseline" and self.settling):
                return meant
            (self.rate_names if node.op == "rateOf" else self.baseline_names)[word] = None
            return name(f"{node.op}({word})")

        return rewrite(expanded, change)

    def _rates(self) -> dict[str, Expression]:
        rates = {}
        for key in self.quantities:
            if key in self.network.rates:
                rates[key] = self._ruled_rate(key)
            elif key in self.moved and key not in self.ruled and key not in self.unknowns:
                rates[key] = self.net_rate(key, fast=False)
        return rates

    def _ruled_rate(self, key: str) -> Expression:
        """The rate of what is stored, when a rule gives the rate of the value."""
        rate = self.formula(self.network.rates[key])
        species = self.network.species.get(key)
        if species is None or species.only_substance or not self._size(species) or key in self.by_value:
            return rate
        rate = apply("times", rate, name(species.compartment))
        if species.compartment in self.network.rates:
            growth = self.formula(self.network.rates[species.compartment])
            rate = apply("plus", rate, apply("times", self.meaning[key], growth))
        return rate

    def net_rate(self, key: str, *, fast: bool) -> Expression:
        """The sum over reactions of stoichiometry × rate, times the conversion factor."""
        terms = []
        for reaction, participant, sign in self.taking_part[key]:
            if self.network.reactions[reaction].fast != fast:
                continue
            factor = self.stoichiometry(participant.id, participant.stoichiometry)
            term = name(reaction) if factor is ONE else apply("times", factor, name(reaction))
            terms.append(term if sign > 0 else apply("negative", term))
        total = terms[0] if len(terms) == 1 else apply("plus", *terms)
        conversion = self.conversion(key)
        return apply("times", *conversion, total) if conversion and terms else total

    def conversion(self, key: str) -> list[Expression]:
        """The factor between a reaction's extent and a species' amount, if there is one."""
        conversion = self.network.species[key].conversion or self.network.conversion
        return [self.meaning[conversion]] if conversion else []

    def stoichiometry(self, id: str, value: float | None) -> Expression:
        if id in self.stoichiometries:
            return self.meaning[id]
        return NAN if value is None else number(value)

    def _rate_of(
        self, key: str, rates: Mapping[str, Expression], assigned: Mapping[str, Expression], unknowns: set[str]
    ) -> Expression:
        species = self.network.species.get(key)
        size = self._size(species) if species and not species.only_substance and key not in self.by_value else ""
        for part in (key, size):
            if part in assigned or part in unknowns:
                construct = "rateOf of a quantity that an assignment, a reaction or an algebraic rule sets"
                raise Refused(self.subject, construct, f"rateOf({key})")
        rate = rates.get(key, ZERO)
        if not size:
            return rate
        if size in rates:
            rate = apply("plus", rate, apply("negative", apply("times", self.meaning[key], rates[size])))
        return rate if rate is ZERO else apply("divide", rate, name(size))

    def _event(self, key: str) -> EventEquations:
        event = self.network.events[key]
        scale = {}
        for target in event.assignments:
            if target not in self.quantities:
                raise ModelError(
                    self.subject, Problem(key, f"assigns to unknown '{target}'", nearest(target, self.quantities))
                )
            meant = self.meaning[target]
            if meant.op == "divide":
                scale[target] = str(meant.args[1].value)
        return EventEquations(
            trigger=self.formula(event.trigger, key=key) if event.trigger else ZERO,
            assignments=Table({t: self.formula(e, key=key) for t, e in event.assignments.items()}),
            scale=Table(scale),
            delay=self.formula(event.delay, key=key) if event.delay else None,
            priority=self.formula(event.priority, key=key) if event.priority else None,
            initial=event.initial,
            persistent=event.persistent,
            values_at_trigger=event.values_at_trigger,
        )

    # starts

    def _initial(self) -> dict[str, Expression]:
        network = self.network
        initial: dict[str, Expression] = {}
        for key in self.quantities:
            if key in network.assignments:
                continue
            if key in network.species:
                initial[key] = self._initial_species(key)
            elif key in network.initial:
                initial[key] = self.formula(network.initial[key])
            elif key in network.compartments:
                initial[key] = _given(network.compartments[key].size)
            elif key in network.parameters:
                initial[key] = _given(network.parameters[key].value)
            else:
                initial[key] = _given(self.stoichiometries[key])
        for key, reaction in network.reactions.items():
            initial |= {f"{key}.{k}": _given(p.value) for k, p in reaction.local.items()}
        return initial

    def _initial_species(self, key: str) -> Expression:
        species = self.network.species[key]
        size = self._size(species)
        if key in self.network.initial:
            value, per_size = self.formula(self.network.initial[key]), not species.only_substance
        else:
            value, per_size = _given(species.initial), species.concentration
        stored_per_size = key in self.by_value and not species.only_substance
        if not size or per_size == stored_per_size:
            return value
        return apply("times" if per_size else "divide", value, name(size))


def _given(value: float | None) -> Expression:
    return NAN if value is None else number(value)

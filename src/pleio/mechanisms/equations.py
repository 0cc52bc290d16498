"""A network spelt out as equations: what is stored, what is integrated, what is computed, and from what it starts.

The one place where the meaning of SBML's words is written down; the interpreter and the compiler both start from here.
Function calls are written out, a reaction's own parameters become `reaction.parameter`, and a species is stored as its
*amount*, so that its name in a formula becomes amount / size. Only a species whose value a rule sets directly is stored
as the value its name has. What is stored has a name; every formula below is in stored names.

    constants   keep the value they start with
    held        change at events only
    states      have a rate
    unknowns    solve `algebraic` (each is zero) at every moment, their start values being guesses
    assigned    follow from the others, in this order: rules, reaction rates, `rateOf(x)`

A fast reaction is at equilibrium at every moment: the species it touches become unknowns, its rate must be zero, and
the sums that it conserves become states, named `conserved n` (`sums`: recomputed after every jump of those species).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..base.errors import ModelError, Problem, nearest
from .expression import ONE, ZERO, Expression, apply, name, names, number, rewrite, substitute, walk
from .network import Network, Participant, Reaction, Species, Table

NAN = number(float("nan"))
MOST_NODES = 300_000  # that function calls may write out to


class Refused(ModelError):
    """A network uses a construct that is not run; `construct` names it."""

    def __init__(self, subject: str, construct: str, where: str, help: str = "") -> None:
        self.construct = construct
        super().__init__(subject, Problem(where, f"{construct} cannot be run", help))


@dataclass(frozen=True)
class EventEquations:
    """One event in stored names; a value in `assignments` is that of the target's name in a formula.

    Attributes:
        scale: for targets that are stored as amounts, the size by which the value is multiplied at execution.
    """

    trigger: Expression
    assignments: Mapping[str, Expression]
    scale: Mapping[str, str]
    delay: Expression | None
    priority: Expression | None
    initial: bool
    persistent: bool
    values_at_trigger: bool


@dataclass(frozen=True, eq=False)  # told apart by identity, so that what is found out about them can be kept
class Equations:
    """What the module's docstring says; all mappings keep their order.

    Attributes:
        initial: how every quantity starts, in an order in which each can be computed.
        meaning: what each name of the network means in a formula, observables included.
        amounts, concentrations: of each species; a concentration is missing where there is no size to divide by.
        baselines: for each constant `baseline(x)`, the formula whose value at the end of the baseline phase it has.
        fixed: what was used as a number here, so that a run must not set it.
        relaxation: the rates by which fast reactions alone move the species they touch, towards their equilibrium.
    """

    network: Network
    constants: tuple[str, ...]
    held: tuple[str, ...]
    states: tuple[str, ...]
    unknowns: tuple[str, ...]
    rates: Mapping[str, Expression]
    assigned: Mapping[str, Expression]
    algebraic: tuple[Expression, ...]
    sums: Mapping[str, Expression]
    initial: Mapping[str, Expression]
    events: Mapping[str, EventEquations]
    meaning: Mapping[str, Expression]
    amounts: Mapping[str, Expression]
    concentrations: Mapping[str, Expression]
    baselines: Mapping[str, Expression]
    relaxation: Mapping[str, Expression]
    fixed: frozenset[str]


@lru_cache(maxsize=8)
def write_equations(network: Network, *, settling: bool = False) -> Equations:
    """Spell a network out; what was written last is kept, since checking, routing and running each ask for it.

    Args:
        settling: for the baseline phase, in which `baseline(x)` is the current x.

    Raises:
        ModelError: a name is unknown, a definition is circular, or algebraic rules and unknowns do not match.
        Refused: a construct that is not run.
    """
    return _Writer(network, settling).write()


class _Writer:
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
        self.unknowns, self.algebraic = self._match()
        self.by_value = {key for key in network.species if self._is_by_value(key)}
        self.meaning = {key: self._meant(key) for key in self.quantities} | {
            key: name(key) for key in network.reactions
        }

    def write(self) -> Equations:
        network = self.network
        assigned = {key: self.formula(rule) for key, rule in network.assignments.items()}
        for key, reaction in network.reactions.items():
            assigned[key] = self.formula(reaction.rate, reaction, key) if reaction.rate else ZERO
        sums, fast_rates, fast_unknowns, fast_zero = self._fast()
        rates = {k: e for k, e in self._rates().items() if k not in fast_unknowns} | fast_rates
        algebraic = tuple(self.formula(rule) for rule in self.algebraic) + fast_zero
        events = {key: self._event(key) for key in network.events}
        observables = {key: self.formula(item.expression) for key, item in network.observables.items()}
        initial = self._initial()
        for key in self.rate_names:  # grows while it is read, where one rate names another
            assigned[f"rateOf({key})"] = self._rate_of(key, rates, assigned, {*self.unknowns, *fast_unknowns})
        baselines = {f"baseline({key})": self.meaning[key] for key in self.baseline_names}
        assigned = _in_order(assigned, self.subject, "is defined by itself")
        unknowns = (*self.unknowns, *fast_unknowns)
        held = tuple(k for k in self.quantities if k in self.at_events and k not in {*rates, *assigned, *unknowns})
        changing = {*held, *rates, *assigned, *unknowns}
        start = _in_order({**initial, **baselines, **assigned, **sums}, self.subject, "starts from itself")
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
            relaxation=Table({key: self._net_rate(key, fast=True) for key in fast_unknowns}),
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
                rates[key] = self._net_rate(key, fast=False)
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

    def _net_rate(self, key: str, *, fast: bool) -> Expression:
        """The sum over reactions of stoichiometry × rate, times the conversion factor."""
        terms = []
        for reaction, participant, sign in self.taking_part[key]:
            if self.network.reactions[reaction].fast != fast:
                continue
            factor = self._stoichiometry(participant.id, participant.stoichiometry)
            term = name(reaction) if factor is ONE else apply("times", factor, name(reaction))
            terms.append(term if sign > 0 else apply("negative", term))
        total = terms[0] if len(terms) == 1 else apply("plus", *terms)
        conversion = self._conversion(key)
        return apply("times", *conversion, total) if conversion and terms else total

    def _conversion(self, key: str) -> list[Expression]:
        """The factor between a reaction's extent and a species' amount, if there is one."""
        conversion = self.network.species[key].conversion or self.network.conversion
        return [self.meaning[conversion]] if conversion else []

    def _stoichiometry(self, id: str, value: float | None) -> Expression:
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

    # what rules and fast reactions leave open

    def _match(self) -> tuple[tuple[str, ...], tuple[Expression, ...]]:
        """Find one unknown for each algebraic rule: what is not constant and nothing else determines."""
        from .matching import exchangeable, match

        open_quantities = [
            key
            for key, constant in self.quantities.items()
            if not constant and key not in self.ruled and key not in self.moved
        ]
        rules = [self.functions.expand(rule) for rule in self.network.algebraic]
        used = [self._reach(rule) for rule in rules]
        # what has no value of its own is the likelier unknown, then what no event sets, then what is no boundary
        rank = {key: self._unlikely(key) for key in open_quantities}
        open_quantities.sort(key=lambda key: rank[key])
        options = [[key for key in open_quantities if key in reach] for reach in used]
        pairs = match(options)
        problems = [
            Problem(f"algebraic[{i}]", "no quantity is left for this rule to determine", "make one not constant")
            for i, key in enumerate(pairs)
            if key is None
        ] or [
            Problem("algebraic", f"could determine '{a}' or '{b}'", "make one constant, or give it a rule of its own")
            for a, b in exchangeable(options, pairs)
            if rank[a] == rank[b]
        ]
        if problems:
            raise ModelError(self.subject, problems)
        return tuple(key for key in pairs if key is not None), tuple(self.network.algebraic)

    def _unlikely(self, key: str) -> tuple[bool, bool, bool]:
        """How little a quantity looks like the unknown of an algebraic rule: the smallest is taken first."""
        network = self.network
        species, parameter = network.species.get(key), network.parameters.get(key)
        unset = (species is not None and species.initial is None) or (parameter is not None and parameter.value is None)
        has_value = not unset or key in network.initial
        return has_value, key in self.at_events, species is not None and species.boundary

    def _reach(self, rule: Expression) -> set[str]:
        """All quantities a formula depends on, through assignment rules and reaction rates."""
        seen: set[str] = set()
        stack = [rule]
        while stack:
            for word in names(stack.pop()) - seen:
                seen.add(word)
                if word in self.network.assignments:
                    stack.append(self.functions.expand(self.network.assignments[word]))
                elif word in self.network.reactions and self.network.reactions[word].rate is not None:
                    stack.append(self.functions.expand(self.network.reactions[word].rate or ZERO))
        return seen

    def _fast(self) -> tuple[dict[str, Expression], dict[str, Expression], tuple[str, ...], tuple[Expression, ...]]:
        """Sums that fast reactions conserve, their rates, the species they set, and what must be zero."""
        from .matching import left_null_space

        network = self.network
        fast = [key for key, reaction in network.reactions.items() if reaction.fast]
        touched = [
            key
            for key in self.quantities
            if key in self.moved and key not in self.ruled
            and any(network.reactions[r].fast for r, _, _ in self.taking_part[key])
        ]  # fmt: skip
        if not fast or not touched:
            return {}, {}, (), ()
        matrix = [[0.0] * len(fast) for _ in touched]
        for i, key in enumerate(touched):
            factor = self._fixed(apply("times", *self._conversion(key)), fast[0])
            for reaction, participant, sign in self.taking_part[key]:
                if reaction in fast:
                    count = self._stoichiometry(participant.id, participant.stoichiometry)
                    matrix[i][fast.index(reaction)] += sign * factor * self._fixed(count, reaction)
        sums, rates = {}, {}
        kept, space = left_null_space(matrix)
        for n, row in enumerate(space):
            weights = {key: weight for key, weight in zip(touched, row, strict=True) if weight}
            sums[f"conserved {n}"] = _weighted(weights, {key: name(key) for key in weights})
            slow = {key: self._net_rate(key, fast=False) for key in weights if self._has_slow(key)}
            rates[f"conserved {n}"] = _weighted({k: weights[k] for k in slow}, slow)
        zero = [name(fast[column]) for column in kept]
        zero += [apply("plus", total, apply("negative", name(key))) for key, total in sums.items()]
        return sums, rates, tuple(touched), tuple(zero)

    def _fixed(self, formula: Expression, reaction: str) -> float:
        """The value of a factor that never changes and that nothing outside may set: conserved sums are built on it."""
        from .interpret import evaluate

        values = {}
        for key in names(formula):
            changing = key in self.at_events or key in self.network.rates or key in self.unknowns or key in self.moved
            if changing or key in self.network.species:
                construct = "a fast reaction with a stoichiometry or conversion factor that changes"
                raise Refused(self.subject, construct, f"reactions.{reaction}")
            self.fixed[key] = None
            rule = self.network.assignments.get(key) or self.network.initial.get(key)
            parameter = self.network.parameters.get(key)
            given = parameter.value if parameter else self.stoichiometries.get(key)
            values[key] = (
                self._fixed(self.formula(rule), reaction) if rule else float("nan") if given is None else given
            )
        if not all(node.op != "time" and node.op != "delay" for node in walk(formula)):
            raise Refused(self.subject, "a fast reaction with a stoichiometry that depends on time", reaction)
        return float(evaluate(formula, values))

    def _has_slow(self, key: str) -> bool:
        return any(not self.network.reactions[reaction].fast for reaction, _, _ in self.taking_part[key])


class Functions:
    """Function definitions, written out where they are called."""

    def __init__(self, network: Network, subject: str) -> None:
        self.definitions = network.functions
        self.subject = subject
        self.done: dict[Expression, Expression] = {}
        self.open: list[str] = []
        self.written = 0

    def expand(self, formula: Expression) -> Expression:
        if formula not in self.done:
            self.done[formula] = rewrite(formula, self._write_out)
        return self.done[formula]

    def _write_out(self, node: Expression) -> Expression:
        if node.op != "call":
            return node
        key = str(node.value)
        function = self.definitions.get(key)
        if function is None:
            raise ModelError(self.subject, Problem("", f"unknown function '{key}'", nearest(key, self.definitions)))
        if len(function.arguments) != len(node.args):
            what = f"'{key}' takes {len(function.arguments)} argument(s), not {len(node.args)}"
            raise ModelError(self.subject, what)
        if key in self.open:
            raise ModelError(self.subject, Problem(f"functions.{key}", "calls itself", "functions cannot be recursive"))
        if function.body is None:
            return NAN
        self.open.append(key)
        body = self.expand(function.body)
        self.open.pop()
        self.written += count_nodes(body)
        if self.written > MOST_NODES:
            what = f"calls write out to more than {MOST_NODES:,} operations"
            raise ModelError(self.subject, Problem(f"functions.{key}", what, "nest fewer functions"))
        try:
            return substitute(body, dict(zip(function.arguments, node.args, strict=True)))
        except ValueError as fault:
            raise ModelError(self.subject, Problem(f"functions.{key}", str(fault))) from None


def _given(value: float | None) -> Expression:
    return NAN if value is None else number(value)


def _weighted(weights: Mapping[str, float], values: Mapping[str, Expression]) -> Expression:
    terms = [values[key] if w == 1 else apply("times", number(w), values[key]) for key, w in weights.items()]
    return apply("plus", *terms) if len(terms) != 1 else terms[0]


def _in_order(definitions: Mapping[str, Expression], subject: str, what: str) -> dict[str, Expression]:
    """Sort definitions so that each stands after those it uses.

    Raises:
        ModelError: there is a circle; the message shows it.
    """
    ordered: dict[str, Expression] = {}
    for root in definitions:
        stack = [(root, iter(sorted(names(definitions[root]) & definitions.keys())))] if root not in ordered else []
        path = {root: None}
        while stack:
            key, needed = stack[-1]
            after = next((word for word in needed if word not in ordered), None)
            if after is None:
                ordered[key] = definitions[key]
                path.pop(key)
                stack.pop()
            elif after in path:
                circle = [*list(path)[list(path).index(after) :], after]
                raise ModelError(subject, Problem(after, what, " → ".join(circle)))
            else:
                path[after] = None
                stack.append((after, iter(sorted(names(definitions[after]) & definitions.keys()))))
    return ordered


def count_nodes(*roots: Expression) -> int:
    """Count distinct operations, the size that the cost of an evaluation grows with."""
    return sum(1 for _ in walk(*roots))

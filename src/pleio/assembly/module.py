"""What assembly joins: a module, what is known of its numbers, what it leaves to others, and its contested effects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..base.quantities import Distribution
from ..mechanisms.network import Network


@dataclass(frozen=True)
class Prior:
    """What is known of one parameter.

    Attributes:
        distribution: over worlds, in the parameter's unit.
        unit: the unit as text.
        meaning: what it is, in a phrase.
        source: the CURIE it comes from; "" where there is none, and then `trust` says so.
        trust: file, abstract, derived, unv-H, unv-M or unv-L.
        claims: ids of the claims it stands on.
        between_subjects: coefficient of variation of the log-normal factor by which subjects differ; 0: none.
        covariate: it describes a subject (weight, renal function), so a cohort may draw it.
        fitted_to: the observations that its value was fitted to; empty where it was not fitted.
    """

    distribution: Distribution
    unit: str
    meaning: str = ""
    source: str = ""
    trust: str = "unv-L"
    claims: tuple[str, ...] = ()
    between_subjects: float = 0.0
    covariate: bool = False
    fitted_to: str = ""

    @property
    def value(self) -> float:
        """The median, which the network carries as the parameter's value."""
        return self.distribution.median


@dataclass(frozen=True)
class Input:
    """A quantity that another module may define; where none does, it keeps this value.

    Attributes:
        of_cell: it belongs to one cell type, so a mechanism with several has one for each.
    """

    value: float
    unit: str
    meaning: str = ""
    of_cell: bool = False


@dataclass(frozen=True)
class Switch:
    """A contested effect: which claim, on which reaction, driven by what, how strongly.

    The reaction's rate is multiplied by exp(sign · gain · (h(x) − h(baseline(x)))), h(x) = x / (half + x).

    Attributes:
        id: names its parameters, sign_<id>, gain_<id> and half_<id>.
        claim: the claim whose contest draws the sign.
        question: which of the claim's contests: sufficiency or necessity.
        sign: what the claim claims: 1 for increases, −1 for decreases; the network's sign_<id> stands at it.
        direction: −1 where more of the claim's object means a lower rate of this reaction, and the exponent changes its
            sign.
        species: whose effect it is, whatever the study's subjects are; "" for theirs.
        of_loss: the gain is what losing all of the driver does, so the exponent is over the larger of h(x) and
            h(baseline(x)).
        made_up_by: what stands in for a loss of the driver, in its unit: x is driver and this together where that is
            less than the untreated driver, and never less than the driver; "" for nothing.
        gain, half: magnitude, dimensionless, and the driver's value at half effect, in its unit.
    """

    id: str
    claim: str
    question: str
    reaction: str
    driver: str
    gain: Prior
    half: Prior
    sign: int = 1
    direction: int = 1
    meaning: str = ""
    species: str = ""
    of_loss: bool = False
    made_up_by: str = ""


@dataclass(frozen=True)
class Gate:
    """Whether a step is there at all: a parameter that is 1 in worlds in which a claim holds, and 0 in others.

    A switch changes a rate from what it is untreated; a gate decides what there is, in the baseline phase too.

    Attributes:
        parameter: the network's, 1 where nothing else is said.
        claim: the claim whose contest decides.
        question: which of the claim's contests.
        cell: the cell type in which the step is contested; elsewhere it is there.
    """

    parameter: str
    claim: str
    question: str = "sufficiency"
    cell: str = ""
    meaning: str = ""


@dataclass(frozen=True, repr=False)
class Module:
    """A small reaction network that runs alone and joins others on equal names.

    Attributes:
        network: with units, parameter values and inputs in place.
        priors: parameter → what is known of it.
        inputs: name → what another module may define.
        per_cell: the module describes one cell type; a mechanism has it once for each cell type that it involves.
        cell: the cell type that the module's effects act in; "" for none.
        cells: cell types that the module sets up besides, without effects of its own there.
        given_to_cell: quantities of this module that are inputs of the modules of its cell.
        in_cell: parameter → cell type → prior, for parameters that differ between cell types.
        in_species: parameter → species → prior, where something else than in people is known or supposed.
        reaction_claims: reaction → claims it stands on.
        settings: assumption → state → parameter → the value it takes in that state.
    """

    name: str
    title: str
    network: Network
    priors: Mapping[str, Prior] = field(default_factory=dict)
    inputs: Mapping[str, Input] = field(default_factory=dict)
    switches: tuple[Switch, ...] = ()
    gates: tuple[Gate, ...] = ()
    per_cell: bool = False
    cell: str = ""
    cells: tuple[str, ...] = ()
    given_to_cell: tuple[str, ...] = ()
    in_cell: Mapping[str, Mapping[str, Prior]] = field(default_factory=dict)
    in_species: Mapping[str, Mapping[str, Prior]] = field(default_factory=dict)
    reaction_claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    settings: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)
    about: str = ""

    def __repr__(self) -> str:
        return f"<Module {self.name}: {self.title}>"

    @property
    def defines(self) -> set[str]:
        """The names that this module gives a meaning to: all of its network's but its inputs."""
        network = self.network
        names = {*network.compartments, *network.species, *network.parameters, *network.reactions, *network.observables}
        return names - set(self.inputs)

    @property
    def claims(self) -> frozenset[str]:
        """The ids of all claims that the module rests on."""
        return frozenset(claim for _, claim in self.rests_on())

    def rests_on(self) -> Iterator[tuple[str, str]]:
        """Give each part that rests on a claim ("switch 'x'", "parameter 'y' in mouse"), with the claim's id."""
        for switch in self.switches:
            for claim in (switch.claim, *switch.gain.claims, *switch.half.claims):
                yield f"switch '{switch.id}'", claim
        for key, claims in self.reaction_claims.items():
            yield from ((f"reaction '{key}'", claim) for claim in claims)
        for gate in self.gates:
            yield f"gate '{gate.parameter}'", gate.claim
        for key, prior in self.priors.items():
            yield from ((f"parameter '{key}'", claim) for claim in prior.claims)
        for elsewhere in (self.in_cell, self.in_species):
            for key, known in elsewhere.items():
                for place, prior in known.items():
                    yield from ((f"parameter '{key}' in {place}", claim) for claim in prior.claims)

    @property
    def of_cell(self) -> set[str]:
        """The names that belong to one cell type: those marked so, and all that a module of one cell computes."""
        marked = {name for name, one in self.inputs.items() if one.of_cell} | set(self.given_to_cell)
        if not self.per_cell:
            return marked
        network = self.network
        gated = (gate.parameter for gate in self.gates)
        return marked | {
            *network.species, *network.reactions, *network.observables, *network.assignments, *self.in_cell, *gated
        }  # fmt: skip


@dataclass(frozen=True, repr=False)
class Mechanism:
    """Modules joined into one network, with what is known of its parameters and the switches in it.

    Attributes:
        modules: the names it was asked for.
        network: ready to run; switches stand at the sign that their claim claims.
        priors: parameter → what is known of it, including gain_<id> and half_<id> of each switch.
        switches: with names as in the network.
        gates: with names as in the network.
        open_inputs: inputs that no module defines; they are constant parameters and can be set.
        origin: name in the network → the module it came from.
        claims: reaction or parameter → claims it stands on.
        settings: assumption → state → parameter → the value it takes in that state.
        in_species: parameter → species → prior, where it is not that of people.
    """

    modules: tuple[str, ...]
    network: Network
    priors: Mapping[str, Prior]
    switches: tuple[Switch, ...]
    open_inputs: Mapping[str, Input]
    origin: Mapping[str, str]
    claims: Mapping[str, tuple[str, ...]]
    settings: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)
    in_species: Mapping[str, Mapping[str, Prior]] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()

    def __repr__(self) -> str:
        return f"<Mechanism of modules {self.name}: {self.network!r}>"

    @property
    def name(self) -> str:
        return "+".join(self.modules)

    @property
    def uncontested(self) -> dict[str, float]:
        """The signs of all switches at 0: what a baseline phase holds, since no contested effect acts in it."""
        return {f"sign_{switch.id}": 0.0 for switch in self.switches}

    def own(self, species: str) -> dict[str, Prior]:
        """Give what is known of a species' own parameters: name → prior, where it is not that of people."""
        return {name: known[species] for name, known in self.in_species.items() if species in known}

    def of(self, species: str) -> Mechanism:
        """Give the mechanism in a species: where something else is known of it, that stands in place of people's."""
        own = self.own(species)
        if not own:
            return self
        before = self.network.parameters
        values = {
            name: replace(before[name], value=prior.value, source=prior.source, trust=prior.trust)
            for name, prior in own.items()
        }
        network = self.network.replace(parameters={**before, **values})
        return replace(self, network=network, priors={**self.priors, **own})

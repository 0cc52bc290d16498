"""What carries a mechanism: for each reaction and parameter its claims, their sources, and how far each was opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...assembly.trail import Step, trail
from ...mechanisms.expression import names

if TYPE_CHECKING:
    from ...assembly.module import Mechanism, Module
    from ..opened import Library


@dataclass(frozen=True)
class Support:
    """One source behind a step.

    Attributes:
        source: its CURIE.
        trust: how far it was opened for this.
        claim: the claim that it speaks to; "" where it is the source of the value itself.
        says: supports, refutes, null, or observation (kept for likelihoods, without weight in the belief).
    """

    source: str
    trust: str
    claim: str = ""
    says: str = ""

    def __str__(self) -> str:
        said = "" if self.says in ("", "supports") else f", {self.says}"
        return f"{self.source} ({self.trust}{said})"


def supports(library: Library, step: Step) -> tuple[Support, ...]:
    """Give what stands behind one step: the source of its value, then each evidence of each of its claims, once."""
    own = (Support(step.source, step.trust),) if step.source else ()
    behind = (
        Support(item.source, item.trust, claim, item.says)
        for claim in step.claims
        for item in library.claims[claim].evidence
        if item.source
    )
    return tuple(dict.fromkeys((*own, *behind)))


def carried(library: Library, mechanism: Mechanism) -> tuple[tuple[Step, tuple[Support, ...]], ...]:
    """List every reaction and parameter of a mechanism with what stands behind it."""
    return tuple((step, supports(library, step)) for step in trail(mechanism))


def unused_claims(library: Library) -> tuple[str, ...]:
    """Name the claims of a library that no module rests on, such as identifiers, and what no mechanism was made of."""
    used = {claim for module in library.modules.values() for claim in module.claims}
    return tuple(claim.id for claim in library.claims if claim.id not in used)


def bare_reactions(module: Module) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the reactions of a module that no claim supports, those that only bring a species back to rest apart.

    A return is a loss, into nothing, of one species that another reaction of the module makes, at a rate of that
    species and of parameters alone: it balances the making and says nothing but a pace, so no claim is looked for.

    Returns:
        The reactions that want a claim, and the returns.
    """
    network = module.network
    acting = {switch.reaction for switch in module.switches}
    paces = {*module.priors, *network.compartments}
    made = {one.species for reaction in network.reactions.values() for one in reaction.products}
    wanting: list[str] = []
    returns: list[str] = []
    for key, reaction in network.reactions.items():
        if key in module.reaction_claims or key in acting:
            continue
        lost = [one.species for one in reaction.reactants]
        by = set() if reaction.rate is None else names(reaction.rate)
        is_return = not reaction.products and len(lost) == 1 and lost[0] in made and not by - {*lost} - paces
        (returns if is_return else wanting).append(key)
    return tuple(wanting), tuple(returns)

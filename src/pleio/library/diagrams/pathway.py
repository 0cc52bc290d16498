"""The pathway diagram's content, made from claims, beliefs and agents; `pathway.yaml` says where each entity stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from ...base.errors import ModelError, Problem, nearest
from ...base.yaml import load, validate
from ...claims.belief.backbone import claimed_outcome
from ...claims.claim import Claim
from ...claims.vocabulary import SIGNED
from ...studies.quantities import known_names
from ..content import Edge, Node, Pathway
from ..publishing.claims import lowered

if TYPE_CHECKING:
    from ...claims.belief.beliefs import Beliefs
    from ..opened import Library

SIGN = {"increases": 1, "decreases": -1, "regulates": 0}
EFFECT = {1: "activates", -1: "inhibits", 0: "contested"}
MODES = {"agonist": "activates", "antagonist": "inhibits", "neutralising": "inhibits", "receptor_block": "inhibits"}


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Stage(_Form):
    name: str
    entities: tuple[str, ...] = ()


class Member(_Form):
    entity: str
    claim: str


class Plan(_Form):
    """`pathway.yaml`."""

    ligand: str
    stages: tuple[Stage, ...]
    names: dict[str, str] = {}
    complex: str
    members: tuple[Member, ...]
    acts_through: dict[str, str] = {}
    systems: dict[str, str] = {}
    activity: dict[str, tuple[str, ...]] = {}

    @property
    def stage_of(self) -> dict[str, int]:
        return {entity: i for i, stage in enumerate(self.stages) for entity in stage.entities}

    def start_of(self, claim: Claim) -> str:
        """Say where the edge of a claim begins: a net claim about the ligand at what it acts through."""
        if claim.subject.curie == self.ligand:
            return self.acts_through.get(claim.object.curie, self.complex)
        return claim.subject.curie


def read_plan(library: Library) -> Plan:
    """Read how a library's pathway is laid out.

    Raises:
        ModelError: the file is malformed, or names a claim or agent that does not exist.
    """
    table = load(library.folder / "pathway.yaml", name="pathway.yaml", error=ModelError)
    plan = validate(table, Plan, error=ModelError)
    known = {claim.id for claim in library.claims}
    entities = {end.curie for claim in library.claims for end in (claim.subject, claim.object)} | set(library.agents)
    named = [*plan.stage_of, *plan.acts_through, *plan.acts_through.values(), *plan.names, *plan.activity]
    problems = [
        Problem(table.where(("members",)), f"there is no claim '{member.claim}'")
        for member in plan.members
        if member.claim not in known
    ]
    problems += [Problem("pathway.yaml", f"no claim is about '{name}'") for name in named if name not in entities]
    known_quantities = {name for module in library.modules.values() for name in known_names(module.network)}
    problems += [
        Problem(f"activity of '{entity}'", f"'{name}' is no quantity of a module", nearest(name, known_quantities))
        for entity, names in plan.activity.items()
        for name in names
        if name not in known_quantities
    ]
    if problems:
        raise ModelError("pathway.yaml", problems)
    return plan


def pathway(library: Library, beliefs: Beliefs, modules: Iterable[str] | None = None) -> Pathway:
    """Lay the claims out as a diagram.

    Signals and structure are drawn as far as the plan places them; of effects those that a module computes and those
    that are contested.

    Args:
        modules: whose effects are drawn; all of the library by default.
    """
    plan = read_plan(library)
    stated = [claim for claim in library.claims if claim.relation in SIGNED and claim.subject != claim.object]
    inner = [claim for claim in stated if _is_inner(claim, plan)]
    outer = _effects(library, beliefs, stated, plan, library.module_names if modules is None else modules)
    places = plan.stage_of
    edges = [*_structure(plan, beliefs), *_given(library, plan), *_signals(inner, plan, beliefs)]
    edges += [_edge(claims, plan, beliefs, signs=_signs(inner, plan)) for claims in _together(outer, plan)]
    used = {end for edge in edges for end in (edge.source, edge.target)}
    last = len(plan.stages) - 1
    nodes = [
        Node(id, _name(id, plan, library), stage, _kind(id, stage, plan)) for id, stage in places.items() if id in used
    ]
    seen = {node.id for node in nodes}
    for claim in outer:
        if claim.object.curie not in seen:
            seen.add(claim.object.curie)
            group = plan.systems.get(claim.system or "", (claim.system or "other").replace("-", " "))
            nodes.append(Node(claim.object.curie, _name(claim.object.curie, plan, library), last, "effect", group))
    kept = tuple(edge for edge in edges if edge.source in seen and edge.target in seen)
    caption = (
        f"From what is given to what it does: {len(nodes)} places and {len(kept)} influences, drawn from the claims. "
        "Effects are those that the mechanisms compute and those that are contested."
    )
    return Pathway(tuple(stage.name for stage in plan.stages), tuple(nodes), kept, caption)


def _is_inner(claim: Claim, plan: Plan) -> bool:
    """Say whether a claim joins two entities that the plan places."""
    if claim.object.curie == plan.ligand:
        return claim.subject.curie in plan.stages[0].entities
    return {claim.object.curie, claim.subject.curie} <= set(plan.stage_of)


def _effects(
    library: Library, beliefs: Beliefs, stated: Iterable[Claim], plan: Plan, modules: Iterable[str]
) -> list[Claim]:
    """Choose the effects: those that modules compute by a switch, and those of the ligand that are contested."""
    computed = {switch.claim for name in modules for switch in library.module(name).switches}
    contested = {
        claim.id for found in beliefs.contests.values() if found.contest.is_contested for claim in found.contest.claims
    }
    objects = {claim.object.curie for claim in stated if claim.id in computed}
    placed = plan.stage_of
    starts = {*placed, plan.ligand}
    return [
        claim
        for claim in stated
        if claim.object.curie not in placed
        and claim.subject.curie in starts
        and (claim.id in computed | contested or (claim.object.curie in objects and claim.subject.curie != plan.ligand))
    ]


def _structure(plan: Plan, beliefs: Beliefs) -> list[Edge]:
    return [
        Edge(member.entity, plan.complex, "binds", _belief([beliefs.claims[member.claim]], beliefs), (member.claim,))
        for member in plan.members
    ]


def _given(library: Library, plan: Plan) -> list[Edge]:
    """Draw what agents do to their targets: that is what they are, and no claim."""
    edges = []
    for name in plan.stages[0].entities:
        agent = library.agents.get(name)
        if agent is not None:
            target = plan.complex if agent.mode == "agonist" else agent.target.curie
            edges.append(Edge(name, target, MODES.get(agent.mode, "inhibits"), None))
    return edges


def _signals(claims: list[Claim], plan: Plan, beliefs: Beliefs) -> list[Edge]:
    signs = _signs(claims, plan)
    return [_edge(group, plan, beliefs, signs) for group in _together(claims, plan)]


def _together(claims: Iterable[Claim], plan: Plan) -> list[list[Claim]]:
    """Put claims together that are drawn as one edge."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((plan.start_of(claim), claim.object.curie), []).append(claim)
    return list(groups.values())


def _signs(claims: Iterable[Claim], plan: Plan) -> dict[str, int]:
    """Say in which direction the ligand moves each signal."""
    return {claim.object.curie: SIGN[claim.relation] for claim in claims if claim.subject.curie == plan.ligand}


def _edge(claims: list[Claim], plan: Plan, beliefs: Beliefs, signs: Mapping[str, int]) -> Edge:
    """Draw claims as one edge; its sign is that of the claim, over that of the ligand on what it acts through."""
    start = plan.start_of(claims[0])
    found = set()
    for claim in claims:
        through = signs.get(start, 1) if claim.subject.curie == plan.ligand else 1
        found.add(SIGN[claim.relation] * (through or 1))
    contested = any(_is_contested(claim, beliefs) for claim in claims) or len(found) > 1
    effect = "contested" if contested else EFFECT[found.pop()]
    ordered = sorted(claims, key=lambda claim: (claim.directness != "direct", -(_belief([claim], beliefs) or 0)))
    return Edge(start, claims[0].object.curie, effect, _belief(claims, beliefs), tuple(claim.id for claim in ordered))


def _is_contested(claim: Claim, beliefs: Beliefs) -> bool:
    return any(claim in each.contest.claims and each.contest.is_contested for each in beliefs.contests.values())


def _belief(claims: list[Claim], beliefs: Beliefs) -> float | None:
    """Give the belief in the best believed of some claims."""
    found = []
    for each in beliefs.contests.values():
        for claim in claims:
            if not each.is_prior and any(claim.id == member.id for member in each.contest.claims):
                outcome = claimed_outcome(claim)
                found.append(each.outcomes[outcome] if outcome else 1 - each.outcomes["no_effect"])
    return max(found, default=None)


def _name(id: str, plan: Plan, library: Library) -> str:
    if id in plan.names:
        return plan.names[id]
    if id in library.agents:
        return library.agents[id].title.removesuffix(" IgG")
    for claim in library.claims:
        for end in (claim.subject, claim.object):
            if end.curie == id:
                return lowered(end.name)
    return id


def _kind(id: str, stage: int, plan: Plan) -> str:
    if id == plan.ligand:
        return "ligand"
    if id == plan.complex:
        return "complex"
    if stage == 0:
        return "given"
    return "receptor" if any(id == member.entity for member in plan.members) else "signal"

"""A proposal in words: the claim as a sentence, its evidence, and what is believed of its contests now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...claims.claim import Claim, Evidence
from ...claims.tables.review import Proposal, beliefs_about
from ...library.publishing.claims import sentence, title
from ..site import Site

DOCUMENT = "pleio:document/"


@dataclass(frozen=True)
class Shown:
    """A proposal as it is listed."""

    digest: str
    sentence: str
    claim: Claim
    evidence: tuple[tuple[Evidence, str, str], ...]
    layers: tuple[str, ...]


@dataclass(frozen=True)
class Belief:
    """What is believed of a contest that the claim would join, before it does."""

    title: str
    outcomes: tuple[tuple[str, float], ...]
    why: str


def shown(proposal: Proposal, documents: Mapping[str, str]) -> Shown:
    """Put a proposal in words.

    Args:
        documents: digest → name of the documents that are kept.
    """
    claim = proposal.claim
    evidence = tuple((item, _setting(item), _source(item, documents)) for item in claim.evidence)
    return Shown(proposal.digest, sentence(claim), claim, evidence, proposal.layers)


def documents_of(site: Site) -> dict[str, str]:
    """Give digest → name of the documents that are kept."""
    with site.archive.store.read() as connection:
        return {row[0]: row[1] for row in connection.execute("SELECT digest, name FROM document")}


def beliefs_of(site: Site, claim: Claim) -> tuple[Belief, ...]:
    """Say what is believed now of the contests between the claim's two ends."""
    ends = (claim.subject.curie, claim.object.curie)
    found = beliefs_about(site.kept(), [claim]).contests.values()
    here = [each for each in found if (each.contest.subject.curie, each.contest.object.curie) == ends]
    return tuple(Belief(title(each), tuple(each.outcomes.items()), each.why) for each in here)


def _source(item: Evidence, documents: Mapping[str, str]) -> str:
    digest = (item.source or "").removeprefix(DOCUMENT)
    return f"{documents[digest]} ({digest[:8]})" if digest in documents else item.source or "no source"


def _setting(item: Evidence) -> str:
    given = item.perturbation
    parts = [given.agent, given.form, given.dose, given.duration] if given else []
    parts += [item.study.name if item.study else None, f"n = {item.n}" if item.n else None]
    return "; ".join(str(part) for part in parts if part)

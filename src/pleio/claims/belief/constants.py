"""The constants of belief: one table, each with its value in every band and where it comes from.

A band is an attitude to the literature as a whole: the sceptic trusts effects less, the believer more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...base.errors import ClaimError, Problem, nearest
from ..vocabulary import BANDS

JUDGEMENT = "our judgement"
_ERRINGTON = (
    "our judgement; Errington 2021, doi:10.7554/eLife.71601: 39 of 97 positive and 12 of 15 null effects replicated"
)
_PEREL = (
    "Perel 2007, doi:10.1136/bmj.39048.407928.BE: animal and human results agreed for 3 of 6 treatments; spread ours"
)
_BUTTON = "our judgement; Button 2013, doi:10.1038/nrn3475, has a median of 0.08 to 0.31 in neuroscience"
_TURNER = (
    "derived from Turner 2008, doi:10.1056/NEJMsa065779: of 38 positive trials 37 were published, of 36 others 3 as "
    "such and 14 in any form; neutral lies between"
)
_JERGAS = (
    "derived from Jergas 2015, doi:10.7717/peerj.1364: 25.4 % of quotations wrong, 11.9 % grossly; neutral between"
)


@dataclass(frozen=True)
class Constant:
    """One number of the model: its value in each band, the kind of claim it is for (any by default), and its source."""

    name: str
    sceptic: float
    neutral: float
    believer: float
    kind: str
    meaning: str
    source: str = JUDGEMENT

    def value(self, band: str) -> float:
        """Give the value in a band."""
        return float(getattr(self, band))


CONSTANTS: tuple[Constant, ...] = (
    # priors: the probability of no effect, or of absence
    Constant("null", 0.4, 0.3, 0.2, "structure", "prior of absence: identity, parts, properties"),
    Constant("null", 0.5, 0.35, 0.25, "receptor_proximal", "prior of no effect: binding, phosphorylation"),
    Constant("null", 0.55, 0.4, 0.3, "pharmacology", "prior of no effect: what a drug does to a measured quantity"),
    Constant("null", 0.6, 0.45, 0.35, "cell_phenotype", "prior of no effect: what a cell then does"),
    Constant("null", 0.75, 0.6, 0.45, "disease_outcome", "prior of no effect: what a disease then does"),
    # transport down the tree: the probability that the local truth is its parent's
    Constant("same_species", 0.75, 0.85, 0.95, "structure", "τ where the species is not the target's"),
    Constant("same_species", 0.5, 0.65, 0.8, "receptor_proximal", "the same"),
    Constant("same_species", 0.45, 0.6, 0.75, "pharmacology", "the same"),
    Constant("same_species", 0.4, 0.55, 0.7, "cell_phenotype", "the same"),
    Constant("same_species", 0.3, 0.45, 0.6, "disease_outcome", "the same", _PEREL),
    Constant("same_setting", 0.6, 0.75, 0.9, "", "τ where cell type, tissue or disease is not the target's"),
    Constant("same_reagent", 0.6, 0.75, 0.9, "", "τ where an agent is from another species than it is given to"),
    Constant("same_class", 0.93, 0.97, 0.99, "", "τ of any species, cell and reagent class, matching or not"),
    Constant("same_laboratory", 0.85, 0.9, 0.95, "", "τ of a laboratory within its class"),
    Constant("same_paper", 0.9, 0.95, 0.98, "", "τ of a paper within its laboratory"),
    # ρ: the probability that a report speaks of its local truth at all
    Constant("read_file", 0.97, 0.98, 0.99, "", "read right: taken from a file of the source"),
    Constant("read_abstract", 0.9, 0.94, 0.97, "", "read right: the abstract was seen"),
    Constant("read_derived", 0.85, 0.9, 0.95, "", "read right: derived from what was seen"),
    Constant("read_unv-H", 0.7, 0.8, 0.9, "", "read right: not verified, very probably right"),
    Constant("read_unv-M", 0.4, 0.55, 0.7, "", "read right: not verified, probably right"),
    Constant("read_unv-L", 0.15, 0.25, 0.4, "", "read right: not verified, a guess"),
    Constant("read_secondary", 0.75, 0.81, 0.88, "", "read right by the secondary statement that cites it", _JERGAS),
    Constant("replicates_without_power", 0.4, 0.6, 0.75, "", "replicates: a study with no power", _ERRINGTON),
    Constant("replicates_with_power", 0.75, 0.9, 0.97, "", "replicates: a study with full power; linear in between"),
    Constant("hedged", 0.5, 0.5, 0.5, "", "factor on ρ of a hedged statement", "the model's rule: half"),
    Constant("uncited", 0.03, 0.05, 0.1, "", "factor on ρ of secondary statements that cite nothing"),
    # what an informative source reports
    Constant("power", 0.3, 0.5, 0.7, "", "power of a study that states neither n nor power", _BUTTON),
    Constant("effect", 2.0, 2.0, 2.0, "structure", "effect in standard deviations, from which n per group gives power"),
    Constant("effect", 1.5, 2.0, 2.5, "receptor_proximal", "the same"),
    Constant("effect", 0.8, 1.2, 1.6, "pharmacology", "the same"),
    Constant("effect", 0.8, 1.2, 1.6, "cell_phenotype", "the same"),
    Constant("effect", 0.4, 0.6, 0.8, "disease_outcome", "the same"),
    Constant("power", 0.8, 0.9, 0.95, "structure", "the same: identity and make-up are seldom missed"),
    Constant("false_positive", 0.2, 0.1, 0.05, "", "probability of reporting an effect where there is none"),
    Constant("false_positive", 0.1, 0.05, 0.02, "structure", "the same"),
    Constant("publish_null", 0.1, 0.25, 0.4, "", "s(null): publication of a null relative to an effect", _TURNER),
    Constant("publish_null", 0.3, 0.5, 0.7, "structure", "the same: a property found otherwise is as good a finding"),
)  # fmt: skip


def values(band: str, kind: str) -> Mapping[str, float]:
    """Give every constant's value in a band for a kind of claim: the kind's own where it has one.

    Raises:
        ClaimError: the band is not one of sceptic, neutral, believer.
    """
    if band not in BANDS:
        raise ClaimError(f"band '{band}'", Problem("", "is not known", nearest(band, BANDS)))
    found = {constant.name: constant.value(band) for constant in CONSTANTS if not constant.kind}
    return found | {constant.name: constant.value(band) for constant in CONSTANTS if constant.kind == kind}


def as_markdown() -> str:
    """Write the table as it stands in `docs/theory/belief.md`."""
    rows = ["| constant | kind | sceptic | neutral | believer | meaning | source |", "|---|---|---|---|---|---|---|"]
    for c in CONSTANTS:
        kind = c.kind.replace("_", " ")
        numbers = f"{c.sceptic:g} | {c.neutral:g} | {c.believer:g}"
        rows.append(f"| `{c.name}` | {kind} | {numbers} | {c.meaning} | {c.source} |")
    return "\n".join(rows) + "\n"

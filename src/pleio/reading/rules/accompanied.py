"""What came along with an effect: "A-/- wounds closed faster, with fewer macrophages and less B".

Rule id: `carried.along`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..clauses import Frame
from ..draft import Draft
from ..lexicon import LEVELS
from ..unit import Unit
from .finish import FLIP, finish
from .targets import signed_objects

_SIGNS = {*LEVELS, "less", "fewer", "more", "milder", "no"}


def accompanied(unit: Unit, frame: Frame, told: Sequence[Draft]) -> Iterator[Draft]:
    """Read the changed things after "with", under what the clause says acts."""
    subjects = {d.subject.name: d for d in told if d.relation in ("increases", "decreases", "no_effect")}
    if len(subjects) != 1:
        return
    cause = next(iter(subjects.values()))
    nouns = [n for p, ns in frame.preps if p == "with" for n in ns]
    if not nouns or nouns[0].words[0].lower not in _SIGNS:
        return
    none = nouns[0].words[0].lower == "no"
    for sign, target in signed_objects(unit, nouns, frame):
        if not (sign or none) or target.name == cause.object.name or target.kind in ("species", "anaphor"):
            continue
        draft = replace(
            cause, object=target, relation=sign or "regulates", rule="carried.along", status="asserted",
            aspect=target.aspect or ("abundance" if target.is_molecule else "process"),
        )  # fmt: skip
        if none:
            yield replace(draft, relation="no_effect", status="null_result")
        elif cause.system:
            yield replace(draft, relation=FLIP.get(sign, sign))
        else:
            yield finish(draft)

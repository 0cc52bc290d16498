"""Objects with the sign that the phrase itself adds: "a rise in B", "reduced B", "inhibition of B"."""

from __future__ import annotations

import re
from dataclasses import replace

from ..grammar.frames import Frame
from ..grammar.phrases import Noun
from ..things import Thing, things
from ..unit import Unit
from ..words.lexicon import LEVELS
from ..words.wordclasses import DETERMINERS
from .finish import FLIP
from .targets import UNDOING, VAGUE, objects_of, own_readout


def composed(relation: str, sign: str) -> str:
    """ "led to a reduction in B": an increase of a decrease."""
    if sign == "increases" or not sign:
        return relation
    if sign == "regulates" or relation == "regulates":
        return "regulates"
    return FLIP[relation]


def signed_objects(unit: Unit, nouns: list[Noun], frame: Frame) -> list[tuple[str, Thing]]:
    """Resolve objects that are themselves changes: "a rise in B", "reduced B", "inhibition of B"."""
    out: list[tuple[str, Thing]] = []
    plain: list[Noun] = []
    shared = ""  # "fewer A and B": the sign goes on through the list
    for noun in nouns:
        changed = _changed(unit, noun, _changes_of(noun, noun is nouns[-1], frame), frame)
        first = next((w for w in noun.words if w.lower in _DEGREES and w.lower not in _NO_CHANGE), None)
        if changed is not None:
            out += changed
        elif first is not None and first is not noun.head:
            sign = _DEGREES[first.lower]
            sign = sign if sign in FLIP or sign == "regulates" else "increases"
            shared = sign if first is noun.words[0] and first.lower in _COMPARATIVES else ""
            rest = [w for w in noun.words if w is not first and not _FOLD.fullmatch(w.lower)]
            out += [(sign, t) for t in things(Noun(rest, noun.of, noun.members))]
        elif shared and noun.words[0].lower not in DETERMINERS and noun.head.lower not in CHANGES:
            out += [(shared, t) for t in things(noun)]
        else:
            plain.append(noun)
    found = [
        *[(s, t) for s, t in out if t.name.lower() not in VAGUE],
        *[("", t) for t in objects_of(unit, plain, frame)],
    ]
    return [(s, t) for s, t in found if not _RESIDUE.fullmatch(t.name)]


def _changes_of(noun: Noun, last: bool, frame: Frame) -> list[Noun]:
    """What a noun of change is of: "a rise of B", "a rise in B", hung on the noun or on the verb."""
    of = noun.of or next((ns for p, ns in noun.preps if p == "in"), [])
    if of or not last:
        return of
    around = frame.subject_preps if any(n is noun for n in frame.subjects) else frame.preps
    after = (ns for p, ns in around if p in ("in", "of") and not any(n is noun for n in ns))
    return next(after, [])


def _changed(unit: Unit, noun: Noun, of: list[Noun], frame: Frame) -> list[tuple[str, Thing]] | None:
    """ "A rise in B", "B inhibition", "degradation of B"; none of a phrase that is no change."""
    sign = CHANGES.get(noun.head.lower)
    if noun.head.lower in UNDOING and not sign:
        own = [t for t in own_readout(unit, noun, frame) or [t for n in of for t in things(n)] if _is_named(t)]
        if own:
            return [("decreases", replace(t, aspect="abundance")) for t in own]
    moved = _moved(noun, frame)
    if moved:
        return [("increases", t) for t in moved]
    if sign and of and not any(w.is_name for w in noun.words):
        return [(sign, t) for n in of for t in things(n)]
    if sign and len(noun.words) > 1 and noun.words[-2].is_name:
        return [(sign, t) for t in things(Noun(noun.words[:-1]))]
    return None


_NO_CHANGE = ("high", "low", "normal", "similar", "lost")
_RESIDUE = re.compile(
    r"(?:residues? )?(?:Ser|Thr|Tyr|Lys|Cys|serine|threonine|tyrosine|lysine|cysteine|[STYK])[- ]?\d+", re.I
)


def _moved(noun: Noun, frame: Frame) -> list[Thing]:
    """ "nuclear translocation of A", "translocation of A to the nucleus": A, its activity."""
    if noun.head.lower not in ("translocation", "import", "entry", "localization", "localisation", "accumulation"):
        return []
    around = [n.head.lower for _, ns in (*noun.preps, *frame.preps, *(p for o in noun.of for p in o.preps)) for n in ns]
    if not any(w.lower == "nuclear" for w in noun.words) and not {"nucleus", "nuclei"} & set(around):
        return []
    own = [t for w in noun.words if w.is_name for t in things(Noun([w]))]
    return [replace(t, aspect="activity") for t in own or [t for n in noun.of for t in things(n)]]


def _is_named(thing: Thing) -> bool:
    """Say whether a thing is a molecule, known or by the look of its name ("IκBα")."""
    return thing.is_molecule or bool(re.fullmatch(r"[A-Z]\S*[A-Z0-9\u0370-\u03ff]\S{0,8}", thing.name))


_DEGREES = {**LEVELS, "less": "decreases", "fewer": "decreases", "milder": "decreases", "more": "increases",
            "better": "increases", "impaired": "decreases", "defective": "decreases"}  # fmt: skip
_FOLD = re.compile(r"[\w.-]*fold")
_COMPARATIVES = set(
    "less fewer more milder higher lower greater smaller larger shorter longer weaker stronger reduced "
    "increased".split()
)
CHANGES = {
    **dict.fromkeys(
        "increase increases rise rises elevation elevations upregulation up-regulation enhancement improvement "
        "improvements stimulation induction gain gains surge surges jump spike expansion prolongation".split(),
        "increases",
    ),
    **dict.fromkeys(
        "decrease decreases reduction reductions fall falls decline declines drop drops loss inhibition suppression "
        "downregulation down-regulation attenuation impairment depletion lowering shortening slowing dip lack absence "
        "scarcity paucity dearth".split(),
        "decreases",
    ),
    **dict.fromkeys("change changes alteration alterations modulation".split(), "regulates"),
}

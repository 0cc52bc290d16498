"""Objects of an effect: resolved to things, with the sign that the phrase itself adds ("a rise in B", "reduced B")."""

from __future__ import annotations

import re
from dataclasses import replace

from ..grammar.frames import Frame
from ..grammar.phrases import Noun
from ..grammar.pointing import is_bare_change
from ..things import Thing, things
from ..unit import Unit
from ..words.lexicon import (
    EFFECT_NOUNS,
    LEVELS,
    READOUTS,
)
from ..words.wordclasses import DETERMINERS
from .finish import FLIP

_NEEDS_FOR = {
    "need",
    "demand",
    "requirement",
    "susceptibility",
    "resistance",
    "response",
    "responses",
    "sensitivity",
    "shift",
    "switch",
    "responsiveness",
}
VAGUE = set(
    "processes process tissues tissue outcomes outcome events effects functions function functionality "
    "association interaction binding genes "
    "factors molecules targets responses results changes activities conditions systems organs aspects steps "
    "cells patients needs use data "
    "problems roles disease expression production action things others side effects mechanisms pathways "
    "components studies".split()
) | {
    "need",
    "event",
    "phenotype",
    "phenomenon",
    "effect",
    "response",
    "side effects",
    "adverse effects",
    "various effects",
    "downstream effects",
}


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
        head = noun.head.lower
        changed = CHANGES.get(head)
        of = noun.of or next((ns for p, ns in noun.preps if p == "in"), [])
        if not of and noun is nouns[-1]:
            around = frame.subject_preps if any(n is noun for n in frame.subjects) else frame.preps
            after = [ns for p, ns in around if p in ("in", "of") and not any(n is noun for n in ns)]
            of = after[0] if after else []
        first = next(
            (
                w
                for w in noun.words
                if w.lower in _DEGREES and w.lower not in ("high", "low", "normal", "similar", "lost")
            ),
            None,
        )
        if head in _UNDOING and not changed:
            own = [t for t in _own_readout(unit, noun, frame) or [t for n in of for t in things(n)] if _is_named(t)]
            if own:
                out += [("decreases", replace(t, aspect="abundance")) for t in own]
                continue
        moved = _moved(noun, frame)
        if moved:
            out += [("increases", t) for t in moved]
        elif changed and of and len([w for w in noun.words if w.is_name]) == 0:
            out += [(changed, t) for n in of for t in things(n)]
        elif changed and len(noun.words) > 1 and noun.words[-2].is_name:
            out += [(changed, t) for t in things(Noun(noun.words[:-1]))]
        elif first is not None and first is not noun.head:
            rest = Noun(
                [w for w in noun.words if w is not first and not _FOLD.fullmatch(w.lower)], noun.of, noun.members
            )
            sign = _DEGREES[first.lower]
            sign = sign if sign in FLIP or sign == "regulates" else "increases"
            shared = sign if first is noun.words[0] and first.lower in _COMPARATIVES else ""
            out += [(sign, t) for t in things(rest)]
        elif shared and noun.words[0].lower not in DETERMINERS and not changed:
            out += [(shared, t) for t in things(noun)]
        else:
            plain.append(noun)
    found = [
        *[(s, t) for s, t in out if t.name.lower() not in VAGUE],
        *[("", t) for t in objects_of(unit, plain, frame)],
    ]
    return [(s, t) for s, t in found if not _RESIDUE.fullmatch(t.name)]


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


_UNDOING = set(
    "degradation breakdown proteolysis internalization internalisation ubiquitination ubiquitylation destruction "
    "inactivation turnover destabilization destabilisation".split()
)


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


def objects_of(unit: Unit, nouns: list[Noun], frame: Frame) -> list[Thing]:
    """Resolve objects; phrases that name nothing in particular ("multiple tissues and processes") are left out."""
    found = [t for t in _resolved(unit, nouns, frame) if t.name.lower() not in VAGUE]
    return [s for t in found for s in _referred(unit, t)]


def _referred(unit: Unit, thing: Thing) -> list[Thing]:
    """ "production of the cytokine": the cytokine at hand; "transcript levels" alone: those of the page's entry."""
    words = thing.name.lower().split()
    if thing.mention is None and words and all(w in READOUTS for w in words) and words[0] not in _PROCESS_ALONE:
        aspect = next((READOUTS[w] for w in words if w in READOUTS), None)
        return [replace(t, aspect=aspect) for t in unit.subject]
    if thing.name.lower() not in _REFERRING or thing.curie or thing.is_molecule:
        return [thing]
    return [replace(t, aspect=thing.aspect or t.aspect) for t in unit.subject] or [thing]


def _refers(noun: Noun) -> bool:
    """Say whether a phrase refers back: "the cytokine"."""
    return len(noun.words) == 2 and noun.words[0].lower in ("the", "this") and noun.head.lower in _REFERRING


_PROCESS_ALONE = set("phosphorylation secretion release activation signaling signalling activity transcription".split())
_REFERRING = {"cytokine", "hormone", "chemokine", "interleukin", "ligand", "growth-factor"}


def _resolved(unit: Unit, nouns: list[Noun], frame: Frame) -> list[Thing]:
    out: list[Thing] = []
    shared = None
    for noun in nouns:
        if noun.pronoun:
            out += pronoun_object(unit, noun, frame)
            continue
        if is_bare_change(noun):
            continue  # `carried` says whose
        own = _own_readout(unit, noun, frame) or the_disease(unit, noun)
        if own:
            out += own
            continue
        if noun.head.lower in EFFECT_NOUNS and noun in frame.subjects:
            out += [t for p, ns in frame.subject_preps if p in ("on", "upon") for n in ns for t in things(n)]
            continue
        if noun.head.lower in EFFECT_NOUNS:
            hung = (*noun.preps, *(x for o in noun.of for x in o.preps))
            on = [n for p, ns in hung if p in ("on", "upon") for n in ns]
            on = on or (frame.prep("on", "upon") if noun in frame.objects else [])
            if on:
                out += [
                    t for n in on for t in things(n) if t.kind not in ("species", "anaphor")
                ]  # "neutralised the effect of A on B": B
                continue
            if not noun.of:
                continue
        tail = noun.head.lower
        if tail in ("response", "responses", "sensitivity") and noun.of:
            out += [t for n in noun.of for t in things(n)]  # "the response of A to B"
            continue
        if tail in _NEEDS_FOR and noun is nouns[-1]:
            where = frame.prep("for", "to", "toward", "towards")
            where = [] if any(n is noun for n in where) else where  # "accounts for fever and the acute response"
            joint = next((p for p, ns in frame.preps if ns is where), "for")
            if where:
                for inner in where:
                    for thing in things(inner):
                        name = thing.name if tail in ("shift", "switch") else f"{tail} {joint} {thing.name}"
                        out.append(
                            replace(thing, name=name, curie=thing.curie if tail in ("shift", "switch") else None)
                        )
                continue
        found = things(noun)
        if (
            shared is not None
            and len(noun.words) == 1
            and not noun.of
            and not noun.words[0].is_name
            and found
            and not found[0].is_molecule
            and len(nouns) > 1
            and noun.head.lower in _SHARING
            and not any(w.is_name for w in shared.words)
        ):
            found = [with_modifier(shared, noun)]
        elif len(noun.words) > 1 and not noun.of:
            shared = noun
        out += found
    return out


# processes that are of the cells named before them: "astrocyte survival, proliferation and migration"
_SHARING = set(
    "proliferation growth survival migration differentiation maturation activation death invasion development function "
    "progression expansion viability adhesion motility number numbers division recruitment infiltration degranulation "
    "polarization apoptosis necrosis senescence chemotaxis repair regeneration formation loss".split()
)


def pronoun_object(unit: Unit, noun: Noun, frame: Frame) -> list[Thing]:
    """What "it" and "them" stand for as an object: what the clause before acted on, else what acted there."""
    if noun.head.lower not in ("it", "them") or noun in frame.subjects:
        return []
    own = {t.name for n in frame.subjects for t in things(n)}
    for other in reversed(unit.clauses.frames):
        if other is frame or other.verbs.main.start >= frame.verbs.main.start:
            continue
        for nouns in (other.objects, other.subjects):
            found = [t for n in nouns if not n.pronoun for t in things(n) if t.is_molecule and t.name not in own]
            if nouns is other.objects and frame.verbs.lemma in _ON_OUTCOMES and not any(n.pronoun for n in nouns):
                found = [t for n in nouns for t in things(n) if t.name not in own] or found
            if found:
                return found if noun.head.lower == "them" else found[:1]
    last = [d.object for d in unit.effects if d.verb == unit.effects[-1].verb and d.object.name not in own]
    if last and frame.verbs.lemma in _ON_OUTCOMES and (frame.verbs.main.tag != "VBZ"):
        return last if noun.head.lower == "them" else last[:1]
    return [t for t in unit.referent if t.name not in own]


# what is done to an outcome rather than to a molecule: "B failed to change it"
_ON_OUTCOMES = set(
    "change alter affect reverse restore rescue abolish prevent modify influence abrogate "
    "normalize enhance reduce increase amplify blunt potentiate".split()
)


def the_disease(unit: Unit, noun: Noun) -> list[Thing]:
    """ "the disease", "the risk of the disease" under the heading of one."""
    inner = (
        noun.of[0] if noun.of and noun.head.lower in ("risk", "severity", "progression", "onset", "course") else noun
    )
    plain = [w.lower for w in inner.words]
    if unit.disease is None or len(plain) != 2 or plain[0] not in ("the", "this"):
        return []
    if plain[1] not in ("disease", "disorder", "condition"):
        return []
    return [Thing(unit.disease.text, unit.disease.curie or None, None, "disease")]


def _own_readout(unit: Unit, noun: Noun, frame: Frame) -> list[Thing]:
    """ "its activation", "their release": what was named last, read out so."""
    words = [w.lower for w in noun.words]
    if words[0] not in ("its", "their") or len(words) < 2 or noun.of or not all(w in _READ for w in words[1:]):
        return []
    aspect = next((READOUTS[w] for w in words[1:] if w in READOUTS), None)
    before = [
        t
        for f in unit.clauses.frames
        for n in (*f.subjects, *f.objects)
        if n.end < noun.start and not n.pronoun
        for t in (things(n) if n.start < noun.start else [])
        if t.is_molecule
    ]
    own = {t.name for n in frame.subjects for t in things(n)}
    found = [t for t in before if t.name not in own][-1:] or before[-1:] or unit.referent
    return [replace(t, aspect=aspect) for t in found]


_READ = {
    *READOUTS,
    "own",
    "gene",
    "mrna",
    "surface",
    "clearance",
    "degradation",
    "turnover",
    "stability",
    *_UNDOING,
    "lysosomal",
    "proteasomal",
}


def with_modifier(first: Noun, noun: Noun) -> Thing:
    """Give "astrocyte survival, proliferation": "astrocyte proliferation"."""
    from ..grammar.wording import content

    modifiers = [w for w in content(first.words)[:-1] if w.tag.startswith(("NN", "JJ")) or w.mention]
    return things(Noun([*modifiers, *noun.words]))[0] if modifiers else things(noun)[0]

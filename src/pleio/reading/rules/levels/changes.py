"""How a verb says that its subject changed: "fell", "was higher", "remained constant", "lasted longer"."""

from __future__ import annotations

from ...grammar.frames import Frame
from ...unit import Unit
from ...words.lexicon import CHANGES_ALONE, LEVELS
from ...words.predicates import PHRASAL, PROCESSES, VERBS
from ..finish import FLIP
from .worded import worded

_SIGNS = ("increases", "decreases", "regulates")


def change_of(unit: Unit, frame: Frame) -> str:
    """Give the relation of a verb that says how its subject changed; "" where it says no such thing."""
    return worded(unit, frame) or _by_verb(frame)


def _by_verb(frame: Frame) -> str:
    lemma = frame.verbs.lemma
    if (
        frame.verbs.passive
        and lemma in VERBS
        and VERBS[lemma].relation in ("secretes", "expresses")
        and _answers(frame)
    ):
        return "increases"
    if frame.verbs.passive and not frame.prep("by") and lemma in VERBS and VERBS[lemma].relation in _SIGNS:
        return VERBS[lemma].relation
    if frame.verbs.passive and not frame.prep("by", "with") and not frame.relative:
        turned = next((PHRASAL[lemma, p] for p in frame.particles if (lemma, p) in PHRASAL), "")
        if turned or (lemma in _MADE and frame.verbs.main.lower in _COMPARED | LEVELS):
            return turned or (_COMPARED | LEVELS)[frame.verbs.main.lower]
    if lemma == "go" and set(frame.particles) & {"up", "down"}:
        return "increases" if "up" in frame.particles else "decreases"
    if lemma in ("dysregulate", "deregulate") and not frame.objects:
        return "regulates"
    if lemma in ("be", "become", "remain", "appear", "stay", "prove"):
        if frame.degree == "no" and (frame.adjective in LEVELS or frame.adjective == "different"):
            return "no_effect"
        if frame.degree in _DEGREE and frame.adjective in _MEASURED:
            return _DEGREE[frame.degree]
        if frame.adjective in LEVELS or frame.adjective in _COMPARED:
            return LEVELS.get(frame.adjective) or _COMPARED[frame.adjective]
    if frame.degree in _DEGREE and lemma in ("occur", "develop", "appear", "arise") and not frame.objects:
        return _DEGREE[frame.degree]
    if lemma in ("remain", "stay") and frame.adjective in _STEADY:
        return "no_effect"
    at = [
        n
        for n in frame.prep("at", "within", "near")
        if n.head.lower in ("levels", "level", "range", "values", "limits")
    ]
    if lemma in ("remain", "stay") and any({w.lower for w in n.words} & _USUAL for n in at):
        return "no_effect"  # "remained at control levels"
    if lemma == "leave" and frame.verbs.passive and LEVELS.get(frame.adjective) == "no_effect":
        return "no_effect"
    if lemma in UNMOVED and not frame.objects:
        return "no_effect"
    if lemma in ("differ", "vary") and frame.verbs.negated:
        return "no_effect"
    if lemma == "last" and set(frame.particles) & {"longer", "shorter"}:
        return "increases" if "longer" in frame.particles else "decreases"
    if lemma in CHANGES_ALONE and not frame.objects and not frame.verbs.passive and frame.verbs.form != "ing":
        less = "less" in frame.particles and CHANGES_ALONE[lemma] in FLIP  # "rose less in … than in …"
        return FLIP[CHANGES_ALONE[lemma]] if less else CHANGES_ALONE[lemma]
    if lemma in PROCESSES and not frame.objects and not frame.verbs.passive and _answers(frame):
        return "increases"
    return ""


_MADE = {"lose", "halve", "double", "triple", "treble", "prolong", "shorten", "blunt", "preserve", "enlarge", "deplete"}
_DEGREE = {"more": "increases", "less": "decreases"}


_MEASURED = set(
    "frequent common abundant pronounced severe intense marked prevalent numerous extensive rapid active rare often "
    "permeable likely".split()
)


_COMPARED = {
    **dict.fromkeys("fewer rarer scarcer sparser poorer lesser halved blunted attenuated delayed shortened absent "
                    "missing milder lowest defective shorter".split(),
                    "decreases"),
    **dict.fromkeys("commoner denser deeper better doubled tripled trebled prolonged lengthened enlarged "
                    "accelerated highest greatest exaggerated longer".split(), "increases"),
    **dict.fromkeys("comparable indistinguishable equivalent unmodified unimpaired preserved equal identical "
                    "constant stable steady intact".split(), "no_effect"),
}  # fmt: skip


_USUAL = {"control", "baseline", "normal", "basal", "background", "resting", "vehicle", "starting"}
_STEADY = {"constant", "stable", "flat", "steady", "same", "undetectable", "low", "comparable", "equal"}


UNMOVED = {"unaltered", "unaffected", "unchanged", "unmodified", "unimpaired"}


ANSWERING = {"response", "presence", "absence", "exposure", "contact", "stimulation", "treatment", "addition"}


def _answers(frame: Frame) -> bool:
    """Say whether the verb stands under an event: "in response to A", "after contact with A", "without A"."""
    around = [*frame.lead_preps, *frame.subject_preps, *frame.preps]
    return any(
        name in ("upon", "after", "following", "without") or n.head.lower in ANSWERING
        for name, nouns in around
        for n in nouns
    )

"""What the loss of a gene does to those that lack it: "A-null mice do not develop B", "are protected from B",
"die of B", "become obese", "regenerate poorly", "have 10 % of normal B".

Rule ids: `effect.loss`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...actors.groups import set_apart
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import modality_of
from ...things import Thing, grounded
from ...unit import Unit
from ...words.predicates import PROCESSES
from ..finish import finish, is_ill
from ..signed import signed_objects
from ..targets import objects_of

_LACKING = set(
    "develop mount show form lose gain produce generate acquire make respond exhibit deposit "
    "release secrete express upregulate induce activate".split()
)
_SPARED = {"protected", "resistant", "refractory", "immune", "unresponsive"}
_PRONE = {"susceptible", "prone", "sensitive", "hypersensitive", "vulnerable", "predisposed"}
_POORLY = re.compile(r"\b(?:poorly|less|slowly|inefficiently|abnormally|badly|late|incompletely|weakly)\b", re.I)
_WELL = re.compile(r"\b(?:faster|better|more|earlier|readily|excessively|longer)\b", re.I)
_HARMFUL = {"bleed", "die", "seize"}  # that mutants do not do so is no loss
_BECOME = {
    "obese": "obesity", "lean": "leanness", "diabetic": "diabetes", "infertile": "infertility",
    "sterile": "infertility",
    "blind": "blindness", "deaf": "deafness", "hypertensive": "hypertension", "hyperactive": "hyperactivity",
    "insulin resistant": "insulin resistance", "insulin-resistant": "insulin resistance", "cachectic": "cachexia",
    "glucose intolerant": "glucose intolerance", "osteoporotic": "osteoporosis", "smaller": "small size",
    "septic": "sepsis", "hypotensive": "hypotension", "arthritic": "arthritis", "ataxic": "ataxia",
}  # fmt: skip
_STATE = re.compile(
    r"\b(?:" + "|".join(sorted(_BECOME, key=len, reverse=True)) + r"|(?:hyper|hypo|an)?[a-z]*(?:emic|penic))\b", re.I
)
_EMBRYO = re.compile(r"\b(?:embryo|gestation|in utero|E\d|prenatal|before birth)", re.I)
_FRACTION = re.compile(
    r"\b(?:about |only |approximately )?\d+\s?% of (?:the )?(?:normal|wild-type|control) (?P<what>[^,.;]+)", re.I
)


def mutants(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read what a clause says of those that lack a gene."""
    lost = [t for t in actors(unit, frame.subjects, frame.elided) if t.loss]
    lost = lost or _those_before(unit, frame)
    for subject in lost:
        yield from _lacking(unit, frame, subject)
        yield from _spared(unit, frame, subject)
        yield from _unable(unit, frame, subject)
        yield from _dying(unit, frame, subject)
        yield from _becoming(unit, frame, subject)
    for subject in (t for n in frame.subjects for t in set_apart(unit, n) if not t.loss):
        yield from _spared(unit, frame, subject)


def _those_before(unit: Unit, frame: Frame) -> list[Thing]:
    """ "They die", "the mice die": those of the sentence before."""
    if unit.lost is None or not frame.subjects:
        return []
    noun = frame.subjects[0]
    plain = [w.lower for w in noun.words]
    if plain not in (
        ["they"],
        ["the", "mice"],
        ["these", "mice"],
        ["the", "animals"],
        ["the", "knockouts"],
        ["mutants"],
    ):
        return []
    return [replace(unit.lost, loss=unit.lost.loss or "knockout")]


def _spared(unit: Unit, frame: Frame, subject: Thing) -> Iterator[Draft]:
    """ "were protected from B", "are susceptible to B"; "remain susceptible": no change."""
    word = frame.verbs.main.lower if frame.verbs.main.lower in _SPARED else frame.adjective
    if word not in _SPARED | _PRONE:
        return
    sign = "decreases" if (word in _SPARED) != (frame.degree == "less") else "increases"
    targets = objects_of(unit, frame.prep("from", "against", "to"), frame) or _of_sentence(unit, frame)
    for target in targets or [d.object for d in unit.effects[-1:]]:
        draft = _by_loss(unit, frame, subject, sign, target)
        steady = frame.verbs.negated or (frame.verbs.lemma in ("remain", "stay") and word in _PRONE)
        yield _null(draft) if steady else draft


def _of_sentence(unit: Unit, frame: Frame) -> list[Thing]:
    """What the clauses before spared or harmed: "A-null mice are resistant to B; C-null mice remain susceptible"."""
    for other in reversed(unit.clauses.frames):
        if other.verbs.main.start < frame.verbs.main.start:
            found = objects_of(unit, other.prep("from", "against", "to"), other)
            if found:
                return found
    return []


_HAVING = {"show", "have", "exhibit", "display", "present", "manifest", "suffer"}


def _lacking(unit: Unit, frame: Frame, subject: Thing) -> Iterator[Draft]:
    """ "A-null mice lack B": A is needed for it; "show ataxia, anaemia and early death": A keeps them off."""
    if frame.verbs.negated or frame.verbs.passive:
        return
    if frame.verbs.lemma == "lack":
        for target in objects_of(unit, frame.objects, frame):
            if not (target.is_molecule and frame.relative):  # "A-/- mice that lack B" lack both
                yield _by_loss(unit, frame, subject, "decreases", target)
    elif frame.verbs.lemma in _HAVING:
        nouns = frame.objects or frame.prep("with", "from")
        bare = [(n, t) for n in nouns for sign, t in signed_objects(unit, [n], frame) if not sign]
        if any(is_ill(t) for _, t in bare):
            for noun, target in bare:
                if not {w.lower for w in noun.words} & _USUAL:
                    yield _by_loss(unit, frame, subject, "increases", target)


_USUAL = {"normal", "intact", "unaltered", "unchanged", "unimpaired", "similar", "comparable"}


def _unable(unit: Unit, frame: Frame, subject: Thing) -> Iterator[Draft]:
    """ "do not develop B", "fail to lactate", "regenerate poorly"."""
    lemma = frame.verbs.lemma
    failed = frame.governor is not None and frame.governor.verbs.lemma == "fail"
    denied = frame.verbs.negated or failed
    around = unit.passage.text[frame.verbs.main.start : frame.verbs.main.end + 14]
    if lemma in PROCESSES and not frame.objects:
        process = Thing(PROCESSES[lemma], kind="process")
        if denied and lemma in _HARMFUL:
            yield _null(_by_loss(unit, frame, subject, "increases", process))
        elif (denied or _POORLY.search(around)) and lemma != "die":
            yield _by_loss(unit, frame, subject, "decreases", process)
        elif _WELL.search(around) and lemma != "die":
            yield _by_loss(unit, frame, subject, "increases", process)
    elif lemma in ("gain", "lose") and frame.objects and frame.objects[0].words[0].lower in ("more", "less"):
        more = "increases" if frame.objects[0].words[0].lower == "more" else "decreases"
        for target in objects_of(unit, [replace(frame.objects[0], words=frame.objects[0].words[1:])], frame):
            named = replace(target, name=f"{target.name} {lemma if lemma == 'gain' else 'loss'}", curie=None)
            yield _by_loss(unit, frame, subject, more, named)
    elif lemma == "lack" and not denied:
        for target in objects_of(unit, frame.objects, frame):
            yield _by_loss(unit, frame, subject, "decreases", target)
    elif denied and lemma in _LACKING:
        nouns = frame.prep("to") if lemma == "respond" else frame.objects
        for target in objects_of(unit, nouns, frame):
            if lemma == "lose":
                target = replace(target, name=f"{target.name} loss", curie=None)
            yield _by_loss(unit, frame, subject, "decreases", target)
    elif lemma in ("deposit", "form", "accumulate", "make", "have", "produce") and frame.objects:
        for noun in frame.objects:
            sign = {"less": "decreases", "fewer": "decreases"}.get(noun.words[0].lower)
            for target in (
                objects_of(unit, [replace(noun, words=noun.words[1:])], frame) if sign and noun.words[1:] else []
            ):
                yield _by_loss(unit, frame, subject, sign or "", target)


def _dying(unit: Unit, frame: Frame, subject: Thing) -> Iterator[Draft]:
    """ "die at day 13 of anemia", "is lethal", "are not viable"."""
    died = frame.verbs.lemma in ("die", "perish", "succumb") and not frame.verbs.negated
    lethal = frame.adjective in ("lethal", "inviable", "nonviable", "non-viable") and not frame.verbs.negated
    viable = frame.adjective == "viable"
    if died or lethal or (viable and frame.verbs.negated):
        name = "embryonic lethality" if _EMBRYO.search(unit.text) else "death"
        yield _by_loss(unit, frame, subject, "increases", Thing(name, kind="process"))
    elif viable:
        yield _null(_by_loss(unit, frame, subject, "increases", Thing("viability", kind="process")))
    if died:
        for target in objects_of(unit, frame.prep("of", "from", "with"), frame):
            if target.kind in ("disease", "phenotype"):
                yield _by_loss(unit, frame, subject, "increases", target)


def _becoming(unit: Unit, frame: Frame, subject: Thing) -> Iterator[Draft]:
    """ "become obese", "are anemic", "have 10 % of normal B"."""
    low = frame.verbs.main.end - unit.body
    after = re.split(r"[,;.]", unit.text[low : low + 120], maxsplit=1)[0]
    if frame.verbs.lemma in ("be", "become", "turn", "remain") and not frame.objects and not frame.verbs.negated:
        for match in _STATE.finditer(after):
            word = match[0].lower()
            name = _BECOME.get(word) or (word[:-1] + "a")
            yield _by_loss(unit, frame, subject, "increases", grounded(name, "phenotype"))
    fraction = _FRACTION.search(after) if frame.verbs.lemma in ("have", "retain", "show", "possess") else None
    if fraction:
        name = re.sub(r"\s+(?:and|yet|but|in|at|when)\b.*", "", fraction["what"]).strip()
        yield _by_loss(unit, frame, subject, "decreases", grounded(name, "process"))


def _by_loss(unit: Unit, frame: Frame, subject: Thing, relation: str, target: Thing) -> Draft:
    modality = modality_of(frame, unit.text)
    return finish(Draft(subject, relation, target, "effect.loss", target.aspect, modality=modality))


def _null(draft: Draft) -> Draft:
    return replace(draft, relation="no_effect", status="null_result")

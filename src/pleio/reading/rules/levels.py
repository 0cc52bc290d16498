"""Levels that differ: "IL-11 levels are reduced in AD", "altered expression in ALS", "CRP rose after IL-6".

The disease (or what came before) is the subject, as the format has it.  Rule ids: `level.passive`, `level.after`, and
those of `cohorts` and `seen`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..clauses import Frame
from ..draft import Draft
from ..gazetteer import ground
from ..lexicon import (
    PROCESSES,
    VERBS,
)
from ..things import MODEL_WORDS, Thing, things
from ..unit import Unit, actors, frames, given_earlier
from .arms import arms
from .causes import causes_of
from .changes import change_of
from .cohorts import cohorts, diseases_of, marked, phrases_of_level
from .finish import level_draft
from .looked_for import looked_for
from .seen import changes_seen, differences, outcomes, revealed


def levels(unit: Unit) -> Iterator[Draft]:
    """Read the levels of a sentence that differ in a disease, or after something."""
    found = [*_by_verbs(unit), *cohorts(unit), *changes_seen(unit), *outcomes(unit), *differences(unit)]
    found += [*marked(unit), *revealed(unit), *looked_for(unit), *arms(unit)]
    yield from found
    yield from phrases_of_level(unit)


def _by_verbs(unit: Unit) -> Iterator[Draft]:
    for frame in frames(unit):
        relation = change_of(unit, frame)
        if not relation or _is_set_up(frame):
            continue
        targets = [
            t
            for t in actors(unit, frame.subjects, frame.elided)
            if t.is_molecule or t.kind in ("cell", "process", "pathway", "phenotype", "other")
        ]
        causes = causes_of(unit, frame) or given_earlier(unit, frame)
        if causes:
            if frame.verbs.lemma == "persist":
                relation = "no_effect"  # "persisted in the presence of A"
            for cause in causes:
                for target in targets:
                    if target.name != cause.name:
                        yield level_draft(unit, frame, cause, relation, _happening(frame, target), "level.after")
                for target in (t for n in frame.denied_subjects for t in things(n)):  # "A, but not B, was raised"
                    yield level_draft(unit, frame, cause, "no_effect", _happening(frame, target), "level.after")
            continue
        places = diseases_of(unit, frame)
        if not places or _is_elsewhere(unit, frame, places[0]):
            continue
        missing = [t for p, ns in frame.denied_preps if p in ("in", "with") for n in ns for t in things(n)]
        for target in (t for t in targets if t.is_molecule):  # "high in D but not in E"
            for place in (t for t in missing if t.kind == "disease"):
                yield level_draft(unit, frame, place, "no_effect", target, "level.passive")
        for target in (t for t in targets if t.is_molecule or (t.aspect and t.kind != "phenotype")):
            for place in places:
                yield level_draft(unit, frame, place, relation, target, "level.passive")


_OF_STATES = set("slow quicken recover resolve improve heal regress deteriorate worsen persist linger".split())


def _is_elsewhere(unit: Unit, frame: Frame, place: Thing) -> bool:
    """Say whether the disease is what another clause is about, or whether the verb cannot be one of a level."""
    if frame.verbs.lemma in _OF_STATES:
        return True
    own = frame.verbs.main.start
    others = [n for f in frames(unit) if f.verbs.main.start != own for n in f.subjects if not n.pronoun]
    return any(t.kind == "disease" and t.name == place.name for n in others for t in things(n))


def _is_set_up(frame: Frame) -> bool:
    """Say whether a verb tells what was done, not what came of it: "cells were stimulated with A"."""
    done = frame.verbs.lemma in ("stimulate", "prime", "expand", "restrict") and frame.verbs.passive
    if not done or not frame.prep("with"):
        return False
    heads = {n.head.lower for n in frame.subjects}
    return bool(heads & MODEL_WORDS) or not any(w.is_name for n in frame.subjects for w in n.words)


def _happening(frame: Frame, target: Thing) -> Thing:
    """ "Cells proliferate": their proliferation; "A is secreted": its secretion."""
    process = PROCESSES.get(frame.verbs.lemma)
    if process is not None and not target.is_molecule:
        name = f"{process} of {target.name}"
        return Thing(name, getattr(ground(name), "curie", None), None, "process")
    if target.aspect is None and frame.verbs.lemma in ("secrete", "release", "shed"):
        return replace(target, aspect="secretion")
    if target.aspect is None and frame.verbs.lemma in VERBS and VERBS[frame.verbs.lemma].aspect:
        return replace(target, aspect=VERBS[frame.verbs.lemma].aspect)
    return target

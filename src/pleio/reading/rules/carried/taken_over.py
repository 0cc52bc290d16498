"""What a sentence takes over from the effects read before it: "this effect was blocked by C", "and so did C",
"B protein was likewise higher", "not reduced in the knockouts".

The ways are in `pointed`, `likewise` and `goes_on`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...draft import Draft
from ...grammar.frames import Frame
from ...settle import is_sound
from ...unit import Unit, frames
from .accompanied import accompanied, followed
from .goes_on import bare_change, of_setup, same_cause
from .likewise import also_effective, as_effective, as_was, likewise, no_difference, seen_with
from .panels import shown_after
from .pointed import blocked, needed

EFFECTS = {"increases", "decreases", "no_effect", "regulates"}


def carried(unit: Unit, own: Sequence[Draft], told: Sequence[Draft]) -> Iterator[Draft]:
    """Read what refers to the effects `told` so far in the sentence, or in the one before it; `own` are those read."""
    here = [d for d in told if d.relation in EFFECTS and d.status != "refuted"]
    here += [d for d in shown_after(unit) if is_sound(d)]
    yield from (d for d in here if d.rule == "panel.after")
    for frame in frames(unit):
        at = frame.verbs.main.start
        told_here = [d for d in own if d.verb == at]
        if told_here:
            yield from accompanied(unit, frame, told_here)
            yield from as_was(unit, frame, [d for d in told_here if d.relation in EFFECTS])
            continue
        yield from followed(unit, frame, [d for d in here if 0 <= d.verb < at])
        before = [d for d in here if 0 <= d.verb < at] or list(unit.effects)
        found = [*_of_frame(unit, frame, before), *also_effective(unit, frame, told)]
        here += found
        yield from found
        yield from accompanied(unit, frame, found)


def _of_frame(unit: Unit, frame: Frame, before: list[Draft]) -> Iterator[Draft]:
    changed = list(bare_change(unit, frame))
    yield from changed
    if changed:
        return
    if not before and (unit.given or unit.agent is not None) and not unit.bullet:
        yield from of_setup(unit, frame)
    if before:
        last = _of_one_verb(before)
        # "this response was abolished by A and blunted by B": one response
        told = [d for d in before if d.rule != "carried.effect"] or list(unit.effects) or before
        yield from blocked(unit, frame, _of_one_verb(told))
        yield from likewise(unit, frame, last)
        yield from no_difference(unit, frame, last)
        yield from needed(unit, frame, last)
        yield from as_effective(unit, frame, before)
        yield from seen_with(unit, frame, before)
        if not (unit.stale and before[-1] in unit.effects):
            yield from same_cause(unit, frame, before)
        elif unit.given or unit.agent is not None:
            yield from of_setup(unit, frame)


def _of_one_verb(drafts: Sequence[Draft]) -> list[Draft]:
    return [d for d in drafts if d.verb == drafts[-1].verb]

"""Phrases that point back at an effect told before: "this effect", "the signal", "an increase that B abolished"."""

from __future__ import annotations

from dataclasses import replace

from .phrases import Noun

EFFECTS_TOLD = set(
    "effect effects event response responses increase increases rise induction phenotype change changes inhibition "
    "reduction decrease upregulation up-regulation downregulation down-regulation action actions activity suppression "
    "stimulation process phenotypes signal signals gain elevation surge fall drop decline enhancement augmentation "
    "deficit defect difference".split()
)
_POINTERS = set("this these that those the such an a its their both all said latter same".split())
_HOW_MUCH = set(
    "steep sharp marked modest slight strong small large great further similar rapid transient sustained dramatic "
    "robust pronounced clear significant comparable brief early late initial subsequent gradual weak moderate "
    "striking".split()
)
_CHANGES = EFFECTS_TOLD - {"activity", "process", "event", "action", "actions", "phenotype", "phenotypes", "deficit"}


def points_back(noun: Noun) -> bool:
    """Say whether a phrase names an effect and not whose: "the increase", "these responses"."""
    first = noun.words[0].lower
    bare = not any(w.mention for w in noun.words) and not noun.of
    plain = all(w.lower in _POINTERS for w in noun.words[:-1])
    return bare and plain and first in _POINTERS and noun.head.lower in EFFECTS_TOLD and not noun.preps


def is_bare_change(noun: Noun) -> bool:
    """Say whether a phrase is no object by itself: "abolished the increase", "caused a steep rise"."""
    if noun.pronoun or len(noun.words) < 2 or noun.head.lower not in _CHANGES:
        return False
    plain = [w for w in noun.words if w.lower not in _HOW_MUCH]
    return points_back(replace(noun, words=plain))

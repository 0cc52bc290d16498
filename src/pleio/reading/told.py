"""A statement as a sentence for readers: "IL-11 may increase the phosphorylation of STAT3 in fibroblasts"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..claims.vocabulary import VERBS

_VERBS = {**VERBS, "no_effect": ("has no effect on", "have no effect on")}

_ASPECTS = {"secretion": "the secretion of", "phosphorylation": "the phosphorylation of", "activity": "the activity of",
            "abundance": "the level of"}  # fmt: skip
_AFTER = ("mRNA", "protein")
_PLACES = ("cell_type", "tissue", "disease")


def sentence(said: Mapping[str, Any]) -> str:
    """Write a statement, as `Statement.to_json` gives it, as a sentence without its full stop."""
    denied = said["status"] == "refuted" or (said["status"] == "null_result" and said["relation"] != "no_effect")
    words = [said["subject"], _verb(said["relation"], said["modality"], denied), _object(said)]
    if said.get("dose"):
        words.append(f"at {said['dose']}")
    return " ".join([*words, *_places(said)])


def _verb(relation: str, modality: str, denied: bool) -> str:
    plain, base = _VERBS[relation]
    no = "not " if denied else ""
    if modality == "hedged":
        return f"may {no}{base}"
    if modality == "speculative":
        return f"is thought {no}to {base}"
    if not denied:
        return plain
    return plain.replace("is ", "is not ", 1) if plain.startswith("is ") else f"does not {base}"


def _object(said: Mapping[str, Any]) -> str:
    name, aspect = said["object"], said.get("aspect") or ""
    if said["relation"] == "has_property":
        return f"the property “{name}”"
    if aspect in _AFTER:
        return name if name.endswith(aspect) else f"{name} {aspect}"
    return f"{_ASPECTS[aspect]} {name}" if aspect in _ASPECTS else str(name)


def _places(said: Mapping[str, Any]) -> list[str]:
    """Say where it holds, but for what the ends of the statement say already."""
    ends = f"{said['subject']} {said['object']}".casefold()
    context = said.get("context") or {}
    named = dict.fromkeys(context[kind] for kind in _PLACES if kind in context)
    return [f"in {place}" for place in named if place.casefold() not in ends]

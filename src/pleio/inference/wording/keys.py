"""The keys of an entry as others name them, and a spread that lies beside its kind instead of in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .spreads import KINDS, OF_90, OF_VARIATION
from .values import with_printed_value

KEYS = {
    "endpoint": "readout", "outcome": "readout", "measure": "readout", "variable": "readout", "quantity": "readout",
    "group": "population", "subjects": "population", "who": "population", "system": "population",
    "treatment": "regimen", "intervention": "regimen", "dosing": "regimen", "given": "regimen",
    "timepoint": "time", "time_point": "time", "at": "time", "when": "time",
    "observed": "value", "estimate": "value", "units": "unit", "sample_size": "n", "N": "n", "number": "n",
    "control": "comparator", "versus": "comparator", "compared_with": "comparator", "reference": "source",
    "citation": "source", "cite": "source", "ref": "source", "effect": "direction", "comment": "note", "notes": "note",
}  # fmt: skip
"""Keys of others that can mean one thing alone; each is read where the form's own key is not there."""
FORM = {
    "id", "module", "readout", "population", "regimen", "stimulus", "beside", "time", "value", "unit", "spread", "low",
    "high", "statistic", "comparator", "direction", "n", "question", "source", "trust", "use", "facts", "note",
}  # fmt: skip
"""Keys of the form; one without a value is as if it were not there."""
USES = {
    "test": "check", "testing": "check", "validation": "check", "validate": "check", "held out": "check",
    "held-out": "check", "holdout": "check", "external": "check", "evaluation": "check", "unseen": "check",
    "training": "fit", "train": "fit", "calibration": "fit", "fitting": "fit",
}  # fmt: skip
IDENTIFIERS = {"pmid": "pubmed:", "doi": "doi:", "pmcid": "pmc:", "url": ""}
_AGAINST = re.compile(r"(?P<given>.+?)\s+(?:against|versus|vs\.?|compared (?:with|to))\s+(?P<other>.+)", re.I)
"""One text for what was given, or who was looked at, and what or whom that was compared with."""
_LOST = re.compile(
    r"(?:global |germline |conditional |genetic )?"
    r"(?:il-?11(?:r[aα]?1?)?|interleukin[- ]11(?: receptor(?: alpha| α)?)?)\s*"
    r"(?:gene )?(?:knock-?outs?|ko|-/-|⁻/⁻|null|deletion|deficien\w+|loss)(?:\s*\(.*\))?",
    re.I,
)
"""A gene that was lost and nothing that was given."""
KIND = ("spread_type", "spread_kind", "error_type", "uncertainty_type", "kind", "spread_is", "error_is")
SIZED = {word for word, kind in KINDS.items() if kind in ("SD", "SE", "IQR", "95 % interval")} | {*OF_90, *OF_VARIATION}
SIZE = ("error", "uncertainty", "plus_minus", "pm")


def with_form_keys(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Give an entry with the form's keys; a key that means nothing here stays, and is told as unknown.

    Example:
        >>> with_form_keys({"endpoint": "crp", "spread": 5.4, "spread_type": "SD"})
        {'readout': 'crp', 'spread': {'kind': 'SD', 'value': 5.4}}
    """
    entry = {key: part for key, part in entry.items() if part is not None or not _is_known(key)}
    found = {KEYS[key] if key in KEYS and KEYS[key] not in entry else key: part for key, part in entry.items()}
    for key, prefix in IDENTIFIERS.items():
        if key in found and "source" not in found:
            local = str(found.pop(key))
            found["source"] = local if local.lower().startswith(prefix or "http") else f"{prefix}{local}"
    for key in ("regimen", "stimulus", "population"):
        match = (
            _AGAINST.fullmatch(part) if isinstance(part := found.get(key), str) and "comparator" not in found else None
        )
        if match is not None:
            found |= {key: match["given"], "comparator": match["other"]}
    if isinstance(use := found.get("use"), str):
        found["use"] = USES.get(use.strip().lower(), use)
    if isinstance(size := found.get("n"), str) and (counted := _counted(size)) != size:
        found = {key: part for key, part in found.items() if key != "n"} | ({"n": counted} if counted else {})
    return with_printed_value(_with_spread(_with_genotype(found)))


def _with_genotype(entry: dict[str, Any]) -> dict[str, Any]:
    """Read a gene that was lost, under what was given, as what the row's animals or cells are."""
    for key in ("regimen", "stimulus"):
        told, people = entry.get(key), entry.get("population")
        if not isinstance(told, str) or not _LOST.fullmatch(told.strip()) or people is None:
            continue
        if isinstance(people, Mapping):
            condition = "; ".join(str(part) for part in (people.get("condition"), told) if part)
            return {**entry, key: "none", "population": {**people, "condition": condition}}
        return {**entry, key: "none", "population": f"{people}; {told}"}
    return entry


def _is_known(key: Any) -> bool:
    """Whether a key means something here; one that is text, which a comma cut off, has to be told and not dropped."""
    return key in FORM or key in KEYS or key in KIND or key in SIZE or key in IDENTIFIERS or str(key).lower() in SIZED


def _counted(text: str) -> int | str:
    """Give the size of a group in words, `n = 12`, `8 mice`; 0 where it is of more than the group, or a range.

    Example:
        >>> _counted("12 per group"), _counted("30 in both arms together"), _counted("some")
        (12, 0, 'some')
    """
    numbers = re.findall(r"\d+", text)
    if not numbers:
        return text
    whole = re.search(r"\b(?:both|all|together|total|in all|overall|altogether|combined)\b", text, re.IGNORECASE)
    return 0 if whole or len(numbers) > 1 or int(numbers[0]) == 0 else int(numbers[0])


def _with_spread(entry: dict[str, Any]) -> dict[str, Any]:
    """Put a spread together of what lies apart: its kind, its size or two ends, or a key that is its kind (`sd: 5`)."""
    kind = next((entry.pop(key) for key in KIND if key in entry), None)
    named = [key for key in entry if isinstance(key, str) and key.lower() in SIZED]
    size = next((entry.pop(key) for key in SIZE if key in entry and "spread" not in entry), entry.get("spread"))
    if kind is None and size is None and len(named) == 1:
        kind, size = named[0], entry.pop(named[0])
    ends: dict[str, Any] = {key: entry.pop(key) for key in ("low", "high") if key in entry}
    if kind is None and ends:
        kind = "range"
    if isinstance(size, list | tuple) and len(size) == 2:
        ends, size = {"low": size[0], "high": size[1]}, None
    if kind is None and (isinstance(size, bool) or not isinstance(size, int | float)) and not ends:
        return entry
    if isinstance(size, str) and kind is not None:
        return entry | ends | {"spread": f"{kind} {size}"}
    if isinstance(size, Mapping | str):
        return entry | ends
    told = {"kind": "unstated" if kind is None else kind, "value": size, **ends}
    return entry | {"spread": {key: part for key, part in told.items() if part is not None}}

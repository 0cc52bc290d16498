"""Several things in one dish: which of them the comparator's dish held too, and which one the row is about.

`stimulus: [TGFβ1, anti-IL-11]` beside `TGFβ1 and IgG` is about the antibody, with TGFβ1 in both dishes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .people import of_cells

_APART = re.compile(r"\s+(?:and|plus|with|together with|in the presence of|in combination with)\s+|\s*[+;]\s*", re.I)
_LACKED = re.compile(
    r"\b(?:without|no|not|minus|lacking|in the absence of)\b.*?(?=\s+(?:and|plus|with)\b|[,;+]|$)", re.I
)
_SAID_BESIDE = re.compile(
    r"\b(?:alone|only|cells?|cultures?|the|same|treated|treatment|stimulated|stimulation|infected|infection|given|dish|"
    r"vehicle|control|igg|dmso|pbs|isotype|group|medium)\b|[-\s](?=stimulated|treated|infected|induced)|"
    r"\d+(?:\.\d+)?\s*(?:[munpµμ]?(?:g|mol|M|U)(?:/m?l|/L)?|U/m?l|%)(?!\w)",
    re.I,
)
_AMOUNT = r"\d+(?:\.\d+)?\s*(?:[munpµμ]?(?:g|mol)/(?:m|µ|μ|u)?[lL]|[munpµμ]?M|[kM]?I?U/m?[lL]|units?/m?[lL])"
_DOSED = re.compile(
    rf"(?P<agent>[^\d(\s][^(]*?|\d[^\s]*[^\d\s(][^(]*?)\s*[(,]?\s*(?:at |of )?(?P<amount>{_AMOUNT})\s*\)?|"
    rf"(?P<first>{_AMOUNT})\s+(?:of )?(?P<then>[^(]+)"
)
"""One thing and its concentration: `IL-1α (1 ng/mL)`, `TGFβ1 5 ng/mL`, `5 ng/mL of TGFβ1`."""
_BODILY = re.compile(
    r"/\s*kg\b|\b(?:s\.?c\.?|i\.?v\.?|i\.?p\.?|subcutaneous\w*|intravenous\w*|intraperitoneal\w*|injected|injections?)\b",
    re.IGNORECASE,
)
"""Words of what is given to bodies, also where cells of theirs are looked at."""
TOGETHER = ("with", "plus", "and", "together_with", "together with", "inhibitor", "antagonist", "blocker")
"""Keys of a stimulus for what else was in the dish."""
_LETTERS = str.maketrans({"α": "a", "β": "b", "γ": "g", "κ": "k", "µ": "u", "μ": "u"})

Entry = Mapping[str, Any]


def with_stimulus(entry: Entry) -> Entry:
    """Read what cells were given, or anything given as a concentration, as put into their dish, under whatever key."""
    given = entry.get("regimen")
    if given is None or entry.get("stimulus") is not None:
        return entry
    told = " ".join(map(str, given.values())) if isinstance(given, Mapping) else str(given)
    if _BODILY.search(told) or not (
        of_cells(entry.get("population")) or re.search(rf"(?<![\w.])(?:{_AMOUNT})(?!\w)", told)
    ):
        return entry
    return {**{key: part for key, part in entry.items() if key != "regimen"}, "stimulus": given}


def told_apart(entry: Entry, worded: Callable[[Any], Any]) -> dict[str, Any]:
    """Give the stimulus of a row, what was in the dish beside it, and the comparator without what was in both.

    Of several things in a stimulus those that the comparator names were in both dishes, and the row is about the first
    that it does not name.  What stands under `beside` was in both unless it says otherwise.

    Args:
        worded: writes what was given as the form has it.
    """
    if isinstance(entry.get("stimulus"), str) and (either := re.split(r"\s*(?:±|\+/-)\s*", entry["stimulus"]))[1:]:
        entry = {**entry, "stimulus": either[1], "beside": entry.get("beside") or either[0]}  # with it, or without
    stimulus, other = entry.get("stimulus"), entry.get("comparator")
    parts, beside = _parts(stimulus, worded), _listed(entry.get("beside"), worded)
    if len(parts) < 2 and not beside:
        return {"stimulus": parts[0]} if parts and not isinstance(stimulus, Mapping) else {}
    named = _named(other)

    def held(one: Entry) -> bool:
        return any(alike(str(one.get("agent")), name, [*parts, *beside]) for name in named)

    both = [held(one) for one in parts]
    turned = all(both)  # `beside` is then what the comparator lacked
    both += [bool(one["in_both"]) if "in_both" in one else held(one) or not turned for one in beside]
    if all(both):
        return {}
    about, everything = both.index(False), [*parts, *beside]
    told = [{**one, "in_both": is_held} for one, is_held in zip(everything, both, strict=True)]
    beside = [*told[:about], *told[about + 1 :]]
    found: dict[str, Any] = {
        "stimulus": {k: v for k, v in everything[about].items() if k != "in_both"},
        "beside": beside,
    }
    if isinstance(other, Mapping) and other.get("agent") and any(one["in_both"] for one in beside):
        words = ", ".join(str(other[key]) for key in ("condition", "agent") if other.get(key))
        found["comparator"] = {k: v for k, v in other.items() if k not in ("agent", "amount")} | {"condition": words}
    return found


def held_in_comparator(agent: str, words: str) -> bool:
    """Whether a comparator's words name something as what its dish held: `IL-11 alone`, `TGFβ1 and IgG`.

    Example:
        >>> held_in_comparator("TGF-β1", "TGFβ1 and IgG"), held_in_comparator("IL-11", "no IL-11")
        (True, False)
    """
    return any(alike(agent, name, ()) for name in _named(words))


def alike(agent: str, name: str, all_of_it: Iterable[Entry]) -> bool:
    """Whether a name in a comparator's words is of an agent; of several agents one that has just this name is meant."""
    mine, told = _key(agent), _key(name)
    if not told or not mine:
        return False
    keys = [_key(str(one.get("agent"))) for one in all_of_it]
    if mine == told or told in keys:
        return mine == told
    shorter, longer = sorted((mine, told), key=len)
    before = longer.removesuffix(shorter)
    return (
        len(longer) > len(shorter) > 2
        and longer.endswith(shorter)
        and not re.search("anti|inhibitor|soluble|neutrali", before)
    )


def _named(other: Any) -> list[str]:
    """Name what the words of a comparator say its dish held."""
    if isinstance(other, Mapping):
        told = [str(other[key]) for key in ("condition", "agent") if other.get(key)]
        held = other.get("stimulus")
        told += [held] if isinstance(held, str) else [str(held.get("agent"))] if isinstance(held, Mapping) else []
    else:
        told = [other] if isinstance(other, str) else []
    parts = [part for words in told for part in re.split(rf"{_APART.pattern}|,", _LACKED.sub(" ", words), flags=re.I)]
    return [name for part in parts if (name := _SAID_BESIDE.sub(" ", part).strip(" -()"))]


def _parts(value: Any, worded: Callable[[Any], Any]) -> list[dict[str, Any]]:
    """Give the things that a stimulus names, each as the form has it; none where a part could not be read."""
    if isinstance(value, Mapping):
        more = next((key for key in TOGETHER if key in value), None)
        if more is not None:
            first = {key: part for key, part in value.items() if key != more}
            return [*_parts(first, worded), *_parts(value[more], worded)]
        agent = value.get("agent")
        several = _APART.split(agent) if isinstance(agent, str) and "amount" not in value else []
        return _listed(several if len(several) > 1 else [value], worded)
    if isinstance(value, str):
        return _listed(_APART.split(value), worded)
    return _listed(value, worded)


def _listed(value: Any, worded: Callable[[Any], Any]) -> list[dict[str, Any]]:
    values = value if isinstance(value, list | tuple) else [] if value is None else [value]
    found = []
    for one in values:
        dosed = _DOSED.fullmatch(one.strip()) if isinstance(one, str) else None
        told = _dosed(dosed) if dosed else worded(one)
        if isinstance(told, str) and told != "none" and _is_name(told):
            told = {"agent": told.strip()}
        if not isinstance(told, Mapping):
            return []
        found.append(dict(told))
    return found


def _dosed(match: re.Match[str]) -> dict[str, str]:
    agent, amount = match["agent"] or match["then"], match["amount"] or match["first"]
    return {"agent": agent.strip(), "amount": _spelled(amount)}


def _spelled(amount: str) -> str:
    """Write a concentration as the form has it."""
    told = re.sub(r"\s+", " ", amount.strip().replace("μ", "µ").replace("/l", "/L").replace("ml", "mL"))
    return re.sub(r"units?(?=/)", "U", re.sub(r"(?<=\d)(?=[^\d.\s])", " ", told, count=1))


def _is_name(text: str) -> bool:
    """Whether a phrase can be the name of something, and no regimen: it is short and has no amount."""
    return 0 < len(text.split()) < 6 and not re.search(r"\d\s*(?:[munpµμ]?(?:g|mol|M|U)|%)(?:/|\b)", text)


def _key(name: str) -> str:
    """Write a name so that its spellings are one: `TGF-β1`, `TGFbeta` and `TGFb` agree, `IL-1α` and `IL-1` do too."""
    told = re.sub("alpha|beta|gamma", lambda match: match[0][0], name.translate(_LETTERS).lower())
    told = re.sub(r"\b(?:recombinant|human|mouse|murine|antibod(?:y|ies)|rh)\b", "", re.sub(r"\(.*?\)", "", told))
    bare = re.sub(r"[^a-z0-9]", "", told)
    return re.sub(r"(?<=[a-z0-9]{2})[ab]$", "", re.sub(r"(?<=b)\d$", "", bare))

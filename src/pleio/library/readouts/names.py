"""Readouts that need no entry of their own: a quantity, or an everyday word for one, and what is taken of it.

`platelet_count_change` is the relative change of `platelets`, `crp_ratio` the fold of `crp`, `antibody_half_life` the
half-life of `antibody`.  The words stand in `readouts.yaml`, the endings here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ending:
    """What an ending of a name takes from a course.

    Attributes:
        unit: of what is taken; "" that of the quantity, `*h` that of the quantity times an hour.
        settings: fields of a readout.
        meaning: for the list of readouts.
    """

    unit: str
    settings: Mapping[str, Any]
    meaning: str


CHANGE: Mapping[str, Any] = {"relative": "change", "scale": "log1p"}
FOLD: Mapping[str, Any] = {"relative": "fold"}
PEAK_TIME: Mapping[str, Any] = {"take": "time_of_maximum", "level": "group", "scale": "log1p"}
NADIR_TIME: Mapping[str, Any] = {**PEAK_TIME, "take": "time_of_minimum"}

ENDINGS: Mapping[str, Ending] = {
    "_peak_change": Ending("%", {**CHANGE, "take": "maximum"}, "highest change from untreated up to the time"),
    "_maximum_change": Ending("%", {**CHANGE, "take": "maximum"}, "the same"),
    "_relative_rise": Ending("%", {**CHANGE, "take": "maximum"}, "the same"),
    "_nadir_change": Ending("%", {**CHANGE, "take": "minimum"}, "lowest change from untreated up to the time"),
    "_relative_change": Ending("%", CHANGE, "change from untreated at the time"),
    "_percent_change": Ending("%", CHANGE, "the same"),
    "_fold_change": Ending("1", FOLD, "over untreated, or over the comparator's group"),
    "_change": Ending("%", CHANGE, "change from untreated at the time"),
    "_change_from_baseline": Ending("%", CHANGE, "the same"),
    "_peak_ratio": Ending("1", {**FOLD, "take": "maximum"}, "highest over untreated up to the time"),
    "_relative_risk": Ending("1", {**FOLD, "take": "maximum"}, "the same: of a share, over that of the untreated"),
    "_ratio": Ending("1", FOLD, "over untreated, or over the comparator's group"),
    "_fold": Ending("1", FOLD, "the same"),
    "_percent_of_control": Ending("%", FOLD, "the same in per cent"),
    "_percent_of_baseline": Ending("%", FOLD, "the same"),
    "_over_peak": Ending("1", {"take": "of_peak"}, "over the highest up to the time"),
    "_relative_to_peak": Ending("1", {"take": "of_peak"}, "the same"),
    "_time_of_peak": Ending("h", {"take": "time_of_maximum"}, "when it is highest"),
    "_time_to_peak": Ending("h", {"take": "time_of_maximum"}, "the same"),
    "_tmax": Ending("h", {"take": "time_of_maximum"}, "the same"),
    "_day_of_peak": Ending("d", PEAK_TIME, "when the mean is highest"),
    "_peak_day": Ending("d", PEAK_TIME, "the same"),
    "_time_of_nadir": Ending("h", {"take": "time_of_minimum"}, "when it is lowest"),
    "_time_to_nadir": Ending("h", {"take": "time_of_minimum"}, "the same"),
    "_day_of_nadir": Ending("d", NADIR_TIME, "when the mean is lowest"),
    "_nadir_day": Ending("d", NADIR_TIME, "the same"),
    "_peak": Ending("", {"take": "maximum"}, "highest up to the time"),
    "_maximum": Ending("", {"take": "maximum"}, "the same"),
    "_cmax": Ending("", {"take": "maximum"}, "the same"),
    "_nadir": Ending("", {"take": "minimum"}, "lowest up to the time"),
    "_minimum": Ending("", {"take": "minimum"}, "the same"),
    "_trough": Ending("", {}, "at the time"),
    "_concentration": Ending("", {}, "the same"),
    "_level": Ending("", {}, "the same"),
    "_auc": Ending("*h", {"take": "auc"}, "area under its course up to the time"),
    "_terminal_half_life": Ending("h", {"take": "half_life", "single_dose": True}, "from the second half of the time"),
    "_half_life": Ending("h", {"take": "half_life", "single_dose": True}, "the same"),
}
"""Longer endings before those that they end in."""

RELATIONS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "_percent_change": ("%", CHANGE),
    "_relative_change": ("%", CHANGE),
    "_change": ("%", CHANGE),
    "_ratio": ("1", FOLD),
    "_fold": ("1", FOLD),
}
"""Endings that set what has a name of its own in relation to another group: unit and fields of a readout."""

OVER_SHARE: Mapping[str, Any] = {"against": "untreated", "of_shares": True}
OF_SHARES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "_difference": ("%", {"scale": "log1p", "by_difference": True, **OVER_SHARE}),
    "_relative_risk": ("1", {"scale": "log", **OVER_SHARE}),
    "_ratio": ("1", {"scale": "log", **OVER_SHARE}),
}
"""The same of a share of patients, which is over those who were given nothing where no other group is named."""

OF_SWITCHES = ("sign_", "gain_", "half_")


@dataclass(frozen=True)
class Parted:
    """A readout's name in its parts: a quantity of a mechanism, and the ending."""

    quantity: str
    ending: str


def part(name: str, quantities: Collection[str], words: Mapping[str, str]) -> Parted | None:
    """Take a readout's name apart; None where it names no quantity.

    Example:
        >>> part("platelet_count_change", ["platelets"], {"platelet_count": "platelets"})
        Parted(quantity='platelets', ending='_change')
    """
    folded = {one.lower(): one for one in quantities}
    for ending in ("", *ENDINGS):
        if not name.lower().endswith(ending):
            continue
        stem = name[: len(name) - len(ending)].lower()
        meant = words.get(stem, stem)
        held = meant.strip("[]").replace("{sex}", "male")
        if held in quantities:
            return Parted(meant, ending)
        if held in folded:
            return Parted(folded[held], ending)
    return None


def like(name: str, quantities: Collection[str], words: Mapping[str, str]) -> Iterator[str]:
    """Give names that could have been meant: every quantity and word, with the ending of the name."""
    ending = next((ending for ending in ENDINGS if name.lower().endswith(ending)), "")
    for stem in (*quantities, *words):
        if not stem.startswith(OF_SWITCHES):
            yield stem + ending

"""Fit how often adverse events are, without the drug and on it, to all trials that are open to fits.

    python scripts/fit_adverse_events.py            fit and report
    python scripts/fit_adverse_events.py --write    and put the fit into the library

The model is in `pooled_trials.py`.  What is written is of a trial that was not seen, so that the differences between
trials are in it: the log odds of an event without the drug and on it, and what both have in common.  The same is done
without each source in turn, for rows that are forecast without it.  Fever in leukaemia has a shift of its own, since it
is the disease's.  An event of a contest takes the size of the drug's effect from there.  No row that is kept for
checking is used.  `posteriors/adverse_events.yaml` and `left_out.yaml` are written; then run build_adverse_events.py.
"""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Iterable, Sequence

import numpy as np
from pooled_trials import REFERENCE, Count, Fit, Known, fit, grid

from pleio.base.yaml import dump
from pleio.inference.observations import Observation
from pleio.library import open as open_library
from pleio.library.readouts.readouts import read_all
from pleio.library.validation.left_out import write_left_out

DOSE = 50.0  # ug/kg a day, at the reference
ALONE = 3.1
FOLDER = open_library("il11").folder
POSTERIOR = FOLDER / "posteriors" / "adverse_events.yaml"
ALONE_EVENTS = ("papilloedema", "antibody_formation", "acute_left_heart_failure")
BACKGROUNDS = {"atrial_arrhythmia": "atrial_fibrillation"}  # counted without the drug under the other's name only
FEVERS = ("fever", "neutropenic_fever")
CONTESTED = {  # odds without the drug: guesses, 90 % of which lie between
    "fatigue": (0.3, 1.5), "myalgia": (0.05, 0.4), "arthralgia": (0.05, 0.4), "thrombocytosis": (0.005, 0.05),
    "anaphylaxis": (0.0001, 0.001), "periosteal_bone": (0.0005, 0.005), "capillary_leak": (0.0005, 0.005),
}  # fmt: skip
GUESSED = {"papilloedema": (0.005, 0.05), "antibody_formation": (0.003, 0.03)}  # chances, of unstated numbers of adults
SMALLEST = 0.05**2
HEAD = """\
# What trials that are open to fits make of adverse events, by scripts/fit_adverse_events.py (--write), and of what.
#
# `parameters`: of `adverse_events`, in a trial that was not seen. `counted`: event -> source -> events of patients, at
# the mean concentration in nM. `apart`: standard deviations between trials, of the log odds, and their own uncertainty.
"""


def counts_of(rows: Iterable[Observation]) -> list[Count]:
    """Take the counts of rows that are open to fits; a row without a number of patients is passed over."""
    found = []
    for row in rows:
        if row.use != "fit" or row.module != "adverse_events" or row.spread.kind != "binomial" or row.value is None:
            continue
        name = row.readout.removesuffix("_frequency").removeprefix("peripheral_")
        child = "_child" if name in ALONE_EVENTS and "child" in row.population.condition else ""
        arms, other = [], row.comparator
        if row.group:
            events = row.spread.events if row.spread.events is not None else round(row.value / 100 * row.group)
            arms.append((concentration(row), events, row.group))
        if other is not None and other.value is not None and other.n:
            arms.append((0.0, round(other.value / 100 * other.n), other.n))
        found += [
            Count(
                trial=f"{row.source} {row.population.condition}", source=row.source, event=name + child,
                background=BACKGROUNDS.get(name, name + child), concentration=at, events=events, patients=patients,
                shifted=name in FEVERS and "leukaemia" in row.population.condition, alone=name in ALONE_EVENTS,
            )
            for at, events, patients in arms
        ]  # fmt: skip
    return found


def concentration(row: Observation) -> float:
    """Give the mean concentration on a row's dose, that of the label where none is stated."""
    if row.given is None:
        return 0.0
    return REFERENCE / DOSE * (float(row.given.amount.split()[0]) if row.given.amount else DOSE)


def known_of(counts: Iterable[Count]) -> dict[str, Known]:
    """Give what was known of each event before it was counted."""
    found = {name: contested(name) for name in CONTESTED}
    for one in counts:
        for name in (one.background, one.event):
            found.setdefault(
                name, Known(deviation=ALONE, effect_deviation=0.0, effect_like=False) if one.alone else Known()
            )
    return found


def contested(name: str) -> Known:
    """Give the guess of an event of the contests, and the effect as its contest had it before any evidence."""
    library = open_library("il11")
    switch = next(one for one in library.modules["adverse_events"].switches if one.id == name)
    believed = library.belief().of(switch.claim, switch.question).prior
    present = believed["present"]
    levels = (np.arange(50) + 0.5) / 50
    gain, half = (np.asarray(one.distribution.quantile(levels)) for one in (switch.gain, switch.half))
    size = (gain[:, None] * (REFERENCE / (half + REFERENCE))).ravel()
    mean, square = present * float(size.mean()), present * float(np.square(size).mean())
    return Known(*between(*CONTESTED[name]), mean, math.sqrt(square - mean**2), like=False, effect_like=False)


def between(low: float, high: float) -> tuple[float, float]:
    """Give mean and standard deviation of the logarithm of what lies between two ends with 90 %."""
    return (math.log(low) + math.log(high)) / 2, math.log(high / low) / (2 * 1.6448536269514722)


def report(found: Fit, counts: Sequence[Count]) -> None:
    """Print how far trials are apart, and each event in a trial that was not seen beside what was counted."""
    for name, words in (("trial", "all events of a trial"), ("event", "one event"), ("effect", "the effect on one")):
        print("trials are apart in {}: {:.2f} ± {:.2f}".format(words, *found.mean(name)))
    print("concentration at half effect: {:.2f} ± {:.2f} nM".format(*found.mean("half")))
    print("fever in leukaemia: {:+.2f} ± {:.2f}".format(*found.shift))
    for name, one in sorted(found.events.items()):
        seen = ", ".join(f"{c.events}/{c.patients} at {c.concentration:.2g}" for c in counts if c.event == name)
        ends = [
            f"{100 / (1 + math.exp(-x)):.1f} ({math.sqrt(v):.2f})"
            for x, v in ((one.placebo, one.of_placebo), (one.drug, one.of_drug))
        ]
        print(f"  {name:28s} without {ends[0]}, with {ends[1]} %, both {one.both:.2f}; {seen}")


def laws(found: Fit, counts: Sequence[Count]) -> dict[str, str]:
    """Write what is expected in a trial that was not seen as distributions of the module's parameters."""
    alone = {one.event for one in counts if one.alone}
    written = {"fever_in_leukaemia": normal(*found.shift)}
    for name, one in found.events.items():
        if name in CONTESTED:
            written[f"{name}_background"] = lognormal(one.placebo, one.of_placebo)
        elif name in alone:
            written[f"{name}_log_odds_drug"] = normal(one.drug, math.sqrt(one.of_drug))
        else:
            behind = found.events[BACKGROUNDS.get(name, name)]
            both = min(max(behind.both, 0.0), behind.of_placebo, behind.of_drug)
            written[f"{name}_log_odds_drug"] = normal(one.drug, math.sqrt(max(one.of_drug - both, SMALLEST)))
            if behind is one:
                written[f"{name}_log_odds_placebo"] = normal(
                    one.placebo, math.sqrt(max(one.of_placebo - both, SMALLEST))
                )
                written[f"{name}_log_odds_trial"] = normal(0.0, math.sqrt(both))
    for name, (low, high) in GUESSED.items():
        middle, deviation = between(low, high)
        written[f"{name}_drug"] = f"truncated({lognormal(middle, deviation**2 + sum(found.between))}, , 0.5)"
    return dict(sorted(written.items()))


def normal(mean: float, deviation: float) -> str:
    return f"normal({mean:.3g}, {deviation:.3g})"


def lognormal(mean: float, variance: float) -> str:
    return f"lognormal({math.exp(mean):.3g}, {100 * math.sqrt(math.expm1(variance)):.2g} %)"


def without(source: str, counts: Sequence[Count]) -> dict[str, str]:
    """Give the laws of the events that a source counted and others too, when it says nothing."""
    others = [one for one in counts if one.source != source]
    shared = {one.event for one in counts if one.source == source} & {one.event for one in others}
    found = laws(fit(others, known_of(counts), grid()), others)
    return {name: law for name, law in found.items() if re.split("_log_odds_|_background", name)[0] in shared}


def describe(found: Fit, counts: Sequence[Count]) -> str:
    """Write the fit as YAML."""
    counted: dict[str, dict[str, list[str]]] = {}
    for one in counts:
        seen = f"{one.events} of {one.patients} at {one.concentration:.2g}"
        counted.setdefault(one.event, {}).setdefault(one.source, []).append(seen)
    body = {
        "apart": {name: [float(f"{x:.2f}") for x in found.mean(name)] for name in ("trial", "event", "effect")},
        "counted": dict(sorted(counted.items())),
        "parameters": laws(found, counts),
    }
    return HEAD + dump(body)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--write", action="store_true", help="put the fit into the library")
    write = arguments.parse_args().write
    counts = counts_of(read_all(open_library("il11")))
    known = known_of(counts)
    found = fit(counts, known, grid())
    report(found, counts)
    left_out = {}
    for source in dict.fromkeys(one.source for one in counts):
        left_out[source] = without(source, counts)
        print(f"  without {source}: " + "; ".join(f"{name} {law}" for name, law in left_out[source].items()))
    if write:
        POSTERIOR.write_text(describe(found, counts), encoding="utf-8")
        write_left_out(FOLDER, left_out)


if __name__ == "__main__":
    main()

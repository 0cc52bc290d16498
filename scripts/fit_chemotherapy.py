"""Fit the kill of chemotherapy, how hard its regimens are, and what IL-11 does to regrowth, to rows open to fits.

    python scripts/fit_chemotherapy.py            fit and report
    python scripts/fit_chemotherapy.py --write    and put the fits into the modules, regimens.yaml and left_out.yaml

Worlds are drawn from what was known before (`before_fit.yaml`); all that is not fitted is drawn as the modules have
it.  A world with a median kill is weighed by the likelihood of the rows (`chemotherapy_trials.py`): of n patients so
many were transfused, or fell so low; the count fell to so much, or was low for so long.  What a module is off by is
shared by the figures of a trial, and as much again is of each figure alone; figures of the same patients weigh one
part each.

The patients of one trial are those of the module. Each other regimen kills a share of that: log-normal over regimens,
of which the median and the spread are fitted; and in each trial of a regimen a share that is off the regimen's own by a
spread that is fitted too. What is written to `regimens.yaml` is the share in one more trial: of a regimen by name,
given its own rows and what is known of regimens; and of one that was not seen. How far subjects differ in the kill is
taken out of a few by how probable the rows are. The same is done without each source in turn, for rows that are
forecast without it. A trial that chose patients by a low count is of those of each world who fall so low, as in
forecasts (`chosen` of `groups.yaml`). Effects stand at the sign that is claimed. The median and the spread that are
written are those of the weighted logarithms; that the kill, the shares and the pace of regrowth go together is lost by
it, and makes the forecasts wider. No row that is kept for checking is used.
"""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from chemotherapy_trials import (
    EFFECT,
    KILLS,
    MEDIANS,
    MILDER,
    SAME,
    Array,
    Chosen,
    Trial,
    chances,
    chosen,
    draws,
    fit_rows,
    middles,
    of_trial,
    over_subjects,
    printed,
    trials,
)
from numpy.typing import NDArray

from pleio.inference.observations import Observation
from pleio.library import open as open_library
from pleio.library.validation.forecasts import read_before
from pleio.library.validation.left_out import write_left_out
from pleio.library.validation.regimens import FILE, Regimens, key, read_regimens

LIBRARY = Path(__file__).parents[1] / "src" / "pleio" / "library" / "il11"
KILL = "chemotherapy_log_kill"
APART = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.3)
"""How far subjects may differ in the kill, as a coefficient of variation."""
SHARE_MEDIANS, SHARE_SPREADS = np.geomspace(0.1, 1.0, 14), (0.2, 0.4, 0.6, 0.8)
"""The laws of the share over regimens: log-normal up to the highest, by median and deviation of the logarithm."""
BETWEEN = (0.05, 0.1, 0.2, 0.3, 0.45)
"""Deviation of the logarithm of the share between trials of one regimen."""


NEGLIGIBLE = 16.0
"""How far the log likelihood of a world and a median may at most be below the best of any, to be looked at."""


@dataclass(frozen=True)
class Posterior:
    """What rows make of everything.

    Attributes:
        kept: which worlds and medians are not negligible.  Shape (worlds, medians).
        joint: the weight of each, for each law over regimens and spread between trials.  Shape (kept, laws, spreads).
        evidence: logarithm of the probability of the rows.
        shares: regimen → how probable each share is in one more trial of it; of one that was not seen for "".
    """

    kept: NDArray[np.bool_]
    joint: Array
    evidence: float
    shares: Mapping[str, Array]

    @property
    def weights(self) -> Array:
        """The weight of each world with each median.  Shape (worlds, medians)."""
        found = np.zeros(self.kept.shape)
        found[self.kept] = self.joint.sum(axis=(1, 2))
        return found


def share_laws() -> Array:
    """Give how probable each milder share is under each law over regimens.  Shape (laws, shares)."""
    return np.concatenate([around(SHARE_MEDIANS, spread) for spread in SHARE_SPREADS])


def around(middles: Array, spread: float) -> Array:
    """Give how probable each milder share is where its logarithm is normal about a middle.  Shape (middles, shares)."""
    density = np.exp(-0.5 * np.square(np.log(MILDER / middles[:, None]) / spread))
    return np.asarray(density / density.sum(axis=1, keepdims=True))


def posterior(of: Sequence[tuple[Trial, Array]]) -> Posterior:
    """Weigh everything by trials, each with the log likelihood of its rows.

    Args:
        of: trials, each with an array of shape (worlds, medians, shares).
    """
    laws, kept = share_laws(), not_negligible([level for _, level in of])
    by_regimen: dict[str, list[Array]] = {}
    for trial, level in of:
        by_regimen.setdefault(trial.regimen, []).append(level[kept])
    same = np.zeros((int(kept.sum()), 1)) + sum(by_regimen.pop("", []))
    heights: dict[tuple[str, int], Array] = {}
    total = []
    for k, spread in enumerate(BETWEEN):
        level = np.repeat(same, len(laws), axis=1)
        for name, levels in by_regimen.items():
            heights[name, k] = of_regimen(levels, around(MILDER, spread))
            top = heights[name, k].max(axis=1, keepdims=True)
            level = level + top + np.log(np.exp(heights[name, k] - top) @ laws.T)
        total.append(level)
    level = np.stack(total, axis=2)
    evidence = float(np.logaddexp.reduce(level, axis=None))
    joint = np.exp(level - evidence)
    shares = {name: in_one_more(name, heights, joint, laws) for name in ["", *by_regimen]}
    return Posterior(kept, joint, evidence - math.log(kept.size * level[0].size), shares)


def not_negligible(levels: Sequence[Array]) -> NDArray[np.bool_]:
    """Say which worlds and medians could have a weight, were every share the best of its trial.

    Args:
        levels: log likelihoods of trials.  Each of shape (worlds, medians, shares).
    """
    most = np.asarray(sum(level.max(axis=2) for level in levels))
    return np.asarray(most > most.max() - NEGLIGIBLE)


def of_regimen(levels: Sequence[Array], trials_about: Array) -> Array:
    """Give the log likelihood of a regimen's own share by all its trials.  Shape (kept, shares)."""
    tops = [level.max(axis=1, keepdims=True) for level in levels]
    return np.asarray(
        sum(top + np.log(np.exp(level - top) @ trials_about.T) for level, top in zip(levels, tops, strict=True))
    )


def in_one_more(name: str, heights: Mapping[tuple[str, int], Array], joint: Array, laws: Array) -> Array:
    """Give how probable each share is in one more trial of a regimen, or of one that was not seen.  Shape (shares,).

    Args:
        name: the regimen; "" for one that was not seen.
    """
    found = np.zeros(len(MILDER))
    for k, spread in enumerate(BETWEEN):
        if name:
            height = np.exp(heights[name, k] - heights[name, k].max(axis=1, keepdims=True))
            own = np.einsum("ks,ks->s", height, (joint[..., k] / (height @ laws.T)) @ laws)
        else:
            own = joint[..., k].sum(axis=0) @ laws
        found += own @ around(MILDER, spread)
    return found


def fitted(found: Posterior, values: Mapping[str, Array], parameter: str, named: Regimens) -> dict[str, str]:
    """Write what rows make of each number: the kill, the effect, and the shares of regimens by name."""
    weights = found.weights
    of = {KILL: distribution(MEDIANS, weights.sum(axis=0))}
    of |= {name: distribution(values[name][:: len(KILLS)], weights.sum(axis=1)) for name in EFFECT}
    for name, share in found.shares.items():
        if not name or name in named.regimens:
            of[key(parameter, name)] = f"truncated({distribution(MILDER, share)}, , {MILDER[-1]:g})"
    return of


def distribution(values: Array, weights: Array) -> str:
    """Write the weighted logarithms as a log-normal distribution."""
    logs, weights = np.log(values), weights / weights.sum()
    middle = float((weights * logs).sum())
    spread = math.sqrt(float((weights * np.square(logs - middle)).sum()))
    return f"lognormal({math.exp(middle):.3g}, {100 * math.sqrt(math.expm1(spread**2)):.2g} %)"


def report(
    trial: Trial,
    level: Array,
    found: dict[str, Array],
    rows: dict[str, Observation],
    apart: float,
    of: Posterior,
    people: dict[str, Chosen],
) -> None:
    """Print the share of a trial's kill, and what each of its rows would be with the fit."""
    over = over_subjects(apart, trial.shares)
    if trial.shares is SAME:
        own = of.weights[:, :, None]
    else:
        about = np.stack([share_laws() @ around(MILDER, spread) for spread in BETWEEN])
        own = np.zeros(level.shape)
        own[of.kept] = np.tensordot(of.joint, about, axes=((1, 2), (1, 0))) * np.exp(level - level.max())[of.kept]
    own = own / own.sum()
    share = math.exp(float((own.sum(axis=(0, 1)) * np.log(trial.shares)).sum()))
    print(f"  {trial.regimen or 'transfused the cycle before'}, {trial.source}: {share:.2f} of the kill")
    for row in (rows[one.observation] for arm in trial.arms for one in arm):
        if row.readout.endswith("_fraction"):
            each = [float((own * chance).sum()) for chance in chances(row, found[row.id], over, people.get(row.id))]
            fit = sum(each) / len(each)
        else:
            middle, number = middles(row, found[row.id], over)
            fit = float((own * number * middle).sum() / (own * number).sum())
        seen = (row.value or 0.0) * (0.01 if row.unit == "%" else 1.0)
        print(f"    {row.id:52s} observed {seen:.3g}   fitted {fit:.3g}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--write", action="store_true", help="put the fits into the library's files")
    asked = arguments.parse_args()
    rows, values, named = fit_rows(), draws(), read_regimens(LIBRARY)
    all_trials, found, people = trials(rows), printed(rows, values), chosen(rows, values)

    def levels(apart: float) -> list[tuple[Trial, Array]]:
        over = {id(shares): over_subjects(apart, shares) for shares in (SAME, MILDER)}
        return [(trial, of_trial(trial, found, rows, over[id(trial.shares)], people)) for trial in all_trials]

    evidence = {}
    for apart in APART:
        of = posterior(levels(apart))
        evidence[apart] = of.evidence
        worlds = 1 / np.square(of.weights.sum(axis=1)).sum()
        print(f"subjects differ by {apart:.0%}: log evidence {evidence[apart]:.2f}, {worlds:.0f} worlds", flush=True)
    best = max(evidence, key=lambda apart: evidence[apart])
    each = levels(best)
    of = posterior(each)
    between = of.joint.sum(axis=(0, 1))
    print("  between trials: " + ", ".join(f"{s:g} {p:.2f}" for s, p in zip(BETWEEN, between, strict=True)))
    fit = fitted(of, values, named.parameter, named)
    before = read_before(open_library("il11")).priors
    for name, text in fit.items():
        print(f"  {name:60s} {text}" + (f"   before: {before[name]}" if name in before else ""))
    for trial, level in each:
        report(trial, level, found, rows, best, of, people)
    left_out = {source: without(source, each, values, named) for source in dict.fromkeys(t.source for t in all_trials)}
    for source, numbers in left_out.items():
        print(f"  without {source}: " + "; ".join(f"{name} {text}" for name, text in numbers.items()), flush=True)
    if asked.write:
        write(fit, best)
        write_regimens(fit, named, {name: sources_of(name, all_trials) for name in named.regimens})
        write_left_out(LIBRARY, left_out)


def without(
    source: str, each: Sequence[tuple[Trial, Array]], values: Mapping[str, Array], named: Regimens
) -> dict[str, str]:
    """Give what the other sources make of each number that a source was used for.

    A regimen that it alone spoke of has the law of one that was not seen.
    """
    found = fitted(posterior([one for one in each if one[0].source != source]), values, named.parameter, named)
    own = [trial.regimen for trial, _ in each if trial.source == source and trial.regimen in named.regimens]
    general = {name: text for name, text in found.items() if name in (KILL, *EFFECT, named.parameter)}
    return general | {(k := key(named.parameter, name)): found.get(k, found[named.parameter]) for name in own}


def sources_of(name: str, of: Sequence[Trial]) -> list[str]:
    """Name the sources of a regimen's trials."""
    return list(dict.fromkeys(trial.source for trial in of if trial.regimen == name))


def write(fit: Mapping[str, str], apart: float) -> None:
    """Put a fit into the tables of `chemotherapy` and `platelets`."""
    for file, places in {
        "chemotherapy": {KILL: r"(\n  chemotherapy_log_kill:\n    value: )(.*)"},
        "platelets": {
            "gain_progenitors": r"(- id: progenitors\n(?:.*\n)*?    gain:\n      value: )(.*)",
            "half_progenitors": r"(- id: progenitors\n(?:.*\n)*?    half:\n      value: )(.*)",
        },
    }.items():
        path = LIBRARY / "modules" / f"{file}.yaml"
        text = path.read_text(encoding="utf-8")
        for name, place in places.items():
            text, count = re.subn(place, lambda m, name=name: m[1] + fit[name], text, count=1)
            if not count:
                raise SystemExit(f"{path.name} has no block for {name}")
        if file == "chemotherapy":
            kill = r"(chemotherapy_log_kill:\n(?:    .*\n)*?    between_subjects: )(.*)"
            text = re.sub(kill, lambda m: f"{m[1]}{100 * apart:.0f} %", text, count=1)
        path.write_text(text, encoding="utf-8")


def write_regimens(fit: Mapping[str, str], named: Regimens, sources: Mapping[str, Sequence[str]]) -> None:
    """Put the share of each regimen, and of one that was not seen, into `regimens.yaml`."""
    path = LIBRARY / FILE
    text = re.sub(r"\n    (?:share|sources): .*", "", path.read_text(encoding="utf-8"))
    text, count = re.subn(r"(\nunnamed:\n  share: ).*", lambda m: f'{m[1]}"{fit[named.parameter]}"', text, count=1)
    for name in named.regimens:
        share: Any = fit.get(key(named.parameter, name))
        if share is not None:
            listed = ", ".join(f'"{source}"' for source in sources[name])
            lines = f'    share: "{share}"\n    sources: [{listed}]\n'
            text, more = re.subn(
                rf"(\n  {name}:\n(?:    .*\n)*?)(    why: )", lambda m, lines=lines: m[1] + lines + m[2], text, count=1
            )
            count = min(count, more)
    if not count:
        raise SystemExit(f"{path.name} lacks a regimen, or its unnamed share")
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

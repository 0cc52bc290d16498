"""Fit what kits print of own IL-11 in plasma and serum to all sources that are open to fits.

    python scripts/fit_il11_plasma.py            fit and report
    python scripts/fit_il11_plasma.py --write    and put the fit into il11_plasma.yaml and left_out.yaml

Of each study a kit prints of health a level whose logarithm is normal around a mean of all, and of patients so many
times that, by a logarithm that is normal around a mean of all diseases.  Both means and both standard deviations are
summed over on a grid, with what was known before (`before_fit.yaml`) as the priors of the means and half-normal ones of
the deviations; what a study's kit prints of health is integrated out.  `<50` is a bound to what it printed.  What is
written is of a study and of a disease that were not seen.  No chance is in it, so it has no seed.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from pleio.inference.observations import Observation
from pleio.inference.prediction import UNSTATED_GROUP
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation.forecasts import read_before
from pleio.library.validation.left_out import write_left_out

Array = NDArray[np.float64]
LIBRARY = open_library("il11")
TABLE = LIBRARY.folder / "modules" / "il11_plasma.yaml"
PRINTED, DISEASE = "il11_plasma_printed", "il11_plasma_disease"
UNSTATED_SPREAD = 0.7  # of the logarithm between people of a group, where none was printed: as in groups that print one
KITS = np.linspace(0.05, 2.5, 15)  # half-normal prior of 1
DISEASES = np.linspace(0.05, 1.5, 10)  # half-normal prior of 0.5
POINTS = 41
STUDY = np.polynomial.hermite_e.hermegauss(25)


@dataclass(frozen=True)
class Group:
    """What a kit printed of one group: the logarithm and its error, or only that it was below that."""

    ill: bool
    log: float
    error: float
    below: bool


def studies_of(rows: Iterable[Observation]) -> dict[str, list[Group]]:
    """Take the groups of each open source that have a total level of untreated people."""
    people = LibraryReadouts(LIBRARY).table.own_levels["il11_plasma_total"]
    found: dict[str, list[Group]] = defaultdict(list)
    for row in rows:
        if row.use != "fit" or row.readout != "il11_plasma_total" or row.given is not None or not row.observed:
            continue
        n = row.group or UNSTATED_GROUP
        error = UNSTATED_SPREAD / math.sqrt(n) if row.error is None else row.error / row.observed
        ill = bool(people.word(row.population.condition))
        found[row.source].append(Group(ill, math.log(row.observed), error, row.spread.kind == "upper bound"))
    return dict(found)


def fit(studies: Mapping[str, Sequence[Group]]) -> dict[str, str]:
    """Give the distributions of a kit's print of health and of a disease's fold, of a study that was not seen."""
    before = read_before(LIBRARY).priors
    at = [np.log(before[name].quantile(np.array([0.05, 0.5, 0.95]))) for name in (PRINTED, DISEASE)]
    means = [np.linspace(ends[0], ends[2], POINTS) for ends in at]
    priors = [
        -0.5 * np.square((grid - ends[1]) / ((ends[2] - ends[0]) / 3.29)) for grid, ends in zip(means, at, strict=True)
    ]
    health, fold = np.meshgrid(*means, indexing="ij")
    prior = priors[0][:, None] + priors[1][None, :]
    logs = {
        (kit, apart): prior - 0.5 * kit**2 - 0.5 * (apart / 0.5) ** 2
        + sum(evidence(groups, health, fold, kit, apart) for groups in studies.values())
        for kit, apart in product(KITS, DISEASES)
    }  # fmt: skip
    whole = np.logaddexp.reduce([np.logaddexp.reduce(one, axis=None) for one in logs.values()])
    weights = {key: np.exp(one - whole) for key, one in logs.items()}
    found = {}
    for name, grid, which in ((PRINTED, health, 0), (DISEASE, fold, 1)):
        mean = sum(float((weight * grid).sum()) for weight in weights.values())
        variance = sum(
            float((weight * (np.square(grid - mean) + key[which] ** 2)).sum()) for key, weight in weights.items()
        )
        found[name] = f"lognormal({math.exp(mean):.3g}, {100 * math.sqrt(math.expm1(variance)):.2g} %)"
    return found


def evidence(groups: Sequence[Group], health: Array, fold: Array, kit: float, apart: float) -> Array:
    """Give the log likelihood of a study's groups, its kit's print of health integrated out.  Shape of `health`."""
    nodes, weights = STUDY
    each = []
    for node, weight in zip(nodes, weights, strict=True):
        of_study, total = health + kit * node, math.log(weight / math.sqrt(2 * math.pi))
        for group in groups:
            error = math.hypot(group.error, apart if group.ill else 0.0)
            off = (group.log - of_study - (fold if group.ill else 0.0)) / error
            total = total + (log_ndtr(off) if group.below else -0.5 * np.square(off) - math.log(error))
        each.append(total)
    return np.asarray(np.logaddexp.reduce(each))


def write(found: Mapping[str, str]) -> None:
    text = TABLE.read_text(encoding="utf-8")
    for name, law in found.items():
        text, changed = re.subn(rf'(  {name}: {{value: )"[^"]*"', rf'\g<1>"{law}"', text)
        assert changed == 1, name
    TABLE.write_text(text, encoding="utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--write", action="store_true", help="put the fit into the library")
    asked = arguments.parse_args().write
    studies = studies_of(read_all(LIBRARY))
    found = fit(studies)
    print(found)
    left_out = {source: fit({k: v for k, v in studies.items() if k != source}) for source in studies}
    for source, one in left_out.items():
        print(source, len(studies[source]), one)
    if asked:
        write(found)
        write_left_out(LIBRARY.folder, left_out)


if __name__ == "__main__":
    main()

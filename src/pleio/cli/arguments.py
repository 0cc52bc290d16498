"""Arguments with structure: `k=0.5`, `k=1:10:5`, `depot=100@0/24x14`; every wrong one is named at once."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pleio.base.errors import InputError, Problem

if TYPE_CHECKING:
    from pleio.simulation import Dose

MOST_MEMBERS = 1_000_000
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_NAME = r"[A-Za-z_]\w*|\[[A-Za-z_]\w*\]"
_SET = re.compile(rf"({_NAME})=({_NUMBER})")
_SCAN = re.compile(rf"({_NAME})=({_NUMBER}):({_NUMBER}):(\d+)")
_DOSE = re.compile(rf"([A-Za-z_]\w*)=({_NUMBER})(?:@({_NUMBER}))?(?:/({_NUMBER})x(\d+))?")


def parse_settings(settings: Sequence[str], scans: Sequence[str]) -> dict[str, list[float]]:
    """Read `--set` and `--scan`: each name's value in every member; scans are crossed, the last varying fastest.

    `[S]=1` keeps its brackets: it is a concentration, `S=1` an amount.

    Raises:
        InputError: one is malformed, a name comes twice, or the scan has more than a million members.

    Example:
        >>> parse_settings(["a=2"], ["k=0:1:3"])
        {'a': [2.0, 2.0, 2.0], 'k': [0.0, 0.5, 1.0]}
    """
    problems: list[Problem] = []
    axes: dict[str, list[float]] = {}
    for text, pattern, form in [
        *((text, _SET, "write name=number, such as k=0.5") for text in settings),
        *((text, _SCAN, "write name=first:last:count, such as k=0.1:10:25") for text in scans),
    ]:
        match = pattern.fullmatch(text)
        if match is None:
            problems.append(Problem(f"'{text}'", "is not a setting", form))
        elif match[1] in axes:
            problems.append(Problem(f"'{text}'", f"'{match[1]}' is given twice", "keep one"))
        elif len(match.groups()) == 4 and int(match[4]) > MOST_MEMBERS:
            problems.append(
                Problem(f"'{text}'", f"has {int(match[4]):,} points", f"at most {MOST_MEMBERS:,} are run at once")
            )
        else:
            axes[match[1]] = _spread(*map(float, match.groups()[1:]))
    members = math.prod(len(values) for values in axes.values())
    if members > MOST_MEMBERS:
        problems.append(Problem("", f"the scan has {members:,} members", f"at most {MOST_MEMBERS:,} are run at once"))
    if any(len(values) == 0 for values in axes.values()):
        problems.append(Problem("", "a scan has no points", "its count is at least 1"))
    if problems:
        raise InputError("settings", problems)
    rows = list(itertools.product(*axes.values()))
    return {name: [row[i] for row in rows] for i, name in enumerate(axes)}


def parse_doses(texts: Sequence[str]) -> list[Dose]:
    """Read `--dose`: `species=amount`, `@start`, `/interval x times`, in the model's own units.

    Raises:
        InputError: one is malformed.
    """
    from pleio.simulation import Dose

    doses, problems = [], []
    for text in texts:
        match = _DOSE.fullmatch(text)
        if match is None:
            problems.append(
                Problem(f"'{text}'", "is not a dose", "write species=amount@start/intervalxtimes: depot=100@0/24x14")
            )
            continue
        species, amount, start, every, times = match.groups()
        if float(amount) < 0:
            problems.append(Problem(f"'{text}'", f"gives {amount} of '{species}'", "a dose adds: give 0 or more"))
        doses.append(Dose(species, float(amount), float(start or 0), 0.0, float(every or 0), int(times or 1)))
    if problems:
        raise InputError("doses", problems)
    return doses


def _spread(first: float, last: float | None = None, count: float = 1) -> list[float]:
    if last is None:
        return [first]
    n = int(count)
    return [first + (last - first) * i / (n - 1) for i in range(n)] if n > 1 else [first] * n

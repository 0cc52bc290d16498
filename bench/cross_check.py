"""Compare the two paths of the engine on a study: `python -m bench.cross_check STUDY [--worlds N] [--members M]`.

A few members of the study's first worlds run in lanes and on the reference path, at the study's own tolerance; printed
is the largest difference of each saved quantity, relative to its largest value in the member.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

import numpy as np

from pleio.library import open as open_library
from pleio.simulation import Limits, ensemble, routing


class Seen(Exception):
    """The arguments with which the study integrates."""

    def __init__(self, network: Any, times: Any, arguments: dict[str, Any]) -> None:
        self.network, self.times, self.arguments = network, times, arguments


def arguments_of(study: str, worlds: int) -> Seen:
    """Let the study come to the point where it integrates, and no further."""
    asked = open_library("il11").study(study)
    original = ensemble.integrate

    def stop(network: Any, times: Any, **arguments: Any) -> None:
        raise Seen(network, times, arguments)

    ensemble.integrate = stop  # type: ignore[assignment]
    try:
        asked.run(asked.worlds(worlds))
    except Seen as seen:
        return seen
    finally:
        ensemble.integrate = original
    raise SystemExit("the study integrates nothing")


def some(value: Any, members: np.ndarray) -> Any:
    return np.asarray(value)[members] if np.ndim(value) else value


def of_members(arguments: dict[str, Any], members: np.ndarray) -> dict[str, Any]:
    from dataclasses import replace

    parts = ("amount", "start", "duration")

    def dose_of(dose: Any) -> Any:
        return replace(dose, **{part: some(getattr(dose, part), members) for part in parts})

    return {
        **arguments,
        "members": len(members),
        "parameters": {key: some(value, members) for key, value in arguments["parameters"].items()},
        "doses": [dose_of(dose) for dose in arguments["doses"]],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("study")
    parser.add_argument("--worlds", type=int, default=8)
    parser.add_argument("--members", type=int, default=4)
    parser.add_argument("--times", type=int, default=0, help="only the first so many of the saved times")
    options = parser.parse_args()
    seen = arguments_of(options.study, options.worlds)
    members = np.linspace(0, seen.arguments["members"] - 1, options.members).astype(int)
    given = of_members(seen.arguments, members)
    times = seen.times[: options.times] if options.times else seen.times
    found = {}
    for path, few in (("lanes", 1), ("reference", 10**9)):
        routing.FEW = few  # type: ignore[misc]
        begin = time.process_time()
        found[path] = ensemble.integrate(seen.network, times, limits=Limits(seconds=3600.0), **given)
        print(
            f"{path}: {time.process_time() - begin:.2f} CPU s, statuses {sorted(set(found[path].status))}", flush=True
        )
    a, b = found["lanes"].values, found["reference"].values
    size = np.max(np.abs(b), axis=1, keepdims=True)
    apart = np.max(np.abs(a - b) / np.where(size > 0, size, 1.0), axis=(0, 1))
    for name, difference in sorted(zip(found["lanes"].names, apart, strict=True), key=lambda pair: -pair[1])[:10]:
        print(f"  {name:40} {difference:.1e}")
    print(
        f"largest difference {np.max(apart):.1e}: {len(members)} members, {len(times)} times, {len(apart)} quantities"
    )


if __name__ == "__main__":
    main()

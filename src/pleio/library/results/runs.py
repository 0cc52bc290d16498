"""Runs that were made: what was asked, which worlds were drawn, what came out, and the claims it rested on.

A run is kept with its draws, so that it can be weighed by other beliefs and compared with another run without being
simulated again.  Runs lie beside the database, not in the cache: after the library has changed they could not be made
again.  `pleio home --clear runs` forgets them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...base.digests import digest
from ...base.errors import Problem, StudyError, nearest
from ...base.quantities import Distribution, Quantity
from ...studies.result import Result
from ...studies.running.chunks import Chunks
from ...studies.study import Study
from ...studies.worlds import States, Worlds
from ..question import StudyInLibrary

if TYPE_CHECKING:
    from ..opened import Library

SHOWN = 12
"""Digits of a run's id that are shown; any first four that are its own name it."""


@dataclass(frozen=True, eq=False)
class KeptRun:
    """A run that was made.

    Attributes:
        id: SHA-256 of what was asked, drawn and found.
        made: when, in UTC.
        network: the digest of the mechanism's network.
        priors: parameter → its distribution, as text.
        claims: contest → its title, its claims' digests by id, and what was believed.
    """

    id: str
    made: str
    asked: StudyInLibrary
    result: Result
    network: str
    priors: Mapping[str, str]
    claims: Mapping[str, Mapping[str, Any]]
    digest: str

    @property
    def name(self) -> str:
        return self.asked.name

    @property
    def is_current(self) -> bool:
        """Whether the mechanism of its library is still the one that it ran on."""
        return self.network == self.asked.mechanism.network.digest

    @property
    def title(self) -> str:
        return f"{self.name} {self.id[:SHOWN]}"


def keep_run(asked: StudyInLibrary, result: Result, folder: Path) -> KeptRun:
    """Keep a run.

    Raises:
        StoreError: the folder cannot be written.
    """
    worlds = result.worlds
    arrays: dict[str, NDArray[Any]] = {
        "values": result.values, "times": result.times, "numbers": worlds.numbers, "weights": worlds.weights,
        "importance": worlds.importance, "component": worlds.component,
    }  # fmt: skip
    for kind, group in (("contest", worlds.contests), ("assumption", worlds.assumptions)):
        for k, states in enumerate(group.values()):
            arrays[f"{kind}{k}"] = states.index
            if states.stratum is not None:
                arrays[f"{kind}{k}-stratum"] = states.stratum
    if worlds.parameters:
        arrays["parameters"] = np.stack(list(worlds.parameters.values()))
    notes = {
        "name": asked.name,
        "library": asked.library.name,
        "stated": written(asked.stated),
        "added": asked.added is not None,
        "digest": result.digest,
        "network": asked.mechanism.network.digest,
        "priors": {name: str(law) for name, law in asked.mechanism.uncertain.items()},
        "claims": _claims(asked, worlds.band),
        "worlds": {
            "seed": worlds.seed,
            "band": worlds.band,
            "common": worlds.common,
            "component_of": list(worlds.component_of),
            "contests": {name: list(states.names) for name, states in worlds.contests.items()},
            "assumptions": {name: list(states.names) for name, states in worlds.assumptions.items()},
            "parameters": list(worlds.parameters),
        },
        "failed": [list(entry) for entry in result.failed],
    }
    id = digest({**notes, "drawn": worlds.digest})
    Chunks(folder).put(id, arrays, {**notes, "made": datetime.now(UTC).isoformat(timespec="seconds")})
    return _made(id, {**notes, "made": ""}, arrays, asked)


def runs(library: Library, folder: Path) -> tuple[KeptRun, ...]:
    """Give the runs of a library that are kept and can still be read, the latest first."""
    found = []
    for path in folder.glob("*.json"):
        try:
            notes = json.loads(path.read_text(encoding="utf-8"))["notes"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if notes.get("library") == library.name:
            found.append((notes["made"], path.stem))
    opened = (_open(id, library, folder) for _, id in sorted(found, reverse=True))
    return tuple(run for run in opened if run is not None)


def find_run(text: str, library: Library, folder: Path) -> KeptRun | None:
    """Find a run by the first digits of its id, or the latest of a study's name; None where there is none.

    Raises:
        StudyError: several fit.
    """
    every = runs(library, folder)
    named = [run for run in every if run.name == text]
    if named:
        return named[0]
    if len(text) < 4 or set(text.lower()) - set("0123456789abcdef"):
        return None
    fitting = [run for run in every if run.id.startswith(text.lower())]
    if len(fitting) > 1:
        raise StudyError(f"run '{text}'", Problem("", f"could be {len(fitting)} runs", "give more digits"))
    if not fitting:
        help = nearest(text, [run.id[: len(text)] for run in every]) or "'pleio study runs' lists them"
        raise StudyError(f"run '{text}'", Problem("", "is not kept", help))
    return fitting[0]


def written(value: Any, *, only_said: bool = False) -> Any:
    """Write a study or an agent as a file would have it, so that it reads back the same."""
    if isinstance(value, Quantity):
        return f"{value.value!r} {value.unit}" if str(value.unit) != "1" else value.value
    if isinstance(value, Distribution):
        return str(value)
    if isinstance(value, dict):
        return {key: written(item, only_said=only_said) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [written(item, only_said=only_said) for item in value]
    if hasattr(type(value), "model_fields"):
        said = value.model_fields_set
        kept = ((key, item) for key, item in value if key in said or (item is not None and not only_said))
        return {key: written(item, only_said=only_said) for key, item in kept}
    return value


def _open(id: str, library: Library, folder: Path) -> KeptRun | None:
    kept = Chunks(folder).get(id)
    if kept is None:
        return None
    arrays, notes = kept
    try:
        stated = Study.model_validate(_arms_as_written(_with_agent(notes)))
    except ValueError:
        return None  # written by a version whose studies had another form
    added = list(stated.arms.values())[-1][0] if notes["added"] else None
    return _made(id, notes, arrays, StudyInLibrary(library, notes["name"], stated, added))


def _with_agent(notes: Mapping[str, Any]) -> dict[str, Any]:
    """Give the study that was kept; before studies had agents of their own, the one that was added stood beside it."""
    own: Mapping[str, Any] | None = notes.get("own")
    return notes["stated"] if own is None else {**notes["stated"], "agents": {own["title"]: own}}


def _arms_as_written(stated: dict[str, Any]) -> dict[str, Any]:
    return {**stated, "arms": {name: arm or "none" for name, arm in stated["arms"].items()}}


def written_study(stated: Study) -> dict[str, Any]:
    """Write a study as a file would have it: what was not said is left out, and an arm that gives nothing says so."""
    return _arms_as_written(written(stated, only_said=True))


def _made(id: str, notes: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], asked: StudyInLibrary) -> KeptRun:
    drawn = notes["worlds"]

    def states(kind: str, names: Mapping[str, list[str]]) -> dict[str, States]:
        return {
            name: States(tuple(of), arrays[f"{kind}{k}"], arrays.get(f"{kind}{k}-stratum"))
            for k, (name, of) in enumerate(names.items())
        }

    worlds = Worlds(
        drawn["seed"],
        arrays["numbers"],
        states("contest", drawn["contests"]),
        states("assumption", drawn["assumptions"]),
        dict(zip(drawn["parameters"], arrays.get("parameters", ()), strict=True)),
        arrays["weights"],
        arrays["importance"],
        drawn["common"],
        arrays["component"],
        tuple(drawn["component_of"]),
        drawn["band"],
    )
    result = _result(asked, worlds, arrays, notes)
    return KeptRun(
        id, notes["made"], asked, result, notes["network"], notes["priors"], notes["claims"], notes["digest"]
    )


def _result(
    asked: StudyInLibrary, worlds: Worlds, arrays: Mapping[str, NDArray[Any]], notes: Mapping[str, Any]
) -> Result:
    """Give the result without its courses over time, which are not kept."""
    from ...studies.endpoints.endpoint import unit_of
    from ...studies.labels import quantity_labels
    from ...studies.quantities import unit_of_name
    from ...studies.running.chunk import QUANTILES

    study, network = asked.study, asked.mechanism.network
    hours = network.time_unit or "h"
    none = np.zeros((len(study.arms), 0, len(study.observed), len(QUANTILES), len(arrays["times"])), dtype=np.float32)
    return Result(
        study,
        worlds,
        arrays["values"],
        tuple(unit_of(e, unit_of_name(network, e.of), hours) for e in study.endpoints.values()),
        arrays["times"],
        hours,
        none,
        tuple(unit_of_name(network, name) for name in study.observed),
        tuple((str(a), int(w), int(s), str(why)) for a, w, s, why in notes["failed"]),
        gains=asked.mechanism.gains,
        sources=asked.sources,
        quantities=quantity_labels(network, study),
    )


def _claims(asked: StudyInLibrary, band: str) -> dict[str, Any]:
    beliefs = asked.beliefs(band)
    return {
        name: {
            "title": asked.titles.get(name, name),
            "claims": {claim.id: claim.digest for claim in beliefs.contests[name].contest.claims},
            "believed": dict(beliefs.contests[name].outcomes),
        }
        for name in asked.mechanism.contests
    }

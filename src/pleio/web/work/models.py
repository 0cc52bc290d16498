"""Models: the library's modules listed and shown, and any model simulated within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...base.errors import ModelError, Problem
from ...library.modules.listed import listed
from ...library.opened import open as open_library

if TYPE_CHECKING:
    from ...mechanisms import Network

MOST_NUMBERS = 2_000_000  # members × times × species of one answer
MOST_MEMBERS = 256
MOST_REACTIONS = 2_000


def list_models(library: str) -> list[dict[str, Any]]:
    """List the modules of a library, each with how much is in it."""
    return listed(open_library(library).modules)


def modules(library: str) -> list[tuple[str, str, str]]:
    """Give each module's name, its title, and the names of its species and reactions."""
    found = open_library(library).modules.items()
    return [(name, one.title, " ".join([*one.network.species, *one.network.reactions])) for name, one in found]


def show_model(library: str, name: str) -> dict[str, Any]:
    """Show modules joined by +: species with their units, reactions and parameters with the claims behind them."""
    from ...assembly.trail import trail, unsupported

    mechanism = open_library(library).mechanism(name)
    network = mechanism.network
    return {
        "name": name,
        "digest": network.digest,
        "species": list(network.species),
        "trail": [dict(vars(step)) for step in trail(mechanism)],
        "unsupported": list(unsupported(mechanism)),
        "text": str(network),
    }


def simulate(
    library: str,
    model: str,
    text: str,
    until: float,
    points: int,
    parameters: dict[str, list[float]],
    doses: list[dict[str, float | str]],
    rtol: float,
) -> dict[str, Any]:
    """Simulate modules of the library, or a model given as SBML or Antimony text.

    Raises:
        ModelError: the model is malformed, or asks for more than one request may.
    """
    import numpy as np

    from ...mechanisms.amounts import as_amounts
    from ...simulation.dataset import simulate as run
    from ...simulation.protocol import Dose
    from ...simulation.trajectories import species_values

    network = _network(library, model, text)
    parameters = as_amounts(network, parameters)
    members = max((len(values) for values in parameters.values()), default=1)
    numbers = members * points * max(1, len(network.species))
    if numbers > MOST_NUMBERS or members > MOST_MEMBERS:
        what = f"{members} members of {points} times of {len(network.species)} species: {numbers:,} numbers"
        help = f"at most {MOST_MEMBERS} members and {MOST_NUMBERS:,} numbers in one request; run a study as a job"
        raise ModelError("simulate", Problem("", what, help))
    given = [Dose(**dose) for dose in doses]  # type: ignore[arg-type]
    result = run(network, np.linspace(0.0, until, points), parameters=parameters, doses=given, rtol=rtol, threads=1)
    values, units = species_values(result)
    return {
        "model": network.digest,
        "time": result["time"].values,
        "time_unit": str(result["time"].attrs.get("units", "")),
        "species": [str(name) for name in result["species"].values],
        "units": [str(unit) for unit in units],
        "concentrations": values,
        "status": [str(status) for status in result["status"].values],
    }


def _network(library: str, model: str, text: str) -> Network:
    if not text:
        found: Network = open_library(library).mechanism(model).network
        return found
    from ...formats.load import load

    network: Network = load(text if "\n" in text else text + "\n")  # a text, never a path
    if len(network.reactions) + len(network.species) > MOST_REACTIONS:
        what = f"has {len(network.reactions)} reactions and {len(network.species)} species"
        raise ModelError("the model", Problem("", what, f"at most {MOST_REACTIONS:,} together in one request"))
    return network


def modules_by_claim(library: str) -> list[tuple[str, str, list[str]]]:
    """Give each module's name, its title, and the claims that it rests on."""
    return [(name, one.title, sorted(one.claims)) for name, one in open_library(library).modules.items()]

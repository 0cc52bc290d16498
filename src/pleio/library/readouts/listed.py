"""What a row can be about: the readouts with an entry, the endings, the quantities of each module, the agents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .names import ENDINGS

if TYPE_CHECKING:
    from .readouts import LibraryReadouts


def listed(readouts: LibraryReadouts) -> dict[str, Any]:
    """List what a row can be about; `modules` are quantities and the words for them, `usual` an amount as text."""
    words: dict[str, list[str]] = {}
    for word, of in readouts.table.words.items():
        words.setdefault(of.strip("[]").replace("{sex}", "male"), []).append(word)
    modules = {}
    for module in readouts.library.module_names:
        network = readouts.library.module(module).network
        quantities = [*network.species, *network.observables, *network.assignments]
        modules[module] = sorted({*quantities, *(word for one in quantities for word in words.get(one, ()))})
    entries = sorted({**readouts.table.readouts, **readouts.of_families}.items())
    return {
        "readouts": [
            {"readout": name, "unit": one.unit, "of": one.not_modelled or "+".join(one.mechanism)}
            for name, one in entries
        ],
        "endings": [{"ending": name, "meaning": one.meaning} for name, one in ENDINGS.items()],
        "modules": {name: names for name, names in modules.items() if names},
        "agents": [_agent(name, readouts) for name in sorted(readouts.library.agents, key=str.lower)],
    }


def _agent(name: str, readouts: LibraryReadouts) -> dict[str, Any]:
    """Say by which names an agent is known, how it is given, and how much where a direction does not say."""
    agent, usual = readouts.library.agents[name], readouts.table.usual.get(name)
    written = [one for one, of in readouts.table.agents.items() if of == name]
    return {
        "agent": name,
        "names": sorted({*agent.aliases, *written}, key=str.lower),
        "routes": sorted(agent.routes),
        "usual": (usual and usual.amount) or "",
    }

"""Cell types: a module that describes one cell is set up once for each cell type that the mechanism acts in.

The receptor, JAK/STAT, MAPK and the local source of IL-11 are written once, for "the cell".  Platelets are made by
megakaryocytes and collagen by fibroblasts, so a mechanism with both has two receptors, `occupancy_megakaryocyte` and
`occupancy_fibroblast`, each with its own abundance and its own local ligand, and with shared affinities.  A name does
not depend on what else is in the mechanism, so that draws keyed by name stay what they are when a module is added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..mechanisms.network import Network
from .module import Module, Switch
from .rename import rename


def by_cell(modules: Sequence[Module]) -> list[Module]:
    """Set up the modules of one cell for each cell type; other modules then read the cell type they act in.

    Where no module acts in a cell type, the modules of one cell keep their plain names.
    """
    cells = list(dict.fromkeys(cell for module in modules for cell in (module.cell, *module.cells) if cell))
    placed: list[Module] = []
    for module in modules:
        if module.per_cell and cells:
            placed += [_placed(module, cell) for cell in cells]
        elif module.cell:
            placed.append(_placed(module, module.cell))
        else:
            placed.append(replace(module, gates=tuple(gate for gate in module.gates if not gate.cell)))
    return placed


def _placed(module: Module, cell: str) -> Module:
    new = {name: f"{name}_{cell}" for name in module.of_cell}

    def named(name: str) -> str:
        return new.get(name, name)

    def switch(one: Switch) -> Switch:
        id = f"{one.id}_{cell}" if module.per_cell else one.id
        other = named(one.made_up_by)
        return replace(one, id=id, driver=named(one.driver), made_up_by=other, reaction=named(one.reaction))

    priors = dict(module.priors)
    parameters = dict(module.network.parameters)
    for name, cells in module.in_cell.items():
        if cell in cells:
            own = priors[name] = cells[cell]
            parameters[name] = replace(parameters[name], value=own.value, source=own.source, trust=own.trust)
    network = module.network.replace(parameters=parameters)
    return replace(
        module,
        network=rename(_told_apart(network, new, cell) if module.per_cell else network, new),
        priors={named(name): prior for name, prior in priors.items()},
        inputs={named(name): one for name, one in module.inputs.items()},
        switches=tuple(switch(one) for one in module.switches),
        gates=tuple(replace(one, parameter=named(one.parameter)) for one in module.gates if one.cell in ("", cell)),
        given_to_cell=(),
        in_cell={},
        in_species={named(name): known for name, known in module.in_species.items()},
        reaction_claims={named(name): claims for name, claims in module.reaction_claims.items()},
    )


def _told_apart(network: Network, of_cell: Mapping[str, str], cell: str) -> Network:
    """Say in the label of whatever a cell type has of its own which cell type it is."""
    where = cell.replace("_", " ")

    def told(table: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: replace(one, label=f"{one.label}, {where}") if name in of_cell and one.label else one
            for name, one in table.items()
        }

    return network.replace(species=told(network.species), parameters=told(network.parameters))

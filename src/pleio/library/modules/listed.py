"""The modules of a library in a list: each with how much is in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...assembly.module import Module


def listed(modules: Mapping[str, Module]) -> list[dict[str, Any]]:
    """Give a row for each module: name, title, and how many species, reactions, parameters and switches it has."""
    return [
        {
            "name": name,
            "title": module.title,
            "species": len(module.network.species),
            "reactions": len(module.network.reactions),
            "parameters": len(module.priors),
            "switches": len(module.switches),
        }
        for name, module in modules.items()
    ]

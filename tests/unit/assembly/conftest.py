"""Two small modules that fit together, a cell that signals and a tissue it acts on, and how to make others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pleio.assembly import Module
from pleio.base.yaml import load
from pleio.library.modules.module import make_module

CELL = """
compartment cell = 1
species R in cell, LR in cell
R = R_total
LR = 0
bind: R -> LR; cell * kon * (ligand * R - kd * LR)
occupancy := LR / R_total
"""
CELL_TABLE = """
title: A receptor
per_cell: true
compartments: {cell: {unit: L}}
species: {R: {unit: nmol}, LR: {unit: nmol}}
quantities: {occupancy: {unit: "1"}}
inputs: {ligand: {value: 0, unit: nM, of_cell: true}}
parameters:
  R_total: {value: 2, unit: nM, trust: unv-L, in_cell: {muscle: {value: 5, trust: unv-L}}}
  kon: {value: 1, unit: 1/(nM*h), trust: unv-L}
  kd: {value: 3, unit: nM, trust: unv-L}
reactions: {bind: {claims: [l-binds-r]}}
"""
TISSUE = """
substanceOnly species protein
protein = 1
synthesis: -> protein; turnover
loss: protein -> ; turnover * protein
"""
TISSUE_TABLE = """
title: A protein of muscle
cell: muscle
species: {protein: {unit: fold}}
inputs: {occupancy: {value: 0, unit: "1", of_cell: true}}
parameters: {turnover: {value: 0.1, unit: 1/h, trust: unv-L}}
switches:
  - id: protein
    claim: l-raises-protein
    reaction: synthesis
    driver: occupancy
    gain: {value: "range(0.5, 2)", trust: unv-L}
    half: {value: 0.2, unit: "1", trust: unv-L}
"""
Make = Callable[..., Module]


@pytest.fixture(scope="session")
def make() -> Make:
    """Make a module from its two texts."""

    def build(name: str, text: str, table: str) -> Module:
        return make_module(name, text, load(table, name=f"{name}.yaml"))

    return build


@pytest.fixture(scope="session")
def cell(make: Make) -> Module:
    return make("cell", CELL, CELL_TABLE)


@pytest.fixture(scope="session")
def tissue(make: Make) -> Module:
    return make("tissue", TISSUE, TISSUE_TABLE)


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """The Antimony and the table of the tissue, to make others like it."""
    return {"TISSUE": TISSUE, "TISSUE_TABLE": TISSUE_TABLE}

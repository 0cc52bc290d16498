"""The two small modules of `small_modules.py`, and how to make others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from small_modules import CELL, CELL_TABLE, TISSUE, TISSUE_TABLE

from pleio.assembly import Module
from pleio.base.yaml import load
from pleio.library.modules import make_module

Make = Callable[..., Module]


@pytest.fixture
def make() -> Make:
    """Make a module from its two texts."""

    def build(name: str, text: str, table: str) -> Module:
        return make_module(name, text, load(table, name=f"{name}.yaml"))

    return build


@pytest.fixture
def cell(make: Make) -> Module:
    return make("cell", CELL, CELL_TABLE)


@pytest.fixture
def tissue(make: Make) -> Module:
    return make("tissue", TISSUE, TISSUE_TABLE)

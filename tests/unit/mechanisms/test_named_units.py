"""What the names of a network are measured in."""

from __future__ import annotations

import pytest

from pleio.mechanisms import Compartment, Network, Parameter, Species
from pleio.mechanisms.named_units import has_size, stands_for, unit_of_name

OWN = Network(
    "own",
    {"blood": Compartment(unit="L"), "skin": Compartment(dimensions=2.0), "nowhere": Compartment(dimensions=0.0)},
    {
        "drug": Species("blood", unit="nmol"),
        "cells": Species("blood", unit="10^9/L", only_substance=True),
        "bare": Species("skin"),
        "sign": Species("nowhere", unit="1"),
    },
    {"rate": Parameter(1.0, "1/h")},
)
THEIRS = OWN.replace(substance_unit="mol", area_unit="m2")


@pytest.mark.parametrize(
    ("network", "name", "unit"),
    [
        (OWN, "drug", "nmol"),
        (OWN, "[drug]", "nmol/L"),
        (OWN, "[cells]", "(10^9/L)/L"),
        (OWN, "blood", "L"),
        (OWN, "rate", "1/h"),
        (OWN, "bare", ""),
        (OWN, "[bare]", ""),
        (OWN, "no_such_name", ""),
        (THEIRS, "drug", "nmol"),  # its own goes before the network's
        (THEIRS, "bare", "mol"),
        (THEIRS, "skin", "m2"),
        (THEIRS, "[bare]", "mol/m2"),
        (THEIRS, "[sign]", ""),
    ],
)
def test_a_unit_is_the_quantitys_own_else_the_networks(network: Network, name: str, unit: str) -> None:
    assert unit_of_name(network, name) == unit


def test_a_name_stands_for_a_concentration_where_there_is_a_size_and_nothing_else_is_said() -> None:
    of = {key: (has_size(OWN, item), stands_for(OWN, item)) for key, item in OWN.species.items()}
    assert of == {
        "drug": (True, "concentration"),
        "cells": (True, "amount"),
        "bare": (True, "concentration"),
        "sign": (False, "amount"),
    }

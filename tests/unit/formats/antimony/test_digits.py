"""Numbers that go through libantimony come back as they were."""

from __future__ import annotations

import random

import pytest

from pleio.formats.antimony.read import read_in_full
from pleio.formats.antimony.write import write_antimony
from pleio.formats.load import load
from pleio.mechanisms.expression import walk
from pleio.mechanisms.network import Network


def numbers(network: Network) -> list[float]:
    formulas = [reaction.rate for reaction in network.reactions.values()]
    formulas += [event.trigger for event in network.events.values()]
    formulas += [value for event in network.events.values() for value in event.assignments.values()]
    formulas += list(network.initial.values())
    found = [float(node.value) for node in walk(*formulas) if node.op == "number"]
    found += [item.value for item in network.parameters.values() if item.value is not None]
    return sorted(set(found))


def text(seed: int) -> str:
    r = random.Random(seed)

    def value() -> str:
        return repr(r.uniform(0.1, 1) * 10.0 ** r.randint(-12, 12))

    return f"""compartment c = {value()}; species x in c, y in c; x = {value()}; y = {value()};
    J: {r.uniform(0.1, 3)!r} x -> {r.uniform(0.1, 3)!r} y; k*x^{r.uniform(1, 3)!r} + {value()}; k = {value()};
    big = 1.7976931348623157e308; small = 2.2250738585072014e-308; minus = -{value()};
    at time > {value()}: k = {value()};"""


@pytest.mark.parametrize("seed", range(4))
def test_each_double_survives_writing_and_both_ways_of_reading(seed: int) -> None:
    network = load(text(seed))
    written = write_antimony(network)
    for again in (load(written), read_in_full(written)):
        assert numbers(again) == numbers(network)
        for key, reaction in network.reactions.items():
            assert again.reactions[key].rate is reaction.rate
            assert again.reactions[key].reactants == reaction.reactants
            assert again.reactions[key].products == reaction.products


def test_a_number_in_a_remark_is_left_alone_and_a_fault_shows_the_number_that_was_written() -> None:
    plain = load("compartment c = 1; species x in c; x = 1; J: x -> ; k*x; k = 0.12345678901234567; // 1.2345678901")
    assert plain.parameters["k"].value == 0.12345678901234567

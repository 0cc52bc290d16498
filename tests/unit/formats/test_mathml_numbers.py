"""Any double written as MathML is read as the same double."""

from __future__ import annotations

import random

from pleio.formats.load import load
from pleio.formats.sbml.write import write_sbml


def test_numbers_of_every_size_are_read_as_they_were_written() -> None:
    r = random.Random(7)
    numbers = [r.uniform(1, 10) * 10.0 ** r.randint(-305, 305) for _ in range(600)] + [5e-324, 1.7976931348623157e308]
    lines = [f"p{i} := {value!r}*time;" for i, value in enumerate(numbers)]
    network = load("compartment c = 1; species x in c; x = 1; J: x -> ; x;" + "\n".join(lines))
    again = load(write_sbml(network))
    assert all(again.assignments[key] is rule for key, rule in network.assignments.items())
    assert len(again.assignments) == len(numbers)

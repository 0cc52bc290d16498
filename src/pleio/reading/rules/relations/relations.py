"""Relations without a sign: binding, expression, secretion, membership, parts, association."""

from __future__ import annotations

from collections.abc import Iterator

from ...draft import Draft
from ...unit import Unit, frames
from .association import associations
from .bindings import bindings
from .goings import goings
from .makeup import makeup
from .membership import memberships
from .nominal_bindings import nominal_bindings, own_receptor
from .places import places
from .receptors import apposed_partners, shared_receptors
from .sources import sources
from .standing import standing


def relations(unit: Unit) -> Iterator[Draft]:
    """Read the unsigned relations of a sentence."""
    for frame in frames(unit):
        yield from bindings(unit, frame)
        yield from shared_receptors(unit, frame)
        yield from places(unit, frame)
        yield from sources(unit, frame)
        yield from goings(unit, frame)
        yield from memberships(unit, frame)
        yield from associations(unit, frame)
    yield from makeup(unit)
    yield from standing(unit)
    yield from nominal_bindings(unit)
    yield from own_receptor(unit)
    yield from apposed_partners(unit)

"""A known name in a text: what the gazetteer finds and every rule reads."""

from __future__ import annotations

from dataclasses import dataclass

MOLECULES = {"gene", "family", "protein", "drug", "chemical", "molecule"}


@dataclass(frozen=True)
class Mention:
    """A known name in a text: its range, what it means, and the candidates where that is open."""

    start: int
    end: int
    text: str
    curie: str
    label: str
    category: str
    candidates: tuple[str, ...] = ()

    @property
    def is_molecule(self) -> bool:
        return self.category in MOLECULES

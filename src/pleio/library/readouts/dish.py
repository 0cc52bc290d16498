"""What else was in a row's dish: under `beside`, and what its condition says that the cells were under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...inference.observations import Beside, Observation
from ...inference.wording.dish import alike, held_in_comparator

if TYPE_CHECKING:
    from .readouts import LibraryReadouts

_UNDER = re.compile(
    r"\b(?:with|plus|under|by|exposed to|on|in the presence of|infected with)\s+(?P<after>[^,;.]+)|"
    r"(?P<before>[^\s,;]+)[-\s](?:stimulated|treated|induced|activated|primed|infected|conditioned|exposed)\b",
    re.I,
)
"""Words of a condition that name what cells were under, not what they are."""
_AMOUNT = re.compile(r"^[\s(]*(?:at|of)?\s*(?P<amount>\d+(?:\.\d+)?\s*(?:[munpµμ]?(?:g|mol)/m?[lL]|[munpµμ]?M)(?!\w))")
MOST_WORDS = 4


def in_dish(row: Observation, readouts: LibraryReadouts) -> tuple[Beside, ...]:
    """Give what was in the dish beside a row's stimulus; nothing where the row is of bodies.

    What a condition names and no agent of the library is, is part of who the cells are.
    """
    if row.stimulus is None:
        return ()
    told = [*row.beside]
    known = [row.stimulus.agent, *(one.agent for one in told)]
    for one in _of_words(row.population.condition, readouts):
        if not any(alike(one.agent, name, ()) for name in known):
            told.append(one)
            known.append(one.agent)
    return tuple(told)


def held_by_comparator(row: Observation, readouts: LibraryReadouts) -> bool:
    """Whether a row's comparator is the same dish without the stimulus: it names what is in both, or something is."""
    both = [one for one in in_dish(row, readouts) if one.in_both]
    if not both or row.comparator is None or row.comparator.agent or row.comparator.amount:
        return False
    return bool(row.beside) or any(held_in_comparator(one.agent, row.comparator.condition) for one in both)


def _of_words(condition: str, readouts: LibraryReadouts) -> Iterator[Beside]:
    for match in _UNDER.finditer(condition):
        if match["before"]:
            if readouts.is_agent(match["before"], in_dish=True):
                yield Beside(agent=match["before"])
            continue
        for part in re.split(r"\s+(?:and|plus|with)\s+|\s*\+\s*", match["after"]):
            words = part.split()
            for count in range(min(MOST_WORDS, len(words)), 0, -1):
                name = " ".join(words[:count]).strip("()")
                if readouts.is_agent(name, in_dish=True):
                    amount = _AMOUNT.match(" ".join(words[count:]))
                    yield Beside(agent=name, amount=amount["amount"].replace("μ", "µ") if amount else None)
                    break

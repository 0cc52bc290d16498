"""Places that a list names without a verb: "spleen (high), brain and skin; absent from muscle".

They stand in rows of infoboxes, behind a label ("Expression: …") and in bullets under such a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...names.gazetteer import Gazetteer
from ...names.meaning import ground
from ...names.mention import Mention
from ...things import Thing

SOURCE_LABEL = re.compile(
    r"(?:(?:main|major|cell\w*|principal) )*(?:sources?|producers?|producing cells?)|"
    r"(?:mainly )?(?:secreted|produced|made|released) (?:mainly )?by",
    re.I,
)
EXPRESSION_LABEL = re.compile(
    r"(?:(?:tissue|cell\w*|protein|mRNA|RNA|gene|normal|main|major|key) )*(?:expression|distribution|specificity)"
    r"(?: (?:pattern|profile|sites?|in tissues?))?|"
    r"(?:mainly |highly )?expressed (?:mainly )?(?:in|by|on)|(?:tissues?|cell types?)(?: with expression)?",
    re.I,
)
_CUT = re.compile(r"[,;]\s*(?:and\s+)?|\s+and\s+|\s+[>≥]\s*|\s+&\s+")
_ABSENT = re.compile(r"\b(?:absent|not (?:detect\w+|found|expressed|seen|present)|undetectable|negative|none)\b", re.I)
_BESIDE = re.compile(r"\([^()]*\)")
_LEAD = set(
    "expression level levels very high low moderate weak strong abundant enriched absent strongest highest lower "
    "weaker undetectable detected detectable found expressed present seen biased also not mainly mostly chiefly "
    "especially particularly predominantly primarily ubiquitous ubiquitously broad broadly wide widely with the some "
    "in on by from at highly weakly strongly restricted confined limited to lesser lower cells: tissues including "
    "notably a subset of all many most".split()
)


def places_in(text: str) -> Iterator[tuple[Thing, bool]]:
    """Give the cells and tissues that a list names, and whether it denies them.

    Example:
        >>> [(place.name, absent) for place, absent in places_in("spleen (high), brain; absent from muscle")]
        [('spleen', False), ('brain', False), ('muscle', True)]
    """
    for clause in re.split(r"[;.]\s+|\.$|,?\s+but\s+", text):
        denied = bool(_ABSENT.search(_BESIDE.sub("", clause)))
        for part in _CUT.split(_outside(clause)):
            place = _place(_named(_BESIDE.sub("", part)))
            if place is not None:
                yield place, denied or bool(_ABSENT.search(part))


def _outside(text: str) -> str:
    """The text with the commas in its parentheses made harmless."""
    return _BESIDE.sub(lambda m: re.sub(r"[,;>]| and ", " ", m[0]), text)


def _named(part: str) -> str:
    """A part without the words that say how much is there: "lower in the lung" is "lung"."""
    words = part.strip(" .:").split()
    while words and words[0].lower().strip(",:") in _LEAD:
        words = words[1:]
    return " ".join(words)


def _place(name: str) -> Thing | None:
    """The cell or tissue that a short phrase names as a whole, by its last words at least."""
    if not name or len(name) > 60 or name[0] in "(-–":
        return None
    term = ground(name)
    if term is not None and term.category in ("cell", "tissue"):
        return Thing(name, term.curie or None, None, term.category)
    found = [m for m in Gazetteer().find(name) if m.category in ("cell", "tissue")]
    if len(name.split()) <= 5 and any(_ends(m, name) or m.start == 0 for m in found):
        return Thing(name, None, None, found[-1].category)
    return None


def _ends(mention: Mention, name: str) -> bool:
    return mention.end == len(name)

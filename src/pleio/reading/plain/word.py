"""A word of a sentence, as tagging and parsing fill it in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from ..names.mention import Mention

MASK = "Aspirin"
"""What the tagger sees of a known name: a noun that it knows."""
# a name that begins with a number: "14-3-3ζ", "20-HETE", "4E-BP1", "17β-estradiol"
NUMBERED_NAME = (
    r"14-3-3[α-ω\w]*|\d+[A-Za-zα-ω]?(?:,\d+)*(?:-\d+)?-(?!(?:week|day|hour|month|year|fold|min|mer|kDa|mg|ml)s?\b)"
    r"(?:[A-Z][A-Za-z]*[A-Z0-9][\w-]*|[A-Z]{1,2}\b)|[Pp]oly\(?(?:I:C|dA:dT|IC)\)?|\d+(?:,\d+)+-[a-z]{5,}|\d[α-ω]-[a-z]{5,}"
)
_NUMBERED = re.compile(NUMBERED_NAME)
_UNIT = re.compile(
    r"[pnuµμmk]?(?:g|l|L|M|mol)(?:/(?:kg|[mµμ]?[lL]|day|d|h|m2))*|IU|kDa|months?|weeks?|days?|hours?|h|"
    r"min(?:ute)?s?|seconds?"
)
_SYMBOL = re.compile(
    r"(?!\w*[RD]NA)(?=[A-Za-z0-9-]*[A-Za-z])(?=[A-Za-z0-9-]*[A-Z0-9][A-Za-z0-9-]*[A-Z0-9])[A-Za-z][A-Za-z0-9-]{2,11}"
)


@dataclass
class Word:
    """One word: how it is written, its tag, the name it is (if any), and what was joined to that name."""

    text: str
    start: int
    end: int
    mention: Mention | None = None
    suffix: str = ""
    prefix: str = ""
    tag: str = ""
    head: int = -1  # place in the sentence of the word it hangs on
    dep: str = ""  # how it hangs there
    known: str = ""  # what a known noun is: a cell, a disease, a process
    adverb: bool = False  # several words that are one adverb ("in turn")
    parens: list[tuple[int, int]] = field(default_factory=list)
    denied: list[Word] = field(default_factory=list)  # "A but not B": B, set aside

    @cached_property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_name(self) -> bool:
        """Say whether the word is a known name by itself, not "IL-11-induced"."""
        return (
            self.mention is not None
            and not self.suffix
            and self.prefix.lower().strip("-") not in ("anti", "pro", "non")
        )

    @property
    def is_symbol(self) -> bool:
        """Say whether a word that no table knows looks like a name: "20-HETE", "AZD1480"."""
        return self.mention is None and bool(_SYMBOL.fullmatch(self.text) or _NUMBERED.fullmatch(self.text))

    @property
    def is_unit(self) -> bool:
        """Say whether the word is a unit of a dose or a time."""
        return bool(_UNIT.fullmatch(self.text))

    @property
    def shown(self) -> str:
        """What the tagger sees."""
        if self.adverb:
            return "Thus" if self.text[0].isupper() else "thus"
        if self.mention is None:
            return self._plain()
        if self.suffix.strip("-/") and self.suffix[0] == "-":
            return "aspirin" + self.suffix
        if self.prefix.lower().startswith("anti"):
            return "anti-aspirin"
        return MASK

    def _plain(self) -> str:
        """A word that is no masked name: a symbol as a name, a known noun as one that the tagger knows."""
        return MASK if self.is_symbol else self.text

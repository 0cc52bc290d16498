"""The name that a description stands beside: "A, a receptor found on B", "A (C), the hormone that B makes"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..names.mention import Mention
from ..words.lexicon import CLASSES
from .phrases import Noun

_OPENS = {"a", "an", "the", "another", "one"}
_HEADS = CLASSES | set(
    "ligand protein peptide factor molecule glycoprotein polypeptide antagonist agonist inhibitor decoy subunit chain "
    "adaptor protease phosphatase channel transporter neurotrophin lectin integrin proteoglycan isoform marker".split()
)
_BETWEEN = re.compile(r"(?:\s\([^()]{1,40}\))?,\s(?:itself\s)?")


def beside(noun: Noun, text: str, mentions: Sequence[Mention]) -> Mention | None:
    """Give the molecule that a description follows after a comma; nothing where it names one itself.

    Args:
        noun: the phrase ("a chemokine receptor").
        text: the passage.
        mentions: the names of the sentence, in order.
    """
    if noun.head.lower not in _HEADS or noun.words[0].lower not in _OPENS or any(w.mention for w in noun.words):
        return None
    before = [m for m in mentions if m.end <= noun.start and m.is_molecule]
    found = next((m for m in reversed(before) if _BETWEEN.fullmatch(text, m.end, noun.start)), None)
    return None if found is None or text[: found.start].rstrip().endswith((" to", " with", " than")) else found

"""The parts of a sentence that speak for a statement: its own clause, and the words that open the sentence.

"In macrophages, A does B, whereas C does D": both clauses are about macrophages.
"""

from __future__ import annotations

import re

from ..draft import Draft
from ..unit import Unit

_OPENS = re.compile(r"(?:In|Within|Among|During|At|On|Under|With|Using|When|After|Once)\s[^,;:]{3,110},\s")
_TURN = re.compile(r";\s|,?\s(?:whereas|while|although|but(?!,? not\b))\s|:\s|,\sand\s(?=(?:in|among|during)\s)")


def clause_of(unit: Unit, draft: Draft) -> tuple[int, int]:
    """The range of the passage that the clause of a draft fills; the whole sentence where no verb is known."""
    if draft.verb < 0:
        return unit.body, unit.end
    cuts = [unit.body + m.start() for m in _TURN.finditer(unit.text)]
    low = max([unit.body, *(c for c in cuts if c <= draft.verb)])
    return low, min([unit.end, *(c for c in cuts if c > draft.verb)])


def opening_of(unit: Unit) -> tuple[int, int]:
    """The range of the words that open a sentence: "In macrophages, …"; empty where none do."""
    lead = _OPENS.match(unit.text)
    return unit.body, unit.body + (lead.end() if lead else 0)

"""Which time of a sentence holds for which verb: that of its own part, one that opens the sentence, or none.

A time that opens a part of a sentence, or that says for how long something was given, holds for all verbs after it; any
other for the verbs before it in its part.
"""

from __future__ import annotations

import re
from bisect import bisect

from ..unit import Unit, frames
from .doses import Amounts
from .set_up import GIVING, PUT

CLAUSES = re.compile(r";\s|,?\s(?:whereas|while|although|but)\s")
_PARTS = re.compile(r";\s|,?\s(?:whereas|while|although|but)\s|,\sand\s(?!(?:at|by|after|for|on|over|within)\s\d)")


def time_for(unit: Unit, own: Amounts, verb: int) -> str | None:
    """Give the duration that holds for a verb: one of its own part of the sentence, else one of all of it."""
    if verb < 0 or not own.spans:
        return own.duration
    cuts = [unit.body + m.start() for m in _PARTS.finditer(unit.text)]
    mine = bisect(cuts, verb)
    spans = [(unit.body + at, time) for at, time in own.spans]
    near = [t for at, t in spans if bisect(cuts, at) == mine and _holds(unit, at, verb, cuts[mine - 1 : mine])]
    far = [t for at, t in spans if bisect(cuts, at) != mine and _holds_for_all(unit, at, verb)]
    found = near or far
    return own.duration if own.duration in found else next(iter(found), None)


_GOES_ON = re.compile(r"(?:,|\band|\bbut)\s?,?\s$")
_THROUGHOUT = re.compile(r"(?:over|during|throughout)\s", re.I)


def _holds(unit: Unit, at: int, verb: int, cut: list[int]) -> bool:
    """Say whether a time holds for a verb of the same part of a sentence, which begins at a cut.

    One that opens the part, or that says for how long something was given, holds for all its verbs.  Any other holds
    for the verb before it and those that go on to it; after "and, " it speaks of what follows.
    """
    low = cut[0] if cut else unit.body
    before = [f.verbs for f in unit.parsed.frames or frames(unit) if low <= f.verbs.main.start <= at]
    last = max(before, key=lambda verbs: verbs.main.start, default=None)
    if last is None or last.lemma in GIVING | PUT:
        return True
    if _GOES_ON.search(unit.passage.text[max(unit.body, at - 8) : at]):
        return verb > at
    return verb <= at


def _holds_for_all(unit: Unit, at: int, verb: int) -> bool:
    """Say whether a time of another part of a sentence holds for a verb too.

    One that opens the sentence does, and one that says for how long something was given or went on.
    """
    before = [f.verbs for f in unit.parsed.frames or frames(unit) if f.verbs.main.start <= at]
    last = max(before, key=lambda verbs: verbs.main.start, default=None)
    if last is None or last.lemma in GIVING | PUT:
        return verb > at
    return verb > at and bool(_THROUGHOUT.match(unit.passage.text, at))

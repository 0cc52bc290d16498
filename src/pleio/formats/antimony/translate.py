"""Between Antimony and SBML text through libantimony; runs in the limited child process only."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from ..screening import without_comments
from .digits import NUMBER, Digits

_FRACTION: Final = re.compile(
    rf'"[^"\n]*"|//[^\n]*|#[^\n]*|/\*.*?\*/|(?P<called>\w)\((?P<fraction>\s*-?\s*{NUMBER}\s*/\s*{NUMBER}\s*)\)',
    re.DOTALL | re.ASCII,
)


def to_sbml(text: str) -> dict[str, Any]:
    """Translate Antimony into SBML text; `problems` where it is not Antimony."""
    import antimony

    antimony.clearPreviousLoads()
    antimony.clearDirectories()
    digits = Digits(text)
    try:
        if antimony.loadAntimonyString(digits.hide_in_antimony(_apart(text))) < 0:
            return {"problems": _foreign(text) or [_problem(digits.show(antimony.getLastError()))]}
        sbml = antimony.getSBMLString(antimony.getMainModuleName())
        return {"text": digits.show(sbml)} if sbml else {"problems": [["", "has no model"]]}
    finally:
        antimony.freeAll()


def to_antimony(text: str) -> dict[str, Any]:
    """Translate SBML text into Antimony."""
    import antimony

    antimony.clearPreviousLoads()
    digits = Digits(text)
    try:
        if antimony.loadSBMLString(digits.hide_in_sbml(text)) < 0:
            return {"problems": [_problem(antimony.getLastError())]}
        return {"text": digits.show(antimony.getAntimonyString(antimony.getMainModuleName()))}
    finally:
        antimony.freeAll()


def _apart(text: str) -> str:
    """Write `sqrt(3/2)` as `sqrt((3/2))`: libsbml takes `(3/2)` for one number, and then misses the parentheses."""
    return _FRACTION.sub(lambda m: f"{m['called']}(({m['fraction']}))" if m["called"] else m[0], text)


def _foreign(text: str) -> list[list[str]]:
    """Name the letters and signs of other alphabets that stand outside comments and quoted text, one of each line.

    libantimony takes none, and what it says of them is cut in the middle of one, or is of the formula without it.
    """
    found = []
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        sign = re.search(r"[^\x00-\x7f]", line)
        if sign:
            what = f"'{sign[0]}' ({unicodedata.name(sign[0], 'unnamed')}) cannot stand outside quotes and comments"
            found.append([f"line {number}", f"{what}; names are of a to z, A to Z, digits and _"])
    return found


def _problem(message: str) -> list[str]:
    found = re.match(r"Error in (?:model string|string), line (\d+):\s*(.*)", message, flags=re.DOTALL)
    if found:
        return [f"line {found[1]}", found[2].strip().rstrip(".")]
    return ["", message.strip().rstrip(".")]

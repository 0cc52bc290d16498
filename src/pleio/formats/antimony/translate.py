"""Between Antimony and SBML text through libantimony; runs in the limited child process only."""

from __future__ import annotations

import re
from typing import Any

from .digits import Digits


def to_sbml(text: str) -> dict[str, Any]:
    """Translate Antimony into SBML text; `problems` where it is not Antimony."""
    import antimony

    antimony.clearPreviousLoads()
    antimony.clearDirectories()
    digits = Digits(text)
    try:
        if antimony.loadAntimonyString(digits.hide_in_antimony(text)) < 0:
            return {"problems": [_problem(digits.show(antimony.getLastError()))]}
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


def _problem(message: str) -> list[str]:
    found = re.match(r"Error in (?:model string|string), line (\d+):\s*(.*)", message, flags=re.DOTALL)
    if found:
        return [f"line {found[1]}", found[2].strip().rstrip(".")]
    return ["", message.strip().rstrip(".")]

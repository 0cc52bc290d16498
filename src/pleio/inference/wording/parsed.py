"""Whether a text is a quantity as the unit parser reads it."""

from __future__ import annotations

import re

from ...base.errors import InputError
from ...base.quantities import parse_quantity


def parses(text: str, at: str | None = None) -> bool:
    """Whether a text is a quantity.

    Args:
        at: the unit in it, where that is looked at, too.
    """
    if at is not None and re.match(r"\s*[x×]?\s*10\s*[eE*⁰¹²³⁴⁵⁶⁷⁸⁹]|(?:cells?|platelets?)\s*/|.*(?:\b[Kk]/|mm3)", at):
        return False  # 10E9 and 10*9 are 10^9 to who writes them, and K/µL no kelvin
    try:
        parse_quantity(text)
    except InputError:
        return False
    return True

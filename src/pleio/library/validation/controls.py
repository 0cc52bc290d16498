"""Comparators that were given nothing: which words say so, and whether they say anything else about whom."""

from __future__ import annotations

import re

from ..readouts.table import Table

_BESIDE = re.compile(
    r"[^a-z0-9]|treated|receiving|given|injected|injections?|isotype|antibody|normal|non-?immune|matched|alone|only|"
    r"cycles?|first|previous|prior|before|preceding|same|own|recombinant|groups?|arms?|mice|cells|animals|patients|subjects|medium|serum|controls?|the|with|of|sheep|goat|mouse|human"
)
"""What may stand beside the word for a control without saying who it was."""


def is_control(condition: str, table: Table) -> bool:
    """Whether a comparator's words say that it was given nothing: `IgG isotype control`, `unstimulated`, `no IL-11`."""
    told = condition.strip().lower()
    return any(word in told for word in table.controls) or any(re.search(word, told) for word in table.nothing_given)


def says_only_that(condition: str, table: Table) -> bool:
    """Whether a control's words say nothing of who it was, so that it is of the row's own people."""
    told = condition.strip().lower()
    if not is_control(told, table):
        return not told
    for word in (*table.nothing_given, *map(re.escape, sorted(table.controls, key=len, reverse=True))):
        told = re.sub(word, " ", told)
    return not re.sub(_BESIDE, "", told)

"""Words of a row that have no clear meaning: each is refused with how it is written instead.

Each function gives a value as it is, or raises ValueError with the advice; they stand before the checks of the form.
"""

from __future__ import annotations

import re
from typing import Any

from ...claims.vocabulary import SPECIES


def nothing_or_parts(value: Any) -> Any:
    """Refuse a regimen in words that could not be read, or all of it in both dishes; `none` is nothing."""
    if isinstance(value, list | tuple):
        raise ValueError("is a list, and what of it the comparator lacked is not told: write that as 'stimulus', "
                         "what both dishes held as 'beside', and name in 'comparator' what it held")  # fmt: skip
    if isinstance(value, str) and value != "none":
        raise ValueError(f"'{value}' could not be read as one regimen; write {{agent: …, amount: …, "
                         "route: …, every: …, times: …}, or none")  # fmt: skip
    return None if value == "none" else value


def kind_said(value: Any) -> Any:
    """Refuse a spread in words that do not say what kind it is, such as `±3.6`."""
    if isinstance(value, str):
        raise ValueError(f"'{value}' does not say what kind of spread it is; write 'SD 3.6', 'SE 1.2', "
                         "'95% CI 3-8', 'IQR 3-8', 'range 2-9', 'binomial', 'upper bound', or unstated")  # fmt: skip
    return value


def a_number(value: Any) -> Any:
    """Refuse a value in words that are neither a direction nor a bound."""
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        counts = re.match(r"\s*(\d+)\s*(?:/|of|out of)\s*(\d+)", str(value))
        if counts is not None and int(counts[1]) > int(counts[2]):
            raise ValueError(f"'{value}' counts more than there are: {counts[1]} of {counts[2]}") from None
        raise ValueError(f"'{value}' is no number; write a direction as 'direction: increases', and what was not "
                         "detected as the limit of detection with 'spread: upper bound'") from None  # fmt: skip


def one_species(value: Any) -> Any:
    """Refuse a phrase that names no species, or a monkey without saying which."""
    if isinstance(value, str) and re.search(r"\bmonkeys?\b|\bmacaques?\b|\bprimates?\b", value, re.IGNORECASE):
        raise ValueError(f"'{value}' does not say which monkey: cynomolgus, rhesus or baboon")
    if isinstance(value, str) and " " in value.strip() and value not in SPECIES:
        raise ValueError(f"'{value}' names no species; write {{species: human, condition: '{value}'}}")
    return value

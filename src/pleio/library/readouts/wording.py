"""A readout's name as it could also be written: without what only says where or how it was measured, or turned round.

`fold change in serum fibrinogen` is also `fibrinogen_ratio`, `IL-11 in cerebrospinal fluid` also `csf_il11`.  The rules
stand in `readout_words.yaml` under `loosened`; a name is tried as it is written first, then with ever more changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

LETTERS = str.maketrans(
    {"α": "a", "β": "b", "γ": "g", "κ": "k", "µ": "u", "μ": "u", "₀": "0", "∞": "inf", "−": "-", "–": "-"}
)
MOST = 64
"""How many ways of writing one name are tried."""


def joined(name: str) -> str:
    """Write a name with underscores, without brackets and what stands in them, Greek letters as Latin ones.

    Example:
        >>> joined("STAT3 phosphorylation (Y705)")
        'STAT3_phosphorylation'
    """
    told = unicodedata.normalize("NFKC", name).translate(LETTERS)
    told = re.sub(r"\s*(?:<=|[<≤])\s*(?=\d)", " under ", told)
    told = re.sub(r"\s*(?:>=|[>≥])\s*(?=\d)", " over ", told)
    bare = re.sub(r"[\[({][^\])}]*[\])}]", " ", told)
    return re.sub(r"[^0-9A-Za-z%.+]+", "_", bare if bare.strip() else told).strip("_.")


def in_brackets(name: str) -> str:
    """Give what stands in a name's brackets, joined, `clearance (CL/F)` as `CL_F`; "" where there is nothing."""
    found = re.search(r"[\[({]([^\])}]+)[\])}]", name)
    return joined(found[1]) if found and found[0] != name.strip() else ""


def wordings(name: str, rules: Mapping[str, str]) -> Iterator[str]:
    """Give the ways in which a name could also be written, the nearest first.

    Args:
        rules: pattern → what stands instead, of a joined name in small letters.
    Example:
        >>> list(wordings("mean platelet count", {"^mean_": ""}))
        ['mean_platelet_count', 'platelet_count']
    """
    compiled = [(re.compile(pattern), instead) for pattern, instead in rules.items()]
    tried: dict[str, None] = {}
    ahead = [joined(name)]
    while ahead and len(tried) < MOST:
        one = ahead.pop(0)
        if not one or one in tried:
            continue
        tried[one] = None
        yield one
        lower = one.lower()
        changed = (pattern.sub(instead, lower) for pattern, instead in compiled if pattern.search(lower))
        ahead += [re.sub("__+", "_", other).strip("_") for other in changed]
    bracket = in_brackets(name)
    if bracket and bracket not in tried:
        yield bracket

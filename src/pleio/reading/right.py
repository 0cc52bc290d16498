"""How probable it is that a statement of a rule says what its document says: P(read right).

Each rule was counted on all documents with gold claims (`right.tsv`: rule, right, read).  A rule that was seen seldom
is drawn to the mean of its group (the part of its id before the dot), and a group to the mean of all rules, by a beta
prior as strong as `STRENGTH` statements.  The documents were development data when they were counted: on documents
that nobody had seen, precision was 0.795, so all odds are lowered by what the mean of all rules was better than that.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files

STRENGTH = 10.0  # statements that the prior counts for
BLIND = 0.795  # precision of all rules on documents read before anyone had seen them


@cache
def _counts() -> dict[str, tuple[int, int]]:
    text = (files(__package__) / "right.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {rule: (int(right), int(read)) for rule, right, read in rows}


@cache
def _groups() -> tuple[dict[str, tuple[int, int]], float]:
    groups: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for rule, (right, read) in _counts().items():
        group = rule.partition(".")[0]
        groups[group] = (groups[group][0] + right, groups[group][1] + read)
    total = sum(read for _, read in groups.values())
    return dict(groups), sum(right for right, _ in groups.values()) / total if total else BLIND


def read_right(rule: str) -> float:
    """Give P(read right) of a statement that this rule read; of an unknown rule, that of any rule on a new document.

    Example:
        >>> 0.5 < read_right("effect.active") < 1 and read_right("none such") == 0.795
        True
    """
    groups, mean = _groups()
    group = rule.partition(".")[0]
    if rule not in _counts() and group not in groups:
        return BLIND
    right, read = groups.get(group, (0, 0))
    centre = (right + STRENGTH * mean) / (read + STRENGTH)
    right, read = _counts().get(rule, (0, 0))
    seen = (right + STRENGTH * centre) / (read + STRENGTH)
    odds = seen / (1 - seen) * (BLIND / (1 - BLIND)) / (mean / (1 - mean))
    return odds / (1 + odds)

"""In which order rows are forecast, so that what was simulated of a group is kept for as short as possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .rows import Plan
from .sides import Side

Kept = tuple[Side, str]
"""What is simulated together: a group, and the source that is left out, "" for none."""


def in_order(plans: Sequence[Plan], left_out: Callable[[Plan], str]) -> Iterator[tuple[Plan, list[Kept]]]:
    """Give the rows of one group after each other, and with each what nobody will ask for after it.

    With a thousand worlds what is kept of all groups at once is many gigabytes.
    """
    last_of: dict[Side, int] = {side: k for k, one in enumerate(plans) for side in one.sides}
    ordered = sorted(plans, key=lambda one: (max(last_of[side] for side in one.sides), one.row.source))
    last: dict[Kept, int] = {}
    for k, one in enumerate(ordered):
        last |= {(side, source): k for side in one.sides for source in ("", left_out(one))}
    for k, one in enumerate(ordered):
        kept = [(side, source) for side in one.sides for source in dict.fromkeys(("", left_out(one)))]
        yield one, [each for each in kept if last[each] == k]

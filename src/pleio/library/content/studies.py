"""What a study asked and found, and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOTHING_GIVEN = "nothing"
"""What an arm gives that gives nothing."""


@dataclass(frozen=True)
class Arm:
    name: str
    given: str


@dataclass(frozen=True)
class Summary:
    """An endpoint in an arm: median over worlds of the mean subject, 50 and 90 % of worlds, 90 % of all subjects."""

    arm: str
    endpoint: str
    label: str
    unit: str
    median: float
    low: float
    lower: float
    upper: float
    high: float
    least: float
    most: float


@dataclass(frozen=True)
class Worth:
    """What one uncertain thing explains, and what knowing it would be worth.

    `chance` is the 95th percentile of the worth after permutation: what is not above it is not told from nothing.
    """

    name: str
    label: str
    kind: str
    share: float
    evppi: float
    chance: float
    positive: bool
    address: str = ""


@dataclass(frozen=True)
class Reading:
    """A study under one belief: the same worlds, weighted by it; `told` where enough of them stand behind it."""

    band: str
    answer: str
    decision: str
    endpoints: tuple[Summary, ...]
    effective: float
    told: bool


@dataclass(frozen=True)
class Answering:
    """How subjects' answers to an arm, each against itself in the first, go with what the subjects are.

    `lower` and `upper` are the mean answers of the halves of a world's subjects with less and with more of it; `low`,
    `middle` and `high` are 5, 50 and 95 % over worlds of the difference.
    """

    arm: str
    endpoint: str
    unit: str
    covariate: str
    lower: float
    upper: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Study:
    """What a study asked and found.

    `figures` name its figures in the order in which they are shown, `closer` those that look closer, shown after them;
    `believed_of` says whom its beliefs are about; `limits`, a sentence each, what an arm cannot show: no change where
    nothing in the mechanism leads, and an agent not known to act in these subjects.
    """

    name: str
    title: str
    question: str
    answer: str
    next_test: str
    mechanism: tuple[str, ...]
    arms: tuple[Arm, ...]
    endpoints: tuple[Summary, ...]
    worth: tuple[Worth, ...]
    evpi: float | None
    unit: str
    decision: str
    worlds: int
    subjects: int
    trajectories: int
    failed: int
    seed: int
    band: str
    horizon: str
    figures: tuple[str, ...]
    digest: str = ""
    definition: str = ""  # the study as its author wrote it
    note: str = ""
    readings: tuple[Reading, ...] = ()
    answering: tuple[Answering, ...] = ()
    closer: tuple[str, ...] = ()
    believed_of: str = "people"
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A figure with the specification it was drawn from; the specification holds the data.

    `wide` and `narrow` are SVG; `description` says in words what there is to see.
    """

    name: str
    title: str
    caption: str
    description: str
    spec: Mapping[str, Any]
    wide: str
    narrow: str = ""

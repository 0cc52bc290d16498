"""What rows are simulated as, and why some are not, before anything is run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from ...base.errors import InputError, ModelError, Problem, StudyError
from ...inference.observations import Observation
from ..readouts.readouts import LibraryReadouts
from .rows import NotModelled, Plan, plan
from .told import told

if TYPE_CHECKING:
    from ..opened import Library


@dataclass(frozen=True)
class Understood:
    """What rows are simulated as, before anything is.

    Attributes:
        not_modelled, refused: as in `Validation`.
    """

    plans: tuple[Plan, ...]
    not_modelled: tuple[tuple[str, str, str], ...]
    refused: tuple[Problem, ...]

    def to_json(self, readouts: LibraryReadouts, left_out: Callable[[Observation], str]) -> dict[str, Any]:
        """Give what each row is simulated as, in words; and what is not forecast, with the reason.

        Args:
            left_out: row → the source of which nothing is used when it is forecast; "" for none.
        """
        return {
            "rows": [told(one, readouts, left_out(one.row)) for one in self.plans],
            "not_modelled": [{"id": id, "readout": name, "why": why} for id, name, why in self.not_modelled],
            "refused": [asdict(problem) for problem in self.refused],
        }


def understand(
    library: Library,
    observations: Sequence[Observation],
    *,
    readouts: LibraryReadouts | None = None,
    refused: Iterable[Problem] = (),
) -> Understood:
    """Say what each observation is simulated as, or why it is not; nothing is run.

    Args:
        refused: what is wrong with entries beside them, to be told with the rest.
    """
    readouts = readouts or LibraryReadouts(library)
    plans: list[Plan] = []
    missing: list[tuple[str, str, str]] = []
    problems = list(refused)
    for row in observations:
        try:
            plans.append(plan(row, readouts))
        except NotModelled as reason:
            missing.append((row.id, row.readout, str(reason)))
        except (StudyError, ModelError) as fault:
            problems += told_of(row, fault)
    return Understood(tuple(plans), tuple(missing), tuple(problems))


def told_of(row: Observation, fault: InputError) -> Iterator[Problem]:
    """Give the problems of a row with its name."""
    for problem in fault.problems:
        yield replace(problem, where=f"{row.id}: {problem.where}" if problem.where else row.id)

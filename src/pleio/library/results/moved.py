"""What other claims make of the runs that are kept: which actions and which next experiments they change.

The worlds of a run are weighted by the new belief over the old one, which is exact, and nothing is simulated again.
Where that cannot be done the study needs another run, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...base.errors import InputError
from ...inference.bands import believed
from ...studies.result import Result
from ...studies.value.information import decide
from ...studies.worlds import FEWEST_EFFECTIVE

if TYPE_CHECKING:
    from ..opened import Library
    from ..question import StudyInLibrary
    from .runs import KeptRun

NOTICED = 0.005
"""A chance that moves by less is not said to have moved."""

SAME = 1e-9
"""Beliefs that differ by less are the same."""


@dataclass(frozen=True)
class StudyMoved:
    """What a change of claims does to one study.

    Attributes:
        best: the best arm before and after.
        chance: how often that of before is best, before and after.
        test: the experiment that promises most, before and after; None where none would change the choice.
        rerun: why the study must run again to be told; "" where it need not.
    """

    study: str
    run: str
    best: tuple[str, str] = ("", "")
    chance: tuple[float, float] = (0.0, 0.0)
    test: tuple[str | None, str | None] = (None, None)
    effective: float = 0.0
    rerun: str = ""

    @property
    def is_moved(self) -> bool:
        return (
            bool(self.rerun)
            or self.best[0] != self.best[1]
            or self.test[0] != self.test[1]
            or abs(self.chance[0] - self.chance[1]) >= NOTICED
        )

    def to_json(self) -> dict[str, Any]:
        def pair(values: tuple[Any, Any]) -> dict[str, Any]:
            return dict(zip(("before", "after"), values, strict=True))

        if not self.best[0]:
            return {"study": self.study, "run": self.run, "rerun": self.rerun}
        return {
            "study": self.study,
            "run": self.run,
            "best": pair(self.best),
            "chance": pair(self.chance),
            "next_experiment": pair(self.test),
            "effective_worlds": round(self.effective, 1),
            "rerun": self.rerun,
        }

    def __str__(self) -> str:
        again = f"{self.study}: needs another run, 'pleio study run {self.study}': {self.rerun}"
        if not self.best[0]:
            return again
        if self.best[0] != self.best[1]:
            action = f"the best arm was '{self.best[0]}' and is '{self.best[1]}'"
        else:
            action = f"'{self.best[0]}' stays best, in {self.chance[1]:.0%} of worlds, was {self.chance[0]:.0%}"
        action = action.replace("%", " %")
        if self.rerun:
            return f"{again}; on these, {action}"
        was, now = (test or "none would change the choice" for test in self.test)
        test = f"the next experiment stays: {now}" if was == now else f"the next experiment was: {was}; is: {now}"
        return f"{self.study}: {action}; {test}"


def studies_moved(before: Library, after: Library, kept: Iterable[KeptRun]) -> tuple[StudyMoved, ...]:
    """Say what another library's claims do to the latest run of each study.

    Args:
        before, after: as `kept.change_of` gives them; their modules are the same.
        kept: runs, the latest first.
    """
    latest: dict[str, KeptRun] = {}
    for run in kept:
        latest.setdefault(run.name, run)
    found = []
    for run in latest.values():
        if run.result.study.decision is not None:
            found.append(_moved(before, after, run))
    return tuple(found)


def _moved(before: Library, after: Library, run: KeptRun) -> StudyMoved:
    if not run.is_current:
        return StudyMoved(run.name, run.title, rerun="its mechanism has changed since it ran")
    band = run.result.worlds.band
    sides = [_in(library, run) for library in (before, after)]
    try:
        if _contests(sides[0]) != _contests(sides[1]):
            return StudyMoved(run.name, run.title, rerun="other contests enter its mechanism now")
        if not _drawn_from(sides[0], run):
            return StudyMoved(run.name, run.title, rerun="it was drawn from other claims than were held before")
        posteriors = [side.posterior(band) for side in sides]
        if [group.names for group in posteriors[0].groups] != [group.names for group in posteriors[1].groups]:
            return StudyMoved(run.name, run.title, rerun="the claims couple other assumptions now")
        worlds = believed(run.result.worlds, posteriors[0], posteriors[1], band)
    except InputError as fault:
        return StudyMoved(run.name, run.title, rerun=str(fault))
    results = (run.result, replace(run.result, worlds=worlds))
    decisions = [decide(result.utility(), result.worlds.weights) for result in results]
    arms, first = run.result.arms, decisions[0].best
    told = StudyMoved(
        run.name,
        run.title,
        (arms[first], arms[decisions[1].best]),
        (float(decisions[0].chances[first]), float(decisions[1].chances[first])),
        effective=worlds.effective,
    )
    if min(result.worlds.effective for result in results) < FEWEST_EFFECTIVE:
        why = f"its worlds weigh as {worlds.effective:.0f} equal ones now, and {FEWEST_EFFECTIVE} are needed"
        return replace(told, rerun=why)
    tests = tuple(_next(side, result) for side, result in zip(sides, results, strict=True))
    return replace(told, test=(tests[0], tests[1]))


def _in(library: Library, run: KeptRun) -> StudyInLibrary:
    return replace(run.asked, library=library)


def _contests(asked: StudyInLibrary) -> dict[str, str]:
    mechanism = asked.mechanism
    return {name: switch.contest for name, switch in mechanism.switches.items()} | dict(mechanism.gates)


def _drawn_from(asked: StudyInLibrary, run: KeptRun) -> bool:
    """Say whether a run's worlds were drawn from what a library believes."""
    contests = asked.beliefs(run.result.worlds.band).contests
    return all(
        abs(chance - contests[name].outcomes.get(outcome, 0.0)) < SAME
        for name, held in run.claims.items()
        for outcome, chance in held["believed"].items()
    )


def _next(asked: StudyInLibrary, result: Result) -> str | None:
    promising = (one for one in asked.promises(result) if one.worth.is_positive and one.changes_choice)
    first = next(promising, None)
    return None if first is None else first.experiment.title

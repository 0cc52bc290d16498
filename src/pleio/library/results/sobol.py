"""Sobol' shares of a study of the library: which groups of draws there are, and the runs that tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ...base.errors import Problem, StudyError
from ...studies.value.exchanging import FEWEST, Group, Shares, shares_of_groups
from ...studies.worlds import SUBJECTS, Exchange

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...studies.result import Result
    from ...studies.running.cluster import Cluster
    from ...studies.study import Study
    from ..question import StudyInLibrary

WORLDS = 512
SUBJECTS_EACH = 4
APART = 2**31
"""How far the numbers of worlds that share nothing are apart."""


def sobol(
    asked: StudyInLibrary,
    result: Result,
    *,
    worlds: int = WORLDS,
    each: bool = True,
    folder: Path | None = None,
    cache: bool = True,
    threads: int | None = None,
    cluster: Cluster | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Shares:
    """Give the Sobol' shares of the net benefit of the best arm over the one it is compared with.

    Worlds of their own are run, as believed and in the result's belief band, four subjects in each: two sets, and one
    more for each group of draws.

    Args:
        result: a run of this study; it says which two arms are compared.
        worlds: of each run.
        each: also each contest and each assumption alone.
    Raises:
        StudyError: the study has no decision or one arm, too few worlds came through, or worlds are given observations.
    """
    from ...studies.value.information import decide
    from ...studies.value.valuation import reference_arm

    if result.worlds.net is None and len(result.worlds) and (result.worlds.importance != 1.0).any():
        help = "ask without --evidence: draws that are given observations depend on each other"
        raise StudyError("Sobol' shares", Problem("", "are of draws that are independent", help))
    if worlds < FEWEST:
        raise StudyError("Sobol' shares", Problem("", f"{worlds} worlds are too few", f"at least {FEWEST} are needed"))
    decision = decide(result.utility(), result.worlds.weights)
    names = [result.arms[i] for i in (decision.best, reference_arm(result, decision))]
    study = _of_two_arms(asked.study, names)
    groups = groups_of(asked, each)
    everything = frozenset().union(*(group.draws for group in groups))
    runs = [frozenset[str](), everything | {SUBJECTS}, everything, *(group.draws for group in groups)]
    total = len(runs) * len(study.arms) * worlds * study.cohort.size
    answers: list[NDArray[np.float64]] = []

    def told(done: int, of: int) -> None:
        if progress is not None:
            progress(len(answers) * (total // len(runs)) + done, total)

    from ...studies.run import run

    drawing = replace(asked.drawing(worlds, seed=result.worlds.seed, band=result.worlds.band), net=None)
    for draws in runs:
        exchanged = replace(drawing, exchange=Exchange(draws, APART)).take(slice(None))
        found = run(
            study,
            asked.mechanism,
            exchanged,
            agents=asked.agents,
            folder=folder,
            cache=cache,
            threads=threads,
            cluster=cluster,
            progress=told,
        )
        benefit = found.utility()
        answers.append(benefit[found.arms.index(names[0])] - benefit[found.arms.index(names[1])])
    one, other, swapped, *mixed = answers
    people = Group(SUBJECTS, "differences between subjects", "subjects", frozenset({SUBJECTS}))
    about = f"the net benefit of '{names[0]}' over '{names[1]}'"
    return shares_of_groups(
        about, one, other, dict(zip(groups, mixed, strict=True)), swapped, people, result.worlds.seed
    )


def groups_of(asked: StudyInLibrary, each: bool = True) -> list[Group]:
    """Group the draws of a study's worlds by kind, parameters by module too, and name each contest and assumption."""
    posterior, mechanism = asked.posterior(asked.stated.worlds.belief), asked.mechanism
    concerned = {*mechanism.settings, *(name for table in posterior.tables.values() for name in table.assumptions)}
    kept = [name for group in posterior.groups for name in group.names]
    contests = sorted(set(posterior.tables) - set(posterior.always))
    given = [dosing.agent for arm in asked.study.arms.values() for dosing in arm]
    own = [name for agent in given for name in asked.agents[agent].uncertain]
    gains = set(mechanism.gains)
    parameters = [name for name in dict.fromkeys((*sorted(mechanism.uncertain), *own)) if name not in gains]
    conditions = [name for name, law in asked.study.conditions.items() if not law.is_constant]
    found = [
        _group("assumptions", "assumptions", "assumptions", "assumption/", kept),
        _group("contests", "contested effects: whether and which way", "contests", "contest/", contests),
        _group("magnitudes", "contested effects: how large", "magnitudes", "parameter ", sorted(gains)),
        _group("parameters", "all other parameters", "parameters", "parameter ", parameters),
        _group("conditions", "conditions of the study", "conditions", "condition ", conditions),
    ]
    for module in asked.assembled.modules:
        of_it = [name for name in parameters if asked.assembled.origin.get(name) == module]
        found.append(_group(f"parameters of {module}", f"parameters of {module}", "module", "parameter ", of_it))
    if each:
        titles = asked.titles
        found += [_group(n, titles.get(n, n), "contest", "contest/", [n]) for n in contests]
        found += [_group(n, titles.get(n, n), "assumption", "assumption/", [n]) for n in sorted(concerned & {*kept})]
    return [group for group in found if group.draws]


def _group(name: str, title: str, kind: str, prefix: str, of: Iterable[str]) -> Group:
    return Group(name, title, kind, frozenset(f"{prefix}{one}" for one in of))


def _of_two_arms(study: Study, arms: list[str]) -> Study:
    """Give the study with the arms that are compared and few subjects; with all arms where doses follow the subject."""
    size = study.cohort.size
    exactly = study.cohort.subjects is not None and study.cohort.subjects.take == "exactly"
    few = size if exactly else (min(size, SUBJECTS_EACH) if size > 1 else SUBJECTS_EACH)
    cohort = study.cohort.model_copy(update={"size": few})
    ruled = any(dosing.rules for arm in study.arms.values() for dosing in arm)
    kept = study.arms if ruled else {name: study.arms[name] for name in study.arms if name in arms}
    return study.model_copy(update={"cohort": cohort, "arms": kept})

"""Two runs side by side: what was changed, and which change moved the answer.

What changed falls into groups: claims, parameters, arms, subjects, and the question itself.  One group at a time is
taken from the second run while all else stays as in the first, and the study is simulated again; the draws are shared,
so the difference is that of the group and not of luck.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ...base.errors import InputError
from ...studies.compare import Change, compare
from ...studies.forms import plain
from ...studies.result import Result
from ...studies.run import run
from ...studies.study import Study
from ...studies.value.information import decide
from ...studies.worlds import Worlds

if TYPE_CHECKING:
    from .runs import KeptRun

PARTS = {
    "arms": ("arms",),
    "subjects": ("cohort", "conditions", "baseline"),
    "question": ("endpoints", "decision", "horizon", "observe", "every"),
}
"""Group → the parts of a study that belong to it."""
DRAWS = "draws"
"""All worlds together, where the two runs do not share their draws or their mechanism."""


@dataclass(frozen=True)
class Answer:
    """What a run says to do: the best arm, the mean net benefit of each and how often it is best; or no decision."""

    best: str
    means: Mapping[str, float]
    chances: Mapping[str, float]

    @property
    def lead(self) -> float:
        """By how much the best arm is better than the next."""
        ranked = sorted(self.means.values(), reverse=True)
        return ranked[0] - ranked[1] if len(ranked) > 1 else 0.0


@dataclass(frozen=True)
class Move:
    """What one group alone does to the first run's answer; `why_not` where that could not be asked."""

    group: str
    answer: Answer | None
    why_not: str = ""


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side.

    Attributes:
        changes: every difference, in the order in which it comes about.
        claims: of each contest, the claims that were added, taken away or altered.
        moves: what each group that changed does alone.
        sentence: which change moved the answer.
    """

    before: str
    after: str
    changes: tuple[Change, ...]
    claims: tuple[Change, ...]
    answers: tuple[Answer | None, Answer | None]
    moves: tuple[Move, ...]
    sentence: str

    def to_json(self) -> dict[str, Any]:
        def answer(one: Answer | None) -> dict[str, Any] | None:
            return None if one is None else {"best": one.best, "means": dict(one.means), "chances": dict(one.chances)}

        return {
            "before": self.before,
            "after": self.after,
            "changes": [vars(change) for change in (*self.claims, *self.changes)],
            "answers": [answer(one) for one in self.answers],
            "moves": [{"group": m.group, "answer": answer(m.answer), "why_not": m.why_not} for m in self.moves],
            "sentence": self.sentence,
        }


def compare_runs(before: KeptRun, after: KeptRun, **options: Any) -> Comparison:
    """Say what changed between two runs and which change moved the answer.

    Args:
        options: of `studies.run.run`, for the runs with one group exchanged.
    """
    groups = changed_groups(before, after)
    ends = answer_of(before.result), answer_of(after.result)
    if len(groups) == 1:
        moves: tuple[Move, ...] = (Move(groups[0], ends[1]),)
    else:
        moves = tuple(_move(before, after, group, options) for group in groups)
    return Comparison(
        before.title,
        after.title,
        compare(before.result, after.result),
        tuple(_claims(before, after)),
        ends,
        moves,
        sentence(ends, moves),
    )


def changed_groups(before: KeptRun, after: KeptRun) -> tuple[str, ...]:
    """Name the groups that differ, in the order in which they come about."""
    one, other = plain(before.asked.study), plain(after.asked.study)
    found = [group for group, keys in PARTS.items() if any(one[key] != other[key] for key in keys)]
    if "arms" not in found and _given(before) != _given(after):
        found.insert(0, "arms")
    return (*_of_worlds(before, after), *found)


def _of_worlds(before: KeptRun, after: KeptRun) -> Iterator[str]:
    one, other = before.result.worlds, after.result.worlds
    if before.network != after.network or one.seed != other.seed or not np.array_equal(one.numbers, other.numbers):
        yield DRAWS
        return
    if _states(one) != _states(other):
        yield "claims"
    names = {*one.parameters, *other.parameters}
    if any(not np.array_equal(one.parameters.get(name, ()), other.parameters.get(name, ())) for name in names):
        yield "parameters"


def _states(worlds: Worlds) -> tuple[Any, ...]:
    groups = (worlds.contests, worlds.assumptions)
    drawn = [(name, states.names, states.index.tobytes()) for group in groups for name, states in sorted(group.items())]
    return (*drawn, worlds.weights.tobytes())


def _given(kept: KeptRun) -> Any:
    """Say what the agents that are given are, by all that a run depends on."""
    names = {dosing.agent for arm in kept.asked.study.arms.values() for dosing in arm}
    agents = {name: kept.asked.agents[name] for name in names if name in kept.asked.agents}
    return {
        name: (a.molar_mass, dict(a.routes), dict(a.parameters), {k: plain(law) for k, law in a.uncertain.items()})
        for name, a in sorted(agents.items())
    }


def _move(before: KeptRun, after: KeptRun, group: str, options: Mapping[str, Any]) -> Move:
    """Run the first study with one group of the second."""
    if group == DRAWS:
        why = "the two runs share neither draws nor mechanism, so their worlds differ as a whole"
        if before.network != after.network or not after.is_current:
            return Move(group, None, why)
        return _run(before, group, before.asked.study, after.result.worlds, options)
    if not before.is_current:
        return Move(group, None, f"the mechanism of {before.title} has changed since it ran")
    one, other = before.result.worlds, after.result.worlds
    study, worlds = before.asked.study, one
    if group == "claims":
        worlds = replace(other, parameters=one.parameters)
    elif group == "parameters":
        worlds = replace(one, parameters=other.parameters)
    else:
        study = study.model_copy(update={key: getattr(after.asked.study, key) for key in PARTS[group]})
    agents = {"agents": {**before.asked.agents, **after.asked.agents}} if group == "arms" else {}
    return _run(before, group, study, worlds, {**options, **agents})


def _run(before: KeptRun, group: str, study: Study, worlds: Worlds, options: Mapping[str, Any]) -> Move:
    asked = before.asked
    try:
        result = run(study, asked.mechanism, worlds, **{"agents": asked.agents, **options})
    except InputError as fault:
        return Move(group, None, str(fault))
    return Move(group, answer_of(result))


def answer_of(result: Result) -> Answer | None:
    """Give what a result says to do; None where its study makes no decision."""
    if result.study.decision is None:
        return None
    decision = decide(result.utility(), result.worlds.weights)
    arms = result.arms
    return Answer(
        arms[decision.best],
        dict(zip(arms, map(float, decision.means), strict=True)),
        dict(zip(arms, map(float, decision.chances), strict=True)),
    )


def sentence(ends: tuple[Answer | None, Answer | None], moves: tuple[Move, ...]) -> str:
    """Say which change moved the answer."""
    one, other = ends
    if not moves:
        return "Nothing changed."
    if one is None or other is None:
        return f"What changed: {_listed([m.group for m in moves])}; one of the studies makes no decision."
    unasked = [move.group for move in moves if move.answer is None]
    rest = f" What {_listed(unasked)} would do alone could not be asked." if unasked else ""
    asked = [(move.group, move.answer) for move in moves if move.answer is not None]
    if one.best != other.best:
        alone = [group for group, answer in asked if answer.best == other.best]
        moved = f"The best arm moves from '{one.best}' to '{other.best}'"
        if alone:
            return f"{moved}; {_listed(alone)} {'does' if len(alone) == 1 else 'do each'} that alone.{rest}"
        return f"{moved}; no single change does that alone.{rest}"
    if not asked:
        return f"'{one.best}' stays best.{rest}"
    if other.means == one.means:
        return f"'{one.best}' stays best, and nothing moved its net benefit.{rest}"
    most = max(asked, key=lambda pair: abs(pair[1].lead - one.lead))
    by = most[1].lead - one.lead
    return f"'{one.best}' stays best; {most[0]} moves its lead over the next arm most, by {by:+.3g}.{rest}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _claims(before: KeptRun, after: KeptRun) -> Iterator[Change]:
    for contest in dict.fromkeys([*before.claims, *after.claims]):
        one, other = before.claims.get(contest), after.claims.get(contest)
        title = str((one or other or {}).get("title", contest))
        held, holds = (dict(side["claims"]) if side else {} for side in (one, other))
        for id in dict.fromkeys([*held, *holds]):
            if held.get(id) != holds.get(id):
                was, now = (digest and digest[:12] for digest in (held.get(id), holds.get(id)))
                yield Change("claim", f"{id} ({title})", was, now)

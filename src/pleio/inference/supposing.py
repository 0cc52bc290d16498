"""Supposing: the joint posterior given that an assumption is in a state, or that a contest has an outcome.

This is conditioning and not a change by hand: whatever the supposition makes more or less probable moves with it.  To
suppose that recombinant IL-11 does not signal in mice also takes the mouse experiments that rest on it out of the
evidence.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..base.errors import Problem, StudyError, nearest
from ..claims.belief.joint import Group, Table, fixed, outcomes_in
from .worlds import Joint, Posterior, condition


def suppose(posterior: Posterior, given: Mapping[str, str]) -> Joint:
    """Condition the joint posterior that worlds are drawn from.

    Args:
        given: assumption → the state it is in, or contest → its outcome.
    Raises:
        StudyError: for each name or state that is not known, and where nothing that is believed agrees with all of it.
    """
    problems = [problem for name, state in given.items() for problem in _wrong(posterior, name, state)]
    if problems:
        raise StudyError("what is supposed", problems)
    groups, tables, always = tuple(posterior.groups), dict(posterior.tables), dict(posterior.always)
    states = {name: state for name, state in given.items() if name in posterior.states}
    for name, state in states.items():
        groups = tuple(_in_state(group, name, posterior.states[name].index(state)) for group in groups)
    for name, outcome in given.items():
        if name in states or name in always:
            continue
        index = list(posterior.outcomes[name]).index(outcome)
        if not _outcomes(groups, tables[name], posterior.outcomes[name])[outcome]:
            raise _impossible(name)
        groups, tables = condition(groups, tables, name, index)
        always[name] = outcome
    outcomes = {name: _outcomes(groups, tables[name], beliefs) for name, beliefs in posterior.outcomes.items()}
    return Joint(groups, tables, outcomes, posterior.states, always)


def _wrong(posterior: Posterior, name: str, state: str) -> list[Problem]:
    if name in posterior.states:
        known, kind = list(posterior.states[name]), "state"
    elif name in posterior.outcomes:
        known, kind = list(posterior.outcomes[name]), "outcome"
    else:
        names = [*posterior.states, *posterior.outcomes]
        return [Problem(name, "is neither an assumption nor a contest of this study", nearest(name, names))]
    if state not in known:
        return [Problem(name, f"has no {kind} '{state}'", f"one of {', '.join(known)}")]
    settled = posterior.always.get(name)
    if settled is not None and settled != state:
        return [Problem(name, f"is always '{settled}' here", "leave it out")]
    return []


def _in_state(group: Group, name: str, index: int) -> Group:
    if name not in group.names:
        return group
    if not np.take(group.posterior, index, axis=group.names.index(name)).any():
        raise _impossible(name)
    return fixed(group, name, index)


def _outcomes(groups: tuple[Group, ...], table: Table, before: Mapping[str, float]) -> dict[str, float]:
    """Give a contest's beliefs anew, from the group of assumptions that its reports rest on."""
    group = next((one for one in groups if table.assumptions and table.assumptions[0] in one.names), None)
    return dict(zip(before, map(float, outcomes_in(group, table)), strict=True))


def _impossible(name: str) -> StudyError:
    return StudyError("what is supposed", Problem(name, "is impossible with the rest of it", "suppose less"))

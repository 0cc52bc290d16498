"""A study as published: its answer in a sentence, its endpoints, what explains it, and what to test next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ...base.errors import StudyError
from ...studies.figures.palette import written
from ...studies.labels import formula_told
from ...studies.unmoved import unmoved, unmoved_told
from .. import content
from ..told import is_change, spelt, told_in
from . import readings

if TYPE_CHECKING:
    from ...studies.result import Result
    from ...studies.study import Dosing, Endpoint
    from ...studies.value.valuation import Finding, Valuation
    from ..question import StudyInLibrary

MOST_ROWS = 10
TINY = 1e-9
CLEAR = 0.1
"""By how much more of the worlds an arm is best in than any other, to be told as the best."""


def value_of(asked: StudyInLibrary, result: Result) -> tuple[Valuation | None, str]:
    """Value what the study leaves uncertain; where that cannot be done, give the reason."""
    if asked.study.decision is None:
        return None, "The study makes no decision, so nothing is valued."
    try:
        return asked.value(result), ""
    except StudyError as fault:
        return None, f"Not valued: {fault}."


def published_study(
    asked: StudyInLibrary, result: Result, value: Valuation | None, note: str, definition: str
) -> content.Study:
    """Give a study as it is published, before its figures.

    Args:
        definition: the study as its author wrote it.
    """
    study = asked.study
    rows = result.summary()
    return content.Study(
        asked.name,
        study.title,
        study.question,
        answer(asked, result, value),
        next_test(asked, result, value),
        tuple(study.mechanism),
        tuple(content.Arm(name, _given(arm)) for name, arm in study.arms.items()),
        _summaries(rows),
        tuple(_worth(finding) for finding in _chosen(value)),
        None if value is None else _finite(value.evpi),
        value.unit if value else "",
        _decision(asked, result, value),
        len(result.worlds),
        int(result.values.shape[2]),
        result.trajectories,
        len(result.failed),
        result.worlds.seed,
        result.worlds.band,
        str(study.horizon),
        (),
        result.digest,
        definition,
        note,
        tuple(_reading(asked, *read) for read in readings.as_read(asked, result)),
        _answering(asked, result, value),
        believed_of=asked.believed_of,
        limits=limits(asked, result),
    )


def limits(asked: StudyInLibrary, result: Result) -> tuple[str, ...]:
    """Say what the arms cannot show, a sentence each, in the words of `pleio study run`."""
    return (*asked.doubts, *unmoved_told(result))


def _reading(asked: StudyInLibrary, band: str, result: Result, told: bool) -> content.Reading:
    """Write a study as one belief reads it."""
    rows = result.summary()
    best, chances = readings.chances(result)
    often = ", ".join(f"{arm} {100 * chance:.0f} %" for arm, chance in chances.items())
    return content.Reading(
        band,
        told_of(asked, result, best, chances),
        f"How often each arm is best: {often}." if often else "",
        _summaries(rows),
        round(result.worlds.effective, 1),
        told,
    )


def _answering(asked: StudyInLibrary, result: Result, value: Valuation | None) -> tuple[content.Answering, ...]:
    """Say which subjects answer most to the arm that the answer opens with, in the first endpoint."""
    arm = asked.study.opening(value.best if value else "")
    endpoint = next(iter(asked.study.endpoints))
    scale, unit = (100.0, "%") if _is_share(asked, endpoint) else (1.0, written(result.units[0]))
    return tuple(
        content.Answering(arm, result.labels[endpoint], unit, _trait(name), *(_tidy(scale * float(x)) for x in found))
        for name, found in readings.answering(asked, result, arm, endpoint)
    )


def _trait(name: str) -> str:
    """Name what subjects differ in: a covariate, or what a parameter is in a subject, drawn as a factor of it."""
    inner = name.removeprefix("factor(")
    return name if inner == name else f"{inner.removesuffix(')')}, each subject's own"


def answer(asked: StudyInLibrary, result: Result, value: Valuation | None) -> str:
    """Say what the arm does that the study asks about, with intervals over worlds, and which arm is best."""
    return told_of(asked, result, value.best if value else "", value.chances if value else {})


def told_of(asked: StudyInLibrary, result: Result, best: str, chances: Mapping[str, float]) -> str:
    """Say what the arm does that a study asks about, or else the best, and how often each arm is best.

    That no arm is clearly best comes first, unless the study says which arm it asks about: then it is no advice.

    Args:
        best: the arm that is best on average; "" where the study makes no decision.
    """
    chosen = asked.study.opening(best)
    told = _does(result, chosen)
    if not chances or not told:
        return told or "No trajectory came through."
    by = utility_told(asked, result.labels)
    if is_clear(best, chances):
        which = "Best" if chosen == best else f"{_upper(best)} is the best"
        return f"{told} {which} of {len(asked.study.arms)} arms in {100 * chances[best]:.0f} % of worlds, by {by}."
    verdict = f"{none_clear(chances)}, by {by}. On average {best} gains most."
    return f"{verdict} {told}" if chosen == best and not asked.study.asks else f"{told} {verdict}"


def _does(result: Result, chosen: str) -> str:
    """Say what an arm does; "" where no trajectory came through.

    What nothing leads to is named without numbers, since no change there is no finding.
    """
    missed, endpoints = unmoved(result).get(chosen, ()), result.study.endpoints
    parts = [
        f"{row['label']} {_spelt(endpoints, row, row['median'])} "
        f"(90 % of worlds: {_spelt(endpoints, row, row['worlds_90'][0])} to "
        f"{_spelt(endpoints, row, row['worlds_90'][1])})"
        for row in result.summary()
        if row["arm"] == chosen and row["median"] is not None and row["endpoint"] not in missed
    ]
    if not parts and not missed:
        return ""
    told = f"{_upper(chosen)}: {', '.join(parts) or 'nothing that the study looks at'}."
    if missed:
        told += f" Nothing in this mechanism leads from it to {'; '.join(result.labels[name] for name in missed)}."
    return told


def is_clear(chosen: str, chances: Mapping[str, float]) -> bool:
    """Whether an arm is best clearly more often than any other."""
    return all(chances[chosen] - chance >= CLEAR for arm, chance in chances.items() if arm != chosen)


def none_clear(chances: Mapping[str, float]) -> str:
    """Say how often each arm is best where none clearly is: an arm that seldom is best must not read as advice."""
    ranked = sorted(chances.items(), key=lambda one: -one[1])
    often = ", ".join(f"{arm} in {100 * chance:.0f} %" for arm, chance in ranked)
    return f"No arm is clearly best: {often} of worlds"


def utility_told(asked: StudyInLibrary, labels: Mapping[str, str]) -> str:
    """Write what the decision weighs, its prices filled in: `platelet rise + 3 × haematocrit change`.

    Args:
        labels: endpoint → what a reader calls it.
    """
    from ...mechanisms.expression import number, substitute
    from ...mechanisms.formula import parse_formula
    from ...mechanisms.printing import print_formula

    decision = asked.study.decision
    if decision is None:
        return ""
    prices = {name: number(price) for name, price in decision.all_prices.items()}
    weighed = print_formula(substitute(parse_formula(decision.utility), prices))
    signs = re.sub(r"\b1 \* ", "", weighed).replace(" * ", " × ").replace(" - ", " − ")
    return formula_told(signs.removeprefix("0 ") if signs.startswith("0 − ") else signs, labels)


def next_test(asked: StudyInLibrary, result: Result, value: Valuation | None) -> str:
    """Say what is worth testing, and name the experiment of the library that promises most for this decision."""
    if value is None:
        return ""
    promising = next((one for one in asked.promises(result) if one.worth.is_positive and one.changes_choice), None)
    if promising is None:
        return f"{value.sentence} None of the experiments in the library would change the choice."
    known = next(one for one in asked.library.experiments if one.id == promising.experiment.id)
    size = f"n = {known.n}, about {known.weeks:g} weeks, {known.cost}"
    worth = f"it is worth {promising.worth.value:.2g} {value.unit} a decision"
    return f"{value.sentence} The experiment that promises most: {known.title} ({size}); {worth}."


def _chosen(value: Valuation | None) -> list[Finding]:
    """Choose the rows that are shown: those above chance, the most valuable first, and always the control."""
    if value is None:
        return []
    real = [f for f in value.findings if f.kind != "dummy" and (f.worth.is_positive or f.share.is_positive)]
    return [*real[:MOST_ROWS], value.control]


def _worth(finding: Finding) -> content.Worth:
    address = f"/contest/{finding.name}" if finding.kind == "contest" else ""
    label = "a claim about nothing, as control" if finding.kind == "dummy" else finding.title.replace("_", " ")
    return content.Worth(
        finding.name,
        label,
        finding.kind,
        max(0.0, _finite(finding.share.value)),
        max(0.0, _finite(finding.worth.value)),
        max(0.0, _finite(finding.worth.net_chance)),
        finding.worth.is_positive,
        address,
    )


def _summaries(rows: Sequence[Mapping[str, Any]]) -> tuple[content.Summary, ...]:
    """Tell each endpoint in one unit in all arms, which the answer in words has as well."""
    known = [row for row in rows if row["median"] is not None]
    ends: dict[str, list[float]] = {}
    for row in known:
        ends.setdefault(row["endpoint"], []).extend((row["median"], *row["worlds_90"]))
    return tuple(_summary(row, *told_in(row["unit"], ends[row["endpoint"]])) for row in known)


def _summary(row: Mapping[str, Any], told: str, scale: float) -> content.Summary:
    unit = written(told)
    low, high = row["worlds_90"]
    lower, upper = row["worlds_50"]
    least, most = row["all_90"]
    values = (row["median"], low, lower, upper, high, least, most)
    median, low, lower, upper, high, least, most = (_tidy(scale * x) for x in values)
    return content.Summary(
        row["arm"], row["endpoint"], row["label"], unit, median, low, lower, upper, high, least, most
    )


def _is_share(asked: StudyInLibrary, endpoint: str) -> bool:
    return asked.study.endpoints[endpoint].relative_to is not None


def _spelt(endpoints: Mapping[str, Endpoint], row: Mapping[str, Any], value: float) -> str:
    return spelt(value, row["unit"], is_change(endpoints[row["endpoint"]]))


def _given(arm: Sequence[Dosing]) -> str:
    if not arm:
        return content.NOTHING_GIVEN
    return "; ".join(
        f"{one.agent} {one.amount} {one.route}" + (f" every {one.every}, {one.times} times" if one.times > 1 else "")
        for one in arm
    )


def _decision(asked: StudyInLibrary, result: Result, value: Valuation | None) -> str:
    if value is None:
        return ""
    population = asked.study.decision.population if asked.study.decision else ""
    chances = ", ".join(f"{arm} {chance:.0%}".replace("%", " %") for arm, chance in value.chances.items())
    for_whom = f" The decision is for {population}." if population else ""
    return f"How often each arm is best: {chances}.{for_whom} {asked.stability(result)}"


def _tidy(value: float) -> float:
    """Keep five digits; what is left of rounding in the simulation is nothing."""
    return 0.0 if abs(value) < TINY else float(f"{value:.5g}")


def _finite(value: float) -> float:
    return float(value) if np.isfinite(value) else 0.0


def _upper(text: str) -> str:
    """Begin with a capital, but for names that are written as they are, such as pERK, which is not PERK."""
    first = text.partition(" ")[0]
    return text if any(c.isupper() or c.isdigit() for c in first) else text[:1].upper() + text[1:]

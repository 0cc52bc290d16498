"""Reading a PEtab problem: its tables against its model and against each other, everything that is wrong at once."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from ...base.errors import ModelError, Problem, nearest
from ...base.expected import expect
from ...mechanisms.expression import Expression, names, number, walk
from ...mechanisms.formula import parse_formula
from ...mechanisms.network import Network
from ...studies.formula import OPERATIONS
from ..sbml.read import read_sbml_file
from .problem import Given, Measurement, Observable, Petab
from .tables import MISSING, Row, choice, only, read_files

SCALES = ("lin", "log", "log10")
BROKEN = number(math.nan)  # what stands for a formula that cannot be read
_PLACEHOLDER = re.compile(r"(observable|noise)Parameter([1-9]\d*)_(\w+)")


def read_petab(path: str | os.PathLike[str]) -> Petab:
    """Read a PEtab problem, version 1, from its YAML file.

    Raises:
        InputError: it is no path.
        ModelError: files, columns, ids, numbers or formulas are wrong; every problem with its file and line.
        Refused: the model uses a construct that is not run.
    """
    expect("problem", path, (str, os.PathLike), "the path of a YAML file")
    path = Path(path)
    files = read_files(path)
    model = read_sbml_file(files.model)
    problems: list[Problem] = []
    nominal, estimated = _parameters(files.rows["parameter"], problems)
    conditions = _conditions(files.rows["condition"], model, nominal, problems)
    observables = _observables(files.rows["observable"], model, nominal, problems)
    measurements = _measurements(files.rows["measurement"], model, nominal, conditions, observables, problems)
    if problems:
        raise ModelError(str(path), problems)
    return Petab(_at_nominal(model, nominal), nominal, estimated, conditions, observables, measurements)


def _at_nominal(model: Network, nominal: Mapping[str, float]) -> Network:
    parameters = {
        key: replace(one, value=nominal[key]) if key in nominal else one for key, one in model.parameters.items()
    }
    initial = {key: formula for key, formula in model.initial.items() if key not in nominal}
    return model.replace(parameters=parameters, initial=initial)


def _parameters(rows: Collection[Row], problems: list[Problem]) -> tuple[dict[str, float], tuple[str, ...]]:
    found: dict[str, float] = {}
    estimated = []
    for id, row in only(rows, "parameterId", problems).items():
        value = row.number("nominalValue", problems)
        scale = choice(row, "parameterScale", SCALES, "lin", problems)
        if scale != "lin" and value <= 0:
            problems.append(Problem(row.where, f"'nominalValue' is {value:g} on the scale {scale}", "give one above 0"))
        found[id] = value
        if choice(row, "estimate", ("0", "1"), "", problems) == "1":
            estimated.append(id)
            low, high = (row.number(side, problems) for side in ("lowerBound", "upperBound"))
            if low > high:
                problems.append(Problem(row.where, f"'lowerBound' {low:g} is above 'upperBound' {high:g}"))
    return found, tuple(estimated)


def _conditions(
    rows: Collection[Row], model: Network, nominal: Mapping[str, float], problems: list[Problem]
) -> dict[str, dict[str, Given]]:
    settable = {*model.parameters, *model.species, *model.compartments}
    found: dict[str, dict[str, Given]] = {}
    told: set[str] = set()
    for id, row in only(rows, "conditionId", problems).items():
        found[id] = {}
        for column, text in row.cells.items():
            if column in ("conditionId", "conditionName", ""):
                continue
            if column not in settable:
                if column not in told:
                    what = f"the column '{column}' is no parameter, species or compartment of the model"
                    problems.append(Problem(row.where.partition(":")[0] + ":1", what, nearest(column, settable)))
                    told.add(column)
            elif text.lower() not in MISSING:
                found[id][column] = _given(text, {*nominal, *model.parameters}, f"'{column}'", row, problems)
    return found


def _given(text: str, known: Collection[str], called: str, row: Row, problems: list[Problem]) -> Given:
    """Read a number, or the id of a parameter."""
    try:
        value = float(text)
    except ValueError:
        if text not in known:
            what = f"{called} is '{text[:60]}', neither a number nor a parameter"
            problems.append(Problem(row.where, what, nearest(text, known)))
        return text
    if not math.isfinite(value):
        problems.append(Problem(row.where, f"{called} is {text}, which is no number"))
    return value


def _observables(
    rows: Collection[Row], model: Network, nominal: Mapping[str, float], problems: list[Problem]
) -> dict[str, Observable]:
    known = {*model.parameters, *model.species, *model.compartments, *nominal}
    return {
        id: Observable(
            _formula(row, "observableFormula", id, known, problems),
            _formula(row, "noiseFormula", id, known, problems),
            choice(row, "observableTransformation", SCALES, "lin", problems),
            choice(row, "noiseDistribution", ("normal", "laplace"), "normal", problems),
        )
        for id, row in only(rows, "observableId", problems).items()
    }


def _formula(row: Row, column: str, id: str, known: Collection[str], problems: list[Problem]) -> Expression:
    text = re.sub(r"\blog\(", "ln(", row[column].replace("**", "^"))  # here log is the natural logarithm
    try:
        root = parse_formula(text, where=f"'{column}'")
    except ModelError as fault:
        problems.extend(Problem(row.where, f"'{column}' {one.what}", one.help) for one in fault.problems)
        return BROKEN
    for name in sorted(names(root) - set(known)):
        if not ((match := _PLACEHOLDER.fullmatch(name)) and match[3] == id):
            problems.append(Problem(row.where, f"'{column}' has '{name}', which is not known", nearest(name, known)))
    for op in sorted({one.op for one in walk(root)} - {"number", "constant", "name", *OPERATIONS}):
        problems.append(Problem(row.where, f"'{column}' uses '{op}', which is not evaluated here"))
    return root


def _measurements(
    rows: Collection[Row],
    model: Network,
    nominal: Mapping[str, float],
    conditions: Mapping[str, object],
    observables: Mapping[str, Observable],
    problems: list[Problem],
) -> tuple[Measurement, ...]:
    found = []
    for row in rows:
        id = row["observableId"]
        for column, text, known in (
            ("observableId", id, observables),
            ("simulationConditionId", row["simulationConditionId"], conditions),
            ("preequilibrationConditionId", row["preequilibrationConditionId"], conditions),
        ):
            if text not in known and (text or column != "preequilibrationConditionId"):
                what = f"'{column}' is '{text}', which its table does not have" if text else f"'{column}' is empty"
                problems.append(Problem(row.where, what, nearest(text, known)))
        overrides = (
            _overrides(row, observables[id], {*nominal, *model.parameters}, problems) if id in observables else {}
        )
        found.append(
            Measurement(
                row.where,
                id,
                row["preequilibrationConditionId"],
                row["simulationConditionId"],
                row.number("time", problems, infinite=True),
                row.number("measurement", problems),
                overrides,
            )
        )
    return tuple(found)


def _overrides(row: Row, observable: Observable, known: Collection[str], problems: list[Problem]) -> dict[str, Given]:
    """Say what stands for each placeholder of an observable in one row."""
    found: dict[str, Given] = {}
    for kind, root in (("observable", observable.formula), ("noise", observable.noise)):
        matches = [match for name in names(root) if (match := _PLACEHOLDER.fullmatch(name))]
        wanted = {match[0]: int(match[2]) for match in matches if match[1] == kind}
        texts = [text.strip() for text in row[f"{kind}Parameters"].split(";") if text.strip()]
        asked = len(texts) if root is BROKEN else max(wanted.values(), default=0)
        if texts and asked != len(texts):
            what = f"'{kind}Parameters' has {len(texts)}; the formula asks for {asked}"
            problems.append(Problem(row.where, what, "put ; between them"))
        if asked != len(texts):  # where none is given, the measurement says so when it is asked for
            continue
        for name, place in wanted.items():
            found[name] = _given(texts[place - 1], known, f"'{kind}Parameters'", row, problems)
    return found

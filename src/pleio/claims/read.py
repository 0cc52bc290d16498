"""Reading claims, assumptions and references from YAML: every problem of every file at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from ..base import yaml
from ..base.errors import ClaimError, InputError, Problem
from .assumption import Assumption
from .claim import Claim
from .collection import ClaimSet, Place, dangling
from .reference import Reference

M = TypeVar("M", bound=BaseModel)
Source = Path | str
Placed = list[tuple[M, yaml.Loaded, int]]  # a value, the file it is from, and which item of the file it is


def read_claims(sources: Source | Iterable[Source]) -> tuple[Claim, ...]:
    """Read claims from YAML files, folders of them, or texts.

    Raises:
        ClaimError: for each unknown key or word, malformed CURIE, missing part and repeated id, in all files.
    """
    return read_claim_set(sources).claims


def read_assumptions(sources: Source | Iterable[Source]) -> tuple[Assumption, ...]:
    """Read assumptions from YAML: a list of them in each file.

    Raises:
        ClaimError: for each problem of each file.
    """
    problems: list[Problem] = []
    found = _items(sources, Assumption, problems)
    problems += _repeats([(item.id, loaded.where((i, "id"))) for item, loaded, i in found], "the id")
    _raise("the assumptions", problems)
    return tuple(item for item, _, _ in found)


def read_references(sources: Source | Iterable[Source]) -> tuple[Reference, ...]:
    """Read references from YAML: in each file a mapping from CURIE to what it stands for.

    Raises:
        ClaimError: for each problem of each file.
    """
    problems: list[Problem] = []
    found = _references(sources, problems)
    _raise("the references", problems)
    return found


def read_claim_set(
    claims: Source | Iterable[Source],
    assumptions: Source | Iterable[Source] | None = None,
    references: Source | Iterable[Source] | None = None,
) -> ClaimSet:
    """Read claims with the assumptions and references they name, and check that each name stands for something.

    Where no assumptions or no references are given, names of that sort are not checked, and assumptions named are
    left out of the claims.

    Raises:
        ClaimError: for every problem of every file.
    """
    problems: list[Problem] = []
    placed = _items(claims, Claim, problems)
    assumed = [] if assumptions is None else _items(assumptions, Assumption, problems)
    problems += _repeats([(item.id, loaded.where((i, "id"))) for item, loaded, i in assumed], "the id")
    cited = () if references is None else _references(references, problems)
    known = tuple(item for item, _, _ in assumed)
    if assumptions is None:
        placed = [(_bare(claim), loaded, i) for claim, loaded, i in placed]
    at = {id(claim): (loaded, i) for claim, loaded, i in placed}

    def where(claim: Claim, place: Place) -> str:
        loaded, i = at[id(claim)]
        return loaded.where((i, *place))

    problems += dangling([claim for claim, _, _ in placed], known, None if references is None else cited, where)
    _raise("the claims", problems)
    return ClaimSet(tuple(claim for claim, _, _ in placed), known, cited)


def _items(sources: Source | Iterable[Source], model: type[M], problems: list[Problem]) -> Placed[M]:
    found: Placed[M] = []
    for loaded in _load(sources, problems):
        if not isinstance(loaded.value, list):
            problems.append(Problem(loaded.where(()), "should hold a list", "begin each item with '- '"))
            continue
        for i, value in enumerate(loaded.value):
            item = _checked(loaded, model, value, (i,), problems)
            if item is not None:
                found.append((item, loaded, i))
    return found


def _references(sources: Source | Iterable[Source], problems: list[Problem]) -> tuple[Reference, ...]:
    found: dict[str, Reference] = {}
    for loaded in _load(sources, problems):
        if not isinstance(loaded.value, dict):
            problems.append(Problem(loaded.where(()), "should hold a mapping", "write 'curie:' above each reference"))
            continue
        for curie, value in loaded.value.items():
            if isinstance(value, dict):
                value = {"curie": curie, **value}
            reference = _checked(loaded, Reference, value, (curie,), problems)
            if reference is not None and reference.curie in found:
                problems.append(Problem(loaded.where((curie,)), f"'{curie}' is given twice", "keep one"))
            elif reference is not None:
                found[reference.curie] = reference
    return tuple(found[curie] for curie in sorted(found))


def _load(sources: Source | Iterable[Source], problems: list[Problem]) -> list[yaml.Loaded]:
    loaded = []
    for source in _files([sources] if isinstance(sources, str | Path) else sources):
        try:
            loaded.append(yaml.load(source, error=ClaimError))
        except InputError as fault:
            problems += _named(fault)
    return loaded


def _files(sources: Iterable[Source]) -> list[Source]:
    """Spread folders into the YAML files in them."""
    found: list[Source] = []
    for source in sources:
        if isinstance(source, Path) and source.is_dir():
            found += sorted(source.glob("*.yaml"))
        else:
            found.append(source)
    return found


def _checked(loaded: yaml.Loaded, model: type[M], value: Any, at: Place, problems: list[Problem]) -> M | None:
    try:
        # an empty item would be read as "the whole file"
        return yaml.validate(loaded, model, value={} if value is None else value, at=at, error=ClaimError)
    except ClaimError as fault:
        problems += fault.problems
        return None


def _named(fault: InputError) -> list[Problem]:
    """Put the file's name before the problems of a file that could not be read at all."""
    name = fault.subject
    return [
        problem if problem.where.startswith(name) else Problem(f"{name} {problem.where}".rstrip(), *_rest(problem))
        for problem in fault.problems
    ]


def _rest(problem: Problem) -> tuple[str, str]:
    return problem.what, problem.help


def _repeats(named: list[tuple[str, str]], what: str) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for name, where in named:
        if name in seen:
            problems.append(Problem(where, f"{what} '{name}' is given twice", "rename one"))
        seen.add(name)
    return problems


def _bare(claim: Claim) -> Claim:
    evidence = tuple(item.model_copy(update={"rests_on": ()}) for item in claim.evidence)
    return claim.model_copy(update={"rests_on": (), "evidence": evidence})


def _raise(subject: str, problems: list[Problem]) -> None:
    if problems:
        raise ClaimError(subject, problems)

"""Experiments that could be done: what they ask, in which system, how well they would see, what they would take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ..base.errors import ModelError, Problem
from ..base.yaml import load, validate
from ..claims.claim import Context
from ..claims.collection import ClaimSet
from ..claims.vocabulary import Question, SpeciesName, Trust
from ..inference.experiments import Experiment as Asked

NO_AGENT = "none"


class Experiment(BaseModel):
    """A feasible experiment on one claim.

    Attributes:
        system: where it is done.
        agent, made_from: what is given, and of which species it is where that matters; `none` where something is only
            measured.
        n: animals, donors or patients in each group.
        power: chance to see an effect that is there.
        weeks, cost: planning figures, the cost as a whole number and a currency; `trust` says how far they are guesses.
        bears_on: assumptions that its result also speaks to.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: str
    claim: str
    question: Question
    system: Context
    agent: str
    made_from: SpeciesName | None = None
    readout: str
    n: Annotated[int, Field(ge=1)]
    power: Annotated[float, Field(gt=0, lt=1)]
    weeks: Annotated[float, Field(gt=0)]
    cost: Annotated[str, Field(pattern=r"^\d+ [A-Z]{3}$")]
    bears_on: tuple[str, ...] = ()
    trust: Trust

    def asked_of(self, claims: ClaimSet) -> Asked:
        """Give the experiment as belief sees it: the contest it asks, and what its report is read through.

        Raises:
            ClaimError: the claim has no contest about that question.
        """
        given_to = self.system.species
        return Asked(
            id=self.id,
            title=self.title,
            contest=claims.contest(self.claim, self.question).id,
            system=self.system,
            power=self.power,
            foreign=self.made_from if self.made_from and self.made_from != given_to else "",
            rests_on=self.bears_on,
            weeks=self.weeks,
            cost=float(self.cost.partition(" ")[0]),
        )


def load_experiments(folder: Path) -> tuple[Experiment, ...]:
    """Read all experiments of a folder, by id.

    Raises:
        ModelError: every problem of every file, with its line.
    """
    found: dict[str, Experiment] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        table = load(path, name=path.name, error=ModelError)
        if not isinstance(table.value, list):
            problems.append(Problem(path.name, "is not a list of experiments"))
            continue
        for i, value in enumerate(table.value):
            try:
                one = validate(table, Experiment, value=value, at=(i,), error=ModelError)
            except ModelError as fault:
                problems += fault.problems
                continue
            if one.id in found:
                problems.append(Problem(table.where((i, "id")), f"'{one.id}' is given twice", "rename one"))
            found[one.id] = one
    if problems:
        raise ModelError("the experiments", problems)
    return tuple(found[id] for id in sorted(found))

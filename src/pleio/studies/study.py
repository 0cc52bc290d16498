"""A study as a value: arms, cohort, worlds, endpoints and a decision, and how it is read from YAML.

This file knows the form of a study only; whether its names exist in a mechanism is asked in `check.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, JsonValue, model_validator

from ..base.digests import digest
from ..base.errors import StudyError
from ..base.yaml import WrongAt, load, validate
from .forms import AnyDistribution, AnyQuantity, Duration, Form, formula_names, mended, plain
from .own import with_agents
from .regimens.dosing import Arm, Dosing
from .settings import changed
from .subjects.nets import Net
from .subjects.stated import Cohort
from .subjects.table import with_subjects

__all__ = ["Cohort", "Decision", "Dosing", "Endpoint", "Study", "Worlds", "plain", "read_study"]


class Worlds(Form):
    """How many worlds are drawn, under which priors, from which seed.

    Attributes:
        draws: whether each draw is independent, or they are spread evenly over the worlds.
        replicates: of how many independently randomised sets quasi-random worlds consist.
        suppose: assumption → the state, or contest → the outcome, that is taken as given.
    """

    count: Annotated[int, Field(ge=1, le=100_000_000)] = 1024
    belief: Literal["sceptic", "neutral", "believer"] = "neutral"
    seed: int = 1
    draws: Literal["random", "quasi-random"] = "random"
    replicates: Annotated[int, Field(ge=2, le=256)] = 8
    suppose: dict[str, str] = Field(default_factory=dict)

    @property
    def net(self) -> Net | None:
        return Net(self.replicates) if self.draws == "quasi-random" else None

    @model_validator(mode="after")
    def _enough(self) -> Worlds:
        if self.draws == "random" and "replicates" in self.model_fields_set and self.replicates != 8:
            raise ValueError("'replicates' are of quasi-random worlds; add 'draws: quasi-random'")
        if self.draws == "quasi-random" and self.count < 2 * self.replicates:
            raise ValueError(f"{self.count} worlds are too few for {self.replicates} replicates of two or more")
        return self


class Endpoint(Form):
    """One number per subject, taken from a trajectory.

    Attributes:
        of: a species, observable or assigned quantity of the mechanism.
        take: how the number is taken; times are in the mechanism's unit of time.
        relative_to: `baseline` gives (value − baseline)/baseline.
        change_from: `baseline` gives value − baseline.
        window: first and last time; the whole study by default.
        threshold: what `time_below` and `time_above` compare with.
    """

    of: str
    take: Literal[
        "maximum", "minimum", "final", "mean", "auc", "time_of_maximum", "time_of_minimum", "time_below", "time_above"
    ]
    relative_to: Literal["baseline"] | None = None
    change_from: Literal["baseline"] | None = None
    window: tuple[Duration, Duration] | None = None
    threshold: AnyQuantity | None = None
    label: str = ""

    @model_validator(mode="after")
    def _meaning(self) -> Endpoint:
        if (self.take in ("time_below", "time_above")) != (self.threshold is not None):
            raise ValueError("'threshold' goes with time_below and time_above, and only with them")
        if self.relative_to and self.change_from:
            raise ValueError("'relative_to' and 'change_from' exclude each other")
        if (self.relative_to or self.change_from) and self.take.startswith("time_"):
            raise ValueError(f"'{self.take}' is a time; it has no baseline")
        if self.window and not self.window[0].to("h") < self.window[1].to("h"):
            raise ValueError("the window ends before it begins")
        return self


class Decision(Form):
    """What is chosen, and by which utility.

    Attributes:
        choose: what is chosen between; the arms.
        utility: a formula of endpoints and prices; more is better.
        price, prices: numbers that the formula may name.
        unit: the unit of the utility.
        population: to whom the decision applies; `… N a year` gives the number of decisions.
        horizon: how long after the start the utility is counted.
    """

    choose: Literal["arm"] = "arm"
    utility: str
    price: float | None = None
    prices: dict[str, float] = Field(default_factory=dict)
    unit: str = ""
    population: str = ""
    horizon: Duration | None = None

    @property
    def all_prices(self) -> dict[str, float]:
        return {**self.prices, **({"price": self.price} if self.price is not None else {})}

    @property
    def population_size(self) -> float | None:
        """How many a year the decision concerns, where the text says so."""
        match = re.search(r"([\d][\d,_ ]*)\s*(?:a|per|/)\s*(?:year|yr|y)\b", self.population)
        return float(re.sub(r"[,_ ]", "", match[1])) if match else None


class Study(Form):
    """A question, and all that is needed to answer it by simulation.

    Attributes:
        mechanism: names of library modules.
        agents: name → an agent of the study's own, as the library reads it; arms name it as they name the library's.
        arms: name → what is given; nothing where empty.
        conditions: parameters of the mechanism that are set in all arms and in the baseline phase, such as a disease
            input.
        baseline: how long the phase before time 0 lasts; to steady state where absent.
        observe: what trajectories are kept of; what the endpoints are of, by default.
        every: time between kept points; a two-hundredth of the horizon by default.
        asks: the arm that the question is about, which answers open with.
    """

    title: str
    question: str = ""
    mechanism: tuple[str, ...]
    cohort: Cohort = Cohort()
    agents: dict[str, dict[str, JsonValue]] = Field(default_factory=dict)
    arms: dict[str, Arm]
    conditions: Annotated[dict[str, AnyDistribution], BeforeValidator(mended)] = Field(default_factory=dict)
    baseline: Duration | None = None
    worlds: Worlds = Worlds()
    horizon: Duration
    endpoints: dict[str, Endpoint]
    observe: tuple[str, ...] = ()
    every: Duration | None = None
    asks: str = ""
    decision: Decision | None = None

    def __repr__(self) -> str:
        return f"<Study {self.title}: arms {len(self.arms)}, endpoints {len(self.endpoints)}>"

    @model_validator(mode="after")
    def _fits_together(self) -> Study:
        for name in ("mechanism", "arms", "endpoints"):
            if not getattr(self, name):
                raise ValueError(f"'{name}' is empty")
        if self.horizon.value == 0:
            raise ValueError("the horizon is zero")
        for name, endpoint in self.endpoints.items():
            if endpoint.window and endpoint.window[1].to("h") > self.horizon.to("h"):
                what = f"the window of '{name}' ends after the horizon of {self.horizon}"
                raise WrongAt(what, "endpoints", name, "window")
        for name, arm in self.arms.items():
            for dosing in arm:
                if dosing.start.to("h") > self.horizon.to("h"):
                    what = f"arm '{name}' gives its first dose after the horizon of {self.horizon}"
                    raise WrongAt(what, "arms", name)
        if self.asks and self.asks not in self.arms:
            what = f"the study asks about '{self.asks}', which is no arm; they are {', '.join(self.arms)}"
            raise WrongAt(what, "asks")
        if self.decision is not None:
            self._check_decision(self.decision)
        return self

    def opening(self, best: str = "") -> str:
        """Give the arm that an answer opens with.

        Args:
            best: the arm that is best on average, where that is known.
        Returns:
            The arm that the study asks about; where it does not say, the best, or where that gives nothing that not
            every arm gives, the first that does.
        """
        if self.asks:
            return self.asks
        common = [one for one in next(iter(self.arms.values())) if all(one in arm for arm in self.arms.values())]
        giving = [name for name, arm in self.arms.items() if any(one not in common for one in arm)]
        if best in giving or not giving:
            return best or next(iter(self.arms))
        return giving[0]

    def _check_decision(self, decision: Decision) -> None:
        twice = [name for name in decision.all_prices if name in self.endpoints]
        if twice:
            raise WrongAt(f"'{twice[0]}' is both a price and an endpoint; rename one", "decision")
        if decision.price is not None and "price" in decision.prices:
            raise WrongAt("'price' is given twice, by itself and under 'prices'; keep one", "decision", "prices")
        used = formula_names(decision.utility)
        if not used & set(self.endpoints):
            what = f"the utility '{decision.utility}' names no endpoint; they are {', '.join(self.endpoints)}"
            raise WrongAt(what, "decision", "utility")
        unknown = used - set(self.endpoints) - set(decision.all_prices)
        if unknown:
            what = f"the utility names '{min(unknown)}', which is neither an endpoint nor a price"
            raise WrongAt(what, "decision", "utility")

    @property
    def observed(self) -> tuple[str, ...]:
        """What trajectories are kept of, each once."""
        return tuple(dict.fromkeys(self.observe or (endpoint.of for endpoint in self.endpoints.values())))

    @property
    def digest(self) -> str:
        """The identity of the study's content."""
        return digest(plain(self))


def read_study(source: Path | str, *, name: str | None = None, changes: Mapping[str, Any] | None = None) -> Study:
    """Read a study from a YAML file or text, and the files of subjects and of agents that it names.

    Args:
        changes: path → value that takes the place of what the file says; see `settings.changed`.
    Raises:
        StudyError: every unknown key, missing key and wrong value, with its line; every wrong row of the file.
    """
    loaded = load(source, name=name, error=StudyError)
    value = loaded.value if not changes else changed(loaded.value, changes)
    folder = source.parent if isinstance(source, Path) else None
    value = with_agents(with_subjects(value, folder), folder)
    return validate(loaded, Study, value=value, error=StudyError)

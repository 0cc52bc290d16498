"""An antibody of one's own: a short YAML file, and the values of any human IgG where it leaves a blank.

```yaml
title: LX-11
target: IL11            # or IL11RA
affinity: 80 pM         # a quantity, or a distribution such as range(50 pM, 120 pM)
half_life: 24 d
```
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ...base.errors import InputError, Problem, StudyError, nearest
from ...base.quantities import Distribution
from ...base.yaml import load, validate
from ...studies.forms import AnyDistribution, Duration, mended
from ...studies.mechanism import Agent as Given

if TYPE_CHECKING:
    from ...assembly.module import Mechanism, Prior
    from ..opened import Library

NEEDS = ("antibody_pk", "il11_source", "receptor")
"""Modules without which an antibody has neither kinetics nor a target."""
GENERIC = {"IL11": "anti-IL11", "IL11RA": "anti-IL11RA"}
"""Target → the library's agent that stands for any human IgG against it."""
TARGETS = {
    **{name: name for name in GENERIC},
    "IL-11": "IL11",
    "IL-11Ra": "IL11RA",
    "hgnc:5966": "IL11",
    "hgnc:5967": "IL11RA",
}
FIELDS = {
    "affinity": "antibody_kd",
    "association": "antibody_kon",
    "clearance": "antibody_clearance",
    "central_volume": "antibody_central_volume",
    "peripheral_volume": "antibody_peripheral_volume",
    "flow": "antibody_flow",
    "bioavailability": "antibody_bioavailability",
    "absorption": "antibody_ka",
    "tissue_ratio": "antibody_tissue_ratio",
}  # fmt: skip
"""What the file may say → the parameter that it sets."""


def _target(value: Any) -> str:
    known = {name.lower(): target for name, target in TARGETS.items()}
    words = str(value).split()
    found = next((known[word.lower()] for word in words if word.lower() in known), None)
    if found is None:
        raise ValueError(f"'{value}' is no target that the library models; write IL11 or IL11RA")
    return found


_Law = Annotated[AnyDistribution, BeforeValidator(mended)] | None


class OwnAgent(BaseModel):
    """An antibody as its owner describes it; what is left blank is that of any human IgG.

    Attributes:
        title: how results call it.
        target: IL11 (neutralised) or IL11RA (blocked).
        affinity, association: dissociation constant and association rate.
        half_life: the last one, in place of `clearance`.
        clearance, central_volume, peripheral_volume, flow: of an adult of 70 kg.
        bioavailability, absorption: where it is given subcutaneously.
        tissue_ratio: concentration in tissue fluid over that in plasma.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    title: Annotated[str, Field(min_length=1, max_length=80)]
    target: Annotated[str, BeforeValidator(_target)]
    molar_mass: _Law = None
    affinity: _Law = None
    association: _Law = None
    half_life: Duration | None = None
    clearance: _Law = None
    central_volume: _Law = None
    peripheral_volume: _Law = None
    flow: _Law = None
    bioavailability: _Law = None
    absorption: _Law = None
    tissue_ratio: _Law = None

    @model_validator(mode="after")
    def _once(self) -> OwnAgent:
        if self.half_life is not None and self.clearance is not None:
            raise ValueError("half_life and clearance say the same; keep one")
        return self


@dataclass(frozen=True)
class Known:
    """One value that a run of the agent used.

    Attributes:
        name: what it is, in words.
        generic: whether it is that of any human IgG, since the file left it blank.
        trust: of a generic value.
    """

    name: str
    parameter: str
    value: str
    generic: bool
    trust: str = ""

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "from": "any human IgG" if self.generic else "your file"}


def read_own_agent(path: Path) -> OwnAgent:
    """Read a file of one's own.

    Raises:
        StudyError: every unknown key, wrong value and missing key, with its line.
    """
    loaded = load(path, name=str(path), error=StudyError)
    if not isinstance(loaded.value, dict):
        help = "write 'title: …' and 'target: IL11' at least"
        raise StudyError(loaded.name, Problem("", "is not a mapping", help))
    stated = {key: value for key, value in loaded.value.items() if value is not None}
    return validate(loaded, OwnAgent, value=stated, error=StudyError)


def find_own_agent(text: str, library: Library) -> OwnAgent | None:
    """Read what `--agent` names: a YAML file; None where it is an agent of the library.

    Raises:
        StudyError: there is neither such a file nor such an agent, or the file is wrong.
    """
    if text in library.agents:
        return None
    if text.endswith((".yaml", ".yml")):
        return read_own_agent(Path(text))
    help = nearest(text, library.agents) or "name an agent of the library, or a .yaml file"
    raise StudyError(f"--agent {text}", Problem("", "is neither a .yaml file nor an agent of the library", help))


def given(own: OwnAgent, library: Library, assembled: Mechanism) -> tuple[Given, tuple[Known, ...]]:
    """Make the agent that a study gives, and say where each of its values comes from.

    Raises:
        StudyError: a value has a unit that does not fit its parameter; all of them at once.
    """
    like = library.agents[GENERIC[own.target]].given_in(assembled.network)
    laws, problems = _laws(own, assembled.priors)
    molar_mass = like.molar_mass
    if own.molar_mass is not None:
        try:
            molar_mass = own.molar_mass.to("g/mol").median
        except InputError as fault:
            problems.append(Problem("molar_mass", str(fault)))
    if problems:
        raise StudyError(f"agent '{own.title}'", problems)
    agent = Given(own.title, molar_mass, like.routes, like.bioavailability, like.lag, like.parameters, laws)
    return agent, _known(own, laws, assembled.priors, molar_mass or math.nan)


def _laws(own: OwnAgent, priors: Mapping[str, Prior]) -> tuple[dict[str, Distribution], list[Problem]]:
    found: dict[str, Distribution] = {}
    problems = []
    for field, parameter in FIELDS.items():
        law: Distribution | None = getattr(own, field)
        if law is None:
            continue
        try:
            found[parameter] = law.to(priors[parameter].unit)
            if found[parameter].quantile(0.001) < 0:
                problems.append(Problem(field, f"'{law.text}' can be negative"))
        except InputError as fault:
            problems.append(Problem(field, fault.problems[0].what or str(fault), f"it is in {priors[parameter].unit}"))
    if own.half_life is not None and not problems:
        try:
            found["antibody_clearance"] = _clearance(own.half_life.to("h"), found, priors)
        except ValueError as fault:
            problems.append(Problem("half_life", str(fault)))
    return found, problems


def _clearance(half_life: float, own: Mapping[str, Distribution], priors: Mapping[str, Prior]) -> Distribution:
    """Give the clearance at which two compartments, at their medians, have the last half-life that is stated.

    The slope l of the last phase solves l² − l (k10 + k12 + k21) + k10 k21 = 0.
    """

    def median(name: str) -> float:
        return own[name].median if name in own else priors[name].value

    central, peripheral, flow = (
        median(f"antibody_{part}") for part in ("central_volume", "peripheral_volume", "flow")
    )  # fmt: skip
    if half_life <= 0:
        raise ValueError("is zero")
    slope = math.log(2) / half_life
    into, back = flow / central, flow / peripheral
    if slope >= back:
        raise ValueError(f"is shorter than the exchange with the periphery allows, {math.log(2) / back:.3g} h")
    value = central * slope * (into + back - slope) / (back - slope)
    like = priors["antibody_clearance"].distribution
    return Distribution(
        "constant", value, 0.0, like.unit, text=f"{value:.3g} {priors['antibody_clearance'].unit}, from the half-life"
    )


def _known(
    own: OwnAgent, laws: Mapping[str, Distribution], priors: Mapping[str, Prior], molar_mass: float
) -> tuple[Known, ...]:
    rows = [Known("molar mass", "", f"{molar_mass / 1000:g} kDa", own.molar_mass is None, "unv-H")]
    for field, parameter in FIELDS.items():
        prior, stated = priors[parameter], getattr(own, field)
        generic = parameter not in laws
        value = f"{prior.distribution} {prior.unit}" if generic else stated.text if stated else laws[parameter].text
        rows.append(Known(field.replace("_", " "), parameter, value.removesuffix(" 1"), generic, prior.trust))
    return tuple(Known(r.name, r.parameter, r.value, r.generic, r.trust if r.generic else "") for r in rows)

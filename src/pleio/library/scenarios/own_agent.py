"""An antibody of one's own: a short YAML file, and the values of any human IgG where it leaves a blank.

```yaml
title: LX-11
target: IL11            # or IL11RA
reacts_with: [human]    # which species' target it binds; any where blank
affinity: 80 pM         # a quantity, or a distribution such as range(50 pM, 120 pM)
half_life: 24 d
```
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ...base.errors import Problem, StudyError, nearest
from ...base.quantities import Distribution
from ...base.units import parse
from ...base.yaml import load, validate
from ...claims.vocabulary import SpeciesName
from ...studies.forms import AnyDistribution, Duration, mended
from ...studies.mechanism import Agent as Given

if TYPE_CHECKING:
    from ...assembly.module import Mechanism, Prior
    from ..agents import Agent
    from ..opened import Library

NEEDS = ("antibody_pk", "il11_source", "receptor")
"""Modules without which an antibody has neither kinetics nor a target."""
DRUG = "human"
"""The species of IL-11 that is given as a drug."""
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
    words = [str(word) for word in value] if isinstance(value, list) else str(value).split()
    found = {known[word.lower()] for word in words if word.lower() in known}
    others = [word for word in words if word.lower() not in known]
    if len(found) == 1 and not others:
        return found.pop()
    if not found:
        raise ValueError(f"'{value}' is no target that the library models; write IL11 or IL11RA")
    what = f"'{value}' names more than the one target that is modelled"
    help = "of a bispecific write the arm against IL11 or IL11RA alone; what the other arm does is in no module"
    raise ValueError(f"{what}; {help}")


def _species(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _in(unit: str) -> AfterValidator:
    """Ask for a value, or a distribution of values, that can be told in a unit and is not negative."""

    def check(law: Distribution) -> Distribution:
        if not law.unit.fits(parse(unit)):
            raise ValueError(f"'{law.text}' is not in {unit} or the like")
        if law.quantile(0.001) < 0:
            raise ValueError(f"'{law.text}' can be negative")
        return law

    return AfterValidator(check)


_Law = Annotated[AnyDistribution, BeforeValidator(mended)]
_Volume = Annotated[_Law, _in("L")] | None
_Flow = Annotated[_Law, _in("L/d")] | None
_Share = Annotated[_Law, _in("1")] | None


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
        reacts_with: species whose target it binds; any where blank.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    title: Annotated[str, Field(min_length=1, max_length=80)]
    target: Annotated[str, BeforeValidator(_target)]
    molar_mass: Annotated[_Law, _in("kDa")] | None = None
    affinity: Annotated[_Law, _in("nM")] | None = None
    association: Annotated[_Law, _in("1/(nM*h)")] | None = None
    half_life: Duration | None = None
    clearance: _Flow = None
    central_volume: _Volume = None
    peripheral_volume: _Volume = None
    flow: _Flow = None
    bioavailability: _Share = None
    absorption: Annotated[_Law, _in("1/d")] | None = None
    tissue_ratio: _Share = None
    reacts_with: Annotated[tuple[SpeciesName, ...], BeforeValidator(_species)] = ()

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


def generic_for(target: str, library: Library, modules: Sequence[str]) -> Agent:
    """Give the library's antibody against a target that is given as the modules have it: to a body, or into a dish."""
    usual = library.agents[GENERIC[target]]
    of_target = (one for one in library.agents.values() if one.kind == "antibody" and one.target == usual.target)
    fitting = [one for one in of_target if one.module in modules and one.module != usual.module]
    return fitting[0] if fitting and usual.module not in modules else usual


def given(
    own: OwnAgent, library: Library, assembled: Mechanism, species: str = "human"
) -> tuple[Given, tuple[Known, ...]]:
    """Make the agent that a study gives, and say where each of its values comes from.

    Args:
        species: of the subjects.  An agent that does not react with their target leaves it alone; what is given as a
            drug is taken to be human.
    Raises:
        StudyError: no clearance gives the half-life.
    """
    like = generic_for(own.target, library, assembled.modules).given_in(assembled.network)
    laws = _laws(own, assembled.priors)
    molar_mass = own.molar_mass.to("g/mol").median if own.molar_mass else like.molar_mass
    whose = {name: DRUG if name == "antibody_binds_drug" else species for name in like.parameters}
    bound = {name for name in whose if not own.reacts_with or whose[name] in own.reacts_with}
    parameters = {name: value if name in bound else 0.0 for name, value in like.parameters.items()}
    agent = Given(own.title, molar_mass, like.routes, like.bioavailability, like.lag, parameters, laws)
    return agent, _known(own, laws, assembled.priors, molar_mass or math.nan)


def _laws(own: OwnAgent, priors: Mapping[str, Prior]) -> dict[str, Distribution]:
    """Give parameter → what the file says of it, for those that the mechanism has: a dish has no clearance."""
    stated = {parameter: getattr(own, field) for field, parameter in FIELDS.items() if parameter in priors}
    found = {name: law.to(priors[name].unit) for name, law in stated.items() if law is not None}
    if own.half_life is not None and "antibody_clearance" in priors:
        try:
            found["antibody_clearance"] = _clearance(own.half_life.to("h"), found, priors)
        except ValueError as fault:
            raise StudyError(f"agent '{own.title}'", Problem("half_life", str(fault))) from None
    return found


def _clearance(half_life: float, own: Mapping[str, Distribution], priors: Mapping[str, Prior]) -> Distribution:
    """Give the clearance at which two compartments, at their medians, have the half-life that is stated.

    The slopes l of both phases solve l² − l (k10 + k12 + k21) + k10 k21 = 0.  A half-life that the last phase can have
    is taken for that phase; one that is shorter than any of the exchange, such as that of a Fab, for the first, in
    which most is gone before it spreads.
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
    if back <= slope <= into + back:
        what = f"is between {math.log(2) / (into + back):.3g} and {math.log(2) / back:.3g} h, which no phase can have"
        raise ValueError(f"{what} with this exchange with the periphery; give 'clearance', or another 'flow'")
    phase = "last" if slope < back else "first"
    value = central * slope * (into + back - slope) / (back - slope)
    like = priors["antibody_clearance"].distribution
    said = f"{value:.3g} {priors['antibody_clearance'].unit}, from the half-life as that of the {phase} phase"
    return Distribution("constant", value, 0.0, like.unit, text=said)


def _known(
    own: OwnAgent, laws: Mapping[str, Distribution], priors: Mapping[str, Prior], molar_mass: float
) -> tuple[Known, ...]:
    rows = [Known("molar mass", "", f"{molar_mass / 1000:g} kDa", own.molar_mass is None, "unv-H")]
    for field, parameter in FIELDS.items():
        if parameter not in priors:
            continue
        prior, stated = priors[parameter], getattr(own, field)
        generic = parameter not in laws
        value = f"{prior.distribution} {prior.unit}" if generic else stated.text if stated else laws[parameter].text
        rows.append(Known(field.replace("_", " "), parameter, value.removesuffix(" 1"), generic, prior.trust))
    return tuple(Known(r.name, r.parameter, r.value, r.generic, r.trust if r.generic else "") for r in rows)

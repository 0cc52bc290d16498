"""An agent of one's own: what a short YAML file, or a study under `agents`, says of it.

An antibody has a target, and the values of any human IgG where a blank is left:

```yaml
title: LX-11
target: IL11            # or IL11RA
reacts_with: [human]    # which species' target it binds; any where blank
affinity: 80 pM         # a quantity, or a distribution such as range(50 pM, 120 pM)
half_life: 24 d
```

Anything else is like an agent of the library, but for some parameters:

```yaml
title: JX-2
like: ruxolitinib
molar_mass: 410 g/mol
parameters: {ruxolitinib_ki: 5 nM}
```
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ...base.errors import Problem, StudyError, nearest
from ...base.files import read_text
from ...base.quantities import Distribution, rejoin
from ...base.units import parse
from ...base.yaml import Loaded, WrongAt, load, validate
from ...claims.vocabulary import SpeciesName
from ...studies.forms import AnyDistribution, Duration, mended
from ...studies.own import LARGEST

if TYPE_CHECKING:
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
        return _not_negative(law)

    return AfterValidator(check)


def _not_negative(law: Distribution) -> Distribution:
    if law.quantile(0.001) < 0:
        raise ValueError(f"'{law.text}' can be negative")
    return law


_Law = Annotated[AnyDistribution, BeforeValidator(mended)]
_Volume = Annotated[_Law, _in("L")] | None
_Flow = Annotated[_Law, _in("L/d")] | None
_Share = Annotated[_Law, _in("1")] | None


class OwnAgent(BaseModel):
    """An agent as its owner describes it; what is left blank is that of any human IgG, or of the agent it is like.

    Attributes:
        title: how results call it, where it is not named otherwise.
        like: an agent of the library; in place of `target` and all that is of antibodies.
        parameters: of the mechanism that are otherwise where it is given than where `like` is.
        target: IL11 (neutralised) or IL11RA (blocked).
        affinity, association: dissociation constant and association rate.
        half_life: the last one, in place of `clearance`.
        clearance, central_volume, peripheral_volume, flow: of an adult of 70 kg.
        bioavailability, absorption: where it is given subcutaneously.
        tissue_ratio: concentration in tissue fluid over that in plasma.
        reacts_with: species whose target it binds; any where blank.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    title: Annotated[str, Field(max_length=80)] = ""
    target: Annotated[str, BeforeValidator(_target)] = ""
    like: Annotated[str, Field(max_length=80)] = ""
    parameters: Annotated[
        dict[str, Annotated[AnyDistribution, AfterValidator(_not_negative)]], BeforeValidator(mended)
    ] = Field(default_factory=dict, max_length=64)
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
    def _one_kind(self) -> OwnAgent:
        if not (self.target or self.like):
            help = "write 'target: IL11' or 'target: IL11RA' of an antibody, of anything else 'like: AGENT'"
            raise ValueError(f"says neither 'target' nor 'like'; {help}")
        of_antibodies = [key for key in ("target", *FIELDS, "half_life") if key in self.model_fields_set]
        if self.like and of_antibodies:
            what = f"'{of_antibodies[0]}' is of an antibody with a 'target', and this is like '{self.like}'"
            raise WrongAt(f"{what}; write its 'parameters'", of_antibodies[0])
        if self.target and self.parameters:
            what = "'parameters' go with 'like', and this has a 'target'"
            raise WrongAt(f"{what}; write what antibodies have: {', '.join(FIELDS)}", "parameters")
        return self

    @model_validator(mode="after")
    def _once(self) -> OwnAgent:
        if self.half_life is not None and self.clearance is not None:
            raise ValueError("half_life and clearance say the same; keep one")
        return self


def read_own_agent(path: Path) -> tuple[str, dict[str, Any]]:
    """Read a file of one's own: the agent's name, that of the file where it has no title, and what is said of it.

    Raises:
        StudyError: every unknown key, wrong value and missing key, with its line.
    """
    text = read_text(path, StudyError, largest=LARGEST)
    loaded = load(text, name=str(path), error=StudyError)
    stated = _filled(loaded)
    return validate(loaded, OwnAgent, value=stated, error=StudyError).title or path.stem, stated


def _filled(loaded: Loaded) -> dict[str, Any]:
    if not isinstance(loaded.value, dict):
        raise StudyError(loaded.name, Problem("", "is not a mapping", "write 'title: …' and 'target: IL11' at least"))
    return {key: value for key, value in rejoin(loaded.value).items() if value is not None}


def own_agents(stated: Mapping[str, Mapping[str, Any]], library: Library) -> dict[str, OwnAgent]:
    """Give name → agent of a study's own.

    Raises:
        StudyError: all that is wrong with any, as `agents.NAME.key`.
    """
    found: dict[str, OwnAgent] = {}
    problems: list[Problem] = []
    for name, said in stated.items():
        where = f"agents.{name}"
        if name in library.agents:
            problems.append(Problem(where, "is an agent of the library", "give yours another name"))
        loaded = Loaded("", dict(said), {})
        try:
            found[name] = validate(loaded, OwnAgent, value=_filled(loaded), at=("agents", name), error=StudyError)
        except StudyError as fault:  # a part of a mapping has no line of its own here
            problems += [Problem(p.where.partition(" ")[2] or where, p.what, p.help) for p in fault.problems]
            continue
        like = found[name].like
        if like and like not in library.agents:
            problems.append(
                Problem(f"{where}.like", f"'{like}' is no agent of the library", nearest(like, library.agents))
            )
    if problems:
        raise StudyError("agents", problems)
    return found


def find_own_agent(text: str, library: Library) -> tuple[str, dict[str, Any]] | None:
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

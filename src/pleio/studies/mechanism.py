"""What a study needs to know of a mechanism and of the agents given to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ..mechanisms.network import Network

Array = NDArray[np.float64]
Settings = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Assumption → state → parameter → the value that it takes in that state."""


class Uncertain(Protocol):
    """A distribution that is drawn through its quantiles; `base.quantities.Distribution` is one."""

    @property
    def median(self) -> float: ...

    def quantile(self, uniforms: Any, /) -> Array: ...


@dataclass(frozen=True)
class Switch:
    """How a contested effect enters: the contest that decides it, and the parameters that hold its sign and gain."""

    contest: str
    sign: str
    gain: str


@dataclass(frozen=True, eq=False, repr=False)
class Mechanism:
    """A network with what is uncertain about it.

    Attributes:
        switches: switch id → contest, sign and gain.
        gates: parameter → the contest that decides whether it is 1 (increases) or 0.
        uncertain: parameter → its distribution, in the network's unit.
        settings: assumption → state → parameter → value that it takes in that state.
    """

    network: Network
    switches: Mapping[str, Switch] = field(default_factory=dict)
    uncertain: Mapping[str, Uncertain] = field(default_factory=dict)
    settings: Settings = field(default_factory=dict)
    gates: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Mechanism {self.network.name}: switches {len(self.switches)}, uncertain {len(self.uncertain)}>"

    @property
    def contests(self) -> tuple[str, ...]:
        """The contests that decide its switches and gates, each once."""
        return tuple(dict.fromkeys((*(switch.contest for switch in self.switches.values()), *self.gates.values())))

    @property
    def gains(self) -> tuple[str, ...]:
        """The parameters that are magnitudes of contested effects."""
        return tuple(switch.gain for switch in self.switches.values())


@dataclass(frozen=True)
class Agent:
    """A thing that can be given.

    Attributes:
        molar_mass: in g/mol; None where doses cannot be converted from mass.
        routes: route → the species that a dose enters.
        bioavailability: route → the share of a dose that enters, a number or the name of a parameter; 1 where absent.
        lag: route → the delay before a dose enters, in the mechanism's unit of time, a number or a parameter's name.
        parameters: parameter → value that it takes where this agent is given.
        uncertain: parameter → distribution over worlds that takes the place of the mechanism's where it is given.
        settings: assumption → state → parameter → value that it takes in that state, in place of all of these.
    """

    name: str
    molar_mass: float | None
    routes: Mapping[str, str]
    bioavailability: Mapping[str, float | str] = field(default_factory=dict)
    lag: Mapping[str, float | str] = field(default_factory=dict)
    parameters: Mapping[str, float] = field(default_factory=dict)
    uncertain: Mapping[str, Uncertain] = field(default_factory=dict)
    settings: Settings = field(default_factory=dict)

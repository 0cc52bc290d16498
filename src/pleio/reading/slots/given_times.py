"""For how long each agent was given, by the set-up sentences of an experiment, and for which panels of a legend.

What a legend says before its first panel holds for all panels, but for those that say otherwise.  A panel's own set-up
goes on to later panels only where it is a sentence ("Cells were treated with A for 24 h."), and while the panels agree.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class GivenTime:
    """A time, and whether a whole sentence said so; a description without a verb speaks for its own panel."""

    time: str | None
    whole: bool = True


@dataclass
class GivenTimes:
    """The times of each agent by the letters of the panels that they are told for; "" is all."""

    told: dict[str, dict[str, GivenTime]] = field(default_factory=dict)

    def __contains__(self, agent: str) -> bool:
        """Say whether a set-up sentence named an agent, with or without a time."""
        return agent in self.told

    def keep(self, agent: str, time: str | None, panels: str = "", *, whole: bool = True) -> None:
        """Keep the time of an agent; outside panels it takes the place of all that was said before."""
        if not panels:
            self.told[agent] = {}
        self.told.setdefault(agent, {})[panels] = GivenTime(time, whole)

    def of(self, agent: str, panel: str = "", *, goes_on: bool = True) -> str | None:
        """Give the time of an agent in a panel: its own, that of all, or one that goes on from other panels.

        Example:
            >>> times = GivenTimes()
            >>> times.keep("A", "24 h", "A")
            >>> times.of("A", "A"), times.of("A", "C"), times.of("A", "C", goes_on=False)
            ('24 h', '24 h', None)
        """
        told = self.told.get(agent, {})
        own = next((given for letters, given in reversed(told.items()) if panel and panel in letters), told.get(""))
        if own is not None:
            return own.time
        times = {given.time for given in told.values()}
        whole = all(given.whole for given in told.values())
        return times.pop() if goes_on and whole and len(times) == 1 else None

    def any(self) -> str | None:
        """Give the first time that was told for any agent."""
        return next((given.time for told in self.told.values() for given in told.values() if given.time), None)

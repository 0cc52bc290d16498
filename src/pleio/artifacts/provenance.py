"""Provenance, recorded where the work is done: what was used, by which version, with which seed, from when to when.

The words are those of W3C PROV: an artifact is an entity, an `Activity` used entities and generated it, the program is
the agent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .envelope import LICENCE, Envelope, MadeBy, now, seal


@dataclass(frozen=True, order=True)
class Used:
    """One thing that an activity used: its part in it, and its artifact id, CURIE or `sha256:` digest."""

    role: str
    id: str


@dataclass(frozen=True)
class Activity:
    """One piece of work: what was done, when, by what, with what."""

    what: str
    started: str
    ended: str
    agent: MadeBy
    used: tuple[Used, ...] = ()
    seed: int | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "started": self.started,
            "ended": self.ended,
            "agent": {"name": self.agent.name, "version": self.agent.version},
            "used": [{"role": item.role, "id": item.id} for item in self.used],
            "seed": self.seed,
            "parameters": dict(self.parameters),
        }

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Activity:
        return Activity(
            value["what"],
            value["started"],
            value["ended"],
            MadeBy(**value["agent"]),
            tuple(Used(item["role"], item["id"]) for item in value["used"]),
            value["seed"],
            value["parameters"],
        )


class Recording:
    """An activity under way: tell it what is used, then seal what it makes."""

    def __init__(self, what: str, *, seed: int | None = None, parameters: Mapping[str, Any] | None = None) -> None:
        self.what = what
        self.seed = seed
        self.parameters = dict(parameters or {})
        self.started = now()
        self._used: dict[Used, None] = {}
        self._inputs: dict[str, None] = {}

    def use(self, role: str, thing: Envelope | str) -> None:
        """Record that something was used: an artifact, or by id a paper (CURIE) or a file (`sha256:…`)."""
        name = thing.id if isinstance(thing, Envelope) else thing
        self._used[Used(role, name)] = None
        if isinstance(thing, Envelope):
            self._inputs[name] = None

    def use_all(self, role: str, things: Iterable[Envelope | str]) -> None:
        for thing in things:
            self.use(role, thing)

    def make(self, type: str, title: str, content: Any, *, licence: str = LICENCE) -> Envelope:
        """Seal a result of this activity; the artifacts used so far are its inputs."""
        return seal(type, title, content, inputs=self._inputs, licence=licence)

    def finish(self) -> Activity:
        """Close the record, now."""
        return Activity(self.what, self.started, now(), MadeBy(), tuple(sorted(self._used)), self.seed, self.parameters)


@contextmanager
def recording(
    what: str, *, seed: int | None = None, parameters: Mapping[str, Any] | None = None
) -> Iterator[Recording]:
    """Record one activity: `with recording("run the study", seed=11) as work: work.use(…); work.make(…)`."""
    yield Recording(what, seed=seed, parameters=parameters)


def prov(envelope: Envelope, activity: Activity | None) -> dict[str, Any]:
    """Write an artifact's provenance as PROV-JSON (W3C member submission, 24 April 2013)."""
    entity, agent = envelope.curie, f"pleio:agent/{envelope.made_by.name}-{envelope.made_by.version}"
    document: dict[str, Any] = {
        "prefix": {"pleio": "urn:pleio:", "prov": "http://www.w3.org/ns/prov#"},
        "entity": {entity: {"prov:type": envelope.type, "prov:label": envelope.title}},
        "agent": {agent: {"prov:type": "prov:SoftwareAgent", "prov:label": str(envelope.made_by)}},
        "wasAttributedTo": {"_:a": {"prov:entity": entity, "prov:agent": agent}},
    }
    if activity is None:
        for i, name in enumerate(envelope.inputs):
            document.setdefault("wasDerivedFrom", {})[f"_:d{i}"] = {
                "prov:generatedEntity": entity,
                "prov:usedEntity": f"pleio:artifact/{name}",
            }
        return document
    work = f"pleio:activity/{envelope.id}"
    document["activity"] = {
        work: {
            "prov:startTime": activity.started,
            "prov:endTime": activity.ended,
            "prov:label": activity.what,
            **({"pleio:seed": activity.seed} if activity.seed is not None else {}),
            **{f"pleio:{key}": value for key, value in activity.parameters.items()},
        }
    }
    document["wasGeneratedBy"] = {"_:g": {"prov:entity": entity, "prov:activity": work}}
    document["wasAssociatedWith"] = {"_:s": {"prov:activity": work, "prov:agent": agent}}
    document["used"] = {
        f"_:u{i}": {"prov:activity": work, "prov:entity": _entity(item.id), "prov:role": item.role}
        for i, item in enumerate(activity.used)
    }
    for item in activity.used:
        document["entity"].setdefault(_entity(item.id), {})
    return document


def _entity(name: str) -> str:
    return name if ":" in name else f"pleio:artifact/{name}"

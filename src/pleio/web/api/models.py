"""Models: the library's modules, and simulations within limits."""

from __future__ import annotations

import threading
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import Field
from starlette.requests import Request

from ..errors import WebError
from ..numbers import NUMBER
from ..site import Site, site_of
from .shapes import Model, Object, Page, Run, Shape

router = APIRouter(tags=["models"])
Number = Annotated[float, Field(ge=-1e30, le=1e30, allow_inf_nan=False, strict=True)]
Key = Annotated[str, Field(min_length=1, max_length=200)]
SECONDS = 30.0
_lock = threading.Lock()
_lists: dict[str, list[dict[str, Any]]] = {}


class DoseShape(Shape):
    """An amount of a species given at `start` and, where `every` is given, `times` times."""

    species: Key
    amount: Number
    start: Annotated[float, Field(ge=0, le=1e9, strict=True)] = 0.0
    every: Annotated[float, Field(ge=0, le=1e9, strict=True)] = 0.0
    times: Annotated[int, Field(ge=1, le=10_000), NUMBER] = 1


class Simulation(Shape):
    """What to simulate: `model` names modules joined by +, or `text` is a model in SBML or Antimony.

    `parameters` changes parameters (`k`) and what a species begins with, as an amount (`S`) or a concentration
    (`[S]`): each a number, or one number for each member. A dose is an amount. The answer has concentrations.
    """

    model: Annotated[str, Field(max_length=500)] = ""
    text: Annotated[str, Field(max_length=5_000_000)] = ""
    until: Annotated[float, Field(gt=0, le=1e9, strict=True)]
    points: Annotated[int, Field(ge=2, le=10_001), NUMBER] = 101
    parameters: Annotated[
        dict[Key, Number | Annotated[list[Number], Field(min_length=1, max_length=256)]],
        Field(max_length=200, default_factory=dict),
    ]
    doses: Annotated[list[DoseShape], Field(max_length=100, default_factory=list)]
    rtol: Annotated[float, Field(ge=1e-10, le=1e-2, strict=True)] = 1e-6


@router.get("/models", response_model=Page[Model], operation_id="list_models")
def list_models(request: Request) -> dict[str, Any]:
    """List the library's modules."""
    found = _listed(site_of(request))
    return {"items": found, "next": None, "total": len(found)}


@router.get("/models/{name}", response_model=Object, operation_id="show_model")
def show_model(request: Request, name: Annotated[str, Path(max_length=500)]) -> Any:
    """Show modules joined by +: species, reactions with their claims, parameters with value, source and trust."""
    site = site_of(request)
    known = [each["name"] for each in _listed(site)]
    if any(part.strip() not in known for part in name.split("+")):
        raise WebError(404, name[:80], "is no module of the library", f"there are: {', '.join(known)}")
    return site.desk.ask("model", library=site.library, name=name, seconds=SECONDS)


@router.post("/simulate", response_model=Run, operation_id="simulate")
def simulate(request: Request, asked: Simulation) -> Any:
    """Simulate a model, one member or up to 256, within half a minute and two million numbers."""
    if bool(asked.model) == bool(asked.text):
        raise WebError(422, "body", "has neither `model` nor `text`, or both", "give one of them")
    values = {name: value if isinstance(value, list) else [value] for name, value in asked.parameters.items()}
    lengths = {len(value) for value in values.values()} - {1}
    if len(lengths) > 1:
        what = f"have {' and '.join(map(str, sorted(lengths)))} values"
        raise WebError(422, "body.parameters", what, "give each one value, or one for each member")
    members = max(lengths, default=1)
    spread = {name: value * members if len(value) == 1 else value for name, value in values.items()}
    site = site_of(request)
    return site.desk.ask(
        "simulate",
        seconds=SECONDS,
        library=site.library,
        model=asked.model,
        text=asked.text,
        until=asked.until,
        points=asked.points,
        parameters=spread,
        doses=[dose.model_dump() for dose in asked.doses],
        rtol=asked.rtol,
    )


def _listed(site: Site) -> list[dict[str, Any]]:
    if site.library not in _lists:
        found = site.desk.ask("models", library=site.library)
        with _lock:
            _lists[site.library] = found
    return _lists[site.library]

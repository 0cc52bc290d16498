"""The accepted claims as a graph."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request

from ...claims import graph as walk
from ..site import site_of
from .knowledge import Band
from .paging import Cursor, Limit, cut
from .shapes import GraphPaths, Neighbour, Page

router = APIRouter(tags=["graph"], prefix="/graph")
Entity = Annotated[str, Query(min_length=1, max_length=200, description="A name or CURIE.")]
MOST = 10_000


@router.get("/neighbours", response_model=Page[Neighbour], operation_id="graph_neighbours")
def neighbours(
    request: Request,
    entity: Entity,
    relation: Annotated[str, Query(max_length=60)] = "",
    limit: Limit = 50,
    cursor: Cursor = "",
) -> dict[str, Any]:
    """List what claims join an entity to, by most claims first."""
    found = walk.neighbours(site_of(request).kept(), entity, relation=relation, limit=MOST)
    return cut([vars(each) for each in found], limit, cursor, ["neighbours", entity, relation])


@router.get("/paths", response_model=GraphPaths, operation_id="graph_paths")
def paths(
    request: Request,
    start: Entity,
    end: Entity,
    steps: Annotated[int, Query(ge=1, le=3)] = 3,
    sign: Annotated[Literal["+", "-", ""], Query(description="Only paths that increase or decrease the end.")] = "",
    belief: Band = "neutral",
    limit: Annotated[int, Query(ge=1, le=40)] = 10,
) -> Any:
    """Find signed paths between two entities, most believed first."""
    site = site_of(request)
    site.kept()  # lays the library where that was not done yet
    wanted = {"": None, "+": 1, "-": -1}[sign]
    asked = {"start": start, "end": end, "steps": steps, "sign": wanted, "band": belief, "limit": limit}
    return site.desk.ask("paths", library=site.library, seconds=30.0, **asked)

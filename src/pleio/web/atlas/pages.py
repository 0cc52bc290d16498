"""The addresses of the atlas: the page, its JSON twin, the graph that WebGL draws, and what stands behind one tie."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ...library.content import Claim, ClaimSet, Edge, Evidence, Node, Pathway
from ..errors import wants_json
from ..origin import origin_of
from ..render.pathway import draw_pathway
from ..site import site_of
from ..templates import render
from .choose import MOST_NEIGHBOURS, NAMING, Bundle, Neighbourhood, neighbourhood
from .choose import Route as Path
from .choose import routes as find_routes
from .drawn import graph_columns, rows, selected
from .fan import draw_fan, tie_title, verb
from .graph import Graph, Tie
from .view import REACHES, TIE, View, read_view

LISTED = 200  # ties on one page of the list
MOST_NAMES = 600  # that are suggested while a name is typed


def routes() -> list[BaseRoute]:
    """Every address of the atlas."""
    return [
        Route("/atlas.json", page),
        Route("/atlas", page),
        Route("/atlas/graph.bin", values),
        Route("/atlas/tie", tie_piece),
        Route("/embed/atlas", embedded),
    ]


@dataclass(frozen=True)
class Behind:
    """A claim behind a tie: the claim where it is published, and its heaviest findings with who says so."""

    tie: Tie
    claim: Claim | None
    findings: tuple[tuple[Evidence, str], ...]


@dataclass(frozen=True)
class TieShown:
    """A tie with the claims behind it."""

    title: str
    behind: tuple[Behind, ...]


@dataclass(frozen=True)
class AtlasPage:
    """A view: its drawing for wide and narrow screens, its ties as a list, the paths it asks for, the tie it opens."""

    view: View
    name: str
    to_name: str
    graph: Graph
    neighbourhood: Neighbourhood
    wide: Markup
    narrow: Markup
    listed: tuple[Bundle, ...]
    total: int
    pages: int
    paths: tuple[Path, ...]
    paths_drawn: Markup
    complete: bool
    tie: TieShown | None
    names: tuple[str, ...]

    @property
    def reaches(self) -> dict[str, str]:
        return REACHES

    def verb(self, bundle: Bundle) -> str:
        return verb(bundle)

    def tie_address(self, bundle: Bundle) -> str:
        return tie_address(self.view, bundle)


def page(request: Request) -> Response:
    """`/atlas`: what surrounds an entity, filtered; `/atlas.json` the same as values."""
    if request.query_params.get("embed") == "1":
        query = "&".join(part for part in str(request.query_params).split("&") if not part.startswith("embed="))
        return RedirectResponse(f"/embed/atlas?{query}", 302)
    return _page(request, False)


def embedded(request: Request) -> Response:
    """`/embed/atlas`: the drawing in a frame."""
    return _page(request, True)


def _page(request: Request, embedded: bool) -> Response:
    site = site_of(request)
    graph = site.atlas.graph()
    view = read_view(request.query_params, graph)
    shown = atlas_page(graph, view, site.reader.claim_sets())
    if wants_json(request):
        return JSONResponse(as_json(shown))
    title = f"Atlas: {shown.name}" if shown.name else "Atlas"
    address = f"{origin_of(request)}/embed{view.address()}"
    return render("atlas.html", a=shown, title=title, embedded=embedded, address=address)


def values(request: Request) -> Response:
    """`/atlas/graph.bin`: places where they lie, and ties, as columns for WebGL."""
    graph = site_of(request).atlas.graph()
    view = read_view(request.query_params, graph)
    return Response(graph_columns(graph, view.drawn), media_type="application/octet-stream")


def tie_piece(request: Request) -> Response:
    """`/atlas/tie`: what stands behind one tie, to be put into the page."""
    site = site_of(request)
    graph = site.atlas.graph()
    view = read_view(request.query_params, graph)
    return render("atlas_tie.html", tie=tie_shown(graph, view, site.reader.claim_sets()), title="")


def atlas_page(graph: Graph, view: View, sets: list[ClaimSet]) -> AtlasPage:
    """Choose and draw what a view shows."""
    if not graph.names:
        nothing = Neighbourhood("", (), (), (), 0)
        empty = Markup("")
        return AtlasPage(view, "", "", graph, nothing, empty, empty, (), 0, 0, (), empty, True, None, ())
    around = neighbourhood(graph, view.about, view.filter, MOST_NEIGHBOURS)
    bundles = selected(graph, view.drawn)
    paths, complete = find_routes(graph, view.about, view.to, view.filter) if view.to else ([], True)
    ordered = sorted(
        bundles,
        key=lambda each: (
            set(each.relations) <= {*NAMING},  # what something is called comes after what it does
            -(each.belief or 0.0),
            graph.names[each.source],
            each.source,
            each.target,
        ),
    )
    pages = max(1, -(-len(ordered) // LISTED))
    at = min(view.page, pages - 1) * LISTED

    def drawing(narrow: bool) -> Markup:
        return draw_fan(
            around, graph.names, lambda curie: view.address(about=curie, tie="", to="", page=0),
            lambda bundle: tie_address(view, bundle), narrow=narrow,
        )  # fmt: skip

    most = sorted(graph.names, key=lambda curie: (-len(graph.around[curie]), curie))[:MOST_NAMES]
    return AtlasPage(
        view,
        graph.names[view.about],
        graph.names.get(view.to, ""),
        graph,
        around,
        drawing(False),
        drawing(True),
        tuple(ordered[at : at + LISTED]),
        len(ordered),
        pages,
        tuple(paths),
        draw_paths(paths, graph, view) if paths else Markup(""),
        complete,
        tie_shown(graph, view, sets) if view.tie else None,
        tuple(graph.names[curie] for curie in most),
    )


def tie_address(view: View, bundle: Bundle) -> str:
    """Give the address of the view with a tie opened."""
    return view.address(tie=f"{bundle.source}{TIE}{bundle.target}", page=0) + "#tie"


def tie_shown(graph: Graph, view: View, sets: list[ClaimSet]) -> TieShown | None:
    """Give the claims behind the tie of a view, most believed first, with their heaviest findings."""
    source, target = view.ends
    ties = [graph.ties[n] for n in graph.around.get(source, ())]
    between = [tie for tie in ties if (tie.source, tie.target) == (source, target)]
    if not between:
        return None
    between.sort(key=lambda tie: (-(tie.belief or 0.0), tie.claim))
    title = f"{graph.names[source]} and {graph.names[target]}"
    return TieShown(title, tuple(_behind(tie, sets) for tie in between))


def _behind(tie: Tie, sets: list[ClaimSet]) -> Behind:
    for claims in sets:
        claim = claims.claim(tie.claim)
        if claim is not None:
            heaviest = sorted(claim.evidence, key=lambda item: -item.weight)[:4]
            named = [claims.source(item.source) for item in heaviest]
            told = zip(heaviest, named, strict=True)
            return Behind(tie, claim, tuple((item, one.text if one else item.source) for item, one in told))
    return Behind(tie, None, ())


def draw_paths(paths: list[Path], graph: Graph, view: View) -> Markup:
    """Draw paths as one diagram from left to right; every place stands as many steps in as its longest way there."""
    stage: dict[str, int] = {view.about: 0}
    edges: dict[tuple[str, str], Edge] = {}
    for path in paths:
        for step, bundle in enumerate(path.steps, 1):
            stage[bundle.target] = max(stage.get(bundle.target, 0), step)
            effect = "none" if bundle.effect == "other" else bundle.effect
            edges[bundle.source, bundle.target] = Edge(
                bundle.source, bundle.target, effect, bundle.belief, (f"{bundle.source}{TIE}{bundle.target}",)
            )
    last = max(stage.values())
    stage[view.to] = last
    nodes = tuple(
        Node(curie, graph.names[curie], at) for curie, at in sorted(stage.items(), key=lambda one: (one[1], one[0]))
    )
    address = view.address(tie="").replace("{", "%7B").replace("}", "%7D") + "&tie={}#tie"
    return draw_pathway(Pathway(("",) * (last + 1), nodes, tuple(edges.values())), address)


def as_json(shown: AtlasPage) -> dict[str, object]:
    """Give a view as values."""
    view = shown.view
    return {
        "about": {"curie": view.about, "name": shown.name},
        "places": len(shown.graph.names),
        "ties": rows(shown.listed, shown.graph),
        "total": shown.total,
        "page": min(view.page, max(0, shown.pages - 1)),
        "pages": shown.pages,
        "paths": [{"belief": path.belief, "steps": rows(path.steps, shown.graph)} for path in shown.paths],
        "complete": shown.complete,
    }


__all__ = ["AtlasPage", "atlas_page", "routes", "tie_title"]

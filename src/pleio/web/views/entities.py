"""The page of an entity: what is claimed of it, in and out, its contests, and where else it matters."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from ...artifacts import Entry
from ...base import curies
from ...base.errors import InputError, nearest
from ...library.content import Claim, ClaimSet, Contest, Model, Page, Study, to_json
from ..atlas.choose import NAMING, Filter, neighbourhood
from ..atlas.fan import draw_fan
from ..atlas.graph import Graph, Tie
from ..atlas.pages import tie_address
from ..atlas.view import View
from ..context import ContestRow
from ..errors import WebError, wants_json
from ..reader import Reader
from ..render.linked import about_entity
from ..site import Site, site_of
from ..templates import render
from .made import kept_page
from .parts import contest_row

SHOWN = 8  # claims of a group before the others are folded


@dataclass(frozen=True)
class ClaimGroup:
    """The claims that join the entity to one other."""

    curie: str
    name: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class EntityPage:
    """An entity: claims of what it does (`out`) and of what is done to it (`into`), by the other end.

    `kept` are claims of imports and accepted proposals, not weighed; `studies` rest on its claims, each with the
    modules of its mechanism; `modules` have a reaction, switch or number that stands on its claims.
    """

    curie: str
    name: str
    names: tuple[str, ...]
    address: str
    kind: str
    answer: str
    out: tuple[ClaimGroup, ...]
    into: tuple[ClaimGroup, ...]
    kept: tuple[Tie, ...]
    contests: tuple[ContestRow, ...]
    quiet: tuple[Contest, ...]
    pages: tuple[Entry, ...]
    own_page: str
    studies: tuple[tuple[Entry, str], ...]
    modules: tuple[tuple[str, str, str], ...]
    wide: Markup
    narrow: Markup
    atlas: str

    @property
    def total(self) -> int:
        return len({claim.id for group in (*self.out, *self.into) for claim in group.claims}) + len(self.kept)


def entity(request: Request) -> Response:
    """`/entity/{curie}`: the page of an entity; `/entity/{curie}.json` the same as values."""
    site = site_of(request)
    graph = site.atlas.graph()
    asked = request.path_params["curie"]
    curie = graph.named(asked)
    if not curie:
        names = [*graph.names.values(), *graph.names]
        help = nearest(asked[:80], names) if len(names) < 5_000 else "the atlas lists them all"
        raise WebError(404, asked[:80], "is in no claim that is kept here", help or "the atlas lists them all")
    if wants_json(request):
        return JSONResponse(as_json(entity_page(site, graph, curie)))
    made: dict[str, bytes] = request.app.state.made
    return kept_page(request, made, f"entity {curie} {graph.digest}", lambda: _page(entity_page(site, graph, curie)))


def _page(found: EntityPage) -> HTMLResponse:
    linked = about_entity(found.curie, found.name, found.names, found.address, found.kind)
    return render("entity.html", e=found, title=found.name, linked=linked)


def entity_page(site: Site, graph: Graph, curie: str) -> EntityPage:
    """Put the page of an entity together."""
    sets = site.reader.claim_sets()
    claims = [claim for one in sets for claim in one.claims if curie in (claim.subject, claim.object)]
    known = {claim.id for claim in claims}
    contests = _contests(claims, sets)
    view = View(about=curie)
    around = neighbourhood(graph, curie, Filter())

    def drawing(narrow: bool) -> Markup:
        return draw_fan(
            around, graph.names, lambda other: f"/entity/{quote(other, safe=':')}",
            lambda bundle: tie_address(view, bundle), narrow=narrow,
        )  # fmt: skip

    pages = _pages(site.reader, curie, known)
    return EntityPage(
        curie,
        graph.names[curie],
        tuple(dict.fromkeys(c.subject_name if c.subject == curie else c.object_name for c in claims)),
        _address(curie),
        kind_of(curie),
        _answer(graph.names[curie], claims),
        _groups([c for c in claims if c.subject == curie], "object"),
        _groups([c for c in claims if c.subject != curie], "subject"),
        tuple(tie for tie in (graph.ties[n] for n in graph.around[curie]) if tie.claim not in known),
        tuple(contest_row(contest) for contest in contests if contest.contested),
        tuple(contest for contest in contests if not contest.contested and contest.has_evidence),
        pages,
        next((entry.name for entry in pages if _is_about(site.reader, entry, curie)), ""),
        _studies(site.reader, known),
        _modules(site, known),
        drawing(False) if around.neighbours else Markup(""),
        drawing(True) if around.neighbours else Markup(""),
        view.address(),
    )


def kind_of(curie: str) -> str:
    """Say in a word what an entity is, by its namespace.

    Example:
        >>> kind_of("hgnc:5966"), kind_of("cl:0000057"), kind_of("other:1")
        ('gene or protein', 'cell type', 'entity')
    """
    return KINDS.get(curie.partition(":")[0], "entity")


KINDS = {
    "hgnc": "gene or protein", "ncbigene": "gene", "uniprot": "protein", "fplx": "protein family or complex",
    "mgi": "mouse gene", "cl": "cell type", "uberon": "anatomical structure", "go": "process or component",
    "mondo": "disease", "hp": "phenotype", "chebi": "chemical", "mesh": "subject heading", "drugbank": "drug",
    "clinicaltrials": "trial", "ncbitaxon": "species",
}  # fmt: skip


def _answer(name: str, claims: list[Claim]) -> str:
    """Say in a sentence what is believed most firmly, and how much is contested."""
    telling = [c for c in claims if c.belief is not None and c.relation not in NAMING]
    held = sorted(telling, key=lambda c: (-(c.belief or 0), -len(c.evidence), c.id))
    contested = sum(claim.contested for claim in claims)
    disputed = f" {contested} of {len(claims)} claims are contested." if contested else ""
    if not held:
        return f"Nothing is believed of {name} beyond what was assumed beforehand.{disputed}" if claims else ""
    return f"Most firmly believed: {held[0].sentence}.{disputed}"


def _groups(claims: list[Claim], end: str) -> tuple[ClaimGroup, ...]:
    """Put claims together by their other end, those first of which most is found."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(getattr(claim, end), []).append(claim)
    groups = [
        ClaimGroup(curie, getattr(some[0], f"{end}_name"), tuple(sorted(some, key=lambda c: (-(c.belief or 0), c.id))))
        for curie, some in found.items()
    ]
    return tuple(sorted(groups, key=lambda g: (-sum(len(c.evidence) for c in g.claims), g.name.casefold(), g.curie)))


def _contests(claims: list[Claim], sets: list[ClaimSet]) -> list[Contest]:
    ids = dict.fromkeys(id for claim in claims for id in claim.contests)
    found = [contest for one in sets for contest in one.contests if contest.id in ids]
    found.sort(key=lambda contest: (-sum(item.weight for item in contest.evidence), contest.id))
    return found


def _pages(reader: Reader, curie: str, claims: set[str]) -> tuple[Entry, ...]:
    """Give the pages whose diagram holds the entity, or whose text its claims stand behind."""
    found = []
    for entry in reader.entries("page"):
        page = reader.content(Page, entry.id)
        drawn = any(node.id == curie for node in page.pathway.nodes)
        if entry.name and (drawn or any(id in page.text for id in claims)):
            found.append(entry)
    return tuple(found)


def _is_about(reader: Reader, entry: Entry, curie: str) -> bool:
    """Say whether a page is that of the entity: it is the subject of most of the page's claims."""
    claims = reader.content(ClaimSet, reader.content(Page, entry.id).claim_set).claims
    counts: dict[str, int] = {}
    for claim in claims:
        counts[claim.subject] = counts.get(claim.subject, 0) + 1
    return bool(counts) and max(counts, key=lambda one: (counts[one], one)) == curie


def _studies(reader: Reader, claims: set[str]) -> tuple[tuple[Entry, str], ...]:
    """Give the studies whose mechanism stands on claims about the entity, each with the modules it is made of."""
    resting = {
        model.name: model
        for model in (reader.content(Model, entry.id) for entry in reader.entries("model") if entry.name)
        if claims & set(model.claims)
    }
    found = []
    for entry in reader.entries("result"):
        if entry.name in resting and reader.content(Study, entry.id):
            found.append((entry, ", ".join(resting[entry.name].modules).replace("_", " ")))
    return tuple(found)


def _modules(site: Site, claims: set[str]) -> tuple[tuple[str, str, str], ...]:
    """Give the modules of the library that stand on claims about the entity: name, title, address."""
    if not claims:
        return ()
    resting = [(name, title) for name, title, behind in site.atlas.modules if claims & set(behind)]
    return tuple((name, title, f"/api/v1/models/{name}") for name, title in resting)


def _address(curie: str) -> str:
    try:
        return curies.address(curie)
    except InputError:
        return ""


def as_json(found: EntityPage) -> dict[str, object]:
    """Give the page as values."""
    return {
        "curie": found.curie,
        "name": found.name,
        "kind": found.kind,
        "address": found.address,
        "out": [{"curie": g.curie, "name": g.name, "claims": to_json(g.claims)} for g in found.out],
        "in": [{"curie": g.curie, "name": g.name, "claims": to_json(g.claims)} for g in found.into],
        "not_weighed": [
            {"claim": t.claim, "subject": t.source, "relation": t.relation, "object": t.target} for t in found.kept
        ],
        "contests": [*(row.contest.id for row in found.contests), *(contest.id for contest in found.quiet)],
        "studies": [entry.name for entry, _ in found.studies],
        "modules": [name for name, _, _ in found.modules],
        "pages": [entry.name for entry in found.pages],
    }  # fmt: skip

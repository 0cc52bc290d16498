"""The page of an artifact, and the page without its chrome."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import partial

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from ...artifacts import Envelope
from ...library.content import Audit, Claim, ClaimSet, Page
from ..context import Article, ArticlePart, Card, ContestRow, NumberedSource, PlainArtifact
from ..origin import Origin, origin_of
from ..reader import Reader
from ..render.linked import Linked, about_work
from ..render.marks import unbroken
from ..render.pathway import draw_pathway, rows
from ..render.text import Section, Setting, set_line, set_text
from ..templates import render
from .made import kept_page
from .parts import cited, contest_row, figure_part, links, study_part

NOTE = 105  # characters of text as tall as one note in the margin
FEWEST_NOTES = 3
MOST_FINDINGS = 2  # on a card
SCHEMA_TYPES = {"page": "ScholarlyArticle", "figure": "ImageObject", "claim_set": "Dataset", "model": "Dataset"}
_IFRAME = Markup('<iframe src="{}" title="{}" width="100%" height="640"></iframe>')


def article(request: Request) -> Response:
    """`/artifact/{name}`: the page; `?embed=1` leads to the page that may be framed."""
    reference = request.path_params["name"]
    if request.query_params.get("embed") == "1":
        return RedirectResponse(f"/embed/artifact/{reference}", 302)
    return _respond(request, reference, embedded=False)


def embedded(request: Request) -> Response:
    """`/embed/artifact/{name}`: the same without the surrounding chrome."""
    return _respond(request, request.path_params["name"], embedded=True)


def as_json(request: Request) -> Response:
    """`/artifact/{name}.json`: the artifact itself, whole."""
    reader: Reader = request.app.state.reader
    envelope = reader.envelope(request.path_params["name"])
    return JSONResponse(reader.archive.record(envelope), headers={"ETag": f'"{envelope.id}"'})


def _respond(request: Request, reference: str, *, embedded: bool) -> Response:
    reader: Reader = request.app.state.reader
    envelope = reader.envelope(reference)
    shown = {"result": "study", "audit": "audit"}.get(envelope.type)
    if shown and not embedded:
        return RedirectResponse(f"/{shown}/{reader.exactly(envelope)}", 302)
    if envelope.type == "result":
        return RedirectResponse(f"/embed/study/{reader.exactly(envelope)}", 302)
    origin = origin_of(request)
    state = _state(reader, reference, envelope.id)
    made: dict[str, bytes] = request.app.state.made
    make = partial(_make, reader, reference, origin, embedded)
    return kept_page(request, made, [state, str(origin), embedded], make)


def warm(reader: Reader) -> None:
    """Make every named page once: to load what they are made of and with takes longer than to make them."""
    for entry in reader.entries("page"):
        if entry.name:
            _make(reader, entry.name, Origin("", True), embedded=False)


def _corrections(reader: Reader, page: Page, setting: Setting) -> tuple[Markup, ...]:
    """Give what the page corrects, or else what the audit of its text is certain of."""
    if page.corrections or not page.audit:
        return tuple(set_line(item, setting) for item in page.corrections)
    found = reader.content(Audit, page.audit)
    return tuple(
        Markup("“{}”: {}{}").format(one.quote, one.what, f"; {one.help}" if one.help else "")
        for one in found.findings
        if one.severity == "error"
    )


def _state(reader: Reader, reference: str, id: str) -> list[object]:
    """Say what a page depends on besides the artifact, which never changes: its versions, and what was made from it."""
    versions = [version.id for version in reader.archive.history(reference.partition("@")[0])]
    return [reference, id, versions, [entry.id for entry in reader.archive.lineage(id).used_in]]


def _make(reader: Reader, reference: str, origin: Origin, embedded: bool) -> HTMLResponse:
    """Make a page."""
    envelope = reader.envelope(reference)
    if envelope.type == "page":
        context = article_context(reader, reference, origin)
        linked = _linked(envelope, context.page.title, context.name, context.version, context.sources)
        return render("article.html", a=context, title=context.page.title, embedded=embedded, linked=linked)
    plain = plain_context(reader, reference, origin)
    linked = _linked(envelope, envelope.title, plain.name, 0, ())
    return render("artifact.html", a=plain, title=envelope.title, embedded=embedded, linked=linked)


def _linked(envelope: Envelope, title: str, name: str, version: int, sources: Sequence[NumberedSource]) -> Linked:
    """Say what an artifact is in the terms of schema.org."""
    maker = envelope.made_by
    return about_work(
        SCHEMA_TYPES.get(envelope.type, "CreativeWork"),
        title,
        identifier=envelope.curie,
        url=f"/artifact/{name or envelope.id}",
        version=version or None,
        dateCreated=envelope.created,
        license=f"https://spdx.org/licenses/{envelope.licence}" if envelope.licence else "",
        creator={"@type": "SoftwareApplication", "name": maker.name, "softwareVersion": maker.version},
        isBasedOn=[f"/artifact/{id}" for id in envelope.inputs if len(id) == 64],
        citation=[item.source.address or item.source.id for item in sources],
    )


def article_context(reader: Reader, reference: str, origin: Origin) -> Article:
    """Put the page of an artifact together from the artifacts it is made of."""
    envelope = reader.envelope(reference)
    page = reader.content(Page, envelope.id)
    claims = reader.content(ClaimSet, page.claim_set)
    by_id = {claim.id: claim for claim in claims.claims}
    setting = Setting(links(claims.claims), page.keys)
    lede = set_line(unbroken(page.answer), setting)
    facts = tuple((fact.label, set_line(fact.value, setting), fact.claims) for fact in page.facts)
    sections = set_text(page.text, setting)
    corrections = _corrections(reader, page, setting)
    rows_by_id = {contest.id: contest_row(contest) for contest in claims.contests if contest.contested}
    parts = _parts(sections, by_id, rows_by_id)
    shown = {row.contest.id for part in parts for row in part.contests}
    named = _named(sections, page)
    history = tuple(reader.archive.history(page.name))
    version = next((item.number for item in history if item.id == envelope.id), 0)
    address = f"{origin}/artifact/{page.name}"
    return Article(
        envelope=envelope,
        page=page,
        name=page.name,
        version=version,
        lede=lede,
        facts=facts,
        opening=next((section for section in sections if not section.title), None),
        parts=parts,
        cards=tuple(_card(by_id[id], claims) for id in named if id in by_id),
        contests=tuple(row for id, row in rows_by_id.items() if id not in shown),
        contested=len(rows_by_id),
        assumptions=claims.assumptions,
        studies=tuple(study_part(reader, id) for id in page.studies),
        pathway=draw_pathway(page.pathway, places={end for c in claims.claims for end in (c.subject, c.object)}),
        pathway_rows=tuple(rows(page.pathway)),
        pathway_content=page.pathway,
        sources=_sources(setting, claims, named),
        corrections=corrections,
        claim_count=len(claims.claims),
        audit=_name_of(reader, page.audit),
        history=history,
        lineage=reader.archive.lineage(envelope.id),
        activity=reader.archive.activity(envelope.id),
        citations=cited(envelope, page.name, version, address),
        address=address,
        embed=str(_IFRAME.format(f"{origin}/embed/artifact/{page.name}", page.title)),
        local=origin.local,
    )


def plain_context(reader: Reader, reference: str, origin: Origin) -> PlainArtifact:
    """Show an artifact that has no page of its own kind."""
    envelope = reader.envelope(reference)
    name = reference if reference != envelope.id else ""
    address = f"{origin}/artifact/{name or envelope.id}"
    text = json.dumps(envelope.content, ensure_ascii=False, indent=1)
    return PlainArtifact(
        envelope,
        name,
        reader.archive.lineage(envelope.id),
        reader.archive.activity(envelope.id),
        text if len(text) <= 20_000 else text[:20_000] + "\n…",
        figure_part(reader, envelope.id, name) if envelope.type == "figure" else None,
        cited(envelope, name, 0, address),
        address,
    )


def _parts(
    sections: tuple[Section, ...], claims: Mapping[str, Claim], contests: Mapping[str, ContestRow]
) -> tuple[ArticlePart, ...]:
    """Put under each section the contests that its claims take part in, each contest where it first comes up."""
    shown: set[str] = set()
    parts = []
    for section in sections:
        if not section.title:
            continue
        here = tuple(claims[id] for id in section.claims if id in claims)
        found = [id for claim in here for id in claim.contests if id in contests and id not in shown]
        shown.update(found)
        rows = tuple(contests[id] for id in dict.fromkeys(found))
        room = max(FEWEST_NOTES, round(len(section.html.striptags()) / NOTE) + 4 * len(rows))
        parts.append(ArticlePart(section, here[:room], here[room:], rows))
    return tuple(parts)


def _card(claim: Claim, claims: ClaimSet) -> Card:
    """Choose what the card of a claim shows: the heaviest findings."""
    heaviest = sorted(claim.evidence, key=lambda item: -item.weight)[:MOST_FINDINGS]
    sources = [claims.source(item.source) for item in heaviest]
    contest = claims.contest(claim.contests[0]) if claim.contests else None
    return Card(
        claim,
        tuple((item, source.short if source else item.source) for item, source in zip(heaviest, sources, strict=True)),
        contest.why if contest else "",
    )


def _named(sections: tuple[Section, ...], page: Page) -> dict[str, None]:
    found = dict.fromkeys(id for section in sections for id in section.claims)
    found.update(dict.fromkeys(id for fact in page.facts for id in fact.claims))
    found.update(dict.fromkeys(id for edge in page.pathway.edges for id in edge.claims[:1]))
    return found


def _sources(setting: Setting, claims: ClaimSet, named: Collection[str]) -> tuple[NumberedSource, ...]:
    """Number the sources: those that the text cites in order, then the others that its claims rest on."""
    resting: dict[str, dict[str, None]] = {}
    for claim in claims.claims:
        for item in claim.evidence:
            if item.source and claim.id in named:
                resting.setdefault(item.source, {})[claim.id] = None
    cited = set(setting.numbers)
    for id in sorted(resting):
        setting.numbers.setdefault(id, len(setting.numbers) + 1)
    found = []
    for id, number in setting.numbers.items():
        source = claims.source(id)
        if source is not None:
            found.append(NumberedSource(number, source, tuple(resting.get(id, ())), id in cited))
    return tuple(found)


def _name_of(reader: Reader, id: str) -> str:
    if not id:
        return ""
    return next((entry.name for entry in reader.entries("audit") if entry.id == id), "")

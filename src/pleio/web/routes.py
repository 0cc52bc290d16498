"""The table of addresses."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount, Route

from .accounts import pages as accounts
from .activity import pages as activity
from .api import page as api
from .atlas import pages as atlas
from .audits import pages as audited
from .jobs import pages as jobs
from .playground import pages as playground
from .review import pages as review
from .search import pages as search
from .static_files import Static
from .views import articles, audits, citations, claims, entities, figures, front, oembed, studies


def routes() -> list[BaseRoute]:
    """Every address that the application answers; the `.json` twin comes before its page."""
    return [
        Route("/", front.front),
        Route("/healthz", front.health),
        Route("/artifact/{name}/cite.{suffix}", citations.cite),
        Route("/artifact/{name}/history.json", citations.history),
        Route("/artifact/{name}/history", citations.history),
        *[Route(f"/artifact/{{name}}/{form}", figures.file, name=form) for form in figures.FORMS],
        Route("/artifact/{name}.json", articles.as_json),
        Route("/artifact/{name}", articles.article),
        Route("/embed/artifact/{name}", articles.embedded),
        *activity.routes(),
        Route("/embed/study/{name}", studies.embedded),
        Route("/oembed", oembed.oembed),
        Route("/claims.json", claims.claims),
        Route("/claims", claims.claims),
        Route("/claim/{id}.json", claims.claim),
        Route("/claim/{id}", claims.claim),
        Route("/contest/{id}.json", claims.contest),
        Route("/contest/{id}", claims.contest),
        Route("/entity/{curie}.json", entities.entity),
        Route("/entity/{curie}", entities.entity),
        Route("/study/{name}.json", studies.study),
        Route("/study/{name}", studies.study),
        Route("/audit/{name}.json", audits.audit),
        Route("/audit/{name}", audits.audit),
        *atlas.routes(),
        *search.routes(),
        *audited.routes(),
        *jobs.routes(),
        *playground.routes(),
        *review.routes(),
        *accounts.routes(),
        *api.routes(),
        Mount("/static", Static()),
    ]

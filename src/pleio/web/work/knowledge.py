"""Claims that take time to weigh: contests with what is believed of them, and signed paths."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

from ...library.opened import Library
from ...library.opened import open as open_library


def contests(library: str, revision: str, band: str, about: str = "", context: str = "") -> dict[str, Any]:
    """Give the contests about an entity, in a context, with the belief in each outcome and why; and the assumptions.

    Args:
        revision: names what is kept beside the library now; private claims are left out.
    """
    opened = _joined(library, revision, os.environ["PLEIO_HOME"])
    beliefs = opened.belief(band)
    chosen = opened.claims.contests(about or None, context=context or None)
    found = [beliefs.contests[contest.id].to_json() for contest in chosen]
    assumptions = {name: item.to_json() for name, item in beliefs.assumptions.items()}
    return {"contests": sorted(found, key=lambda record: str(record["id"])), "assumptions": assumptions}


def kept_claim(library: str, digest: str) -> dict[str, Any] | None:
    """Give one accepted claim with its contests, assumptions and sources, as they are published; None if it is not."""
    from ...claims.tables.joined import known
    from ...claims.tables.review import beliefs_about
    from ...library import content
    from ...library.keeping.kept import kept_claims
    from ...library.publishing.claims import claim_set

    store = kept_claims(open_library(library))
    claim = known(store, digest).claim
    beliefs = beliefs_about(store, [claim])
    every = claim_set(library, beliefs, {each.curie: each for each in beliefs.claims.references})
    found = next((each for each in every.claims if each.id == claim.id), None)
    if found is None:
        return None
    cited = {item.source for item in found.evidence}
    contests = tuple(each for each in every.contests if each.id in found.contests)
    cited |= {item.source for each in contests for item in each.evidence}
    return content.to_json(  # type: ignore[no-any-return]
        content.ClaimSet(
            library,
            every.band,
            (found,),
            contests,
            tuple(each for each in every.assumptions if each.id in found.assumptions),
            tuple(each for each in every.sources if each.id in cited),
        )
    )


@lru_cache(maxsize=2)
def _joined(library: str, revision: str, home: str) -> Library:
    # what is kept is found by the environment; `revision` and `home` only tell the cache one state from another
    from ...library.keeping.kept import joined

    return joined(open_library(library), private=False)


def paths(library: str, start: str, end: str, steps: int, sign: int | None, band: str, limit: int) -> dict[str, Any]:
    """Find signed paths between two entities, most believed first."""
    from ...claims import graph
    from ...library.keeping.kept import kept_claims

    store = kept_claims(open_library(library))
    found = graph.paths(store, start, end, steps=steps, sign=sign, band=band, limit=limit)
    return {"paths": [path.to_json() for path in found.paths], "complete": found.complete}

"""A study as a COMBINE archive: for each arm its typical world as SBML, and SED-ML that simulates all of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...formats.omex import Entry, write_omex
from ...formats.omex.write import METADATA, SBML, SEDML
from ...formats.sbml.write import write_sbml
from ...formats.sedml import TimeCourse, write_sedml
from ..results.plain_network import plain_network

if TYPE_CHECKING:
    from ..question import StudyInLibrary

STEPS = 200


def study_archive(asked: StudyInLibrary) -> bytes:
    """Write a study as an archive that other simulators run.

    A world is one set of numbers: the archive holds the typical one, in which every contest is as it is most believed
    and every parameter stands at its median.  The ensemble is `pleio study run`.

    Raises:
        StudyError: the typical world has no state to start from.
    """
    models, courses = [], []
    for arm, id in zip(asked.study.arms, ids(list(asked.study.arms)), strict=True):
        network = plain_network(asked, arm)
        file = f"{id}.xml"
        models.append(Entry(file, write_sbml(network).encode(), SBML))
        observed = [name.strip("[]") for name in asked.study.observed]
        species = [name for name in observed if name in network.species]
        parameters = [name for name in observed if name in network.parameters or name in network.observables]
        end = asked.study.horizon.to(network.time_unit or "h")
        courses.append(TimeCourse(id, arm, file, end, STEPS, species, parameters))
    return write_omex(
        [
            Entry("simulation.sedml", write_sedml(courses).encode(), SEDML, master=True),
            *models,
            Entry("metadata.rdf", _metadata(asked).encode(), METADATA),
        ]
    )


def ids(names: list[str]) -> list[str]:
    """Make distinct SIds of names.

    Example:
        >>> ids(["placebo", "50 µg/kg", "50 g/kg", "3"])
        ['placebo', 'arm_50_g_kg', 'arm_50_g_kg_2', 'arm_3']
    """
    found: list[str] = []
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_") or "arm"
        plain = plain if plain[0].isalpha() else f"arm_{plain}"
        again = sum(1 for other in found if other == plain or re.fullmatch(f"{plain}_\\d+", other))
        found.append(f"{plain}_{again + 1}" if again else plain)
    return found


def _metadata(asked: StudyInLibrary) -> str:
    from xml.sax.saxutils import escape

    sources = "".join(
        f'    <dcterms:references rdf:resource="{escape(address)}"/>\n'
        for address in map(_address, asked.sources)
        if address
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcterms="http://purl.org/dc/terms/">
  <rdf:Description rdf:about=".">
    <dcterms:title>{escape(asked.study.title)}</dcterms:title>
    <dcterms:description>{escape(asked.study.question)}</dcterms:description>
{sources}  </rdf:Description>
</rdf:RDF>
"""


def _address(curie: str) -> str:
    from ...base.curies import address

    return address(curie) or ""
